package clean

import (
	"bytes"
	"fmt"
)

// Reasons why a file is not text.
const (
	Binary   = "binary"   // an image, a program, a PDF: Detail names the kind
	Archive  = "archive"  // a file that holds files: Detail names the kind
	Encoding = "encoding" // text perhaps, but in no encoding known here
)

// An Error says why Raw is not text.
type Error struct {
	Reason string // Binary, Archive or Encoding
	Detail string // what was seen, e.g. "png" or "NUL bytes"
	Offset int    // where in Raw it was seen, in bytes
}

// Error returns the reason, what was seen and where.
func (e *Error) Error() string {
	return fmt.Sprintf("clean: %s: %s at byte %d", e.Reason, e.Detail, e.Offset)
}

// magics are the first bytes of files that are not text.
var magics = []struct{ reason, kind, magic string }{
	{Binary, "png", "\x89PNG\r\n\x1a\n"},
	{Binary, "jpeg", "\xff\xd8\xff"},
	{Binary, "gif", "GIF87a"},
	{Binary, "gif", "GIF89a"},
	{Binary, "tiff", "II*\x00"},
	{Binary, "tiff", "MM\x00*"},
	{Binary, "psd", "8BPS\x00"},
	{Binary, "pdf", "%PDF-"},
	{Binary, "postscript", "%!PS-Adobe"},
	{Binary, "rtf", `{\rtf1`},
	{Binary, "elf", "\x7fELF"},
	{Binary, "mach-o", "\xcf\xfa\xed\xfe"},
	{Binary, "mach-o", "\xfe\xed\xfa\xcf"},
	{Binary, "java class", "\xca\xfe\xba\xbe"},
	{Binary, "wasm", "\x00asm"},
	{Binary, "exe", "MZ\x90\x00"},
	{Binary, "ole", "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"},
	{Binary, "sqlite", "SQLite format 3\x00"},
	{Binary, "parquet", "PAR1\x15"},
	{Binary, "arrow", "ARROW1\x00\x00"},
	{Binary, "flac", "fLaC\x00"},
	{Binary, "ogg", "OggS\x00"},
	{Binary, "mp3", "ID3\x02"},
	{Binary, "mp3", "ID3\x03"},
	{Binary, "mp3", "ID3\x04"},
	{Binary, "mkv", "\x1aE\xdf\xa3"},
	{Archive, "gzip", "\x1f\x8b\x08"},
	{Archive, "zip", "PK\x03\x04"},
	{Archive, "zip", "PK\x05\x06"},
	{Archive, "zstd", "\x28\xb5\x2f\xfd"},
	{Archive, "bzip2", "BZh91AY&SY"},
	{Archive, "xz", "\xfd7zXZ\x00"},
	{Archive, "7z", "7z\xbc\xaf\x27\x1c"},
	{Archive, "rar", "Rar!\x1a\x07"},
	{Archive, "lz4", "\x04\x22\x4d\x18"},
	{Archive, "ar", "!<arch>\n"},
	{Archive, "cab", "MSCF\x00\x00"},
}

// magicAt are bytes that tell a file's kind a little way in.
var magicAt = []struct {
	reason, kind, magic string
	at                  int
}{
	{Binary, "webp", "WEBP", 8},
	{Binary, "wav", "WAVEfmt", 8},
	{Binary, "avi", "AVI LIST", 8},
	{Binary, "mp4", "ftyp", 4},
	{Archive, "tar", "ustar", 257},
}

// sniff returns the error for raw when its first bytes tell that it is no text.
func sniff(raw []byte) error {
	for _, m := range magics {
		if len(raw) >= len(m.magic) && string(raw[:len(m.magic)]) == m.magic {
			return &Error{m.reason, m.kind, 0}
		}
	}
	for _, m := range magicAt {
		if end := m.at + len(m.magic); len(raw) >= end && string(raw[m.at:end]) == m.magic &&
			bytes.IndexByte(raw[:min(len(raw), 512)], 0) >= 0 {
			return &Error{m.reason, m.kind, m.at}
		}
	}
	return nil
}

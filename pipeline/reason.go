package pipeline

import "fmt"

// A Reason is the code that the quarantine table gives for a file or record
// that is not in the dataset.
type Reason string

// The reasons. Reasons says what each means and what to do.
const (
	TooLarge    Reason = "too_large"
	Binary      Reason = "binary"
	Archive     Reason = "archive"
	Encoding    Reason = "encoding"
	Unsupported Reason = "unsupported"
	BadJSON     Reason = "bad_json"
	NoText      Reason = "no_text"
	Truncated   Reason = "truncated"
	Corrupt     Reason = "corrupt"
	Bomb        Reason = "bomb"
	Symlink     Reason = "symlink_escape"
	Changed     Reason = "changed_while_read"
	Vanished    Reason = "vanished"
	Unreadable  Reason = "unreadable"
	Internal    Reason = "internal_error"
)

// A ReasonDoc says what a Reason means and what to do.
type ReasonDoc struct {
	Reason Reason
	Doc    string
}

// Reasons explains every Reason, in the order of the summary.
var Reasons = []ReasonDoc{
	{TooLarge, "larger than --max-doc-bytes; raise it if this really is one article"},
	{Binary, "not text; the detail names the kind of file"},
	{Archive, "an archive; unpack it first"},
	{Encoding, "no encoding makes text of it"},
	{Unsupported, "a file name ending that is not read; rename it to .txt if it is text"},
	{BadJSON, "the line is not a JSON object; the offset points at the mistake"},
	{NoText, "the record has no text field; name it with --field text=NAME"},
	{Truncated, "the compressed file ends too early; fetch it again"},
	{Corrupt, "the compressed file is damaged; fetch it again"},
	{Bomb, "unpacks to more than 200 times its size; not unpacked further"},
	{Symlink, "a symbolic link that leads out of the input folder"},
	{Changed, "the file changed while it was read, twice; run again when it is at rest"},
	{Vanished, "the file was there when the folder was listed and gone when it was read"},
	{Unreadable, "the file cannot be read; the detail is the system's own word"},
	{Internal, "a mistake in pressrow; please report it with the detail"},
}

// A refusal says why a file or record is set aside.
type refusal struct {
	reason Reason
	detail string
	offset int64 // byte in the source file where the trouble begins; -1 when it has no place
}

func refuse(reason Reason, format string, args ...any) *refusal {
	return &refusal{reason, fmt.Sprintf(format, args...), -1}
}

func (r *refusal) at(offset int64) *refusal {
	r.offset = offset
	return r
}

func (r *refusal) Error() string { return string(r.reason) + ": " + r.detail }

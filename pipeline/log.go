package pipeline

import (
	"fmt"
	"io"
	"log/slog"
	"strings"
	"unicode"
	"unicode/utf16"
	"unicode/utf8"
)

// LogFormats are the formats that NewLog knows.
var LogFormats = []string{"json", "text"}

// NewLog returns a log that writes lines to w as "json" or "text". What names,
// paths and errors hold cannot end a line, steer a terminal or turn the
// direction of the text: such characters are escaped.
func NewLog(w io.Writer, format string) (*slog.Logger, error) {
	switch format {
	case "json":
		return slog.New(slog.NewJSONHandler(escaped{w}, nil)), nil
	case "text":
		return slog.New(slog.NewTextHandler(escaped{w}, nil)), nil
	}
	return nil, fmt.Errorf("no log format %q; there are %s", format, strings.Join(LogFormats, " and "))
}

// escaped is a writer of JSON, or of text with its strings quoted as in Go. It
// writes what is not printable, which can stand only inside a string there, as \uXXXX.
type escaped struct{ w io.Writer }

func (e escaped) Write(p []byte) (int, error) {
	var b strings.Builder
	for i := 0; i < len(p); {
		r, n := utf8.DecodeRune(p[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			b.WriteString(`\ufffd`)
		case r < utf8.RuneSelf && r != 0x7f || unicode.IsPrint(r):
			b.Write(p[i : i+n])
		case r > 0xffff:
			high, low := utf16.EncodeRune(r)
			fmt.Fprintf(&b, `\u%04x\u%04x`, high, low)
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
		i += n
	}
	if _, err := io.WriteString(e.w, b.String()); err != nil {
		return 0, err
	}
	return len(p), nil
}

// Printable returns s fit for a terminal: what is neither printable nor a line
// end is shown as an escape.
func Printable(s string) string {
	lines := strings.Split(s, "\n")
	for i := range lines {
		lines[i] = PrintableLine(lines[i])
	}
	return strings.Join(lines, "\n")
}

// PrintableLine is Printable for what must stay in one line, such as a file's
// name: line ends are escaped, too.
func PrintableLine(s string) string {
	if utf8.ValidString(s) && strings.IndexFunc(s, func(r rune) bool { return !unicode.IsPrint(r) }) < 0 {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		switch {
		case r == utf8.RuneError && n == 1:
			fmt.Fprintf(&b, `\x%02x`, s[i])
		case r == '\n':
			b.WriteString(`\n`)
		case unicode.IsPrint(r):
			b.WriteString(s[i : i+n])
		default:
			fmt.Fprintf(&b, `\u%04x`, r)
		}
		i += n
	}
	return b.String()
}

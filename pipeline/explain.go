package pipeline

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"math"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"time"

	"pressrow/schema/disk"
	"pressrow/stages"
	"pressrow/stages/sentiment"
)

// Explain shows what the stages see in one document: its facts, every block
// with its role, what was removed and why, the sentences with their entities
// and scores. name is a file, or FILE#ID for a record of a JSON lines file.
func Explain(w io.Writer, name string, fields *Fields, colour bool) error {
	j, err := load(name, fields)
	if err != nil {
		return err
	}
	if j.refused == nil {
		j.refused = analyse(&j.doc, Stages, make([]time.Duration, len(Stages)))
	}
	p := painter{colour: colour}
	if r := j.refused; r != nil {
		p.line(0, "%s would go to quarantine: %s", p.bold(PrintableLine(name)), p.red(string(r.reason)))
		p.line(2, "%s", PrintableLine(r.detail))
	} else {
		p.document(&j.doc)
	}
	_, err = io.WriteString(w, p.out.String())
	return err
}

// load reads one document, as a build would.
func load(name string, fields *Fields) (*job, error) {
	file, id := name, ""
	if _, err := os.Stat(name); errors.Is(err, os.ErrNotExist) {
		if i := strings.LastIndexByte(name, '#'); i > 0 {
			file, id = name[:i], name[i+1:]
		}
	}
	in, err := openInput(file, "", Options{}.withDefaults().MaxDocBytes)
	if err != nil {
		return nil, err
	}
	defer in.close()
	if in.only == "" {
		return nil, fmt.Errorf("%s is a folder; name a file in it", file)
	}
	var dir string
	defer func() { disk.RemoveAll(dir) }()
	temporary := sync.OnceValues(func() (string, error) {
		var err error
		dir, err = os.MkdirTemp("", "pressrow-")
		return dir, err
	})
	l, err := list(in, temporary)
	if err != nil {
		return nil, err
	}
	pl := planner{in: in, fields: fields, dir: temporary}
	p, err := pl.plan(l, 0)
	if err != nil {
		return nil, err
	}
	defer p.close()
	want := filepath.Base(file)
	if id != "" {
		want += "#" + id
	}
	for i := range p.entries {
		if e := &p.entries[i]; e.id == want {
			r := runner{in: in, fields: fields}
			j := r.job(e)
			var files fileCache
			defer files.close()
			j.read(in, p, &files)
			if j.refused == nil {
				j.refused = r.fill(j)
			}
			return j, nil
		}
	}
	if id == "" && len(p.entries) > 0 {
		return nil, fmt.Errorf("%s holds %d records; name one, as in %s", file, len(p.entries), filepath.Join(filepath.Dir(file), p.entries[0].id))
	}
	return nil, fmt.Errorf("%s has no record %q", file, id)
}

// A painter builds text for a terminal, or plain text.
type painter struct {
	colour bool
	out    strings.Builder
}

func (p *painter) line(indent int, format string, args ...any) {
	p.out.WriteString(strings.Repeat(" ", indent))
	fmt.Fprintf(&p.out, format, args...)
	p.out.WriteByte('\n')
}

func (p *painter) paint(code, s string) string {
	if !p.colour {
		return s
	}
	return "\x1b[" + code + "m" + s + "\x1b[0m"
}

func (p *painter) bold(s string) string  { return p.paint("1", s) }
func (p *painter) dim(s string) string   { return p.paint("2", s) }
func (p *painter) red(s string) string   { return p.paint("31", s) }
func (p *painter) green(s string) string { return p.paint("32", s) }
func (p *painter) blue(s string) string  { return p.paint("36", s) }

func (p *painter) document(d *stages.Document) {
	p.line(0, "%s  %s, %d blocks, %d sentences, %d tokens, %d entities", p.bold(PrintableLine(d.ID)), d.Encoding,
		len(d.Blocks), len(d.Sentences), len(d.Tokens), len(d.Entities))
	for _, f := range []struct {
		name string
		fact stages.Fact
	}{
		{"title", d.Meta.Title}, {"byline", d.Meta.Byline}, {"dateline", d.Meta.Dateline}, {"published", d.Meta.Published},
		{"outlet", d.Meta.Outlet}, {"url", d.Meta.URL}, {"language", d.Meta.Language},
	} {
		if f.fact.Known() {
			p.line(2, "%-10s %s %s", f.name, PrintableLine(f.fact.Value), p.dim("("+f.fact.Method+")"))
		}
	}
	for _, f := range flagsByName {
		if n := d.Flags[f]; n > 0 {
			p.line(2, "%-10s %s %d %s", "flag", f, n, p.dim("("+stages.FlagDocs[f].Doc+")"))
		}
	}
	next := 0
	for i := range d.Blocks {
		b := &d.Blocks[i]
		p.out.WriteByte('\n')
		if !b.Role.Article() {
			p.line(0, "%s %s", p.red("removed: "+b.Role.String()), p.dim(fmt.Sprintf("%s %.2f", b.Reason, b.Score)))
			p.line(2, "%s", p.dim(PrintableLine(d.Of(b.Span))))
			continue
		}
		p.line(0, "%s %s", p.blue(b.Role.String()), p.dim(fmt.Sprintf("%s %.2f", b.Reason, b.Score)))
		for ; next < len(d.Sentences) && d.Sentences[next].Block == i; next++ {
			p.sentence(d, next)
		}
	}
}

func (p *painter) sentence(d *stages.Document, i int) {
	s := &d.Sentences[i]
	score := fmt.Sprintf("%+.2f", s.Sentiment)
	switch s.Tone {
	case stages.TonePositive:
		score = p.green(score)
	case stages.ToneNegative:
		score = p.red(score)
	}
	var text strings.Builder
	at := s.Start
	for _, e := range d.EntitiesOf(s) {
		text.WriteString(PrintableLine(d.Text[at:e.Start]))
		label := e.Label.String()
		for _, more := range []string{e.Name, e.EntityID, e.Value} {
			if more != "" && more != d.Of(e.Span) {
				label += " " + more
			}
		}
		fmt.Fprintf(&text, "[%s %s]", p.bold(PrintableLine(d.Of(e.Span))), p.dim(PrintableLine(label)))
		at = e.End
	}
	text.WriteString(PrintableLine(d.Text[at:s.End]))
	p.line(2, "%3d %s %s", i, score, text.String())
	if moved := movedBy(d, i); moved != "" {
		p.line(12, "%s", p.dim(moved))
	}
}

// movedBy names the words that moved a sentence's score most, and by how much.
func movedBy(d *stages.Document, sentence int) string {
	list := sentiment.Explain(d, sentence)
	slices.SortStableFunc(list, func(a, b sentiment.Contribution) int {
		return cmp.Compare(math.Abs(b.By), math.Abs(a.By))
	})
	const most = 5
	var parts []string
	for _, c := range list {
		if len(parts) == most || math.Abs(c.By) < 0.005 {
			break
		}
		part := fmt.Sprintf("%s %+.2f", PrintableLine(d.Of(c.Token)), c.By)
		if c.Why != "" {
			part += " (" + c.Why + ")"
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", ")
}

package comments

import (
	"sync"

	"pressrow/stages"
)

// Mark divides d.Text into blocks, one for each line, gives each its role,
// and sets d.Meta. It reads d.Text and d.Given and returns no error.
func Mark(d *stages.Document) error {
	p := pages.Get().(*page)
	p.read(d.Text)
	p.thread()
	p.furniture()
	p.layout(d.Given.Title.Known())
	d.Blocks = d.Blocks[:0]
	for i := range p.lines {
		l := &p.lines[i]
		d.Blocks = append(d.Blocks, stages.Block{Span: l.Span, Role: l.role, Reason: l.reason, Score: l.score})
	}
	p.facts(d)
	p.text = ""
	if cap(p.lines) <= maxKept {
		pages.Put(p)
	}
	return nil
}

// pages keeps scratch memory from one document to the next, but not that of a monster.
var pages = sync.Pool{New: func() any { return new(page) }}

const maxKept = 1 << 14

package clean

import (
	"bytes"

	"golang.org/x/text/unicode/norm"

	"pressrow/stages"
)

// compose brings the text to NFC. Text without characters from U+0300 on is in
// NFC already.
func (c *cleaner) compose() {
	if !c.beyond {
		return
	}
	e := &c.edit
	start := norm.NFC.QuickSpan(e.in)
	if start == len(e.in) {
		return
	}
	var iter norm.Iter
	iter.Init(norm.NFC, e.in[start:])
	for !iter.Done() {
		from := start + iter.Pos()
		part := iter.Next()
		to := start + iter.Pos()
		if !bytes.Equal(part, e.in[from:to]) {
			e.replace(string(part), from, to)
			c.flags.Add(stages.FlagNormalized, 1)
		}
	}
}

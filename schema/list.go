package schema

import "bytes"

// A list holds the levels that are the same for all columns of a list, or of
// two lists of one length, in the page at hand: their pages end together.
type list struct {
	rep []byte // 0 where a row begins, else 1
	def []byte // 0 where the list is empty, else 1; not that of a nullable column

	repPart, defPart []byte // both encoded; empty until the first column asks
}

// ones is a run of levels.
var ones = bytes.Repeat([]byte{1}, 256)

// add notes a row's list of n elements.
func (l *list) add(n int) {
	l.rep = append(l.rep, 0)
	if n == 0 {
		l.def = append(l.def, 0)
		return
	}
	l.rep = appendOnes(l.rep, n-1)
	l.def = appendOnes(l.def, n)
}

func appendOnes(levels []byte, n int) []byte {
	for ; n > len(ones); n -= len(ones) {
		levels = append(levels, ones...)
	}
	return append(levels, ones[:n]...)
}

// encode makes repPart and defPart, if it has not been done.
func (l *list) encode() {
	if len(l.repPart) == 0 {
		l.repPart, l.defPart = appendLevels(l.repPart, l.rep, 1), appendLevels(l.defPart, l.def, 1)
	}
}

// reset prepares l for the next page.
func (l *list) reset() {
	l.rep, l.def, l.repPart, l.defPart = l.rep[:0], l.def[:0], l.repPart[:0], l.defPart[:0]
}

package schema

import (
	"bytes"
	"encoding/binary"

	"github.com/parquet-go/parquet-go/encoding/rle"
)

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
func (l *list) encode() (err error) {
	if len(l.repPart) > 0 {
		return nil
	}
	if l.repPart, err = encodeLevels(l.repPart, l.rep, 1); err != nil {
		return err
	}
	l.defPart, err = encodeLevels(l.defPart, l.def, 1)
	return err
}

// reset prepares l for the next page.
func (l *list) reset() {
	l.rep, l.def, l.repPart, l.defPart = l.rep[:0], l.def[:0], l.repPart[:0], l.defPart[:0]
}

// encodeLevels returns levels up to max, as data pages of version 1 have them,
// in the memory of to.
func encodeLevels(to, levels []byte, max byte) ([]byte, error) {
	width := 1
	if max > 1 {
		width = 2
	}
	part, err := (&rle.Encoding{BitWidth: width}).EncodeLevels(to, levels)
	n := len(part)
	part = append(part, 0, 0, 0, 0)
	copy(part[4:], part[:n])
	binary.LittleEndian.PutUint32(part, uint32(n))
	return part, err
}

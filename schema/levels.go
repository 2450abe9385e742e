package schema

import (
	"bytes"
	"encoding/binary"
	"math/bits"
)

// levelBlock is the number of levels that are looked at together: they become
// part of a run if they are equal, else their bits are packed.
const levelBlock = 64

// appendLevels adds levels up to max, which is not 0, to body, as data pages of
// version 1 have them: in Parquet's hybrid of runs and packed bits. Short runs are packed, too.
// That costs no room, and readers take many bits at a time, but each run by itself.
func appendLevels(body, levels []byte, max byte) []byte {
	start := len(body)
	body = append(body, 0, 0, 0, 0) // the length
	for len(levels) > 0 {
		equal := uniform(levels)
		n := 0
		for n < len(levels) && uniform(levels[n:]) == equal && (!equal || levels[n] == levels[0]) {
			n += min(levelBlock, len(levels)-n)
		}
		if equal {
			body = append(binary.AppendUvarint(body, uint64(n)<<1), levels[0])
		} else {
			body = appendPacked(body, levels[:n], bits.Len8(max))
		}
		levels = levels[n:]
	}
	binary.LittleEndian.PutUint32(body[start:], uint32(len(body)-start-4))
	return body
}

// uniform reports whether the first levelBlock levels, or all, are equal.
func uniform(levels []byte) bool {
	levels = levels[:min(levelBlock, len(levels))]
	return bytes.Equal(levels[1:], levels[:len(levels)-1])
}

// appendPacked adds levels of width bits each, eight of them in as many bytes,
// with zeros after the last.
func appendPacked(body, levels []byte, width int) []byte {
	body = binary.AppendUvarint(body, uint64(len(levels)+7)/8<<1|1)
	for ; len(levels) >= 8; levels = levels[8:] {
		body = appendEight(body, binary.LittleEndian.Uint64(levels), width)
	}
	if len(levels) > 0 {
		var last [8]byte
		copy(last[:], levels)
		body = appendEight(body, binary.LittleEndian.Uint64(last[:]), width)
	}
	return body
}

// appendEight packs the levels that are the bytes of w. It joins neighbours:
// bytes to pairs, pairs to fours, and fours to all.
func appendEight(body []byte, w uint64, width int) []byte {
	w = (w | w>>(8-width)) & (0x0001000100010001 * (1<<(2*width) - 1))
	w = (w | w>>(16-2*width)) & (0x0000000100000001 * (1<<(4*width) - 1))
	w |= w >> (32 - 4*width)
	for range width {
		body = append(body, byte(w))
		w >>= 8
	}
	return body
}

package stages

import "math/bits"

// Letters8 returns how many ASCII letters the first 8 bytes of s begin with, how
// many of them are capitals, and the letters themselves in lower case, the first
// in the lowest byte, zeros behind them. s holds at least 8 bytes.
//
// It has no branches. Where the words of a text end, a processor cannot guess,
// and each wrong guess costs it as much as a word of eight letters does here.
func Letters8(s string) (n, capitals int, small uint64) {
	const each = 0x0101010101010101
	b := Load8(s)
	small = b | each*0x20
	ascii := small & (each * 0x7F)
	other := (^(ascii + each*(0x80-'a')) | (ascii + each*(0x80-'z'-1)) | small) & (each * 0x80) // high bits of what is no letter
	mask := other&-other>>7 - 1                                                                 // of the letters
	return bits.TrailingZeros64(other) / 8, int(^b & mask & (each * 0x20) >> 5 * each >> 56), small & mask
}

// Ends8 returns the first and last 8 bytes of s, which is not empty, as numbers.
// Of a shorter text they hold all bytes, so that texts of one length differ in them.
func Ends8(s string) (head, tail uint64) {
	n := len(s)
	switch {
	case n >= 8:
		return Load8(s), Load8(s[n-8:])
	case n >= 4:
		return Load4(s), Load4(s[n-4:])
	}
	return uint64(s[0]) | uint64(s[n/2])<<8 | uint64(s[n-1])<<16, 0
}

// Load8 returns the first 8 bytes of s, which holds as many, as a number, the
// first in the lowest byte.
func Load8(s string) uint64 {
	_ = s[7]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
}

// Load4 returns the first 4 bytes of s, which holds as many, as a number, the
// first in the lowest byte.
func Load4(s string) uint64 {
	_ = s[3]
	return uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24
}

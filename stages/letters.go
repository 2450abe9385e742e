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
	b := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
		uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
	small = b | each*0x20
	ascii := small & (each * 0x7F)
	other := (^(ascii + each*(0x80-'a')) | (ascii + each*(0x80-'z'-1)) | small) & (each * 0x80) // high bits of what is no letter
	width := bits.TrailingZeros64(other) &^ 7                                                   // of the letters in bits; 64 where all are
	mask := uint64(1)<<width - 1
	return width / 8, bits.OnesCount64(^b & mask & (each * 0x20)), small & mask
}

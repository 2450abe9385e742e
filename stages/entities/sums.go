package entities

const evenBytes = 0x00ff00ff00ff00ff

// plainBytes adds the scores of rows of the first table, 1<<TableBits rows of
// 16 bytes less byteBias each, to s. It adds sixteen at a time: four 16-bit
// sums lie in each 64-bit word, and no sum of maxRows biased bytes overflows one.
func plainBytes(s *scores, table [][2]uint64, rows []uint32) {
	var e0, o0, e1, o1 uint64
	for _, r := range rows {
		w := &table[r&(1<<TableBits-1)]
		e0 += w[0] & evenBytes
		o0 += w[0] >> 8 & evenBytes
		e1 += w[1] & evenBytes
		o1 += w[1] >> 8 & evenBytes
	}
	bias := int32(len(rows) * byteBias)
	for k := range 4 {
		shift := 16 * k
		s[2*k] += int32(e0>>shift&0xffff) - bias
		s[2*k+1] += int32(o0>>shift&0xffff) - bias
		s[8+2*k] += int32(e1>>shift&0xffff) - bias
		s[9+2*k] += int32(o1>>shift&0xffff) - bias
	}
}

// plainWords adds the scores of rows of a table of 16 numbers of 16 bits less
// echoBias each to s. The table has a power of two of rows. No sum of the
// biased numbers overflows 16 bits: those of maxEchoes rows do not, nor those
// of maxCells cells, which stand for no more than maxRows bytes.
func plainWords(s *scores, table [][4]uint64, rows []uint32) {
	var sum [4]uint64
	for _, r := range rows {
		w := &table[int(r)&(len(table)-1)]
		sum[0] += w[0]
		sum[1] += w[1]
		sum[2] += w[2]
		sum[3] += w[3]
	}
	bias := int32(len(rows) * echoBias)
	for k := range sum {
		for l := range 4 {
			s[4*k+l] += int32(sum[k]>>(16*l)&0xffff) - bias
		}
	}
}

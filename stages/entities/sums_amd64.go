package entities

// addBytes does what plainBytes does, with 16 bytes at a time (SSE2, which
// every amd64 processor has).
//
//go:noescape
func addBytes(s *scores, table [][2]uint64, rows []uint32)

// addWords does what plainWords does, with eight 16-bit numbers at a time.
//
//go:noescape
func addWords(s *scores, table [][4]uint64, rows []uint32)

// fetch asks for rows of the first table to be in the cache soon.
//
//go:noescape
func fetch(table [][2]uint64, rows []uint32)

// fetchCells asks for rows of a table like the second to be in the cache soon.
//
//go:noescape
func fetchCells(table [][4]uint64, rows []uint32)

// fetchPair asks for the first slot of pair to be in the cache soon.
//
//go:noescape
func fetchPair(pair *[2]formSlot)

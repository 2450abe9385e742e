//go:build !amd64

package entities

func addBytes(s *scores, table [][2]uint64, rows []uint32) { plainBytes(s, table, rows) }

func addWords(s *scores, table [][4]uint64, rows []uint32) { plainWords(s, table, rows) }

func fetch([][2]uint64, []uint32) {}

func fetchCells([][4]uint64, []uint32) {}

func fetchPair(*[2]formSlot) {}

package entities

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"math/bits"
	"sort"
	"sync"
)

//go:embed clusters.bin
var clusterFile []byte

// A habit is what a large corpus says of a word in one spelling: its Brown
// cluster and how often the word is capitalised. The zero habit is that of an
// unknown word.
//
//	bits 0-7   cluster
//	bits 8-10  share of capitalised uses, in eighths
//	bits 11-13 frequency, logarithmic
//	bit 14     set
type habit uint16

func (h habit) known() bool   { return h != 0 }
func (h habit) capitals() int { return int(h >> 8 & 7) }

// plain returns h without the shares and frequency.
func (h habit) plain() uint64 { return uint64(h &^ 0x3f00) }

// number returns h's cluster counted from 1, 0 for that of an unknown word.
func (h habit) number() uint32 { return uint32(h&0xff) + uint32(h>>14) }

// plainCluster returns the plain habit of the cluster with number n.
func plainCluster(n uint64) uint64 {
	if n == 0 {
		return 0
	}
	return 1<<14 | n - 1
}

// clusterTable is the embedded file: a header (magic, slots), 256 cluster
// paths with their lengths (32 bits each) and the slots: the upper half of the hash of a spelling
// (0 when empty) and its habit, 32 bits each.
type clusterTable struct {
	paths []byte
	slots []byte
	n     uint64
}

const (
	clusterMagic  = 0x31637270
	clusterHeader = 8
	clusterSlot   = 8
	numClusters   = 256
)

var openedClusters = sync.OnceValue(func() *clusterTable {
	if len(clusterFile) < clusterHeader+4*numClusters || binary.LittleEndian.Uint32(clusterFile) != clusterMagic {
		panic("entities: clusters.bin is not a table of clusters")
	}
	return &clusterTable{
		paths: clusterFile[clusterHeader : clusterHeader+4*numClusters],
		slots: clusterFile[clusterHeader+4*numClusters:],
		n:     uint64(binary.LittleEndian.Uint32(clusterFile[4:])),
	}
})

// spelling returns the hash of a word with the given hash of its small letters and its capitals.
func spelling(hash uint64, s shape) uint64 {
	switch {
	case s.has(allCaps):
		return hash * 3
	case s.has(capital):
		return hash
	}
	return hash * 5
}

// look returns the habit of the spelling with hash h.
func (t *clusterTable) look(h uint64) habit {
	want := uint32(h>>32) | 1
	for i := (h & 0xffffffff) * t.n >> 32; ; {
		slot := binary.LittleEndian.Uint64(t.slots[i*clusterSlot:])
		switch uint32(slot) {
		case want:
			return habit(slot >> 32)
		case 0:
			return 0
		}
		if i++; i == t.n {
			i = 0
		}
	}
}

// path returns the first n bits of the path of cluster c, with its length on top.
func (t *clusterTable) path(c, n int) uint64 {
	p := binary.LittleEndian.Uint32(t.paths[4*c:])
	if length := int(p >> 24); n < length {
		return uint64(p&0xffffff)>>(length-n) | uint64(n)<<24
	}
	return uint64(p)
}

// A ClusterWord is a word of a corpus: its Brown cluster's path in 0s and 1s and its count.
type ClusterWord struct {
	Path, Word string
	Count      int
}

// CompileClusters returns the cluster file for words, at most 256 paths of 24
// bits. The result depends on nothing but words.
func CompileClusters(words []ClusterWord) ([]byte, error) {
	ids := map[string]int{}
	var paths []string
	type use struct{ capitals, all int }
	uses := map[uint64]*use{}
	for _, w := range words {
		if _, ok := ids[w.Path]; !ok {
			ids[w.Path] = 0
			paths = append(paths, w.Path)
		}
		h, s := scan(w.Word)
		u := uses[h]
		if u == nil {
			u = new(use)
			uses[h] = u
		}
		u.all += w.Count
		if s.has(capital) {
			u.capitals += w.Count
		}
	}
	if len(paths) > numClusters {
		return nil, fmt.Errorf("entities: %d clusters", len(paths))
	}
	sort.Strings(paths)
	file := make([]byte, clusterHeader+4*numClusters)
	for i, p := range paths {
		ids[p] = i
		var v uint32
		for _, c := range p {
			v = v<<1 | uint32(c-'0')
		}
		if len(p) > 24 {
			return nil, fmt.Errorf("entities: path %s is too long", p)
		}
		binary.LittleEndian.PutUint32(file[clusterHeader+4*i:], v|uint32(len(p))<<24)
	}
	habits := map[uint64]habit{}
	counts := map[uint64]int{}
	for _, w := range words {
		h, s := scan(w.Word)
		key := spelling(h, s)
		if counts[key] >= w.Count {
			continue
		}
		u := uses[h]
		counts[key] = w.Count
		habits[key] = 1<<14 | habit(ids[w.Path]) | habit(min(7, 8*u.capitals/u.all))<<8 | habit(min(7, max(0, bits.Len(uint(u.all))-4)/2))<<11
	}
	keys := make([]uint64, 0, len(habits))
	for k := range habits {
		keys = append(keys, k)
	}
	sort.Slice(keys, func(i, j int) bool { return keys[i] < keys[j] })
	n := len(keys)*5/4 + 1
	slots := make([]byte, n*clusterSlot)
	for _, k := range keys {
		i := int((k & 0xffffffff) * uint64(n) >> 32)
		for binary.LittleEndian.Uint32(slots[i*clusterSlot:]) != 0 {
			i = (i + 1) % n
		}
		binary.LittleEndian.PutUint32(slots[i*clusterSlot:], uint32(k>>32)|1)
		binary.LittleEndian.PutUint32(slots[i*clusterSlot+4:], uint32(habits[k]))
	}
	binary.LittleEndian.PutUint32(file, clusterMagic)
	binary.LittleEndian.PutUint32(file[4:], uint32(n))
	return append(file, slots...), nil
}

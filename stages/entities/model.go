package entities

import (
	_ "embed"
	"encoding/binary"
	"fmt"
	"math"
	"math/bits"
	"sync"
)

//go:embed model.bin
var modelFile []byte

// The file holds a header of four little-endian 32-bit numbers (magic, bits of
// the first table, bits of the second, units per natural logarithm), then for
// each of the two passes a matrix of 17 rows of 16 signed 32-bit numbers (what
// it scores for a mark to begin a run of active words and to follow each of the
// marks), then the first table, 16 biased bytes a row, and the second, 16
// biased 16-bit numbers a row. All scores are in the same unit.
const (
	modelMagic  = 0x316d7270
	modelHeader = 16
	byteBias    = 128
	echoBias    = 2048
	noWay       = math.MinInt32 / 4 // the score of what cannot be
)

// scores holds a number for each mark.
type scores [NumMarks]int32

// chain scores a sequence of marks.
type chain struct {
	start  scores
	behind scores                            // what start is behind a word that is sure to be Out
	next   [NumMarks]scores                  // next[b][a] is for b behind a
	leaps  [len(closers)][len(openers)]int32 // next from each closer to each opener
	reach  [len(closers)][len(closers)]int32 // reach[k][l] is how much closer l may score less than k and yet be best for an opener
}

// leap sets leaps and reach.
func (c *chain) leap() {
	for k, a := range closers {
		for i, b := range openers {
			c.leaps[k][i] = c.next[b][a]
		}
	}
	for k := range c.leaps {
		for l := range c.leaps {
			c.reach[k][l] = math.MinInt32 / 2
			for i := range openers {
				c.reach[k][l] = max(c.reach[k][l], c.leaps[l][i]-c.leaps[k][i])
			}
		}
	}
}

// edge sets behind, and noWay for what no run begins with.
func (c *chain) edge() {
	for m := range NumMarks {
		c.behind[m] = c.next[m][Out]
		if m.inner() {
			c.start[m], c.behind[m] = noWay, noWay
		}
	}
}

// A model is the decoded file.
type model struct {
	first, second chain
	words         [][2]uint64 // a row of 16 biased bytes
	cells         [][4]uint64 // 16 biased 16-bit numbers each
	echoes        [][4]uint64 // a row of 16 biased 16-bit numbers
	odds          odds
}

// odds turn differences of scores into odds. Most differences are small, and
// those are kept.
type odds struct {
	unit float64 // of the scores, in natural logarithms
	near [1024]float64
}

func newOdds(unit float64) odds {
	o := odds{unit: unit}
	for i := range o.near {
		o.near[i] = math.Exp(float64(-i) * unit)
	}
	return o
}

// of returns the odds of what scores d more than something else.
func (o *odds) of(d int32) float64 {
	if i := -d; uint32(i) < uint32(len(o.near)) {
		return o.near[i]
	}
	return math.Exp(float64(d) * o.unit)
}

var openedModel = sync.OnceValue(func() *model {
	m, err := decodeModel(modelFile)
	if err == nil {
		err = m.sumUp(openedGazetteer(), openedClusters())
	}
	if err != nil {
		panic(err)
	}
	return m
})

// sumUp sets the cells of the families of features.
func (m *model) sumUp(g *gazetteer, brown *clusterTable) error {
	m.cells = make([][4]uint64, 1<<cellBits)
	var rows []uint32
	for i := range numCells {
		rows = members(rows[:0], i, g, brown)
		var s scores
		addBytes(&s, m.words, rows)
		for k, v := range s {
			if v < -echoBias || v >= echoBias {
				return fmt.Errorf("entities: model.bin scores %d for features that come together, more than fits", v)
			}
			m.cells[i][k/4] |= uint64(v+echoBias) << (16 * (k % 4))
		}
	}
	return nil
}

func decodeModel(file []byte) (*model, error) {
	if len(file) < modelHeader || binary.LittleEndian.Uint32(file) != modelMagic {
		return nil, fmt.Errorf("entities: model.bin is not a model")
	}
	rows, echoes := 1<<binary.LittleEndian.Uint32(file[4:]), 1<<binary.LittleEndian.Uint32(file[8:])
	if rows != 1<<TableBits || echoes != 1<<EchoBits || len(file) != modelHeader+2*17*16*4+rows*16+echoes*32 {
		return nil, fmt.Errorf("entities: model.bin does not fit the features")
	}
	m := &model{words: make([][2]uint64, rows), echoes: make([][4]uint64, echoes), odds: newOdds(1 / float64(binary.LittleEndian.Uint32(file[12:])))}
	file = file[modelHeader:]
	for _, c := range []*chain{&m.first, &m.second} {
		for i := -1; i < int(NumMarks); i++ {
			for j := range NumMarks {
				v := int32(binary.LittleEndian.Uint32(file))
				file = file[4:]
				switch {
				case i < 0:
					c.start[j] = v
				default:
					c.next[j][i] = v
				}
			}
		}
		c.leap()
		c.edge()
	}
	for i := range m.words {
		m.words[i] = [2]uint64{binary.LittleEndian.Uint64(file), binary.LittleEndian.Uint64(file[8:])}
		file = file[16:]
	}
	for i := range m.echoes {
		for k := range m.echoes[i] {
			m.echoes[i][k] = binary.LittleEndian.Uint64(file[8*k:])
		}
		file = file[32:]
	}
	return m, nil
}

// Weights are a trained model before it is made small. Rows holds NumMarks
// numbers for each row; Start and Next[a][b] score a mark b at the beginning
// and behind mark a. All in natural logarithms.
type Weights struct {
	Rows  []float32
	Start [NumMarks]float32
	Next  [NumMarks][NumMarks]float32
}

// CompileModel returns the model file for the weights of the two passes, with
// unit steps per natural logarithm. Numbers beyond what fits are cut.
func CompileModel(first, second Weights, unit int) []byte {
	file := make([]byte, modelHeader)
	for i, v := range []uint32{modelMagic, TableBits, EchoBits, uint32(unit)} {
		binary.LittleEndian.PutUint32(file[4*i:], v)
	}
	round := func(v float32, limit int) int {
		return max(-limit, min(limit, int(math.Round(float64(v)*float64(unit)))))
	}
	for _, w := range []*Weights{&first, &second} {
		for i := -1; i < int(NumMarks); i++ {
			for j := range NumMarks {
				v := w.Start[j]
				if i >= 0 {
					v = w.Next[i][j]
				}
				file = binary.LittleEndian.AppendUint32(file, uint32(int32(round(v, 1<<20))))
			}
		}
	}
	for _, v := range first.Rows {
		file = append(file, byte(round(v, byteBias-1)+byteBias))
	}
	for _, v := range second.Rows {
		file = binary.LittleEndian.AppendUint16(file, uint16(round(v, echoBias-1)+echoBias))
	}
	return file
}

// Marks that can stand anywhere, and marks after which a name may end.
var (
	openers = [...]Mark{Out, PerB, PerS, OrgB, OrgS, LocB, LocS, FacB, Misc}
	closers = [...]Mark{Out, PerE, PerS, OrgE, OrgS, LocE, LocS, FacB, FacI, Misc}
)

// best finds the marks of highest score for the run r of words, whose own scores
// are own (Viterbi's algorithm; of two best the one with the lower marks, read
// from the end, wins). It uses tops, as long as own, for the highest score of a
// sequence that ends with each mark at each word.
func (c *chain) best(marks []Mark, own []scores, r *run, tops []scores) {
	last, begin, end := &tops[0], c.begin(r), c.end(r)
	for b, v := range begin {
		last[b] = v + own[0][b]
	}
	for i := 1; i < len(own); i++ {
		c.step(&tops[i], last, &own[i])
		last = &tops[i]
	}
	arg := Out
	for _, a := range closers {
		if last[a]+end[a] > last[arg]+end[arg] {
			arg = a
		}
	}
	for i := len(own) - 1; i > 0; i-- {
		marks[i] = arg
		arg = c.before(arg, &tops[i-1])
	}
	marks[0] = arg
}

// step sets now to the highest scores of sequences that go on from last with a
// word that scores own.
func (c *chain) step(now, last, own *scores) {
	lead := 0
	var from [len(closers)]int32
	for k, a := range closers {
		from[k] = last[a]
		if from[k] > from[lead] {
			lead = k
		}
	}
	tops := c.leaps[lead]
	for b := range tops {
		tops[b] += from[lead]
	}
	for k, reach := range c.reach[lead] {
		if from[k]+reach > from[lead] {
			for b, l := range c.leaps[k] {
				tops[b] = max(tops[b], from[k]+l)
			}
		}
	}
	for k, b := range openers {
		now[b] = tops[k] + own[b]
	}
	for b := PerB; b <= LocB; b += 4 {
		now[b+1] = max(last[b]+c.next[b+1][b], last[b+1]+c.next[b+1][b+1]) + own[b+1]
		now[b+2] = max(last[b]+c.next[b+2][b], last[b+1]+c.next[b+2][b+1]) + own[b+2]
	}
	now[FacI] = max(last[FacB]+c.next[FacI][FacB], last[FacI]+c.next[FacI][FacI]) + own[FacI]
}

// before returns the mark to stand before b, by the highest scores of sequences
// that end with each.
func (c *chain) before(b Mark, tops *scores) Mark {
	next := &c.next[b]
	switch {
	case b == FacI:
		return better(next, tops, FacB, FacI)
	case b.inner():
		first, inside, _ := b.Name().Marks(2)
		return better(next, tops, first, inside)
	}
	best := Out
	for _, a := range closers {
		if tops[a]+next[a] > tops[best]+next[best] {
			best = a
		}
	}
	return best
}

// better returns which of marks a and z stands better before the mark whose steps score next.
func better(next, tops *scores, a, z Mark) Mark {
	if tops[z]+next[z] > tops[a]+next[a] {
		return z
	}
	return a
}

// begin returns what the marks score at the beginning of the run r.
func (c *chain) begin(r *run) *scores {
	if r.left {
		return &c.behind
	}
	return &c.start
}

// end returns what the marks score at the end of the run r.
func (c *chain) end(r *run) *scores {
	if r.right {
		return &c.next[Out]
	}
	return &nothing
}

// nothing is what the marks score at the end of a sentence.
var nothing scores

// share returns how probable the mark of word i of the run r is, the marks
// around it being what they are: 0 to 1.
func (c *chain) share(marks []Mark, own []scores, r *run, i int, o *odds) float64 {
	next := Out
	if i+1 < len(marks) {
		next = marks[i+1]
	}
	mine, sum := own[i][marks[i]]+c.enter(marks, r, i, marks[i])+c.leave(marks, r, i+1, marks[i]), 0.0
	for set := behind[markBefore(marks, i)] & before[next]; set != 0; set &= set - 1 {
		b := Mark(bits.TrailingZeros16(set))
		sum += o.of(own[i][b] + c.enter(marks, r, i, b) + c.leave(marks, r, i+1, b) - mine)
	}
	return 1 / sum
}

// choice returns how probable the type of the name at words from to end of the
// run r is, beside the other types and no name, the marks around it being what they are.
func (c *chain) choice(marks []Mark, own []scores, r *run, from, end int, o *odds) float64 {
	mine := c.enter(marks, r, from, marks[from]) + own[from][marks[from]]
	for i := from + 1; i < end; i++ {
		mine += own[i][marks[i]] + c.next[marks[i]][marks[i-1]]
	}
	mine += c.leave(marks, r, end, marks[end-1])
	sum := 0.0
	for n := range NumNames {
		first, inner, last := n.Marks(end - from)
		all, prev := c.enter(marks, r, from, first)+own[from][first], first
		for i := from + 1; i < end; i++ {
			m := inner
			if i == end-1 {
				m = last
			}
			all += own[i][m] + c.next[m][prev]
			prev = m
		}
		all += c.leave(marks, r, end, prev)
		sum += o.of(max(all-mine, -1<<20))
	}
	return min(1, 1/sum)
}

func markBefore(marks []Mark, i int) Mark {
	if i == 0 {
		return Out
	}
	return marks[i-1]
}

// enter scores the step to mark m at word i of the run r.
func (c *chain) enter(marks []Mark, r *run, i int, m Mark) int32 {
	if i == 0 {
		return c.begin(r)[m]
	}
	return c.next[m][marks[i-1]]
}

// leave scores the step from mark m at the word before word i of the run r,
// 0 where the mark of word i cannot follow.
func (c *chain) leave(marks []Mark, r *run, i int, m Mark) int32 {
	switch {
	case i == len(marks):
		return c.end(r)[m]
	case behind[m]>>marks[i]&1 == 0:
		return 0
	}
	return c.next[marks[i]][m]
}

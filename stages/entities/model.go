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
	start scores
	next  [NumMarks]scores // next[b][a] is for b behind a
	leaps [len(openers)][len(closers)]int64
	left  scores // what start becomes behind a word that is sure to be Out
	right scores // what a mark gains before such a word
}

// rank is what the leaps are shifted by, for the rank of a closer below them.
const rank = 4

// leap sets the leaps: next from each closer to each opener, and below it how
// early the closer comes among them, so that one maximum tells both the highest
// score and, of equals, the first closer that has it.
func (c *chain) leap() {
	for i, b := range openers {
		for k, a := range closers {
			c.leaps[i][k] = int64(c.next[b][a])<<rank | int64(len(closers)-1-k)
		}
	}
}

// edge sets left and right.
func (c *chain) edge() {
	for m := range NumMarks {
		c.left[m], c.right[m] = c.next[m][Out]-c.start[m], c.next[Out][m]
	}
}

// bound adds the edges of the run r to the scores of its words, n times.
func (c *chain) bound(own []scores, r *run, n int32) {
	if r.left {
		for m, v := range c.left {
			own[0][m] += n * v
		}
	}
	if r.right {
		for m, v := range c.right {
			own[len(own)-1][m] += n * v
		}
	}
}

// A model is the decoded file.
type model struct {
	first, second chain
	words         [][2]uint64 // a row of 16 biased bytes
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
	if err != nil {
		panic(err)
	}
	return m
})

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

// best finds the marks of highest score for a run of words, whose own scores
// are own (Viterbi's algorithm; of two best the one with the lower marks, read
// from the end, wins). It uses back, as long as own, for its notes.
func (c *chain) best(marks []Mark, own []scores, back [][NumMarks]Mark) {
	var last scores
	var from [len(closers)]int64 // last of the closers
	for b := range last {
		last[b] = noWay
	}
	for _, b := range openers {
		last[b] = c.start[b] + own[0][b]
	}
	for i := 1; i < len(own); i++ {
		now, note, mine := scores{}, &back[i], &own[i]
		for k, a := range closers {
			from[k] = int64(last[a]) << rank
		}
		for k, b := range openers {
			l := &c.leaps[k]
			top := max(from[0]+l[0], from[1]+l[1], from[2]+l[2], from[3]+l[3], from[4]+l[4],
				from[5]+l[5], from[6]+l[6], from[7]+l[7], from[8]+l[8], from[9]+l[9])
			now[b], note[b] = int32(top>>rank)+mine[b], closers[len(closers)-1-int(top&(1<<rank-1))]
		}
		for b := PerI; b <= LocI; b += 4 { // inside and last, behind first or inside
			now[b], note[b] = c.inner(&last, b, b-1, b)
			now[b+1], note[b+1] = c.inner(&last, b+1, b-1, b)
			now[b] += mine[b]
			now[b+1] += mine[b+1]
		}
		now[FacI], note[FacI] = c.inner(&last, FacI, FacB, FacI)
		now[FacI] += mine[FacI]
		last = now
	}
	top, arg := int32(math.MinInt32), Out
	for _, a := range closers {
		if last[a] > top {
			top, arg = last[a], a
		}
	}
	for i := len(own) - 1; i >= 0; i-- {
		marks[i] = arg
		arg = back[i][arg]
	}
}

// inner returns the better of marks a and z to stand before b, and the score of both.
func (c *chain) inner(last *scores, b, a, z Mark) (int32, Mark) {
	v, w := last[a]+c.next[b][a], last[z]+c.next[b][z]
	if w > v {
		return w, z
	}
	return v, a
}

// share returns how probable mark b is at word i of a run, its neighbours'
// marks being what they are: 0 to 1.
func (c *chain) share(marks []Mark, own []scores, i int, o *odds) float64 {
	prev, next := Out, Out
	if i > 0 {
		prev = marks[i-1]
	}
	if i+1 < len(marks) {
		next = marks[i+1]
	}
	score := func(b Mark) int32 {
		s := c.step(own, i, b, prev)
		if i+1 < len(marks) {
			s += c.next[next][b]
		}
		return s
	}
	mine, sum := score(marks[i]), 0.0
	for set := behind[prev] & before[next]; set != 0; set &= set - 1 {
		sum += o.of(score(Mark(bits.TrailingZeros16(set))) - mine)
	}
	return 1 / sum
}

// choice returns how probable the type of the name at words from to end of a
// run is, beside the other types and no name, the marks around it being what they are.
func (c *chain) choice(marks []Mark, own []scores, from, end int, o *odds) float64 {
	sum, mine := 0.0, int32(0)
	for i := from; i < end; i++ {
		mine += c.step(own, i, marks[i], markBefore(marks, i))
	}
	mine += c.leave(marks, end, marks[end-1])
	for n := range NumNames {
		first, inner, last := n.Marks(end - from)
		var all int32
		prev := markBefore(marks, from)
		for i := from; i < end; i++ {
			m := inner
			switch i {
			case from:
				m = first
			case end - 1:
				m = last
			}
			all += c.step(own, i, m, prev)
			prev = m
		}
		all += c.leave(marks, end, prev)
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

// step scores mark m at word i behind mark prev.
func (c *chain) step(own []scores, i int, m, prev Mark) int32 {
	if i == 0 {
		return own[i][m] + c.start[m]
	}
	return own[i][m] + c.next[m][prev]
}

// leave scores the step from mark last to word end.
func (c *chain) leave(marks []Mark, end int, last Mark) int32 {
	if end == len(marks) || !marks[end].Follows(last) {
		return 0
	}
	return c.next[marks[end]][last]
}

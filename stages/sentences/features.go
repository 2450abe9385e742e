package sentences

import "strings"

// The model is a table of weights; a feature is a place in it.
const (
	tableBits   = 20
	maxFeatures = 72
)

// features puts what the model looks at in the gap of w, about which the rules
// said v, into f and returns how many features there are. Trainer and splitter
// share it: what changes here needs a new model.
func (w *window) features(v verdict, f *[maxFeatures]uint32) int {
	l, r := w.left(), w.right()
	l1, l2, r1, r2, r3 := w.unit(-1), w.unit(-2), w.unit(2), w.unit(3), w.unit(4)
	for _, u := range [...]*unit{l, r, l1, l2, r1, r2, &w.first} {
		u.learn(w.text)
	}
	lform, rform, l1form, r1form := l.form(), r.form(), l1.form(), r1.form()
	length, rest, low := bucket(w.length), bucket((len(w.text)-r.start)/6), bucket(w.lows)
	stop, shape := uint32(l.stop), uint32(r.shape)
	gap := stop | uint32(l.close)<<4
	opens := uint32(r.open) | shape<<8 | uint32(r.lead)<<12
	runs := min(uint32(w.run), 5) | w.runAhead()<<4

	n := 0
	add := func(a, b uint32) {
		h := (uint32(n)*0x9E3779B1 ^ a) * 0x85EBCA6B
		h = (h ^ h>>15 ^ b) * 0xC2B2AE35
		f[n] = (h ^ h>>13) * 0x27D4EB2F >> (32 - tableBits)
		n++
	}
	// The gap itself.
	add(0, min(stop, uint32(period)))
	add(gap, opens)
	add(lform, rform)
	add(lform, 0)
	add(stop, rform)
	add(uint32(v), gap)
	add(uint32(v)|stop<<4, opens)
	add(uint32(w.quotes)|gap<<4, opens)
	add(uint32(l.shape)|shape<<8|stop<<16, bucket(l.coreEnd-l.core)|bucket(r.coreEnd-r.core)<<8)
	// The words beside it.
	add(l.hash, stop)
	add(l.hash, lform)
	add(r.hash, stop)
	add(r.hash, rform)
	add(suffix(w.text, l), stop|uint32(l.shape)<<8)
	add(suffix(w.text, r), stop|shape<<8)
	add(l1.hash, stop)
	add(r1.hash, stop|shape<<8)
	add(l2.hash, stop)
	add(r2.hash, stop)
	// How the units around it look.
	add(l1form, lform)
	add(rform, r1form^stop<<24)
	add(r1form, r2.form()^stop<<24)
	add(l2.form(), l1form^stop<<24)
	add(uint32(l1.shape)|uint32(l.shape)<<4|shape<<8|uint32(r1.shape)<<12|stop<<16, uint32(r1.stop))
	add(runs|stop<<8, shape)
	add(low|runs&0xF0|stop<<8, shape|uint32(r1.shape)<<4|uint32(r3.shape)<<8)
	// What the sentence is so far, and what is left of the block.
	add(length, opens|stop<<20)
	add(rest, opens|stop<<20)
	add(length|rest<<8, gap|shape<<16)
	add(low|length<<4, gap|shape<<16)
	add(w.first.hash, length|stop<<8)
	add(w.first.form(), length|stop<<8|shape<<16)
	add(uint32(w.before), stop|shape<<8|length<<12)
	add(uint32(w.before)|length<<4|stop<<8|low<<12, shape|runs&0xF0)
	// What the block looks like.
	whole, flags := uint32(w.look), uint32(w.look&(closed|web|small|loud|slip))
	add(whole, stop|shape<<8)
	add(whole, uint32(l.shape)|shape<<4|stop<<8)
	add(flags|length<<8, stop|shape<<8)
	add(flags, uint32(l.shape)|shape<<4|uint32(r1.shape)<<8|stop<<12)
	add(flags, gap|uint32(r.open)<<20)
	// Words that are used alike, and words of a kind.
	cl, cr, cl1, cr1 := l.cluster(), r.cluster(), l1.cluster(), r1.cluster()
	add(cl, stop|shape<<8)
	add(cr, stop)
	add(cl, cr|stop<<16)
	add(cl1, cl|stop<<16)
	add(cr, cr1|stop<<16)
	add(cl, rform)
	add(cr, lform)
	add(cl, length|stop<<8)
	add(cr, length|stop<<8)
	add(cl|cr<<10, flags|stop<<8)
	add(cl|cl1<<10, cr|stop<<16)
	add(cr|cr1<<10, uint32(l.shape)|stop<<16)
	add(cr, r2.cluster()|cr1<<10)
	add(w.first.cluster(), length|stop<<8|shape<<16)
	kl, kr := uint32(l.class()), uint32(r.class())
	words, place := kr|kl<<4|uint32(l1.class())<<8, bucket(w.cur)
	shapes := stop | shape<<8 | uint32(l.shape)<<12
	add(kr|kl<<4, shapes)
	add(words|uint32(l2.class())<<12, shapes)
	add(kr|uint32(r1.class())<<4, shapes)
	add(kr|flags<<8, length|shape<<8|uint32(l.shape)<<12|stop<<16)
	add(place, length|shapes<<4)
	add(words|place<<12, shapes)
	if r.glued {
		add(l.hash, 0)
		add(gap, opens)
	}
	return n
}

// form is what u looks like apart from its word.
func (u *unit) form() uint32 {
	return uint32(u.shape) | uint32(u.stop)<<4 | uint32(u.stops)<<8 | uint32(u.close)<<12 | uint32(u.open)<<18 |
		uint32(u.lead)<<24 | uint32(u.kind)<<28
}

// Clusters is the number of places in the table of clusters.
const Clusters = 1 << clusterBits

const clusterBits = 18

// ClusterKey returns the place of word in the table of clusters.
func ClusterKey(word string) uint32 {
	var u unit
	u.scan(word, 0)
	u.learn(word)
	return u.clusterKey()
}

func (u *unit) clusterKey() uint32 {
	h := u.hash
	if u.shape == lower {
		h = ^h
	}
	return h * 0x85EBCA6B >> (32 - clusterBits)
}

// cluster returns the number of the Brown cluster of u's word, 0 if it has
// none, or a number above 255 for what is no word.
func (u *unit) cluster() uint32 {
	switch {
	case u.start < 0:
		return 511
	case u.shape < lower || u.shape > mixed:
		return 256 + uint32(u.shape)
	}
	return uint32(clusters[u.clusterKey()])
}

// runAhead counts the capitalised units right of the gap, up to a stop.
func (w *window) runAhead() uint32 {
	for k := 1; k <= ahead; k++ {
		u := w.unit(k)
		switch {
		case u.start < 0 || u.shape != capital && u.shape != upper && u.shape != initial:
			return uint32(k - 1)
		case u.stop != noStop:
			return uint32(k)
		}
	}
	return ahead
}

// suffix packs the last three bytes of u's word.
func suffix(text string, u *unit) uint32 {
	var h uint32
	for i := max(u.core, u.coreEnd-3); i < u.coreEnd; i++ {
		h = h<<8 | uint32(text[i])
	}
	return h
}

// bucket makes a count one of eleven.
func bucket(n int) uint32 { return uint32(buckets[min(max(n, 0), len(buckets)-1)]) }

// buckets ends with the least count of the last bucket.
var buckets = func() (t [42]uint8) {
	for n := range t {
		switch {
		case n <= 4:
			t[n] = uint8(n)
		case n <= 6:
			t[n] = 5
		case n <= 9:
			t[n] = 6
		case n <= 14:
			t[n] = 7
		case n <= 22:
			t[n] = 8
		case n <= 40:
			t[n] = 9
		default:
			t[n] = 10
		}
	}
	return t
}()

// Gaps visits, for the trainer, the gaps of a paragraph that the rules leave
// to the model. The paragraph is given as its sentences, white space included.
// In features are places in the model's table, valid during the visit; plain
// says whether no stop stands before the gap or a small letter behind it, ends
// whether a sentence ends there.
func Gaps(paragraph []string, visit func(features []uint32, plain, ends bool)) {
	text := strings.TrimRight(strings.Join(paragraph, ""), " \n\t")
	ends := map[int]bool{}
	at := 0
	for _, s := range paragraph {
		ends[at+len(strings.TrimRight(s, " \n\t"))] = true
		at += len(s)
	}
	var w window
	var f [maxFeatures]uint32
	w.open(text, 0)
	for w.next() && !w.last() {
		v := w.rules()
		end := ends[w.left().end]
		if v < never {
			n := w.features(v, &f)
			visit(f[:n], w.left().stop < period || w.right().shape == lower, end)
		}
		if end {
			w.began()
		}
	}
}

// Ends returns, for the trainer, the places in text, a paragraph, at which
// sentences end by the model in weights, as Gaps and the trainer made it. The
// end of text is not among them.
func Ends(text, weights string) []int {
	var ends []int
	var w window
	w.open(text, 0)
	w.weights = weights
	for w.next() && !w.last() {
		if w.end() {
			ends = append(ends, w.left().end)
			w.began()
		}
	}
	return ends
}

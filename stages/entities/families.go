package entities

import "math/bits"

// The model scores a word by the sum of the rows of its features. Many features
// come in families: one number of few values, such as the Brown cluster of the
// word before, decides several of them. What a family scores at each value is
// summed up when the model is loaded and kept in a cell. So the tagger reads 18
// cells, which lie close together, instead of 31 rows, and another 32 rows.
//
// These are the first cells of the families; a comment says what numbers the
// cells of each, and members says which features they stand for.
const (
	ownCluster    = 0                               // cluster of the word itself
	beforeCluster = ownCluster + someClusters       // how often the word has a capital, cluster of the word before
	behindCluster = beforeCluster + 8*someClusters  // the same with the word behind
	twoBefore     = behindCluster + 8*someClusters  // cluster of the word but one before
	twoBehind     = twoBefore + someClusters        // and behind
	ownShare      = twoBehind + someClusters        // share of capitals and frequency, mode
	beforeShare   = ownShare + someShares*someModes // those of the word before, how often the word itself has a capital
	ownSet        = beforeShare + someShares*8      // lists that hold the word
	beforeSet     = ownSet + maxSets                // and its neighbours
	behindSet     = beforeSet + maxSets
	twoBeforeSet  = behindSet + maxSets
	twoBehindSet  = twoBeforeSet + maxSets
	ownSpan       = twoBehindSet + maxSets       // lists that hold the phrase around the word, its place in the phrase
	beforeSpan    = ownSpan + maxSets*somePlaces // and of its neighbours
	behindSpan    = beforeSpan + maxSets*somePlaces
	runFirst      = behindSpan + maxSets*somePlaces // lists that hold the first of the capitalised words around it, its place among them
	runLast       = runFirst + maxSets*someStands   // and the last
	mentions      = runLast + maxSets*someStands    // what the other mentions of the word say
	mentionsCase  = mentions + 1<<numSeen           // whether one of them has a small letter, or a capital inside a sentence; mode
	noMentions    = mentionsCase + 4*someModes      // mode
	numCells      = noMentions + someModes

	someClusters = numClusters + 1 // no cluster is one
	someShares   = 128
	someModes    = 4
	somePlaces   = 5
	someStands   = 16
)

// cellBits is the logarithm of a number that the cells fit.
const cellBits = 15

// maxCells bounds the cells of one word.
const maxCells = 19

// members appends the rows of the features that cell stands for.
func members(dst []uint32, cell int, g *gazetteer, brown *clusterTable) []uint32 {
	switch v := uint64(cell); {
	case cell < beforeCluster:
		dst = append(dst, row(20, plainCluster(v)))
		if v > 0 {
			dst = append(dst, row(30, brown.path(int(v-1), 4)), row(31, brown.path(int(v-1), 6)), row(32, brown.path(int(v-1), 8)))
		}
		return dst
	case cell < behindCluster:
		v -= beforeCluster
		return besideCluster(dst, v/someClusters, v%someClusters, 21, 33, 38, brown)
	case cell < twoBefore:
		v -= behindCluster
		return besideCluster(dst, v/someClusters, v%someClusters, 22, 34, 39, brown)
	case cell < twoBehind:
		return append(dst, row(23, plainCluster(v-twoBefore)))
	case cell < ownShare:
		return append(dst, row(24, plainCluster(v-twoBehind)))
	case cell < beforeShare:
		return append(dst, row(36, v-ownShare))
	case cell < ownSet:
		v -= beforeShare
		return append(dst, row(37, v>>3<<4|v&7))
	case cell < beforeSet:
		return lists(dst, g.set(v-ownSet), allLists, 40, 50)
	case cell < behindSet:
		return lists(dst, g.set(v-beforeSet), First|Last|Form|Office|Move|Say|Role|HeadOrg|City|Country, 41, 52)
	case cell < twoBeforeSet:
		return lists(dst, g.set(v-behindSet), First|Last|Form|Office|Say|Role|HeadOrg|HeadFac|HeadLoc|HeadGPE, 42, 53)
	case cell < twoBehindSet:
		return append(dst, row(57, uint64(g.set(v-twoBeforeSet))))
	case cell < ownSpan:
		return append(dst, row(58, uint64(g.set(v-twoBehindSet))))
	case cell < beforeSpan:
		v -= ownSpan
		set, place := g.set(v/somePlaces), v%somePlaces
		dst = append(dst, row(45, uint64(set)<<3|place))
		for m := set; m != 0; m &= m - 1 {
			dst = append(dst, row(51, uint64(bits.TrailingZeros32(uint32(m)))<<3|place))
		}
		return dst
	case cell < behindSpan:
		v -= beforeSpan
		return append(dst, row(47, uint64(g.set(v/somePlaces))<<3|v%somePlaces))
	case cell < runFirst:
		v -= behindSpan
		return append(dst, row(46, uint64(g.set(v/somePlaces))<<3|v%somePlaces))
	case cell < runLast:
		v -= runFirst
		return append(dst, row(60, v%someStands), row(65, uint64(g.set(v/someStands))<<4|v%someStands))
	case cell < mentions:
		v -= runLast
		return append(dst, row(66, uint64(g.set(v/someStands))<<4|v%someStands))
	case cell < mentionsCase:
		for m := v - mentions; m != 0; m &= m - 1 {
			dst = append(dst, row(71, uint64(bits.TrailingZeros64(m))))
		}
		return append(dst, row(73, v-mentions))
	case cell < noMentions:
		return append(dst, row(72, v-mentionsCase))
	}
	return append(dst, row(70, uint64(cell-noMentions)))
}

// besideCluster appends the features of cluster v of a neighbour of a word with the given share of capitals.
func besideCluster(dst []uint32, share, v, template, path, shared uint64, brown *clusterTable) []uint32 {
	dst = append(dst, row(template, plainCluster(v)), row(shared, share<<16|plainCluster(v)))
	if v > 0 {
		dst = append(dst, row(path, brown.path(int(v-1), 6)))
	}
	return dst
}

const allLists = ^classFlags

// lists appends the features of a set of lists: of the set itself, and of each list of some.
func lists(dst []uint32, set, some Class, whole, each uint64) []uint32 {
	dst = append(dst, row(whole, uint64(set)))
	for m := set & some; m != 0; m &= m - 1 {
		dst = append(dst, row(each, uint64(bits.TrailingZeros32(uint32(m)))))
	}
	return dst
}

// trained is the order of the templates of features that the model was trained
// with. The trainer draws and adds in this order; in another, the same data
// would give another model.
var trained = [...]uint8{1, 2, 3, 4, 5, 8, 9, 10, 11, 12, 13, 14, 20, 21, 22, 23, 24, 25, 26, 27, 28, 29, 36, 37, 38, 39, 30, 31, 32, 33, 34,
	40, 41, 42, 43, 44, 45, 46, 47, 48, 49, 57, 58, 50, 51, 52, 53, 60, 61, 62, 63, 64, 65, 66, 67, 68, 69, 70, 71, 72, 73}

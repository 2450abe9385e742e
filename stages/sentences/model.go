package sentences

import _ "embed"

// TableSize is the number of weights in the model.
const TableSize = 1 << tableBits

// WeightScale is what a weight of 1 is stored as; the stored weights go from -127 to 127.
const WeightScale = 32

// A sentence ends where the score, times WeightScale, is above the threshold.
// The thresholds lie below zero, because a missed end costs as much as a false
// one and the model is too fond of saying no. Only within edited prose, and
// between two capitalised words, must it be sure of an end without a stop.
const (
	threshold         = -16
	stoplessThreshold = -16
	sureThreshold     = 24
)

//go:embed model.bin
var weights string

// clusters holds, at the place of each frequent word, the number of its Brown
// cluster: words that stand beside the same words have the same number.
//
//go:embed clusters.bin
var clusters string

// guess asks the model about a gap that the rules leave open.
func (w *window) guess(v verdict) bool {
	stop := w.left().stop >= period
	if w.line && !stop {
		return false // a heading without a stop is one sentence
	}
	var f [maxFeatures]uint32
	score := 0
	for _, x := range f[:w.features(v, &f)] {
		score += int(int8(w.weights[x]))
	}
	switch {
	case stop && w.edited() && w.right().shape == lower:
		return score > 24 // Who Cares? sold well
	case stop:
		return score > threshold
	case w.edited() || w.lows > 0 && w.left().shape == capital && w.right().shape == capital:
		return score > sureThreshold
	}
	return score > stoplessThreshold
}

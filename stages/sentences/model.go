package sentences

import _ "embed"

// TableSize is the number of weights in the model.
const TableSize = 1 << tableBits

// WeightScale is what a weight of 1 is stored as; the stored weights go from -127 to 127.
const WeightScale = 32

// A sentence ends where the score, times WeightScale, is above the threshold.
// The thresholds lie below zero: a missed end costs as much as a false one, and
// the model is too fond of saying no. Without a stop it must be surer.
const (
	threshold         = -16
	stoplessThreshold = -4
)

//go:embed model.bin
var weights string

// guess asks the model about a gap that the rules leave open.
func (w *window) guess(v verdict) bool {
	var f [maxFeatures]uint32
	score := 0
	for _, x := range f[:w.features(v, &f)] {
		score += int(int8(weights[x]))
	}
	if w.left().stop < period {
		return score > stoplessThreshold
	}
	return score > threshold
}

package sentiment

import "hash"

// HashData adds the lexicon and the model of sentiment toward a name to h, so that a dataset knows what it was made with.
func HashData(h hash.Hash) {
	h.Write([]byte(wordsTSV))
	h.Write(towardBin)
}

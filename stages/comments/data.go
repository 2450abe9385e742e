package comments

import "hash"

// HashData adds the word register to h, so that a dataset knows what it was made with.
func HashData(h hash.Hash) {
	h.Write([]byte(registerTSV))
}

package sentences

import "hash"

// HashData adds the gap model to h, so that a dataset knows what it was made with.
func HashData(h hash.Hash) {
	h.Write([]byte(weights))
	h.Write([]byte(clusters))
}

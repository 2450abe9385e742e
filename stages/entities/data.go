package entities

import (
	"hash"
	"io"
)

// HashData adds the gazetteer, the clusters and the model to h, so that a dataset knows what it was made with.
func HashData(h hash.Hash) {
	io.WriteString(h, gazetteerFile)
	h.Write(clusterFile)
	h.Write(modelFile)
}

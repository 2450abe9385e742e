package pipeline

import (
	"encoding/hex"
	"fmt"
	"slices"

	"pressrow/schema"
)

// countDuplicates sets m.Duplicates from the documents of its snapshot, which
// stand in the folder dir. Which document has the bytes of which other depends
// on all parts, so that no row can say it; the view duplicates of schema.Views
// does. Eight bytes of each hash are kept in memory: among a billion documents
// that are all different, one is taken for another once in 37 such datasets.
func (m *Manifest) countDuplicates(dir string) error {
	hashes := make([][8]byte, 0, m.Rows["documents"])
	for _, name := range m.files(dir, "documents") {
		for sum, err := range schema.DocumentHashes(name) {
			if err != nil {
				return err
			}
			var head [8]byte
			if len(sum) < hex.EncodedLen(len(head)) {
				return fmt.Errorf("%s: %q is no SHA-256", name, sum)
			}
			if _, err := hex.Decode(head[:], []byte(sum[:hex.EncodedLen(len(head))])); err != nil {
				return fmt.Errorf("%s: sha256: %w", name, err)
			}
			hashes = append(hashes, head)
		}
	}
	slices.SortFunc(hashes, func(a, b [8]byte) int { return slices.Compare(a[:], b[:]) })
	m.Duplicates = int64(len(hashes) - len(slices.Compact(hashes)))
	return nil
}

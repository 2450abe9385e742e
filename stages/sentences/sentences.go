// Package sentences is not written yet.
package sentences

import "pressrow/stages"

// Split does nothing yet.
func Split(d *stages.Document) error { return nil }

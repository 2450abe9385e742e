// Package tokens is not written yet.
package tokens

import "pressrow/stages"

// Split does nothing yet.
func Split(d *stages.Document) error { return nil }

// Package clean is not written yet.
package clean

import "pressrow/stages"

// Text does nothing yet.
func Text(d *stages.Document) error { return nil }

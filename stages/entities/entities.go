// Package entities is not written yet.
package entities

import "pressrow/stages"

// Tag does nothing yet.
func Tag(d *stages.Document) error { return nil }

// Package sentiment is not written yet.
package sentiment

import "pressrow/stages"

// Score does nothing yet.
func Score(d *stages.Document) error { return nil }

// Package comments is not written yet.
package comments

import "pressrow/stages"

// Mark does nothing yet.
func Mark(d *stages.Document) error { return nil }

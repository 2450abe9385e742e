package comments

import (
	"strings"
	"testing"
	"time"

	"pressrow/stages"
)

// No text takes longer than its length allows. A quadratic step would take
// minutes on these.
func TestMarkHostile(t *testing.T) {
	const size = 2 << 20
	for _, s := range [...]string{
		"5:08\n", "1. a\n", "a\n", "a", ".", " ", "\n", "é", "Jan. 3, 2019 at 5:08 pm\n", "x says:\n", "12 comments\n", "Ann\nOh my!\n", "(@", "-", "© 2019 ", "posted by ", "http://a b\n", "Related:\n", "Related:\nA long walk\n",
		"News.\n", "Jane Doe\n", "Jan. 3, 2019\n", "---\n", "Facebook\n", "A. ", "Photo: x\n", "By Jane Doe\n",
	} {
		text := strings.Repeat(s, size/len(s))
		start := time.Now()
		d := &stages.Document{Text: text}
		if err := Mark(d); err != nil {
			t.Fatal(err)
		}
		if err := d.Check(); err != nil {
			t.Error(err)
		}
		if took := time.Since(start); took > 20*time.Second {
			t.Errorf("%q repeated: %v", s, took)
		}
		if testing.Verbose() {
			t.Logf("%q: %v", s, time.Since(start))
		}
	}
}

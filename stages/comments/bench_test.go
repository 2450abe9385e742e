package comments

import (
	"strings"
	"testing"

	"pressrow/stages"
)

// BenchmarkMark marks an article of the usual length with a thread of comments.
func BenchmarkMark(b *testing.B) {
	var text strings.Builder
	text.WriteString("Council votes to keep the river bridge open\n\nBy Dana Whitcombe\n\n")
	for range 24 {
		text.WriteString("The council of Harrow Falls voted on Tuesday to keep the old river bridge open for another year, although engineers had warned that two of its piers need work before the spring floods arrive. " +
			"“We looked at the numbers, and the numbers can wait,” said the mayor, who has driven over the bridge since she was a girl.\n\n")
	}
	for range 12 {
		text.WriteString("Marlow says:\nMarch 3, 2019 at 4:15 pm\n\nI really think they should have closed it, you know? My truck shakes every time!\n\n")
	}
	d := &stages.Document{Text: text.String()}
	b.SetBytes(int64(len(d.Text)))
	b.ReportAllocs()
	for b.Loop() {
		if err := Mark(d); err != nil {
			b.Fatal(err)
		}
	}
}

// BenchmarkArticle marks an article without comments.
func BenchmarkArticle(b *testing.B) {
	text := "Council votes to keep the river bridge open\n\n" + strings.Repeat("The council of Harrow Falls voted on Tuesday to keep the old river bridge open for another year, although engineers had warned that two of its piers need work before the spring floods arrive.\n\n", 40)
	d := &stages.Document{Text: text}
	b.SetBytes(int64(len(d.Text)))
	b.ReportAllocs()
	for b.Loop() {
		if err := Mark(d); err != nil {
			b.Fatal(err)
		}
	}
}

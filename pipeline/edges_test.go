package pipeline

import (
	"strings"
	"testing"

	"pressrow/stages"
)

// In these tests each line of want is a block: its role, and behind a bar its
// sentences, with a bar where one ends and the next begins. A + before a
// sentence says that it goes on in the next one.
var edges = []struct{ name, text, want string }{
	{"an advertisement in mid-sentence", `Ferry strike enters its second week

The crews of the Tamsin islands, who walked out on Monday over pay and hours,

ADVERTISEMENT

said they would not go back before the weekend. Nobody believes them.
`, `
headline|Ferry strike enters its second week
body|+The crews of the Tamsin islands, who walked out on Monday over pay and hours,
ad|ADVERTISEMENT
body|said they would not go back before the weekend.|Nobody believes them.
`},
	{"a glued date, a permission, a form", `Ferry strike enters its second week

November 4, 2018The crews of the Tamsin islands walked out on Monday over pay and hours, and the harbor has been quiet since.

Published with permission of The Harbor Foundation.

Please enter your comment!
Please enter your name here
`, `
headline|Ferry strike enters its second week
dateline|November 4, 2018
body|The crews of the Tamsin islands walked out on Monday over pay and hours, and the harbor has been quiet since.
credit|Published with permission of The Harbor Foundation.
comment-form|Please enter your comment!
comment-form|Please enter your name here
`},
	{"hard-wrapped lines and a wire's end", `Mill town votes to keep its dam

The council of Harrow Falls voted on Tuesday to keep the dam above
the town for another year, although engineers had asked for its
removal before the spring. Mayor Dana Whitcombe said that the dam
"has stood for ninety years" and would stand for one more.

-30-
`, `
headline|Mill town votes to keep its dam
body|The council of Harrow Falls voted on Tuesday to keep the dam above the town for another year, although engineers had asked for its removal before the spring.|Mayor Dana Whitcombe said that the dam "has stood for ninety years" and would stand for one more.
separator|-30-
`},
	{"mojibake, entities and hidden characters", "Mill town votes\n\nThe townâ€™s coun\u00adcil met&nbsp;on Tuesday &amp; voted. Mr.\u00a0Reed\u200b left the U.S. senators waiting.\n", `
headline|Mill town votes
body|The town’s council met on Tuesday & voted.|Mr. Reed left the U.S. senators waiting.
`},
	{"a letter that continues, and a source", `What the papers say about the ferry strike

The strike has divided the islands, and their two papers, as it has not since the winter of the long ice. It is a debacle.

From the Harbor Daily:

“The crews have waited eight years. They will not wait a ninth.

“They are right.”

The letter continues:

“We did not choose this.”

Source: https://www.harbor.example/
`, `
headline|What the papers say about the ferry strike
body|The strike has divided the islands, and their two papers, as it has not since the winter of the long ice.|It is a debacle.
attribution|From the Harbor Daily:
body|“The crews have waited eight years.|They will not wait a ninth.
body|“They are right.”
attribution|The letter continues:
body|“We did not choose this.”
source|Source: https://www.harbor.example/
`},
	{"a dateline, quotations, pauses", `PELL (Reuters) - The river rose again on Sunday, and 40 farms were cut off.

“It’s over.” Reed left the U.S. When he came back, nobody asked “Why now?” and nobody cared…
`, `
body|PELL (Reuters) - The river rose again on Sunday, and 40 farms were cut off.
body|“It’s over.”|Reed left the U.S.|When he came back, nobody asked “Why now?” and nobody cared…
`},
	{"a caption, a credit, a tweet", `Ferry strike enters its second week

FILE - In this March 1, 2018, file photo, cars wait at the dock in Tamsin.

(AP Photo/Ana Brook)

The strike of ferry crews on the Tamsin islands went into its second week on Monday with no talks in sight.

We will not sail before Friday! #strike pic.twitter.com/x8Qz
— Ferry Crews (@tamsincrews) June 1, 2018

(This story has been updated.)
`, `
headline|Ferry strike enters its second week
caption|FILE - In this March 1, 2018, file photo, cars wait at the dock in Tamsin.
credit|(AP Photo/Ana Brook)
body|The strike of ferry crews on the Tamsin islands went into its second week on Monday with no talks in sight.
body|We will not sail before Friday!|#strike pic.twitter.com/x8Qz
embed|— Ferry Crews (@tamsincrews) June 1, 2018
note|(This story has been updated.)
`},
	{"nothing", " \n\u00a0\n", ""},
	{"one line", "Nobody came", "body|Nobody came\n"},
}

func TestEdges(t *testing.T) {
	for _, test := range edges {
		t.Run(test.name, func(t *testing.T) {
			d := &stages.Document{ID: "edge", Raw: []byte(test.text)}
			for _, s := range Stages {
				if err := s.Run(d); err != nil {
					t.Fatalf("%s: %v", s.Name, err)
				}
			}
			if err := d.Check(); err != nil {
				t.Fatal(err)
			}
			if got, want := outline(d), strings.TrimPrefix(test.want, "\n"); got != want {
				t.Errorf("got\n%s\nwant\n%s", got, want)
			}
		})
	}
}

// outline writes d in the form of edges.
func outline(d *stages.Document) string {
	var b strings.Builder
	next := 0
	for i, block := range d.Blocks {
		b.WriteString(block.Role.String())
		if !block.Role.Article() {
			b.WriteString("|" + d.Of(block.Span))
		}
		for ; next < len(d.Sentences) && d.Sentences[next].Block == i; next++ {
			b.WriteByte('|')
			if d.Sentences[next].Continues {
				b.WriteByte('+')
			}
			b.WriteString(d.Of(d.Sentences[next].Span))
		}
		b.WriteByte('\n')
	}
	return b.String()
}

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
`, `
headline|Ferry strike enters its second week
dateline|November 4, 2018
body|The crews of the Tamsin islands walked out on Monday over pay and hours, and the harbor has been quiet since.
credit|Published with permission of The Harbor Foundation.
comment-form|Please enter your comment!
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
	{"titles, offices, initials", `The bill was drafted by Sen. Ruth Ames (R). Mr. Birch of St. Cloud read it to Gov. Kay Lund, Lt. Gov. Will Orr and then-Sen. Luther Noll. The Rev. Dr. Feld did not. Nadia R. Feld and George W. Ott met [John H. W.] Reed.
`, `
body|The bill was drafted by Sen. Ruth Ames (R).|Mr. Birch of St. Cloud read it to Gov. Kay Lund, Lt. Gov. Will Orr and then-Sen. Luther Noll.|The Rev. Dr. Feld did not.|Nadia R. Feld and George W. Ott met [John H. W.] Reed.
`},
	{"countries, capitals, degrees, firms, courts, Latin", `The U.S. Senate met. Her parents came to the U.S. They stayed. The D.C. Council hired a Ph.D. student from Washington, D.C. The rent is high. Borlan Inc. said so. It is owned by Tavi Inc. It is old. The case of Orr v. Dale, not Orr vs. Hill, was about pens, ink, etc. The judge, e.g. in May, slept.
`, `
body|The U.S. Senate met.|Her parents came to the U.S.|They stayed.|The D.C. Council hired a Ph.D. student from Washington, D.C.|The rent is high.|Borlan Inc. said so.|It is owned by Tavi Inc.|It is old.|The case of Orr v. Dale, not Orr vs. Hill, was about pens, ink, etc.|The judge, e.g. in May, slept.
`},
	{"hours, months, years, amounts, letters, numbers", `The talks began at 4:30 p.m. on Monday. They ended at 7 P.M. Mr. Doyle missed them. He takes vitamin D. It helps him. She is the #1 supporter of the weir and No. 2 in the hall. “Will she stay?” No. She left. It cost $3.5 million, or 4.2% of 2,000.50, in 2011. Taxes rose on Feb. 9 and fell in Nov. It was cold.
`, `
body|The talks began at 4:30 p.m. on Monday.|They ended at 7 P.M.|Mr. Doyle missed them.|He takes vitamin D.|It helps him.|She is the #1 supporter of the weir and No. 2 in the hall.|“Will she stay?”|No.|She left.|It cost $3.5 million, or 4.2% of 2,000.50, in 2011.|Taxes rose on Feb. 9 and fell in Nov.|It was cold.
`},
	{"marks inside and behind quotations", `“They fear him in the U.S. Senate.” When he left, they cheered. Did you read her tell-all book? No,” Birch said. “The mayor,” he said, “ain’t here.” “This is great!” she said. “It’s over.” Reed left. He asked, “Why now?” and sat down. “Nothing was said of it […] Mayor Lowe knew.” He wanted more than “just [the title].” She did not.
`, `
body|“They fear him in the U.S. Senate.”|When he left, they cheered.|Did you read her tell-all book?|No,” Birch said.|“The mayor,” he said, “ain’t here.”|“This is great!” she said.|“It’s over.”|Reed left.|He asked, “Why now?” and sat down.|“Nothing was said of it […]|Mayor Lowe knew.”|He wanted more than “just [the title].”|She did not.
`},
	{"marks in a row, pauses, marks in names", `What is the twitter feed for?? For years nobody asked. Well… He left. He paused … then went on. The Yahoo! executives met a Jeopardy! host. He was frank on Monday: Stop asking. (He later took it back.) The board met.
`, `
body|What is the twitter feed for??|For years nobody asked.|Well…|He left.|He paused … then went on.|The Yahoo! executives met a Jeopardy! host.|He was frank on Monday: Stop asking.|(He later took it back.)|The board met.
`},
	{"dashes, apostrophes, unmatched quotation marks", `OAKVILLE — MAYOR DREW spoke first. Some say the plan — some to farms — is dear. After the vote— some were still in line -- it was over – nearly. ‘The mayor’s #1 fan,” as he calls himself, gave a head’s up. It was rock ’n’ roll of the ’90s. "I'll see the end of it,” she said. Nobody laughed.
`, `
body|OAKVILLE — MAYOR DREW spoke first.|Some say the plan — some to farms — is dear.|After the vote— some were still in line -- it was over – nearly.|‘The mayor’s #1 fan,” as he calls himself, gave a head’s up.|It was rock ’n’ roll of the ’90s.|"I'll see the end of it,” she said.|Nobody laughed.
`},
	{"headlines, dek, byline, dateline with a state", `Town Votes Against Its Weir: Report
Engineers had warned the council of Pell for nine years.
By JANE BIRCH

PELL, Ala. — Voters here went to the polls before the sun had risen over the river, and most of them voted no.
`, `
headline|Town Votes Against Its Weir: Report
dek|Engineers had warned the council of Pell for nine years.
byline|By JANE BIRCH
body|PELL, Ala. — Voters here went to the polls before the sun had risen over the river, and most of them voted no.
`},
	{"attributions inside and at the end of paragraphs", `What the papers say of politics

The dean had little to say of politics:

“We won, and nobody was more surprised than we were on that long evening.”

It was a debacle. From NBC:

The mayor had no wish to speak of the ferry on Monday, and said as much to all who asked.
`, `
headline|What the papers say of politics
attribution|The dean had little to say of politics:
body|“We won, and nobody was more surprised than we were on that long evening.”
attribution|It was a debacle.|From NBC:
body|The mayor had no wish to speak of the ferry on Monday, and said as much to all who asked.
`},
	{"numbered comments without headers", `Town votes against its weir

The council of Harrow Falls voted on Tuesday to keep the old weir for another year, although two of its gates need work and the river has been high since March.


  1. Dana was the architect of it all, and you people LET her....

    1. LOL….they tried

  2. what?? nobody asked me!

Comments are closed.
`, `
headline|Town votes against its weir
body|The council of Harrow Falls voted on Tuesday to keep the old weir for another year, although two of its gates need work and the river has been high since March.
comment|1. Dana was the architect of it all, and you people LET her....
comment|1. LOL….they tried
comment|2. what?? nobody asked me!
comment-form|Comments are closed.
`},
	{"a numbered list in an article", `How to survive a council meeting

The council of Harrow Falls meets on Tuesdays, and those who have sat through a whole evening know three rules:

1. Be kind to the clerk.
2. Be brief.
3. Bring soup.

Nobody has ever followed all three of them, but the mayor hopes that somebody will.
`, `
headline|How to survive a council meeting
body|The council of Harrow Falls meets on Tuesdays, and those who have sat through a whole evening know three rules:
list|1. Be kind to the clerk.
list|2. Be brief.
list|3. Bring soup.
body|Nobody has ever followed all three of them, but the mayor hopes that somebody will.
`},
	{"what begins like a link and is none", `Town votes against its weir

The council of Harrow Falls voted on Tuesday to keep the old weir for another year.

Read more: How the weir was built

Read more books, the mayor told the children who had come to hear the vote.

Related: The year of the flood

Related to the vote, a court heard two men who had seen the gates open at night.

* * *

The weir held all winter, and in the spring the ice took only the railing.

###
`, `
headline|Town votes against its weir
body|The council of Harrow Falls voted on Tuesday to keep the old weir for another year.
related|Read more: How the weir was built
body|Read more books, the mayor told the children who had come to hear the vote.
related|Related: The year of the flood
body|Related to the vote, a court heard two men who had seen the gates open at night.
separator|* * *
body|The weir held all winter, and in the spring the ice took only the railing.
separator|###
`},
	{"bytes of Windows-1252", "Zo\xeb Quill left her caf\xe9 \x93for good\x94 on Monday. Nobody came.\n", `
body|Zoë Quill left her café “for good” on Monday.|Nobody came.
`},
	{"nothing", " \n\u00a0\n", ""},
	{"one line", "Nobody came", "body|Nobody came\n"},
}

func TestEdges(t *testing.T) {
	for _, test := range edges {
		t.Run(test.name, func(t *testing.T) {
			d := through(t, test.text)
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

// TestEdgeFacts: what the same pages say of themselves.
func TestEdgeFacts(t *testing.T) {
	const body = "The council of Harrow Falls voted on Tuesday to keep the old weir for another year, although two of its gates need work."
	for _, test := range []struct{ name, text, fact, want string }{
		{"dateline with a state", "Weir stays\n\nPELL, Ala. — " + body, "dateline", "PELL, Ala."},
		{"dateline with an agency", "Weir stays\n\nPELL (Reuters) - " + body, "dateline", "PELL"},
		{"agency of a dateline", "Weir stays\n\nPELL (Reuters) - " + body, "outlet", "Reuters"},
		{"date that has grown to the text", "Weir stays\n\nNovember 8, 2019" + body, "published", "2019-11-08"},
		{"weekday without an anchor", "Weir stays\n\nTuesday\n\n" + body, "published", ""},
		{"byline", "Weir stays\nBy JANE BIRCH\n\n" + body, "byline", "JANE BIRCH"},
		{"headline with a colon", "Town Votes Against Its Weir: Report\n\n" + body, "title", "Town Votes Against Its Weir: Report"},
		{"permission", "Weir stays\n\n" + body + "\n\nPublished with permission of The Harbor Foundation.", "outlet", "The Harbor Foundation"},
		{"source", "Weir stays\n\n" + body + "\n\nSource: https://www.harbor.example/", "outlet", "harbor.example"},
		{"encoding", "Zo\xeb Quill left her caf\xe9 \x93for good\x94 on Monday.", "encoding", "windows-1252"},
	} {
		if got := factOf(through(t, test.text), test.fact); got != test.want {
			t.Errorf("%s: %s is %q, want %q", test.name, test.fact, got, test.want)
		}
	}
}

// TestEdgeTokens: words with a space between two tokens. Hyphens part words as
// in the UD treebanks.
func TestEdgeTokens(t *testing.T) {
	for _, test := range []struct{ name, text, want string }{
		{"tags and numbers", "The #1 fan saw No. 2.", "The #1 fan saw No. 2 ."},
		{"amounts", "It cost $2.5 million, 3.5% of 1,000.50.", "It cost $ 2.5 million , 3.5 % of 1,000.50 ."},
		{"handles and addresses", "@annlee42 likes #Pell, pic.twitter.com/x8Qz and https://www.harbor.example/.", "@annlee42 likes #Pell , pic.twitter.com/x8Qz and https://www.harbor.example/ ."},
		{"hyphens", "The un-Lund-like, Lund-era, 12-point plan fell.", "The un-Lund - like , Lund - era , 12 - point plan fell ."},
		{"possessives", "The Ameses' house and Birch’s boat burned.", "The Ameses ' house and Birch ’s boat burned ."},
		{"contractions", "They can't, cannot and are gonna stay.", "They ca n't , can not and are gon na stay ."},
		{"dashes", "The vote— all night -- was – nearly — over.", "The vote — all night -- was – nearly — over ."},
		{"hidden characters", "The co\u00adun\u200bcil’s\u00a0hall burned.", "The council ’s hall burned ."},
		{"mojibake", "The townâ€™s hall burned.", "The town ’s hall burned ."},
	} {
		d := through(t, test.text)
		var got []string
		for _, tok := range d.Tokens {
			got = append(got, d.Of(tok))
		}
		if got := strings.Join(got, " "); got != test.want {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got, test.want)
		}
	}
}

// TestEdgeQuotations: < and > stand around what is quoted, in whole sentences;
// a quotation that stays open goes on only where the next paragraph opens one.
func TestEdgeQuotations(t *testing.T) {
	for _, test := range []struct{ name, text string }{
		{"over two paragraphs", "<“We waited.>\n\n<“Then we waited more.”>\n\nNobody came to the dock that night."},
		{"left open", "<“We waited.>\n\nNobody came to the dock that night."},
		{"elided", "<“Nothing was said of it […]> <Mayor Lowe knew.”>\n\nHe slept well that night."},
		{"curly and straight", "<“The crews will not go back to work.\"> Nobody believed them that night."},
		{"apostrophes", "The ’90s were years of rock ’n’ roll in the crews’ bars, heads’ up."},
	} {
		text := strings.NewReplacer("<", "", ">", "").Replace(test.text)
		d := through(t, text)
		var got strings.Builder
		at := 0
		for _, s := range d.Sentences {
			got.WriteString(d.Text[at:s.Start])
			row := d.Of(s.Span)
			if s.Quoted > 0.5 {
				row = "<" + row + ">"
			}
			got.WriteString(row)
			at = s.End
		}
		if got.WriteString(d.Text[at:]); got.String() != test.text {
			t.Errorf("%s:\n got %s\nwant %s", test.name, got.String(), test.text)
		}
	}
}

// through takes a text through all stages.
func through(t *testing.T, text string) *stages.Document {
	t.Helper()
	d := &stages.Document{ID: "edge", Raw: []byte(text)}
	for _, s := range Stages {
		if err := s.Run(d); err != nil {
			t.Fatalf("%s: %v", s.Name, err)
		}
	}
	if err := d.Check(); err != nil {
		t.Fatal(err)
	}
	return d
}

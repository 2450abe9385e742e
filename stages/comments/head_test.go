package comments

import (
	"fmt"
	"testing"
)

func TestReadHead(t *testing.T) {
	names := []struct {
		bit  head
		name string
	}{
		{hasDate, "date"}, {hasClock, "clock"}, {hasAgo, "ago"}, {hasSays, "says"}, {hasBy, "by"}, {hasNumber, "number"}, {hasPoints, "points"},
		{hasLink, "link"}, {hasName, "name"}, {hasReply, "reply"}, {hasLabel, "label"},
	}
	for _, test := range []struct{ line, want string }{
		{"Marlow says:", "says name"},
		{"pat_r said...", "says name"},
		{"Marlow on March 3, 2019 at 4:15 pm said:", "date clock says name"},
		{"Marlow March 3, 2019 at 4:15 pm", "date clock name"},
		{"by pat_r on Mar 3, 2019 4:15 PM EDT 2 recs", "date clock by points name"},
		{"Posted by: Marlow | March 3, 2019 at 04:15 PM", "date clock by name"},
		{"3 March 2019 at 16:15", "date clock"},
		{"03.03.19 at 4:15 pm", "date clock"},
		{"Sun, 2019-03-03 16:15 — Marlow (not verified)", "date clock name"},
		{"MarlowMarch 3, 2019 4:15 PM", "date clock name"},
		{"12 Marlow March 3, 2019 at 4:15 pm", "date clock number name"},
		{"#3 Marlow 2019-03-03 16:15", "date clock number name"},
		{"Marlow • 3 hours ago", "ago name"},
		{"an hour ago", "ago"},
		{"pat_r 44 pts", "points name"},
		{"https://marlow.example/blog Marlow", "link name"},
		{"Reply", "reply"},
		{"Updated March 3, 2019 at 4:15 pm", "label"},
		{"When: March 3, 2019 at 4:15 pm", "label"},
		{"Mr. Calloway wrote:", "says name"},
		{"He wrote:", ""},
		{"The bridge will open on March 3, 2019 at 4:15 pm.", ""},
		{"Polls are open March 3, 7 a.m. to 7 p.m. ET.", ""},
		{"— Ray Calloway (@raycalloway_example) June 1, 2020", ""},
		{"The Long Winter (Harbor Daily, June 20, 2002)", ""},
		{"[Harbor Daily, 6/20/02]", ""},
		{"Ruth Calloway 0:07", "name"},
	} {
		var p pieces
		h, _ := p.readHead(test.line)
		got := ""
		for _, n := range names {
			if h&n.bit != 0 {
				got += " " + n.name
			}
		}
		if got = fmt.Sprint(got); got != "" {
			got = got[1:]
		}
		if got != test.want && !(test.want == "" && h.weight() == 0) {
			t.Errorf("%s: %s, want %s", test.line, got, test.want)
		}
	}
}

func TestDate(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{"November 8, 2019", "2019-11-08"},
		{"Nov. 8th, 2019", "2019-11-08"},
		{"Sept. 8 2019", "2019-09-08"},
		{"8 November 2019", "2019-11-08"},
		{"8th of November, 2019", "2019-11-08"},
		{"16. Jul, 2012", "2012-07-16"},
		{"11/08/2019", "2019-11-08"},
		{"28/11/2019", "2019-11-28"},
		{"11.08.19", "2019-11-08"},
		{"2019-11-08", "2019-11-08"},
		{"2019/11/08", "2019-11-08"},
		{"February 29, 2020", "2020-02-29"},
		{"February 29, 2019", ""},
		{"November 31, 2019", ""},
		{"13/13/2013", ""},
		{"November 2019", ""},
		{"November 8", ""},
		{"March 5:30", ""},
	} {
		var p pieces
		p.read(test.text)
		d, _, ok := p.dateAt(0)
		got := ""
		if ok {
			got = d.iso()
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.text, got, test.want)
		}
	}
}

func TestCues(t *testing.T) {
	for _, test := range []struct{ line, want string }{
		{"Read more: The crews ask for a raise", "related:read-more"},
		{"Read more books, he said.", ""},
		{"Related: The crews ask for a raise", "related:label"},
		{"Related to the case, a second union called a vote.", ""},
		{"Share this article", "share:buttons"},
		{"Share of the vote", ""},
		{"Follow the money, she said.", ""},
		{"Sign up for our newsletter", "promo:newsletter"},
		{"Sign up for health insurance by Friday, officials say.", ""},
		{"Comments are closed.", "cue:comments-closed"},
		{"Comments are closed to the public until the inquiry ends, the court wrote in its order.", ""},
		{"1,204 Comments", "cue:comments-opener"},
		{"Comments from both sides were harsh.", ""},
		{"• Omar Field contributed to this report.", "credit:contributors"},
		{"© 2019 Harbor Daily", "legal:copyright"},
		{"EDITOR’S NOTE: This column has moved.", "note:editor"},
		{"A video posted by the crews shows the dock on fire.", ""},
		{"Photo: Ana Brook", "credit:photo"},
		{"Photo finishes are rare in chess.", ""},
		{"Source: https://www.harbor.example/", "source:line"},
		{"More on this topic: The crews ask for a raise", "related:more"},
		{"Reach Omar Field at ofield@harbor.example.", "share:contact"},
		{"Reach for the stars, she said.", ""},
		{"Get the harbor news in your inbox.", "promo:newsletter"},
		{"Get out of the harbor, he said, and subscribe to no paper.", ""},
		{"It was a story that made readers subscribe now, and never before.", ""},
		{"“Everyone told us to sign up here.”", ""},
		{"Harbor news every day. Sign up here.", "promo:newsletter"},
		{"The views expressed here are the author’s own.", "legal:disclaimer"},
		{"The views expressed by both sides were harsh.", ""},
		{"This is not investment advice.", "legal:disclaimer"},
		{"_Correction, July 17: The bridge is older._", "note:correction"},
		{"Correction facilities are full.", ""},
		{"UPDATE (4:15 p.m.): The bridge is open.", "note:update"},
		{"Update the map before you sail.", ""},
		{"4 min read", "nav:reading-time"},
		{"( QUIZ: How well do you know the harbor?)", "related:interactive"},
		{"—This story has been updated.", "note:update"},
		{"Advertisement", "ad:marker"},
		{"Advertisement is the mother of invention.", ""},
	} {
		p := new(page)
		p.read(test.line)
		got := ""
		if c := p.lines[0].cue; c != nil {
			got = c.reason
		}
		if got != test.want {
			t.Errorf("%s: %q, want %q", test.line, got, test.want)
		}
	}
}

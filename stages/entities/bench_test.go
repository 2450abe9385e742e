package entities

import (
	"strings"
	"testing"
)

// newsStory is made-up news text of the usual mix of names, numbers and plain words.
const newsStory = `OAKVILLE, Ohio — Mayor Dana Whitlock said Tuesday that the city would spend $2.5 million to mend its bridges after the storms of last spring.
The plan, which the Oakville City Council passed by a vote of 7 to 2, sends 60 percent of the money to the north side.
“We waited too long, and the river did not,” Ms. Whitlock told reporters outside the Calder Street Bridge, which has been closed since March 2018.
Her opponent in the November election, the Republican lawyer Peter Amsel, called the plan a waste and said that he would ask the Ohio Department of Transportation to look at the contracts.
The department did not answer a request for comment, but a person who knows its thinking said that an audit was likely.
Whitlock, 52, was elected in 2014 and has raised more than $300,000 for her campaign, according to the records of the county.
Neighbors who had gathered at the corner to watch the cranes said they would believe in a new bridge when they could drive on it.
At the University of Calder, a team led by the engineer Ruth Adeyemi has measured the piers for two years and found them sound.
`

func BenchmarkTag(b *testing.B) {
	d := plainDocument(strings.Repeat(newsStory, 8))
	if err := Tag(d); err != nil {
		b.Fatal(err)
	}
	b.SetBytes(int64(len(d.Text)))
	b.ReportAllocs()
	for b.Loop() {
		if err := Tag(d); err != nil {
			b.Fatal(err)
		}
	}
	b.ReportMetric(float64(b.N*len(d.Tokens))/b.Elapsed().Seconds(), "tokens/s")
}

package entities

import (
	"slices"
	"strings"
	"testing"

	"pressrow/stages"
)

// The articles of these tests were published on Friday, 8 November 2019.
const published = "2019-11-08"

// numbers lists times and numbers with their values. A value's spaces are written _.
var numbers = []string{
	// Dates.
	"It opened on [DATE=2019-11-04 November 4, 2019] in the rain.",
	"It opened on [DATE=2019-11-04 4 November 2019] in the rain.",
	"It opened on [DATE=2019-11-04 Nov. 4, 2019], they said.",
	"It opened on [DATE=2019-11-04 Nov. 4] in the rain.",
	"It opened in [DATE=2018-04 April 2018] in the rain.",
	"It opened in [DATE=2019-04 April] in the rain.",
	"It opened in [DATE=2018-12 December] in the rain.",
	"It will open in [DATE=2019-12 December] in the rain.",
	"It closed on [DATE=2019-11-05 Tuesday] for good.",
	"It closed on [DATE=2019-11-08 Friday] for good.",
	"It closed on [DATE=2019-11-02 Saturday] for good.",
	"It will close on [DATE=2019-11-12 Tuesday] for good.",
	"It will close [DATE=2019-11-12 next Tuesday] for good.",
	"The bill, which will come up later, was read on [DATE=2019-11-06 Wednesday] in full.",
	"It ended on [DATE=2019-10-29 Tuesday, Oct. 29, 2019], at last.",
	"They met [DATE=2019-11-07 yesterday] and parted.",
	"They meet [DATE=2019-11-08 today] and part.",
	"They meet [DATE=2019-11-09 tomorrow] and part.",
	"Rates fell [DATE=2019-W44 last week] by a little.",
	"Rates fell [DATE=2019-10 last month] by a little.",
	"These were the [DATE last days] of it.",
	"Rates fell [DATE=2018 last year] by a little.",
	"Rates will fall [DATE=2020 next year] by a little.",
	"Rates fell [DATE=2019 this year] by a little.",
	"Rates fell [DATE=2019-22 last summer] by a little.",
	"He left [DATE=2017 two years ago] for the coast.",
	"He left [DATE=2019-11-05 three days ago] for the coast.",
	"He left [DATE=2019-W43 two weeks ago] for the coast.",
	"He left [DATE=2019-05 six months ago] for the coast.",
	"He stayed for [DATE=P3Y three years] on the coast.",
	"He stayed for [DATE=P20Y two decades] on the coast.",
	"A [DATE=P35Y 35-year-old] woman won.",
	"She is [DATE=P35Y 35 years old] now.",
	"Prices soared in [DATE=2008 2008] and fell after.",
	"Prices soared in the [DATE=197X 1970s] and fell after.",
	"Prices soared in the ’[DATE=197X 70s] and fell after.",
	"Prices soared in the [DATE=18XX 19th century] and fell after.",
	"Prices soared from [DATE=2008/2012 2008 to 2012] and fell after.",
	"Prices soared in [DATE=2008/2012 2008-2012] and fell after.",
	"Prices soared in [DATE=2018/2019 2018-19] and fell after.",
	"Prices soared in the [DATE=2016-Q3 third quarter of 2016] and fell after.",
	"Prices soared in [DATE=2016-22 summer 2016] and fell after.",
	"Prices soared in [DATE=2016 fiscal year 2016] and fell after.",
	"Prices soared in [DATE=201X early 2010s] and fell after.",
	"The form is dated [DATE=2019-11-08 11/8/2019] and signed.",
	"The form is dated [DATE=2019-11-08 2019-11-08] and signed.",
	"A vote on [DATE=2019-07-14 July 14] was put off.",
	"Over the [DATE=P2Y past two years] it grew.",
	"Polls open [DATE=2020-03 next March] at last.",
	"We may march, and it may rain.",
	"Snow fell from [DATE=2019-01-03/2019-01-05 Jan. 3-5] in the hills.",
	// Times.
	"Doors open at [TIME=T17:00 5 p.m.] sharp.",
	"Doors open at [TIME=T17:30 5:30 p.m. ET] sharp.",
	"Doors open at [TIME=T00:15 12:15 a.m.] sharp.",
	"Doors open at [TIME=T17:30 17:30] sharp.",
	"Doors open at [TIME=T17:00 5pm] sharp.",
	"Doors open at [TIME=T12:00 noon] sharp.",
	"The talks took [TIME=PT2H two hours] in all.",
	"The talks took [TIME=PT45M 45 minutes] in all.",
	"A [TIME=PT90M 90-minute] talk followed.",
	"It rained on [TIME=2019-11-05TEV Tuesday evening] and stopped.",
	"It rained [TIME=2019-11-08TMO this morning] and stopped.",
	"It rained [TIME=2019-11-07TNI last night] and stopped.",
	"It rained [TIME=2019-11-07TNI yesterday night] and stopped.",
	// Money.
	"It cost [MONEY=USD_2500000 $2.5 million] to mend.",
	"It cost [MONEY=USD_40 $40] to mend.",
	"It cost [MONEY=USD_1200.5 $1,200.50] to mend.",
	"It cost [MONEY=USD_2500000/5000000 $2.5 million to $5 million] to mend.",
	"It cost [MONEY=USD_5000000/10000000 $5 to 10 million] to mend.",
	"It cost [MONEY=EUR_300000000000 €300 billion] to mend.",
	"It cost [MONEY=GBP_420000000 £420m] to mend.",
	"It cost [MONEY=INR_210000000 ₹21 crore] to mend.",
	"It cost [MONEY=USD_5000000 five million dollars] to mend.",
	"It cost [MONEY=USD_0.4 40 cents] to mend.",
	"It cost [MONEY billions of dollars] to mend.",
	"It cost [MONEY=USD_1000000 a million dollars] to mend.",
	"It cost [MONEY=CAD_100 100 Canadian dollars] to mend.",
	"It cost [MONEY=CNY_150000 150,000 yuan] to mend.",
	"A [MONEY=USD_5000000000 $5-billion] bridge fell.",
	// Percentages.
	"It rose by [PERCENT=50 50 percent] at once.",
	"It rose by [PERCENT=3.5 3.5%] at once.",
	"It rose by [PERCENT=5 five percent] at once.",
	"It rose by [PERCENT=45/50 45 to 50 percent] at once.",
	"It rose by [PERCENT=2 two percentage points] at once.",
	// Quantities.
	"They walked [QUANTITY=12_mi 12 miles] home.",
	"They walked [QUANTITY=12.5_km 12.5 kilometers] home.",
	"A [QUANTITY=6_ft six-foot] wall stands there.",
	"A field of [QUANTITY=40_acre 40 acres] burnt.",
	"A field of [QUANTITY=200_km2 200 square kilometres] burnt.",
	// Ordinals.
	"It was the [ORDINAL=1 first] of its kind.",
	"It was the [ORDINAL=21 21st] of its kind.",
	"It was the [ORDINAL=21 twenty-first] of its kind.",
	// Numbers.
	"They counted [CARDINAL=22 22] cows.",
	"They counted [CARDINAL=1200 1,200] cows.",
	"They counted [CARDINAL=250000 two hundred and fifty thousand] cows.",
	"They counted [CARDINAL=1500000 1.5 million] cows.",
	"They counted [CARDINAL=24 two dozen] cows.",
	"They counted [CARDINAL dozens] of cows.",
	"They counted [CARDINAL hundreds of thousands] of cows.",
	"They lost [CARDINAL=2/3 two-thirds] of the cows.",
	"The vote was [CARDINAL=7-2 7-2] in the end.",
	"A vote of [CARDINAL=7/2 7 to 2] ended it.",
	"[CARDINAL=1 One] of the cows left.",
	"No one left, and this one stayed.",
	"She is the country's [CARDINAL=1 #1] fan of cows.",
	"He is [CARDINAL=2 No. 2] in the list.",
	"He paid a lot and had a good day.",
}

func TestNumbers(t *testing.T) {
	for _, text := range numbers {
		m := mark(text)
		m.doc.Meta.Published = stages.Fact{Value: published, Method: "test"}
		check(t, m, func(e stages.Entity) bool { return e.Label.Numeric() })
	}
}

// check compares the entities of m that keep lets through with those marked.
func check(t *testing.T, m marked, keep func(stages.Entity) bool) {
	t.Helper()
	if err := Tag(m.doc); err != nil {
		t.Fatal(err)
	}
	if err := m.doc.Check(); err != nil {
		t.Fatal(err)
	}
	var list []string
	for _, e := range m.doc.Entities {
		if keep(e) {
			list = append(list, written(m.doc, e))
		}
	}
	if !slices.Equal(list, m.want) {
		t.Errorf("%s\n got %s\nwant %s", m.doc.Text, strings.Join(list, " | "), strings.Join(m.want, " | "))
	}
}

// Without a day of publication, a day that depends on it has no value.
func TestNoAnchor(t *testing.T) {
	for _, text := range []string{
		"It closed on [DATE Tuesday] for good.",
		"Rates fell [DATE last week] by a little.",
		"He left [DATE two years ago] for the coast.",
		"It opened on [DATE=XXXX-11-04 Nov. 4] in the rain.",
		"It opened in [DATE=XXXX-04 April] in the rain.",
		"It rained [TIME this morning] and stopped.",
	} {
		check(t, mark(text), func(e stages.Entity) bool { return e.Label.Numeric() })
	}
}

func TestDecimal(t *testing.T) {
	for _, c := range []struct{ text, want string }{
		{"0", "0"}, {"7", "7"}, {"1,000.50", "1000.5"}, {"2.5", "2.5"}, {".5", "0.5"}, {"10.0", "10"}, {"1,00", ""}, {"1,0000", ""}, {"1.2.3", ""},
		{"", ""}, {"a", ""}, {"1a", ""}, {"99999999999999999999", ""}, {"0.05", "0.05"}, {"1,00,000", "100000"}, {"5.", ""},
	} {
		n, ok := decimal(c.text)
		got := ""
		if ok {
			got = n.String()
		}
		if got != c.want {
			t.Errorf("decimal(%q) = %q, want %q", c.text, got, c.want)
		}
	}
}

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
	// More dates.
	"It opened on [DATE=2001-09-11 September 11, 2001] and shut soon after.",
	"It opened on [DATE=1999-12-31 Dec. 31, 1999] at last.",
	"It opened on [DATE=2017-01-20 January 20th, 2017] at last.",
	"It opened on [DATE=2017-01-20 20 January, 2017] at last.",
	"It opened on [DATE=2017-01-20 20th January 2017] at last.",
	"It opened in [DATE=2012-02 February of 2012] at last.",
	"It opened in [DATE=2012-02 Feb. 2012] at last.",
	"It opened on [DATE=2019-11-07 Thursday] at last.",
	"It opened on [DATE=2019-11-03 Sunday] at last.",
	"It opened on [DATE=2019-11-04 Monday] at last.",
	"It will open on [DATE=2019-11-11 Monday] at last.",
	"It opened [DATE=2019-W45 this week] at last.",
	"It will open [DATE=2019-W46 next week] at last.",
	"It will open [DATE=2019-12 next month] at last.",
	"It opened [DATE=2019-11 this month] at last.",
	"It opened [DATE=2018-24 last winter] at last.",
	"It shut [DATE=2009 ten years ago] for good.",
	"It shut [DATE=2019-W44 a week ago] for good.",
	"It shut [DATE=2018 a year ago] for good.",
	"They waited [DATE=P10D 10 days] for rain.",
	"They waited [DATE=P6W six weeks] for rain.",
	"They waited [DATE=P18M 18 months] for rain.",
	"They waited [DATE=P100Y 100 years] for rain.",
	"They waited [TIME=PT30M half an hour] for rain and left.",
	"A [DATE=P4Y four-year] term is long.",
	"A [DATE=P90D 90-day] ban is long.",
	"A [DATE=P12Y 12-year-old] boy saw it.",
	"The mill stood there in [DATE=1848 1848] and stands there now.",
	"The mill has stood there since [DATE=1848 1848] or so.",
	"The mill was sold by [DATE=1990 1990] at the latest.",
	"The song is from the [DATE=196X 1960s] or so.",
	"The song is from the [DATE=20XX 21st century] or so.",
	"From [DATE=1914/1918 1914 to 1918] it was shut.",
	"Sales grew in the [DATE=2019-Q1 first quarter of 2019] by a bit.",
	"Sales grew in the [DATE=2018-Q4 fourth quarter of 2018] by a bit.",
	"Sales grew in [DATE=2015-24 winter 2015] by a bit.",
	"Sales grew in [DATE=201X late 2010s] terms.",
	"The form came on [DATE=2018-03-02 3/2/2018] by post.",
	"The form came on [DATE=2018-03-02 2018-03-02] by post.",
	// More times.
	"The shop shuts at [TIME=T21:00 9 p.m.] as a rule.",
	"The shop shuts at [TIME=T21:45 9:45 p.m.] as a rule.",
	"The shop shuts at [TIME=T09:05 9:05 a.m.] on most days.",
	"The shop shuts at [TIME=T00:00 midnight] on most days.",
	"The shop shuts at [TIME=T08:30 8:30 a.m. EST] on most days.",
	"The shop shuts at [TIME=T23:59 23:59] on most days.",
	"It lasted [TIME=PT10S 10 seconds] in all.",
	"It lasted [TIME=PT3H three hours] in all.",
	"It lasted [TIME=PT1H an hour] in all.",
	"A [TIME=PT12H 12-hour] shift began.",
	"A [TIME=PT5M five-minute] break began.",
	"It snowed on [TIME=2019-11-06TMO Wednesday morning] for a while.",
	"It snowed on [TIME=2019-11-07TAF Thursday afternoon] for a while.",
	"It snowed on [TIME=2019-11-04TNI Monday night] for a while.",
	// More money.
	"They owe [MONEY=USD_5 $5] each.",
	"They owe [MONEY=USD_0.99 $0.99] each.",
	"They owe [MONEY=USD_1000000 $1 million] each.",
	"They owe [MONEY=USD_3200000000 $3.2 billion] in all.",
	"They owe [MONEY=USD_1500000000000 $1.5 trillion] in all.",
	"They owe [MONEY=USD_20000 20,000 dollars] in all.",
	"They owe [MONEY=EUR_20000 20,000 euros] in all.",
	"They owe [MONEY=EUR_50 €50] in all.",
	"They owe [MONEY=GBP_9.99 £9.99] in all.",
	"They owe [MONEY=JPY_5000 5,000 yen] in all.",
	"They owe [MONEY=INR_500 500 rupees] in all.",
	"They owe [MONEY=RUB_70 70 rubles] in all.",
	"They owe [MONEY=NGN_300 300 naira] in all.",
	"They owe [MONEY=USD_0.05 five cents] in all.",
	"They owe [MONEY=USD_10000000/20000000 $10 million to $20 million] in all.",
	"A [MONEY=USD_700000000000 $700 billion] plan passed.",
	"A [MONEY=USD_25 $25] ticket was too dear.",
	// More percentages.
	"It fell by [PERCENT=0.3 0.3 percent] at once.",
	"It fell by [PERCENT=12 12 per cent] at once.",
	"It fell by [PERCENT=99.9 99.9%] at once.",
	"It fell by [PERCENT=10 ten percent] at once.",
	"It fell by [PERCENT=1.5 1.5 percentage points] at once.",
	"It fell by [PERCENT=20/30 20% to 30%] at once.",
	// More quantities.
	"The sack weighs [QUANTITY=50_kg 50 kilograms] when full.",
	"The sack weighs [QUANTITY=110_lb 110 pounds] when full.",
	"The sack weighs [QUANTITY=2_t two tons] when full.",
	"The pipe is [QUANTITY=40_cm 40 centimeters] wide.",
	"The pipe is [QUANTITY=3_ft three feet] wide.",
	"The tank holds [QUANTITY=500_gal 500 gallons] of oil.",
	"The tank holds [QUANTITY=2000000_bbl two million barrels] of oil.",
	"Winds reached [QUANTITY=80_mph 80 mph] at sea.",
	"The plant makes [QUANTITY=300_MW 300 megawatts] of power.",
	"It was [QUANTITY=30_deg 30 degrees] in the shade.",
	// More ordinals and numbers.
	"It was the [ORDINAL=2 second] of its kind.",
	"It was the [ORDINAL=100 100th] of many.",
	"It was the [ORDINAL=3 third] time in a row.",
	"It was the [ORDINAL=45 45th] of them.",
	"They sold [CARDINAL=3 three] boats.",
	"They sold [CARDINAL=15 fifteen] boats.",
	"They sold [CARDINAL=45 forty-five] boats.",
	"They sold [CARDINAL=300 three hundred] boats.",
	"They sold [CARDINAL=12000 12,000] boats.",
	"They sold [CARDINAL=2500000 2.5 million] boats.",
	"They sold [CARDINAL=1000000 a million] boats.",
	"They sold [CARDINAL=12 a dozen] boats.",
	"They sold [CARDINAL thousands] of boats.",
	"They sold [CARDINAL=1/3 one-third] of the boats.",
	"They sold [CARDINAL=500000 half a million] boats.",
	"They sold [CARDINAL=6 half a dozen] boats.",
	"They owe [MONEY=USD_500000 half a million dollars] in all.",
	"They sold half the boats.",
	"They won by [CARDINAL=54-46 54-46] in the end.",
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

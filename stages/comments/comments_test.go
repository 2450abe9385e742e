package comments

import (
	"strings"
	"testing"

	"pressrow/stages"
)

// A page is written with the role of each line before a bar, and blank lines
// as they are; behind the bar the line stands as in the text, indented or not.
var tagged = []struct{ name, page string }{
	{"headline, dek and body", `
headline|Harrow Falls votes to keep its old bridge


dek|Engineers had asked the council to close it before the spring floods.

body|The council of Harrow Falls voted on Tuesday to keep the river bridge open for another year, although two of its piers need work.

body|“It will hold,” said the mayor.`},

	{"byline and date lines", `
headline|Harrow Falls votes to keep its old bridge
byline|By Dana Whitcombe, Staff Writer
dateline|Published March 3, 2019 4:15 p.m. ET
body|HARROW FALLS, Ohio — The council voted on Tuesday to keep the river bridge open for another year, although two piers need work.
body|By contrast, the town of Elm closed its own bridge last year.`},

	{"bare name above the paper's", `
headline|Ferry strike enters its second week
byline|Lena Marsh
byline|Harbor Daily
body|The strike of ferry crews on the Tamsin islands went into its second week on Monday with no talks in sight and long lines at the docks.`},

	{"a first line that is a sentence is no headline", `
body|The ferry crews of the Tamsin islands went on strike on Monday, and the lines at the docks grew longer by the hour as tourists waited.
body|Nobody expects talks before the weekend.`},

	{"the site's frame around an article", `
nav|Home > News > Politics
headline|Ferry strike enters its second week
nav|12 Comments
share|Share Tweet Pin It Email
body|The strike of ferry crews on the Tamsin islands went into its second week on Monday with no talks in sight.
ad|ADVERTISEMENT
body|Passengers slept in their cars.
related|READ MORE: What the crews are asking for
credit|(Photo by Ana Brook/Getty Images)
caption|Cars wait at the dock in Tamsin on Monday. (AP Photo/Ana Brook)
body|Read more books, the harbor master told them.
body|Related to the strike, a second union has called a vote.
promo|Sign up for our newsletter and get the news delivered to your inbox.
note|Correction: An earlier version of this story misspelled the name of the harbor master.
credit|Omar Field contributed to this report.
share|Follow Lena Marsh on Twitter: @lenamarsh
legal|© 2019 Harbor Daily. All rights reserved.`},

	{"permission, source and form lines", `
headline|Ferry strike enters its second week
body|The strike of ferry crews on the Tamsin islands went into its second week on Monday with no talks in sight.
credit|Published with permission of The Harbor Foundation.
source|Source: https://www.harbor.example/
comment-form|Please enter your comment!
comment-form|Please enter your name here`},

	{"links in brackets and notes", `
headline|Ferry strike enters its second week
body|The strike of ferry crews on the Tamsin islands went into its second week on Monday with no talks in sight.
related|( From the archive: Who owns the ferries)
body|(The company did not answer.)
body|( The union did.)
related|Complete coverage of the strike
body|Complete coverage of the talks will begin on Monday at eight, said the harbor's own radio.
note|Note: This story has been corrected to give the right number of crews.
body|Note: it is a long walk from the dock to the town.
note|(Revised at 5:10 pm)
credit|Omar Field provided research assistance.`},

	{"separators", `
headline|Three short notes
body|The first note is about the weather, which has been dry since the middle of the month.
separator|* * *
body|The second note is about the harvest, which came early for that reason.
separator|-30-`},

	{"attributions and crossheads", `
headline|What the papers say about the ferry strike
body|The strike has divided the islands, and their two papers, as it has not since the winter of the long ice.
attribution|From the Harbor Daily:
body|The crews have waited eight years for a contract that their managers promised them in two.
crosshead|A long memory
body|Older islanders remember the strike of their parents, which ended in the spring with a handshake on the dock.
attribution|The letter continues:
body|“We did not choose this, and we will not be the ones to end it, whatever the company may say.”`},

	{"a numbered list in an article", `
headline|Five rules for a quiet house
body|A good neighbor is not born but made, and the rules are older than the house you live in.
list|1. Be kind to those below you.
list|2. Be brief on the stairs.
list|3. Take off your shoes.
body|None of it is hard, the caretaker said, and all of it is forgotten by Friday.`},

	{"a list that begins again", `
headline|Two recipes for the weekend
body|The bread takes an afternoon, the soup an hour, and both can be made the day before and carried to the picnic.
crosshead|The bread
list|1. Mix flour, water and salt, and let the dough rest until it has doubled.
list|2. Bake it hot.
body|While it bakes, you can begin with the soup, which wants less of your time and more of your attention.
list|1. Peel the beets and cut them small.
list|2. Simmer them in stock.`},

	{"an interview", `
headline|The harbor master on forty years at sea
body|Ruth Calloway has steered ships since she was nineteen, and she has opinions about most of them.
body|Our reporter
body|When did you first go to sea, and what did your parents think about it?
body|Ruth Calloway
body|I was nineteen! My mother cried and my father asked me whether I really wanted this.
body|Our reporter
body|Did you ever regret it?
body|Ruth Calloway
body|You know, never. I love it, and I guess I always will.
body|Our reporter
body|What would you tell your younger self?
body|Ruth Calloway
body|Bring better socks!`},

	{"a first-person column", `
headline|I was wrong about the ferry
body|You may think I hate the ferry. I don't. I really love it, and so do my kids, honestly.
body|What do you do when the last boat leaves without you? I sat down on my bag and laughed!
body|So here is what I think now. Maybe you are right. Maybe I should just buy a canoe.
body|Thanks for reading, and please write to me when you see me at the dock.`},

	{"a letter from a reader that is the article", `
headline|Letter: Close the bridge
body|Dear editor,
body|I have lived beside the old bridge all my life, and I do not understand why you keep defending it.
body|My children cross it twice a day. Would you let yours?
body|Sincerely,
body|Paul Oates, Harrow Falls`},

	{"a timeline", `
headline|How the bridge fell
body|The bridge of Harrow Falls stood for ninety years before the spring flood of this year took its northern half.
crosshead|March 3, 2019
body|Engineers find cracks in two of the piers and ask the council to close the bridge at once.
crosshead|April 9, 2019
body|The council votes to keep it open, by four to three, after a debate that goes on past midnight.
crosshead|May 21, 2019
body|The river rises by eleven feet in a night, and the northern half of the bridge goes with it.`},

	{"dates of events", `
headline|Where to hear the choir this winter
body|The harbor choir tours the islands again this winter, and all of its concerts are free for children.
body|November 17, 2012: Tamsin, Church of the Mariners
body|November 23, 2012: Elm Sound, Town Hall
body|December 1, 2012: Harrow Falls, Bridge House`},

	{"comments below headers", `
headline|Harrow Falls votes to keep its old bridge
byline|By Dana Whitcombe | March 3, 2019
body|The council of Harrow Falls voted on Tuesday to keep the river bridge open for another year, although two piers need work.
body|“It will hold,” said the mayor.
comment|2 thoughts on “Harrow Falls votes to keep its old bridge”
comment|Marlow says:
comment|March 3, 2019 at 4:15 pm
comment|It will not hold, and you know it.
comment|Reply
comment|pat_r says:
comment|March 4, 2019 at 9:02 am
comment|What he said!
comment-form|Leave a Reply
comment-form|Your email address will not be published.`},

	{"one comment below its header", `
headline|Harrow Falls votes to keep its old bridge
body|The council of Harrow Falls voted on Tuesday to keep the river bridge open for another year, although two piers need work.
body|“It will hold,” said the mayor.
comment|Marlow March 3, 2019 at 4:15 pm
comment|My truck shakes every time I drive over it.`},

	{"buttons for comments above and inside the article", `
headline|I was wrong about the ferry
nav|Leave a Comment
body|You may think I hate the ferry. I don't. I really love it, and so do my kids, honestly, whatever you may have heard.
nav|Join the conversation
body|What do you do when the last boat leaves without you? I sat down on my bag and laughed! You should try it.
body|So here is what I think now. Maybe you are right. Maybe I should just buy a canoe!
comment-form|Leave a Reply
comment-form|Your email address will not be published. Required fields are marked *`},

	{"one comment below an opener", `
headline|Harrow Falls votes to keep its old bridge
body|The council of Harrow Falls voted on Tuesday to keep the river bridge open for another year, although two piers need work.
comment|1 Comment
comment|Marlow
comment|March 3, 2019 at 4:15 pm
comment|The piers were built by the same firm as those in Elm.`},

	{"comments above their trailers", `
headline|Harrow Falls votes to keep its old bridge
body|The council of Harrow Falls voted on Tuesday to keep the river bridge open for another year, although two of its piers need work.
body|The vote was four to three, and the debate before it went on past midnight in a hall without heating.
comment|Thanks for writing this, I really had no idea!
comment|Posted by: Marlow | March 3, 2019 at 04:15 PM
comment|You should see it from below. It's so bad.
comment|Posted by: Pat R. | March 4, 2019 at 09:02 AM`},

	{"the article's own footer above the comments", `
headline|Harrow Falls votes to keep its old bridge
body|The council of Harrow Falls voted on Tuesday to keep the river bridge open for another year, although two piers need work.
body|Posted by Dana Whitcombe at 3:00 AM
comment|Anonymous said...
comment|What a surprise.
comment|March 3, 2019 4:15 PM`},

	{"a single comment, and the article's own date and author above", `
byline|Posted by Dana Whitcombe - Friday, March 1, 2019 at 5:15:00 PM
headline|Harrow Falls votes to keep its old bridge
body|The council of Harrow Falls voted on Tuesday to keep the river bridge open for another year, although two of its piers need work.
body|The vote was four to three, and the debate before it went on past midnight in a hall without heating.
comment|Marlow said...
comment|Thank you, council!
comment|When will the other lane open?
comment|6:46 AM`},

	{"a single comment below a name and a date", `
headline|Harrow Falls votes to keep its old bridge
body|The council of Harrow Falls voted on Tuesday to keep the river bridge open for another year, although two of its piers need work.
body|The vote was four to three, and the debate before it went on past midnight in a hall without heating.
comment|Modest Marlow
comment|March 3, 2019 at 12:45 pm (UTC -4)
comment|I really don't see what's so bad about a bridge that shakes a bit!`},

	{"a pingback alone", `
headline|Harrow Falls votes to keep its old bridge
body|The council of Harrow Falls voted on Tuesday to keep the river bridge open for another year, although two of its piers need work.
body|The vote was four to three, and the debate before it went on past midnight in a hall without heating.
comment|Pingback: Old bridges that nobody needs | Marlow's river log`},

	{"a pingback and what it quotes", `
headline|Harrow Falls votes to keep its old bridge
body|The council of Harrow Falls voted on Tuesday to keep the river bridge open for another year, although two of its piers need work.
comment|[...] via Harrow Falls [...]
comment|Pingback by Marlow's river log — March 7, 2019 @ 12:22`},

	{"numbered comments without headers", `
headline|Harrow Falls votes to keep its old bridge
body|The council of Harrow Falls voted on Tuesday to keep the river bridge open for another year, although two of its piers need work.


comment|  1. WHO paid for this?? My kids cross that thing every day and you people sleep fine....

comment|  2. nobody paid. it's a bridge, not a bank

comment|    1. Then why did they vote at midnight? Think about it!

comment-form|Comments are closed.`},

	{"comments below bare names", `
headline|Harrow Falls votes to keep its old bridge
body|The council of Harrow Falls voted on Tuesday to keep the river bridge open for another year, although two of its piers need work.
body|The vote was four to three, and the debate before it went on past midnight in a hall without heating.
comment|marlow77
comment|I really can't believe you people. Maybe try to drive over it yourself!
comment|BridgeFan
comment|Oh please. I do, every day, and I'm still here to tell you.
comment|pat_r
comment|Yeah, me too. You guys worry too much, honestly.
comment|marlow77
comment|So did the folks in Elm. I guess you never know.`},

	{"furniture below a thread", `
headline|Harrow Falls votes to keep its old bridge
body|The council of Harrow Falls voted on Tuesday to keep the river bridge open for another year, although two piers need work.
comment|Marlow on March 3, 2019 at 4:15 pm
comment|My truck shakes every time.
comment|Pat on March 4, 2019 at 9:02 am
comment|Mine too!
comment-form|Comments are closed.
related|Related Stories
legal|© 2019 Harbor Daily`},

	{"a quotation line that ends in said is no header", `
headline|Senator answers his critics
body|The senator answered his critics in a long letter on Wednesday, in which he took back nothing he had written before.
attribution|Mr. Calloway wrote:
body|“I have read what you sent me, and I see no reason to change a word of it now or later.”
body|He did not take questions.`},

	{"a tweet's signature", `
headline|Senator answers his critics
body|The senator answered his critics in a long series of messages on Wednesday, in which he took back nothing.
embed|— Ray Calloway (@raycalloway_example) June 1, 2020
body|His office would not say more than that.`},

	{"about the author, above the article", `
headline|What the islands owe their ferries
credit|Lena Marsh is professor of history at the college of Elm and the author of a book on tides.
body|The ferries of the Tamsin islands are older than most of their passengers, and it shows in the winter months.
body|A new boat costs as much as a school, and the islands have needed both for as long as anyone can remember.`},

	{"a first paragraph about whom the article is about", `
headline|A life on the ferries
body|Lena Marsh is professor of history at the college of Elm and the author of a book on tides.
body|On most mornings Marsh takes the first ferry of the Tamsin islands, which is older than most of its passengers.`},

	{"about the author", `
headline|What the islands owe their ferries
body|The ferries of the Tamsin islands are older than most of their passengers, and it shows in the winter months.
body|A new boat costs as much as a school, and the islands have needed both for as long as anyone can remember.
body|There is a third way, and the engineers have known it for years.
body|It begins with the docks.
credit|Lena Marsh is a reporter for the Harbor Daily and the author of a book on tides.`},

	{"headline, dek, byline and date without blank lines", `
headline|Harrow Falls Votes to Keep Its Old Bridge
dek|Engineers say that two of the piers will not last another winter.
byline|By Dana Whitcombe and Omar Field
dateline|Published March 3, 2019 | Updated March 4, 2019 at 8:10 a.m. ET
caption|FILE - In this May 1, 2018, file photo, boats pass below the bridge at Harrow Falls.
credit|(Harbor Daily/Ana Brook)
body|HARROW FALLS, Ohio — The council voted on Tuesday to keep the river bridge open for another year, although two piers need work.
body|“It will hold,” said the mayor.`},

	{"a dek that is a sentence with a title in it", `
headline|Harrow Falls votes to keep its old bridge


dek|The engineers had warned Mr. Oates in a letter of nine pages.

body|The council of Harrow Falls voted on Tuesday to keep the river bridge open for another year, although two piers need work.

body|“It will hold,” said the mayor.`},

	{"a short first paragraph is no dek", `
headline|Harrow Falls votes to keep its old bridge

body|It was late when they voted.

body|The council of Harrow Falls voted on Tuesday to keep the river bridge open for another year, although two piers need work.`},

	{"section, bare name, note about the author, disclaimer and appeal", `
nav|Opinion
headline|What the Islands Owe Their Ferries
byline|Lena Marsh
body|The ferries of the Tamsin islands are older than most of their passengers, and it shows in the winter months.
body|A new boat costs as much as a school, and the islands have needed both for as long as anyone can remember.
body|There is a third way, and the engineers have known it for years.
body|It begins with the docks.
separator|* * *
credit|Lena Marsh is a columnist for the Harbor Daily.
credit|She lives in Elm Sound with a parrot.
legal|The views expressed here are the author's own.
promo|Do you like what you read? Become a member and support local journalism.`},

	{"a name below the headline that the article speaks of", `
headline|The keeper of the light
body|Ruth Calloway
body|There is a lamp on Cape Elm that has not gone out since the winter of the long ice, and one woman keeps it.
body|Ms. Calloway climbs the stairs twice a night.`},

	{"name and trade", `
nav|Sports
headline|Rowers bring home a cup
byline|Omar Field, Staff Writer
dateline|Posted: June 9, 2018 6:15 PM
nav|3 min read
body|The rowers of Harrow Falls came home on Saturday with a cup that nobody had expected them to win, least of all they.
share|Reach Omar Field at ofield@harbor.example or 555-0119.
share|Twitter Facebook LinkedIn`},

	{"a first line that begins with By", `
headline|By Land and by Sea, Two Families Bring the Old Lighthouse Home
body|The lamp house of Cape Elm, which had stood in a field since the long ice, went back to its rock on Saturday by truck and by barge.`},

	{"a player above the article is no headline", `
embed|Media playback is unsupported Media caption Rowers of Elm are welcomed home by the mayor and by two thousand of their neighbors at the weir
body|The rowers of Harrow Falls came home on Saturday with a cup that nobody had expected them to win, least of all they.`},

	{"a headline that begins like a link", `
headline|Watch: A bridge falls in eleven seconds
body|The northern half of the bridge at Harrow Falls came down on Sunday at noon, as its engineers had planned, and a crowd of two thousand cheered.
body|Nobody was hurt.`},

	{"the headline again", `
headline|Rowers bring home a cup
nav|Rowers bring home a cup
byline|By Omar Field
body|The rowers of Harrow Falls came home on Saturday with a cup that nobody had expected them to win, least of all they.`},

	{"appeals and links inside an article", `
headline|Loom maker lifts its forecast
body|The loom maker in Elm raised its forecast for the year on Thursday after a summer in which it sold more than ever before.
promo|Get the market report in your inbox every evening. Subscribe now.
body|Its workers get the news in their inboxes too, and few of them liked it.
promo|Get our weekend guide by email. Sign up here.
related|More on this topic: Wool is cheaper than in any year since the war
related|In case you missed it: The last weaver of Elm retires
body|More on this subject than anyone could read was written that week.
legal|This article is for information only and is not investment advice.
legal|We may earn a commission when you buy through links on this page.`},

	{"links, players and buttons between paragraphs", `
headline|Loom maker lifts its forecast
nav|This article is more than 3 years old
body|The loom maker in Elm raised its forecast for the year on Thursday after a summer in which it sold more than ever before.
related|PHOTOS: The looms of Elm, from the river to the roof
related|Weavers of Elm: ‘We were told to wait for the wool’ | Lena Marsh Read more
body|Its weavers hope that the young will pick up a book about looms and read more.
embed|JUST WATCHED Weavers at work Replay More Videos ... MUST WATCH Weavers at work 02:41
related|GRAPHIC: How wool is spun - here
body|Photos of the looms hang in the hall, and a list of those who died at them, and nobody goes past without a look.
related|Go deeper: Wool in three charts
related|Related Coverage Elm weighs a tax on wool
embed|Play Facebook
credit|Image source: The Elm Museum of Wool
body|The looms will stand still on Sunday, as they have on every Sunday since the mill was built.
share|Write to Lena Marsh at lmarsh@harbor.example and Omar Field at ofield@harbor.example
credit|— With assistance by Dana Whitcombe
share|Read or Share this story: https://harbor.example/news/elm/2018/06/09/looms-forecast-lifted/1234567/`},

	{"headlines below a label", `
headline|Rowers bring home a cup
body|The rowers of Harrow Falls came home on Saturday with a cup that nobody had expected them to win, least of all they.

related|You may also like:
related|The five best rowing songs
related|Who built the boat house?

body|The cup will stand in the town hall, between the fish and the mayor's hat, until the race of next year.

related|Related stories
related|A short history of the oar
related|What the rowers eat
promo|Sign up for our newsletter.`},

	{"a label, and the article goes on", `
headline|Rowers bring home a cup

body|The rowers of Harrow Falls came home on Saturday with a cup that nobody had expected them to win, least of all they.

related|Related

body|The long way home

body|They came by truck, because the river was low, and stopped in every village that had a bell to ring for them.`},

	{"Markdown", `
headline|# Six Days That Changed the River
byline|By Lena Marsh | June 9, 2018
body|It took six days for the river to leave its bed. These are the days that mattered to those who live beside it.
crosshead|## 1. June 1, 2018
body|The rain began on a Friday, and nobody thought anything of it until the frogs came up the stairs.
crosshead|## 2. June 3, 2018
body|The council met in boats. It had three things to decide:
list|- where to sleep
list|- what to eat
list|- whom to blame
note|*Correction, June 12: An earlier version of this list left out the frogs.*
related|Read more: [The frogs of Elm](https://harbor.example/frogs)`},

	{"front matter", `
separator|---
headline|title: "Six Days That Changed the River"
byline|author: Lena Marsh
dateline|date: 2018-06-09
nav|tags: river, frogs
separator|---
body|It took six days for the river to leave its bed, and six weeks for it to find the way back.`},

	{"a caption above its credit", `
headline|Rowers bring home a cup

body|The rowers of Harrow Falls came home on Saturday with a cup that nobody had expected them to win, least of all they.

caption|Children wave to the rowers from the bridge.
credit|Photo: Ana Brook/Harbor Daily

body|The cup will stand in the town hall until the race of next year.`},

	{"attributions that go on", `
headline|What the papers say about the ferry strike
body|The strike has divided the islands, and their two papers, as it has not since the winter of the long ice.
attribution|From the Harbor Daily:
body|The crews have waited eight years for a contract that their managers promised them in two.
attribution|The Daily goes on:
body|The islands can wait another week, and they should, for the sake of those who carry them.
attribution|She writes:
body|Nobody is to blame but the tide, and the tide has never yet read a newspaper to the end.`},

	{"who helped, and when it was changed", `
headline|Ferry strike enters its second week
body|The strike of ferry crews on the Tamsin islands went into its second week on Monday with no talks in sight.
body|Passengers slept in their cars.
body|The harbor master brought soup.
body|It was fish.
credit|Marsh reported from Elm Sound, and Field from Tamsin.
dateline|-- Updated at 4:20 p.m.`},

	{"networks as headings", `
headline|Where the young read their news
body|Three networks bring the news to most of those who are under thirty, a study by the college of Elm found last week.
crosshead|Facebook
body|Four in ten of those who were asked said that they see a story there before they see it anywhere else at all.
crosshead|Instagram
body|One in nine finds news between the pictures, though few of them could say afterward where it had come from.`},

	{"cookies, regions and blockers", `
headline|Rowers bring home a cup
body|The rowers of Harrow Falls came home on Saturday with a cup that nobody had expected them to win, least of all they.
legal|It looks like you are using an ad blocker.
legal|Accept all cookies
legal|This video is not available in your country.
source|https://harbor.example/rowers
embed|View this post on Instagram`},

	{"a link in capitals and a crosshead in capitals", `
headline|Rowers bring home a cup
body|The rowers of Harrow Falls came home on Saturday with a cup that nobody had expected them to win, least of all they.
related|MAYOR OF HARROW FALLS FALLS INTO RIVER AT BOAT RACE, IS SAVED BY OPPONENT
body|The cup will stand in the town hall until the race of next year, between the fish and the mayor's hat.
crosshead|THE LAST MILE
body|They were a length behind at the bridge, and a length ahead at the mill, and nobody can say what came between.`},

	{"links in capitals below the last paragraph", `
headline|Rowers bring home a cup
body|The rowers of Harrow Falls came home on Saturday with a cup that nobody had expected them to win, least of all they.
body|The mayor was glad of it.
related|MAYOR OF HARROW FALLS FALLS INTO RIVER AT BOAT RACE, IS SAVED BY OPPONENT
related|WHO BUILT THE BOAT HOUSE OF ELM SOUND, AND FOR HOW MUCH
promo|CLICK HERE TO GET THE HARBOR DAILY APP`},

	{"transcript marks are no headings", `
headline|The harbor master on the radio
body|The harbor master spoke on the radio on Sunday about forty years at sea, and about the storm that took his boat.
body|(LAUGHTER)
body|He said that he would do it all again, with the same boat if it could be had, and with a better cook.`},

	{"nothing but white space", "\n"},
	{"one line", "\nheadline|Rain tomorrow\nbody|It will rain from dawn on the coast, and from noon in the hills behind it."},
}

// strip takes the roles off a page.
func strip(page string) (text string, roles []string) {
	for line := range strings.SplitSeq(strings.TrimPrefix(page, "\n"), "\n") {
		if role, rest, ok := strings.Cut(line, "|"); ok {
			roles = append(roles, role)
			line = rest
		}
		text += line + "\n"
	}
	return text, roles
}

func TestMark(t *testing.T) {
	for _, test := range tagged {
		text, want := strip(test.page)
		d := &stages.Document{Text: text}
		if err := Mark(d); err != nil {
			t.Fatal(err)
		}
		if err := d.Check(); err != nil {
			t.Errorf("%s: %v", test.name, err)
		}
		if len(d.Blocks) != len(want) {
			t.Errorf("%s: %d blocks, want %d", test.name, len(d.Blocks), len(want))
			continue
		}
		for i, b := range d.Blocks {
			got := b.Role.String()
			if want[i] != got && !(want[i] == "body" && (b.Role == stages.Crosshead || b.Role == stages.List || b.Role == stages.Attribution)) {
				t.Errorf("%s: %s (%s), want %s: %s", test.name, got, b.Reason, want[i], d.Of(b.Span))
			}
			if b.Reason == "" || b.Score <= 0 || b.Score > 1 {
				t.Errorf("%s: reason %q, score %g: %s", test.name, b.Reason, b.Score, d.Of(b.Span))
			}
		}
	}
}

// A title that is given makes the first line the headline, whatever it looks like.
func TestMarkGivenTitle(t *testing.T) {
	d := &stages.Document{Text: "Comments are closed.\n\nThe forum of the town closed on Monday after nineteen years and a last, long evening.\n"}
	d.Given.Title = stages.Fact{Value: "Comments are closed.", Method: "field"}
	if err := Mark(d); err != nil {
		t.Fatal(err)
	}
	if d.Blocks[0].Role != stages.Headline || d.Meta.Title.Value != "Comments are closed." || d.Meta.Title.Span != d.Blocks[0].Span {
		t.Errorf("got %+v, %+v", d.Blocks[0], d.Meta.Title)
	}
}

func FuzzMark(f *testing.F) {
	for _, test := range tagged {
		text, _ := strip(test.page)
		f.Add(text)
	}
	f.Add("12 comments\n\n\x00\n  1. é\n—\n(@")
	f.Add("By  \nBy A\n© \n- \n1.\n1) \nJan. 32, 2020 at 25:61 pm said...\n3 hours ago")
	f.Fuzz(func(t *testing.T, text string) {
		text = strings.ToValidUTF8(text, "\uFFFD")
		d := &stages.Document{Text: text}
		if err := Mark(d); err != nil {
			t.Fatal(err)
		}
		if err := d.Check(); err != nil {
			t.Fatal(err)
		}
		at := 0
		for _, b := range d.Blocks {
			if rest := strings.TrimSpace(text[at:b.Start]); rest != "" {
				t.Fatalf("%q is in no block", rest)
			}
			if s := d.Of(b.Span); strings.TrimSpace(s) != s || strings.Contains(s, "\n") {
				t.Fatalf("block %q has white space around it or a line end inside", s)
			}
			if b.Reason == "" {
				t.Fatalf("block %q has no reason", d.Of(b.Span))
			}
			at = b.End
		}
		if rest := strings.TrimSpace(text[at:]); rest != "" {
			t.Fatalf("%q is in no block", rest)
		}
		for _, fact := range [...]stages.Fact{d.Meta.Title, d.Meta.Byline, d.Meta.Dateline, d.Meta.Published, d.Meta.Outlet, d.Meta.URL, d.Meta.Language} {
			if fact.Span.Start < 0 || fact.Span.End > len(text) || fact.Span.Start > fact.Span.End {
				t.Fatalf("fact %+v lies outside the text", fact)
			}
		}
	})
}

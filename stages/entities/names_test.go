package entities

import (
	"testing"

	"pressrow/stages"
)

// names lists sentences with their names marked; times and numbers are not.
var names = []string{
	// People.
	"[PERSON Jane Roe] ran in [GPE Alabama] and lost.",
	"Mr. [PERSON Roe] did not answer the letter.",
	"The plan was drawn by [PERSON Peter Amsel], a lawyer from [GPE Ohio].",
	"“We waited too long,” [PERSON Dana Whitlock] said.",
	"“We waited too long,” said [PERSON Dana Whitlock], the mayor.",
	"Sen. [PERSON Alma Reyes] voted no.",
	"Gov. [PERSON Tom Birch] signed the bill into law.",
	"President [PERSON Barack Obama] spoke in [GPE Chicago].",
	"Attorney General [PERSON William Barr] declined to comment.",
	"Lt. Col. [PERSON Ruth Adeyemi] led the unit.",
	"Former Secretary of State [PERSON Hillary Clinton] wrote a book.",
	"[PERSON Ursula von der Leyen] met [PERSON Emmanuel Macron] in [GPE Brussels].",
	"[PERSON Mohammed bin Salman] visited [GPE Cairo].",
	"[PERSON Xi Jinping] and [PERSON Vladimir Putin] met in [GPE Moscow].",
	"The suspect, identified as [PERSON Carl Benson], was arrested.",
	"[PERSON Jean-Claude Juncker] stepped down.",
	"[PERSON John F. Kennedy] won the race.",
	"[PERSON Martin Luther King Jr.] was born in [GPE Atlanta].",
	"[PERSON Trump]’s campaign sent a letter to Mr. [PERSON Sessions].",
	// Places.
	"They drove from [GPE Paris] to [GPE Berlin] in a day.",
	"The ship crossed the [LOC Atlantic Ocean] in a week.",
	"The ship crossed the [LOC South China Sea] in a week.",
	"Troops left [GPE Iraq] for [GPE Kuwait].",
	"He was born in [GPE Mobile], [GPE Alabama], and grew up in [GPE Texas].",
	"She moved to [GPE Los Angeles] from [GPE New York City].",
	"Rain fell across the [LOC Middle East] for days.",
	"The [GPE United States] and the [GPE United Kingdom] signed the treaty.",
	"The [GPE U.S.] economy grew faster than that of [GPE Japan].",
	"Snow closed the roads in [GPE Jefferson County].",
	"The [LOC Mississippi River] rose by a foot.",
	"Protests spread in [GPE Hong Kong], [GPE Seoul] and [GPE Bangkok].",
	"[GPE WASHINGTON] — The vote was put off.",
	"[GPE MONTGOMERY], [GPE Ala.] — The vote was put off.",
	"[GPE LONDON] ([ORG Reuters]) - The vote was put off.",
	// Organisations.
	"The [ORG Federal Bureau of Investigation] opened an inquiry.",
	"The [ORG FBI] and the [ORG CIA] disagreed.",
	"The [ORG House Judiciary Committee] held a hearing.",
	"She teaches at the [ORG University of Michigan] now.",
	"She teaches at [ORG Ohio State University] now.",
	"The [ORG Justice Department] dropped the case.",
	"The [ORG Department of Housing and Urban Development] built it.",
	"Shares of [ORG Microsoft] and [ORG Google] fell.",
	"The [ORG United Nations Security Council] met in haste.",
	"The [ORG Supreme Court] heard the case.",
	"He told the [ORG New York Times] that he would run.",
	"He told [ORG CNN] that he would run.",
	"The [ORG European Union] and [ORG NATO] agreed.",
	"The [ORG Republican National Committee] raised more.",
	"Leaders of the [ORG Democratic Party] met in [GPE Denver].",
	"[ORG Hamas] and [ORG Hezbollah] denied it.",
	"The [ORG World Health Organization] warned of the virus.",
	"[ORG Goldman Sachs] cut its forecast.",
	"He plays for [ORG Manchester United] now.",
	"The [ORG Senate] passed the bill.",
	// Peoples, religions, parties' members.
	"[NORP Republicans] and [NORP Democrats] agreed.",
	"A [NORP Republican] senator voted no.",
	"The [NORP French] and [NORP German] ministers met.",
	"Many [NORP Muslims] and [NORP Christians] came.",
	"[NORP Iranian] officials denied it.",
	// Others.
	"The [LAW Affordable Care Act] stayed law.",
	"Soldiers of [EVENT World War II] were honoured.",
	"She spoke to reporters at the [FAC White House] in the morning.",
	// No names.
	"The president did not answer, and neither did his lawyer.",
	"We waited too long, and the river did not.",
	"I think so, he said.",
	"It opened on Monday in the rain.",
}

func TestNames(t *testing.T) {
	for _, text := range names {
		check(t, mark(text), func(e stages.Entity) bool { return !e.Label.Numeric() })
	}
}

// A name tells what a mention is called, its id, its id elsewhere and its title.
type identity struct{ text, name, id, external, title string }

func TestResolve(t *testing.T) {
	for _, c := range []struct {
		text string
		want []identity
	}{
		{"Jeff Sessions ran again.\nMr. Sessions lost.\n“Jeff is a friend,” said a voter, and Sessions smiled.", []identity{
			{"Jeff Sessions", "Jeff Sessions", "person/jeff-sessions", "", ""},
			{"Sessions", "Jeff Sessions", "person/jeff-sessions", "", "Mr."},
			{"Jeff", "Jeff Sessions", "person/jeff-sessions", "", ""},
			{"Sessions", "Jeff Sessions", "person/jeff-sessions", "", ""},
		}},
		{"Bill Clinton and Hillary Clinton arrived.\nMrs. Clinton spoke first.", []identity{
			{"Bill Clinton", "Bill Clinton", "person/bill-clinton", "", ""},
			{"Hillary Clinton", "Hillary Clinton", "person/hillary-clinton", "", ""},
			{"Clinton", "", "", "", "Mrs."},
		}},
		{"President Donald J. Trump spoke.\nThen Donald Trump left.", []identity{
			{"Donald J. Trump", "Donald J. Trump", "person/donald-trump", "", "President"},
			{"Donald Trump", "Donald J. Trump", "person/donald-trump", "", ""},
		}},
		{"He flew from Alabama to France and saw Paris.", []identity{
			{"Alabama", "Alabama", "gpe/us/alabama", "iso3166:US-AL", ""},
			{"France", "France", "gpe/fr", "iso3166:FR", ""},
			{"Paris", "Paris", "gpe/fr/paris", "", ""},
		}},
		{"The GOP and the Republican Party are one.", []identity{
			{"GOP", "Republican Party", "org/republican-party", "", ""},
			{"Republican Party", "Republican Party", "org/republican-party", "", ""},
		}},
		{"The US and the U.S. are one, and so is America.", []identity{
			{"US", "United States", "gpe/us", "iso3166:US", ""},
			{"U.S.", "United States", "gpe/us", "iso3166:US", ""},
			{"America", "United States", "gpe/us", "iso3166:US", ""},
		}},
	} {
		d := plainDocument(c.text)
		if err := Tag(d); err != nil {
			t.Fatal(err)
		}
		var got []identity
		for _, e := range d.Entities {
			if !e.Label.Numeric() {
				got = append(got, identity{d.Of(e.Span), e.Name, e.EntityID, e.ExternalID, e.Title})
			}
		}
		if len(got) != len(c.want) {
			t.Errorf("%s\n got %q\nwant %q", c.text, got, c.want)
			continue
		}
		for i := range got {
			if got[i] != c.want[i] {
				t.Errorf("%s\n got %q\nwant %q", c.text, got[i], c.want[i])
			}
		}
	}
}

func TestSlug(t *testing.T) {
	for text, want := range map[string]string{
		"Jeff Sessions": "jeff-sessions", "Beto O'Rourke": "beto-orourke", "José  Álvarez": "jose-alvarez", "AT&T Inc.": "at-t-inc", "": "", "--": "",
	} {
		if got := slug(text); got != want {
			t.Errorf("slug(%q) = %q, want %q", text, got, want)
		}
	}
}

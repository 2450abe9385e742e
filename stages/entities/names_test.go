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
	// People: titles, particles, possessives, quotes, headlines.
	"Dr. [PERSON Lena Hartwig] runs the clinic on the hill.",
	"Prof. [PERSON Idris Bakare] studied the river for years.",
	"Rev. [PERSON Miles Okafor] led the service.",
	"He met [PERSON Trump Jr.] again.",
	"Judge [PERSON Nora Castellan] set the date of the trial.",
	"Mayor [PERSON Bill Oster] and his wife, [PERSON Greta Oster], came late.",
	"Sheriff [PERSON Dale Munro] said the road was closed.",
	"Prime Minister [PERSON Angela Fonseca] left the hall.",
	"Chief Justice [PERSON Harold Quist] wrote for the majority.",
	"Rep. [PERSON Joan Tillery] asked for a recount.",
	"Gen. [PERSON Walter Brandt] took command in May.",
	"Pope [PERSON Francis] prayed for the victims.",
	"Spokesman [PERSON Ed Varga] declined to comment.",
	"Police identified the driver as [PERSON Tomas Lindqvist].",
	"The prize went to [PERSON Amara Diallo] and [PERSON Pavel Novak].",
	"“I saw the flood,” said [PERSON Mei Tanaka].",
	"“I saw the flood,” [PERSON Tanaka] said.",
	"[PERSON Tanaka], who is 44, saw the flood.",
	"[PERSON Carlos Mendez]’s brother found the boat.",
	"[PERSON Nadia Rahman]'s lawyer filed an appeal.",
	"A letter from [PERSON Hugh Merrill] reached the board.",
	"Her lawyer, [PERSON Simon Keller], spoke after the hearing.",
	"[PERSON Anna de Vries] won the race in [GPE Rotterdam].",
	"[PERSON Ludwig van Beethoven] was born in [GPE Bonn].",
	"[PERSON Leonardo da Vinci] painted it in [GPE Milan].",
	"[PERSON Maria del Carmen Ortiz] lives in [GPE Madrid].",
	"[PERSON Mary-Kate Lawson] signed the form.",
	"[PERSON J. Edgar Hoover] led the bureau for decades.",
	"[PERSON George H.W. Bush] was the forty-first president.",
	"[PERSON Samuel L. Ortega] bought the mill.",
	"[PERSON Robert Kane III] owns the team.",
	"[PERSON O'Brien] and [PERSON McAllister] shared the prize.",
	"[PERSON Kim Jong Un] inspected the plant.",
	"[PERSON Aung San Suu Kyi] was detained.",
	"[PERSON Narendra Modi] arrived in [GPE Tokyo] by night.",
	"[PERSON Cyril Ramaphosa] opened the session in [GPE Cape Town].",
	"[PERSON Nana Akufo-Addo] spoke in [GPE Accra].",
	"[PERSON Luiz Inácio Lula da Silva] won the vote in [GPE Brazil].",
	"[PERSON Volodymyr Zelenskiy] flew to [GPE Warsaw].",
	"[PERSON Recep Tayyip Erdogan] opened the bridge in [GPE Istanbul].",
	"[PERSON Nelson Mandela] was freed that year.",
	"[PERSON Roger Federer] beat [PERSON Rafael Nadal] in four sets.",
	"[PERSON Biden] and [PERSON Harris] took the oath.",
	"[PERSON Merkel] met [PERSON Macron] at the castle.",
	"The book is by [PERSON Ines Calder], a teacher.",
	"Coach [PERSON Rick Danvers] blamed the weather.",
	"Mrs. [PERSON Abernathy] kept the keys.",
	"Ms. [PERSON Ito] asked twice, and Mr. [PERSON Ruiz] did not.",
	"[PERSON Ahmed Hassan] sells fruit near the mosque.",
	"[PERSON Fatima al-Sayed] teaches in [GPE Cairo].",
	"[PERSON Abdel Fattah al-Sisi] met the envoy.",
	"[PERSON Nguyen Van Minh] moved to [GPE Hanoi].",
	"[PERSON Chidi Okonkwo] drives a bus in [GPE Lagos].",
	"[PERSON Thabo Nkosi] farms near [GPE Durban].",
	// Places.
	"[GPE Nairobi], [GPE Kenya], had no rain.",
	"The trains from [GPE Munich] to [GPE Vienna] were late.",
	"Floods hit [GPE Bangladesh] and eastern [GPE India].",
	"A quake shook [GPE Nepal] at dawn.",
	"He lives in [GPE Portland], [GPE Ore.], with two dogs.",
	"She grew up in [GPE Springfield], [GPE Illinois].",
	"They met in [GPE Geneva] and again in [GPE Oslo].",
	"The boats left [GPE Tripoli] for [GPE Malta].",
	"The [LOC Nile] feeds the fields of [GPE Egypt].",
	"Snow fell in the [LOC Alps] and the [LOC Pyrenees].",
	"The ferry crosses [LOC Lake Victoria] twice a day.",
	"The [LOC Danube] flows through [GPE Budapest].",
	"They climbed [LOC Mount Kenya] in the dark.",
	"The fleet sailed into the [LOC Persian Gulf].",
	"The road runs along the [LOC Pacific Ocean].",
	"Farmers in [LOC Southeast Asia] lost the crop.",
	"Refugees crossed the [LOC Mediterranean Sea].",
	"The wall divides the [GPE West Bank].",
	"Troops entered [GPE Crimea] that winter.",
	"The court sits in [GPE The Hague].",
	"[GPE Sri Lanka] and [GPE Pakistan] drew the match.",
	"[GPE South Korea] and [GPE North Korea] reopened the line.",
	"[GPE New Zealand] closed its border.",
	"[GPE Saudi Arabia] cut its price.",
	"The [GPE Netherlands] raised its dykes.",
	"The [GPE Philippines] sent two ships.",
	"Prices rose in [GPE New South Wales] and [GPE Queensland].",
	"The governor of [GPE West Virginia] vetoed it.",
	"Voters in [GPE Iowa] and [GPE New Hampshire] go first.",
	"He crossed from [GPE Tijuana] to [GPE San Diego].",
	"[GPE BEIJING] — Factories shut for a week.",
	"[GPE NEW DELHI] ([ORG Xinhua]) — Factories shut for a week.",
	"[GPE PARIS], May 3 — Factories shut.",
	"The fire began near [GPE Sacramento], [GPE Calif.], on a ridge.",
	// Organisations.
	"[ORG Apple] sued [ORG Samsung] in a court in [GPE Seoul].",
	"[ORG Toyota Motor Corp.] recalled the cars.",
	"[ORG Deutsche Bank AG] and [ORG UBS] paid fines.",
	"[ORG Boeing] grounded the planes.",
	"The [ORG Bank of England] held its rate.",
	"The [ORG Bank of Japan] bought bonds.",
	"The [ORG World Bank] and the [ORG International Monetary Fund] lent the money.",
	"The [ORG European Central Bank] met in [GPE Frankfurt].",
	"The [ORG African Union] sent observers.",
	"[ORG OPEC] met in [GPE Vienna].",
	"[ORG Amnesty International] and [ORG Human Rights Watch] wrote reports.",
	"The [ORG Red Cross] set up tents.",
	"The [ORG Ministry of Health] counted the sick.",
	"The [ORG Foreign Ministry] summoned the envoy.",
	"The [ORG Department of Education] cut the grant.",
	"The [ORG Environmental Protection Agency] issued the rule.",
	"The [ORG Securities and Exchange Commission] fined him.",
	"The [ORG National Rifle Association] gave money.",
	"The [ORG American Civil Liberties Union] sued.",
	"The [ORG House Intelligence Committee] met in private.",
	"The [ORG Senate Judiciary Committee] heard two witnesses.",
	"The [ORG U.S. Supreme Court] let the law stand.",
	"The [ORG Labour Party] lost the seat.",
	"The [ORG Bharatiya Janata Party] won the state.",
	"The [ORG Muslim Brotherhood] was banned.",
	"The [ORG Taliban] took the town.",
	"[ORG Boko Haram] claimed the attack.",
	"[ORG Harvard University] and [ORG Yale University] signed the letter.",
	"She studied at the [ORG London School of Economics].",
	"She studied at [ORG Stanford University] for a year.",
	"He reads the [ORG Washington Post] and the [ORG Wall Street Journal].",
	"[ORG Al Jazeera] aired the tape.",
	"[ORG Reuters] and the [ORG Associated Press] had the story.",
	"[ORG Fox News] and [ORG MSNBC] aired the debate.",
	"[ORG Manchester City] beat [ORG Real Madrid].",
	"The [ORG New York Yankees] beat the [ORG Boston Red Sox].",
	"The [ORG Dallas Cowboys] lost again.",
	"The [ORG Golden State Warriors] won the title.",
	"[ORG FIFA] banned the official.",
	"[ORG Pfizer] and [ORG BioNTech] made the vaccine.",
	"[ORG AstraZeneca] tested it in [GPE Brazil].",
	"[ORG Huawei] sells phones in [LOC Africa].",
	"[ORG Qatar Airways] and [ORG Lufthansa] added flights.",
	"[ORG Kenya Airways] cut jobs.",
	"The [ORG Harbor Street Merchants Association] objected.",
	"[ORG Morrow & Finch LLP] drew up the will.",
	"[ORG Larkspur Energy Inc.] drilled the well.",
	"The [ORG Whitlock Foundation] paid for the roof.",
	"The union, the [ORG United Auto Workers], called a strike.",
	// Peoples, religions, parties' members, languages.
	"[NORP Catholics] and [NORP Protestants] prayed together.",
	"A [NORP Democratic] governor signed it.",
	"[NORP Kenyan] runners won both races.",
	"The [NORP Kurdish] fighters held the hill.",
	"[NORP Palestinians] crossed at dawn.",
	"Two [NORP Americans] and a [NORP Canadian] were hurt.",
	"[NORP South Korean] ships joined them.",
	"[NORP North Korean] ships turned back.",
	"[NORP Native Americans] held the land.",
	"The [NORP Jewish] festival began at sunset.",
	"[NORP Sunni] and [NORP Shiite] leaders met.",
	"[NORP Latino] voters stayed home.",
	"[NORP Buddhist] monks led the march.",
	"The form was in [LANGUAGE Arabic] and [LANGUAGE Hindi].",
	// Laws, events, buildings, works, products.
	"It broke the [LAW Voting Rights Act], they said.",
	"He cited the [LAW First Amendment] twice.",
	"The [LAW Paris Agreement] was signed by many.",
	"The [LAW Clean Water Act] covers the creek.",
	"He fought in the [EVENT Vietnam War] as a young man.",
	"They lost the [EVENT Super Bowl] by three points.",
	"The [EVENT World Cup] drew a crowd.",
	"The march ended at the [FAC Lincoln Memorial].",
	"They crossed the [FAC Golden Gate Bridge] on foot.",
	"She read the [WORK_OF_ART Bible] every night.",
	// Headlines in Title Case and capitals.
	"[PERSON Trump] Signs Bill After Long Fight With [ORG Congress]",
	"[ORG Google] Fined by [ORG European Commission] Over Ads",
	"Floods Kill Dozens in [GPE Pakistan]",
	// Groups and lists.
	"They visited [GPE Spain], [GPE Portugal], [GPE Italy] and [GPE Greece].",
	"[PERSON Adams], [PERSON Jefferson] and [PERSON Madison] wrote letters.",
	// No names.
	"Hide Caption 3",
	"Nobody knew why the lights went out.",
	"The bank raised its rates, and the court agreed.",
	"However, the minister did not resign.",
	"What a day it was for the whole town.",
	"The river rose, the bridge fell, and the mayor wept.",
	"Yes, we can do that on the weekend.",
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
			{"Donald J. Trump", "Donald Trump", "person/donald-trump", "", "President"},
			{"Donald Trump", "Donald Trump", "person/donald-trump", "", ""},
		}},
		{"He flew from Alabama to France and saw Paris.", []identity{
			{"Alabama", "Alabama", "gpe/us/alabama", "iso3166:US-AL", ""},
			{"France", "France", "gpe/fr", "iso3166:FR", ""},
			{"Paris", "Paris", "gpe/fr/paris", "", ""},
		}},
		{"The Oakville Transit Authority (OTA) raised fares.\nThe OTA lost riders, and the Oakville Transit Authority lost money.", []identity{
			{"Oakville Transit Authority", "Oakville Transit Authority", "org/oakville-transit-authority", "", ""},
			{"OTA", "Oakville Transit Authority", "org/oakville-transit-authority", "", ""},
			{"OTA", "Oakville Transit Authority", "org/oakville-transit-authority", "", ""},
			{"Oakville Transit Authority", "Oakville Transit Authority", "org/oakville-transit-authority", "", ""},
		}},
		{"Mr. Obama met Ms. Merkel, and Ms. Merkel met Mr. Macron.", []identity{
			{"Obama", "Barack Obama", "person/barack-obama", "", "Mr."},
			{"Merkel", "Angela Merkel", "person/angela-merkel", "", "Ms."},
			{"Merkel", "Angela Merkel", "person/angela-merkel", "", "Ms."},
			{"Macron", "Emmanuel Macron", "person/emmanuel-macron", "", "Mr."},
		}},
		{"Barack Obama and Michelle Obama arrived.\nMr. Obama waved.", []identity{
			{"Barack Obama", "Barack Obama", "person/barack-obama", "", ""},
			{"Michelle Obama", "Michelle Obama", "person/michelle-obama", "", ""},
			{"Obama", "", "", "", "Mr."}, // two of that name
		}},
		{"Carl Merkel sold the farm.\nMr. Merkel moved to the coast.", []identity{
			{"Carl Merkel", "Carl Merkel", "person/carl-merkel", "", ""},
			{"Merkel", "Carl Merkel", "person/carl-merkel", "", "Mr."},
		}},
		{"A tour of the White House began, and the White House denied it.", []identity{
			{"White House", "White House", "fac/white-house", "", ""},
			{"White House", "White House", "fac/white-house", "", ""},
		}},
		{"Gov. Maria Pérez Soto spoke.\nPérez Soto left, and Mrs. Soto followed.", []identity{
			{"Maria Pérez Soto", "Maria Pérez Soto", "person/maria-perez-soto", "", "Gov."},
			{"Pérez Soto", "Maria Pérez Soto", "person/maria-perez-soto", "", ""},
			{"Soto", "Maria Pérez Soto", "person/maria-perez-soto", "", "Mrs."},
		}},
		{"Ana Pérez Soto and Juan Pérez Soto came.\nPérez Soto spoke.", []identity{
			{"Ana Pérez Soto", "Ana Pérez Soto", "person/ana-perez-soto", "", ""},
			{"Juan Pérez Soto", "Juan Pérez Soto", "person/juan-perez-soto", "", ""},
			{"Pérez Soto", "", "", "", ""},
		}},
		{"John Harlan Jr. voted.\nMr. Harlan left.", []identity{
			{"John Harlan Jr.", "John Harlan Jr.", "person/john-harlan-jr", "", ""},
			{"Harlan", "John Harlan Jr.", "person/john-harlan-jr", "", "Mr."},
		}},
		{"DANA WHITLOCK WINS\nMs. Whitlock thanked the city.", []identity{
			{"DANA WHITLOCK", "Dana Whitlock", "person/dana-whitlock", "", ""},
			{"Whitlock", "Dana Whitlock", "person/dana-whitlock", "", "Ms."},
		}},
		{"The World Health Organization warned, and WHO aides agreed.", []identity{
			{"World Health Organization", "World Health Organization", "org/who", "", ""},
			{"WHO", "World Health Organization", "org/who", "", ""},
		}},
		{"The FBI is the Federal Bureau of Investigation.", []identity{
			{"FBI", "Federal Bureau of Investigation", "org/fbi", "", ""},
			{"Federal Bureau of Investigation", "Federal Bureau of Investigation", "org/fbi", "", ""},
		}},
		{"Rain fell in Ontario and in Queensland.", []identity{
			{"Ontario", "Ontario", "gpe/ca/ontario", "iso3166:CA-ON", ""},
			{"Queensland", "Queensland", "gpe/au/queensland", "iso3166:AU-QLD", ""},
		}},
		{"The Ministry of Health met the High Court.", []identity{
			{"Ministry of Health", "", "", "", ""}, // which country's?
			{"High Court", "", "", "", ""},
		}},
		{"Aides of the Food and Agriculture Organization flew to Rome.", []identity{
			{"Food and Agriculture Organization", "Food and Agriculture Organization", "org/food-and-agriculture-organization", "", ""},
			{"Rome", "Rome", "gpe/it/rome", "", ""},
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
		"Jeff Sessions": "person/jeff-sessions", "Beto O'Rourke": "person/beto-orourke", "José  Álvarez": "person/jose-alvarez", "AT&T Inc.": "person/at-t-inc", "": "person/", "--": "person/",
	} {
		if got := slug("person", text); got != want {
			t.Errorf("slug(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestEnds(t *testing.T) {
	for _, c := range []struct {
		name, first, last string
		full              bool
	}{
		{"Dana Whitlock", "Dana", "Whitlock", true},
		{"Whitlock", "Whitlock", "Whitlock", false},
		{"Whitlock Jr.", "Whitlock", "Whitlock", false},
		{"Jr. Whitlock", "Jr.", "Whitlock", true},
		{"Dana\u00a0K.\nWhitlock, III", "Dana", "Whitlock,", true},
		{"Sam II Amsel Jr. IV", "Sam", "Amsel", true},
		{"", "", "", false},
	} {
		if first, last, full := ends(c.name); first != c.first || last != c.last || full != c.full {
			t.Errorf("ends(%q) = %q, %q, %v", c.name, first, last, full)
		}
	}
}

func TestSpaced(t *testing.T) {
	for text, want := range map[string]string{
		"Dana Whitlock": "Dana Whitlock", "Dana  K.\nWhitlock": "Dana K. Whitlock", "Ana\u00a0Ruiz": "Ana Ruiz",
		" José Ruiz ": "José Ruiz", "Ruiz ": "Ruiz", "": "", " ": "",
	} {
		if got := spaced(text); got != want {
			t.Errorf("spaced(%q) = %q, want %q", text, got, want)
		}
	}
}

func TestWithoutInitials(t *testing.T) {
	for name, want := range map[string]string{
		"Dana K. Whitlock": "Dana Whitlock", "J. R. Amsel": "J. Amsel", "J. Amsel": "J. Amsel", "Ruth É Adeyemi": "Ruth Adeyemi", "Ruth Bo Adeyemi": "Ruth Bo Adeyemi",
	} {
		if got := withoutInitials(name); got != want {
			t.Errorf("withoutInitials(%q) = %q, want %q", name, got, want)
		}
	}
}

func TestAbbreviates(t *testing.T) {
	for _, c := range []struct {
		short, full string
		want        bool
	}{
		{"OTA", "Oakville Transit Authority", true},
		{"DOT", "Department of Transportation", true},
		{"DT", "Department of Transportation", true},
		{"BO", "Bank of Oakville", true},
		{"ODH", "Ohio Department of Health", true},
		{"CDR", "Calder-Dunmore Railway", true},
		{"OTA", "Ohio Department of Health", false},
		{"MW", "United Mill Workers", false},
		{"O", "Oakville", false},
		{"OAK", "Oakville", false},
		{"ABCDE", "A B", false},
	} {
		if got := abbreviates(c.short, c.full); got != c.want {
			t.Errorf("abbreviates(%q, %q) = %v, want %v", c.short, c.full, got, c.want)
		}
	}
}

func TestBracketed(t *testing.T) {
	for text, want := range map[string]string{
		" (OTA) rose": "OTA", "( OTA ) rose": "OTA", "(G20)": "G20", " (Ota)": "", " (A)": "", " OTA": "", " (": "", "": "", " (ABCDEFGHIJK)": "", " (OTA": "",
	} {
		if got := bracketed(text); got != want {
			t.Errorf("bracketed(%q) = %q, want %q", text, got, want)
		}
	}
}

package sentences

import "strings"

// A kind says when the stop behind a word is part of the word.
type kind uint8

const (
	plain    kind = iota
	titled        // before a name: Mr. Sessions
	numbered      // before a number: No. 2
	month         // before a day, or at the end: Nov. 3
	letter        // a single letter: George W. Bush
	timed         // a.m., p.m.
	closing       // inside or at the end of a sentence: Inc., U.S., etc.
)

var kinds = func() map[string]kind {
	m := map[string]kind{}
	for _, l := range []struct {
		kind  kind
		words string
	}{
		{titled, `mr mrs ms mx messrs mme mlle dr drs prof profs rev revs fr hon msgr sr
			sen sens rep reps gov govs pres lt gen col maj capt cmdr cdr adm vadm brig sgt cpl pvt pfc spc ofc
			det insp supt amb atty attys asst st ste mt ft v vs viz cf e.g i.e eg ie ca approx
			p.s ps n.b attn esp ph then-sen then-gov then-rep ex-sen ex-gov ex-rep vice-pres lt-gov`},
		{numbered, "no nos n° nr fig figs vol vols pp p pg pgs sec ch chap art eq eqs para op tel ext app b d m r fl div"},
		{month, "jan feb mar apr jun jul aug sep sept oct nov dec"},
		{timed, "a.m p.m"},
		{closing, `inc co cos corp ltd llc plc bros assn assoc dept dist univ inst intl jr esq etc al
			u.s u.k u.n e.u u.s.a u.a.e d.c n.y l.a ph.d m.d b.a m.a b.s m.s j.d d.d.s r.n ed.d m.sc b.sc m.phil d.phil
			ave blvd rd hwy pkwy sq ln bldg apt
			ala ariz ark calif colo conn del fla ga ill ind kan ky la mass md mich minn miss mo mont neb nev okla ore pa
			penn tenn tex va vt wash wis wyo n.c s.c n.d s.d n.h n.j n.m r.i w.va
			mon tue tues wed thu thur thurs fri sat sun
			yr yrs hr hrs min mins sec secs lb lbs oz mph est`},
	} {
		for _, w := range strings.Fields(l.words) {
			m[w] = l.kind
		}
	}
	return m
}()

// needCapital are abbreviations that are ordinary words in lower case.
var needCapital = setOf(`no art sec fig app ill ind la mass miss mo pa wash ore sun sat mon fri wed mar gen col maj rep
	hon ga va md ft st fr mt inc ch min est co ave kan tex ark penn del`)

// lowerToo are those of them that are also written small before a number.
var lowerToo = setOf("p pp no fig vol")

// kindOf returns what the stop behind word, of shape sh, means.
func kindOf(word string, sh shape) kind {
	if len(word) == 1 {
		if sh == initial {
			return letter
		}
		switch word {
		case "p", "c", "b", "d", "m", "r":
			return numbered
		case "v":
			return titled
		}
		return plain
	}
	if len(word) > 3 && word[1] == '-' && (word[0] == 'D' || word[0] == 'R' || word[0] == 'I') && bytesClass[word[2]] == upperByte {
		return kindOf(word[2:], capital) // D-Mont.
	}
	if len(word) > 10 {
		if acronym(word) {
			return closing
		}
		return plain
	}
	var buf [12]byte
	for i := range len(word) {
		c := word[i]
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		buf[i] = c
	}
	k, ok := kinds[string(buf[:len(word)])]
	switch {
	case ok && sh == lower && needCapital[string(buf[:len(word)])] && word != "co" && word != "st":
		if k == numbered && lowerToo[word] {
			return numbered
		}
		return plain
	case ok:
		return k
	case acronym(word):
		return closing
	}
	return plain
}

// acronym reports whether word ends in a single letter behind a stop: F.B.I,
// debt-to-G.D.P
func acronym(word string) bool {
	n := len(word)
	return n >= 3 && word[n-2] == '.' && bytesClass[word[n-1]]&(lowerByte|upperByte) != 0
}

type words map[string]bool

func setOf(list string) words {
	m := words{}
	for _, w := range strings.Fields(list) {
		m[w] = true
	}
	return m
}

// has reports whether word is in the set, its first letter in either case.
func (s words) has(word string) bool {
	if len(word) == 0 || len(word) > 14 {
		return false
	}
	var buf [16]byte
	n := copy(buf[:], word)
	buf[0] |= 0x20
	return s[string(buf[:n])]
}

// starters are words that, capitalised behind an abbreviation, open a sentence.
var starters = setOf(`the a an this that these those it its he she they we you i his her their our your my
	he's she's it's they're we're you're i'm he’s she’s it’s they’re we’re you’re i’m that's that’s there's there’s i've i’ve i'll i’ll i'd i’d he'd he’d she'd she’d they'd they’d we'd we’d you'd you’d he'll he’ll she'll she’ll we'll we’ll they'll they’ll you'll you’ll it'll it’ll let's let’s what's what’s who's who’s here's here’s we've we’ve they've they’ve you've you’ve don't don’t
	there here who what when where why how which whose if although though while since because as after before until unless
	but and or so yet nor however moreover meanwhile then thus therefore still also instead indeed perhaps maybe
	in on at by for from with without to under over during despite through among between about according
	some many most several few all both each every one two another other others any no none nobody everyone someone
	is are was were did do does has have had can could will would should may might must
	not now once only even just last later earlier today yesterday nearly almost more much such let please
	yes well oh hey ok okay thanks click`)

// starts reports whether word may open a sentence but hardly goes on with a name.
func starts(word string) bool { return starters.has(word) }

// linkers are words that open a sentence and are set off by a comma.
var linkers = setOf(`yet still instead then however moreover meanwhile therefore nevertheless nonetheless also indeed
	perhaps maybe now once later earlier today yesterday recently finally first second third again there here thus
	and but or so besides otherwise ironically bizarrely oddly curiously notably apparently clearly unfortunately`)

func links(word string) bool { return linkers.has(word) }

// sayings are the verbs behind a speaker's name.
var sayings = setOf(`said says asked asks added adds told wrote writes tweeted replied answered continued recalled
	remarked noted responded exclaimed shouted yelled wondered joked quipped insisted declared explained argued
	warned demanded inquired posted say ask call called cried howled whispered muttered murmured began thought`)

func says(word string) bool { return sayings[word] }

// notes are the words that open and end an editor's note in brackets, as in
// encyclopedias: [citation needed], [better source needed], [update]
var notes = setOf("citation better clarification verification non-primary failed needed source update")

// credits come before the name of who made a picture.
var credits = setOf("image photo photograph photographer")

// figures come before the number of a picture or table.
var figures = setOf("figure table box exhibit")

// emoticons end the sentence that they stand behind.
var emoticons = setOf(`:) :-) :)) :] ;) ;-) =) =] ^_^ ^^ :( :-( :'( =( :d :-d ;d =d :p :-p ;p =p :o :-o :3 <3
	:D :-D ;D =D :P :-P ;P =P :O :-O :/ :-/ :| >:(`)

// smiles reports whether u is an emoticon.
func smiles(text string, u *unit) bool {
	if u.start < 0 || u.end-u.start > 4 || u.end-u.start < 2 {
		return false
	}
	switch text[u.start] {
	case ':', ';', '=', '^', '<', '>':
		return emoticons[text[u.start:u.end]]
	}
	return false
}

// shouts are names that end in an exclamation mark.
var shouts = setOf("yahoo jeopardy yum hamleys joomla")

func shouted(word string) bool { return shouts.has(word) }

// counters are words that a single letter counts or names: vitamin C, plan B.
var counters = setOf(`vitamin plan hepatitis grade type group class section part appendix exhibit schedule option
	category series team pool title point item`)

func counted(word string) bool { return counters.has(word) }

// timeNames may follow a.m. and p.m. within a sentence.
var timeNames = setOf(`monday tuesday wednesday thursday friday saturday sunday january february march april may june july
	august september october november december eastern central mountain pacific`)

// afterTime reports whether word may follow a.m. or p.m. within a sentence: a
// day, a month, a time zone.
func afterTime(word string) bool {
	if len(word) >= 2 && len(word) <= 4 && word[len(word)-1] == 'T' && word[0] <= 'Z' {
		return true
	}
	return timeNames.has(word) || word == "GMT" || word == "UTC"
}

// A class is a group of words of which the model knows more than it could learn
// of each.
type class uint8

const (
	other    class = iota
	opening        // starters
	farewell       // Thanks, Regards
	calendar       // timeNames
	greeting       // Hi, Dear
	none           // no word at all
)

// classes is a table of the words that have a class, by the hash of their core.
// Most units have none, which most often the first look tells.
var classes = func() (t [1 << classBits]struct {
	hash  uint32
	class class
}) {
	for _, l := range []struct {
		class class
		words words
	}{
		{greeting, setOf("hi hello hey dear all")},
		{calendar, timeNames},
		{farewell, setOf("thanks thank regards sincerely cheers love best wishes yours truly respectfully cordially thx bye")},
		{opening, starters},
	} {
		for w := range l.words {
			var u unit
			u.scan(w, 0)
			u.learn(w)
			i := u.hash % (1 << classBits)
			for t[i].class != other && t[i].hash != u.hash {
				i = (i + 1) % (1 << classBits)
			}
			t[i].hash, t[i].class = u.hash, l.class
		}
	}
	return t
}()

const classBits = 11

// class returns the class of u.
func (u *unit) class() class {
	if u.start < 0 || u.shape == empty {
		return none
	}
	i := u.hash % (1 << classBits)
	for classes[i].class != other && classes[i].hash != u.hash {
		i = (i + 1) % (1 << classBits)
	}
	return classes[i].class
}

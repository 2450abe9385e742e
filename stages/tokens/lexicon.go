package tokens

import "strings"

// A set is a small set of lower-case ASCII words of at most eight letters,
// kept as numbers so that a look-up costs no memory.
type set map[uint64]struct{}

func setOf(words string) set {
	s := set{}
	for _, w := range strings.Fields(words) {
		s[fold(w)] = struct{}{}
	}
	return s
}

func (s set) has(w string) bool {
	if len(w) == 0 || len(w) > 8 {
		return false
	}
	_, ok := s[fold(w)]
	return ok
}

// fold packs a word of at most eight bytes into a number, letters in lower case.
func fold(w string) uint64 {
	var n uint64
	for i := 0; i < len(w); i++ {
		c := w[i]
		if 'A' <= c && c <= 'Z' {
			c |= 0x20
		}
		n = n<<8 | uint64(c)
	}
	return n
}

var (
	// clitics follow an apostrophe and are tokens of their own, with it.
	clitics = setOf("s m d re ve ll")

	// elisions begin with an apostrophe that is no quotation mark.
	elisions = setOf("em til till cause tis twas cuz bout round n neath ere nuff im")

	// prefixes keep their hyphen and the word behind it, as in the treebanks.
	prefixes = setOf(`anti arch bi co counter cross cyber de e ex extra hyper infra inter intra macro mega micro mid
		mini multi neo non over para post pre pro proto pseudo psycho quasi re semi socio sub super
		trans tri ultra un under`)

	// suffixes stay with the word before their hyphen.
	suffixes = setOf("esque wise less fold ish ever")

	// units that stand behind a number are words.
	units = setOf(`am pm k m b bn mn mm cm km kg mg lb lbs oz ft sqft mi mph kph kw kwh mw mwh gw hz khz mhz ghz
		kb mb gb tb min mins hr hrs sec secs yr yrs cc ml dpi fps bps bbl x`)

	// domains end the host part of an address.
	domains = setOf(`com org net gov edu mil int info biz co uk us tv io ca au de fr eu nz ie fm ly gl html htm php
		doc docx pdf xls xlsx ppt jpg jpeg png gif txt mp exe zip url dtf news app dev`)

	// plainDomains may also be the next sentence's first word or an ordinary
	// one, and count only where a path or another dot comes before or behind.
	plainDomains = setOf("us de co news app dev int info mp ie au ca fr eu url")

	// groups open the names of newsgroups.
	groups = setOf("alt comp misc rec sci soc talk biz")

	// slashed are words written with a slash.
	slashed = setOf("s/he w/o w/out n/a b/c l/c i/c i/s i/o a/k/a b/t")

	// currencyLetters may stand before a dollar sign, in one token with it.
	currencyLetters = setOf("us u c a nz hk s au ca r nt")

	// abbreviated words keep their stop inside a sentence.
	abbreviated = setOf(`mr mrs ms mx messrs mmes mlle mme dr drs prof sr jr rev fr hon esq st ste mt ft
		sen sens rep reps gov govs pres sec treas del atty attys amb asst dir supt
		gen lt col maj capt cmdr cdr adm sgt cpl pvt brig det insp ofc spc pfc
		inc corp co cos ltd llc plc bros assn assoc dept dist univ inst intl natl mfg mgmt div conf comm
		jan feb mar apr jun jul aug sep sept oct nov dec mon tue tues wed thu thur thurs fri sat sun
		no nos fig figs eq eqs vol vols ed eds pp pg pgs ch chap sect art para p no. cf vs v viz al ibid op cit
		etc eg ie esp incl excl approx appt est ext attn tel mob ca c b d circa min max misc orig
		ave blvd rd hwy pkwy sq ln ct rt rte apt bldg fl rm ste
		ala ariz ark calif colo conn fla ga ill ind kan ky la mass md mich minn miss mo mont neb nev okla ore pa
		penn tenn tex va vt wash wis wyo dak ont que
		yr yrs hr hrs wk wks mo mos lb lbs oz ft mph sq cu temp
		spec arrv arr dep ret rec dom gal pt pts qt doz bbl gov ph sc phil dem rel repub`)

	// afterItIs are words before which "its" is a slip for "it's".
	afterItIs = setOf("not a an the been just so also nothing from in for as now really simply too")

	// fused words are parted after so many letters.
	fused = map[uint64]int{
		fold("cannot"): 3, fold("gonna"): 3, fold("wanna"): 3, fold("gotta"): 3, fold("gimme"): 3, fold("lemme"): 3,
		fold("dont"): 2, fold("didnt"): 3, fold("doesnt"): 4, fold("wont"): 2, fold("cant"): 2, fold("isnt"): 2,
		fold("wasnt"): 3, fold("arent"): 3, fold("werent"): 4, fold("havent"): 4, fold("hasnt"): 3, fold("hadnt"): 3,
		fold("couldnt"): 5, fold("wouldnt"): 5, fold("shouldnt"): 6, fold("aint"): 2, fold("im"): 1, fold("ive"): 1,
		fold("youre"): 3, fold("theyre"): 4, fold("youll"): 3, fold("youve"): 3, fold("theyve"): 4, fold("thats"): 4,
		fold("whats"): 4, fold("theres"): 5, fold("arnt"): 2,
		fold("outta"): 3, fold("lotta"): 3, fold("itll"): 2, fold("hes"): 2, fold("shes"): 3,
	}
)

func clitic(s string) bool { return len(s) <= 2 && clitics.has(s) }

func elided(s string) bool { return elisions.has(s) }

func abbreviation(s string) bool { return abbreviated.has(s) }

func currencyPrefix(s string) bool { return len(s) <= 2 && currencyLetters.has(s) }

func unit(s string) bool { return units.has(s) && s != "X" && s != "B" }

// degree reports whether s is the first half of a degree: Ph, as in Ph.D.
func degree(s string) bool { return s == "Ph" || s == "Ed" || s == "Psy" || s == "Sc" }

// fusedLengths tells by first and last letter how long the fused words and
// "its" are, a bit for each length, so that other words need no look-up.
var fusedLengths = func() (t [32][32]uint16) {
	t['i'&31]['s'&31] = 1 << len("its")
	for w := range fused {
		n, first := 0, w
		for ; first > 0xFF; first >>= 8 {
			n++
		}
		t[first&31][w&31] |= 1 << (n + 1)
	}
	return t
}()

// mayBeFused reports whether s is as long as a word, or two, with its first and last letter.
func mayBeFused(s string) bool {
	return fusedLengths[s[0]&31][s[len(s)-1]&31]>>len(s)&1 != 0
}

package entities

import "sync"

// A kind is a word's part in the grammar of numbers and times.
type kind uint8

const (
	none      kind = iota
	numWord        // one, twenty: val is the number
	scale          // hundred, million: val is the power of ten
	dozen          // dozen: val is 12
	scales         // hundreds, millions, dozens
	ordWord        // first, tenth: val is the number
	month          // val is 1 to 12
	weekday        // val is 0 for Sunday
	clockUnit      // second, minute, hour: val is the letter of its ISO duration
	dateUnit       // day, week, month, year, ...: val is a dateUnit constant
	season         // val is the EDTF season, 21 to 24
	relDay         // yesterday -1, today 0, tomorrow 1
	dayPart        // morning, night: val is the TIMEX3 part of day
	fixedTime      // noon 12, midnight 0
	nearby         // last -1, this 0, next 1, past -2
	ago            // ago -1; later, earlier, old, ...: val is 0
	symbol         // $: val is an index into currencies
	coin           // dollars: val is an index into currencies
	cent           // cents: val is an index into currencies
	percent        // %, percent
	points         // percentage
	unit           // miles: val is an index into units
	amPm           // a.m. 0, p.m. 12
	zone           // ET, GMT
	article        // a, an
	to             // to, and: what may stand between two numbers
	hyphen         // hyphen or dash
	comma
	of
	part     // third, half, quarter after a number: val is the denominator
	leadIn   // in, since, by: words before a year or month
	century  // century, centuries
	fiscal   // fiscal
	early    // early, late, mid
	notCount // no, this, that, another: words after which "one" counts nothing
	numberNo // No.
	future   // will, scheduled
	telling  // said, told: words behind which the sentence looks back again
	ten      // the digits of a token that is a number; set by the grammar, not by the table
)

// Values of dateUnit.
const (
	unitDay = iota
	unitWeek
	unitMonth
	unitQuarter
	unitYear
	unitDecade
	unitCentury
	unitWeekend
	unitSeason
)

// A lexeme is a word's meaning in the grammar.
type lexeme struct {
	kind kind
	val  int16
}

var currencies = [...]string{"USD", "EUR", "GBP", "JPY", "CNY", "INR", "CAD", "AUD", "CHF", "RUB", "KRW", "ZAR", "NGN", "MXN", "BRL", "ILS", "TRY", "SAR", "KES", "GHS", "PHP", "THB", "MYR", "IDR", "VND", "HKD", "SGD", "NZD", "SEK", "CRC", "UAH", "PKR", "BTC", ""}

var units = [...]string{"mi", "km", "m", "cm", "mm", "ft", "in", "yd", "acre", "ha", "lb", "kg", "g", "mg", "oz", "t", "gal", "l", "ml", "bbl", "mph", "km/h", "deg", "sq mi", "W", "kW", "MW", "GW", "kWh", "B", "KB", "MB", "GB", "TB", "Hz", "MHz", "GHz", "kt", "cal", "px", "dB"}

// lexicalWords lists the words of each lexeme.
var lexicalWords = []struct {
	lexeme
	words string
}{
	{lexeme{numWord, 0}, "zero"}, {lexeme{numWord, 1}, "one"}, {lexeme{numWord, 2}, "two"}, {lexeme{numWord, 3}, "three"},
	{lexeme{numWord, 4}, "four"}, {lexeme{numWord, 5}, "five"}, {lexeme{numWord, 6}, "six"}, {lexeme{numWord, 7}, "seven"},
	{lexeme{numWord, 8}, "eight"}, {lexeme{numWord, 9}, "nine"}, {lexeme{numWord, 10}, "ten"}, {lexeme{numWord, 11}, "eleven"},
	{lexeme{numWord, 12}, "twelve"}, {lexeme{numWord, 13}, "thirteen"}, {lexeme{numWord, 14}, "fourteen"}, {lexeme{numWord, 15}, "fifteen"},
	{lexeme{numWord, 16}, "sixteen"}, {lexeme{numWord, 17}, "seventeen"}, {lexeme{numWord, 18}, "eighteen"}, {lexeme{numWord, 19}, "nineteen"},
	{lexeme{numWord, 20}, "twenty"}, {lexeme{numWord, 30}, "thirty"}, {lexeme{numWord, 40}, "forty"}, {lexeme{numWord, 50}, "fifty"},
	{lexeme{numWord, 60}, "sixty"}, {lexeme{numWord, 70}, "seventy"}, {lexeme{numWord, 80}, "eighty"}, {lexeme{numWord, 90}, "ninety"},
	{lexeme{scale, 2}, "hundred"}, {lexeme{scale, 3}, "thousand"}, {lexeme{scale, 5}, "lakh"}, {lexeme{scale, 6}, "million mn"},
	{lexeme{scale, 7}, "crore"}, {lexeme{scale, 9}, "billion bn"}, {lexeme{scale, 12}, "trillion"},
	{lexeme{dozen, 12}, "dozen"},
	{lexeme{scales, 0}, "hundreds thousands millions billions trillions dozens tens scores lakhs crores"},
	{lexeme{ordWord, 1}, "first"}, {lexeme{ordWord, 2}, "second"}, {lexeme{ordWord, 3}, "third"}, {lexeme{ordWord, 4}, "fourth"},
	{lexeme{ordWord, 5}, "fifth"}, {lexeme{ordWord, 6}, "sixth"}, {lexeme{ordWord, 7}, "seventh"}, {lexeme{ordWord, 8}, "eighth"},
	{lexeme{ordWord, 9}, "ninth"}, {lexeme{ordWord, 10}, "tenth"}, {lexeme{ordWord, 11}, "eleventh"}, {lexeme{ordWord, 12}, "twelfth"},
	{lexeme{ordWord, 13}, "thirteenth"}, {lexeme{ordWord, 14}, "fourteenth"}, {lexeme{ordWord, 15}, "fifteenth"},
	{lexeme{ordWord, 16}, "sixteenth"}, {lexeme{ordWord, 17}, "seventeenth"}, {lexeme{ordWord, 18}, "eighteenth"},
	{lexeme{ordWord, 19}, "nineteenth"}, {lexeme{ordWord, 20}, "twentieth"}, {lexeme{ordWord, 30}, "thirtieth"},
	{lexeme{ordWord, 40}, "fortieth"}, {lexeme{ordWord, 50}, "fiftieth"}, {lexeme{ordWord, 60}, "sixtieth"},
	{lexeme{ordWord, 100}, "hundredth"}, {lexeme{ordWord, 1000}, "thousandth"},
	{lexeme{month, 1}, "january jan."}, {lexeme{month, 2}, "february feb. feb"}, {lexeme{month, 3}, "march mar."}, {lexeme{month, 4}, "april apr."},
	{lexeme{month, 5}, "may"}, {lexeme{month, 6}, "june jun."}, {lexeme{month, 7}, "july jul."}, {lexeme{month, 8}, "august aug. aug"},
	{lexeme{month, 9}, "september sept. sep. sept"}, {lexeme{month, 10}, "october oct. oct"}, {lexeme{month, 11}, "november nov. nov"}, {lexeme{month, 12}, "december dec. dec"},
	{lexeme{weekday, 0}, "sunday sun."}, {lexeme{weekday, 1}, "monday mon."}, {lexeme{weekday, 2}, "tuesday tue. tues."}, {lexeme{weekday, 3}, "wednesday wed."},
	{lexeme{weekday, 4}, "thursday thu. thur. thurs."}, {lexeme{weekday, 5}, "friday fri."}, {lexeme{weekday, 6}, "saturday sat."},
	{lexeme{clockUnit, 'S'}, "seconds sec. secs"}, {lexeme{clockUnit, 'M'}, "minute minutes min. mins"}, {lexeme{clockUnit, 'H'}, "hour hours hrs"},
	{lexeme{dateUnit, unitDay}, "day days"}, {lexeme{dateUnit, unitWeek}, "week weeks"}, {lexeme{dateUnit, unitMonth}, "month months"},
	{lexeme{dateUnit, unitQuarter}, "quarter quarters"}, {lexeme{dateUnit, unitYear}, "year years"}, {lexeme{dateUnit, unitDecade}, "decade decades"},
	{lexeme{dateUnit, unitWeekend}, "weekend weekends"}, {lexeme{century, 0}, "century centuries"},
	{lexeme{season, 21}, "spring"}, {lexeme{season, 22}, "summer"}, {lexeme{season, 23}, "fall autumn"}, {lexeme{season, 24}, "winter"},
	{lexeme{relDay, -1}, "yesterday"}, {lexeme{relDay, 0}, "today"}, {lexeme{relDay, 1}, "tomorrow"},
	{lexeme{dayPart, 0}, "morning"}, {lexeme{dayPart, 1}, "afternoon"}, {lexeme{dayPart, 2}, "evening"}, {lexeme{dayPart, 3}, "night"}, {lexeme{dayPart, 4}, "tonight"},
	{lexeme{fixedTime, 12}, "noon"}, {lexeme{fixedTime, 0}, "midnight"},
	{lexeme{nearby, -1}, "last"}, {lexeme{nearby, 0}, "this"}, {lexeme{nearby, 1}, "next"}, {lexeme{nearby, -2}, "past previous recent coming"},
	{lexeme{ago, -1}, "ago"}, {lexeme{ago, 0}, "later earlier old"},
	{lexeme{symbol, 0}, "$ us$ usd u.s.$"}, {lexeme{symbol, 1}, "€ eur"}, {lexeme{symbol, 2}, "£ gbp"}, {lexeme{symbol, 3}, "¥"}, {lexeme{symbol, 5}, "₹ rs rs. inr"},
	{lexeme{symbol, 6}, "c$ ca$ cad"}, {lexeme{symbol, 7}, "a$ au$ aud"}, {lexeme{symbol, 9}, "₽"}, {lexeme{symbol, 10}, "₩"}, {lexeme{symbol, 12}, "₦"},
	{lexeme{symbol, 15}, "₪"}, {lexeme{symbol, 16}, "₺"}, {lexeme{symbol, 18}, "ksh ksh. kes"}, {lexeme{symbol, 19}, "gh¢ gh₵ ₵"}, {lexeme{symbol, 20}, "₱"}, {lexeme{symbol, 21}, "฿"},
	{lexeme{symbol, 22}, "rm"}, {lexeme{symbol, 25}, "hk$"}, {lexeme{symbol, 26}, "s$"}, {lexeme{symbol, 27}, "nz$"}, {lexeme{symbol, 29}, "₡"}, {lexeme{symbol, 30}, "₴"},
	{lexeme{symbol, 14}, "r$"},
	{lexeme{coin, 0}, "dollar dollars buck bucks"}, {lexeme{coin, 1}, "euro euros"}, {lexeme{coin, 3}, "yen"}, {lexeme{coin, 4}, "yuan renminbi"},
	{lexeme{coin, 5}, "rupee rupees"}, {lexeme{coin, 9}, "ruble rubles rouble roubles"}, {lexeme{coin, 10}, "won"}, {lexeme{coin, 11}, "rand"}, {lexeme{coin, 12}, "naira"},
	{lexeme{coin, 15}, "shekel shekels"}, {lexeme{coin, 16}, "lira lire"}, {lexeme{coin, 17}, "riyal riyals"}, {lexeme{coin, 19}, "cedi cedis"}, {lexeme{coin, 21}, "baht"},
	{lexeme{coin, 22}, "ringgit"}, {lexeme{coin, 23}, "rupiah"}, {lexeme{coin, 24}, "dong"}, {lexeme{coin, 28}, "krona kronor"}, {lexeme{coin, 29}, "colones"}, {lexeme{coin, 30}, "hryvnia hryvnias"},
	{lexeme{coin, 32}, "bitcoins"}, {lexeme{coin, 33}, "peso pesos franc francs dinar dinars shilling shillings reais crowns"},
	{lexeme{cent, 0}, "cent cents"}, {lexeme{cent, 2}, "pence"},
	{lexeme{percent, 0}, "% percent pct pct."}, {lexeme{points, 0}, "percentage"},
	{lexeme{unit, 0}, "mile miles"}, {lexeme{unit, 1}, "kilometer kilometers kilometre kilometres km kms"}, {lexeme{unit, 2}, "meter meters metre metres"},
	{lexeme{unit, 3}, "centimeter centimeters centimetre centimetres cm"}, {lexeme{unit, 4}, "millimeter millimeters millimetre millimetres mm"},
	{lexeme{unit, 5}, "foot feet ft ft."}, {lexeme{unit, 6}, "inch inches"}, {lexeme{unit, 7}, "yard yards"}, {lexeme{unit, 8}, "acre acres"},
	{lexeme{unit, 9}, "hectare hectares"}, {lexeme{unit, 10}, "lb lb. lbs lbs. pound pounds"}, {lexeme{unit, 11}, "kilogram kilograms kilo kilos kg kgs"},
	{lexeme{unit, 12}, "gram grams"}, {lexeme{unit, 13}, "milligram milligrams mg"}, {lexeme{unit, 14}, "ounce ounces oz oz."},
	{lexeme{unit, 15}, "ton tons tonne tonnes"}, {lexeme{unit, 16}, "gallon gallons"}, {lexeme{unit, 17}, "liter liters litre litres"}, {lexeme{unit, 18}, "milliliter milliliters millilitres ml"},
	{lexeme{unit, 19}, "barrel barrels"}, {lexeme{unit, 20}, "mph"}, {lexeme{unit, 21}, "kph km/h kmh"}, {lexeme{unit, 22}, "degree degrees °"},
	{lexeme{unit, 24}, "watt watts"}, {lexeme{unit, 25}, "kilowatt kilowatts kw"}, {lexeme{unit, 26}, "megawatt megawatts mw"}, {lexeme{unit, 27}, "gigawatt gigawatts gw"},
	{lexeme{unit, 28}, "kwh"}, {lexeme{unit, 29}, "byte bytes"}, {lexeme{unit, 30}, "kilobyte kilobytes kb"}, {lexeme{unit, 31}, "megabyte megabytes mb"},
	{lexeme{unit, 32}, "gigabyte gigabytes gb"}, {lexeme{unit, 33}, "terabyte terabytes tb"}, {lexeme{unit, 34}, "hertz hz"}, {lexeme{unit, 35}, "megahertz mhz"}, {lexeme{unit, 36}, "gigahertz ghz"},
	{lexeme{unit, 37}, "kiloton kilotons"}, {lexeme{unit, 38}, "calorie calories"}, {lexeme{unit, 40}, "decibel decibels"},
	{lexeme{amPm, 0}, "a.m. am a.m"}, {lexeme{amPm, 12}, "p.m. pm p.m"},
	{lexeme{zone, 0}, "et est edt ct cst cdt mt mst mdt pt pst pdt gmt utc bst cet cest ist jst eastern"},
	{lexeme{article, 0}, "a an"}, {lexeme{to, 0}, "to"}, {lexeme{to, 1}, "and or"}, {lexeme{hyphen, 0}, "- – — -- ‑"}, {lexeme{comma, 0}, ","}, {lexeme{of, 0}, "of"},
	{lexeme{part, 3}, "thirds"}, {lexeme{part, 2}, "half halves"}, {lexeme{part, 4}, "fourths"}, {lexeme{part, 5}, "fifths"}, {lexeme{part, 6}, "sixths"},
	{lexeme{part, 7}, "sevenths"}, {lexeme{part, 8}, "eighths"}, {lexeme{part, 10}, "tenths"},
	{lexeme{leadIn, 0}, "in since by until till from during before after around through throughout between ( the on"},
	{lexeme{fiscal, 0}, "fiscal"}, {lexeme{early, 0}, "early late mid"},
	{lexeme{notCount, 0}, "no that another each every any which some only other"}, {lexeme{numberNo, 0}, "no. nos."},
	{lexeme{future, 0}, "will scheduled upcoming 'll"},
	{lexeme{telling, 0}, "said told announced tweeted wrote reported confirmed was were did"},
}

// lexicon maps the hash of a word to its lexeme: an open table of a power of
// two slots, at most a third of them taken.
type lexicon struct {
	keys   [2048]uint64
	values [2048]lexeme
}

var lexicalTable = sync.OnceValue(func() *lexicon {
	l := new(lexicon)
	for _, e := range lexicalWords {
		for rest := e.words; rest != ""; {
			var w string
			w, rest = cutWord(rest)
			h, _ := scan(w)
			i := h % uint64(len(l.keys))
			for l.keys[i] != 0 && l.keys[i] != h {
				i = (i + 1) % uint64(len(l.keys))
			}
			l.keys[i], l.values[i] = h, e.lexeme
		}
	}
	return l
})

// cutWord parts s at its first space.
func cutWord(s string) (word, rest string) {
	for i := range len(s) {
		if s[i] == ' ' {
			return s[:i], s[i+1:]
		}
	}
	return s, ""
}

// get returns the lexeme of the word with hash h, the zero lexeme when it has none.
func (l *lexicon) get(h uint64) lexeme {
	for i := h % uint64(len(l.keys)); ; i = (i + 1) % uint64(len(l.keys)) {
		if l.keys[i] == h {
			return l.values[i]
		}
		if l.keys[i] == 0 {
			return lexeme{}
		}
	}
}

package sentiment

// A scope is what the words read so far do to those to come: in an octal digit
// for each of the next six words, the first in the lowest, whether it is Negated,
// Stronger or Weaker, and above the digits the other contexts, which last.
type scope uint32

// The digits, of this many bits each, and all that is below the lasting contexts.
const (
	digitBits = 3
	digitsEnd = 6 * digitBits
	digits    = 1<<digitsEnd - 1
)

// What words begin and end.
const (
	denied    = scope(Negated) * 0o111111 // six words
	stronger  = scope(Stronger) * 0o11    // two words
	weaker    = scope(Weaker) * 0o11
	degrees   = stronger | weaker
	clause    = scope(Imagined|Conceded|Compared|Reported) << digitsEnd
	quotation = scope(Quoted) << digitsEnd
	afterBut  = scope(After) << digitsEnd
)

// An effect is what a word of some class does to the scope in which it stands.
type effect struct {
	here change // for the word itself and those behind it
	then change // for those behind it
}

// A change takes contexts away, and then adds those that are not there and takes
// away those that are.
type change struct{ drop, flip scope }

// begin is the change that adds contexts, some of which may be there.
func begin(s scope) change { return change{drop: s, flip: s} }

// effects are by class.
var effects = [...]effect{
	stop:        {here: change{drop: digits | clause}},
	question:    {here: change{drop: digits | clause}},
	opening:     {here: begin(quotation)},
	closing:     {here: change{drop: quotation}},
	quote:       {then: change{flip: quotation}},
	negator:     {then: begin(denied)},
	only:        {here: change{drop: denied}},
	booster:     {then: change{drop: degrees, flip: stronger}},
	downtoner:   {then: change{drop: degrees, flip: weaker}},
	conditional: {then: begin(scope(Imagined) << digitsEnd)},
	concession:  {then: begin(scope(Conceded) << digitsEnd)},
	contrast:    {here: change{drop: digits | clause | afterBut, flip: afterBut}},
	report:      {then: begin(scope(Reported) << digitsEnd)},
	than:        {then: begin(scope(Compared) << digitsEnd)},
}

// of returns s as the change leaves it. Like what follows, it has no branches:
// which words change something, a processor cannot guess.
func (c change) of(s scope) scope { return s&^c.drop ^ c.flip }

// contexts returns what holds for the next word.
func (s scope) contexts() Context { return Context(s)&(1<<digitBits-1) | Context(s>>digitsEnd) }

// next returns s as it is behind that word.
func (s scope) next() scope { return s&digits>>digitBits | s&^digits }

// A classSet holds a bit for each class.
type classSet uint32

func (s classSet) has(c class) bool { return s>>c&1 != 0 }

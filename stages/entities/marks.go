package entities

// A Mark is a word's place in a name: B first, I inside, E last, S alone. A
// facility has B and I only, and all other names (NORP, products, events, laws,
// works, languages) are runs of Misc, whose label the lists decide.
type Mark uint8

// The marks.
const (
	Out Mark = iota
	PerB
	PerI
	PerE
	PerS
	OrgB
	OrgI
	OrgE
	OrgS
	LocB
	LocI
	LocE
	LocS
	FacB
	FacI
	Misc
	NumMarks
)

// A Name is a type of name the model tells apart.
type Name uint8

// The types.
const (
	NoName Name = iota
	PerName
	OrgName
	LocName
	FacName
	MiscName
	NumNames
)

// markNames gives the type of each mark.
var markNames = [NumMarks]Name{NoName, PerName, PerName, PerName, PerName, OrgName, OrgName, OrgName, OrgName,
	LocName, LocName, LocName, LocName, FacName, FacName, MiscName}

// Name returns the type of name t is part of.
func (t Mark) Name() Name { return markNames[t] }

// Marks returns the marks of a name of n words, for its first, inner and last word.
func (n Name) Marks(words int) (first, inner, last Mark) {
	switch n {
	case PerName, OrgName, LocName:
		b := PerB + Mark(n-PerName)*4
		if words == 1 {
			return b + 3, b + 3, b + 3
		}
		return b, b + 1, b + 2
	case FacName:
		return FacB, FacI, FacI
	case MiscName:
		return Misc, Misc, Misc
	}
	return Out, Out, Out
}

// open reports whether a name must go on behind t.
func (t Mark) open() bool { return t >= PerB && t <= LocI && (t-PerB)%4 < 2 }

// inner reports whether t goes on with a name begun before.
func (t Mark) inner() bool {
	return t >= PerB && t <= LocE && ((t-PerB)%4 == 1 || (t-PerB)%4 == 2) || t == FacI
}

// Follows reports whether t can stand behind before. A sentence begins and
// ends as if Out stood around it.
func (t Mark) Follows(before Mark) bool {
	if t.inner() {
		return before.Name() == t.Name() && (before.open() || before == FacB || before == FacI)
	}
	return !before.open()
}

// behind and before are the marks that can stand behind and before a mark, as sets.
var behind, before = func() (behind, before [NumMarks]uint16) {
	for a := range NumMarks {
		for b := range NumMarks {
			if b.Follows(a) {
				behind[a] |= 1 << b
				before[b] |= 1 << a
			}
		}
	}
	return behind, before
}()

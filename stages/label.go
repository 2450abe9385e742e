package stages

// Label is the type of an entity, after OntoNotes 5.
type Label uint8

// The labels.
const (
	Person   Label = iota
	NORP           // nationalities, religious and political groups
	Facility       // FAC: buildings, airports, highways, bridges
	Org
	GPE // countries, states, cities
	Loc // other places: mountain ranges, seas, regions
	Product
	Event
	WorkOfArt
	Law
	Language
	Date
	Time
	Percent
	Money
	Quantity
	Ordinal
	Cardinal
	numLabels
)

// Labels holds the names of the labels in the dataset, by Label.
var Labels = [numLabels]string{
	"PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT", "WORK_OF_ART", "LAW", "LANGUAGE",
	"DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL",
}

// String returns the label's name in the dataset.
func (l Label) String() string { return Labels[l] }

// Numeric reports whether l is a time or number rather than a name.
func (l Label) Numeric() bool { return l >= Date }

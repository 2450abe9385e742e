package stages

import (
	"slices"
	"strings"
)

// Flag is something a reader of the dataset should know about a document:
// a repair, or an oddity that was left as it was.
type Flag uint8

// The flags. FlagDocs says what each means.
const (
	FlagEmpty Flag = iota
	FlagDecoded
	FlagUTF8Replaced
	FlagNULRemoved
	FlagControl
	FlagInvisible
	FlagBidi
	FlagZalgo
	FlagMojibake
	FlagCP1252
	FlagEntity
	FlagTag
	FlagLigature
	FlagSpaces
	FlagUnwrapped
	FlagUnglued
	FlagNormalized
	FlagSplitForced
	FlagContinues
	FlagDuplicateID
	FlagNotEnglish
	FlagTitleAdded
	FlagDateUnread
	FlagPromptLike
	numFlags
)

// FlagDocs names and explains each flag, by Flag.
var FlagDocs = [numFlags]struct{ Name, Doc string }{
	FlagEmpty:        {"empty", "no text is left after cleaning"},
	FlagDecoded:      {"decoded", "the file was not UTF-8 and was decoded; see encoding"},
	FlagUTF8Replaced: {"utf8_replaced", "bytes that are no character in any likely encoding, replaced by U+FFFD"},
	FlagNULRemoved:   {"nul_removed", "NUL bytes taken out"},
	FlagControl:      {"control_removed", "control characters taken out"},
	FlagInvisible:    {"invisible_removed", "zero-width characters, soft hyphens and tag characters taken out"},
	FlagBidi:         {"bidi_removed", "direction controls taken out"},
	FlagZalgo:        {"zalgo", "combining marks beyond eight on one letter taken out"},
	FlagMojibake:     {"mojibake", "stretches of doubly encoded text put right"},
	FlagCP1252:       {"cp1252", "Windows-1252 bytes inside UTF-8 text put right"},
	FlagEntity:       {"html_entity", "HTML character references resolved"},
	FlagTag:          {"html_tag", "stray HTML tags taken out"},
	FlagLigature:     {"ligature", "typographic ligatures spelt out"},
	FlagSpaces:       {"spaces", "runs of spaces and special spaces made one space"},
	FlagUnwrapped:    {"unwrapped", "hard line breaks inside paragraphs joined"},
	FlagUnglued:      {"unglued", "a date and a word that had grown together parted"},
	FlagNormalized:   {"normalized", "characters brought to their composed form (NFC)"},
	FlagSplitForced:  {"split_forced", "sentences cut because they were too long"},
	FlagContinues:    {"continues", "sentences broken in two by a line that is not the article"},
	FlagDuplicateID:  {"duplicate_id", "another record of the file has the same id; the line number was added"},
	FlagNotEnglish:   {"not_english", "the text does not look like English; the stages are made for English"},
	FlagTitleAdded:   {"title_added", "the headline comes from the record's title field, not from its text"},
	FlagDateUnread:   {"date_unread", "the record's date field could not be read as one certain day"},
	FlagPromptLike:   {"prompt_like", "phrases that read like orders to a language model, in removed blocks too; kept as they are"},
}

// Flags counts flags, by Flag.
type Flags [numFlags]int32

// Add counts flag f n more times.
func (f *Flags) Add(flag Flag, n int) { f[flag] += int32(n) }

// String returns the flag's name in the dataset.
func (f Flag) String() string { return FlagDocs[f].Name }

// SortedFlags returns all flags in the order of their names.
func SortedFlags() []Flag {
	all := make([]Flag, numFlags)
	for i := range all {
		all[i] = Flag(i)
	}
	slices.SortFunc(all, func(a, b Flag) int { return strings.Compare(a.String(), b.String()) })
	return all
}

package main

import (
	"encoding/json"
	"fmt"
	"html"
	"io"
	"strings"
	"unicode"

	"pressrow/stages"
	"pressrow/stages/clean"
)

// A repairCase is a broken (or whole) text and what it should read.
type repairCase struct {
	Original      *string
	Fixed         *string
	FixedEncoding *string `json:"fixed-encoding"`
}

// scoreRepair counts the cases that clean puts right, or leaves alone where
// nothing is wrong.
//
// The cases are ftfy's: fixed is what its fix_text gives, fixed-encoding the
// encoding repair alone. fix_text also makes quotes straight, which clean does
// not, and clean tidies spaces, which fix_text does not; so a case passes when
// clean's text equals either, all of them seen through plainForm. Cases that
// ftfy itself is known to fail (expect: fail) count like all others: what is
// right does not depend on who can do it.
func scoreRepair(r io.Reader, note note) ([]measure, error) {
	var cases []repairCase
	if err := json.NewDecoder(r).Decode(&cases); err != nil {
		return nil, fmt.Errorf("%v: %w", err, errForm)
	}
	passed := 0
	var d stages.Document
	for i, c := range cases {
		if c.Original == nil || c.Fixed == nil && c.FixedEncoding == nil {
			return nil, fmt.Errorf("case %d has no original or nothing fixed: %w", i+1, errForm)
		}
		d.Reset()
		d.ID = fmt.Sprint(i + 1)
		d.Raw = []byte(*c.Original)
		if err := through(&d, clean.Text); err != nil {
			note("case %d: %v", i+1, err)
			continue
		}
		if got := plainForm(d.Text); is(got, c.Fixed) || is(got, c.FixedEncoding) {
			passed++
		}
	}
	return []measure{count("passed", passed), count("total", len(cases))}, nil
}

func is(got string, want *string) bool { return want != nil && got == plainForm(*want) }

// plainForm takes out of a text what has nothing to do with its encoding and
// what repairers do or leave as they please: it resolves HTML references,
// makes quotes straight, spells ligatures out, makes wide letters plain, takes
// out terminal escapes, control and invisible characters, and makes each run
// of white space, line breaks too, one space.
func plainForm(s string) string {
	s = plainer.Replace(html.UnescapeString(withoutEscapes(s)))
	s = strings.Map(func(r rune) rune {
		switch {
		case unicode.IsSpace(r):
			return ' '
		case unicode.Is(unicode.Cc, r), unicode.Is(unicode.Cf, r):
			return -1
		case r >= '！' && r <= '～':
			return r - '！' + '!'
		}
		return r
	}, s)
	return strings.Join(strings.Fields(s), " ")
}

var plainer = strings.NewReplacer(
	"‘", "'", "’", "'", "‚", "'", "‛", "'", "ʼ", "'",
	"“", `"`, "”", `"`, "„", `"`, "‟", `"`,
	"ﬀ", "ff", "ﬁ", "fi", "ﬂ", "fl", "ﬃ", "ffi", "ﬄ", "ffl", "ﬅ", "ſt", "ﬆ", "st",
	"Ĳ", "IJ", "ĳ", "ij", "ŉ", "'n",
	"Ǆ", "DŽ", "ǅ", "Dž", "ǆ", "dž", "Ǉ", "LJ", "ǈ", "Lj", "ǉ", "lj",
	"Ǌ", "NJ", "ǋ", "Nj", "ǌ", "nj", "Ǳ", "DZ", "ǲ", "Dz", "ǳ", "dz",
)

// withoutEscapes takes out the codes that colour a terminal's text: ESC [ … m.
func withoutEscapes(s string) string {
	for {
		before, rest, found := strings.Cut(s, "\x1b[")
		if !found {
			return s
		}
		n := strings.IndexFunc(rest, func(r rune) bool { return !unicode.IsDigit(r) && r != ';' })
		if n < 0 || n == len(rest) {
			return before
		}
		s = before + rest[n+1:]
	}
}

package schema

import (
	"fmt"
	"math"
	"unicode/utf8"
)

// Check reports the first row that cannot be written honestly: a string that is
// not UTF-8 (no reader would take the file), a score that is no number, or
// lists that should be of one length and are not.
func (r *Rows) Check() error {
	text := ""
	for i := range r.Documents {
		d := &r.Documents[i]
		if err := d.check(); err != nil {
			return fmt.Errorf("schema: documents: %q: %w", d.DocID, err)
		}
		text = d.Text
	}
	before := new(Sentence)
	for i := range r.Sentences {
		s := &r.Sentences[i]
		if err := s.check(text, before); err != nil {
			return fmt.Errorf("schema: sentences: %q: sentence %d: %w", s.DocID, s.Sentence, err)
		}
		before = s
	}
	for i := range r.Removed {
		m := &r.Removed[i]
		if err := firstError(checkText(m.DocID, m.Text, m.Role, m.Reason), checkScores(float64(m.Score))); err != nil {
			return fmt.Errorf("schema: removed: %q: block %d: %w", m.DocID, m.Block, err)
		}
	}
	for i := range r.Quarantined {
		q := &r.Quarantined[i]
		if err := checkText(q.DocID, q.Path, q.PathHex, q.SHA256, q.Reason, q.Detail); err != nil {
			return fmt.Errorf("schema: quarantine: %q: %w", q.DocID, err)
		}
	}
	return nil
}

// check is quick where s lies in text, and says what before says; both must have
// been checked.
func (s *Sentence) check(text string, before *Sentence) error {
	if len(s.Tokens) != len(s.TokenStart) {
		return fmt.Errorf("%d tokens with %d starts", len(s.Tokens), len(s.TokenStart))
	}
	if err := checkPart(text, s.Text); err != nil {
		return err
	}
	for _, token := range s.Tokens {
		if err := checkPart(s.Text, token); err != nil {
			return err
		}
	}
	if s.DocID != before.DocID || s.Role != before.Role || s.Title != before.Title {
		if err := checkText(s.DocID, s.Role, s.Title); err != nil {
			return err
		}
	}
	for i := range s.Entities {
		if err := s.Entities[i].check(s.Text); err != nil {
			return fmt.Errorf("entity %d: %w", i, err)
		}
	}
	return firstError(
		checkText(s.SentimentLabel), checkText(s.Flags...),
		checkScores(s.Sentiment, s.Positive, s.Negative, s.Neutral, s.Quoted))
}

// check is quick where e lies in text, which must have been checked.
func (e *Entity) check(text string) error {
	return firstError(
		checkPart(text, e.Text), checkText(e.Label, e.Name, e.EntityID, e.ExternalID, e.Title, e.Value, e.SentimentLabel),
		checkScores(float64(e.Score)), checkScore(e.Sentiment))
}

func (d *Document) check() error {
	if len(d.Flags) != len(d.FlagCounts) {
		return fmt.Errorf("%d flags with %d counts", len(d.Flags), len(d.FlagCounts))
	}
	for i := range d.MainEntities {
		m := &d.MainEntities[i]
		if err := firstError(checkText(m.Name, m.Label, m.EntityID), checkScore(m.Sentiment)); err != nil {
			return fmt.Errorf("main entity %d: %w", i, err)
		}
	}
	return firstError(
		checkScore(d.Sentiment),
		checkText(d.DocID, d.Path, d.SHA256, d.Encoding, d.Title, d.Byline, d.Dateline, d.Outlet, d.URL, d.Language, d.Text),
		checkText(d.Flags...))
}

func checkText(texts ...string) error {
	for _, s := range texts {
		if s != "" && !isText(s) {
			return fmt.Errorf("not UTF-8: %.60q", s)
		}
	}
	return nil
}

// isText is utf8.ValidString, twice as fast for most names.
func isText(s string) bool { return len(s) <= 16 && isASCII(s) || utf8.ValidString(s) }

// checkPart is checkText for a text that may lie in another one, which is UTF-8:
// only its ends can then be wrong.
func checkPart(whole, part string) error {
	i, ok := offsetIn(whole, part)
	if end := i + len(part); ok && startsAt(whole, i) && startsAt(whole, end) {
		return nil
	}
	return checkText(part)
}

// startsAt reports whether a character of text begins at i, or text ends there.
func startsAt(text string, i int) bool { return i == len(text) || utf8.RuneStart(text[i]) }

// isASCII reports whether s, of at most 16 bytes, is ASCII. It looks at the
// beginning and the end, which overlap.
func isASCII(s string) bool {
	n := len(s)
	switch {
	case n >= 8:
		return (low8(s)|low8(s[n-8:]))&0x8080808080808080 == 0
	case n >= 4:
		return (low4(s)|low4(s[n-4:]))&0x80808080 == 0
	case n > 0:
		return s[0]|s[n/2]|s[n-1] < utf8.RuneSelf
	}
	return true
}

func checkScores(scores ...float64) error {
	for _, x := range scores {
		if math.IsNaN(x) || math.IsInf(x, 0) {
			return fmt.Errorf("score is %v", x)
		}
	}
	return nil
}

// checkScore is checkScores for one that may be missing.
func checkScore(score *float64) error {
	if score == nil {
		return nil
	}
	return checkScores(*score)
}

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

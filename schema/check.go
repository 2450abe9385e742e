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
	var c checker
	for _, t := range r.Types {
		c.part(text, t)
	}
	if c.err != nil {
		return fmt.Errorf("schema: tokens: %w", c.err)
	}
	before := new(Sentence)
	for i := range r.Sentences {
		s := &r.Sentences[i]
		if err := s.check(text, before, len(r.Types)); err != nil {
			return fmt.Errorf("schema: sentences: %q: sentence %d: %w", s.DocID, s.Sentence, err)
		}
		before = s
	}
	for i := range r.Removed {
		m := &r.Removed[i]
		if err := m.check(); err != nil {
			return fmt.Errorf("schema: removed: %q: block %d: %w", m.DocID, m.Block, err)
		}
	}
	for i := range r.Quarantined {
		q := &r.Quarantined[i]
		if err := q.check(); err != nil {
			return fmt.Errorf("schema: quarantine: %q: %w", q.DocID, err)
		}
	}
	return nil
}

// check is quick where s lies in text, and says what before says; both must have
// been checked.
func (s *Sentence) check(text string, before *Sentence, types int) error {
	if len(s.Tokens) != len(s.TokenStart) {
		return fmt.Errorf("%d tokens with %d starts", len(s.Tokens), len(s.TokenStart))
	}
	var c checker
	c.part(text, s.Text)
	for _, t := range s.Tokens {
		if uint(t) >= uint(types) {
			return fmt.Errorf("no token %d among %d types", t, types)
		}
	}
	if s.DocID != before.DocID || s.Role != before.Role || s.Title != before.Title {
		c.texts(s.DocID, s.Role, s.Title)
	}
	if c.err != nil {
		return c.err
	}
	for i := range s.Entities {
		if err := s.Entities[i].check(s.Text); err != nil {
			return fmt.Errorf("entity %d: %w", i, err)
		}
	}
	c.text(s.SentimentLabel)
	c.texts(s.Flags...)
	c.score(s.Sentiment)
	c.score(s.Positive)
	c.score(s.Negative)
	c.score(s.Neutral)
	c.score(s.Quoted)
	return c.err
}

// check is quick where e lies in text, which must have been checked.
func (e *Entity) check(text string) error {
	var c checker
	c.part(text, e.Text)
	c.text(e.Label)
	c.text(e.Name)
	c.text(e.EntityID)
	c.text(e.ExternalID)
	c.text(e.Title)
	c.text(e.Value)
	c.text(e.SentimentLabel)
	c.score(float64(e.Score))
	c.optionalScore(e.Sentiment)
	return c.err
}

func (d *Document) check() error {
	if len(d.Flags) != len(d.FlagCounts) {
		return fmt.Errorf("%d flags with %d counts", len(d.Flags), len(d.FlagCounts))
	}
	for i := range d.MainEntities {
		if err := d.MainEntities[i].check(); err != nil {
			return fmt.Errorf("main entity %d: %w", i, err)
		}
	}
	var c checker
	c.texts(d.DocID, d.Path, d.SHA256, d.Encoding, d.Title, d.Byline, d.Dateline, d.Outlet, d.URL, d.Language, d.Text)
	c.texts(d.Flags...)
	c.optionalScore(d.Sentiment)
	return c.err
}

func (m *MainEntity) check() error {
	var c checker
	c.texts(m.Name, m.Label, m.EntityID)
	c.optionalScore(m.Sentiment)
	return c.err
}

func (r *Removed) check() error {
	var c checker
	c.texts(r.DocID, r.Text, r.Role, r.Reason)
	c.score(float64(r.Score))
	return c.err
}

func (q *Quarantined) check() error {
	var c checker
	c.texts(q.DocID, q.Path, q.PathHex, q.SHA256, q.Reason, q.Detail)
	return c.err
}

// A checker notes the first value that is wrong.
type checker struct{ err error }

func (c *checker) text(s string) {
	if s != "" && !isText(s) {
		c.notText(s)
	}
}

func (c *checker) texts(list ...string) {
	for _, s := range list {
		c.text(s)
	}
}

// part is text for one that may lie in another, which is UTF-8: only its ends can
// then be wrong.
func (c *checker) part(whole, part string) {
	i, ok := offsetIn(whole, part)
	if end := i + len(part); !ok || !startsAt(whole, i) || !startsAt(whole, end) {
		c.text(part)
	}
}

func (c *checker) notText(s string) {
	if c.err == nil {
		c.err = fmt.Errorf("not UTF-8: %.60q", s)
	}
}

func (c *checker) score(x float64) {
	if c.err == nil && (math.IsNaN(x) || math.IsInf(x, 0)) {
		c.err = fmt.Errorf("score is %v", x)
	}
}

// optionalScore is score for one that may be missing.
func (c *checker) optionalScore(score *float64) {
	if score != nil {
		c.score(*score)
	}
}

// isText is utf8.ValidString, twice as fast for most names.
func isText(s string) bool { return len(s) <= 16 && isASCII(s) || utf8.ValidString(s) }

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

func firstError(errs ...error) error {
	for _, err := range errs {
		if err != nil {
			return err
		}
	}
	return nil
}

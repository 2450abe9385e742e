package main

import (
	"fmt"
	"strings"
	"unicode/utf8"

	"pressrow/stages"
)

// A decision is one entity of a headline and the tone toward it.
type decision struct {
	mention string
	tone    stages.Tone
}

var toneNames = map[string]stages.Tone{
	"positive": stages.TonePositive, "negative": stages.ToneNegative, "neutral": stages.ToneNeutral,
}

// parseDecisions reads a Python dict literal from mention to tone, in its order:
//
//	{'Orchard Bank': 'positive', "Finch's Mill": 'neutral'}
//
// Keys may be quoted either way and escape with a backslash. A key may also
// hold its own quote unescaped, as SEntFiN's do; it ends where a quote, a
// colon and a tone follow.
func parseDecisions(s string) ([]decision, error) {
	rest, ok := strings.CutPrefix(strings.TrimSpace(s), "{")
	if !ok {
		return nil, fmt.Errorf("decisions %q: no dict", s)
	}
	var list []decision
	for {
		rest = strings.TrimLeft(rest, ", ")
		if rest == "}" {
			return list, nil
		}
		d, n := parseDecision(rest)
		if n == 0 {
			return nil, fmt.Errorf("decisions %q: cannot read %q", s, rest)
		}
		list = append(list, d)
		rest = rest[n:]
	}
}

// parseDecision reads one pair at the front of s and returns its length, or 0.
func parseDecision(s string) (d decision, n int) {
	if s == "" || s[0] != '\'' && s[0] != '"' {
		return d, 0
	}
	for i := 1; i < len(s); i++ {
		if s[i] == '\\' {
			i++
			continue
		}
		if s[i] != s[0] {
			continue
		}
		if tone, n := parseTone(s[i+1:]); n > 0 {
			return decision{unescaper.Replace(s[1:i]), tone}, i + 1 + n
		}
	}
	return d, 0
}

var unescaper = strings.NewReplacer(`\\`, `\`, `\'`, `'`, `\"`, `"`)

// parseTone reads a colon and a quoted tone at the front of s and returns their length, or 0.
func parseTone(s string) (tone stages.Tone, n int) {
	rest, ok := strings.CutPrefix(strings.TrimLeft(s, " "), ":")
	rest = strings.TrimLeft(rest, " ")
	if !ok || rest == "" || rest[0] != '\'' && rest[0] != '"' {
		return 0, 0
	}
	word, after, ok := strings.Cut(rest[1:], rest[:1])
	tone, known := toneNames[strings.ToLower(word)]
	if !ok || !known {
		return 0, 0
	}
	return tone, len(s) - len(after)
}

// findDecided finds a mention of SEntFiN's Decisions in its headline.
// There buy, sell and hold were replaced by positive, negative and neutral in
// the mentions too ("Holdings" became "neutralings"), so the words are tried
// the other way round as well.
func findDecided(text, mention string) (stages.Span, bool) {
	if span, ok := findMention(text, mention); ok {
		return span, true
	}
	return findMention(text, unreplacer.Replace(mention))
}

var unreplacer = strings.NewReplacer("positive", "buy", "negative", "sell", "neutral", "hold")

// findMention returns where the mention stands in text, ignoring the case of
// ASCII letters: the first place that does not begin or end inside a word, or
// else the first place.
func findMention(text, mention string) (stages.Span, bool) {
	if mention == "" {
		return stages.Span{}, false
	}
	text, mention = lowerASCII(text), lowerASCII(mention)
	first := -1
	for from := 0; ; {
		k := strings.Index(text[from:], mention)
		if k < 0 {
			break
		}
		start, end := from+k, from+k+len(mention)
		before, _ := utf8.DecodeLastRuneInString(text[:start])
		after, _ := utf8.DecodeRuneInString(text[end:])
		if !isLetterOrDigit(before) && !isLetterOrDigit(after) {
			return stages.Span{Start: start, End: end}, true
		}
		if first < 0 {
			first = start
		}
		from = start + 1
	}
	return stages.Span{Start: first, End: first + len(mention)}, first >= 0
}

// lowerASCII makes ASCII letters small and keeps every byte offset.
func lowerASCII(s string) string {
	return strings.Map(func(r rune) rune {
		if r >= 'A' && r <= 'Z' {
			return r + 'a' - 'A'
		}
		return r
	}, s)
}

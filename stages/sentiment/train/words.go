package main

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"pressrow/stages"
)

// document makes a Document of one sentence. Its words are cut by a rule of
// its own, much like stage tokens', so that a change there leaves the weights
// as they are.
func document(text string) *stages.Document {
	text = strings.ToValidUTF8(text, "\uFFFD")
	d := &stages.Document{Text: text, Blocks: []stages.Block{{Span: stages.Span{End: len(text)}}}}
	for at := 0; at < len(text); {
		r, n := utf8.DecodeRuneInString(text[at:])
		if unicode.IsSpace(r) {
			at += n
			continue
		}
		end := at + n
		if inWord(r) {
			for end < len(text) {
				r, n := utf8.DecodeRuneInString(text[end:])
				if !inWord(r) && !(joins(r) && end+n < len(text) && inWord(first(text[end+n:]))) {
					break
				}
				end += n
			}
			at = split(d, at, end)
			continue
		}
		for end < len(text) && text[end] == text[at] && strings.IndexByte(".-'`", text[at]) >= 0 {
			end++
		}
		d.Tokens = append(d.Tokens, stages.Span{Start: at, End: end})
		at = end
	}
	d.Entities = names(d)
	d.Sentences = []stages.Sentence{{Span: stages.Span{End: len(text)}, EndToken: len(d.Tokens), EndEntity: len(d.Entities)}}
	d.SetTypes(stages.MaxStretch)
	return d
}

// names takes runs of words with a capital for names, much as stage entities
// would find them: but not a word that begins the sentence, stands alone
// behind a stop or quotation mark, or is "I"; and none at all where most words
// have a capital, as in a headline.
func names(d *stages.Document) []stages.Entity {
	capitals, smalls := 0, 0
	for _, t := range d.Tokens {
		if r := first(d.Of(t)); unicode.IsUpper(r) {
			capitals++
		} else if unicode.IsLower(r) {
			smalls++
		}
	}
	if capitals > smalls {
		return nil
	}
	var list []stages.Entity
	for i := 0; i < len(d.Tokens); i++ {
		from := i
		for i < len(d.Tokens) && unicode.IsUpper(first(d.Of(d.Tokens[i]))) && d.Of(d.Tokens[i]) != "I" {
			i++
		}
		opens := from == 0 || !inWord(first(d.Of(d.Tokens[from-1])))
		if i == from || i == from+1 && opens {
			continue
		}
		span := stages.Span{Start: d.Tokens[from].Start, End: d.Tokens[i-1].End}
		list = append(list, stages.Entity{Span: span, Label: stages.Org})
	}
	return list
}

func first(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}

func inWord(r rune) bool { return unicode.IsLetter(r) || unicode.IsDigit(r) || unicode.IsMark(r) }

// joins reports whether r may stand inside a word: don't, U.S, 3,000, AT&T.
func joins(r rune) bool { return strings.ContainsRune("'’.,&", r) }

// split adds the word text[at:end] to d.Tokens, with n't, 's and the like as
// words of their own, and returns where it stopped.
func split(d *stages.Document, at, end int) int {
	word := strings.ToLower(strings.ReplaceAll(d.Text[at:end], "’", "'"))
	if i := strings.IndexAny(word, ",&"); i > 0 && !unicode.IsDigit(rune(word[0])) && word[i] == ',' {
		end = at + strings.IndexByte(d.Text[at:end], ',')
		word = strings.ToLower(strings.ReplaceAll(d.Text[at:end], "’", "'"))
	}
	if strings.Contains(word, ".") && end < len(d.Text) && d.Text[end] == '.' {
		end++ // U.S.
	}
	cut := end
	for _, suffix := range []string{"n't", "'s", "'re", "'ve", "'ll", "'d", "'m"} {
		if strings.HasSuffix(word, suffix) && len(word) > len(suffix) {
			cut = end - len(suffix)
			if strings.Contains(d.Text[at:end], "’") {
				cut -= len("’") - 1
			}
		}
	}
	if word == "cannot" {
		cut = at + len("can")
	}
	d.Tokens = append(d.Tokens, stages.Span{Start: at, End: cut})
	if cut < end {
		d.Tokens = append(d.Tokens, stages.Span{Start: cut, End: end})
	}
	return end
}

package entities

import (
	"strings"
	"unicode"
	"unicode/utf8"

	"pressrow/stages"
)

// marked is a document made from text in which names are marked: one sentence
// a line, [LABEL words] or [LABEL=value words] for an entity.
type marked struct {
	doc  *stages.Document
	want []string // "LABEL words" or "LABEL=value words" of each entity
}

// mark reads marked text.
func mark(text string) marked {
	var plain strings.Builder
	var m marked
	for rest := text; rest != ""; {
		open := strings.IndexByte(rest, '[')
		if open < 0 {
			plain.WriteString(rest)
			break
		}
		plain.WriteString(rest[:open])
		body, after, _ := strings.Cut(rest[open+1:], "]")
		_, words, _ := strings.Cut(body, " ")
		plain.WriteString(words)
		m.want = append(m.want, body)
		rest = after
	}
	m.doc = plainDocument(plain.String())
	return m
}

// plainDocument returns text as a document with one sentence a line, parted
// into words as the tokens stage does it, near enough.
func plainDocument(text string) *stages.Document {
	d := &stages.Document{Text: text}
	for at := 0; at < len(text); {
		end := strings.IndexByte(text[at:], '\n')
		if end < 0 {
			end = len(text)
		} else {
			end += at
		}
		if s := strings.TrimSpace(text[at:end]); s != "" {
			start := at + strings.Index(text[at:end], s)
			span := stages.Span{Start: start, End: start + len(s)}
			d.Blocks = append(d.Blocks, stages.Block{Span: span})
			first := len(d.Tokens)
			d.Tokens = split(d.Tokens, text, span)
			d.Sentences = append(d.Sentences, stages.Sentence{Span: span, Block: len(d.Blocks) - 1, FirstToken: first, EndToken: len(d.Tokens)})
		}
		at = end + 1
	}
	d.SetTypes(stages.MaxStretch)
	return d
}

// split appends the words of a sentence.
func split(tokens []stages.Span, text string, s stages.Span) []stages.Span {
	for at := s.Start; at < s.End; {
		r, size := utf8.DecodeRuneInString(text[at:])
		if unicode.IsSpace(r) {
			at += size
			continue
		}
		end := at
		for end < s.End {
			r, size := utf8.DecodeRuneInString(text[end:])
			if unicode.IsSpace(r) {
				break
			}
			end += size
		}
		tokens = splitWord(tokens, text, stages.Span{Start: at, End: end}, end == s.End)
		at = end
	}
	return tokens
}

const edges = `,;:?!"“”‘’()[]$€£₹%…`

// splitWord appends the words between two spaces.
func splitWord(tokens []stages.Span, text string, w stages.Span, last bool) []stages.Span {
	for w.Len() > 0 {
		r, size := utf8.DecodeRuneInString(text[w.Start:])
		if !strings.ContainsRune(edges, r) || w.Len() == size || strings.HasPrefix(text[w.Start:], "’9") {
			break
		}
		tokens = append(tokens, stages.Span{Start: w.Start, End: w.Start + size})
		w.Start += size
	}
	var tail []stages.Span
	for w.Len() > 1 {
		r, size := utf8.DecodeLastRuneInString(text[w.Start:w.End])
		if w.Len() == size || !strings.ContainsRune(edges, r) && !(r == '.' && last && !abbreviated(text[w.Start:w.End])) {
			break
		}
		tail = append(tail, stages.Span{Start: w.End - size, End: w.End})
		w.End -= size
	}
	for _, suffix := range []string{"'s", "’s", "n't"} {
		if cut := len(suffix); w.Len() > cut && strings.HasSuffix(text[w.Start:w.End], suffix) {
			tail = append(tail, stages.Span{Start: w.End - cut, End: w.End})
			w.End -= cut
		}
	}
	at := w.Start
	for i := w.Start; i < w.End; i++ {
		size := 1
		if strings.HasPrefix(text[i:w.End], "–") || strings.HasPrefix(text[i:w.End], "—") {
			size = 3
		} else if text[i] != '-' {
			continue
		}
		if i > at {
			tokens = append(tokens, stages.Span{Start: at, End: i})
		}
		tokens = append(tokens, stages.Span{Start: i, End: i + size})
		at, i = i+size, i+size-1
	}
	if at < w.End {
		tokens = append(tokens, stages.Span{Start: at, End: w.End})
	}
	for i := len(tail) - 1; i >= 0; i-- {
		tokens = append(tokens, tail[i])
	}
	return tokens
}

func abbreviated(word string) bool {
	return strings.Count(word, ".") > 1
}

// written returns e as mark writes it: with its value where it has one.
func written(d *stages.Document, e stages.Entity) string {
	label := e.Label.String()
	if e.Value != "" {
		label += "=" + strings.ReplaceAll(e.Value, " ", "_")
	}
	return label + " " + d.Of(e.Span)
}

package comments

import "strings"

// A voice is what in a line tells a reader's comment from an article. Most pages
// have no line that may begin a thread, and nobody asks for the voices of theirs.
type voice struct {
	heard bool    // the rest is set
	tone  float32 // sum over the words of how much more readers write them
	marks int32   // exclamation marks, and question marks beyond the first
	asks  bool    // has a question mark
	dots  bool    // a run of four or more full stops
	smile bool    // :-) and its kin
}

// voiceOf returns the voice of line i, which it reads once.
func (p *page) voiceOf(i int) *voice {
	v := &p.lines[i].voice
	if !v.heard {
		v.heard = true
		v.listen(p.of(i))
	}
	return v
}

// listen reads the words and marks of s.
func (v *voice) listen(s string) {
	var word [maxWord]byte
	for i := 0; i < len(s); {
		n, key, start, end := nextWord(s, i, &word)
		if start != i+1 || s[i] != ' ' {
			v.signs(s, i, start)
		}
		if n > 0 {
			v.tone += lexicon.find(word[:n], key).tone
		}
		i = end
	}
}

// signs takes note of the marks in s[from:to].
func (v *voice) signs(s string, from, to int) {
	for i := from; i < to; i++ {
		switch s[i] {
		case '!':
			v.marks++
		case '?':
			if v.asks {
				v.marks++
			}
			v.asks = true
		case '.':
			v.dots = v.dots || strings.HasPrefix(s[i:], "....")
		case ':', ';':
			v.smile = v.smile || smiles(s[i+1:])
		}
	}
}

func smiles(s string) bool {
	s = strings.TrimPrefix(s, "-")
	return s != "" && (s[0] == ')' || s[0] == '(' || s[0] == 'D' || s[0] == 'P' || s[0] == 'p') && (len(s) == 1 || s[1] == ' ' || s[1] == '.' || s[1] == '<')
}

package pipeline

import (
	"bytes"
	"fmt"
	"maps"
	"os"
	"slices"
	"strings"
	"testing"
	"unicode"

	"pressrow/stages"
)

// The stages, run on the sample corpus, must say what a careful reader said.
// testdata/seeds-gold.txt explains its own form.
func TestSeedsAreReadAsMarked(t *testing.T) {
	gold := readGold(t, "testdata/seeds-gold.txt")
	docs := readSeeds(t, "../seeds")
	for id := range docs {
		if gold[id] == nil {
			t.Errorf("%s is not marked in the gold", id)
		}
	}
	for _, id := range slices.Sorted(maps.Keys(gold)) {
		t.Run(id, func(t *testing.T) {
			g, d := gold[id], docs[id]
			if d == nil {
				t.Fatal("no such document in the seeds")
			}
			for _, s := range Stages {
				if err := s.Run(d); err != nil {
					t.Fatalf("%s: %v", s.Name, err)
				}
				if err := d.Check(); err != nil {
					t.Fatalf("after %s: %v", s.Name, err)
				}
			}
			for _, name := range goldFacts {
				if got := factOf(d, name); !slices.Contains(g.facts[name], got) {
					t.Errorf("%s is %q, want %q", name, got, g.facts[name])
				}
			}
			for _, flag := range g.flags {
				if !raised(d, flag) {
					t.Errorf("flag %s is not raised", flag)
				}
			}
			said := linesOf(d)
			if diff := difference(render(g.settle(said)), render(said)); diff != "" {
				t.Errorf("- marked, + said:\n%s", diff)
			}
		})
	}
}

// readSeeds returns the documents of the folder as the stages are given them, by id.
func readSeeds(t testing.TB, dir string) map[string]*stages.Document {
	t.Helper()
	in, err := openInput(dir, "", 1<<20)
	if err != nil {
		t.Fatal(err)
	}
	defer in.close()
	docs := map[string]*stages.Document{}
	_, err = in.walk(func(s source) error {
		data, refused := in.readFile(&s, nil)
		if refused != nil {
			return fmt.Errorf("%s: %w", s.path, refused)
		}
		if !kindOf(s.path).records {
			docs[s.path] = &stages.Document{ID: s.path, Raw: data}
			return nil
		}
		for i, line := range bytes.Split(bytes.TrimSpace(data), []byte("\n")) {
			id := DefaultFields.recordID(line)
			if id == "" {
				id = fmt.Sprint(i + 1)
			}
			d := &stages.Document{ID: s.path + "#" + id}
			if refused := DefaultFields.fill(d, line, 0, nil); refused != nil {
				return fmt.Errorf("%s: %w", d.ID, refused)
			}
			docs[d.ID] = d
		}
		return nil
	})
	if err != nil {
		t.Fatal(err)
	}
	return docs
}

// A goldDoc is what a reader marked in one document.
type goldDoc struct {
	facts map[string][]string // the accepted answers, by name; "" for unknown
	flags []string
	lines []goldLine
}

// A goldLine is a sentence of the article, or a block that is none.
type goldLine struct {
	roles []string // accepted, the best first; those of the block
	text  string
	block bool // a block begins here
	loose bool // what begins here need not
}

// goldFacts are the facts that the gold gives of each document.
var goldFacts = []string{"title", "byline", "dateline", "published", "outlet", "encoding"}

func factOf(d *stages.Document, name string) string {
	switch name {
	case "title":
		return d.Meta.Title.Value
	case "byline":
		return d.Meta.Byline.Value
	case "dateline":
		return d.Meta.Dateline.Value
	case "published":
		return d.Meta.Published.Value
	case "outlet":
		return d.Meta.Outlet.Value
	}
	return d.Encoding
}

func raised(d *stages.Document, name string) bool {
	for f, n := range d.Flags {
		if n > 0 && stages.Flag(f).String() == name {
			return true
		}
	}
	return false
}

func readGold(t *testing.T, name string) map[string]*goldDoc {
	t.Helper()
	data, err := os.ReadFile(name)
	if err != nil {
		t.Fatal(err)
	}
	docs := map[string]*goldDoc{}
	var g *goldDoc
	for i, line := range strings.Split(string(data), "\n") {
		if id, ok := strings.CutPrefix(line, "== "); ok {
			g = &goldDoc{facts: map[string][]string{}}
			docs[id] = g
			continue
		}
		if g == nil || line == "" || strings.HasPrefix(line, "; ") {
			continue
		}
		if fact, ok := strings.CutPrefix(line, "# "); ok {
			name, value, _ := strings.Cut(fact, ": ")
			if name == "flags" {
				g.flags = strings.Fields(value)
				continue
			}
			for _, v := range strings.Split(value, " | ") {
				g.facts[name] = append(g.facts[name], strings.TrimPrefix(v, "-"))
			}
			continue
		}
		role, text, ok := strings.Cut(line, "\t")
		if !ok {
			t.Fatalf("%s:%d: no tab", name, i+1)
		}
		role, loose := strings.CutPrefix(role, "~")
		l := goldLine{text: text, block: role != "", loose: loose}
		if l.block {
			l.roles = strings.Split(role, "/")
		} else {
			l.roles = g.lines[len(g.lines)-1].roles
		}
		g.lines = append(g.lines, l)
	}
	return docs
}

// linesOf returns what the stages said of d in the form of the gold. A
// sentence begins where the one before it ended, so that list markers, which
// belong to no sentence, are not lost.
func linesOf(d *stages.Document) []goldLine {
	var lines []goldLine
	next := 0
	for i, b := range d.Blocks {
		role := []string{b.Role.String()}
		begin, block := b.Start, true
		for ; next < len(d.Sentences) && d.Sentences[next].Block == i; next++ {
			end := b.End
			if next+1 < len(d.Sentences) && d.Sentences[next+1].Block == i {
				end = d.Sentences[next+1].Start
			}
			lines = append(lines, goldLine{roles: role, text: d.Text[begin:end], block: block})
			begin, block = end, false
		}
		if block {
			lines = append(lines, goldLine{roles: role, text: d.Of(b.Span), block: true})
		}
	}
	return lines
}

// settle returns the marked lines with every open choice decided as in said,
// where what was said is among the choices.
func (g *goldDoc) settle(said []goldLine) []goldLine {
	type begin struct {
		role  string
		block bool
	}
	begins := map[int]begin{}
	var roleAt []string // by place, white space not counted
	for _, l := range said {
		begins[len(roleAt)] = begin{l.roles[0], l.block}
		for range squeeze(l.text) {
			roleAt = append(roleAt, l.roles[0])
		}
	}
	var lines []goldLine
	at := 0
	for _, l := range g.lines {
		b, begun := begins[at]
		if at < len(roleAt) && slices.Contains(l.roles, roleAt[at]) {
			l.roles = []string{roleAt[at]}
		}
		at += len([]rune(squeeze(l.text)))
		if l.loose && len(lines) > 0 {
			l.block = begun && b.block
			if !begun {
				lines[len(lines)-1].text += " " + l.text
				continue
			}
		}
		lines = append(lines, l)
	}
	return lines
}

// render writes lines as the gold does. Neighbouring blocks of one role that
// is not article text become one line.
func render(lines []goldLine) []string {
	var out []string
	last := ""
	for _, l := range lines {
		role := l.roles[0]
		text := strings.Join(strings.Fields(l.text), " ")
		switch {
		case !isArticle(role) && role == last:
			out[len(out)-1] += " " + text
		case l.block:
			out = append(out, role+"\t"+text)
		default:
			out = append(out, "\t"+text)
		}
		last = role
	}
	return out
}

// difference returns the lines that only one of a and b has, in order.
func difference(a, b []string) string {
	common := make([][]int, len(a)+1) // lines that a[i:] and b[j:] share
	for i := range common {
		common[i] = make([]int, len(b)+1)
	}
	for i := len(a) - 1; i >= 0; i-- {
		for j := len(b) - 1; j >= 0; j-- {
			common[i][j] = max(common[i+1][j], common[i][j+1])
			if a[i] == b[j] {
				common[i][j] = common[i+1][j+1] + 1
			}
		}
	}
	var out strings.Builder
	i, j := 0, 0
	for i < len(a) || j < len(b) {
		switch {
		case i < len(a) && j < len(b) && a[i] == b[j]:
			i, j = i+1, j+1
		case j == len(b) || i < len(a) && common[i+1][j] >= common[i][j+1]:
			fmt.Fprintf(&out, "- %s\n", a[i])
			i++
		default:
			fmt.Fprintf(&out, "+ %s\n", b[j])
			j++
		}
	}
	return out.String()
}

func isArticle(role string) bool {
	return slices.ContainsFunc(stages.Roles[:], func(r struct {
		Name    string
		Article bool
		Doc     string
	}) bool {
		return r.Name == role && r.Article
	})
}

func squeeze(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsSpace(r) {
			return -1
		}
		return r
	}, s)
}

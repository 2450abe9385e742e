package pipeline

import (
	"fmt"
	"math/rand/v2"
	"slices"
	"strings"
	"testing"
)

// recordsOf makes a part of one file of records with these ids.
func recordsOf(ids []string) *part {
	s := &source{path: "a.jsonl"}
	p := &part{}
	for i, id := range ids {
		p.entries = append(p.entries, entry{id: "a.jsonl#" + id, source: s, line: i + 1})
	}
	return p
}

// idsByLine returns the ids of p's entries, which must differ and be in order,
// by line.
func idsByLine(t *testing.T, p *part) []string {
	t.Helper()
	ids := make([]string, len(p.entries))
	for i := range p.entries {
		e := &p.entries[i]
		if i > 0 && p.entries[i-1].id >= e.id {
			t.Fatalf("%q stands before %q", p.entries[i-1].id, e.id)
		}
		if e.suffix > 0 && !strings.HasSuffix(e.id, fmt.Sprint("#", e.line)) {
			t.Errorf("line %d has become %q", e.line, e.id)
		}
		ids[e.line-1] = strings.TrimPrefix(e.id, "a.jsonl#")
	}
	return ids
}

func TestRepeatedIDs(t *testing.T) {
	for _, test := range []struct{ ids, want string }{
		{"a b c", "a b c"},
		{"a a a", "a a#2 a#3"},
		{"a a a#2", "a a#2#2 a#2"},
		{"a#2 a a", "a#2 a a#3"},
		{"a#2 a#2#2 x a a a#4", "a#2 a#2#2 x a a#5 a#4"},
		{"a#3 a a a#3#3", "a#3 a a#3#3#3 a#3#3"},
		{"a a a#2 a#2", "a a#2#2 a#2 a#2#4"},
		{"2 a a#2 a#2 2", "2 a a#2 a#2#4 2#5"},
	} {
		p := recordsOf(strings.Fields(test.ids))
		p.sort()
		if got := strings.Join(idsByLine(t, p), " "); got != test.want {
			t.Errorf("%s: %s, want %s", test.ids, got, test.want)
		}
	}
}

// TestIDsOfTheirOwn holds, on ids that get in each other's way, that no two
// entries end up with one, that the first to have an id keeps it, and that the
// order in which they are found makes no difference.
func TestIDsOfTheirOwn(t *testing.T) {
	rng := rand.New(rand.NewPCG(6, 1))
	for range 2000 {
		ids := make([]string, 1+rng.IntN(12))
		for i := range ids {
			ids[i] = "a"
			for range rng.IntN(4) {
				ids[i] += fmt.Sprint("#", 1+rng.IntN(len(ids)))
			}
		}
		p := recordsOf(ids)
		p.sort()
		got := idsByLine(t, p)
		for i, id := range ids {
			if first := !slices.Contains(ids[:i], id); first != (got[i] == id) || !strings.HasPrefix(got[i], id) {
				t.Fatalf("%v: line %d, %s, has become %s", ids, i+1, id, got[i])
			}
		}
		q := recordsOf(ids)
		rng.Shuffle(len(q.entries), func(i, j int) { q.entries[i], q.entries[j] = q.entries[j], q.entries[i] })
		q.sort()
		if again := idsByLine(t, q); !slices.Equal(got, again) {
			t.Fatalf("%v: %v, in another order %v", ids, got, again)
		}
	}
}

// TestCraftedIDs sorts records whose ids are each what another's would become.
// To give out ids in rounds, each of which sorts all of them, takes as many rounds
// as the chain is long: here, minutes.
func TestCraftedIDs(t *testing.T) {
	const chain, others = 3000, 300_000
	ids := []string{"a", "a"}
	for i := 3; i <= chain; i++ { // what line i-1 would have become
		ids = append(ids, ids[i-2]+fmt.Sprint("#", i-1))
	}
	last := len(ids) + 1 + chain // a line that is led along all of these
	for id := "a"; len(ids) < last-1; {
		id += fmt.Sprint("#", last)
		ids = append(ids, id)
	}
	ids = append(ids, "a")
	for i := range others {
		ids = append(ids, fmt.Sprint("b", i))
	}
	p := recordsOf(ids)
	p.sort()
	got := idsByLine(t, p)
	for i, id := range ids {
		want := id
		switch i + 1 {
		case 2:
			want = "a#2#2"
		case last:
			want = ids[last-2] + fmt.Sprint("#", last)
		}
		if got[i] != want {
			t.Fatalf("line %d, %.40s, has become %.40s, want %.40s", i+1, id, got[i], want)
		}
	}
}

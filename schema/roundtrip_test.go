package schema

import (
	"fmt"
	"io"
	"math"
	"strings"
	"testing"
	"unsafe"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"github.com/parquet-go/parquet-go"
	"go.uber.org/goleak"
)

func TestMain(m *testing.M) { goleak.VerifyTestMain(m) }

// readBack reads the rows of g with parquet-go.
func readBack(t testing.TB, g *Group) *layout {
	t.Helper()
	l := &layout{
		sentences:   readPiece[sentenceRow](t, &g.pieces[sentences]),
		documents:   readPiece[documentRow](t, &g.pieces[documents]),
		mentions:    readPiece[mentionRow](t, &g.pieces[entities]),
		removed:     readPiece[removedRow](t, &g.pieces[removed]),
		quarantined: readPiece[quarantinedRow](t, &g.pieces[quarantine]),
	}
	zeroIsNull(l.mentions)
	return l
}

// zeroIsNull makes what is 0 or "" NULL: parquet-go reads NULL so into pointers
// of embedded structs. Arrow knows better; see checkPieces.
func zeroIsNull(rows []mentionRow) {
	for i := range rows {
		e := &rows[i].entityRow
		for _, s := range []**string{&e.Name, &e.EntityID, &e.ExternalID, &e.Title, &e.Value, &e.SentimentLabel} {
			if *s != nil {
				*s = optional(*s)
			}
		}
		if e.Sentiment != nil && *e.Sentiment == 0 {
			e.Sentiment = nil
		}
	}
}

func readPiece[T any](t testing.TB, p *piece) []T {
	t.Helper()
	if p.file.size == 0 {
		return nil
	}
	rows, err := parquet.Read[T](&p.file, p.file.size)
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// checkPieces compares the digests that Arrow finds in g with those taken of the rows.
func checkPieces(t testing.TB, g *Group) {
	t.Helper()
	reader := newColumnReader()
	for i := range g.pieces {
		p := &g.pieces[i]
		if p.file.size == 0 {
			continue
		}
		f, err := newArrow(io.NewSectionReader(&p.file, 0, p.file.size))
		if err != nil {
			t.Fatal(err)
		}
		for k, r := range p.rowGroups {
			if n := f.RowGroup(k).NumRows(); n != r.Rows {
				t.Errorf("%s: row group %d has %d rows, not %d", Tables[i].Name, k, n, r.Rows)
			}
			for c, want := range r.Digests {
				path := parquetSchemas[i].Columns()[c]
				leaf, _ := parquetSchemas[i].Lookup(path...)
				if got, err := reader.digest(f, k, c, isNumbered(leaf.Node)); err != nil || got != want {
					t.Errorf("%s: row group %d: column %s: digest is %x, not %x, %v", Tables[i].Name, k, leafName(path), got, want, err)
				}
			}
		}
		f.Close()
	}
}

// checkRoundTrip encodes rows, reads them back with Arrow and with parquet-go, and compares.
func checkRoundTrip(t testing.TB, rows *Rows) {
	t.Helper()
	want := new(layout)
	want.set(rows)
	zeroIsNull(want.mentions)
	for _, g := range encode(t, []*Rows{rows}, 1, 1, Settings{RowsPerGroup: 5}) {
		checkPieces(t, g)
		ignore := cmpopts.IgnoreFields(layout{}, "entities", "mainEntities", "scores") // memory, not rows
		if diff := cmp.Diff(want, readBack(t, g), cmp.AllowUnexported(layout{}, mentionRow{}), ignore, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("written -, read +:\n%.5000s", diff)
		}
		g.Release()
	}
}

// pattern returns n strings, of which the i-th is x where mask has an x there, and else "".
func pattern(mask string, x string) []string {
	out := make([]string, len(mask))
	for i := range mask {
		if mask[i] == 'x' {
			out[i] = x
		}
	}
	return out
}

// NULLs between values, in every pattern.
func TestRoundTripNulls(t *testing.T) {
	for _, mask := range []string{".x.", "x.x", "..x..", ".xx.", "...", "xxx", "x", ".", ".x..x...xx.", strings.Repeat(".x", 70), strings.Repeat("xx.", 50)} {
		rows := new(Rows)
		day, at, mean := int32(-3), int64(7), 0.5
		var list []Entity
		var main []MainEntity
		for i, s := range pattern(mask, "ab") {
			list = append(list, Entity{Text: "t", Label: "ORG", Name: s, EntityID: s, ExternalID: s, Title: s, Value: s, SentimentLabel: s})
			main = append(main, MainEntity{Name: "t", EntityID: s})
			row := Sentence{DocID: "a", Sentence: int32(i), Title: s}
			doc := Document{DocID: s, Title: s, Byline: s, Dateline: s, Outlet: s, URL: s, Language: s}
			bad := Quarantined{SHA256: s}
			if s != "" {
				row.Published, doc.Published, doc.Sentiment, bad.ByteOffset = &day, &day, &mean, &at
				list[i].Sentiment, main[i].Sentiment = &mean, &mean
			}
			rows.Sentences = append(rows.Sentences, row)
			rows.Documents = append(rows.Documents, doc)
			rows.Quarantined = append(rows.Quarantined, bad)
		}
		rows.Sentences = append(rows.Sentences, Sentence{DocID: "b", Entities: list}, Sentence{DocID: "c", Entities: list[:1]})
		rows.Documents = append(rows.Documents, Document{DocID: "b", MainEntities: main}, Document{DocID: "c", MainEntities: main[:1]})
		t.Run(mask, func(t *testing.T) { checkRoundTrip(t, rows) })
	}
}

func TestRoundTripLists(t *testing.T) {
	rows := new(Rows)
	tones := [2]float64{-0.5, 0.5}
	for i, n := range []int{0, 1, 0, 0, 3, 2, 0, 200, 0} {
		s := Sentence{DocID: "lists", Sentence: int32(i)}
		d := Document{DocID: fmt.Sprint(i)}
		for k := range n {
			s.Tokens = append(s.Tokens, rows.numbers(strings.Repeat("é", k))...)
			s.TokenStart = append(s.TokenStart, int32(-k))
			s.Entities = append(s.Entities, Entity{Text: fmt.Sprint(k), Score: float32(k) / 8})
			s.Flags = append(s.Flags, "spaces")
			d.Flags = append(d.Flags, "spaces")
			d.FlagCounts = append(d.FlagCounts, int32(k))
			d.MainEntities = append(d.MainEntities, MainEntity{Name: fmt.Sprint(k), Mentions: int32(k), Sentiment: &tones[k%2]})
		}
		rows.Sentences = append(rows.Sentences, s)
		rows.Documents = append(rows.Documents, d)
	}
	checkRoundTrip(t, rows)
}

func TestRoundTripExtremes(t *testing.T) {
	for _, text := range []string{"", "\x00", "a\x00b", "naïve 東京 😀 e\u0301", "\u2028\ufeff\ufffd", "=1+1", strings.Repeat("é", 1<<20)} {
		low, high := int32(math.MinInt32), int32(math.MaxInt32)
		at, huge := int64(math.MinInt64), 1e300
		e := Entity{Text: text, Label: text, StartChar: low, EndChar: high, Name: text, EntityID: text, ExternalID: text, Title: text, Value: text, Score: math.MaxFloat32, Sentiment: &huge, SentimentLabel: text}
		row := Sentence{
			DocID: text, Sentence: high, Role: text, Text: text, StartChar: low, EndChar: high, SourceStart: math.MinInt64, SourceEnd: math.MaxInt64,
			Title: text, Published: &low, Tokens: []int32{1, 0, 2}, TokenStart: []int32{low, 0, high}, Entities: []Entity{e, {}, e},
			Sentiment: -1e300, SentimentLabel: text, Positive: 1e-300, Quoted: math.MaxFloat64 / 1e5, Flags: []string{text},
		}
		rows := &Rows{
			Sentences: []Sentence{{}, row, {}},
			Types:     []string{"", text, text},
			Documents: []Document{{}, {
				DocID: text, Path: text, SHA256: text, Size: math.MaxInt64, Encoding: text, Title: text, Byline: text, Dateline: text,
				Published: &high, Outlet: text, URL: text, Language: text, Text: text, Flags: []string{text}, FlagCounts: []int32{high},
				MainEntities: []MainEntity{{text, text, text, low, &huge}, {}},
			}},
			Removed:     []Removed{{DocID: text, Text: text, Role: text, Reason: text, Score: -1}},
			Quarantined: []Quarantined{{DocID: text, Path: text, PathHex: text, SHA256: text, Reason: text, Detail: text, ByteOffset: &at}},
		}
		t.Run(fmt.Sprintf("%.10q", text), func(t *testing.T) { checkRoundTrip(t, rows) })
	}
}

func TestRound(t *testing.T) {
	for _, c := range []struct{ in, want float64 }{
		{0.12345, 0.1235}, {-0.12344, -0.1234}, {1, 1}, {0.00004, 0}, {-0.00004, 0}, {2.0 / 3, 0.6667},
	} {
		if got := Round(c.in); got != c.want || math.Signbit(got) != math.Signbit(c.want) {
			t.Errorf("Round(%v) = %v, want %v", c.in, got, c.want)
		}
	}
}

func TestAppendRefuses(t *testing.T) {
	nan, tokyo := math.NaN(), "東京"
	for _, c := range []struct {
		want string
		rows Rows
	}{
		{`schema: sentences: "a": sentence 2: not UTF-8: "\xff"`, Rows{Sentences: []Sentence{{}, {DocID: "a", Sentence: 2, Text: "\xff"}}}},
		{`schema: tokens: not UTF-8: "\xe6\x9d"`, Rows{Types: []string{"a", "東"[:2]}}},
		{`schema: sentences: "a": sentence 0: no token 1 among 1 types`, Rows{Types: []string{"x"}, Sentences: []Sentence{{DocID: "a", Tokens: []int32{0, 1}, TokenStart: []int32{0, 0}}}}},
		{`schema: sentences: "a": sentence 0: no token -1 among 1 types`, Rows{Types: []string{"x"}, Sentences: []Sentence{{DocID: "a", Tokens: []int32{-1}, TokenStart: []int32{0}}}}},
		{`schema: sentences: "a": sentence 0: 1 tokens with 0 starts`, Rows{Sentences: []Sentence{{DocID: "a", Tokens: []int32{0}}}}},
		{`schema: sentences: "a": sentence 0: score is NaN`, Rows{Sentences: []Sentence{{DocID: "a", Neutral: math.NaN()}}}},
		{`schema: sentences: "a": sentence 0: entity 1: score is +Inf`, Rows{Sentences: []Sentence{{DocID: "a", Entities: []Entity{{}, {Score: float32(math.Inf(1))}}}}}},
		{`schema: sentences: "a": sentence 0: score is -Inf`, Rows{Sentences: []Sentence{{DocID: "a", Quoted: math.Inf(-1)}}}},
		{`schema: sentences: "a": sentence 0: entity 0: score is NaN`, Rows{Sentences: []Sentence{{DocID: "a", Entities: []Entity{{Sentiment: &nan}}}}}},
		{`schema: sentences: "a": sentence 0: entity 0: not UTF-8: "\xff"`, Rows{Sentences: []Sentence{{DocID: "a", Entities: []Entity{{SentimentLabel: "\xff"}}}}}},
		{`schema: documents: "a": score is NaN`, Rows{Documents: []Document{{DocID: "a", Sentiment: &nan}}}},
		{`schema: documents: "a": main entity 0: score is NaN`, Rows{Documents: []Document{{DocID: "a", MainEntities: []MainEntity{{Sentiment: &nan}}}}}},
		{`schema: documents: "a": main entity 1: not UTF-8: "\xff"`, Rows{Documents: []Document{{DocID: "a", MainEntities: []MainEntity{{}, {Name: "\xff"}}}}}},
		{`schema: documents: "a": 0 flags with 1 counts`, Rows{Documents: []Document{{DocID: "a", FlagCounts: []int32{1}}}}},
		{`schema: documents: "a": not UTF-8: "\xff"`, Rows{Documents: []Document{{DocID: "a", Byline: "\xff"}}}},
		{`schema: sentences: "a": sentence 1: entity 2: not UTF-8: "\xff"`, Rows{Sentences: []Sentence{{DocID: "a", Sentence: 1, Entities: []Entity{{}, {}, {Value: "\xff"}}}}}},
		{`schema: tokens: not UTF-8: "\x9d\xb1"`, Rows{Types: []string{tokyo[:3], tokyo[1:3]}, Documents: []Document{{DocID: "a", Text: tokyo}}}},
		{`schema: sentences: "a": sentence 0: entity 0: not UTF-8: "\xe6"`, Rows{Sentences: []Sentence{{DocID: "a", Text: tokyo, Entities: []Entity{{Text: tokyo[:1]}}}}}},
		{`schema: sentences: "a": sentence 0: not UTF-8: "\x9d\xb1京"`, Rows{Sentences: []Sentence{{DocID: "a", Text: tokyo[1:]}}, Documents: []Document{{DocID: "a", Text: tokyo}}}},
		{`schema: sentences: "a": sentence 1: not UTF-8: "\xff"`, Rows{Sentences: []Sentence{{DocID: "a"}, {DocID: "a", Sentence: 1, Title: "\xff"}}}},
		{`schema: removed: "a": block 4: not UTF-8: "\xff"`, Rows{Removed: []Removed{{DocID: "a", Block: 4, Reason: "\xff"}}}},
		{`schema: quarantine: "a": not UTF-8: "\xff"`, Rows{Quarantined: []Quarantined{{DocID: "a", Path: "\xff"}}}},
	} {
		e := NewEncoder(Settings{})
		if err := e.Append(&c.rows); err == nil || err.Error() != c.want {
			t.Errorf("got  %v\nwant %s", err, c.want)
		}
		g, err := e.Finish()
		if err != nil || g.Size() != 0 {
			t.Errorf("%s: refused rows left %d bytes, %v", c.want, g.Size(), err)
		}
	}
}

// What Append was given may be written over before the next call.
func TestAppendKeepsNothing(t *testing.T) {
	memory := []byte("the first of two documents")
	id := unsafe.String(&memory[0], len(memory))
	e := NewEncoder(Settings{})
	for _, now := range []string{"the first of two documents", "and behind it the other one"} {
		copy(memory, now)
		row := Sentence{DocID: id, Role: id[:8], Text: id, Title: id, Tokens: []int32{0, 1}, TokenStart: []int32{4, 0}, Entities: []Entity{{Text: id[1:3]}, {}}}
		if err := e.Append(&Rows{Types: []string{id[4:8], id}, Sentences: []Sentence{row, row, {}, row}, Removed: []Removed{{DocID: id}, {DocID: id}}}); err != nil {
			t.Fatal(err)
		}
	}
	g, err := e.Finish()
	if err != nil {
		t.Fatal(err)
	}
	checkPieces(t, g)
	back := readBack(t, g)
	for i, want := range []string{"the first of two documents", "the first of two documents", "", "the first of two documents"} {
		for _, k := range []int{i, i + 4} {
			if k > 3 && want != "" {
				want = "and behind it the other on"
			}
			s := back.sentences[k]
			if s.DocID != want || s.Text != want || want != "" && (s.Role != want[:8] || *s.Title != want || s.Tokens[0] != want[4:8] || s.Tokens[1] != want || s.Entities[0].Text != want[1:3]) {
				t.Errorf("sentence %d of %q is %+v", k, want, s)
			}
		}
	}
	if back.removed[1].DocID != "the first of two documents" || back.removed[3].DocID != "and behind it the other on" || back.mentions[11].DocID != back.removed[3].DocID {
		t.Errorf("removed are %+v, mentions %+v", back.removed, back.mentions)
	}
}

// FuzzRoundTrip makes rows of any text and any pattern of NULLs, lists and empty strings.
func FuzzRoundTrip(f *testing.F) {
	f.Add("One made-up line.|Über 東京||x", uint64(0b1011), int32(5), 0.25)
	f.Add("", uint64(0), int32(-1), -0.00004)
	f.Add("\xff|a", ^uint64(0), int32(math.MinInt32), math.NaN())
	f.Fuzz(func(t *testing.T, text string, mask uint64, n int32, score float64) {
		rows := fuzzRows(strings.Split(text, "|"), mask, n, score)
		if err := rows.Check(); err != nil {
			if err := NewEncoder(Settings{}).Append(rows); err == nil {
				t.Fatal("rows that do not pass Check were taken")
			}
			return
		}
		checkRoundTrip(t, rows)
	})
}

func fuzzRows(words []string, mask uint64, n int32, score float64) *Rows {
	bit := 0
	yes := func() bool {
		bit++
		return mask>>(bit%64)&1 == 1
	}
	word := func() string {
		if !yes() {
			return ""
		}
		return words[bit%len(words)]
	}
	rows := new(Rows)
	for range min(40, len(words)) {
		s := Sentence{DocID: word(), Sentence: n, Text: word(), Title: word(), SourceEnd: int64(n) << 20, Sentiment: score, Positive: -score, Quoted: score}
		d := Document{DocID: word(), Title: word(), Byline: word(), Outlet: word(), Text: word(), NChars: n}
		if yes() {
			s.Published, d.Published, d.Sentiment = &n, &n, &score
		}
		for yes() && len(s.Tokens) < 50 {
			s.Tokens, s.TokenStart = append(s.Tokens, rows.numbers(word())...), append(s.TokenStart, n)
			d.Flags, d.FlagCounts = append(d.Flags, word()), append(d.FlagCounts, -n)
		}
		for yes() && len(s.Entities) < 50 {
			e := Entity{Text: word(), Label: word(), EndChar: n, Name: word(), EntityID: word(), Title: word(), Value: word(), Score: float32(score), SentimentLabel: word()}
			if yes() {
				e.Sentiment = &score
			}
			s.Entities = append(s.Entities, e)
			d.MainEntities = append(d.MainEntities, MainEntity{word(), word(), word(), n, e.Sentiment})
		}
		rows.Sentences = append(rows.Sentences, s)
		rows.Documents = append(rows.Documents, d)
		rows.Removed = append(rows.Removed, Removed{DocID: word(), Text: word(), Reason: word(), Score: float32(score)})
		rows.Quarantined = append(rows.Quarantined, Quarantined{Path: word(), SHA256: word(), Size: int64(n)})
	}
	return rows
}

package schema
import ("testing";"os";"github.com/parquet-go/parquet-go")
func str(s *string) string { if s == nil { return "" }; return *s }
func realDocs() []*Rows {
	f, err := os.Open("/tmp/ds2/current/sentences/part-00000.parquet"); if err != nil { panic(err) }
	st, _ := f.Stat()
	pf, err := parquet.OpenFile(f, st.Size()); if err != nil { panic(err) }
	rows := make([]sentenceRow, 120000)
	r := parquet.NewGenericRowGroupReader[sentenceRow](pf.RowGroups()[2])
	n, _ := r.Read(rows)
	rows = rows[:n]
	var docs []*Rows
	for i := range rows { s := &rows[i]
		if i == 0 || rows[i-1].DocID != s.DocID { docs = append(docs, new(Rows)) }
		d := docs[len(docs)-1]
		o := Sentence{DocID:s.DocID,Sentence:s.Sentence,Paragraph:s.Paragraph,Role:s.Role,Text:s.Text,StartChar:s.StartChar,EndChar:s.EndChar,SourceStart:s.SourceStart,SourceEnd:s.SourceEnd,Title:str(s.Title),Published:s.Published,Tokens:s.Tokens,TokenStart:s.TokenStart,NTokens:s.NTokens,NEntities:s.NEntities,Sentiment:s.Sentiment,SentimentLabel:s.SentimentLabel,Positive:s.Positive,Negative:s.Negative,Neutral:s.Neutral,Flags:s.Flags}
		for _, e := range s.Entities { o.Entities = append(o.Entities, Entity{e.Text,e.Label,e.StartChar,e.EndChar,str(e.Name),str(e.EntityID),str(e.ExternalID),str(e.Title),str(e.Value),e.Score}) }
		d.Sentences = append(d.Sentences, o)
	}
	return docs
}
func BenchmarkReal(b *testing.B) {
	docs := realDocs()
	e := NewEncoder(Settings{})
	var size int64
	for b.Loop() {
		for _, d := range docs { if err := e.Append(d); err != nil { b.Fatal(err) } }
		g, err := e.Finish(); if err != nil { b.Fatal(err) }
		size = g.Size()
		g.Release()
	}
	reportRows(b, docs)
	b.ReportMetric(float64(size)/float64(countSentences(docs)), "B/sentence")
}
func BenchmarkRealProve(b *testing.B) {
	docs := realDocs()
	dir, files := writePart(b, docs, len(docs), 1, Settings{})
	for b.Loop() {
		if err := Prove(dir+"/"+files[0].Path, files[0]); err != nil { b.Fatal(err) }
	}
	reportRows(b, docs)
}
func BenchmarkRealLoad(b *testing.B) { realDocs(); for b.Loop() {} }

package schema

// A layout is what parquet-go is to read back of rows that were written.
type layout struct {
	sentences    []sentenceRow
	documents    []documentRow
	mentions     []mentionRow
	removed      []removedRow
	quarantined  []quarantinedRow
	entities     []entityRow     // of sentences
	mainEntities []mainEntityRow // of documents
	scores       []float64       // of all that may be NULL
}

func (l *layout) set(rows *Rows) {
	l.scores = l.scores[:0]
	l.setSentences(rows)
	l.setDocuments(rows.Documents)
	l.mentions = l.mentions[:0]
	for m := range rows.Mentions() {
		l.mentions = append(l.mentions, mentionRow{m.DocID, m.Sentence, m.Mention, l.entity(&m.Entity)})
	}
	l.removed = l.removed[:0]
	for i := range rows.Removed {
		r := &rows.Removed[i]
		l.removed = append(l.removed, removedRow{
			r.DocID, r.Block, r.Text, r.StartChar, r.EndChar, r.SourceStart, r.SourceEnd, r.Role, r.Reason, round32(r.Score),
		})
	}
	l.quarantined = l.quarantined[:0]
	for i := range rows.Quarantined {
		q := &rows.Quarantined[i]
		l.quarantined = append(l.quarantined, quarantinedRow{
			q.DocID, q.Path, q.PathHex, optional(&q.SHA256), q.Size, q.Reason, q.Detail, q.ByteOffset,
		})
	}
}

func (l *layout) setSentences(rows *Rows) {
	n := 0
	for i := range rows.Sentences {
		n += len(rows.Sentences[i].Entities)
	}
	if cap(l.entities) < n {
		l.entities = make([]entityRow, 0, 2*n)
	}
	l.sentences, l.entities = l.sentences[:0], l.entities[:0]
	for i := range rows.Sentences {
		s := &rows.Sentences[i]
		first := len(l.entities)
		for k := range s.Entities {
			l.entities = append(l.entities, l.entity(&s.Entities[k]))
		}
		l.sentences = append(l.sentences, sentenceRow{
			s.DocID, s.Sentence, s.Paragraph, s.Role, s.Text, s.StartChar, s.EndChar, s.SourceStart, s.SourceEnd,
			optional(&s.Title), s.Published, rows.tokens(s.Tokens), s.TokenStart, l.entities[first:len(l.entities):len(l.entities)],
			s.NTokens, s.NEntities, Round(s.Sentiment), s.SentimentLabel, Round(s.Positive), Round(s.Negative), Round(s.Neutral),
			Round(s.Quoted), s.Flags,
		})
	}
}

func (l *layout) setDocuments(rows []Document) {
	l.documents, l.mainEntities = l.documents[:0], l.mainEntities[:0]
	for i := range rows {
		d := &rows[i]
		first := len(l.mainEntities)
		for k := range d.MainEntities {
			m := &d.MainEntities[k]
			l.mainEntities = append(l.mainEntities, mainEntityRow{m.Name, m.Label, optional(&m.EntityID), m.Mentions, l.score(m.Sentiment)})
		}
		l.documents = append(l.documents, documentRow{
			d.DocID, d.Path, d.SHA256, d.Size, d.Encoding, optional(&d.Title), optional(&d.Byline), optional(&d.Dateline),
			d.Published, optional(&d.Outlet), optional(&d.URL), optional(&d.Language), d.Text,
			d.NChars, d.NBlocks, d.NRemoved, d.NSentences, d.NTokens, d.NEntities, l.score(d.Sentiment),
			l.mainEntities[first:len(l.mainEntities):len(l.mainEntities)], d.Flags, d.FlagCounts,
		})
	}
}

func (l *layout) entity(e *Entity) entityRow {
	return entityRow{
		e.Text, e.Label, e.StartChar, e.EndChar, optional(&e.Name), optional(&e.EntityID), optional(&e.ExternalID),
		optional(&e.Title), optional(&e.Value), round32(e.Score), l.score(e.Sentiment), optional(&e.SentimentLabel),
	}
}

// score returns x rounded, or nil for nil.
func (l *layout) score(x *float64) *float64 {
	if x == nil {
		return nil
	}
	l.scores = append(l.scores, Round(*x)) // when the list moves, the old one stays as it is
	return &l.scores[len(l.scores)-1]
}

// optional returns s, or nil where it points to "".
func optional(s *string) *string {
	if *s == "" {
		return nil
	}
	return s
}

func round32(x float32) float32 { return float32(Round(float64(x))) }

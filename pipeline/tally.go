package pipeline

// A Tally counts what a run did.
type Tally struct {
	Documents   int64              `json:"documents"` // in the dataset; quarantined ones are not
	Quarantined map[Reason]int64   `json:"quarantined,omitempty"`
	Sentences   int64              `json:"sentences"`
	Tokens      int64              `json:"tokens"`
	Entities    int64              `json:"entities"`
	Removed     map[string]int64   `json:"removed,omitempty"` // blocks by role
	Flags       map[string]int64   `json:"flags,omitempty"`   // documents by flag
	Bytes       int64              `json:"bytes"`             // of input
	Seconds     map[string]float64 `json:"stage_seconds,omitempty"`
}

// count adds one document.
func (t *Tally) count(j *job, list []Stage) {
	t.Bytes += int64(len(j.data))
	if j.refused != nil {
		add(&t.Quarantined, j.refused.reason, 1)
		return
	}
	t.Documents++
	t.Sentences += int64(len(j.rows.Sentences))
	t.Tokens += int64(len(j.doc.Tokens))
	t.Entities += int64(len(j.rows.Mentions))
	for i := range j.rows.Removed {
		add(&t.Removed, j.rows.Removed[i].Role, 1)
	}
	for _, flag := range j.rows.Documents[0].Flags {
		add(&t.Flags, flag, 1)
	}
	for i, spent := range j.times {
		add(&t.Seconds, list[i].Name, spent.Seconds())
	}
}

// merge adds the counts of o.
func (t *Tally) merge(o *Tally) {
	t.Documents += o.Documents
	t.Sentences += o.Sentences
	t.Tokens += o.Tokens
	t.Entities += o.Entities
	t.Bytes += o.Bytes
	for k, n := range o.Quarantined {
		add(&t.Quarantined, k, n)
	}
	for k, n := range o.Removed {
		add(&t.Removed, k, n)
	}
	for k, n := range o.Flags {
		add(&t.Flags, k, n)
	}
	for k, n := range o.Seconds {
		add(&t.Seconds, k, n)
	}
}

func add[K comparable, N int64 | float64](m *map[K]N, k K, n N) {
	if *m == nil {
		*m = make(map[K]N)
	}
	(*m)[k] += n
}

// InQuarantine returns the number of files and records that are not in the dataset.
func (t *Tally) InQuarantine() (n int64) {
	for _, k := range t.Quarantined {
		n += k
	}
	return n
}

package main

import "path/filepath"

// tools are the programs that beside runs.
type tools struct {
	pressrow, prose, python, scripts string
}

const (
	megabyte = 1_000_000
	all      = 24 * megabyte // of articles for fast programs
)

// peers returns the programs, ours first; those for which a tool was not given
// are missing. A peer that leaves out nothing is what those behind it are
// compared with.
func (t tools) peers() []peer {
	list := []peer{{"pressrow, one processor", "", all, 1, 1, t.build("1")}}
	if t.scripts != "" {
		list = append(list,
			peer{"wink-nlp, one process", "cleaning, comments, people, places, bodies, names, tone toward a name, Parquet, reruns", all, 1, 1, t.node("wink.js")},
			peer{"compromise", "cleaning, comments, dates and sums, names, tone, Parquet, reruns", megabyte, 1, 1, t.node("compromise.js")},
		)
	}
	if t.python != "" {
		list = append(list,
			peer{"spaCy, blank English and sentencizer", "cleaning, comments, entities, tone, reruns", 8 * megabyte, 1, 1, t.script("spacy_blank.py")},
			peer{"NLTK words, untrained Punkt, VADER", "cleaning, comments, entities, tone toward a name, reruns", 8 * megabyte, 1, 1, t.script("nltk_vader.py")},
			peer{"datatrove, JSON lines to Parquet", "all analysis", all, 1, 1, t.script("datatrove_parquet.py")},
		)
	}
	if t.prose != "" {
		list = append(list, peer{"prose v2, govader, parquet-go", "cleaning, comments, dates and sums, names, tone toward a name, reruns", megabyte, 1, 1,
			func(articles, out string) []string { return []string{t.prose, articles, out} }})
	}
	list = append(list,
		peer{"pressrow, two processors", "", all, 1, 2, t.build("2")},
		peer{"pressrow, two processes", "that there is one dataset: what the machine itself gives for a second processor", all, 2, 1, t.build("1")},
	)
	if t.scripts != "" {
		list = append(list, peer{"wink-nlp, two processes", "as above", all, 2, 1, t.node("wink.js")})
	}
	return list
}

func (t tools) build(workers string) func(articles, out string) []string {
	return func(articles, out string) []string {
		return []string{t.pressrow, "build", "--quiet", "--quarantine-ok", "--workers", workers, "--out", out, articles}
	}
}

func (t tools) node(script string) func(articles, out string) []string {
	return func(articles, out string) []string {
		return []string{"node", filepath.Join(t.scripts, script), articles, out}
	}
}

func (t tools) script(name string) func(articles, out string) []string {
	return func(articles, out string) []string {
		return []string{t.python, "-B", filepath.Join(t.scripts, name), articles, out}
	}
}

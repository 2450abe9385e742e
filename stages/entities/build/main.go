// Build compiles the gazetteer of the entities stage from public lists of
// facts and from those in stages/entities/facts. Run it in the root of the
// project:
//
//	go run ./stages/entities/build -data ../shared/data
//
// The same lists give the same bytes.
package main

import (
	"bufio"
	"crypto/sha256"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"

	"pressrow/stages"
	"pressrow/stages/entities"
)

func main() {
	log.SetFlags(0)
	data := flag.String("data", "../shared/data", "folder with gazetteers/phrases.tsv")
	stage := flag.String("stage", "stages/entities", "folder of the stage")
	flag.Parse()
	phrases, err := collect(*data, *stage)
	if err != nil {
		log.Fatal(err)
	}
	file, err := entities.Compile(phrases)
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(*stage, "gazetteer.bin"), file, 0o644); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("gazetteer.bin: %d phrases, %d bytes, sha256 %x\n", len(phrases), len(file), sha256.Sum256(file))
	words, err := clusters(filepath.Join(*data, "words/brown256.tsv"))
	if err != nil {
		log.Fatal(err)
	}
	if file, err = entities.CompileClusters(words); err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(filepath.Join(*stage, "clusters.bin"), file, 0o644); err != nil {
		log.Fatal(err)
	}
	fmt.Printf("clusters.bin: %d words, %d bytes, sha256 %x\n", len(words), len(file), sha256.Sum256(file))
}

// collect reads all lists, those with records first: the first record of a phrase wins.
func collect(data, stage string) ([]entities.Phrase, error) {
	var l lists
	l.skip = map[string]bool{}
	steps := []struct {
		path string
		row  func([]string)
	}{
		{filepath.Join(stage, "facts/countries.tsv"), l.country},
		{filepath.Join(stage, "facts/things.tsv"), l.thing},
		{filepath.Join(stage, "facts/states.tsv"), l.state},
		{filepath.Join(stage, "facts/cities.tsv"), l.cities},
		{filepath.Join(stage, "facts/bodies.tsv"), l.bodies},
		{filepath.Join(stage, "facts/names.tsv"), l.names},
		{filepath.Join(stage, "facts/people.tsv"), l.known},
		{filepath.Join(stage, "facts/titles.tsv"), l.titles},
		{filepath.Join(stage, "facts/heads.tsv"), l.heads},
		{filepath.Join(data, "gazetteers/phrases.tsv"), l.public},
	}
	for _, s := range steps {
		if err := rows(s.path, s.row); err != nil {
			return nil, err
		}
	}
	return l.phrases, nil
}

// rows calls row with the columns of each line of a tab-separated file.
func rows(path string, row func([]string)) error {
	f, err := os.Open(path)
	if err != nil {
		return err
	}
	defer f.Close()
	in := bufio.NewScanner(f)
	in.Buffer(nil, 1<<20)
	for in.Scan() {
		if line := in.Text(); line != "" && line[0] != '#' {
			row(append(strings.Split(line, "\t"), "", "", "", "", ""))
		}
	}
	return in.Err()
}

type lists struct {
	phrases []entities.Phrase
	skip    map[string]bool // phrases of the public lists that are no names
}

// add adds each of the names, parted by |, and their spelling without accents.
func (l *lists) add(names string, class entities.Class, r *entities.Record) {
	for _, name := range strings.Split(names, "|") {
		if name == "" {
			continue
		}
		l.phrases = append(l.phrases, entities.Phrase{Text: name, Class: class, Record: r})
		if p := plain(name); p != name {
			l.phrases = append(l.phrases, entities.Phrase{Text: p, Class: class, Record: r})
		}
	}
}

// plain returns s without accents.
func plain(s string) string {
	var b strings.Builder
	for _, r := range norm.NFD.String(s) {
		if !unicode.Is(unicode.Mn, r) {
			b.WriteRune(r)
		}
	}
	return norm.NFC.String(b.String())
}

// slug returns s as part of an id: small letters and digits, the rest hyphens.
func slug(s string) string {
	var b strings.Builder
	for _, r := range strings.ToLower(plain(s)) {
		switch {
		case r >= 'a' && r <= 'z', r >= '0' && r <= '9':
			b.WriteRune(r)
		case b.Len() > 0 && !strings.HasSuffix(b.String(), "-") && r != '.' && r != '\'':
			b.WriteByte('-')
		}
	}
	return strings.TrimSuffix(b.String(), "-")
}

// country reads: code, name, aliases, people, capital.
func (l *lists) country(c []string) {
	code := strings.ToLower(c[0])
	l.add(c[1]+"|"+c[2], entities.Country, &entities.Record{Label: stages.GPE, ID: "gpe/" + code, External: "iso3166:" + c[0], Name: c[1]})
	l.people(c[3])
	capital, _, _ := strings.Cut(c[4], "|")
	l.add(c[4], entities.BigCity, &entities.Record{Label: stages.GPE, ID: "gpe/" + code + "/" + slug(capital), Name: capital})
}

// people adds the names of a people; the first one gives the id.
func (l *lists) people(names string) {
	first, _, _ := strings.Cut(names, "|")
	if first != "" {
		l.add(names, entities.Norp, &entities.Record{Label: stages.NORP, ID: "norp/" + slug(first), Name: first})
	}
}

// state reads: country, code, name, aliases, people, cities.
func (l *lists) state(c []string) {
	id := "gpe/" + c[0] + "/" + slug(c[2])
	l.add(c[2]+"|"+c[3], entities.State, &entities.Record{Label: stages.GPE, ID: id, External: "iso3166:" + strings.ToUpper(c[0]) + "-" + c[1], Name: c[2]})
	l.people(c[4])
	for _, city := range strings.Split(c[5], "|") {
		if city != "" {
			l.add(city, entities.BigCity, &entities.Record{Label: stages.GPE, ID: id + "/" + slug(city), Name: city})
		}
	}
}

// cities reads: country, cities.
func (l *lists) cities(c []string) {
	for _, city := range strings.Split(c[1], "|") {
		l.add(city, entities.BigCity, &entities.Record{Label: stages.GPE, ID: "gpe/" + c[0] + "/" + slug(city), Name: city})
	}
}

// thing reads: label, id, name, aliases.
func (l *lists) thing(c []string) {
	class, label := entities.Other, stages.Date
	for i, name := range stages.Labels {
		if name == c[0] {
			label = stages.Label(i)
		}
	}
	switch label {
	case stages.Org:
		class = entities.Org
	case stages.GPE:
		class = entities.Country
	case stages.Loc:
		class = entities.Loc
	case stages.Facility:
		class = entities.Fac
	case stages.NORP:
		class = entities.Norp
	case stages.Date:
		class = entities.Holiday
	}
	var r *entities.Record
	if c[1] != "" {
		r = &entities.Record{Label: label, ID: c[1], Name: c[2]}
	}
	l.add(c[2]+"|"+c[3], class, r)
}

// bodies reads: label, things with their other names (=), parted by |. An
// acronym of up to four letters gives no id, since what it means depends on
// the country, and one of up to three is left out.
func (l *lists) bodies(c []string) {
	kind := map[string]struct {
		class  entities.Class
		label  stages.Label
		prefix string
	}{
		"ORG": {entities.Org, stages.Org, "org/"}, "org": {entities.Org, stages.Org, ""},
		"LOC": {entities.Loc, stages.Loc, "loc/"}, "GPE": {entities.State, stages.GPE, "gpe/"},
	}[c[0]]
	for _, thing := range strings.Split(c[1], "|") {
		names := strings.Split(thing, "=")
		for _, name := range names {
			acronym := name == strings.ToUpper(name)
			if acronym && len(name) <= 3 {
				continue
			}
			var r *entities.Record
			if kind.prefix != "" && !(acronym && len(name) == 4) {
				r = &entities.Record{Label: kind.label, ID: kind.prefix + slug(names[0]), Name: names[0]}
			}
			l.add(name, kind.class, r)
		}
	}
}

// names reads: kind, names. The last word of a full name is a last name of its own.
func (l *lists) names(c []string) {
	l.add(c[1], map[string]entities.Class{"first": entities.First, "last": entities.Last, "person": entities.Person}[c[0]], nil)
	if c[0] != "person" {
		return
	}
	for _, name := range strings.Split(c[1], "|") {
		words := strings.Fields(name)
		last := len(words) - 1
		for last > 0 && (len(words[last]) < 3 || strings.HasSuffix(words[last], ".")) {
			last-- // Jr., II
		}
		if last > 0 {
			l.add(words[last], entities.Last, nil)
		}
	}
}

// known reads: full name, other full names, surname that means this person.
func (l *lists) known(c []string) {
	r := &entities.Record{Label: stages.Person, ID: "person/" + slug(withoutInitial(c[0])), Name: c[0]}
	l.add(c[0]+"|"+c[1], entities.Person, r)
	l.add(c[2], entities.Last, r)
}

// titles reads: kind, titles.
func (l *lists) titles(c []string) {
	l.add(c[1], map[string]entities.Class{"form": entities.Form, "office": entities.Office}[c[0]], nil)
}

// heads reads: kind, words.
func (l *lists) heads(c []string) {
	l.add(c[1], map[string]entities.Class{
		"org": entities.HeadOrg, "fac": entities.HeadFac, "loc": entities.HeadLoc, "gpe": entities.HeadGPE, "law": entities.HeadLaw,
		"event": entities.HeadEvent, "say": entities.Say, "role": entities.Role, "move": entities.Move,
	}[c[0]], nil)
}

// public reads: list, phrase.
func (l *lists) public(c []string) {
	class, ok := map[string]entities.Class{
		"first": entities.First, "last": entities.Last, "polperson": entities.Person, "city": entities.City, "admin": entities.Region,
		"country": entities.Country, "company": entities.Company, "gov": entities.Agency, "media": entities.Media, "demonym": entities.Norp,
	}[c[0]]
	name := c[1]
	if !ok || len([]rune(name)) < 2 || common[strings.ToLower(name)] {
		return
	}
	l.add(name, class, nil)
	if short, ok := strings.CutPrefix(name, "The "); ok && c[0] == "media" && strings.Contains(short, " ") {
		l.add(short, class, nil)
	}
	if c[0] == "polperson" {
		if short := withoutInitial(name); short != name {
			l.add(short, class, nil)
		}
	}
}

// withoutInitial takes the middle initials out of a full name.
func withoutInitial(name string) string {
	words := strings.Fields(name)
	out := words[:0:0]
	for i, w := range words {
		if i > 0 && i+1 < len(words) && len(strings.Trim(w, ".")) == 1 {
			continue
		}
		out = append(out, w)
	}
	return strings.Join(out, " ")
}

// common are words of the language that the public lists hold as names of
// small places, committees or people, where they mislead more than they help.
var common = func() map[string]bool {
	m := map[string]bool{}
	for _, w := range strings.Fields(`the of and or a an in on at to for from by with as is was are were be been he she it they we you i his her its their our my your
		this that these those there here not no yes all any some many most more much few several other such same own so too very just only even also still again
		then now once when where why how who what which while if but because although though since until unless after before during between into over under about
		against through out up down off than may can could will would shall should must do does did have has had get got go went come came make made take took see saw
		say said know new old good bad big small great long short high low first last next early late young right left best better man woman men women boy girl people
		day week month year time today home house work war peace law order state city town county country world government party office court school church market
		bank street road water land air fire sea river lake hill mountain island north south east west northern southern eastern western central national federal
		international general special public private local united democratic republican black white green red blue brown gray grey gold silver one two three four five six
		seven eight nine ten hundred thousand million god lord king queen prince president senator house budget education transportation energy environment health
		labor labour commerce agriculture justice defense defence security intelligence oversight rules ethics appropriations finance foreign affairs africa asia europe
		veterans aging science space technology communications nutrition livestock crime terrorism immigration trade tax taxation markets housing insurance
		strategic forces readiness seapower personnel cybersecurity`) {
		m[w] = true
	}
	return m
}()

// clusters reads: path, word, count.
func clusters(path string) ([]entities.ClusterWord, error) {
	var words []entities.ClusterWord
	var bad error
	err := rows(path, func(c []string) {
		n, err := strconv.Atoi(c[2])
		if err != nil && bad == nil {
			bad = fmt.Errorf("%s: count of %q: %w", path, c[1], err)
		}
		words = append(words, entities.ClusterWord{Path: c[0], Word: c[1], Count: n})
	})
	if err == nil {
		err = bad
	}
	return words, err
}

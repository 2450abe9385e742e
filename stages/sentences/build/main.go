// Build makes the table of word clusters of package sentences.
//
//	go run ./stages/sentences/build -data ../shared/data
//
// It reads words/brown256.tsv below -data (the path of a cluster, a word, how
// often it was counted) and writes stages/sentences/clusters.bin: at the place
// of each frequent word, the number of its cluster. The model is trained on
// what it writes, so train it anew when the table changes.
package main

import (
	"bufio"
	"flag"
	"fmt"
	"log"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"pressrow/stages/sentences"
)

// least is how often a word must have been counted.
const least = 20

func main() {
	log.SetFlags(0)
	log.SetPrefix("build: ")
	data := flag.String("data", "../shared/data", "`folder` with the word clusters")
	out := flag.String("o", "stages/sentences/clusters.bin", "`file` to write")
	flag.Parse()
	table, err := clusters(filepath.Join(*data, "words", "brown256.tsv"))
	if err != nil {
		log.Fatal(err)
	}
	if err := os.WriteFile(*out, table, 0o644); err != nil {
		log.Fatal(err)
	}
}

// clusters reads the table of clusters. Of two words with the same place the
// more frequent one has it, of two as frequent the first in the file. The first
// cluster, one of odds and ends, has the number of words in none: 0.
func clusters(path string) ([]byte, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	table := make([]byte, sentences.Clusters)
	counts := make([]int, sentences.Clusters)
	numbers := map[string]int{}
	scanner := bufio.NewScanner(file)
	for n := 1; scanner.Scan(); n++ {
		field := strings.Split(scanner.Text(), "\t")
		if len(field) != 3 {
			return nil, fmt.Errorf("%s:%d: %d fields instead of 3", path, n, len(field))
		}
		count, err := strconv.Atoi(field[2])
		if err != nil {
			return nil, fmt.Errorf("%s:%d: %w", path, n, err)
		}
		if _, ok := numbers[field[0]]; !ok {
			numbers[field[0]] = len(numbers)
		}
		number := numbers[field[0]]
		if number > 255 {
			return nil, fmt.Errorf("%s:%d: more than 256 clusters", path, n)
		}
		if k := sentences.ClusterKey(field[1]); count >= least && count > counts[k] {
			table[k], counts[k] = byte(number), count
		}
	}
	return table, scanner.Err()
}

package entities

import (
	"slices"
	"strings"
	"testing"
)

// A document that is read in stretches has the entities that it has as a whole.
func TestStretches(t *testing.T) {
	for _, text := range []string{
		strings.Repeat(newsStory, 3),
		"The Calder Water Board (CWB) met .\nIt was cold .\nCWB members thanked Ruth Adeyemi .\nAdeyemi left for Ohio at 5 p.m. .",
		strings.ToUpper(newsStory),
		"A B C D .\nE\nf\nG H",
		"",
	} {
		want := plainDocument(text)
		if err := Tag(want); err != nil {
			t.Fatal(err)
		}
		for _, most := range []int{1, 20, 100} {
			got := plainDocument(text)
			got.SetTypes(most)
			if err := Tag(got); err != nil {
				t.Fatal(err)
			}
			if !slices.Equal(got.Entities, want.Entities) || !slices.Equal(got.Sentences, want.Sentences) {
				t.Errorf("in stretches of %d words\n%+v\nas a whole\n%+v", most, got.Entities, want.Entities)
			}
		}
	}
}

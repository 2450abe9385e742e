package main

import (
	"strings"
	"testing"
)

func TestSurface(t *testing.T) {
	for tokens, want := range map[string]string{
		`Ames ( 41 ) said , " Go on . "`:            `Ames (41) said, "Go on."`,
		`It is n't the firm 's two - year plan .`:   `It isn't the firm's two-year plan.`,
		`BERN , 3 May - The lake cost $ 4 / head`:   `BERN, 3 May - The lake cost $4/head`,
		`They ’ll sell “ The Weir ” for 20 % off ?`: `They’ll sell “The Weir” for 20% off?`,
	} {
		if got := surface(strings.Fields(tokens)); got != want {
			t.Errorf("\n got %s\nwant %s", got, want)
		}
	}
}

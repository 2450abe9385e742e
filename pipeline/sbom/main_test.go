package main

import (
	"bytes"
	"crypto/sha256"
	"encoding/json"
	"os"
	"runtime/debug"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestBillOf(t *testing.T) {
	info := &debug.BuildInfo{
		GoVersion: "go1.26.0",
		Main:      debug.Module{Path: "example.com/tools/kettle", Version: "(devel)"},
		Deps: []*debug.Module{
			{Path: "example.com/leaf", Version: "v1.2.3", Sum: "h1:" + strings.Repeat("A", 43) + "="},
			{Path: "example.com/old", Version: "v0.1.0", Replace: &debug.Module{Path: "example.com/new", Version: "v2.0.0+incompatible", Sum: "h1://" + strings.Repeat("A", 41) + "="}},
			{Path: "example.com/near", Version: "v0.0.0", Replace: &debug.Module{Path: "../near"}},
		},
	}
	got, err := billOf(info, [sha256.Size]byte{31: 0xab})
	if err != nil {
		t.Fatal(err)
	}
	kettle, std := "pkg:golang/example.com/tools/kettle@(devel)", "pkg:golang/std@1.26.0"
	leaf, new, near := "pkg:golang/example.com/leaf@v1.2.3", "pkg:golang/example.com/new@v2.0.0%2Bincompatible", "pkg:golang/../near@"
	want := &bom{
		Format: "CycloneDX", SpecVersion: "1.6", Version: 1,
		Metadata: metadata{component{"application", kettle, "kettle", "(devel)", kettle, []hashSum{{"SHA-256", strings.Repeat("0", 62) + "ab"}}}},
		Components: []component{
			{"library", std, "std", "1.26.0", std, nil},
			{"library", leaf, "example.com/leaf", "v1.2.3", leaf, []hashSum{{"SHA-256", strings.Repeat("0", 64)}}},
			{"library", new, "example.com/new", "v2.0.0+incompatible", new, []hashSum{{"SHA-256", "fff" + strings.Repeat("0", 61)}}},
			{"library", near, "../near", "", near, nil},
		},
		Dependencies: []dependency{{kettle, []string{std, leaf, new, near}}},
	}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	for _, sum := range []string{"h2:AAAA", "h1:***", "AAAA"} {
		info.Deps[0].Sum = sum
		if _, err := billOf(info, [sha256.Size]byte{}); err == nil {
			t.Errorf("%s: no error", sum)
		}
	}
}

// The test's own program says how it was built, too.
func TestWrite(t *testing.T) {
	program, err := os.ReadFile(os.Args[0])
	if err != nil {
		t.Fatal(err)
	}
	var first, second bytes.Buffer
	for _, b := range []*bytes.Buffer{&first, &second} {
		if err := write(b, program); err != nil {
			t.Fatal(err)
		}
	}
	var b bom
	if err := json.Unmarshal(first.Bytes(), &b); err != nil || first.String() != second.String() || len(b.Components) == 0 {
		t.Errorf("%v; %s", err, first.String())
	}
	if err := write(&first, []byte("no program")); err == nil {
		t.Error("a text has a bill of materials")
	}
}

// Sbom writes the software bill of materials of a Go program: the modules that
// the program says it was built from, as CycloneDX 1.6 JSON. It reads nothing
// but the program, and the same program gives the same bytes.
//
//	go run ./pipeline/sbom bin/pressrow > pressrow.cdx.json
package main

import (
	"bytes"
	"crypto/sha256"
	"debug/buildinfo"
	"encoding/base64"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"path"
	"runtime/debug"
	"strings"
)

type bom struct {
	Format       string       `json:"bomFormat"`
	SpecVersion  string       `json:"specVersion"`
	Version      int          `json:"version"`
	Metadata     metadata     `json:"metadata"`
	Components   []component  `json:"components"`
	Dependencies []dependency `json:"dependencies"`
}

type metadata struct {
	Component component `json:"component"`
}

type component struct {
	Type    string    `json:"type"`
	Ref     string    `json:"bom-ref"`
	Name    string    `json:"name"`
	Version string    `json:"version"`
	PURL    string    `json:"purl"`
	Hashes  []hashSum `json:"hashes,omitempty"`
}

type hashSum struct {
	Alg     string `json:"alg"`
	Content string `json:"content"`
}

// A dependency says which components one needs. Build information has no more
// than the list of all.
type dependency struct {
	Ref       string   `json:"ref"`
	DependsOn []string `json:"dependsOn"`
}

func main() {
	if len(os.Args) != 2 {
		fmt.Fprintln(os.Stderr, "usage: sbom PROGRAM")
		os.Exit(64)
	}
	program, err := os.ReadFile(os.Args[1])
	if err == nil {
		err = write(os.Stdout, program)
	}
	if err != nil {
		fmt.Fprintf(os.Stderr, "sbom: %s: %v\n", os.Args[1], err)
		os.Exit(1)
	}
}

// write writes the bill of a program to w.
func write(w io.Writer, program []byte) error {
	info, err := buildinfo.Read(bytes.NewReader(program))
	if err != nil {
		return err
	}
	b, err := billOf(info, sha256.Sum256(program))
	if err != nil {
		return err
	}
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(b)
}

// billOf returns the bill of a program with the hash sum.
func billOf(info *debug.BuildInfo, sum [sha256.Size]byte) (*bom, error) {
	var err error
	main := componentOf("application", &info.Main)
	main.Hashes = []hashSum{{"SHA-256", hex.EncodeToString(sum[:])}}
	std := debug.Module{Path: "std", Version: strings.TrimPrefix(info.GoVersion, "go")}
	b := &bom{Format: "CycloneDX", SpecVersion: "1.6", Version: 1, Metadata: metadata{main}, Components: []component{componentOf("library", &std)}}
	for _, m := range info.Deps {
		if m.Replace != nil {
			m = m.Replace
		}
		c := componentOf("library", m)
		if c.Hashes, err = hashOf(m); err != nil {
			return nil, err
		}
		b.Components = append(b.Components, c)
	}
	all := dependency{Ref: main.Ref}
	for _, c := range b.Components {
		all.DependsOn = append(all.DependsOn, c.Ref)
	}
	b.Dependencies = []dependency{all}
	return b, nil
}

func componentOf(kind string, m *debug.Module) component {
	purl := "pkg:golang/" + m.Path + "@" + strings.ReplaceAll(m.Version, "+", "%2B")
	name := m.Path
	if kind == "application" {
		name = path.Base(m.Path)
	}
	return component{Type: kind, Ref: purl, Name: name, Version: m.Version, PURL: purl}
}

// hashOf returns the hash that go.sum has for a module: SHA-256 over the hashes
// of its files. A module that was replaced by a folder has none.
func hashOf(m *debug.Module) ([]hashSum, error) {
	if m.Sum == "" {
		return nil, nil
	}
	coded, ok := strings.CutPrefix(m.Sum, "h1:")
	sum, err := base64.StdEncoding.DecodeString(coded)
	if !ok || err != nil {
		return nil, fmt.Errorf("%s: no hash of a known kind: %s", m.Path, m.Sum)
	}
	return []hashSum{{"SHA-256", hex.EncodeToString(sum)}}, nil
}

package pipeline

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"pressrow/schema"
)

// A Manifest says what a snapshot holds and what it was made from. It has no
// time, host or run in it: the same input gives the same manifest.
type Manifest struct {
	SchemaVersion string           `json:"schema_version"`
	Fingerprint   string           `json:"fingerprint"` // SHA-256 over MadeBy
	MadeBy        Recipe           `json:"made_by"`
	ID            string           `json:"id"` // 16 hexadecimal digits over documents and fingerprint
	Parts         []ManifestPart   `json:"parts"`
	Rows          map[string]int64 `json:"rows"`   // by table
	Papers        []Paper          `json:"papers"` // what describes the snapshot
}

// A ManifestPart is one part of the dataset.
type ManifestPart struct {
	Documents string        `json:"documents"` // SHA-256 over the ids and hashes of its documents, quarantined ones too
	Counts    Counts        `json:"counts"`
	Files     []schema.File `json:"files"`
}

// A Recipe is everything besides the input that decides the bytes of a dataset.
type Recipe struct {
	Schema   string            `json:"schema"`
	Writer   string            `json:"writer"`
	Rows     int               `json:"rows"`
	Stages   map[string]string `json:"stages"` // version and, where it has data, their SHA-256
	Settings Settings          `json:"settings"`
}

// Settings are the options that decide the bytes of a dataset.
type Settings struct {
	Parts       int    `json:"parts"`
	MaxDocBytes int64  `json:"max_doc_bytes"`
	GroupBytes  int64  `json:"group_bytes"`
	Fields      Fields `json:"fields"`
}

// fingerprint returns a hash of r.
func (r *Recipe) fingerprint() (string, error) {
	b, err := json.Marshal(r)
	if err != nil {
		return "", err
	}
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:]), nil
}

// rowsVersion is raised whenever rows.go or mainentities.go makes other rows of
// the same Document.
const rowsVersion = 1

// recipe returns the recipe of a build with these settings.
func recipe(list []Stage, settings Settings) Recipe {
	r := Recipe{
		Schema: schema.Version, Writer: schema.Settings{}.String(), Rows: rowsVersion, Settings: settings, Stages: map[string]string{},
	}
	for _, s := range list {
		r.Stages[s.Name] = s.fingerprint()
	}
	return r
}

// id returns the id of the snapshot, from the fingerprint and the parts.
func (m *Manifest) id() string {
	h := sha256.New()
	fmt.Fprintln(h, m.Fingerprint)
	for _, p := range m.Parts {
		fmt.Fprintln(h, p.Documents)
	}
	return hex.EncodeToString(h.Sum(nil))[:16]
}

const manifestName = "manifest.json"

// ReadManifest returns the manifest of a snapshot.
func ReadManifest(snapshot string) (*Manifest, error) {
	b, err := os.ReadFile(filepath.Join(snapshot, manifestName))
	if err != nil {
		return nil, err
	}
	m := new(Manifest)
	if err := json.Unmarshal(b, m); err != nil {
		return nil, fmt.Errorf("%s: %w", manifestName, err)
	}
	return m, nil
}

// Verify reads every file of the snapshot and reports what differs from its
// manifest: bytes, rows or values. It returns the number of files that are
// whole, and ErrDamaged with all that was found.
func Verify(snapshot string) (files int, err error) {
	m, err := ReadManifest(snapshot)
	if errors.Is(err, fs.ErrNotExist) {
		return 0, fmt.Errorf("%w: %s has no %s", ErrDamaged, snapshot, manifestName)
	} else if err != nil {
		return 0, fmt.Errorf("%w: %w", ErrDamaged, err)
	}
	if m.ID != m.id() {
		return 0, fmt.Errorf("%w: %s names another snapshot than its parts give", ErrDamaged, manifestName)
	}
	var errs []error
	for _, p := range m.Papers {
		if err := p.verify(snapshot); err != nil {
			errs = append(errs, err)
			continue
		}
		files++
	}
	for _, p := range m.Parts {
		for _, f := range p.Files {
			if err := schema.Verify(filepath.Join(snapshot, filepath.FromSlash(f.Path)), f); err != nil {
				errs = append(errs, err)
				continue
			}
			files++
		}
	}
	if len(errs) > 0 {
		return files, fmt.Errorf("%w: %w", ErrDamaged, errors.Join(errs...))
	}
	return files, nil
}

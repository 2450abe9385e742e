package pipeline

import (
	"bytes"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

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
	Rows          map[string]int64 `json:"rows"`       // by table
	Duplicates    int64            `json:"duplicates"` // documents with the bytes of another: all but one of each such set
	Papers        []Paper          `json:"papers"`     // what describes the snapshot
	Seal          string           `json:"seal"`       // SHA-256 of the manifest's file with 64 zeros in its place
}

// A ManifestPart is one part of the dataset.
type ManifestPart struct {
	Documents string        `json:"documents"` // SHA-256 over the keys of its documents, quarantined ones too, and where its groups end
	Counts    Counts        `json:"counts"`
	Index     IndexFile     `json:"index"`
	Files     []schema.File `json:"files"`
}

// A Recipe is everything besides the input that decides the bytes of a dataset.
type Recipe struct {
	Schema   string            `json:"schema"`
	Writer   string            `json:"writer"`
	Rows     int               `json:"rows"`   // rowsVersion
	Index    int               `json:"index"`  // indexVersion
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

// rowsVersion is raised whenever input.go, plan.go or record.go makes other
// Documents of the same files, or rows.go or mainentities.go other rows of them.
const rowsVersion = 3

// recipe returns the recipe of a build with these settings.
func recipe(list []Stage, settings Settings) Recipe {
	r := Recipe{
		Schema: schema.Version, Writer: schema.Settings{}.String(), Rows: rowsVersion, Index: indexVersion, Settings: settings, Stages: map[string]string{},
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

var noSeal = strings.Repeat("0", 2*sha256.Size)

// encode returns m as it stands in its file, and sets its Seal.
func (m *Manifest) encode() ([]byte, error) {
	m.Seal = noSeal
	b, err := json.MarshalIndent(m, "", "  ")
	if err != nil {
		return nil, err
	}
	b = append(b, '\n')
	m.Seal = sealOf(b)
	i := bytes.LastIndex(b, []byte(noSeal))
	copy(b[i:], m.Seal)
	return b, nil
}

// sealOf returns the seal of a manifest's file that has zeros in its place.
func sealOf(b []byte) string {
	sum := sha256.Sum256(b)
	return hex.EncodeToString(sum[:])
}

// ReadManifest returns the manifest of a snapshot. It returns ErrDamaged where
// that is missing or not what was written.
func ReadManifest(snapshot string) (*Manifest, error) {
	b, err := os.ReadFile(filepath.Join(snapshot, manifestName))
	if errors.Is(err, fs.ErrNotExist) {
		return nil, fmt.Errorf("%w: %s has no %s", ErrDamaged, snapshot, manifestName)
	} else if err != nil {
		return nil, err
	}
	m := new(Manifest)
	if err := json.Unmarshal(b, m); err != nil {
		return nil, fmt.Errorf("%w: %s: %w", ErrDamaged, manifestName, err)
	}
	i := bytes.LastIndex(b, []byte(m.Seal))
	if i < 0 || len(m.Seal) != len(noSeal) {
		return nil, fmt.Errorf("%w: %s has no seal", ErrDamaged, manifestName)
	}
	copy(b[i:], noSeal)
	if m.Seal != sealOf(b) {
		return nil, fmt.Errorf("%w: %s is not what was written", ErrDamaged, manifestName)
	}
	return m, nil
}

// Verify reads every file of the snapshot and reports what differs from its
// manifest: bytes, rows or values. It returns the number of files that are
// whole, and ErrDamaged with all that was found.
func Verify(snapshot string) (files int, err error) {
	m, err := ReadManifest(snapshot)
	if err != nil {
		return 0, err
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
		if err := schema.VerifyBytes(filepath.Join(snapshot, filepath.FromSlash(p.Index.Path)), p.Index.Size, p.Index.SHA256); err != nil {
			errs = append(errs, fmt.Errorf("%s: %w", p.Index.Path, err))
		} else {
			files++
		}
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

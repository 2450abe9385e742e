package pipeline

import (
	"cmp"
	"encoding/json"
	"errors"
	"go/version"
	"io"
	"os/exec"
	"slices"
	"strings"
	"testing"

	gocmp "github.com/google/go-cmp/cmp"
)

// TestNetStaysWithTheseDependencies names the packages outside Go's own through
// which the program holds code that could open a connection, though it calls
// none of it. A new one needs a look: does it reach out by itself?
func TestNetStaysWithTheseDependencies(t *testing.T) {
	type pkg struct {
		ImportPath string
		Standard   bool
		Imports    []string
	}
	found := map[string][]string{}
	list := json.NewDecoder(strings.NewReader(goTool(t, "list", "-deps", "-json=ImportPath,Standard,Imports", "..")))
	for {
		var p pkg
		if err := list.Decode(&p); errors.Is(err, io.EOF) {
			break
		} else if err != nil {
			t.Fatal(err)
		}
		for _, path := range p.Imports {
			if !p.Standard && slices.Contains([]string{"net", "net/http", "net/rpc", "net/smtp", "crypto/tls", "os/exec", "plugin"}, path) {
				found[p.ImportPath] = append(found[p.ImportPath], path)
			}
		}
	}
	want := map[string][]string{
		"github.com/andybalholm/brotli":          {"net/http"},                      // of parquet-go and Arrow: a helper for servers
		"github.com/apache/thrift/lib/go/thrift": {"crypto/tls", "net", "net/http"}, // of Arrow, which uses its codec for Parquet's footers
		"github.com/google/uuid":                 {"net"},                           // of parquet-go: looks up the machine's address for ids that nobody asks for
	}
	if d := gocmp.Diff(want, found); d != "" {
		t.Error(d)
	}
}

// TestDependenciesArePatched keeps what Arrow v15 brings along from falling
// back to versions with known holes: what it asks for itself is from 2024.
func TestDependenciesArePatched(t *testing.T) {
	var mod struct {
		Require []struct{ Path, Version string }
	}
	if err := json.Unmarshal([]byte(goTool(t, "mod", "edit", "-json", "../go.mod")), &mod); err != nil {
		t.Fatal(err)
	}
	have := map[string]string{}
	for _, r := range mod.Require {
		have[r.Path] = r.Version
	}
	for path, least := range map[string]string{
		"github.com/andybalholm/brotli": "v1.2.0",
		"github.com/apache/thrift":      "v0.23.0",
		"github.com/goccy/go-json":      "v0.10.6",
		"github.com/klauspost/compress": "v1.19.2",
		"github.com/pierrec/lz4/v4":     "v4.1.29",
		"golang.org/x/sys":              "v0.47.0",
		"golang.org/x/text":             "v0.40.0",
		"google.golang.org/grpc":        "v1.82.1",
		"google.golang.org/protobuf":    "v1.36.12",
	} {
		if have[path] == "" || compareVersions(have[path], least) < 0 {
			t.Errorf("%s is %s, needs %s or newer", path, cmp.Or(have[path], "not there"), least)
		}
	}
}

// compareVersions compares v1.2.3 with v1.10.0 by their numbers.
func compareVersions(a, b string) int {
	return version.Compare("go"+strings.TrimPrefix(a, "v"), "go"+strings.TrimPrefix(b, "v"))
}

func TestCompareVersions(t *testing.T) {
	for _, c := range []struct {
		a, b string
		want int
	}{{"v1.2.3", "v1.2.3", 0}, {"v1.9.0", "v1.10.0", -1}, {"v0.23.0", "v0.9.9", 1}, {"v2.0.0", "v1.99.0", 1}, {"v1.36.12", "v1.36.9", 1}} {
		if got := compareVersions(c.a, c.b); got != c.want {
			t.Errorf("%s against %s: %d, want %d", c.a, c.b, got, c.want)
		}
	}
}

// goTool returns what the go command prints.
func goTool(t *testing.T, args ...string) string {
	t.Helper()
	cmd := exec.Command("go", args...)
	b, err := cmd.Output()
	if err != nil {
		t.Fatalf("go %s: %v", strings.Join(args, " "), err)
	}
	return string(b)
}

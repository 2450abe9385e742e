package main

import (
	"bytes"
	"context"
	"encoding/json"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"pressrow/pipeline"
)

// deployed are the command lines of pressrow in pipeline/deploy, by file.
func deployed(t *testing.T) map[string][][]string {
	t.Helper()
	lines := map[string][][]string{}
	for _, c := range []struct{ file, line string }{
		{"pressrow.service", `(?m)^ExecStart=(.+)$`},
		{"pressrow-status.service", `(?m)^ExecStart=(.+)$`},
		{"crontab", `(?m)^[0-9]+ [0-9]+ \* \* \* (.+)$`},
		{"github-actions.yml", `(?m)^ +run: (bin/pressrow .+)$`},
	} {
		for _, m := range regexp.MustCompile(c.line).FindAllStringSubmatch(readDeployed(t, c.file), -1) {
			words := strings.Fields(strings.TrimSuffix(m[1], ">/dev/null"))
			if filepath.Base(words[0]) != "pressrow" {
				t.Errorf("%s runs %s", c.file, words[0])
			}
			lines[c.file] = append(lines[c.file], words[1:])
		}
	}
	var words []string
	m := regexp.MustCompile(`(?m)^ +args: (\[.+\])$`).FindStringSubmatch(readDeployed(t, "kubernetes.yaml"))
	if m == nil || json.Unmarshal([]byte(m[1]), &words) != nil {
		t.Fatalf("no args in kubernetes.yaml: %q", m)
	}
	lines["kubernetes.yaml"] = [][]string{words}
	return lines
}

func readDeployed(t *testing.T, name string) string {
	t.Helper()
	b, err := os.ReadFile(filepath.Join("pipeline", "deploy", name))
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// TestDeployedCommandsRun runs what the files in pipeline/deploy run, with their
// very flags, on folders of our own.
func TestDeployedCommandsRun(t *testing.T) {
	counts := map[string]int{"pressrow.service": 1, "pressrow-status.service": 1, "crontab": 2, "github-actions.yml": 2, "kubernetes.yaml": 1}
	lines := deployed(t)
	for file, want := range counts {
		if len(lines[file]) != want {
			t.Errorf("%s: %d command lines, want %d: %q", file, len(lines[file]), want, lines[file])
		}
	}
	for file, list := range lines {
		root := t.TempDir()
		for _, dir := range []string{"articles", "metrics"} {
			if err := os.Mkdir(filepath.Join(root, dir), 0o755); err != nil {
				t.Fatal(err)
			}
		}
		article := "Dam holds in storm\n\nThe dam held. Nobody was hurt.\n"
		if err := os.WriteFile(filepath.Join(root, "articles", "dam.txt"), []byte(article), 0o644); err != nil {
			t.Fatal(err)
		}
		ours := func(word string) string {
			if base := filepath.Base(word); slices.Contains([]string{"articles", "out"}, base) {
				return filepath.Join(root, base)
			}
			return strings.Replace(word, "/srv/pressrow", root, 1)
		}
		if file == "pressrow-status.service" { // which looks at what another unit builds
			list = slices.Insert(slices.Clone(list), 0, lines["pressrow.service"][0])
		}
		for _, words := range list {
			var args []string
			for _, w := range words {
				args = append(args, ours(w))
			}
			var stdout, stderr bytes.Buffer
			if err := run(context.Background(), args, &stdout, &stderr); err != nil {
				t.Errorf("%s: pressrow %s: %v\n%s", file, strings.Join(args, " "), err, &stderr)
			}
		}
		if snapshot, err := pipeline.Current(filepath.Join(root, "out")); err != nil {
			t.Errorf("%s: built nothing: %v", file, err)
		} else if _, err := pipeline.Verify(snapshot); err != nil {
			t.Errorf("%s: %v", file, err)
		}
	}
}

// unit reads a unit of systemd: section and key to values.
func unit(t *testing.T, name string) map[string][]string {
	t.Helper()
	values := map[string][]string{}
	section := ""
	for i, line := range strings.Split(readDeployed(t, name), "\n") {
		switch {
		case line == "" || line[0] == '#':
		case line[0] == '[' && strings.HasSuffix(line, "]"):
			section = line[1 : len(line)-1]
		default:
			key, value, ok := strings.Cut(line, "=")
			if !ok || section == "" || strings.TrimSpace(key) != key {
				t.Errorf("%s:%d: %q is neither section nor setting", name, i+1, line)
			}
			values[section+"."+key] = append(values[section+"."+key], value)
		}
	}
	return values
}

func TestUnits(t *testing.T) {
	service := unit(t, "pressrow.service")
	for key, want := range map[string]string{
		"Service.Type": "oneshot", "Service.SuccessExitStatus": strconv.Itoa(pipeline.ExitQuarantine),
		"Service.ProtectSystem": "strict", "Service.ProtectHome": "yes", "Service.PrivateNetwork": "yes", "Service.NoNewPrivileges": "yes",
		"Service.SystemCallFilter": "@system-service", "Service.CapabilityBoundingSet": "", "Service.MemoryDenyWriteExecute": "yes",
		"Service.User": "pressrow", "Unit.OnFailure": "pressrow-failed@%N.service",
	} {
		if got := service[key]; len(got) != 1 || got[0] != want {
			t.Errorf("pressrow.service: %s is %q, want %q", key, got, want)
		}
	}
	if len(service["Service.MemoryMax"]) != 1 {
		t.Error("pressrow.service: no MemoryMax")
	}
	for _, dir := range strings.Fields(service["Service.ReadWritePaths"][0]) {
		if !strings.Contains(service["Service.ExecStart"][0], dir) {
			t.Errorf("pressrow.service: may write to %s, which the command does not name", dir)
		}
	}
	timer := unit(t, "pressrow.timer")
	if timer["Timer.Persistent"][0] != "true" || len(timer["Timer.OnCalendar"]) != 1 || len(timer["Timer.RandomizedDelaySec"]) != 1 {
		t.Errorf("pressrow.timer: %q", timer)
	}
	analyze, err := exec.LookPath("systemd-analyze")
	if err != nil {
		t.Skip("systemd-analyze is not there to check the rest")
	}
	dir := t.TempDir()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	args := []string{"verify", "--man=no"}
	for _, name := range []string{"pressrow.service", "pressrow.timer", "pressrow-status.service", "pressrow-status.timer", "pressrow-failed@.service"} {
		text := strings.ReplaceAll(readDeployed(t, name), "/usr/local/bin/pressrow", self) // which must be there
		if err := os.WriteFile(filepath.Join(dir, name), []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
		args = append(args, filepath.Join(dir, name))
	}
	if said, err := exec.Command(analyze, args...).CombinedOutput(); err != nil || len(said) > 0 {
		t.Errorf("systemd-analyze verify: %v\n%s", err, said)
	}
}

// What the manifests of Kubernetes and of GitHub say, a parser of YAML checks in
// make test-clients; here, that the settings which protect are there.
func TestManifestsProtect(t *testing.T) {
	for file, settings := range map[string][]string{
		"kubernetes.yaml": {
			"concurrencyPolicy: Forbid", "backoffLimit: 1", "runAsNonRoot: true", "readOnlyRootFilesystem: true", "allowPrivilegeEscalation: false",
			`drop: ["ALL"]`, "automountServiceAccountToken: false", `policyTypes: ["Ingress", "Egress"]`, "kind: NetworkPolicy", "kind: CronJob",
		},
		"github-actions.yml": {"workflow_dispatch:", "concurrency:", "cancel-in-progress: false", "contents: read"},
		"Dockerfile":         {"FROM scratch", "USER 65532:65532"},
	} {
		text := readDeployed(t, file)
		if strings.Contains(text, "\t") {
			t.Errorf("%s has tabs", file)
		}
		for _, s := range settings {
			if !strings.Contains(text, s) {
				t.Errorf("%s lacks %s", file, s)
			}
		}
	}
	if regexp.MustCompile(`cron: "(0|\*)`).MatchString(readDeployed(t, "github-actions.yml")) {
		t.Error("github-actions.yml starts on the hour")
	}
}

// TestDocsKnowTheProgram holds the README and the runbook to the commands, flags
// and exit codes that there are.
func TestDocsKnowTheProgram(t *testing.T) {
	readme, err := os.ReadFile("README.md")
	if err != nil {
		t.Fatal(err)
	}
	docs := map[string]string{"README.md": string(readme), "RUNBOOK.md": readDeployed(t, "RUNBOOK.md")}
	usage := regexp.MustCompile("(?m)(?:^    |`)(?:bin/)?pressrow ([a-z]+)([^`\n#]*)")
	word := regexp.MustCompile(`--[a-z-]+`)
	for name, text := range docs {
		uses := usage.FindAllStringSubmatch(text, -1)
		if len(uses) < 5 {
			t.Errorf("%s: only %d uses found", name, len(uses))
		}
		for _, m := range uses {
			if m[1] == "help" {
				continue
			}
			var help bytes.Buffer
			if err := run(context.Background(), []string{"help", m[1]}, &help, io.Discard); err != nil {
				t.Errorf("%s: pressrow %s: %v", name, m[1], err)
				continue
			}
			for _, flag := range word.FindAllString(m[2], -1) {
				if !strings.Contains(help.String(), "\n  "+flag[1:]+" ") && !strings.Contains(help.String(), "\n  "+flag[1:]+"\n") {
					t.Errorf("%s: pressrow %s has no %s", name, m[1], flag)
				}
			}
		}
		for _, code := range []int{
			pipeline.ExitOK, pipeline.ExitFailed, pipeline.ExitQuarantine, pipeline.ExitGate, pipeline.ExitOutput,
			pipeline.ExitNoDataset, pipeline.ExitLocked, pipeline.ExitDamaged, pipeline.ExitUsage, 130, 143,
		} {
			if !regexp.MustCompile(`(?m)^\| [^|]*\b` + strconv.Itoa(code) + `\b[^|]*\|`).MatchString(text) {
				t.Errorf("%s has no row for exit code %d", name, code)
			}
		}
	}
	for _, c := range commands {
		if !regexp.MustCompile(`(?m)^    pressrow ` + c.name + `\b`).Match(readme) {
			t.Errorf("README.md does not list pressrow %s", c.name)
		}
	}
}

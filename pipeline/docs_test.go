package pipeline

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"pressrow/schema"
	"pressrow/stages"
)

// The docs of the columns name every role, label and reason that can stand there.
func TestDocsNameAllCodes(t *testing.T) {
	var article, other, reasons []string
	for _, r := range stages.Roles {
		if r.Article {
			article = append(article, r.Name)
		} else {
			other = append(other, r.Name)
		}
	}
	for _, r := range Reasons {
		reasons = append(reasons, string(r.Reason))
	}
	for _, c := range []struct {
		table, column string
		codes         []string
	}{
		{"sentences", "role", article},
		{"removed", "role", other},
		{"entities", "label", slices.Clone(stages.Labels[:])},
		{"quarantine", "reason", reasons},
	} {
		doc := docOf(t, c.table, c.column)
		_, list, _ := strings.Cut(doc, ": ")
		said := strings.Split(list, ", ")
		slices.Sort(said)
		if slices.Sort(c.codes); !slices.Equal(said, c.codes) {
			t.Errorf("%s.%s says %q, there are %q", c.table, c.column, said, c.codes)
		}
	}
}

func docOf(t *testing.T, table, column string) string {
	t.Helper()
	for i := range schema.Tables {
		for _, c := range schema.Tables[i].Columns {
			if schema.Tables[i].Name == table && c.Name == column {
				return c.Doc
			}
		}
	}
	t.Fatalf("no column %s.%s", table, column)
	return ""
}

// firstColumn returns the numbers or words in the first cells of the table of a
// page whose head begins with head.
func firstColumn(t *testing.T, page, head string) []string {
	t.Helper()
	_, table, found := strings.Cut(page, "\n"+head)
	if !found {
		t.Fatalf("no table %q", head)
	}
	var cells []string
	for _, line := range strings.Split(table, "\n")[2:] {
		if !strings.HasPrefix(line, "| ") {
			break
		}
		cell, _, _ := strings.Cut(line[2:], " |")
		cells = append(cells, strings.Split(cell, ", ")...)
	}
	return cells
}

// README and RUNBOOK explain the exit codes that there are, and no others.
func TestDocsNameAllExitCodes(t *testing.T) {
	want := []string{"130", "143"} // of signals
	for _, m := range regexp.MustCompile(`(?m)^\tExit\w+ += (\d+)$`).FindAllStringSubmatch(text(t, "exit.go"), -1) {
		want = append(want, m[1])
	}
	if len(want) != 11 {
		t.Errorf("exit.go has %d codes", len(want)-2)
	}
	for _, c := range []struct {
		page, head string
		more       []string // that are not the program's own
	}{
		{text(t, "..", "README.md"), "| exit code | meaning |", nil},
		{text(t, "deploy", "RUNBOOK.md"), "| code | what happened |", []string{"2", "137"}},
	} {
		got, want := firstColumn(t, c.page, c.head), slices.Concat(want, c.more)
		slices.Sort(got)
		if slices.Sort(want); !slices.Equal(got, want) {
			t.Errorf("below %q: %q, want %q", c.head, got, want)
		}
	}
}

// README has the gates that there are, with their limits and with the flags that
// their messages name; RUNBOOK quotes what the program prints.
func TestDocsTellGatesAndMessages(t *testing.T) {
	readme, runbook, gate := text(t, "..", "README.md"), text(t, "deploy", "RUNBOOK.md"), text(t, "gate.go")
	var want []string
	for _, m := range regexp.MustCompile(`g\.refuse\("(\w+)"`).FindAllStringSubmatch(gate, -1) {
		if !slices.Contains(want, m[1]) {
			want = append(want, m[1])
		}
	}
	got := firstColumn(t, readme, "| gate | refuses |")
	slices.Sort(got)
	if slices.Sort(want); !slices.Equal(got, want) {
		t.Errorf("README explains the gates %q, there are %q", got, want)
	}
	for _, limit := range []string{
		fmt.Sprintf("by more than %d %% ", maxShrink), fmt.Sprintf("more than %g %% of documents in quarantine, of %d or more", 100*maxQuarantine, minGated),
	} {
		if !strings.Contains(readme, limit) {
			t.Errorf("README does not say %q", limit)
		}
	}
	for _, flag := range []string{"--allow-shrink", "--max-quarantine", "--allow-schema-change"} {
		for name, page := range map[string]string{"README": readme, "RUNBOOK": runbook, "gate.go": gate} {
			if !strings.Contains(page, flag) {
				t.Errorf("%s does not name %s", name, flag)
			}
		}
	}
	quoted := "has been at work for"
	if err := (&hungError{id: "a.txt"}).Error(); !strings.Contains(err, quoted) || !strings.Contains(runbook, `"`+quoted+`"`) {
		t.Errorf("RUNBOOK quotes another message than %q", err)
	}
	for _, m := range regexp.MustCompile(`pressrow_[a-z_]+`).FindAllString(runbook, -1) {
		if !strings.Contains(string(metrics(new(Report), 0, new(Snapshot))), "# HELP "+m+" ") {
			t.Errorf("RUNBOOK asks for %s, which no run writes", m)
		}
	}
}

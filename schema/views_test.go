package schema

import (
	"strings"
	"testing"
)

func TestViewsQuoteFolder(t *testing.T) {
	var b strings.Builder
	if err := Views(&b, "Ina's news/*"); err != nil {
		t.Fatal(err)
	}
	for _, name := range TableNames() {
		want := "CREATE OR REPLACE VIEW " + name + " AS\n"
		file := "FROM read_parquet('Ina''s news/*/" + name + "/*.parquet', union_by_name = true)"
		if strings.Count(b.String(), want) != 1 || strings.Count(b.String(), file) != 1 {
			t.Errorf("no view of %s with %s", name, file)
		}
	}
	if strings.Count(b.String(), "'")%2 != 0 {
		t.Error("a quotation mark is open")
	}
}

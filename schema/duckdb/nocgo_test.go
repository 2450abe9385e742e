//go:build !cgo

package duckdb

import "testing"

func TestDuckDB(t *testing.T) {
	t.Skip("DuckDB's driver needs cgo: install a C compiler (gcc or clang) and leave CGO_ENABLED alone")
}

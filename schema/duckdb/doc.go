// Package duckdb holds tests that read the dataset's files with DuckDB. It is a
// module of its own, so that the program does not carry the driver.
package duckdb

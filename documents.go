package main

import (
	"context"
	"path/filepath"
	"slices"
	"strings"

	"pressrow/pipeline"
	"pressrow/schema"
)

func explain(_ context.Context, c *call) error {
	colour := c.flags.String("colour", "auto", "auto, always or never")
	fields := c.fields()
	words, err := c.parse(1)
	if err != nil {
		return err
	}
	if len(words) == 0 {
		return usage("explain: name a document, as in pressrow explain seeds/article.txt")
	}
	if *colour != "auto" && *colour != "always" && *colour != "never" {
		return usage("explain: --colour is auto, always or never")
	}
	return pipeline.Explain(c.stdout, words[0], fields, *colour == "always" || *colour == "auto" && isTerminal(c.stdout))
}

func export(ctx context.Context, c *call) error {
	out := c.output()
	format := c.flags.String("format", "arrow", "arrow (IPC stream), csv or jsonl")
	raw := c.flags.Bool("raw", false, "CSV only: leave text that a spreadsheet would take for a formula as it is")
	words, err := c.parse(1)
	if err != nil {
		return err
	}
	if len(words) == 0 || !slices.Contains(schema.TableNames(), words[0]) {
		return usage("export: name a table: %s", strings.Join(schema.TableNames(), ", "))
	}
	if !slices.Contains(schema.Formats, *format) {
		return usage("export: --format is one of %s", strings.Join(schema.Formats, ", "))
	}
	if isTerminal(c.stdout) && *format == "arrow" {
		return usage("export: an Arrow stream is nothing to look at; send it to a file or program, or use --format jsonl")
	}
	s, err := c.readable(*out)
	if err != nil {
		return err
	}
	return pipeline.Export(ctx, c.stdout, s.Dir, words[0], *format, *raw)
}

func printSchema(_ context.Context, c *call) error {
	asJSON := c.flags.Bool("json", false, "print JSON")
	asSQL := c.flags.Bool("sql", false, "print SQL that makes a view of each table, for DuckDB")
	out := c.output()
	if _, err := c.parse(0); err != nil {
		return err
	}
	switch {
	case *asJSON && *asSQL:
		return usage("schema: --json or --sql, not both")
	case *asJSON:
		return schema.DescribeJSON(c.stdout)
	case *asSQL:
		return schema.Views(c.stdout, filepath.ToSlash(*out))
	}
	return schema.Describe(c.stdout)
}

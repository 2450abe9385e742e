// Pressrow turns a folder of news articles into a Parquet dataset with one row
// per sentence.
//
// This file holds the commands, their flags and the exit codes; what they do
// is in package pipeline.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"runtime"
	"runtime/debug"
	"slices"
	"strings"
	"syscall"

	"golang.org/x/term"

	"pressrow/pipeline"
	"pressrow/schema"
)

// Exit codes. There is no 2: Go programs that crash end with it.
const (
	exitFailed     = 1  // nothing was published
	exitQuarantine = 3  // published, with documents in quarantine
	exitGate       = 4  // a quality gate refused; the old data stays
	exitOutput     = 5  // output or disk error
	exitNoDataset  = 10 // there is no dataset
	exitLocked     = 11 // another run holds the lock
	exitDamaged    = 12 // a file is not what was written
	exitUsage      = 64 // the command line is wrong
)

// version is the version of the program.
const version = "0.1.0"

// A command is one word that pressrow understands.
type command struct {
	name, args, doc string
	run             func(ctx context.Context, c *call) error
}

// A call is one use of a command.
type call struct {
	flags  *flag.FlagSet
	args   []string
	stdout io.Writer
	stderr io.Writer
}

var commands []command

func init() {
	commands = []command{
		{"build", "[INPUT]", "analyse a folder of articles (or one file) and publish the dataset", build},
		{"explain", "DOC", "show what is seen in one document: a file, or FILE#ID for a record", explain},
		{"export", "TABLE", "write a table to standard output: Arrow IPC, CSV or JSON lines", export},
		{"schema", "", "print the tables and their columns", printSchema},
		{"path", "", "print the folder of the current snapshot", path},
		{"verify", "", "read every byte of the dataset and report damage", verify},
		{"version", "", "print the version", printVersion},
	}
}

func main() {
	ctx, stop := interruptible()
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	code := exitCode(ctx, err)
	if err != nil && !errors.Is(err, errQuarantine) {
		fmt.Fprintln(os.Stderr, "pressrow:", message(err))
	}
	os.Exit(code)
}

// run carries out one command line.
func run(ctx context.Context, args []string, stdout, stderr io.Writer) error {
	if len(args) == 0 {
		help(stderr)
		return usage("no command given")
	}
	switch args[0] {
	case "help", "-h", "-help", "--help":
		if len(args) > 1 {
			args = []string{args[1], "-help"}
			break
		}
		help(stdout)
		return nil
	case "-version", "--version":
		args[0] = "version"
	}
	for _, c := range commands {
		if c.name == args[0] {
			flags := flag.NewFlagSet(c.name, flag.ContinueOnError)
			flags.SetOutput(io.Discard) // errors are printed once, by main
			flags.Usage = func() {}
			err := c.run(ctx, &call{flags, args[1:], stdout, stderr})
			if errors.Is(err, flag.ErrHelp) {
				describe(stdout, c, flags)
				return nil
			}
			return err
		}
	}
	names := make([]string, len(commands))
	for i, c := range commands {
		names[i] = c.name
	}
	return usage("no command %q; there are %s and help", args[0], strings.Join(names, ", "))
}

// parse reads the flags, which may stand before and behind the other words,
// and returns those words, of which there may be at most max.
func (c *call) parse(max int) ([]string, error) {
	var words []string
	rest := c.args
	for {
		if err := c.flags.Parse(rest); err != nil {
			if errors.Is(err, flag.ErrHelp) {
				return nil, err
			}
			return nil, usage("%s: %v; see pressrow help %s", c.flags.Name(), err, c.flags.Name())
		}
		rest = c.flags.Args()
		if len(rest) == 0 {
			break
		}
		words, rest = append(words, rest[0]), rest[1:]
	}
	if len(words) > max {
		return nil, usage("%s: do not know what to do with %q; see pressrow help %s", c.flags.Name(), words[max], c.flags.Name())
	}
	return words, nil
}

// output adds the flag that says where the dataset lies.
func (c *call) output() *string {
	return c.flags.String("out", "out", "`folder` of the dataset")
}

// fields adds the flag that names the fields of JSON lines.
func (c *call) fields() *pipeline.Fields {
	fields := pipeline.DefaultFields
	c.flags.Func("field", "name of a JSON lines field, as in text=article_body; for id, title, text, published, byline, url and outlet; may be repeated (`FIELD=NAME`)", func(s string) error {
		field, name, ok := strings.Cut(s, "=")
		if !ok {
			return errors.New("want FIELD=NAME, as in text=article_body")
		}
		return fields.Set(field, name)
	})
	return &fields
}

func build(ctx context.Context, c *call) error {
	var opt pipeline.Options
	c.flags.StringVar(&opt.Output, "out", "out", "`folder` of the dataset")
	c.flags.IntVar(&opt.Workers, "workers", 0, "documents analysed at once (0: one per processor)")
	c.flags.IntVar(&opt.Parts, "parts", 0, "parts, that is files per table (0: as before, or by size)")
	c.flags.Int64Var(&opt.MaxDocBytes, "max-doc-bytes", 16<<20, "largest document; larger ones go to quarantine")
	c.flags.IntVar(&opt.Keep, "keep", 7, "snapshots to keep")
	fields := c.fields()
	quarantineOK := c.flags.Bool("quarantine-ok", false, "exit with 0, not 3, when documents are in quarantine")
	quiet := c.flags.Bool("quiet", false, "print no progress and no summary")
	words, err := c.parse(1)
	if err != nil {
		return err
	}
	if opt.Workers < 0 || opt.Parts < 0 || opt.Parts > pipeline.MaxParts || opt.MaxDocBytes < 1 || opt.MaxDocBytes > pipeline.MaxDocBytes || opt.Keep < 1 {
		return usage("build: --workers from 0, --parts from 0 to %d, --max-doc-bytes from 1 to %d, --keep from 1", pipeline.MaxParts, pipeline.MaxDocBytes)
	}
	opt.Input, opt.Fields = "seeds", *fields
	if len(words) > 0 {
		opt.Input = words[0]
	}
	limitMemory(opt.Workers)
	opt.Progress = new(pipeline.Progress)
	if !*quiet && isTerminal(c.stderr) {
		defer opt.Progress.Show(c.stderr)()
	}
	rep, err := pipeline.Build(ctx, opt)
	if err != nil {
		return err
	}
	if !*quiet {
		if err := rep.Print(c.stdout); err != nil {
			return err
		}
	}
	if rep.Tally.InQuarantine() > 0 && !*quarantineOK {
		return errQuarantine
	}
	return nil
}

// limitMemory tells the garbage collector how much a build may take before it
// works harder: an encoder and a few hundred documents in flight need about
// 200 MB, another worker about 20. GOMEMLIMIT in the environment overrules it.
func limitMemory(workers int) {
	if os.Getenv("GOMEMLIMIT") != "" {
		return
	}
	if workers == 0 {
		workers = runtime.GOMAXPROCS(0)
	}
	debug.SetMemoryLimit(int64(300+20*workers) << 20)
}

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
	return pipeline.Export(ctx, c.stdout, *out, words[0], *format, *raw)
}

func printSchema(_ context.Context, c *call) error {
	asJSON := c.flags.Bool("json", false, "print JSON")
	if _, err := c.parse(0); err != nil {
		return err
	}
	if *asJSON {
		return schema.DescribeJSON(c.stdout)
	}
	return schema.Describe(c.stdout)
}

func path(_ context.Context, c *call) error {
	out := c.output()
	if _, err := c.parse(0); err != nil {
		return err
	}
	snapshot, err := pipeline.Current(*out)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(c.stdout, snapshot)
	return err
}

func verify(_ context.Context, c *call) error {
	out := c.output()
	if _, err := c.parse(0); err != nil {
		return err
	}
	snapshot, err := pipeline.Current(*out)
	if err != nil {
		return err
	}
	files, err := pipeline.Verify(snapshot)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.stdout, "%s: %d files, all as they were written\n", snapshot, files)
	return err
}

func printVersion(_ context.Context, c *call) error {
	if _, err := c.parse(0); err != nil {
		return err
	}
	_, err := fmt.Fprintf(c.stdout, "pressrow %s, schema %s, %s %s/%s\n", version, schema.Version, runtime.Version(), runtime.GOOS, runtime.GOARCH)
	return err
}

func help(w io.Writer) {
	fmt.Fprint(w, "pressrow turns a folder of news articles into a Parquet dataset with one row per sentence.\n\n")
	for _, c := range commands {
		fmt.Fprintf(w, "  pressrow %-18s %s\n", strings.TrimSpace(c.name+" "+c.args), c.doc)
	}
	fmt.Fprint(w, "\npressrow help COMMAND tells the flags of a command.\n")
}

func describe(w io.Writer, c command, flags *flag.FlagSet) {
	fmt.Fprintf(w, "pressrow %s\n%s\n", strings.TrimSpace(c.name+" [FLAGS] "+c.args), c.doc)
	flags.SetOutput(w)
	flags.PrintDefaults()
	flags.SetOutput(io.Discard)
}

// errQuarantine says that a dataset was published without some documents.
var errQuarantine = errors.New("documents in quarantine")

// A usageError is a mistake in the command line.
type usageError string

func (e usageError) Error() string { return string(e) }

func usage(format string, args ...any) error { return usageError(fmt.Sprintf(format, args...)) }

// A signalError is the signal that ended the run.
type signalError struct{ signal syscall.Signal }

func (e signalError) Error() string {
	return fmt.Sprintf("stopped by %v; the dataset is unchanged", e.signal)
}

// interruptible returns a context that ends with the first interrupt. A second
// one ends the program at once.
func interruptible() (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		if s, ok := (<-signals).(syscall.Signal); ok {
			cancel(signalError{s})
		}
		signal.Stop(signals)
	}()
	return ctx, func() {
		signal.Stop(signals)
		close(signals)
	}
}

// message returns err without the words that only serve to tell errors apart.
func message(err error) string {
	var stopped signalError
	if errors.As(err, &stopped) {
		return stopped.Error()
	}
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return fmt.Sprintf("%v; free some space and run again. The dataset is unchanged", err)
	}
	return err.Error()
}

func exitCode(ctx context.Context, err error) int {
	var wrong usageError
	var stopped signalError
	switch {
	case err == nil:
		return 0
	case errors.As(context.Cause(ctx), &stopped) && errors.Is(err, context.Cause(ctx)):
		return 128 + int(stopped.signal)
	case errors.As(err, &wrong):
		return exitUsage
	case errors.Is(err, errQuarantine):
		return exitQuarantine
	case errors.Is(err, pipeline.ErrGate):
		return exitGate
	case errors.Is(err, pipeline.ErrNoDataset):
		return exitNoDataset
	case errors.Is(err, pipeline.ErrLocked):
		return exitLocked
	case errors.Is(err, pipeline.ErrDamaged):
		return exitDamaged
	case errors.Is(err, pipeline.ErrOutput):
		return exitOutput
	}
	return exitFailed
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

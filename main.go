// Pressrow turns a folder of news articles into a Parquet dataset with one row
// per sentence.
//
// The files of this package hold the commands and their flags: this one what
// all share, build.go, documents.go and dataset.go the commands. What they do,
// and the exit codes, is in package pipeline.
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
	"strings"
	"syscall"
	"time"

	"golang.org/x/term"

	"pressrow/pipeline"
	"pressrow/schema"
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
		{"schema", "", "print the tables and their columns, or views of them in SQL", printSchema},
		{"path", "", "print the folder of the current snapshot", path},
		{"status", "", "say how old the dataset is, how the last run ended and who is at work", status},
		{"verify", "[N]", "read every byte of the current snapshot, or of number N, and report damage", verify},
		{"snapshots", "", "list the snapshots", snapshots},
		{"diff", "[A [B]]", "say how snapshot B (the current) differs from A (the one before)", diff},
		{"rollback", "[N]", "make snapshot N, or the one before the current, the current one", rollback},
		{"pin", "[N]", "keep snapshot N, or the current, beyond its time", pin},
		{"unpin", "[N]", "let snapshot N, or the current, go in its time", unpin},
		{"gc", "", "remove old snapshots and what unfinished runs have left", gc},
		{"version", "", "print the version", printVersion},
	}
}

func main() {
	ctx, stop := interruptible()
	err := run(ctx, os.Args[1:], os.Stdout, os.Stderr)
	stop()
	if err != nil && !errors.Is(err, errQuarantine) {
		// Further lines are set in: no file can be named so that it looks like another message.
		fmt.Fprintln(os.Stderr, "pressrow:", pipeline.Printable(strings.ReplaceAll(message(err), "\n", "\n  ")))
	}
	os.Exit(pipeline.ExitCode(err))
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

// keep adds the flag that says how many snapshots to keep.
func (c *call) keep() *int {
	return c.flags.Int("keep", 7, "snapshots to keep, besides the pinned ones and the current")
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
var errQuarantine quarantineError

type quarantineError struct{}

func (quarantineError) Error() string { return "documents in quarantine" }
func (quarantineError) ExitCode() int { return pipeline.ExitQuarantine }

// A usageError is a mistake in the command line.
type usageError string

func (e usageError) Error() string { return string(e) }
func (e usageError) ExitCode() int { return pipeline.ExitUsage }

func usage(format string, args ...any) error { return usageError(fmt.Sprintf(format, args...)) }

// A signalError is the signal that ended the run.
type signalError struct{ signal syscall.Signal }

func (e signalError) Error() string {
	return fmt.Sprintf("stopped by %v; the dataset is unchanged", e.signal)
}

func (e signalError) ExitCode() int { return 128 + int(e.signal) }

// grace is how long a command may take to clear up after an interrupt.
const grace = 900 * time.Millisecond

// interruptible returns a context that ends with the first interrupt. A second
// one ends the program at once, as does the end of the grace: an unfinished
// build is as harmless as one that is killed.
func interruptible() (context.Context, func()) {
	ctx, cancel := context.WithCancelCause(context.Background())
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, os.Interrupt, syscall.SIGTERM)
	go func() {
		s, ok := (<-signals).(syscall.Signal)
		if !ok {
			return
		}
		cancel(signalError{s})
		signal.Stop(signals)
		select {
		case _, again := <-signals: // one more, before Stop; or the channel is closed, since the command has ended
			if !again {
				return
			}
		case <-time.After(grace):
			fmt.Fprintf(os.Stderr, "pressrow: stopped by %v; the next run clears up behind this one\n", s)
		}
		os.Exit(signalError{s}.ExitCode())
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
		return fmt.Sprintf("%v; free some space and run again", err)
	}
	return err.Error()
}

func isTerminal(w io.Writer) bool {
	f, ok := w.(*os.File)
	return ok && term.IsTerminal(int(f.Fd()))
}

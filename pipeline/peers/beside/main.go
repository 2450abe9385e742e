// Beside takes the same articles through pressrow and through what a user might
// take in its place, one after the other, and prints a table: tokens a second,
// processor seconds, the most memory, and what each of them leaves out.
//
//	beside -pressrow bin/pressrow -prose bin/prose -python venv/bin/python -scripts DIR ARTICLES.jsonl
//	beside -pressrow bin/pressrow -growth growth.svg ARTICLES.jsonl
//
// The articles are JSON lines with a field text; without any, the sample corpus
// is taken over and over. Slow peers get the first megabytes only. All figures
// count a whole process, from its start to its end, and so the loading of models, too.
// The tokens are ours for everybody: those of the sentences that pressrow finds in
// the same articles. Those that analyse write a row per sentence, as JSON lines or
// Parquet. Programs take turns, round after round; a ratio is the median of those
// of the rounds. On Linux each program is held to one processor, or to two, by
// taskset.
package main

import (
	"errors"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"syscall"
	"time"
)

// A peer is a program that does some of what pressrow does.
type peer struct {
	name      string
	leavesOut string // of what pressrow does
	share     int64  // bytes of articles that it gets
	processes int    // run side by side, each with its part of the articles and a processor of its own
	threads   int    // processors that a process alone gets
	command   func(articles, out string) []string
}

// A sample is what one run took.
type sample struct {
	wall, processor time.Duration
	memory          int64 // bytes at the most, all processes together
}

func main() {
	var t tools
	flag.StringVar(&t.pressrow, "pressrow", "bin/pressrow", "`program` to time")
	flag.StringVar(&t.prose, "prose", "", "prose `program`")
	flag.StringVar(&t.python, "python", "", "Python `program` that has the peers' packages")
	flag.StringVar(&t.scripts, "scripts", "", "`folder` of the scripts, with node_modules")
	picture := flag.String("growth", "", "time pressrow alone on ever larger corpora, and draw a picture of it into this SVG `file`")
	rounds := flag.Int("rounds", 3, "`number` of times that each program is run")
	flag.Parse()
	if flag.NArg() > 1 || *rounds < 1 {
		flag.Usage()
		os.Exit(64)
	}
	if err := run(t, flag.Arg(0), *rounds, *picture); err != nil {
		fmt.Fprintln(os.Stderr, "beside:", err)
		os.Exit(1)
	}
}

func run(t tools, articles string, rounds int, picture string) (err error) {
	dir, err := os.MkdirTemp("", "beside-")
	if err != nil {
		return err
	}
	defer func() { err = errors.Join(err, os.RemoveAll(dir)) }()
	c := corpus{dir: dir, from: articles, pressrow: t.pressrow}
	if picture != "" {
		return c.growth(t, rounds, picture)
	}
	all := t.peers()
	samples := make([][]sample, len(all))
	for range rounds {
		for i, p := range all {
			s, err := c.time(&p)
			if err != nil {
				return fmt.Errorf("%s: %w", p.name, err)
			}
			samples[i] = append(samples[i], s)
		}
	}
	if err := c.table(all, samples); err != nil {
		return err
	}
	return c.physics()
}

// time runs p once.
func (c *corpus) time(p *peer) (sample, error) {
	s, err := c.slice(p.share, p.processes)
	if err != nil {
		return sample{}, err
	}
	out, err := os.MkdirTemp(c.dir, "out-")
	if err != nil {
		return sample{}, err
	}
	var running []*exec.Cmd
	start := time.Now()
	for i, name := range s.files {
		to := filepath.Join(out, fmt.Sprint(i))
		if err := os.Mkdir(to, 0o755); err != nil {
			return sample{}, err
		}
		cmd := held(p, i, p.command(name, to))
		cmd.Stderr = os.Stderr
		if err := cmd.Start(); err != nil {
			return sample{}, err
		}
		running = append(running, cmd)
	}
	var took sample
	for _, cmd := range running {
		err = errors.Join(err, cmd.Wait())
		use := cmd.ProcessState.SysUsage().(*syscall.Rusage)
		took.processor += cmd.ProcessState.UserTime() + cmd.ProcessState.SystemTime()
		took.memory += memory(use)
	}
	took.wall = time.Since(start)
	return took, errors.Join(err, os.RemoveAll(out))
}

// held returns the command of p's process number i, on processors of its own
// where taskset is there to see to that.
func held(p *peer, i int, args []string) *exec.Cmd {
	if taskset, err := exec.LookPath("taskset"); err == nil {
		args = append([]string{taskset, "-c", fmt.Sprintf("%d-%d", i, i+p.threads-1)}, args...)
	}
	return exec.Command(args[0], args[1:]...)
}

// table prints a row for each peer.
func (c *corpus) table(all []peer, samples [][]sample) error {
	fmt.Println("| program | tokens/s | pressrow is | processor s per million tokens | pressrow takes 1 / | memory, MB | leaves out |")
	fmt.Println("|---|---:|---:|---:|---:|---:|---|")
	var speedOurs, processorOurs []float64 // of pressrow on as many processors
	for i, p := range all {
		s, err := c.slice(p.share, p.processes)
		if err != nil {
			return err
		}
		var speed, processor, memory []float64
		for _, took := range samples[i] {
			speed = append(speed, float64(s.tokens)/took.wall.Seconds())
			processor = append(processor, took.processor.Seconds()/float64(s.tokens)*1e6)
			memory = append(memory, float64(took.memory)/1e6)
		}
		if p.leavesOut == "" {
			speedOurs, processorOurs = speed, processor
		}
		fmt.Printf("| %s | %.0f | %.1f × | %.2f | %.1f | %.0f | %s |\n", p.name, median(speed), ratio(speedOurs, speed),
			median(processor), ratio(processor, processorOurs), median(memory), p.leavesOut)
	}
	return nil
}

// ratio returns the median of the ratios of rounds.
func ratio(a, b []float64) float64 {
	r := make([]float64, len(a))
	for i := range a {
		r[i] = a[i] / b[i]
	}
	return median(r)
}

func median(v []float64) float64 {
	v = slices.Sorted(slices.Values(v))
	return (v[(len(v)-1)/2] + v[len(v)/2]) / 2
}

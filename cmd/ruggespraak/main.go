// Command ruggespraak is the whole product in one program: the server, the
// demo, and what an operator does on a terminal.
//
// It reads the configuration and starts package cmd/app, which puts the
// program together; here live only the command line and the choice of a store.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"
	_ "time/tzdata" // a container without zones must know when it is eight o'clock in Utrecht

	"github.com/alecthomas/kong"

	"ruggespraak/internal/fault"
)

// commands is the command line.
type commands struct {
	Serve   serveCommand   `cmd:"" help:"Serve the product."`
	Demo    demoCommand    `cmd:"" help:"Serve the demo: invented contributions, a clock that can be moved, no mail leaves."`
	User    userCommand    `cmd:"" help:"Print a one-time link for the first administrator."`
	Guard   guardCommand   `cmd:"" help:"Read texts from standard input, one a line, and print what the guard finds in each as a line of JSON."`
	Routes  routesCommand  `cmd:"" help:"Print the table of routes."`
	Index   indexCommand   `cmd:"" help:"Fill the text indexes of this instance anew, while it is stopped."`
	Job     jobCommand     `cmd:"" help:"List the planned jobs, or run one now."`
	Version versionCommand `cmd:"" help:"Print the version."`
}

// terminal is where a command reads and writes.
type terminal struct {
	in       io.Reader
	out, err io.Writer
	self     string // the program's file
}

func main() {
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt, syscall.SIGTERM)
	self, err := os.Executable()
	if err != nil {
		self = os.Args[0]
	}
	code := run(ctx, &terminal{in: os.Stdin, out: os.Stdout, err: os.Stderr, self: self}, os.Args[1:])
	stop()
	os.Exit(code)
}

// run does what the arguments say, until it is done or the context ends. It
// gives the exit code: 0 done, 1 failed, 2 not understood.
func run(ctx context.Context, t *terminal, args []string) int {
	parser, err := newParser(t)
	if err != nil {
		fmt.Fprintln(t.err, "ruggespraak:", err)
		return 2
	}
	command, err := parser.Parse(args)
	if err != nil {
		fmt.Fprintln(t.err, "ruggespraak:", err)
		fmt.Fprintln(t.err, "Try «ruggespraak --help».")
		return 2
	}
	command.BindTo(ctx, (*context.Context)(nil))
	if err := command.Run(t); err != nil && !errors.Is(err, context.Canceled) {
		fmt.Fprintln(t.err, "ruggespraak:", explain(err))
		return 1
	}
	return 0
}

func newParser(t *terminal) (*kong.Kong, error) {
	parser, err := kong.New(&commands{},
		kong.Name("ruggespraak"),
		kong.Description("Ruggespraak: what care coordinators see reaches policy, and comes back to them."),
		kong.Writers(t.out, t.err),
		kong.ValueFormatter(withDefault),
		kong.Resolvers(secretFiles(os.LookupEnv, os.ReadFile)),
	)
	if err != nil {
		return nil, fmt.Errorf("command line: %w", err)
	}
	return parser, nil
}

// withDefault tells of an option what holds when it is not given.
func withDefault(value *kong.Value) string {
	help := kong.DefaultHelpValueFormatter(value)
	if !value.HasDefault {
		return help
	}
	return help + " Default: " + value.Default + "."
}

// explain gives a fault's cause too: on a terminal the sentence for the screen
// is not enough.
func explain(err error) string {
	var f *fault.Error
	if errors.As(err, &f) && f.Err != nil {
		return fmt.Sprintf("%v (%v)", err, f.Err)
	}
	return err.Error()
}

// Command dti scores and ranks public agencies on a digital transformation index.
//
// A round is a folder: a criteria set, the agencies, their self-assessment workbooks or tables, the reviewers'
// decisions. dti checks it, ranks it, explains every point and publishes it as a site of static pages.
package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"os/signal"
	"strings"

	"github.com/opendti/dti/criteria/locale"
)

// engine names the program in results and pages. It changes when a change could alter a published digit.
const engine = "dti 1.0.0"

func main() {
	tuneMemory()
	ctx, stop := signal.NotifyContext(context.Background(), os.Interrupt)
	context.AfterFunc(ctx, stop) // a second interrupt ends the program at once
	status := run(ctx, os.Args[1:], os.Stdin, os.Stdout, os.Stderr)
	stop()
	os.Exit(status)
}

// run is the whole program: 0 well, 1 unsettled errors in the inputs (already told), 2 misuse or I/O.
func run(ctx context.Context, args []string, stdin io.Reader, stdout, stderr io.Writer) int {
	a := &app{in: stdin, out: stdout, err: stderr, say: locale.MustFor(language(args, os.Getenv))}
	root := a.command()
	root.SetArgs(args)
	root.SetIn(stdin)
	root.SetOut(stdout)
	root.SetErr(stderr)
	err := root.ExecuteContext(ctx)
	switch {
	case err == nil:
		return 0
	case errors.Is(err, errProblems):
		return 1
	case errors.Is(err, context.Canceled):
		a.tell("interrupted")
		return 2
	default:
		fmt.Fprintln(stderr, "dti: "+a.explainError(err))
		return 2
	}
}

// errProblems says that the inputs have unsettled errors, all of them told already.
var errProblems = errors.New("the inputs have unsettled errors")

// An app is what every command shares.
type app struct {
	in       io.Reader
	out, err io.Writer
	say      *locale.Locale // of messages and tables
}

// language is the language of messages: --lang, else LC_ALL or LANG, else Vietnamese. It is needed before cobra parses,
// since help is worded too. A language without words here falls back to Vietnamese.
func language(args []string, getenv func(string) string) string {
	asked := ""
	for i, arg := range args {
		switch {
		case arg == "--":
			args = nil
		case arg == "--lang" && i+1 < len(args):
			asked = args[i+1]
		case strings.HasPrefix(arg, "--lang="):
			asked = strings.TrimPrefix(arg, "--lang=")
		}
	}
	for _, candidate := range []string{asked, getenv("LC_ALL"), getenv("LANG")} {
		if len(candidate) < 2 {
			continue
		}
		if _, ok := locale.For(candidate[:2]); ok {
			return candidate[:2]
		}
	}
	return "vi"
}

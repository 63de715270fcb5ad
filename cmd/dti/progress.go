package main

import (
	"os"

	"github.com/schollz/progressbar/v3"
	"golang.org/x/term"
)

// longWork is the number of steps from which a progress bar is shown.
const longWork = 40

// A progress shows how far long work has come.
type progress struct {
	bar *progressbar.ProgressBar // nil: nothing is shown
}

// progress starts a bar on the error output where that is a terminal and the work is long.
func (a *app) progress(steps int, key string) progress {
	f, ok := a.err.(*os.File)
	if !ok || steps < longWork || !term.IsTerminal(int(f.Fd())) {
		return progress{}
	}
	return progress{progressbar.NewOptions(steps,
		progressbar.OptionSetWriter(f),
		progressbar.OptionSetDescription(a.say.Say(key)),
		progressbar.OptionShowCount(),
		progressbar.OptionClearOnFinish(),
	)}
}

// Add counts finished steps. A bar that cannot be drawn stops nothing.
func (p progress) Add(n int) {
	if p.bar != nil {
		_ = p.bar.Add(n)
	}
}

// Finish clears the bar.
func (p progress) Finish() {
	if p.bar != nil {
		_ = p.bar.Finish()
	}
}

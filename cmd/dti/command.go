package main

import (
	"errors"
	"fmt"
	"io/fs"
	"strings"
	"syscall"

	"github.com/spf13/cobra"

	"github.com/opendti/dti/criteria/diag"
)

// command is the tree of commands, worded in the app's language.
func (a *app) command() *cobra.Command {
	root := &cobra.Command{
		Use:           "dti",
		Short:         a.say.Say("cli.dti-short"),
		Long:          a.say.Say("cli.dti-long"),
		Args:          a.takes(0, 0),
		SilenceErrors: true,
		SilenceUsage:  true,
	}
	on := root.Flags().String("on", "", a.say.Say("cli.flag-on"))
	root.RunE = func(cmd *cobra.Command, _ []string) error {
		day, err := a.day(cmd, *on)
		if err != nil {
			return err
		}
		return a.where(".", day)
	}
	root.SetUsageTemplate(a.usage(root.UsageTemplate()))
	root.PersistentFlags().String("lang", "", a.say.Say("cli.flag-lang"))
	for _, id := range []string{"prepare", "collect", "result"} {
		root.AddGroup(&cobra.Group{ID: id, Title: a.say.Say("cli.group-" + id)})
	}
	root.AddCommand(
		a.initCommand(), a.criteriaCommand(), a.formCommand(),
		a.assessCommand(), a.checkCommand(), a.reviewCommand(),
		a.qualityCommand(), a.appealsCommand(),
		a.statusCommand(), a.closeCommand(),
		a.rankCommand(), a.explainCommand(), a.publishCommand(), a.announceCommand(),
	)
	return root
}

// usage words the frame of the help.
func (a *app) usage(template string) string {
	return strings.NewReplacer(
		"Usage:", a.say.Say("cli.usage"),
		"Examples:", a.say.Say("cli.examples"),
		"Available Commands:", a.say.Say("cli.commands"),
		"Additional Commands:", a.say.Say("cli.commands-more"),
		"Global Flags:", a.say.Say("cli.flags-global"),
		"Flags:", a.say.Say("cli.flags"),
		`Use "{{.CommandPath}} [command] --help" for more information about a command.`, a.say.Say("cli.help-more"),
	).Replace(template)
}

// describe words a command and gives it its place in the help.
func (a *app) describe(c *cobra.Command, key, group string) *cobra.Command {
	c.Short = a.say.Say("cli." + key + "-short")
	c.Long = c.Short + "\n\n" + a.say.Say("cli."+key+"-long")
	c.Example = indent(a.say.Say("cli." + key + "-example"))
	c.GroupID = group
	c.DisableFlagsInUseLine = true
	return c
}

func indent(s string) string {
	return "  " + strings.ReplaceAll(strings.TrimSpace(s), "\n", "\n  ")
}

// explainError words an error for people, with the remedy where one is known.
func (a *app) explainError(err error) string {
	if problems, ok := errors.AsType[diag.Problems](err); ok {
		lines := make([]string, len(problems))
		for i, p := range problems {
			lines[i] = a.say.Problem(p)
		}
		return strings.Join(lines, "\n")
	}
	if pathErr, ok := errors.AsType[*fs.PathError](err); ok {
		switch {
		case errors.Is(err, fs.ErrNotExist):
			return a.say.Say("cli.not-found", pathErr.Path)
		case errors.Is(err, fs.ErrPermission):
			return a.say.Say("cli.not-permitted", pathErr.Path)
		case errors.Is(err, syscall.ENOTDIR):
			return a.say.Say("cli.not-a-folder", pathErr.Path)
		case errors.Is(err, errors.ErrUnsupported):
			return a.say.Say("cli.not-a-file", pathErr.Path)
		}
	}
	return err.Error()
}

// takes holds how many arguments a command takes.
func (a *app) takes(least, most int) cobra.PositionalArgs {
	return func(c *cobra.Command, args []string) error {
		switch {
		case least <= len(args) && len(args) <= most:
			return nil
		case !c.HasParent():
			return a.misuse("unknown-command", args[0])
		default:
			return a.misuse("arguments", c.UseLine(), c.CommandPath())
		}
	}
}

// tell writes one sentence to the error output.
func (a *app) tell(key string, args ...any) {
	fmt.Fprintln(a.err, a.say.Say("cli."+key, args...))
}

// count tells a sentence about n things; one thing may have a sentence of its own, KEY-one.
func (a *app) count(key string, n int, args ...any) {
	if n == 1 && a.say.Has("cli."+key+"-one") {
		key += "-one"
	}
	a.tell(key, append([]any{n}, args...)...)
}

// misuse is an error about how a command was called.
func (a *app) misuse(key string, args ...any) error {
	return errors.New(a.say.Say("cli."+key, args...))
}

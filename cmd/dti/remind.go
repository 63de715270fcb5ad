package main

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"

	"github.com/opendti/dti/criteria"
	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/importers"
	"github.com/opendti/dti/reports/view"
	"github.com/opendti/dti/scoring/calendar"
)

// A reminder is a text to somebody who owes something.
type reminder struct {
	name string // of its file, without day, language and extension
	text func(duty) []string
}

// remind writes a text for each agency and each verifier that owes something, in each language of the set. The day is
// part of a file's name, so that an earlier reminder is never taken for one of today. Only reminders to the same are
// replaced; where anything else stands in the way, nothing is written.
func (a *app) remind(s standing, dir string) error {
	if len(s.status.Stages) == 0 {
		return a.misuse("remind-no-calendar", s.dir)
	}
	if err := a.mayRemind(s.dir, dir); err != nil {
		return err
	}
	reminders := s.reminders()
	if len(reminders) == 0 {
		a.tell("remind-none")
		return nil
	}
	texts := s.texts(reminders, dir)
	for _, t := range texts {
		if !replaceable(t.file, []byte(t.lines[0])) {
			return a.misuse("file-not-ours", t.file)
		}
	}
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	for _, t := range texts {
		if err := a.writeReminder(t); err != nil {
			return err
		}
	}
	a.tell("remind-done", len(reminders), dir)
	return nil
}

// A reminderFile is a reminder in one language.
type reminderFile struct {
	file  string
	lines []string
}

// texts are reminders in each language of the set.
func (s standing) texts(reminders []reminder, dir string) []reminderFile {
	var all []reminderFile
	for _, lang := range s.round.Set.Languages {
		l, ok := locale.For(lang)
		if !ok {
			continue
		}
		for _, r := range reminders {
			file := filepath.Join(dir, r.name+"-"+string(s.status.Day)+"."+lang+".txt")
			all = append(all, reminderFile{file, r.text(s.in(l))})
		}
	}
	return all
}

// mayRemind refuses a folder for reminders that the round reads, or that lies in one.
func (a *app) mayRemind(round, dir string) error {
	info, err := os.Stat(dir)
	_, link := os.Readlink(dir)
	switch {
	case dir == "", err == nil && !info.IsDir(), errors.Is(err, fs.ErrNotExist) && link == nil:
		return a.misuse("remind-not-folder", dir)
	case err != nil && !errors.Is(err, fs.ErrNotExist):
		return err
	}
	_, read, err := importers.Folders(round)
	if err != nil {
		return err
	}
	abs, err := filepath.Abs(dir)
	if err != nil {
		return err
	}
	for _, folder := range read {
		if liesIn(abs, filepath.Join(round, filepath.FromSlash(folder))) {
			return a.misuse("remind-inside", dir, folder)
		}
	}
	return nil
}

// writeReminder writes one text.
func (a *app) writeReminder(t reminderFile) error {
	err := writeFile(t.file, func(w io.Writer) error {
		_, err := io.WriteString(w, strings.Join(t.lines, "\n")+"\n")
		return err
	})
	if err != nil {
		return a.fileError(t.file, err)
	}
	return nil
}

// reminders are the texts to agencies, then to verifiers. Nobody can remind a verifier that no indicator names.
func (s standing) reminders() []reminder {
	var all []reminder
	taken := map[string]bool{}
	for _, sender := range s.status.Agencies {
		all = append(all, reminder{view.FileName(sender.Agency.Code, taken), func(t duty) []string { return t.toSender(sender) }})
	}
	for _, v := range s.status.Verifiers {
		if v.Verifier != "" {
			all = append(all, reminder{view.FileName("verifier-"+v.Verifier, taken), func(t duty) []string { return t.toVerifier(v) }})
		}
	}
	return all
}

// toSender asks an agency for its self-assessment.
func (t duty) toSender(s calendar.Sender) []string {
	key := "cli.remind-submission"
	if s.Unreadable {
		key = "cli.remind-again"
	}
	lines := t.opening(t.text(s.Agency.Name), t.words.Say(key, t.text(t.round.Title), t.status.Day, t.publisher()))
	lines = append(lines, "", t.lastDay(s.Due))
	if s.Extended {
		lines = append(lines, t.words.Say("cli.remind-extended"))
	}
	lines = append(lines, "", t.words.Say("cli.remind-after"))
	for _, p := range t.round.Cycle.Calendar.Late {
		lines = append(lines, t.words.Say("cli.remind-after-days", p.Days, t.penalty(&p)))
	}
	silent := "cli.remind-after-zero"
	if t.round.Set.Missing.NoSubmissionUnrank {
		silent = "cli.remind-after-unranked"
	}
	lines = append(lines, t.words.Say(silent))
	if s.Penalty != nil {
		lines = append(lines, t.words.Say("cli.remind-now", t.status.Day, s.Late(), t.penalty(s.Penalty)))
	}
	if !s.Unreadable {
		lines = append(lines, "", t.words.Say("cli.remind-sent"))
	}
	return t.closing(lines)
}

// toVerifier asks a verifier for its reviews, indicator by indicator.
func (t duty) toVerifier(v calendar.Appraisal) []string {
	lines := t.opening(t.verifier(v.Verifier), t.words.Say("cli.remind-review",
		t.text(t.round.Title), t.status.Day, len(v.Items), agenciesOf(v.Items)))
	count := map[*criteria.Indicator]int{}
	for _, item := range v.Items {
		count[item.Indicator]++
	}
	for ind := range t.round.Set.Root.AllIndicators() {
		if n := count[ind]; n > 0 {
			lines = append(lines, t.words.Say("cli.remind-review-line", strings.TrimSpace(ind.No+" "+t.text(ind.Name)), n))
		}
	}
	lines = append(lines, "", t.lastDay(v.Due))
	if silence := t.silence(); silence != "" {
		lines = append(lines, silence)
	}
	return t.closing(lines)
}

func (t duty) opening(to, first string) []string {
	return []string{t.words.Say("cli.remind-to", to), "", first}
}

// lastDay asks to be done by the last day, or soon where it is past.
func (t duty) lastDay(d calendar.Due) string {
	switch {
	case d.Until == "":
		return t.words.Say("cli.remind-due-none")
	case d.Left < 0:
		return t.words.Say("cli.remind-due-late", d.Until, d.Late())
	case d.Left == 0:
		return t.words.Say("cli.remind-due-today", d.Until)
	default:
		return t.words.Say("cli.remind-due", d.Until, d.Left)
	}
}

// closing adds whom to ask, thanks, and who signs.
func (t duty) closing(lines []string) []string {
	if contact := t.round.Release.Contact; contact != "" {
		lines = append(lines, "", t.words.Say("cli.remind-contact", contact))
	}
	return append(lines, "", t.words.Say("cli.remind-thanks"), "", t.publisher())
}

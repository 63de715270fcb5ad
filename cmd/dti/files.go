package main

import (
	"bufio"
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
)

// writeFile writes a file beside its place and renames it, so that it is never half there.
func writeFile(name string, write func(io.Writer) error) (err error) {
	tmp, err := os.CreateTemp(filepath.Dir(name), "."+filepath.Base(name)+".*")
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			err = errors.Join(err, tmp.Close())
			_ = os.Remove(tmp.Name()) // the error that matters is the first
		}
	}()
	w := bufio.NewWriterSize(tmp, 1<<20)
	if err := write(w); err != nil {
		return err
	}
	if err := w.Flush(); err != nil {
		return err
	}
	if err := tmp.Chmod(0o644); err != nil {
		return err
	}
	if err := tmp.Close(); err != nil {
		return err
	}
	return os.Rename(tmp.Name(), name)
}

// fileError says what to do about a file that could not be written.
func (a *app) fileError(name string, err error) error {
	locked := errors.Is(err, syscall.EBUSY) || errors.Is(err, syscall.ETXTBSY) || errors.Is(err, fs.ErrPermission)
	if locked && isSpreadsheet(name) {
		return a.misuse("file-open-elsewhere", name)
	}
	return err
}

func isSpreadsheet(name string) bool {
	return strings.EqualFold(filepath.Ext(name), ".xlsx")
}

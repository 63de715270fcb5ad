package main

import (
	"bufio"
	"bytes"
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
	if failed, ok := errors.AsType[*fs.PathError](err); ok {
		return &fs.PathError{Op: failed.Op, Path: name, Err: failed.Err} // not the name that nobody asked for
	}
	if err != nil {
		return err
	}
	defer func() {
		if err != nil {
			// The error that matters is the first.
			_ = tmp.Close()
			_ = os.Remove(tmp.Name())
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

// replaceable reports whether a file may be written: nothing is there, or a plain file that is empty or begins like the
// files that dti writes, so that a slip of the hand never costs the round's own files.
func replaceable(name string, head []byte) bool {
	info, err := os.Stat(name)
	if err != nil {
		return errors.Is(err, fs.ErrNotExist)
	}
	if !info.Mode().IsRegular() {
		return false
	}
	if info.Size() == 0 {
		return true
	}
	f, err := os.Open(name)
	if err != nil {
		return false
	}
	defer f.Close()
	got := make([]byte, len(head))
	n, _ := io.ReadFull(f, got) // a shorter file begins otherwise
	return bytes.Equal(got[:n], head)
}

// fileError says what to do about a file that could not be written. Another program that has the file open lets nobody
// put one in its place; where not even a new file can be made beside it, the folder is closed to us.
func (a *app) fileError(name string, err error) error {
	if _, ok := errors.AsType[*fs.PathError](err); ok && errors.Is(err, fs.ErrPermission) {
		return a.misuse("folder-not-writable", filepath.Dir(name))
	}
	locked := errors.Is(err, syscall.EBUSY) || errors.Is(err, syscall.ETXTBSY) || errors.Is(err, fs.ErrPermission)
	if locked && isSpreadsheet(name) {
		return a.misuse("file-open-elsewhere", name)
	}
	return err
}

func isSpreadsheet(name string) bool {
	return strings.EqualFold(filepath.Ext(name), ".xlsx")
}

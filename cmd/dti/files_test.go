package main

import (
	"io/fs"
	"os"
	"path/filepath"
	"syscall"
	"testing"

	"github.com/stretchr/testify/assert"

	"github.com/opendti/dti/criteria/locale"
)

// What cannot be written is told with the remedy that helps: Excel holds the file, or the folder is closed to us.
func TestFileError(t *testing.T) {
	a := &app{say: locale.MustFor("en")}
	name := filepath.Join("send-back", "so-y-te.xlsx")
	for what, test := range map[string]struct {
		err  error
		want string
	}{
		"a folder that may not be written": {
			&fs.PathError{Op: "open", Path: name, Err: syscall.EACCES},
			"may not write into the folder send-back. Check its permissions, or choose another folder.",
		},
		"a file that is open in Excel": {
			&os.LinkError{Op: "rename", Old: "tmp", New: name, Err: fs.ErrPermission},
			"cannot write " + name + ". If it is open in Excel, close it and run this again.",
		},
		"a busy file":    {syscall.EBUSY, "cannot write " + name + ". If it is open in Excel, close it and run this again."},
		"something else": {syscall.ENOSPC, syscall.ENOSPC.Error()},
	} {
		t.Run(what, func(t *testing.T) {
			assert.EqualError(t, a.fileError(name, test.err), test.want)
		})
	}
}

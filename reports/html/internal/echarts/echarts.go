// Package echarts knows the files of the chart library that the site ships. It knows no network and no folder.
package echarts

import (
	"errors"
	"fmt"

	"github.com/opendti/dti/reports/internal/npm"
)

// Names of the files in the folder from which they are embedded.
const (
	ScriptName  = "echarts.min.js"
	LicenceName = "LICENSE"
	NoticeName  = "NOTICE"
)

// ErrHash says that a file is not the pinned one.
var ErrHash = fmt.Errorf("the hash is not that of %s", npm.ECharts)

// Files are the script with its licence and notice, which have to be published beside it.
type Files struct{ Script, Licence, Notice []byte }

// IsScript reports whether data are exactly the pinned script.
func IsScript(data []byte) bool {
	for _, f := range npm.ECharts.Files {
		if f.Name() == ScriptName {
			return f.Is(data)
		}
	}
	return false
}

// Unpack takes the files from the pinned archive, or from the script alone, which comes without licence and notice; the
// script says its licence in its first comment. Any other data are ErrHash.
func Unpack(data []byte) (Files, error) {
	if IsScript(data) {
		return Files{Script: data}, nil
	}
	files, err := npm.ECharts.Unpack(data)
	if errors.Is(err, npm.ErrHash) {
		return Files{}, ErrHash
	}
	if err != nil {
		return Files{}, err
	}
	return Files{Script: files[ScriptName], Licence: files[LicenceName], Notice: files[NoticeName]}, nil
}

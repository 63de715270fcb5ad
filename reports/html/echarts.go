package html

import (
	"embed"
	"path"

	"github.com/opendti/dti/reports/html/internal/echarts"
)

//go:generate go run ../internal/fetch echarts

// vendored holds the chart library where `go generate` has fetched it, and else only the .gitignore that keeps the folder,
// so that a fresh clone builds.
//
//go:embed all:vendor
var vendored embed.FS

// ECharts is the chart library of this build with the licence and the notice to publish beside it. ok is false where the
// build was made without it: the site then keeps its static charts.
func ECharts() (js, licence, notice []byte, ok bool) {
	js, licence, notice = vendoredFile(echarts.ScriptName), vendoredFile(echarts.LicenceName), vendoredFile(echarts.NoticeName)
	if !echarts.IsScript(js) || licence == nil || notice == nil {
		return nil, nil, nil, false
	}
	return js, licence, notice, true
}

func vendoredFile(name string) []byte {
	data, err := vendored.ReadFile(path.Join("vendor", name))
	if err != nil {
		return nil
	}
	return data
}

// EChartsFrom is the chart library from a file given by hand: the archive that `npm pack` writes, or the script alone,
// which has no licence and notice beside it but says its licence in its first comment. A file whose hash is not the
// pinned one is an error.
func EChartsFrom(file []byte) (js, licence, notice []byte, err error) {
	files, err := echarts.Unpack(file)
	return files.Script, files.Licence, files.Notice, err
}

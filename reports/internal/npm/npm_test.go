package npm_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"crypto/sha256"
	"crypto/sha512"
	"encoding/base64"
	"encoding/hex"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/reports/internal/npm"
)

// packed is an archive with these files in it, by path and text in turn.
func packed(t *testing.T, files ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	zipped := gzip.NewWriter(&b)
	archive := tar.NewWriter(zipped)
	for i := 0; i < len(files); i += 2 {
		require.NoError(t, archive.WriteHeader(&tar.Header{Name: files[i], Mode: 0o644, Size: int64(len(files[i+1]))}))
		_, err := archive.Write([]byte(files[i+1]))
		require.NoError(t, err)
	}
	require.NoError(t, archive.Close())
	require.NoError(t, zipped.Close())
	return b.Bytes()
}

func pinned(data []byte, files ...npm.File) npm.Package {
	sum := sha512.Sum512(data)
	return npm.Package{Name: "thing", Version: "1.0.0", SHA512: base64.StdEncoding.EncodeToString(sum[:]), Files: files}
}

func hash(text string) string {
	sum := sha256.Sum256([]byte(text))
	return hex.EncodeToString(sum[:])
}

func TestUnpackTakesOnlyWhatIsPinned(t *testing.T) {
	data := packed(t, "package/dist/thing.js", "run()", "package/other.js", "no", "package/LICENSE", "free")
	p := pinned(data, npm.File{Path: "package/dist/thing.js", SHA256: hash("run()")}, npm.File{Path: "package/LICENSE"})
	files, err := p.Unpack(data)
	require.NoError(t, err)
	assert.Equal(t, map[string][]byte{"thing.js": []byte("run()"), "LICENSE": []byte("free")}, files)
	assert.Equal(t, "thing-1.0.0.tgz", p.Archive())
	assert.Equal(t, "thing@1.0.0", p.String())
}

func TestUnpackRefuses(t *testing.T) {
	data := packed(t, "package/thing.js", "run()")
	cut := data[:len(data)/2]
	for name, c := range map[string]struct {
		p    npm.Package
		data []byte
		hash bool
	}{
		"nothing":            {pinned(data), nil, true},
		"another archive":    {pinned(data), append(bytes.Clone(data), 0), true},
		"another file in it": {pinned(data, npm.File{Path: "package/thing.js", SHA256: hash("alert()")}), data, true},
		"a file missing":     {pinned(data, npm.File{Path: "package/LICENSE"}), data, true},
		"half an archive":    {pinned(cut, npm.File{Path: "package/thing.js"}), cut, false},
		"no archive":         {pinned([]byte("text")), []byte("text"), false},
	} {
		t.Run(name, func(t *testing.T) {
			files, err := c.p.Unpack(c.data)
			require.Error(t, err)
			assert.Nil(t, files)
			if c.hash {
				assert.ErrorIs(t, err, npm.ErrHash)
			}
		})
	}
}

// Every pin is a whole one, and no two files of a folder bear one name.
func TestPackagesArePinned(t *testing.T) {
	for _, p := range npm.Packages() {
		sum, err := base64.StdEncoding.DecodeString(p.SHA512)
		require.NoError(t, err, p)
		assert.Len(t, sum, sha512.Size, p)
		assert.NotEmpty(t, p.Files[0].SHA256, "the file by which %s is known", p)
		assert.NotEmpty(t, p.Without, p)
		names := map[string]bool{}
		for _, f := range p.Files {
			assert.False(t, names[f.Name()], f.Path)
			names[f.Name()] = true
		}
	}
}

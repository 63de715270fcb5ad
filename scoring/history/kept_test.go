package history_test

import (
	"encoding/json"
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/scoring/history"
)

// FuzzMembers: what json.Marshal writes is walked as encoding/json reads it.
func FuzzMembers(f *testing.F) {
	for _, seed := range []string{`{}`, `{"a":1}`, `{"a":{"b":[1,"x]}",{"c":null}]},"d\"\\":"\u1ebf,:{"," ":true,"e":-1.5e3,"f":[]}`, `{"":false}`} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, text string) {
		var object map[string]any
		d := json.NewDecoder(strings.NewReader(text))
		d.UseNumber()
		if d.Decode(&object) != nil || object == nil {
			return
		}
		written, err := json.Marshal(object)
		require.NoError(t, err)
		read := map[string]any{}
		for name, value := range history.Members(string(written)) {
			read[name] = history.PlainValue(value)
		}
		assert.Equal(t, object, read)
		_, there := history.Member(string(written), "no such member")
		assert.False(t, there)
	})
}

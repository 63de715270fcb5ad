package preflight_test

import (
	"encoding/xml"
	"errors"
	"io"
	"strings"
	"testing"
	"testing/iotest"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/importers/internal/preflight"
)

// oracle lists the events of XML as encoding/xml tells them.
func oracle(data string) ([]string, error) {
	d := xml.NewDecoder(strings.NewReader(data))
	var list, open []string
	for {
		token, err := d.RawToken()
		if errors.Is(err, io.EOF) {
			return list, nil
		}
		if err != nil {
			return nil, err
		}
		parent := ""
		if len(open) > 0 {
			parent = open[len(open)-1]
		}
		switch t := token.(type) {
		case xml.StartElement:
			var line strings.Builder
			line.WriteString("<" + parent + "/" + t.Name.Local)
			for _, a := range t.Attr {
				line.WriteString(" " + a.Name.Local + "=" + a.Value)
			}
			list, open = append(list, line.String()), append(open, t.Name.Local)
		case xml.EndElement:
			open = open[:max(len(open)-1, 0)]
			if parent = ""; len(open) > 0 {
				parent = open[len(open)-1]
			}
			list = append(list, ">"+parent+"/"+t.Name.Local)
		case xml.CharData:
			if n := len(list); n > 0 && strings.HasPrefix(list[n-1], "=") {
				list[n-1] += string(t)
			} else if len(t) > 0 && len(open) > 0 {
				list = append(list, "="+string(t))
			}
		}
	}
}

var wellFormed = []string{
	`<a/>`, "<?xml version='1.0' encoding='utf-8' standalone=\"yes\"?>\r\n<a b='1' c=\"&lt;&#65;&#x1F600;'\">x &amp; y<!-- - --><b/>\r\nz</a >\n",
	`<x:a xmlns:x="u" x:b="2" b="3"><![CDATA[<&]]]>]]&gt;</x:a>`, "\uFEFF<a>Có ề</a>", "<a\n b = '>'\t/>", `<a><?pi x?></a>`, "<a>\r\r\n\n</a>",
	`<Type i="1" Type="2"><i Type='3' i='4'>&#34;&#39;&#10;&#xA;&#x22;</i></Type>`, // two names of one trait
}

func TestTokensAgreeWithEncodingXML(t *testing.T) {
	for _, data := range wellFormed {
		want, err := oracle(data)
		require.NoError(t, err, data)
		for name, r := range map[string]io.Reader{
			"whole": strings.NewReader(data), "byte by byte": iotest.OneByteReader(strings.NewReader(data)),
		} {
			got, err := preflight.Events(r)
			require.NoError(t, err, "%s: %s", name, data)
			assert.Equal(t, want, got, "%s: %s", name, data)
		}
	}
}

func TestTokensRefuse(t *testing.T) {
	for _, data := range []string{
		"", "x", "<", "<a", "<a>", "</a>", "<a></b>", "<a><b></a></b>", "<a/><b/>", "<a/>x", "<a b>x</a>", "<a b=1/>", "<a b='1/>", "<a b='1'c='2'/>",
		"<a b='<'/>", "<a b='1' b='2'/>", "<1/>", "<a:b:c/>", "<:a/>", "<a>&x;</a>", "<a>&amp</a>", "<a>& b;</a>", "<a>&#0;</a>", "<a>&#xD800;</a>", "<a>&#6_5;</a>",
		"<a>&65;</a>", "<a>]]></a>", "<a><![CDATA[x</a>", "<a><!-- -- --></a>", "<a><!-- x --->", "<a><!-- x", "<a>\x01</a>", "<a b='\x01'/>", "<a>\xff</a>", "<a>\uFFFE</a>",
		"<a><![CDATA[\x00]]></a>", "<!DOCTYPE a><a/>", "<a><!ELEMENT></a>", "<?xml version='1.1'?><a/>", "<?xml version='1.0' encoding='latin1'?><a/>",
		"<? x?><a/>", "<?xml", "< a/>", "<a ='1'/>", "<a><!-- \xff --></a>", "<a/ >", "<a" + strings.Repeat(" b='1'", 3) + "/>",
		"<a " + strings.Repeat("b", 9) + manyAttrs() + "/>", "<\xff/>",
	} {
		_, err := preflight.Events(strings.NewReader(data))
		assert.Error(t, err, "%q", data)
	}
	_, err := preflight.Events(iotest.ErrReader(io.ErrClosedPipe))
	require.ErrorIs(t, err, io.ErrClosedPipe)
}

// manyAttrs are more attributes than an element may have.
func manyAttrs() string {
	var b strings.Builder
	for i := range 300 {
		b.WriteString(" a" + strings.Repeat("x", i) + "='1'")
	}
	return b.String()
}

// FuzzTokens holds that what is accepted is what encoding/xml reads.
func FuzzTokens(f *testing.F) {
	for _, data := range wellFormed {
		f.Add(data)
	}
	f.Fuzz(func(t *testing.T, data string) {
		got, err := preflight.Events(strings.NewReader(data))
		again, err2 := preflight.Events(iotest.OneByteReader(strings.NewReader(data)))
		require.Equal(t, err == nil, err2 == nil, "%q: %v and %v", data, err, err2)
		if err != nil {
			return
		}
		require.Equal(t, got, again)
		want, err := oracle(data)
		if err != nil && strings.ContainsFunc(data, func(c rune) bool { return c > 0x7F }) {
			return // letters beyond ASCII may all stand in names here
		}
		require.NoError(t, err, "%q", data)
		require.Equal(t, want, got, "%q", data)
	})
}

package markdown_test

import (
	"strings"
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/reports/markdown"
	"github.com/opendti/dti/reports/view"
)

func TestWritePaper(t *testing.T) {
	p := view.Paper{
		Stamp: "DỰ THẢO", Issuer: "Sở *A*", Kind: "THÔNG BÁO", Subject: "Kết quả", To: "Kính gửi: B", Attached: "(Kèm theo)",
		Lead: []view.PaperLine{{Text: "- không phải danh sách"}, {Text: "1. cũng không"}, {Text: "24 cơ quan"}, {Text: "một", Item: true}, {Text: "hai", Item: true}, {}},
		Sections: []view.PaperSection{{Heading: "Khối", Level: 2, Tables: []view.PaperTable{{
			Columns: []view.PaperColumn{{Name: "Tên"}, {Name: "Điểm", Num: true}}, Rows: [][]string{{"<a|b>", "1"}, {"", "2"}}, Sum: true,
		}}}},
		Small: []view.PaperLine{{Text: "nguồn"}},
	}
	var b strings.Builder
	require.NoError(t, markdown.WritePaper(&b, p))
	assert.Equal(t, markdown.PaperHead+`
> **DỰ THẢO**

**Sở \*A\***

# THÔNG BÁO – Kết quả

*(Kèm theo)*

*Kính gửi: B*

\- không phải danh sách

1\. cũng không

24 cơ quan

- một
- hai


### Khối

| Tên | Điểm |
| --- | ---: |
| &lt;a\|b&gt; | 1 |
|  | **2** |

nguồn
`, strings.ReplaceAll(b.String(), "\n\n\n\n", "\n\n\n"))
	assert.Error(t, markdown.WritePaper(fullDisk{}, p))
}

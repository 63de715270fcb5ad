package numeral_test

import (
	"errors"
	"fmt"
	"strings"
	"testing"

	"github.com/shopspring/decimal"
	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"
	"pgregory.net/rapid"

	"github.com/opendti/dti/criteria/locale"
	"github.com/opendti/dti/importers/internal/numeral"
)

func TestRead(t *testing.T) {
	for text, want := range map[string]string{
		"0": "0", "38": "38", "007": "7", "+5": "5", "-3": "-3", "−3": "-3", "- 3": "-3", "  12,5 ": "12.5", "12.5": "12.5",
		"1.234,5": "1234.5", "1,234.5": "1234.5", "1 234.5": "1234.5", "1\u00a0234,5": "1234.5", "1\u202f234": "1234",
		"1\u2009234\u2009567": "1234567", "1.234.567": "1234567", "1,234,567": "1234567", "1.234.567,89": "1234567.89",
		"1.234,567": "1234.567", "1 234.567": "1234.567", "0.123": "0.123", "0,123": "0.123", "0.8654": "0.8654",
		"99,7": "99.7", "7.04": "7.04", ".5": "0.5", ",5": "0.5", "1234.567": "1234.567", "0.500": "0.5", "00.125": "0.125",
		"\ufeff12": "12", "1.5E-05": "0.000015", "1,5e3": "1500", "2e5": "200000", "0e999999999": "0",
		"0.00033794725609772306": "0.00033794725609772306", "123456789012345678901": "123456789012345678901",
	} {
		got, err := numeral.Read(text, numeral.Unknown)
		if assert.NoError(t, err, "%q", text) {
			assert.Equal(t, want, got.Value.String(), "%q", text)
			assert.False(t, got.Percent, "%q", text)
		}
	}
}

func TestReadPercent(t *testing.T) {
	for text, want := range map[string]string{"45%": "45", "45 %": "45", "12,5\u00a0%": "12.5", "-3%": "-3", "100.0 %": "100"} {
		got, err := numeral.Read(text, numeral.Unknown)
		require.NoError(t, err, text)
		assert.Equal(t, want, got.Value.String(), text)
		assert.True(t, got.Percent, text)
	}
}

func TestReadRefuses(t *testing.T) {
	for _, text := range []string{
		"", " ", "%", "many", "38 máy", "NaN", "nan", "inf", "Infinity", "-inf", "0x10", "1_000", "--3", "+-3", "−−3", "- -3", "3-",
		"5.", "5,", ".", ",", "1..2", "1.2.3", "1,2,3", "1.234,5,6", "1,234.5.6", "1.23,45,67", "12.34,5", "1.2345,6", "1 23",
		"12 34", "1  234", "1 234 5", "0 123", "0.123.456", "0.123,4", "1 234 .5", "1.5 5", "5%%", "1e", "e5", "1e1.5", "1e+-5",
		"½", "٣", "１２", "1/2", "(5)", "1'234", "4.10.2", "29/10/2020", "1 234.5.6", "1 234,5,6",
	} {
		_, err := numeral.Read(text, numeral.Unknown)
		assert.ErrorIs(t, err, numeral.ErrNotNumber, "%q", text)
	}
	for _, text := range []string{"1e999", "1e999999", "1e99999999999999999999", "1e-999999", strings.Repeat("9", 30), "0." + strings.Repeat("3", 99)} {
		_, err := numeral.Read(text, numeral.Unknown)
		assert.ErrorIs(t, err, numeral.ErrTooLong, "%q", text)
	}
}

func TestReadAmbiguous(t *testing.T) {
	for text, want := range map[string][2]string{
		"62.659": {"62.659", "62659"}, "62,659": {"62.659", "62659"}, "2.154": {"2.154", "2154"}, "-1.002": {"-1.002", "-1002"},
		"1.234%": {"1.234", "1234"}, "214.000": {"214", "214000"},
	} {
		_, err := numeral.Read(text, numeral.Unknown)
		var a numeral.Ambiguity
		require.ErrorAs(t, err, &a, text)
		assert.Equal(t, want, [2]string{a.Decimal.String(), a.Grouped.String()}, text)
		assert.Contains(t, a.Error(), want[1])
	}
}

func TestMarkDecidesOnlyWhatIsAmbiguous(t *testing.T) {
	for name, test := range map[string]struct {
		text string
		mark numeral.Mark
		want string
	}{
		"point is decimal":                {"62.659", numeral.Point, "62.659"},
		"point groups":                    {"62.659", numeral.Comma, "62659"},
		"comma is decimal":                {"62,659", numeral.Comma, "62.659"},
		"comma groups":                    {"62,659", numeral.Point, "62659"},
		"plain decimals stay":             {"12.5", numeral.Comma, "12.5"},
		"both marks say it themselves":    {"1.234,5", numeral.Point, "1234.5"},
		"a leading 0 is never grouped":    {"0.125", numeral.Comma, "0.125"},
		"several groups need no deciding": {"1.234.567", numeral.Point, "1234567"},
	} {
		t.Run(name, func(t *testing.T) {
			got, err := numeral.Read(test.text, test.mark)
			require.NoError(t, err)
			assert.Equal(t, test.want, got.Value.String())
		})
	}
}

func TestReadWhole(t *testing.T) {
	for text, want := range map[string]string{"2.154": "2154", "1,002": "1002", "288": "288", "2.50": "2.5", "0.154": "0.154", "1.632": "1632"} {
		got, err := numeral.ReadWhole(text, numeral.Unknown)
		require.NoError(t, err, text)
		assert.Equal(t, want, got.Value.String(), text)
	}
	got, err := numeral.ReadWhole("2.154", numeral.Point)
	require.NoError(t, err)
	assert.Equal(t, "2.154", got.Value.String(), "the round says that the point is the decimal mark")
}

func TestPlain(t *testing.T) {
	for text, want := range map[string]string{
		"0": "0", "-0.45": "-0.45", "62.659": "62.659", "1E-05": "0.00001", "1.0000000000000001E-5": "0.000010000000000000001",
	} {
		got, err := numeral.Plain(text)
		require.NoError(t, err, text)
		assert.Equal(t, want, got.String(), text)
	}
	for _, text := range []string{"", "1,5", "NaN", "1 000", "45%", "--1", "0x1p-2", "+-1"} {
		_, err := numeral.Plain(text)
		assert.Error(t, err, text)
	}
}

// What a page of ours shows can be typed back.
func TestReadsWhatLocaleWrites(t *testing.T) {
	for lang, mark := range map[string]numeral.Mark{"vi": numeral.Comma, "en": numeral.Point} {
		l := locale.MustFor(lang)
		t.Run(lang, func(t *testing.T) {
			rapid.Check(t, func(t *rapid.T) {
				d := decimal.New(rapid.Int64Range(-1e15, 1e15).Draw(t, "digits"), -int32(rapid.IntRange(0, 9).Draw(t, "places")))
				for _, text := range []string{l.Plain(d), l.Number(d, 9)} {
					got, err := numeral.Read(text, mark)
					if err != nil || !got.Value.Equal(d) {
						t.Fatalf("%s read back as %v, %v", text, got.Value, err)
					}
				}
			})
		})
	}
}

func FuzzRead(f *testing.F) {
	for _, seed := range []string{"1.234,5", "45 %", "1 234.5", "2.154", "−3", "1e999", "NaN", "0x10", "1\u00a0234", "62.659", "--1", "٣"} {
		f.Add(seed, 0)
		f.Add(seed, 1)
	}
	f.Fuzz(func(t *testing.T, text string, mark int) {
		for _, read := range []func(string, numeral.Mark) (numeral.Number, error){numeral.Read, numeral.ReadWhole} {
			n, err := read(text, numeral.Mark(mark%3))
			var a numeral.Ambiguity
			if err != nil {
				assert.True(t, errors.Is(err, numeral.ErrNotNumber) || errors.Is(err, numeral.ErrTooLong) || errors.As(err, &a), "%v", err)
				continue
			}
			assert.LessOrEqual(t, len(n.Value.Abs().StringFixed(0)), numeral.MaxWhole+1, "%q is bounded", text)
			assert.GreaterOrEqual(t, n.Value.Exponent(), int32(-numeral.MaxDecimals))
			again, err := numeral.Plain(n.Value.String())
			require.NoError(t, err)
			assert.True(t, again.Equal(n.Value), "%q is read as %v, which is read as %v", text, n.Value, again)
		}
	})
}

func BenchmarkRead(b *testing.B) {
	b.ReportAllocs()
	for b.Loop() {
		if _, err := numeral.Read("1.234,5", numeral.Unknown); err != nil {
			b.Fatal(err)
		}
	}
}

func ExampleRead() {
	for _, text := range []string{"1.234,5", "45 %", "62.659"} {
		n, err := numeral.Read(text, numeral.Unknown)
		fmt.Println(n.Value, n.Percent, err)
	}
	// Output:
	// 1234.5 false <nil>
	// 45 true <nil>
	// 0 false either 62.659 or 62659
}

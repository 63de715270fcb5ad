package rule_test

import (
	"testing"

	"github.com/stretchr/testify/assert"
	"github.com/stretchr/testify/require"

	"github.com/opendti/dti/criteria/rule"
)

func TestValues(t *testing.T) {
	assert.True(t, rule.Value{}.IsMissing())
	assert.True(t, rule.TextOf("").IsMissing())
	assert.True(t, rule.InvalidValue().IsInvalid())
	assert.True(t, rule.NotApplicableValue().IsNotApplicable())

	d, ok := rule.NumberOf(dec("1.5")).Number()
	assert.True(t, ok && d.Equal(dec("1.50")))
	_, ok = rule.YesNoOf(true).Number()
	assert.False(t, ok, "yes is no number")

	yes, ok := rule.YesNoOf(false).Yes()
	assert.True(t, ok && !yes)
	ids, ok := rule.OptionsOf().Options()
	assert.True(t, ok, "nothing ticked is an answer")
	assert.Empty(t, ids)
	ids, _ = rule.OptionsOf("a", "b").Options()
	assert.Equal(t, []string{"a", "b"}, ids)
	_, ok = rule.TextOf("a").Options()
	assert.False(t, ok)
	s, ok := rule.TextOf("a").Text()
	assert.True(t, ok && s == "a")
	day, ok := rule.DayOf("2025-01-31").Day()
	assert.True(t, ok && day == "2025-01-31")

	assert.True(t, rule.NumberOf(dec("1.5")).Equal(rule.NumberOf(dec("1.50"))))
	assert.False(t, rule.NumberOf(dec("1")).Equal(rule.YesNoOf(true)))
}

func TestTypes(t *testing.T) {
	for _, name := range rule.TypeNames() {
		typ, ok := rule.TypeNamed(name)
		require.True(t, ok, name)
		assert.Equal(t, name, typ.String())
	}
	_, ok := rule.TypeNamed("money")
	assert.False(t, ok)
	assert.Equal(t, "invalid", rule.Type(0).String())
	assert.True(t, rule.Percent.Numeric())
	assert.False(t, rule.Day.Numeric())
}

func TestStatusNames(t *testing.T) {
	names := map[rule.Status]string{
		rule.Scored: "scored", rule.Missing: "missing", rule.NotApplicable: "not_applicable",
		rule.Invalid: "invalid", rule.Pending: "pending", 0: "unknown",
	}
	for status, name := range names {
		assert.Equal(t, name, status.String())
	}
}

package history

// What the fuzz test of kept answers looks at.
var (
	Members    = members
	Member     = member
	PlainValue = plainValue
)

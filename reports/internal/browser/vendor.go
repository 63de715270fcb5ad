package browser

//go:generate go run ../fetch axe-core vnu-jar

//go:build race

package main

// underRace says that the race detector slows the test down, by some ten times.
const underRace = true

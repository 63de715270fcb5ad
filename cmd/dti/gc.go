package main

import "runtime/debug"

// A round is read once and held; most garbage is short-lived. Collecting less often halves the time, and the limit
// makes the collector work harder before the program grows beyond an office computer.
const (
	gcPercent   = 400
	memoryLimit = 800 << 20 // bytes, soft
)

func tuneMemory() {
	debug.SetGCPercent(gcPercent)
	debug.SetMemoryLimit(memoryLimit)
}

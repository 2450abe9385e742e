package pipeline

import "syscall"

// changeTime returns when the file's content or description last changed, in
// nanoseconds since 1970.
func changeTime(s *syscall.Stat_t) int64 { return s.Ctim.Nano() }

package pipeline

import "errors"

// Exit codes. There is no 2: Go programs that crash end with it.
const (
	ExitOK         = 0
	ExitFailed     = 1
	ExitQuarantine = 3
	ExitGate       = 4
	ExitOutput     = 5
	ExitNoDataset  = 10
	ExitLocked     = 11
	ExitDamaged    = 12
	ExitUsage      = 64
)

// ExitCode returns the code that a program which met with err ends with. An
// error may name its own by a method ExitCode.
func ExitCode(err error) int {
	var own interface{ ExitCode() int }
	switch {
	case err == nil:
		return ExitOK
	case errors.As(err, &own):
		return own.ExitCode()
	case errors.Is(err, ErrGate):
		return ExitGate
	case errors.Is(err, ErrNoDataset), errors.Is(err, ErrNoSnapshot):
		return ExitNoDataset
	case errors.Is(err, ErrLocked):
		return ExitLocked
	case errors.Is(err, ErrDamaged):
		return ExitDamaged
	case errors.Is(err, ErrNewer):
		return ExitUsage
	case errors.Is(err, ErrOutput):
		return ExitOutput
	}
	return ExitFailed
}

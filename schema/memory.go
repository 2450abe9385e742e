package schema

import (
	"encoding/binary"
	"unsafe"
)

// offsetIn returns where part begins in whole, if it lies in the same memory.
func offsetIn(whole, part string) (int, bool) {
	i := uintptr(unsafe.Pointer(unsafe.StringData(part))) - uintptr(unsafe.Pointer(unsafe.StringData(whole)))
	return int(i), i <= uintptr(len(whole)) && uintptr(len(part)) <= uintptr(len(whole))-i
}

// low4 and low8 return the first bytes of s as a number.

func low4(s string) uint32 { return binary.LittleEndian.Uint32(bytesOf(s)) }

func low8(s string) uint64 { return binary.LittleEndian.Uint64(bytesOf(s)) }

// bytesOf returns the bytes of s, which must not be changed.
func bytesOf(s string) []byte { return unsafe.Slice(unsafe.StringData(s), len(s)) }

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

// isLittleEndian reports whether this processor has the lowest byte of a number
// first.
var isLittleEndian = binary.NativeEndian.Uint16([]byte{1, 0}) == 1

// littleEndian returns the bytes of numbers, the lowest of each first. They may
// be those of list and must not be changed.
func littleEndian[T int32 | uint64](list []T) []byte {
	if !isLittleEndian {
		b, _ := binary.Append(nil, binary.LittleEndian, list) // it fails for other things than numbers
		return b
	}
	return unsafe.Slice((*byte)(unsafe.Pointer(unsafe.SliceData(list))), len(list)*int(unsafe.Sizeof(T(0))))
}

package schema

import (
	"fmt"
	"strconv"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
)

// appendJSON appends the i-th value of a to buf as JSON.
func appendJSON(buf []byte, a arrow.Array, i int) []byte {
	if a.IsNull(i) {
		return append(buf, "null"...)
	}
	switch a := a.(type) {
	case *array.String:
		return appendJSONString(buf, a.Value(i))
	case *array.Int32:
		return strconv.AppendInt(buf, int64(a.Value(i)), 10)
	case *array.Int64:
		return strconv.AppendInt(buf, a.Value(i), 10)
	case *array.Float32:
		return strconv.AppendFloat(buf, float64(a.Value(i)), 'f', -1, 32)
	case *array.Float64:
		return strconv.AppendFloat(buf, a.Value(i), 'f', -1, 64)
	case *array.Date32:
		return appendJSONString(buf, a.Value(i).FormattedString())
	case *array.List:
		start, end := a.ValueOffsets(i)
		buf = append(buf, '[')
		for k := start; k < end; k++ {
			if k > start {
				buf = append(buf, ',')
			}
			buf = appendJSON(buf, a.ListValues(), int(k))
		}
		return append(buf, ']')
	case *array.Struct:
		fields := a.DataType().(*arrow.StructType).Fields()
		buf = append(buf, '{')
		for k := range fields {
			if k > 0 {
				buf = append(buf, ',')
			}
			buf = appendJSONString(buf, fields[k].Name)
			buf = append(buf, ':')
			buf = appendJSON(buf, a.Field(k), i)
		}
		return append(buf, '}')
	}
	panic(fmt.Sprintf("no JSON for %s", a.DataType()))
}

const hexDigits = "0123456789abcdef"

// appendJSONString appends s, which is UTF-8, as a JSON string. Only what JSON
// demands is escaped, and DEL and the line separators that end a line elsewhere.
func appendJSONString(buf []byte, s string) []byte {
	buf = append(buf, '"')
	start := 0
	for i, r := range s {
		if r >= ' ' && r != '"' && r != '\\' && r != 0x7f && r != 0x85 && r != 0x2028 && r != 0x2029 {
			continue
		}
		buf = append(buf, s[start:i]...)
		switch r {
		case '"', '\\':
			buf = append(buf, '\\', byte(r))
		case '\n':
			buf = append(buf, `\n`...)
		case '\t':
			buf = append(buf, `\t`...)
		default:
			buf = append(buf, '\\', 'u', hexDigits[r>>12], hexDigits[r>>8&15], hexDigits[r>>4&15], hexDigits[r&15])
		}
		start = i + len(string(r))
	}
	return append(append(buf, s[start:]...), '"')
}

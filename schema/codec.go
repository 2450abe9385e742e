package schema

import (
	"errors"

	"github.com/klauspost/compress/zstd"
	"github.com/parquet-go/parquet-go/format"
)

// A codec is parquet-go's zstd with a checksum at the end of each frame. Without
// it, DuckDB read two thirds of all single-bit errors as silently wrong rows.
// It is safe for concurrent use: EncodeAll and DecodeAll are.
type codec struct {
	encoder *zstd.Encoder
	decoder *zstd.Decoder
}

// newCodec returns a codec that serves as many goroutines at once as workers.
func newCodec(workers int) *codec {
	e, err := zstd.NewWriter(nil, zstd.WithEncoderConcurrency(workers), zstd.WithEncoderLevel(zstd.SpeedDefault),
		zstd.WithWindowSize(pageSize), zstd.WithZeroFrames(true), zstd.WithEncoderCRC(true), zstd.WithLowerEncoderMem(true))
	if err != nil {
		panic(err) // the options are constants
	}
	d, err := zstd.NewReader(nil, zstd.WithDecoderConcurrency(workers))
	if err != nil {
		panic(err)
	}
	return &codec{e, d}
}

func (c *codec) String() string                            { return "ZSTD" }
func (c *codec) CompressionCodec() format.CompressionCodec { return format.Zstd }
func (c *codec) Encode(dst, src []byte) ([]byte, error) {
	return c.encoder.EncodeAll(src, dst[:0]), nil
}
func (c *codec) Decode(dst, src []byte) ([]byte, error) { return c.decoder.DecodeAll(src, dst[:0]) }

// A spliceCodec stands in for the codec where compressed pages are only to be
// copied. parquet-go falls back to decoding and encoding when it cannot copy;
// here that is an error rather than a file with other bytes.
type spliceCodec struct{}

var errNotCopied = errors.New("row group was not copied as it is")

func (spliceCodec) String() string                            { return "ZSTD" }
func (spliceCodec) CompressionCodec() format.CompressionCodec { return format.Zstd }
func (spliceCodec) Encode(_, _ []byte) ([]byte, error)        { return nil, errNotCopied }
func (spliceCodec) Decode(_, _ []byte) ([]byte, error)        { return nil, errNotCopied }

package schema

import (
	"fmt"
	"slices"

	"github.com/apache/arrow/go/v15/arrow"
	"github.com/apache/arrow/go/v15/arrow/array"
	"github.com/apache/arrow/go/v15/arrow/memory"
	"github.com/apache/arrow/go/v15/parquet"
	"github.com/apache/arrow/go/v15/parquet/file"
)

// arrowSchema returns the Arrow schema of t, with its name, version and docs as
// metadata.
func arrowSchema(t *Table) *arrow.Schema {
	meta := arrow.NewMetadata([]string{KeyVersion, "table", "doc"}, []string{Version, t.Name, t.Doc})
	return arrow.NewSchema(arrowFields(t.Columns), &meta)
}

func arrowFields(columns []Column) []arrow.Field {
	fields := make([]arrow.Field, len(columns))
	for i, c := range columns {
		fields[i] = arrow.Field{
			Name: c.Name, Type: arrowType(c), Nullable: c.Nullable, Metadata: arrow.NewMetadata([]string{"doc"}, []string{c.Doc}),
		}
	}
	return fields
}

func arrowType(c Column) arrow.DataType {
	if c.Fields != nil {
		return arrow.ListOfNonNullable(arrow.StructOf(arrowFields(c.Fields)...))
	}
	return map[string]arrow.DataType{
		"VARCHAR":   arrow.BinaryTypes.String,
		"INTEGER":   arrow.PrimitiveTypes.Int32,
		"BIGINT":    arrow.PrimitiveTypes.Int64,
		"FLOAT":     arrow.PrimitiveTypes.Float32,
		"DOUBLE":    arrow.PrimitiveTypes.Float64,
		"DATE":      arrow.FixedWidthTypes.Date32,
		"VARCHAR[]": arrow.ListOfNonNullable(arrow.BinaryTypes.String),
		"INTEGER[]": arrow.ListOfNonNullable(arrow.PrimitiveTypes.Int32),
	}[c.Type]
}

// records reads the rows of a file and hands them to yield, a few at a time and
// in order.
func records(path string, table int, yield func(arrow.Record) error) error {
	f, err := openArrow(path)
	if err != nil {
		return err
	}
	defer f.Close()
	if err := f.isOf(table); err != nil {
		return err
	}
	b := array.NewRecordBuilder(memory.DefaultAllocator, arrowSchema(&Tables[table]))
	defer b.Release()
	for g := range f.NumRowGroups() {
		leaves, err := openLeaves(f, g, b)
		if err != nil {
			return fmt.Errorf("row group %d: %w", g, err)
		}
		m := f.RowGroup(g).MetaData()
		step := recordRows(m.NumRows(), m.TotalByteSize())
		for left := int(m.NumRows()); left > 0; left -= step {
			for _, l := range leaves {
				if err := l.read(min(left, step)); err != nil {
					return fmt.Errorf("row group %d: column %s: %w", g, l.name, err)
				}
			}
			record := b.NewRecord()
			err := yield(record)
			record.Release()
			if err != nil {
				return err
			}
		}
	}
	return nil
}

// isOf reports whether the columns of f are those of table.
func (f *arrowFile) isOf(table int) error {
	want := parquetSchemas[table].Columns()
	if n := f.MetaData().Schema.NumColumns(); n != len(want) {
		return fmt.Errorf("not a file of %s: %d columns, not %d", Tables[table].Name, n, len(want))
	}
	for i, path := range want {
		c := f.MetaData().Schema.Column(i)
		leaf, _ := parquetSchemas[table].Lookup(path...)
		if !slices.Equal(path, c.ColumnPath()) || int(leaf.Node.Type().Kind()) != int(c.PhysicalType()) ||
			leaf.MaxDefinitionLevel != int(c.MaxDefinitionLevel()) || leaf.MaxRepetitionLevel != int(c.MaxRepetitionLevel()) {
			return fmt.Errorf("not a file of %s: column %d is %s %s", Tables[table].Name, i, c.PhysicalType(), c.Path())
		}
	}
	return nil
}

// recordRows returns how many rows to put into a record, of rows that take
// size bytes: few enough to keep it near 16 MiB.
func recordRows(rows, size int64) int {
	return int(min(8192, max(1, rows*(16<<20)/max(1, size))))
}

// A leaf moves the values of a leaf column from the file into a record.
type leaf struct {
	name string
	read func(rows int) error
}

// openLeaves returns the leaves that move row group g of f into b.
func openLeaves(f *arrowFile, g int, b *array.RecordBuilder) ([]leaf, error) {
	var leaves []leaf
	open := func(list *array.ListBuilder, structs *array.StructBuilder, values array.Builder) error {
		chunk, entries, err := f.chunk(g, len(leaves))
		if err != nil {
			return err
		}
		leaves = append(leaves, leaf{leafName(chunk.Descriptor().ColumnPath()), leafInto(chunk, entries, list, structs, values)})
		return nil
	}
	for _, field := range b.Fields() {
		list, _ := field.(*array.ListBuilder)
		if list == nil {
			if err := open(nil, nil, field); err != nil {
				return nil, err
			}
			continue
		}
		structs, _ := list.ValueBuilder().(*array.StructBuilder)
		if structs == nil {
			if err := open(list, nil, list.ValueBuilder()); err != nil {
				return nil, err
			}
			continue
		}
		if err := open(list, structs, structs.FieldBuilder(0)); err != nil {
			return nil, err
		}
		for i := 1; i < structs.NumField(); i++ { // the first field opens lists and structs for all
			if err := open(nil, nil, structs.FieldBuilder(i)); err != nil {
				return nil, err
			}
		}
	}
	return leaves, nil
}

// leafInto returns a function that moves rows of chunk into values, and, where
// they are not nil, opens the lists and structs around them.
func leafInto(chunk file.ColumnChunkReader, entries int64, list *array.ListBuilder, structs *array.StructBuilder, values array.Builder) func(int) error {
	open := func(rep, def int16) {
		if list != nil && rep == 0 {
			list.Append(true)
		}
		if structs != nil && def > 0 {
			structs.Append(true)
		}
	}
	switch c := chunk.(type) {
	case *file.Int32ColumnChunkReader:
		if dates, ok := values.(*array.Date32Builder); ok {
			return leafOf(c, entries, open, dates, func(v int32) { dates.Append(arrow.Date32(v)) })
		}
		return leafOf(c, entries, open, values, values.(*array.Int32Builder).Append)
	case *file.Int64ColumnChunkReader:
		return leafOf(c, entries, open, values, values.(*array.Int64Builder).Append)
	case *file.Float32ColumnChunkReader:
		return leafOf(c, entries, open, values, values.(*array.Float32Builder).Append)
	case *file.Float64ColumnChunkReader:
		return leafOf(c, entries, open, values, values.(*array.Float64Builder).Append)
	default:
		texts := values.(*array.StringBuilder).BinaryBuilder
		return leafOf(chunk.(*file.ByteArrayColumnChunkReader), entries, open, values, func(v parquet.ByteArray) { texts.Append(v) })
	}
}

func leafOf[T any](c chunkReader[T], entries int64, open func(rep, def int16), values array.Builder, add func(T)) func(int) error {
	b := new(batch[T])
	b.start(c, entries)
	inList := c.Descriptor().MaxRepetitionLevel() > 0
	return func(rows int) error {
		return b.rows(rows, func(rep, def int16, v T) {
			open(rep, def)
			switch {
			case def == b.maxDef || b.maxDef == 0:
				add(v)
			case !inList || def > 0:
				values.AppendNull()
			}
		})
	}
}

"""Writes rows as Parquet, ten thousand at a time."""

import os

import pyarrow
import pyarrow.parquet


class Rows:
    def __init__(self, folder):
        self.path = os.path.join(folder, "sentences.parquet")
        self.rows, self.writer = [], None

    def __enter__(self):
        return self

    def __exit__(self, *failure):
        self.flush()
        if self.writer is not None:
            self.writer.close()

    def add(self, **row):
        self.rows.append(row)
        if len(self.rows) == 10_000:
            self.flush()

    def flush(self):
        if not self.rows:
            return
        table = pyarrow.Table.from_pylist(self.rows)
        if self.writer is None:
            self.writer = pyarrow.parquet.ParquetWriter(self.path, table.schema, compression="zstd")
        self.writer.write_table(table)
        self.rows = []

"""Reads JSON lines of articles and writes them as Parquet with datatrove: the
frame of a pipeline, without any analysis of language."""

import os
import sys

from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import ParquetWriter
from datatrove.utils.logging import logger

logger.remove()
folder, name = os.path.split(os.path.abspath(sys.argv[1]))
documents = JsonlReader(folder, glob_pattern=name)()
with ParquetWriter(sys.argv[2], compression="zstd") as out:
    for document in documents:
        out.write(document)

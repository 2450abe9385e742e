"""Read a snapshot by its own description: README.md as the `datasets` library does,
croissant.json as `mlcroissant` does.

    python card.py SNAPSHOT

SNAPSHOT is the folder that holds README.md, croissant.json and the tables. A
library that is not installed (there may be none for an old Python) is passed
over with a word. The exit status is 1 if anything failed.
"""

import importlib.util
import logging
import os
import sys
import tempfile

import pyarrow.parquet as pq

from check import TABLES, Checks, files


def check_datasets(c, snapshot, want):
    with tempfile.TemporaryDirectory() as cache:
        os.environ.update(HF_HOME=cache, HF_HUB_OFFLINE="1", HF_DATASETS_DISABLE_PROGRESS_BARS="1")
        import datasets

        names = [t for t in TABLES if want[t].num_rows]
        c.equal("datasets: configurations", datasets.get_dataset_config_names(snapshot), names)
        for t in names:
            loaded = datasets.load_dataset(snapshot, t, split="train")
            c.equal(f"datasets: rows of {t}", loaded.num_rows, want[t].num_rows)
            c.equal(f"datasets: columns of {t}", loaded.column_names, want[t].column_names)
        default = datasets.load_dataset(snapshot, split="train")
        c.equal("datasets: the table without a name is sentences", default.column_names, want["sentences"].column_names)


def check_croissant(c, snapshot, want):
    import mlcroissant

    logging.getLogger("absl").setLevel(logging.ERROR)  # it recommends a licence and a date, which we cannot know
    described = mlcroissant.Dataset(os.path.join(snapshot, "croissant.json"))
    c.equal("croissant: tables", [r.id for r in described.metadata.record_sets], TABLES)
    c.equal("croissant: errors", list(described.metadata.ctx.issues.errors), [])
    for t in TABLES:
        rows = list(described.records(record_set=t)) if want[t].num_rows else []
        c.equal(f"croissant: rows of {t}", len(rows), want[t].num_rows)
        for k in want[t].column_names:
            got = [plain(r[f"{t}/{k}"]) for r in rows]
            c.equal(f"croissant: values of {t}.{k}", got == [plain(v) for v in want[t][k].to_pylist()], True)


def plain(value):
    """Returns value without what mlcroissant makes of types and names."""
    if isinstance(value, bytes):
        return value.decode()
    if isinstance(value, list):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        return {k.rsplit("/", 1)[-1]: plain(v) for k, v in value.items()}
    if isinstance(value, float):
        return round(value, 4)
    return value.date() if hasattr(value, "date") else value


def main():
    if len(sys.argv) != 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    snapshot = os.path.realpath(sys.argv[1])
    c = Checks()
    want = {t: pq.read_table(files(snapshot, t)) for t in TABLES}
    for library, check in [("datasets", check_datasets), ("mlcroissant", check_croissant)]:
        if importlib.util.find_spec(library):
            c.run(library, check, snapshot, want)
        else:
            print(f"{library} is not installed; passed over")
    print(f"{c.passed} passed, {c.failed} failed")
    sys.exit(1 if c.failed else 0)


if __name__ == "__main__":
    main()

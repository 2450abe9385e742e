"""Load a dataset with pandas + pyarrow, polars and DuckDB, and check that all of
them read what was promised.

    python check.py DATASET [EXPORT ...]

DATASET is the folder that holds sentences/, documents/, entities/, removed/ and
quarantine/. Each EXPORT is what `pressrow export TABLE` wrote (an Arrow stream).
The last line counts what passed and failed; the exit status is 1 if anything did.
"""

import datetime
import glob
import os
import sys
import warnings

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

warnings.simplefilter("ignore", DeprecationWarning)  # of options that older polars do not know

TABLES = ["sentences", "documents", "entities", "removed", "quarantine"]
OPTIONAL = {
    "sentences": ["title", "published"],
    "documents": ["title", "byline", "dateline", "published", "outlet", "url", "language", "sentiment"],
    "entities": ["name", "entity_id", "external_id", "title", "value", "sentiment", "sentiment_label"],
    "removed": [],
    "quarantine": ["sha256", "byte_offset"],
}
NUMBERS = ["DATE", "TIME", "PERCENT", "MONEY", "QUANTITY", "ORDINAL", "CARDINAL"]  # labels without a sentiment


class Checks:
    """Counts checks, and tells of those that fail."""

    def __init__(self):
        self.passed = self.failed = 0

    def equal(self, name, got, want):
        if got == want:
            self.passed += 1
        else:
            self.failed += 1
            print(f"FAIL {name}: got {got!r}, want {want!r}")

    def run(self, name, function, *args):
        """Calls function; an exception is a check that failed."""
        try:
            return function(self, *args)
        except Exception as e:  # one client that cannot read must not hide the others
            self.failed += 1
            print(f"FAIL {name}: {type(e).__name__}: {e}")


def files(dataset, table):
    found = sorted(glob.glob(os.path.join(dataset, table, "*.parquet")))
    if not found:
        sys.exit(f"check.py: no Parquet files in {os.path.join(dataset, table)}")
    return found


def counts(dataset):
    """Returns the number of rows of each table, as the footers have it."""
    return {t: sum(pq.read_metadata(f).num_rows for f in files(dataset, t)) for t in TABLES}


def misplaced(text, tokens, starts):
    """Counts the tokens that do not stand in text where starts says."""
    return sum(text[s : s + len(t)] != t for t, s in zip(tokens, starts))


def check_pandas(c, dataset, want):
    frames = {t: pd.read_parquet(files(dataset, t)) for t in TABLES}
    for t, frame in frames.items():
        c.equal(f"pandas: rows of {t}", len(frame), want[t])
        nulls = [k for k in frame.columns if frame[k].isna().any() and k not in OPTIONAL[t]]
        c.equal(f"pandas: columns of {t} with NULL that should have none", nulls, [])
        empty = [k for k in OPTIONAL[t] if (frame[k] == "").any()]
        c.equal(f'pandas: optional columns of {t} with ""', empty, [])

    sentences, documents, entities = frames["sentences"], frames["documents"], frames["entities"]
    rows = zip(sentences.text, sentences.tokens, sentences.token_start)
    c.equal("pandas: tokens out of place", sum(misplaced(*r) for r in rows), 0)
    wrong = sum(text[e["start_char"] : e["end_char"]] != e["text"] for text, es in zip(sentences.text, sentences.entities) for e in es)
    c.equal("pandas: nested mentions out of place", wrong, 0)

    joined = entities.merge(sentences, on=["doc_id", "sentence"], suffixes=("", "_sentence"))
    c.equal("pandas: mentions joined with sentences", len(joined), want["entities"])
    rows = zip(joined.text_sentence, joined.start_char, joined.end_char, joined.text)
    c.equal("pandas: mentions out of place", sum(s[a:b] != m for s, a, b, m in rows), 0)

    for t in ("sentences", "removed"):
        joined = frames[t].merge(documents, on="doc_id", suffixes=("", "_document"))
        c.equal(f"pandas: {t} joined with documents", len(joined), want[t])
        rows = zip(joined.text_document, joined.start_char, joined.end_char, joined.text)
        c.equal(f"pandas: {t} out of place", sum(d[a:b] != s for d, a, b, s in rows), 0)

    c.equal("pandas: quoted out of range", (~sentences.quoted.between(0, 1)).sum(), 0)
    numbers = entities.label.isin(NUMBERS)
    c.equal("pandas: names without a sentiment, or numbers with one", (entities.sentiment.isna() != numbers).sum(), 0)
    c.equal("pandas: sentiment toward mentions out of range", (~entities.sentiment[~numbers].between(-1, 1)).sum(), 0)
    wrong = sum(e["sentiment"] not in (None, m) for e, m in zip((e for es in sentences.entities for e in es), entities.sentiment))
    c.equal("pandas: nested sentiment that is not the flat one", wrong, 0)
    count = lambda names: sum(m["mentions"] for m in names)
    named = entities[~numbers & (entities.label != "LANGUAGE")].groupby("doc_id").size()
    short = documents[documents.main_entities.str.len() < 10]
    c.equal("pandas: mentions of main entities", [count(r.main_entities) for r in short.itertuples()], [named.get(d, 0) for d in short.doc_id])

    days = documents.published.dropna()
    c.equal("pandas: published that is no date", [d for d in days if not isinstance(d, datetime.date)], [])
    c.equal("pandas: published as datetime64", pd.to_datetime(documents.published).notna().sum(), len(days))


def check_pyarrow(c, dataset, want):
    for t in TABLES:
        schema = pq.read_schema(files(dataset, t)[0])
        for field in schema:
            c.equal(f"pyarrow: {t}.{field.name} may be NULL", field.nullable, field.name in OPTIONAL[t])
        for key in (b"pressrow.schema", b"pressrow.table", b"pressrow.digests"):
            c.equal(f"pyarrow: footer of {t} has {key.decode()}", key in (schema.metadata or {}), True)
    schema = pq.read_schema(files(dataset, "sentences")[0])
    c.equal("pyarrow: type of published", schema.field("published").type, pa.date32())
    c.equal("pyarrow: type of tokens", schema.field("tokens").type.value_type, pa.string())
    c.equal("pyarrow: type of entities", pa.types.is_struct(schema.field("entities").type.value_type), True)
    main = pq.read_schema(files(dataset, "documents")[0]).field("main_entities").type.value_type
    c.equal("pyarrow: fields of main_entities", [f.name for f in main], ["name", "label", "entity_id", "mentions", "sentiment"])
    c.equal("pyarrow: type of main_entities.sentiment", main.field("sentiment").type, pa.float64())


def check_polars(c, dataset, want):
    frames = {t: pl.read_parquet(files(dataset, t)) for t in TABLES}
    for t, frame in frames.items():
        c.equal(f"polars: rows of {t}", frame.height, want[t])
        nulls = [k for k, n in frame.null_count().row(0, named=True).items() if n and k not in OPTIONAL[t]]
        c.equal(f"polars: columns of {t} with NULL that should have none", nulls, [])
    sentences, documents, entities = frames["sentences"], frames["documents"], frames["entities"]
    c.equal("polars: type of published", documents.schema["published"], pl.Date)
    c.equal("polars: type of tokens", sentences.schema["tokens"], pl.List(pl.String))
    c.equal("polars: type of quoted", sentences.schema["quoted"], pl.Float64)
    main = documents.select("doc_id", "main_entities").filter(pl.col("main_entities").list.len() > 0).explode("main_entities").unnest("main_entities")
    c.equal("polars: main entities without a name or mention", main.filter((pl.col("name") == "") | (pl.col("mentions") < 1)).height, 0)
    known = main.filter(pl.col("entity_id").is_not_null())
    names = entities.filter(~pl.col("label").is_in([*NUMBERS, "LANGUAGE"]))
    again = known.join(names.group_by("doc_id", "entity_id").agg(n=pl.len(), mean=pl.col("sentiment").mean()), on=["doc_id", "entity_id"])
    same = (pl.col("mentions") == pl.col("n")) & ((pl.col("sentiment") - pl.col("mean")).abs() < 0.0002)
    c.equal("polars: main entities counted again", again.filter(same).height, known.height)

    rows = sentences.select("text", "tokens", "token_start").iter_rows()
    c.equal("polars: tokens out of place", sum(misplaced(*r) for r in rows), 0)
    nested = sentences.select("doc_id", "text", "entities").filter(pl.col("entities").list.len() > 0).explode("entities")
    mention = pl.col("entities").struct
    start, end = mention.field("start_char"), mention.field("end_char")
    right = nested.select((pl.col("text").str.slice(start, end - start) == mention.field("text")).sum()).item()
    c.equal("polars: nested mentions in place", right, want["entities"])

    joined = entities.join(sentences.select("doc_id", "sentence", sentence_text="text"), on=["doc_id", "sentence"])
    right = joined.select(
        (pl.col("sentence_text").str.slice(pl.col("start_char"), pl.col("end_char") - pl.col("start_char")) == pl.col("text")).sum()
    ).item()
    c.equal("polars: mentions joined with sentences, and in place", right, want["entities"])
    c.equal("polars: sentences joined with documents", sentences.join(documents, on="doc_id").height, want["sentences"])
    lazy = pl.scan_parquet(os.path.join(dataset, "sentences", "*.parquet"))
    c.equal("polars: lazy count", lazy.select(pl.len()).collect().item(), want["sentences"])


def check_duckdb(c, dataset, want):
    db = duckdb.connect()
    for t in TABLES:
        path = os.path.join(dataset, t, "*.parquet").replace("'", "''")
        db.execute(f"CREATE VIEW {t} AS SELECT * FROM read_parquet('{path}')")
    one = lambda query: db.execute(query).fetchone()[0]
    for t in TABLES:
        c.equal(f"duckdb: rows of {t}", one(f"SELECT count(*) FROM {t}"), want[t])
    kind = one("SELECT column_type FROM (DESCRIBE documents) WHERE column_name = 'published'")
    c.equal("duckdb: type of published", kind, "DATE")
    for name, query in {
        "sentences out of place": "SELECT count(*) FROM sentences s JOIN documents d USING (doc_id) WHERE s.text <> d.text[s.start_char + 1 : s.end_char]",
        "removed out of place": "SELECT count(*) FROM removed r JOIN documents d USING (doc_id) WHERE r.text <> d.text[r.start_char + 1 : r.end_char]",
        "mentions out of place": "SELECT count(*) FROM entities e JOIN sentences s USING (doc_id, sentence) WHERE e.text <> s.text[e.start_char + 1 : e.end_char]",
        "nested mentions out of place": "SELECT count(*) FROM (SELECT text, unnest(entities) AS e FROM sentences) WHERE e.text <> text[e.start_char + 1 : e.end_char]",
        "tokens out of place": "SELECT count(*) FROM (SELECT text, unnest(tokens) AS t, unnest(token_start) AS s FROM sentences) WHERE t <> text[s + 1 : s + length(t)]",
        "sentiment toward names out of range": "SELECT count(*) FROM entities WHERE sentiment NOT BETWEEN -1 AND 1",
        "quoted out of range": "SELECT count(*) FROM sentences WHERE quoted NOT BETWEEN 0 AND 1",
        "main entities not among the mentions": """SELECT count(*) FROM (SELECT doc_id, unnest(main_entities, recursive := true) FROM documents) m
            WHERE NOT EXISTS (FROM entities e WHERE e.doc_id = m.doc_id AND e.label = m.label AND m.name IN (e.name, e.text))""",
        "sentences without a document": "SELECT count(*) FROM sentences ANTI JOIN documents USING (doc_id)",
        "mentions without a sentence": "SELECT count(*) FROM entities ANTI JOIN sentences USING (doc_id, sentence)",
    }.items():
        c.equal(f"duckdb: {name}", one(query), 0)


def check_export(c, path, dataset):
    with open(path, "rb") as f:
        stream = pa.ipc.open_stream(f).read_all()
    table = stream.schema.metadata[b"table"].decode()
    parquet = pa.concat_tables(pq.read_table(f) for f in files(dataset, table))
    name = f"export of {table}"
    c.equal(f"{name}: columns", stream.column_names, parquet.column_names)
    for k in parquet.column_names:
        c.equal(f"{name}: values of {k}", stream[k].to_pylist() == parquet[k].to_pylist(), True)
    c.equal(f"{name}: rows in pandas", len(stream.to_pandas()), parquet.num_rows)
    c.equal(f"{name}: rows in polars", pl.read_ipc_stream(path).height, parquet.num_rows)


def main():
    if len(sys.argv) < 2 or sys.argv[1].startswith("-"):
        sys.exit(__doc__)
    dataset, exports = sys.argv[1], sys.argv[2:]
    print(f"pandas {pd.__version__}, pyarrow {pa.__version__}, polars {pl.__version__}, duckdb {duckdb.__version__}")
    c = Checks()
    want = counts(dataset)
    print(", ".join(f"{n} {t}" for t, n in want.items()))
    c.equal("there are sentences", want["sentences"] > 0, True)
    for name, check in [("pandas", check_pandas), ("pyarrow", check_pyarrow), ("polars", check_polars), ("duckdb", check_duckdb)]:
        c.run(name, check, dataset, want)
    for path in exports:
        c.run(path, check_export, path, dataset)
    print(f"{c.passed} passed, {c.failed} failed")
    sys.exit(1 if c.failed else 0)


if __name__ == "__main__":
    main()

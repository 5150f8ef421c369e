"""Tables: the Arrow path is the string path, and leaves all else alone."""

from __future__ import annotations

from typing import Any

import pytest

from cleanfilter import Filter, Learner

pa = pytest.importorskip("pyarrow")

TYPES = ["string", "large_string", "string_view", "binary", "large_binary", "binary_view"]


def arrow_type(name: str) -> Any:
    return getattr(pa, name)()


@pytest.fixture(scope="module")
def table(pages: list[str]) -> Any:
    texts: list[str | None] = [None if i % 17 == 5 else text for i, text in enumerate(pages)]
    return pa.table(
        {
            "id": pa.array(range(len(pages)), pa.int32()),
            "text": pa.array(texts),
            "tags": pa.array([[str(i), None] for i in range(len(pages))]),
            "meta": pa.array([{"n": i, "s": "é" * (i % 5)} for i in range(len(pages))]),
            "kind": pa.array(["a", "b", None] * (len(pages) // 3)).dictionary_encode(),
        },
        metadata={"made": "by hand"},
    )


@pytest.mark.parametrize("kind", TYPES)
@pytest.mark.parametrize("threads", [1, 3])
def test_the_arrow_path_is_the_string_path(table: Any, kind: str, threads: int) -> None:
    filter = Filter(threads=threads)
    texts = table.column("text").combine_chunks().cast(
        pa.large_binary() if "binary" in kind else pa.large_string()
    )
    given = table.set_column(1, "text", texts.cast(arrow_type(kind)))
    found = filter.clean_batch(given)
    assert found.schema.field("text").type == arrow_type(kind)
    expected = [None if text is None else filter.read(text) for text in texts.to_pylist()]

    def column(name: str) -> list[Any]:
        return list(found.column(name).to_pylist())

    raw = [t.decode() if isinstance(t, bytes) else t for t in column("text")]
    assert raw == [d and d.clean() for d in expected]
    languages = [d and d.language for d in expected]
    assert column("language") == [g and g.bcp47 for g in languages]
    assert column("confidence") == [g and g.confidence for g in languages]
    assert column("kept") == [None if d is None else d.kept_bytes for d in expected]
    assert column("dropped") == [None if d is None else d.dropped_bytes for d in expected]
    assert None in column("text") and any(column("dropped"))


def addresses(column: Any) -> list[list[int | None]]:
    return [[b and b.address for b in chunk.buffers()] for chunk in column.chunks]


def test_other_columns_are_not_copied(table: Any) -> None:
    found = Filter().clean_batch(table)
    assert found.column_names == [*table.column_names, "language", "confidence", "kept", "dropped"]
    assert found.schema.metadata == table.schema.metadata
    for name in ("id", "tags", "meta", "kind"):
        assert found.column(name).equals(table.column(name))
        assert found.schema.field(name) == table.schema.field(name)
    # A bitmap of no nulls may be left out; what is there is what was there.
    for name in ("id", "meta"):
        before, after = addresses(table.column(name)), addresses(found.column(name))
        assert {a for c in after for a in c} - {None} <= {a for c in before for a in c}


@pytest.mark.parametrize("rows", [1, 7, 300])
def test_batches_do_not_matter(table: Any, rows: int) -> None:
    whole = Filter().clean_batch(table)
    parts = pa.Table.from_batches(table.to_batches(max_chunksize=rows))
    assert Filter().clean_batch(parts).equals(whole)
    batches = [Filter().clean_batch(batch) for batch in table.to_batches(max_chunksize=rows)]
    assert all(isinstance(batch, pa.RecordBatch) for batch in batches)
    assert pa.Table.from_batches(batches).equals(whole)


def test_slices_and_nothing(table: Any) -> None:
    whole = Filter().clean_batch(table)
    assert Filter().clean_batch(table.slice(13, 40)).equals(whole.slice(13, 40))
    assert Filter().clean_batch(table.slice(0, 0)).num_rows == 0
    empty = Filter().clean_batch(table.slice(0, 0).combine_chunks().schema.empty_table())
    assert empty.schema == whole.schema


def test_a_reader_gives_a_reader(table: Any) -> None:
    found = Filter().clean_batch(table.to_reader())
    assert isinstance(found, pa.RecordBatchReader)
    assert found.read_all().equals(Filter().clean_batch(table))


def test_polars(table: Any) -> None:
    polars = pytest.importorskip("polars")
    given = polars.from_arrow(table.select(["id", "text", "tags"]))
    found = Filter().clean_batch(given)
    assert isinstance(found, polars.DataFrame)
    whole = Filter().clean_batch(table)
    for name in ("id", "text", "language", "kept", "dropped"):
        assert found[name].to_list() == whole.column(name).to_pylist()
    assert found["tags"].equals(given["tags"])


def test_pandas(table: Any) -> None:
    pandas = pytest.importorskip("pandas")
    given = table.select(["id", "text"]).to_pandas().set_index("id")
    found = Filter().clean_batch(given)
    assert isinstance(found, pandas.DataFrame)
    assert list(found.index) == list(given.index) and found.index.name == "id"
    whole = Filter().clean_batch(table)
    texts = [text if isinstance(text, str) else None for text in found["text"]]
    assert texts == whole.column("text").to_pylist()


def test_duckdb(table: Any) -> None:
    duckdb = pytest.importorskip("duckdb")
    relation = duckdb.sql("select id, text from 'table' order by id".replace("'table'", "given"), connection=_with(duckdb, table))
    cleaned = Filter().clean_batch(relation)
    connection = duckdb.connect()
    connection.register("cleaned", cleaned)
    found = connection.sql("select text, dropped from cleaned order by id").fetchall()
    whole = Filter().clean_batch(table)
    assert found == list(zip(whole.column("text").to_pylist(), whole.column("dropped").to_pylist()))


def _with(duckdb: Any, table: Any) -> Any:
    connection = duckdb.connect()
    connection.register("given", table.select(["id", "text"]))
    return connection


def test_urls(table: Any) -> None:
    learner = Learner()
    for n in range(6):
        learner.add(f"The bridge {n} is closed.\n\nSubscribe to the harbour letter\n", "https://a.example/")
    filter = Filter(repeated=learner.finish(), rules=["repeated"], settings="[judge.repeated]\nkeep-one = false\n")
    text = "Rain fell.\n\nSubscribe to the harbour letter\n"
    urls = ["https://a.example/2", "https://b.example/", None]
    given = pa.table({"body": [text] * 3, "from": urls})
    found = filter.clean_batch(given, "body", url_column="from", prefix="cf_")
    assert found.column("body").to_pylist() == [filter.clean(text, url) for url in urls]
    assert found.column("cf_dropped").to_pylist() == [33, 0, 0]


def test_what_cannot_be_cleaned_is_told(table: Any) -> None:
    filter = Filter()
    with pytest.raises(KeyError, match=r"no column `body` \(there are: id, text, tags, meta, kind\)"):
        filter.clean_batch(table, "body")
    with pytest.raises(TypeError, match=r"column `id` is Int32, not text \(cast it to string\)"):
        filter.clean_batch(table, "id")
    with pytest.raises(TypeError, match="dict has no __arrow_c_stream__"):
        filter.clean_batch({"text": ["a"]})
    again = filter.clean_batch(table)
    with pytest.raises(ValueError, match="there is a column `language` already"):
        filter.clean_batch(again)
    assert "second_kept" in filter.clean_batch(again, prefix="second_").column_names

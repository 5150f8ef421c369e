"""The command's Parquet, read and written beside another implementation of it."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path
from typing import Any

import pytest

from cleanfilter import Filter

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")


@pytest.fixture(scope="module")
def table(pages: list[str]) -> Any:
    count = len(pages)
    texts = [None if i % 13 == 4 else text for i, text in enumerate(pages)]
    inner = pa.StructArray.from_arrays(
        [pa.array(texts), pa.array(range(count))],
        names=["text", "n"],
        mask=pa.array([i % 7 == 2 for i in range(count)]),
    )
    return pa.table(
        {
            "id": pa.array(range(count), pa.int64()),
            "when": pa.array(range(count), pa.timestamp("us", tz="UTC")),
            "text": pa.array(texts),
            "inner": inner,
            "tags": pa.array([[str(i), None] if i % 3 else None for i in range(count)]),
            "kind": pa.array(["a", "b", None] * (count // 3)).dictionary_encode(),
            "maps": pa.array([[("k", i)] for i in range(count)], pa.map_(pa.string(), pa.int32())),
        },
        metadata={"made": "by hand"},
    )


def run(command: str, *arguments: object) -> "subprocess.CompletedProcess[bytes]":
    return subprocess.run([command, "-q", *map(str, arguments)], capture_output=True)


@pytest.mark.parametrize("compression", ["none", "snappy", "zstd", "gzip", "lz4", "brotli"])
@pytest.mark.parametrize("version", ["1.0", "2.0"])
def test_only_the_texts_change(
    command: str, table: Any, tmp_path: Path, compression: str, version: str
) -> None:
    given, cleaned = tmp_path / "given.parquet", tmp_path / "cleaned.parquet"
    pq.write_table(
        table,
        given,
        row_group_size=70,
        compression=compression,
        data_page_version=version,
        write_page_index=True,
        use_dictionary=version == "1.0",
    )
    done = run(command, "-o", cleaned, given)
    assert (done.returncode, done.stderr) == (0, b"")
    before, after = pq.ParquetFile(given), pq.ParquetFile(cleaned)
    assert after.schema.equals(before.schema)
    assert after.schema_arrow.equals(before.schema_arrow, check_metadata=True)
    found = after.read()
    filter = Filter()
    expected = [text if text is None else filter.clean(text) for text in table.column("text").to_pylist()]
    assert found.column("text").to_pylist() == expected
    assert found.drop(["text"]).equals(table.drop(["text"]))
    assert after.metadata.num_row_groups == before.metadata.num_row_groups
    for group in range(before.metadata.num_row_groups):
        old, new = before.metadata.row_group(group), after.metadata.row_group(group)
        assert new.num_rows == old.num_rows
        for column in range(old.num_columns):
            a, b = old.column(column), new.column(column)
            assert (a.path_in_schema, a.compression, a.is_stats_set) == (b.path_in_schema, b.compression, b.is_stats_set)
            if a.path_in_schema != "text":
                assert (a.statistics, set(a.encodings), a.total_compressed_size) == (b.statistics, set(b.encodings), b.total_compressed_size)
                assert (a.has_column_index, a.has_offset_index) == (b.has_column_index, b.has_offset_index)


def test_a_text_inside_and_its_nulls(command: str, table: Any, tmp_path: Path) -> None:
    given, cleaned = tmp_path / "given.parquet", tmp_path / "cleaned.parquet"
    pq.write_table(table, given, row_group_size=64)
    assert run(command, "--text-field", "inner.text", "-o", cleaned, given).returncode == 0
    found, filter = pq.read_table(cleaned), Filter()

    def clean(row: dict[str, Any] | None) -> dict[str, Any] | None:
        if row is None or row["text"] is None:
            return row
        return {**row, "text": filter.clean(row["text"])}

    assert found.column("inner").to_pylist() == [clean(row) for row in table.column("inner").to_pylist()]
    assert found.drop(["inner"]).equals(table.drop(["inner"]))


def test_bytes_in_any_encoding(command: str, tmp_path: Path) -> None:
    text = "Grüße aus Köln: die Brücke über den Fluss bleibt bis März für Fußgänger geöffnet.\n"
    given, cleaned = tmp_path / "given.parquet", tmp_path / "cleaned.parquet"
    raw = pa.array([text.encode("windows-1252"), text.encode("utf-16"), None], pa.binary())
    pq.write_table(pa.table({"text": raw}), given)
    assert run(command, "-o", cleaned, given).returncode == 0
    assert pq.read_table(cleaned).column("text").to_pylist() == [text.encode()] * 2 + [None]


def test_records_tell_of_rows(command: str, tmp_path: Path) -> None:
    given = tmp_path / "given.parquet"
    rows = {"id": [7, 8, 9], "text": ["Rain is on its way.", None, "Take a coat."], "url": ["https://a.example/", None, None]}
    pq.write_table(pa.table(rows), given)
    records = [json.loads(line) for line in run(command, "--json", given).stdout.splitlines()]
    documents = [record for record in records if record["type"] == "document"]
    assert [(d["document"], d["id"], d.get("url")) for d in documents] == [(0, "7", "https://a.example/"), (1, "9", None)]
    lines = run(command, "-O", "jsonl", given).stdout.splitlines()
    assert [json.loads(line)["text"] for line in lines] == ["Rain is on its way.", "Take a coat."]


def test_tables_follow_each_other(command: str, table: Any, tmp_path: Path) -> None:
    one, two, both = (tmp_path / name for name in ("one.parquet", "two.parquet", "both.parquet"))
    pq.write_table(table.slice(0, 100), one, row_group_size=33)
    pq.write_table(table.slice(100), two)
    assert run(command, "-o", both, one, two).returncode == 0
    piped = subprocess.run([command, "-q", one, two], capture_output=True)
    assert piped.stdout == both.read_bytes()
    whole, cleaned = tmp_path / "whole.parquet", tmp_path / "cleaned.parquet"
    pq.write_table(table, whole)
    assert run(command, "-o", cleaned, whole).returncode == 0
    assert pq.read_table(both).equals(pq.read_table(cleaned))
    other = tmp_path / "other.parquet"
    pq.write_table(pa.table({"text": ["a"]}), other)
    told = run(command, "-o", both, one, other)
    assert told.returncode == 2 and b"another schema" in told.stderr
    lines = tmp_path / "lines.txt"
    lines.write_text("Rain.\n")
    told = run(command, "-o", both, one, lines)
    assert told.returncode == 2 and b"cannot go into the same file" in told.stderr


def test_a_tree_and_back(command: str, table: Any, tmp_path: Path) -> None:
    crawl = tmp_path / "crawl"
    (crawl / "a").mkdir(parents=True)
    pq.write_table(table.slice(0, 90), crawl / "a" / "one.parquet", row_group_size=40)
    pq.write_table(table.slice(90, 0), crawl / "empty.parquet")
    (crawl / "page.txt").write_text("Rain is on its way.\n\n* * * * *\n\nTake a coat.\n")
    clean, back, ledger = tmp_path / "clean", tmp_path / "back", tmp_path / "ledger"
    small = ["--max-document-bytes", 1024]
    assert run(command, *small, "--output-dir", clean, "--ledger", ledger, crawl).returncode == 0
    assert run(command, *small, "--output-dir", clean, "--resume", crawl).returncode == 0
    assert pq.read_table(clean / "empty.parquet").schema.equals(table.schema)
    one = pq.read_table(clean / "a" / "one.parquet")
    assert not one.equals(table.slice(0, 90))
    restored = subprocess.run([command, "restore", "--ledger", ledger, "--output-dir", back, clean], capture_output=True)
    assert (restored.returncode, restored.stderr) == (0, b"")
    assert pq.read_table(back / "a" / "one.parquet").equals(table.slice(0, 90))


def test_long_texts_are_one_again(command: str, tmp_path: Path) -> None:
    text = "\n\n".join(f"The ferry number {n} left the harbour at seven, and came back at nine." for n in range(200))
    given, cleaned = tmp_path / "given.parquet", tmp_path / "cleaned.parquet"
    pq.write_table(pa.table({"text": [text, "Rain.", text]}), given)
    assert run(command, "--max-document-bytes", 2048, "--rules", "none", "-o", cleaned, given).returncode == 0
    assert pq.read_table(cleaned).equals(pq.read_table(given))


def test_what_cannot_be_read_is_told(command: str, table: Any, tmp_path: Path) -> None:
    given, cleaned = tmp_path / "given.parquet", tmp_path / "cleaned.parquet"
    pq.write_table(table, given, row_group_size=100, compression="zstd", use_dictionary=False)
    told = run(command, "--text-field", "body", "-o", cleaned, given)
    assert told.returncode == 1
    assert told.stderr.decode().startswith(f"cleanfilter: {given}: no column `body` (its texts are `text`, `inner.text`")
    told = run(command, "--text-field", "when", "-o", cleaned, given)
    assert b"column `when` holds no texts" in told.stderr
    raw = given.read_bytes()
    for part in (raw[:-9], raw[:2000], b"PAR1", b"PAR1PAR1"):
        given.write_bytes(part)
        told = run(command, "-o", cleaned, given)
        assert told.returncode == 1 and b"no Parquet file, or a damaged one" in told.stderr, told
    piped = subprocess.run([command, "-f", "parquet"], input=raw, capture_output=True)
    assert piped.returncode == 1 and b"cannot be read as a stream" in piped.stderr
    # The row groups before the damage are written.
    second = pq.ParquetFile(_write(given, raw)).metadata.row_group(1).column(2)
    at = second.data_page_offset + second.total_compressed_size // 2
    given.write_bytes(raw[:at] + bytes(200) + raw[at + 200 :])
    told = run(command, "-o", cleaned, given)
    assert told.returncode == 1 and told.stderr.count(b"\n") == 1
    found = pq.read_table(cleaned)
    assert found.num_rows == 100 and found.column("id").to_pylist() == list(range(100))


def _write(path: Path, raw: bytes) -> Path:
    path.write_bytes(raw)
    return path


def test_learn_reads_tables(command: str, table: Any, tmp_path: Path) -> None:
    given, lines = tmp_path / "given.parquet", tmp_path / "given.jsonl"
    pq.write_table(table, given, row_group_size=64)
    texts = [text for text in table.column("text").to_pylist() if text is not None]
    lines.write_text("".join(json.dumps({"text": text}) + "\n" for text in texts))
    for source in (given, lines):
        learnt = subprocess.run([command, "learn", "-q", str(source), "-o", f"{source}.learnt"])
        assert learnt.returncode == 0
    assert Path(f"{given}.learnt").read_bytes() == Path(f"{lines}.learnt").read_bytes()

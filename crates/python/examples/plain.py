"""Cleans JSON Lines in order, on all cores, in bounded memory."""

import itertools
import json
import sys

import cleanfilter

source, target = sys.argv[1:]
with open(source, encoding="utf-8") as lines, open(target, "w", encoding="utf-8") as out:
    # One of the twins is read by the filter, the other by us, a little behind it.
    ours, theirs = itertools.tee(map(json.loads, lines))
    cleaned = cleanfilter.Filter().clean_many(record["text"] for record in theirs)
    for record, text in zip(ours, cleaned):
        out.write(json.dumps({**record, "text": text}, ensure_ascii=False) + "\n")

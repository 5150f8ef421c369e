"""Cleans a dataset with Ray on two workers of this machine."""

import json
import sys

import ray

import cleanfilter.ray

source, target = sys.argv[1:]
ray.init(num_cpus=2, include_dashboard=False)
with open(source, encoding="utf-8") as lines:
    rows = [json.loads(line) for line in lines]
dataset = ray.data.from_items([{"n": n, "text": row["text"]} for n, row in enumerate(rows)])
cleaned = cleanfilter.ray.clean(dataset)
with open(target, "w", encoding="utf-8") as out:
    for row in sorted(cleaned.take_all(), key=lambda row: row["n"]):
        out.write(json.dumps(row, ensure_ascii=False) + "\n")

"""Learns what a corpus repeats, then cleans it with that, on a Spark cluster of two worker processes."""

import json
import os
import pathlib
import sys

import pyspark
from pyspark.sql import SparkSession

import cleanfilter
import cleanfilter.spark

source, target = sys.argv[1:]
os.environ.setdefault("SPARK_HOME", str(pathlib.Path(pyspark.__file__).parent))
os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
spark = (
    SparkSession.builder.master("local-cluster[2,1,1024]")
    .config("spark.executor.memory", "700m")
    .config("spark.ui.enabled", "false")
    .getOrCreate()
)
with open(source, encoding="utf-8") as lines:
    records = [json.loads(line) for line in lines]
rows = [(n, record["text"], record.get("url")) for n, record in enumerate(records)]
df = spark.createDataFrame(rows, "n int, text string, url string").repartition(4)

learnt = cleanfilter.spark.learn(df, url_column="url")
filter = cleanfilter.Filter(repeated=learnt, threads=1)
cleaned = cleanfilter.spark.clean(df, filter, url_column="url")
with open(target, "w", encoding="utf-8") as out:
    for row in cleaned.orderBy("n").collect():
        out.write(json.dumps(row.asDict(), ensure_ascii=False) + "\n")
spark.stop()

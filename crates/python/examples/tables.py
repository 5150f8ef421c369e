"""Cleans a Parquet file batch by batch, other columns untouched (the command does it without Python)."""

import sys

import pyarrow.parquet as pq

import cleanfilter

source, target = sys.argv[1:]
filter = cleanfilter.Filter()
writer = None
for batch in pq.ParquetFile(source).iter_batches(batch_size=1000):
    batch = filter.clean_batch(batch, "text")
    writer = writer or pq.ParquetWriter(target, batch.schema)
    writer.write_batch(batch)
if writer:
    writer.close()

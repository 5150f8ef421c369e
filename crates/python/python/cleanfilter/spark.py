"""Spark: cleaning a data frame, and learning what it repeats.

>>> cleaned = cleanfilter.spark.clean(spark.read.parquet("crawl/"))   # doctest: +SKIP
"""

from __future__ import annotations

from typing import Any, Iterator

from . import Filter, _tables, merge_learnt

__all__ = ["clean", "learn"]


def clean(
    df: Any,
    filter: Filter | None = None,
    column: str = "text",
    *,
    url_column: str | None = None,
    prefix: str = "",
) -> Any:
    """A data frame with cleaned texts, as :meth:`Filter.clean_batch` makes of each batch of its rows.

    Spark runs one task for each core, so the filter is one with ``threads=1`` if none is given. Executors need
    the packages ``cleanfilter`` and ``pyarrow``.
    """
    from pyspark.sql.types import (
        FloatType,
        LongType,
        StringType,
        StructField,
        StructType,
    )

    added = [
        StructField(f"{prefix}language", StringType()),
        StructField(f"{prefix}confidence", FloatType()),
        StructField(f"{prefix}kept", LongType()),
        StructField(f"{prefix}dropped", LongType()),
    ]
    cleaner = _tables.Clean(filter or Filter(threads=1), column, url_column, prefix)

    def batches(rows: Iterator[Any]) -> Iterator[Any]:
        return map(cleaner, rows)

    return df.mapInArrow(batches, StructType([*df.schema.fields, *added]))


def learn(
    df: Any,
    filter: Filter | None = None,
    column: str = "text",
    *,
    url_column: str | None = None,
    whole_corpus: bool = False,
    min_documents: int = 2,
) -> bytes:
    """What a data frame repeats: each partition is learnt by itself, and the driver joins the parts.

    The bytes are those of ``cleanfilter learn``, however the data frame is partitioned.
    """
    part = _tables.LearnPart(filter, column, url_column, whole_corpus)

    def batches(rows: Iterator[Any]) -> Iterator[Any]:
        yield part.of(rows)

    columns = [column] if url_column is None else [column, url_column]
    parts = df.select(*columns).mapInArrow(batches, "part binary").collect()
    return merge_learnt([bytes(row["part"]) for row in parts], min_documents)

"""Ray Data: cleaning a dataset, and learning what it repeats.

>>> cleaned = cleanfilter.ray.clean(ray.data.read_parquet("crawl/"))   # doctest: +SKIP
"""

from __future__ import annotations

from typing import Any

from . import Filter, _tables, merge_learnt

__all__ = ["clean", "learn"]


def clean(
    dataset: Any,
    filter: Filter | None = None,
    column: str = "text",
    *,
    url_column: str | None = None,
    prefix: str = "",
    **map_batches: Any,
) -> Any:
    """A dataset with cleaned texts, as :meth:`Filter.clean_batch` makes of each batch.

    What is said beside goes to ``Dataset.map_batches``. Ray counts one core for a task, so the filter is one
    with ``threads=1`` if none is given.
    """
    cleaner = _tables.Clean(filter or Filter(threads=1), column, url_column, prefix)
    return dataset.map_batches(
        cleaner, batch_format="pyarrow", zero_copy_batch=True, **map_batches
    )


def learn(
    dataset: Any,
    filter: Filter | None = None,
    column: str = "text",
    *,
    url_column: str | None = None,
    whole_corpus: bool = False,
    min_documents: int = 2,
) -> bytes:
    """What a dataset repeats: each block is learnt by itself, and the driver joins the parts.

    The bytes are those of ``cleanfilter learn``, however the dataset lies in blocks.
    """
    part = _tables.LearnPart(filter, column, url_column, whole_corpus)
    parts = dataset.map_batches(
        part, batch_format="pyarrow", zero_copy_batch=True, batch_size=None
    )
    return merge_learnt([row["part"] for row in parts.iter_rows()], min_documents)

"""Hugging Face datasets: a function for ``Dataset.map(..., batched=True)``.

>>> from datasets import load_dataset                                 # doctest: +SKIP
>>> clean = cleanfilter.hf.Clean(cleanfilter.Filter(threads=1))       # doctest: +SKIP
>>> load_dataset("json", data_files="docs.jsonl").map(clean, batched=True, num_proc=4)  # doctest: +SKIP
"""

from __future__ import annotations

from typing import Any

from . import Filter

__all__ = ["Clean"]


class Clean:
    """Cleans the texts of a batch; adds ``language``, ``confidence``, ``kept`` and ``dropped``.

    A batch is a dict of lists, or a ``pyarrow.Table`` of a dataset in the format ``arrow``; what is
    returned is of its kind. A null stays one. With ``num_proc`` give a filter with ``threads=1``, so that
    the processes do not take each other's cores.

    Raises KeyError if there is no such column.
    """

    def __init__(
        self,
        filter: Filter | None = None,
        column: str = "text",
        *,
        url_column: str | None = None,
        prefix: str = "",
    ) -> None:
        self.filter = filter or Filter()
        self.column = column
        self.url_column = url_column
        self.prefix = prefix

    def __call__(self, batch: Any) -> Any:
        if hasattr(batch, "__arrow_c_stream__"):
            return self.filter.clean_batch(
                batch, self.column, url_column=self.url_column, prefix=self.prefix
            )
        texts = batch[self.column]
        urls = batch[self.url_column] if self.url_column else [None] * len(texts)
        there = [text is not None for text in texts]
        read = self.filter.read_many(
            (text for text in texts if text is not None),
            (url for url, has_text in zip(urls, there) if has_text),
        )
        documents = [next(read) if has_text else None for has_text in there]
        guesses = [document and document.language for document in documents]
        return {
            self.column: [d and d.clean() for d in documents],
            f"{self.prefix}language": [g and g.bcp47 for g in guesses],
            f"{self.prefix}confidence": [g and g.confidence for g in guesses],
            f"{self.prefix}kept": [d and d.kept_bytes for d in documents],
            f"{self.prefix}dropped": [d and d.dropped_bytes for d in documents],
        }

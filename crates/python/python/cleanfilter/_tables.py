"""Tables of other libraries, and what is done to them in other processes."""

from __future__ import annotations

from typing import Any, Iterable

from ._native import Filter, Learner


def like(given: Any, table: Any) -> Any:
    """The table as an object of the kind that was given.

    Libraries are imported only where an object of theirs was given.
    """
    library = type(given).__module__.partition(".")[0]
    if library == "pyarrow":
        import pyarrow

        if isinstance(given, pyarrow.RecordBatch):
            return pyarrow.RecordBatchReader.from_stream(table).read_next_batch()
        if isinstance(given, pyarrow.RecordBatchReader):
            return pyarrow.RecordBatchReader.from_stream(table)
        return pyarrow.table(table)
    if library == "polars":
        import polars

        return polars.DataFrame(table)
    if library == "pandas":
        import pyarrow

        return pyarrow.table(table).to_pandas()
    return table


class Clean:
    """``Filter.clean_batch`` with its arguments, for another process."""

    def __init__(
        self, filter: Filter, column: str, url_column: str | None, prefix: str
    ) -> None:
        self.filter = filter
        self.column = column
        self.url_column = url_column
        self.prefix = prefix

    def __call__(self, batch: Any) -> Any:
        return self.filter.clean_batch(
            batch, self.column, url_column=self.url_column, prefix=self.prefix
        )


class LearnPart:
    """What some rows repeat, as a table of one row."""

    def __init__(
        self,
        filter: Filter | None,
        column: str,
        url_column: str | None,
        whole_corpus: bool,
    ) -> None:
        self.filter = filter
        self.column = column
        self.url_column = url_column
        self.whole_corpus = whole_corpus

    def __call__(self, batch: Any) -> Any:
        import pyarrow

        return pyarrow.Table.from_batches([self.of([batch])])

    def of(self, batches: Iterable[Any]) -> Any:
        """A record batch with what all of them repeat."""
        import pyarrow

        learner = Learner(self.filter, whole_corpus=self.whole_corpus)
        for batch in batches:
            texts = batch.column(self.column).to_pylist()
            urls = [None] * len(texts)
            if self.url_column is not None:
                urls = batch.column(self.url_column).to_pylist()
            for text, url in zip(texts, urls):
                if text is not None:
                    learner.add(text, url)
        part = pyarrow.array([learner.finish(min_documents=1)], pyarrow.binary())
        return pyarrow.RecordBatch.from_arrays([part], ["part"])

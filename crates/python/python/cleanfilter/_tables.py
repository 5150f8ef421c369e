"""Tables of other libraries: what was given decides what is returned."""

from __future__ import annotations

from typing import Any


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

"""datatrove: pipeline steps that clean documents, and that learn what a corpus repeats.

>>> pipeline = [JsonlReader("crawl/"), cleanfilter.datatrove.Clean(), JsonlWriter("clean/")]  # doctest: +SKIP
"""

from __future__ import annotations

from collections import deque
from typing import Any, Iterator

from datatrove.io import DataFolderLike, get_datafolder
from datatrove.pipeline.base import PipelineStep
from datatrove.utils.typeshelper import StatHints

from . import Filter, Learner, merge_learnt

__all__ = ["Clean", "Learn", "merge"]

_PART = ".repeated-part"


class Clean(PipelineStep):  # type: ignore[misc]  # datatrove has no types
    """Passes on what was kept of each document, in order.

    Sets ``metadata["language"]`` and ``metadata["language_score"]``, and counts the bytes that are kept and
    dropped and what each rule dropped. A document with nothing kept is dropped unless ``keep_empty``. Its
    address is ``metadata["url"]``.

    An executor runs one process for each task, so the filter is one with ``threads=1`` if none is given.
    """

    type = "🔻 - FILTER"
    name = "🧹 cleanfilter"

    def __init__(self, filter: Filter | None = None, *, keep_empty: bool = False) -> None:
        super().__init__()
        self.filter = filter or Filter(threads=1)
        self.keep_empty = keep_empty

    def run(self, data: Any, rank: int = 0, world_size: int = 1) -> Iterator[Any]:
        waiting: deque[Any] = deque()
        urls: deque[str | None] = deque()

        def texts() -> Iterator[str]:
            for document in data or ():
                waiting.append(document)
                urls.append(document.metadata.get("url"))
                yield document.text

        def addresses() -> Iterator[str | None]:
            # Asked for behind each text.
            while True:
                yield urls.popleft()

        for read in self.filter.read_many(texts(), addresses()):
            document = waiting.popleft()
            self.stat_update(StatHints.total)
            self.stat_update("kept", value=read.kept_bytes)
            self.stat_update("dropped_text", value=read.dropped_bytes)
            for fragment in read.fragments:
                if fragment.rule is not None:
                    self.stat_update(f"rule_{fragment.rule}")
            document.text = read.clean()
            if read.language is not None:
                document.metadata["language"] = read.language.bcp47
                document.metadata["language_score"] = read.language.confidence
            if not document.text and not self.keep_empty:
                self.stat_update(StatHints.dropped)
                continue
            self.stat_update(StatHints.forwarded)
            self.update_doc_stats(document)
            yield document


class Learn(PipelineStep):  # type: ignore[misc]  # datatrove has no types
    """Counts what the documents repeat, and passes them on. Each task writes a part; :func:`merge` joins them."""

    type = "🫂 - DEDUP"
    name = "🧹 cleanfilter learn"

    def __init__(
        self,
        output_folder: DataFolderLike,
        filter: Filter | None = None,
        *,
        whole_corpus: bool = False,
    ) -> None:
        super().__init__()
        self.output_folder = get_datafolder(output_folder)
        self.filter = filter
        self.whole_corpus = whole_corpus

    def run(self, data: Any, rank: int = 0, world_size: int = 1) -> Iterator[Any]:
        learner = Learner(self.filter, whole_corpus=self.whole_corpus)
        for document in data or ():
            learner.add(document.text, document.metadata.get("url"))
            self.stat_update(StatHints.total)
            yield document
        with self.output_folder.open(f"{rank:05d}{_PART}", "wb") as out:
            out.write(learner.finish(min_documents=1))


def merge(folder: DataFolderLike, min_documents: int = 2) -> bytes:
    """Joins the parts in a folder: what ``cleanfilter learn`` makes of the whole corpus.

    Raises ValueError if there are none, or one is damaged.
    """
    parts = get_datafolder(folder)
    learnt = []
    for name in parts.list_files(glob_pattern=f"*{_PART}"):
        with parts.open(name, "rb") as part:
            learnt.append(part.read())
    return merge_learnt(learnt, min_documents)

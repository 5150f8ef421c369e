"""Passes on the text that a reader came for.

A :class:`Filter` reads documents in any encoding, names the language of every
stretch of text, and leaves out boilerplate and off-language fragments, with the
reason. It is the same river as the command's: same settings, same verdicts.

>>> import cleanfilter
>>> page = "Rain is on its way.\\n\\n* * * * *\\n\\nTake a coat with you.\\n"
>>> cleanfilter.Filter().clean(page)
'Rain is on its way.\\n\\nTake a coat with you.\\n'
"""

from __future__ import annotations

from typing import Any, Iterable, Iterator

from ._native import (
    Document,
    Filter,
    Fragment,
    Guess,
    Learner,
    Paragraph,
    Table,
    merge_learnt,
)

__all__ = [
    "Document",
    "Filter",
    "Fragment",
    "Guess",
    "Learner",
    "Paragraph",
    "Table",
    "identify",
    "identify_many",
    "merge_learnt",
]


def identify(document: str | bytes, **settings: Any) -> Guess | None:
    """The language of a document as a whole; ``None`` where the identifier abstains.

    ``settings`` are those of :class:`Filter`. Make a filter once to ask it often.
    """
    return Filter(**settings).identify(document)


def identify_many(
    documents: Iterable[str | bytes], **settings: Any
) -> Iterator[Guess | None]:
    """The language of each document, in order, on all cores."""
    return Filter(**settings).identify_many(documents)


def _filter(arguments: dict[str, Any]) -> Filter:
    """What a pickled filter is made of again."""
    return Filter(**arguments)

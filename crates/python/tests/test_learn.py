"""What a corpus repeats."""

from __future__ import annotations

import json
import pickle
import subprocess
from pathlib import Path

import pytest

from cleanfilter import Filter, Learner, merge_learnt

SITES = ["https://a.example/1", "http://www.b.example/", None]


def learn(pages: list[tuple[str, str | None]], min_documents: int = 2, memory: int = 1 << 20) -> bytes:
    learner = Learner(memory_bytes=memory)
    for text, url in pages:
        learner.add(text, url)
    return learner.finish(min_documents)


@pytest.fixture(scope="module")
def corpus(pages: list[str]) -> list[tuple[str, str | None]]:
    return [(text, SITES[i % 3]) for i, text in enumerate(pages)]


def test_the_file_is_the_commands(
    command: str, corpus: list[tuple[str, str | None]], tmp_path: Path
) -> None:
    records = tmp_path / "corpus.jsonl"
    with records.open("w") as out:
        for text, url in corpus:
            out.write(json.dumps({"text": text, "url": url} if url else {"text": text}) + "\n")
    learnt = tmp_path / "learnt"
    subprocess.run([command, "learn", "-q", str(records), "-o", str(learnt)], check=True)
    assert learn(corpus) == learnt.read_bytes()
    # The filters that are made of the file and of its bytes are one.
    there, here = Filter(repeated=learnt), Filter(repeated=learnt.read_bytes())
    for text, url in corpus[:60]:
        assert there.clean(text, url) == here.clean(text, url)
    again = pickle.loads(pickle.dumps(here))
    assert [again.clean(*page) for page in corpus[:60]] == [here.clean(*page) for page in corpus[:60]]


@pytest.mark.parametrize("parts", [1, 2, 7])
def test_parts_join_to_the_same_bytes(corpus: list[tuple[str, str | None]], parts: int) -> None:
    learnt = [learn(corpus[n::parts], min_documents=1) for n in range(parts)]
    assert merge_learnt(learnt) == learn(corpus)
    assert merge_learnt([merge_learnt(learnt[:1], 1), *learnt[1:]][::-1]) == learn(corpus)


def test_memory_does_not_matter(corpus: list[tuple[str, str | None]]) -> None:
    assert learn(corpus, memory=512) == learn(corpus)


def test_what_cannot_be_joined_is_told(corpus: list[tuple[str, str | None]]) -> None:
    with pytest.raises(ValueError, match="part 1: .*not a file that"):
        merge_learnt([learn(corpus), b"something else" * 9])
    with pytest.raises(ValueError, match="no files to join"):
        merge_learnt([])
    with pytest.raises(ValueError, match="repeated: cut short"):
        Filter(repeated=learn(corpus)[:-1])
    learner = Learner()
    learner.finish()
    with pytest.raises(RuntimeError, match="finished"):
        learner.add("again")

"""Many documents: order, errors, signals, processes."""

from __future__ import annotations

import gc
import multiprocessing
import os
import signal
import subprocess
import sys
import threading
import time
from concurrent.futures import ProcessPoolExecutor
from typing import Iterator

import pytest

import cleanfilter
from cleanfilter import Filter


@pytest.mark.parametrize("threads", [0, 1, 3])
def test_many_is_a_map(pages: list[str], threads: int) -> None:
    filter = Filter(threads=threads)
    mixed = [text.encode() if i % 3 == 0 else text for i, text in enumerate(pages)]
    assert list(filter.clean_many(mixed)) == [filter.clean(page) for page in mixed]
    read = list(filter.read_many(mixed))
    assert [document.text for document in read] == pages
    assert [d.clean() for d in read] == [filter.clean(page) for page in mixed]
    guesses = list(filter.identify_many(mixed))
    assert guesses == [filter.identify(page) for page in mixed]
    assert guesses == list(cleanfilter.identify_many(mixed))


def test_none_and_one() -> None:
    assert list(Filter().clean_many([])) == []
    assert list(Filter().clean_many(iter([""]))) == [""]


def test_reading_ahead_is_bounded() -> None:
    taken = 0

    def endless() -> Iterator[str]:
        nonlocal taken
        while True:
            taken += 1
            yield "The ferry left the harbour at seven. " * 20

    cleaned = Filter(threads=2).clean_many(endless())
    for _ in range(50):
        assert next(cleaned)
    assert taken * 740 < 3 << 20


def test_what_the_iterable_raises_comes_behind_what_it_gave() -> None:
    def broken() -> Iterator[str]:
        yield "One."
        yield "Two."
        raise LookupError("the shelf is empty")

    cleaned = Filter().clean_many(broken())
    assert [next(cleaned), next(cleaned)] == ["One.", "Two."]
    with pytest.raises(LookupError, match="the shelf is empty"):
        next(cleaned)
    with pytest.raises(StopIteration):
        next(cleaned)


def test_a_wrong_document_is_told_in_its_place() -> None:
    cleaned = Filter().clean_many(["One.", 2])  # type: ignore[list-item]
    assert next(cleaned) == "One."
    with pytest.raises(TypeError, match="not int"):
        next(cleaned)
    with pytest.raises(TypeError):
        Filter().clean_many(3)  # type: ignore[arg-type]


def test_urls_go_with_documents() -> None:
    page, notice = "The bridge is closed.", "Subscribe to the harbour letter"
    learner = cleanfilter.Learner()
    for n in range(6):
        learner.add(f"{page} {n}\n\n{notice}\n", url="https://a.example/x")
    filter = Filter(repeated=learner.finish(), rules=["repeated"], settings="[judge.repeated]\nkeep-one = false\n")
    text = f"{page}\n\n{notice}\n"
    here, there = list(filter.clean_many([text, text], urls=["https://a.example/", None]))
    assert notice not in here and notice in there
    assert filter.clean(text, url="https://www.a.example/y") == here
    assert filter.read(text, "https://b.example/").clean() == text
    with pytest.raises(ValueError, match="fewer urls"):
        list(filter.clean_many([text, text], urls=[None]))


def test_other_threads_run_meanwhile() -> None:
    """The interpreter is free while a document is read."""
    large = "\n\n".join(f"The ferry number {n} left the harbour at seven." for n in range(20_000))
    ticks, stop = 0, threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not stop.wait(0.005):
            ticks += 1

    watch = threading.Thread(target=tick)
    watch.start()
    Filter().clean(large)
    stop.set()
    watch.join()
    assert ticks > 3


def test_threads_share_a_filter(pages: list[str]) -> None:
    filter = Filter(threads=1)
    expected = list(filter.clean_many(pages))
    results: list[list[str]] = []
    threads = [
        threading.Thread(target=lambda: results.append(list(filter.clean_many(pages))))
        for _ in range(4)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert results == [expected] * 4


INTERRUPTED = """
import sys, time, cleanfilter
text = "\\n\\n".join(f"The ferry number {n} left the harbour at seven." for n in range(400_000))
filter = cleanfilter.Filter()
def endless():
    while True:
        yield text[:4000]
try:
    print("ready", flush=True)
    if sys.argv[1] == "one":
        while True:
            filter.clean(text)
    if sys.argv[1] == "table":
        import pyarrow
        table = pyarrow.table({"text": [text[:4000]] * 50_000})
        filter.clean_batch(table)
    for _ in filter.clean_many(endless()):
        pass
except KeyboardInterrupt:
    print("interrupted", flush=True)
"""


@pytest.mark.parametrize("what", ["one", "many", "table"])
def test_a_keyboard_interrupt_is_answered(what: str) -> None:
    if what == "table":
        pytest.importorskip("pyarrow")
    child = subprocess.Popen([sys.executable, "-c", INTERRUPTED, what], stdout=subprocess.PIPE)
    assert child.stdout is not None
    assert child.stdout.readline() == b"ready\n"
    time.sleep(1)
    child.send_signal(signal.SIGINT)
    start = time.monotonic()
    assert child.stdout.readline() == b"interrupted\n"
    assert time.monotonic() - start < 2
    child.kill()
    child.wait()


def _clean_all(job: tuple[Filter, list[str]]) -> list[str]:
    filter, pages = job
    return list(filter.clean_many(pages))


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
@pytest.mark.parametrize("method", ["fork", "spawn"])
def test_processes(pages: list[str], method: str) -> None:
    filter = Filter(threads=2)
    expected = list(filter.clean_many(pages))
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(2, mp_context=context) as pool:
        found = list(pool.map(_clean_all, [(filter, pages[:150]), (filter, pages[150:])]))
    assert found[0] + found[1] == expected


@pytest.mark.filterwarnings("ignore:.*fork.*:DeprecationWarning")
def test_an_iterator_does_not_outlive_a_fork() -> None:
    """A child has none of its parent's threads: that is told, nobody waits for ever."""
    cleaned = Filter().clean_many("The ferry left." * 2000 for _ in range(200))
    next(cleaned)
    child = os.fork()
    if child == 0:
        status = 1
        try:
            for _ in cleaned:
                pass
        except RuntimeError as error:
            status = 0 if "before a fork" in str(error) else 2
        os._exit(status)
    assert os.waitpid(child, 0)[1] == 0
    assert sum(1 for _ in cleaned) == 199


def test_an_iterator_may_be_left() -> None:
    for _ in range(20):
        cleaned = Filter(threads=2).clean_many("The ferry left." * 200 for _ in range(2000))
        next(cleaned)
        del cleaned
    gc.collect()
    deadline = time.monotonic() + 10
    while _threads() > 30 and time.monotonic() < deadline:
        time.sleep(0.05)
    assert _threads() <= 30


def _threads() -> int:
    """Threads of this process, where the system tells."""
    folder = "/proc/self/task"
    return len(os.listdir(folder)) if os.path.isdir(folder) else 1

"""Texts of the tests' own, and the command to compare with."""

from __future__ import annotations

import json
import os
import random
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[3]

PARAGRAPHS = [
    "The ferry left the harbour at seven, an hour late, and nobody on board seemed to mind.",
    "Der Fährmann erzählte, dass der Fluss seit drei Wochen kein Hochwasser mehr geführt hatte.",
    "Le pont sera fermé jusqu’à la fin du mois, a dit la mairie dans un communiqué publié jeudi.",
    "Повар вынес на палубу котёл супа, и все пассажиры сразу забыли о холодном ветре с моря.",
    "船は七時に港を出て、島に着いたのは昼過ぎだった。天気はずっと曇っていた。",
    "She counted the steps twice — 142 — and wrote the number on the back of her ticket 🎫.",
    "* * * * * * * *",
    "Share this article on all your networks",
    "Sign up for our newsletter and never miss a story",
    "We use cookies to improve your experience. Accept all cookies",
    "",
]


def page(seed: int) -> str:
    """A page of its own for every number: paragraphs in some order, some twice."""
    rng = random.Random(seed)
    lines = [rng.choice(PARAGRAPHS) for _ in range(rng.randrange(12))]
    return "\n\n".join(lines) + rng.choice(["", "\n"])


@pytest.fixture(scope="session")
def pages() -> list[str]:
    """Some hundreds of pages, empty ones among them."""
    return [page(seed) for seed in range(300)]


@pytest.fixture(scope="session")
def command() -> str:
    """The command, built from the same sources: CLEANFILTER names it."""
    found = os.environ.get("CLEANFILTER")
    if not found:
        pytest.skip("CLEANFILTER does not name the command")
    return found


def run_command(command: str, pages: list[str], *arguments: str) -> list[str]:
    """What the command makes of the pages as JSON Lines."""
    lines = "".join(json.dumps({"text": text}) + "\n" for text in pages)
    done = subprocess.run(
        [command, "-q", "-f", "jsonl", *arguments],
        input=lines.encode(),
        stdout=subprocess.PIPE,
        check=True,
    )
    return [json.loads(line)["text"] for line in done.stdout.splitlines()]

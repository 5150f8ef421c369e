"""One document at a time."""

from __future__ import annotations

import copy
import pickle
import subprocess
from pathlib import Path

import pytest

import cleanfilter
from cleanfilter import Filter

from conftest import ROOT, run_command


def test_spans_slice_back_to_the_text(pages: list[str]) -> None:
    filter = Filter()
    for text in pages:
        document = filter.read(text)
        raw = document.text.encode()
        assert document.text == text
        spans = [(p.char_span, p.byte_span) for p in document.paragraphs]
        spans += [(f.char_span, f.byte_span) for f in document.fragments]
        for (start, end), (first, last) in spans:
            assert text[start:end].encode() == raw[first:last]
        for paragraph in document.paragraphs:
            first, last = paragraph.fragments
            fragments = document.fragments[first:last]
            assert "".join(text[slice(*f.char_span)] for f in fragments) == text[
                slice(*paragraph.char_span)
            ]
        assert "".join(text[slice(*span)] for span in document.kept) == document.clean()
        marks = sorted([*document.kept, *document.dropped])
        assert "".join(text[slice(*span)] for span in marks) == text
        assert document.kept_bytes == len(document.clean().encode())
        assert document.kept_bytes + document.dropped_bytes == len(raw)


def test_what_is_dropped_has_a_rule_and_a_number() -> None:
    document = Filter().read("Rain is on its way.\n\n* * * * *\n\nTake a coat with you.\n")
    kept = [fragment.kept for fragment in document.fragments]
    assert kept == [True, False, True]
    dropped = document.fragments[1]
    assert dropped.rule == "symbols" and dropped.measured is not None
    assert dropped.paragraph == 1
    assert document.language is not None and document.language.bcp47 == "en"


def test_bytes_are_decoded() -> None:
    text = "Grüße aus Köln: die Brücke über den Fluss bleibt bis März für Fußgänger geöffnet.\n"
    document = Filter().read(text.encode("windows-1252"))
    assert document.text == text and document.encoding == "windows-1252"
    stated = Filter(encoding="cp437").read(text.encode("cp437", "replace"))
    assert stated.text.startswith("Grüße aus Köln")
    assert Filter().read(b"\xff\xfe\xfa").replaced_bytes >= 0


def test_other_types_are_refused() -> None:
    filter = Filter()
    for wrong in (7, None, ["a"]):
        with pytest.raises(TypeError, match="a document is str or bytes, not"):
            filter.clean(wrong)  # type: ignore[arg-type]


def test_settings_are_the_commands(command: str, tmp_path: Path) -> None:
    config = tmp_path / "settings.toml"
    config.write_text("[judge.symbols]\nmin-word-share = 0.5\n")
    filter = Filter(preset="careful", config=config, rules=["-repeated"], language=["en"])
    flags = ["--preset", "careful", "--config", str(config), "--rules=-repeated", "-l", "en"]
    printed = subprocess.run([command, *flags, "--print-config"], capture_output=True, check=True)
    assert filter.settings == printed.stdout.decode()
    assert Filter(settings=filter.settings).settings == filter.settings


@pytest.mark.parametrize(
    ("flags", "settings"),
    [
        (["--preset", "gentle"], {"preset": "gentle"}),
        (["--rules", "no-such-rule"], {"rules": ["no-such-rule"]}),
        (["--language", "zz9"], {"language": ["zz9"]}),
        (["--encoding", "utf-99"], {"encoding": "utf-99"}),
        (["--identifier", "nobody"], {"identifier": "nobody"}),
        (["--repeated", "no-such-file"], {"repeated": "no-such-file"}),
        (["--config", "no-such-file"], {"config": "no-such-file"}),
    ],
)
def test_errors_are_the_commands(
    command: str, flags: list[str], settings: dict[str, str]
) -> None:
    told = subprocess.run([command, *flags], input=b"", capture_output=True)
    with pytest.raises(ValueError) as error:
        Filter(**settings)  # type: ignore[arg-type]
    assert told.stderr.decode().strip() == f"cleanfilter: {error.value}"


def test_an_unknown_key_is_told_with_its_place() -> None:
    with pytest.raises(ValueError, match="settings: line 2, column 1: unknown field"):
        Filter(settings="[judge]\nrulez = []\n")


def test_clean_is_the_commands(command: str, pages: list[str]) -> None:
    filter = Filter()
    assert [filter.clean(text) for text in pages] == run_command(command, pages)


def test_a_seed_is_cleaned_as_the_command_does(command: str) -> None:
    seed = ROOT / "seeds" / "article-en-es.txt"
    done = subprocess.run([command, "-q", str(seed)], capture_output=True, check=True)
    assert Filter().clean(seed.read_bytes()) == done.stdout.decode()


def test_pickles_make_the_same_filter(pages: list[str]) -> None:
    filter = Filter(preset="thorough", language=["en", "de"], threads=1)
    again = pickle.loads(pickle.dumps(filter))
    assert again.settings == filter.settings and again.threads == 1
    assert [again.clean(t) for t in pages[:40]] == [filter.clean(t) for t in pages[:40]]
    assert copy.deepcopy(filter).settings == filter.settings


def test_languages_have_names() -> None:
    guess = cleanfilter.identify("La feria del pescado empieza el sábado por la mañana en el puerto.")
    assert guess is not None
    assert (guess.bcp47, guess.iso639_3, guess.script) == ("es", "spa", "Latn")
    assert 0.5 < guess.confidence <= 1
    assert cleanfilter.identify("", candidates=["en", "es"]) in (None, cleanfilter.identify(""))
    only = cleanfilter.identify("La feria empieza el sábado.", candidates=["en", "pt"])
    assert only is None or only.bcp47 in ("en", "pt")

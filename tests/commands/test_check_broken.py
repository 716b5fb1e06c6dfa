"""Every broken session of the corpus that needs the whole check, with all its problems.

``pytest tests/session tests/commands/test_check_broken.py --accept`` writes the expected problems again.
"""

import re
from pathlib import Path

import pytest

from coach.diagnostics import codes
from coach.diagnostics.render.full import render_full
from coach.services.session_check import check_session
from coach.translation import set_language

CORPUS = Path(__file__).parent.parent / "broken"
WHOLE = CORPUS / "whole"
# No file of a sensible size is too large, and no one has met a file that is no YAML in a way we have no words for.
NOT_IN_FILES = {"too-large", "not-yaml"}


@pytest.mark.parametrize("language", ["en", "nl"])
@pytest.mark.parametrize("name", sorted(path.stem for path in WHOLE.glob("*.yaml")))
def test_a_broken_session_is_explained(
    name: str, language: str, monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(WHOLE)
    set_language(language)
    said = render_full(check_session(Path(f"{name}.yaml"))) + "\n"
    expected = WHOLE / ("" if language == "en" else language) / f"{name}.txt"
    if request.config.getoption("--accept"):
        expected.write_text(said, encoding="utf-8")
    assert said == expected.read_text(encoding="utf-8")


def test_the_corpus_is_large_enough_to_mean_something() -> None:
    assert len(list(CORPUS.rglob("*.txt"))) >= 170
    assert {path.stem for path in WHOLE.glob("*.txt")} == {path.stem for path in WHOLE.glob("*.yaml")}


def test_each_code_that_a_file_can_have_is_in_the_corpus() -> None:
    said = "\n".join(path.read_text(encoding="utf-8") for path in CORPUS.rglob("*.txt"))
    found = set(re.findall(r"^\S+:\d+:\d+: (?:error|advice)\[(.+?)\]: ", said, flags=re.MULTILINE))
    assert found == set(codes.list_codes()) - NOT_IN_FILES


def test_the_corpus_has_every_kind_of_text_that_is_hard_to_point_into() -> None:
    texts = {path.name: path.read_bytes() for path in CORPUS.rglob("*.yaml")}
    for hard in (b"\t", b"\r\n", b"\xef\xbb\xbf", "🏃".encode(), "深".encode(), "\u0301".encode(), "\u200d".encode()):
        assert any(hard in text for text in texts.values())

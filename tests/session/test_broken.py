"""Every broken session of the corpus, with all its problems; ``pytest tests/session --accept`` writes them again."""

from collections.abc import Callable
from pathlib import Path

import pytest

from coach.diagnostics.render.full import render_full
from coach.session.reader import ReadResult

BROKEN = Path(__file__).parent.parent / "broken"


@pytest.mark.parametrize("name", sorted(path.stem for path in BROKEN.glob("*.yaml")))
def test_a_broken_session_is_explained(
    name: str, read_file: Callable[..., ReadResult], monkeypatch: pytest.MonkeyPatch, request: pytest.FixtureRequest
) -> None:
    monkeypatch.chdir(BROKEN)
    said = render_full(read_file(Path(f"{name}.yaml")).problems) + "\n"
    expected = BROKEN / f"{name}.txt"
    if request.config.getoption("--accept"):
        expected.write_text(said, encoding="utf-8")
    assert said == expected.read_text(encoding="utf-8")


def test_the_corpus_is_large_enough_to_mean_something() -> None:
    assert len(list(BROKEN.glob("*.yaml"))) >= 60
    assert {path.stem for path in BROKEN.glob("*.txt")} == {path.stem for path in BROKEN.glob("*.yaml")}

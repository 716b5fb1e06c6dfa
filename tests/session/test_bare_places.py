"""A cue that begins with a place but has no colon is refused, and a sentence about a time is not."""

from pathlib import Path

import pytest

from coach.diagnostics.problem import Location
from coach.session.bare_settings import refuse_bare_place
from coach.yaml.nodes import Scalar

TABLES = Path(__file__).parent.parent / "languages"
SENTENCES = (
    "At 2 minutes you may walk.",
    "At 2m you may walk.",
    "Om 30s Loop rustig",
    "at 2m, then at 4m, you walk",
    "na 2m mag je wandelen",
    "after 2m of that you stop",
    "op 50% van je kracht",
    "om 12 uur Anna ophalen",
    "for 2m Run",
    "with 2m Left",
    "at home Rest",
    "every 5s Look",
)


def make_cue(text: str, *, quoted: bool = False) -> Scalar:
    return Scalar(text=text, quoted=quoted, location=Location(file="run.yaml", line=8, column=11, end_column=12))


@pytest.mark.parametrize("text", SENTENCES)
def test_a_sentence_about_a_time_is_said(text: str) -> None:
    refuse_bare_place(make_cue(text))


@pytest.mark.parametrize("place", ["2m", "90s", "-20s", "50%", "1:30", "2 min", "1.5m"])
@pytest.mark.parametrize("key", ["at", "om", "op", "bij"])
def test_a_place_without_a_colon_is_refused_unless_it_is_quoted(key: str, place: str) -> None:
    text = f"{key} {place} Voel je voeten"
    refuse_bare_place(make_cue(text, quoted=True))
    with pytest.raises(ValueError, match=f"`{key}` has no colon behind it"):
        refuse_bare_place(make_cue(text))


@pytest.mark.parametrize("table", sorted(TABLES.glob("spoken_texts*.txt")), ids=lambda path: path.stem)
def test_no_text_of_authors_begins_with_a_place(table: Path) -> None:
    texts = [line.partition(" | ")[0] for line in table.read_text(encoding="utf-8").splitlines() if " | " in line]
    assert texts
    for text in texts:
        refuse_bare_place(make_cue(text))

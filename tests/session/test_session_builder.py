from pathlib import Path

import pytest
from session_texts import session

from coach.blocks.registry import SYNTAX
from coach.languages import LANGUAGES
from coach.services.session_reading import SOUNDS
from coach.session import reader


def test_titles_have_their_values_filled_in_and_no_marks(tmp_path: Path) -> None:
    made = session(
        tmp_path,
        """
        coach: 1
        title: {nl: "Rondje met {name}", en: "A run for {name}"}
        about: {nl: "[2s] Rustig aan, {who}.", en: "Take it easy, {who}."}
        values: {name: Anna, who: ""}
        blocks:
          - free: {lasts: 1m, title: {nl: "{name} loopt", en: "{name} runs"}}
        """,
    )
    assert dict(made.title.words) == {"nl": "Rondje met Anna", "en": "A run for Anna"}
    assert made.about is not None
    assert dict(made.about.words) == {"nl": "Rustig aan.", "en": "Take it easy."}
    assert made.blocks[0].title is not None
    assert dict(made.blocks[0].title.words) == {"nl": "{name} loopt", "en": "{name} runs"}  # filled in with its round


def test_tags_need_no_language_and_have_their_values_filled_in(tmp_path: Path) -> None:
    made = session(
        tmp_path,
        """
        coach: 1
        title: {nl: Rondje, en: Round}
        author: "{name} de Vries"
        album: {nl: "[2s] Acht weken rust"}
        track: "007"
        year: 2026
        values: {name: Anna}
        blocks:
          - free: {lasts: 1m}
        """,
    )
    assert made.languages == ("nl", "en")
    assert made.author == {"nl": "Anna de Vries", "en": "Anna de Vries"}
    assert made.album == {"nl": "Acht weken rust"}
    assert (made.track, made.year) == (7, 2026)


@pytest.mark.parametrize(
    ("given", "names", "places"),
    [
        ({}, "ABC", "xyx"),
        ({"name": "B"}, "B", "y"),
        ({"place": "x"}, "AC", "xx"),
        ({"name": "D"}, "DD", "xy"),
        ({"name": "B", "place": "q"}, "B", "q"),
        ({"all": "them"}, "ABC", "xyx"),
    ],
)
def test_lists_of_values_are_of_several_people(tmp_path: Path, given: dict[str, str], names: str, places: str) -> None:
    path = tmp_path / "run.yaml"
    path.write_text(
        "coach: 1\nlanguage: en\ntitle: '{name} in {place}'\n"
        "values: {name: [A, B, C], place: [x, y, ' x '], all: [us]}\nblocks: [free: {lasts: 1m, say: '{all}'}]\n",
        encoding="utf-8",
    )
    made = reader.load(path, kinds=SYNTAX, languages=LANGUAGES, sounds=SOUNDS, values=given)
    people = made.people or (made.values,)
    assert ("".join(each["name"] for each in people), "".join(each["place"] for each in people)) == (names, places)
    assert {each["all"] for each in people} == {given.get("all", "us")}
    assert (dict(made.values), made.title["en"]) == (dict(people[0]), f"{names[0]} in {places[0]}")

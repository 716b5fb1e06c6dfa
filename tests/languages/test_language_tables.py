"""Every language has every table, and every table is complete."""

import re
import string
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import get_args

import pytest

from coach.blocks.registry import KINDS
from coach.languages import LANGUAGES, find_language, nl
from coach.languages.language import Language, Subject
from coach.languages.screen_words import Need, NoticeKind, Reason
from coach.session import library

UNWANTED = re.compile(r"\b(pace|distance|record|goal|calor|cure|heal|tempo|afstand|doel|genees|moet|must|should)")
SAME_EVERYWHERE = ("screen", "chart", "page", "journal", "new_session", "voice_lines")
MAY_BE_EMPTY = re.compile(
    r"\.(?:piper_voice|spoken_forms\.(?:nought|fractions\.(?:several|inflection\.\d|after_article\..+))|new_session\.head\.\d+)"
)

languages = pytest.mark.parametrize("language", [find_language(code) for code in LANGUAGES], ids=LANGUAGES)


def texts(table: object, name: str = "") -> Iterator[tuple[str, str]]:
    """All texts of a table, by their paths."""
    if isinstance(table, str):
        yield name, table
    elif isinstance(table, Mapping):
        for key, value in table.items():
            yield from texts(value, f"{name}.{key}")
    elif isinstance(table, tuple):
        for key, value in zip(getattr(table, "_fields", range(len(table))), table, strict=True):
            yield from texts(value, f"{name}.{key}")


def braces(text: str) -> set[str | None]:
    return {field for _, field, _, _ in string.Formatter().parse(text)} - {None}


@languages
def test_a_language_is_named_after_its_folder(language: Language) -> None:
    assert LANGUAGES[:2] == ("nl", "en")
    assert find_language(language.code) is language
    assert all(len(code) == 3 for code in language.iso_639_2)
    assert language.voice_tags == tuple(tag.casefold() for tag in language.voice_tags)


@languages
def test_no_table_is_empty_and_no_text(language: Language) -> None:
    empty = [name for name in Language._fields if getattr(language, name) in ((), {})]
    assert empty == []
    assert [name for name, text in texts(language) if not (text.strip() or MAY_BE_EMPTY.fullmatch(name))] == []


@languages
@pytest.mark.parametrize("table", SAME_EVERYWHERE)
def test_every_language_says_the_same_things_with_the_same_values(language: Language, table: str) -> None:
    english, other = (
        {name: braces(text) for name, text in texts(getattr(each, table))} for each in (find_language("en"), language)
    )
    lines = re.compile(r"\.(?:head|own|kinds\.[a-z-]+|mindful\.[a-z-]+|voice_lines)\.\d+$")  # as many as it takes
    assert {name: found for name, found in other.items() if not lines.search(name)} == {
        name: found for name, found in english.items() if not lines.search(name)
    }


@languages
def test_every_key_of_a_table_is_there(language: Language) -> None:
    assert set(language.screen.notices) == set(get_args(NoticeKind))
    assert set(language.screen.guidance) == {"full", "light", "quiet"}
    assert set(language.journal.why) == set(get_args(Reason))
    assert (len(language.journal.week.days), len(language.journal.week.months)) == (7, 12)
    assert set(language.answers.needs) == set(get_args(Need))
    assert all(language.answers.needs.values())
    assert {phrase.subject for phrase in language.goal_lexicon.phrases} == set(get_args(Subject))
    assert set(language.new_session.kinds) <= set(KINDS)


@languages
def test_the_diary_says_nothing_too_long(language: Language) -> None:
    assert [name for name, text in texts(language.journal) if len(text) > 110] == []


@languages
def test_the_diary_drives_nobody_and_promises_nothing(language: Language) -> None:
    assert [text for _, text in texts(language.journal) if UNWANTED.search(text.lower())] == []


_PARTICLES = (
    "aan|achter|af|bij|dicht|door|heen|langs|los|mee|neer|om|omhoog|omlaag|op|open|over|rond|samen|stil|tegen|terug"
    "|uit|vast|verder|voorbij|voort|vooruit|vrij|weg"
)

_VERBS = "gaan|gaat|komen|lopen|vallen|houden|houdt|laten|nemen|brengen|zetten|strijken|hangen|zakken|draven|wandelen"

_PARTICIPLES = r"ge(?:gaan|komen|lopen|vallen|houden|laten|nomen|bracht|zet|kropen|streken|hangen|zakt|worden)"


def test_separable_verbs_are_one_word_in_dutch() -> None:
    """`opengaan`, `omhooggekropen`: apart only where something comes between, as in `open te gaan`."""
    apart = re.compile(rf"\b(?:{_PARTICLES}) (?:{_VERBS}|{_PARTICIPLES})\b")
    files = [*Path(nl.__file__).parent.glob("*.*"), *library.find_folder().glob("*.yaml")]
    texts = {path.name: path.read_text(encoding="utf-8") for path in files if path.suffix in {".py", ".yaml"}}
    assert "blocks.yaml" in texts
    assert "walk-out.yaml" in texts
    found = [(name, match[0]) for name, text in texts.items() for match in apart.finditer(text)]
    assert found == []
    wrong = "Laat ze open gaan. Ze zijn omhoog gekropen. Hij kan weer verder gaan. Zo weet je hoe het los gaat."
    assert len(apart.findall(wrong)) == 4

"""The diary's words, in every language: complete, and never of what a mindful run is not about."""

import dataclasses
import re
import string
from collections.abc import Iterator, Mapping
from typing import get_args

import pytest

from coach.languages.journal_languages import LANGUAGES, journal_words_in
from coach.languages.journal_words import Reason

UNWANTED = re.compile(r"\b(pace|distance|record|goal|calor|cure|heal|tempo|afstand|doel|genees|moet|must|should)")


def texts(page: object, name: str = "") -> Iterator[tuple[str, str]]:
    """All texts of a page by their names."""
    if isinstance(page, str):
        yield name, page
    elif isinstance(page, Mapping):
        for key, value in page.items():
            yield from texts(value, f"{name}.{key}")
    elif isinstance(page, tuple):
        for index, value in enumerate(page):
            yield from texts(value, f"{name}.{index}")
    elif dataclasses.is_dataclass(page):
        for field in dataclasses.fields(page):
            yield from texts(getattr(page, field.name), f"{name}.{field.name}")


def braces(text: str) -> set[str]:
    return {field for _, field, _, _ in string.Formatter().parse(text) if field}


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_says_the_same_things(language: str) -> None:
    pages = [dict(texts(page)) for page in (journal_words_in("en"), journal_words_in(language))]
    english, other = ({name: braces(text) for name, text in page.items()} for page in pages)
    assert other == english


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_is_left_unsaid_or_said_too_long(language: str) -> None:
    words = journal_words_in(language)
    assert set(words.why) == set(get_args(Reason))
    assert (len(words.week.days), len(words.week.months)) == (7, 12)
    assert [name for name, text in texts(words) if not 0 < len(text) <= 110] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_nobody_is_driven_or_promised_anything(language: str) -> None:
    assert [text for _, text in texts(journal_words_in(language)) if UNWANTED.search(text.lower())] == []


def test_a_language_that_nobody_has_written_yet_is_english() -> None:
    assert journal_words_in("de") is journal_words_in("en")

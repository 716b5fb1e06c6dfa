from dataclasses import fields
from string import Formatter
from typing import get_args

import pytest

from coach.languages.screen_words import DUTCH, ENGLISH, WORDS, NoticeKind, ScreenWords, screen_words_in


def gaps(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name}


@pytest.mark.parametrize("words", WORDS.values(), ids=WORDS)
def test_every_notice_and_every_guidance_has_words(words: ScreenWords) -> None:
    assert set(words.notices) == set(get_args(NoticeKind))
    assert set(words.guidance) == {"full", "light", "quiet"}


def test_both_languages_leave_the_same_gaps() -> None:
    texts = [field.name for field in fields(ScreenWords) if isinstance(getattr(ENGLISH, field.name), str)]
    assert {name: gaps(getattr(DUTCH, name)) for name in texts} == {
        name: gaps(getattr(ENGLISH, name)) for name in texts
    }
    assert {kind: gaps(text) for kind, text in DUTCH.notices.items()} == {
        kind: gaps(text) for kind, text in ENGLISH.notices.items()
    }


def test_a_language_that_nobody_has_written_yet_is_english() -> None:
    assert screen_words_in("fr") is ENGLISH
    assert screen_words_in("nl") is DUTCH

"""Text is words, never commands."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.voices.wording import LONGEST_WORD, speakable


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Laat  je\nschouders\tzakken.", "Laat je schouders zakken."),
        ("one\x00two", "one two"),
        ("[[h@l'oU]] {x}", "h@l'oU x"),
        ("<audio src=x>", "audio src=x"),
        ("een 🙂 lach", "een lach"),
        ("e\u0301e\u0301n", "één"),
        ("so\u00adft", "soft"),
        ("...", ""),
        ("🙂", ""),
        ("nog <3 min> rustig", "nog drie minuten rustig"),
    ],
)
def test_it_keeps_words_alone(text: str, plain: str) -> None:
    assert speakable(text, "nl") == plain


@given(st.text(max_size=300))
def test_it_changes_nothing_the_second_time_and_holds_no_codes(text: str) -> None:
    plain = speakable(text, "de")
    assert speakable(plain, "de") == plain
    assert not set(plain) & set("[]<>{}\x00\n\r")
    assert all(len(word) <= LONGEST_WORD for word in plain.split())

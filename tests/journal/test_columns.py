from hypothesis import given
from hypothesis import strategies as st

from coach.journal.columns import columns, padded, tidy, wrapped


def test_wide_and_combining_letters_take_their_columns() -> None:
    assert [columns(text) for text in ("abc", "走る", "e\u0301", "🏃", "a\u200db")] == [3, 4, 1, 2, 2]


def test_what_is_too_wide_is_cut_with_three_dots() -> None:
    assert (padded("reset-run", 12), padded("reset-run", 8), padded("走る走る", 7)) == (
        "reset-run   ",
        "reset...",
        "走る...",
    )


def test_only_a_word_that_is_too_long_is_broken() -> None:
    assert list(wrapped("one two incomprehensible x", 8)) == ["one two", "incompre", "hensible", "x"]


@given(st.text(), st.integers(min_value=2, max_value=30))
def test_every_line_fits_and_every_letter_is_there(text: str, width: int) -> None:
    lines = list(wrapped(text, width))
    assert all(columns(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(st.text(), st.integers(min_value=5, max_value=30))
def test_padded_text_takes_exactly_its_columns(text: str, width: int) -> None:
    assert columns(padded(tidy(text), width)) == width


@given(st.text())
def test_tidy_text_is_one_line_that_a_terminal_only_shows(text: str) -> None:
    assert all(letter.isprintable() or letter in "\u200c\u200d" for letter in tidy(text))

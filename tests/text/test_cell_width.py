import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from coach.text.cell_width import (
    DOTS,
    cut_to_width,
    fit_to_width,
    measure_character_widths,
    measure_width,
    wrap_and_cut,
    wrap_text,
)
from coach.text.sanitize import clean_text, to_one_line


def test_wide_and_combining_characters_take_their_cells() -> None:
    assert [measure_width(text) for text in ("abc", "走る", "e\u0301", "🏃", "a\u200db")] == [3, 4, 1, 2, 2]


@pytest.mark.parametrize(
    ("text", "widths"),
    [
        ("👩\u200d🚀", [2, 0, 0]),  # joined: one emoji
        ("👋🏽", [2, 0]),  # with a skin tone
        ("☀\ufe0f", [1, 1]),  # as an emoji instead of a sign
        ("\u1112\u1161\u11ab", [2, 0, 0]),  # one Korean syllable from three letters
        ("क्\u200dष", [1, 0, 0, 1]),  # a joiner between letters joins no cells
    ],
)
def test_sequences_take_the_cells_of_what_is_shown(text: str, widths: list[int]) -> None:
    assert list(measure_character_widths(text)) == widths


def test_text_too_wide_is_cut_with_three_dots() -> None:
    assert (
        fit_to_width("reset-run", 12, ellipsis=DOTS),
        fit_to_width("reset-run", 8, ellipsis=DOTS),
        fit_to_width("走る走る", 7, ellipsis=DOTS),
    ) == (
        "reset-run   ",
        "reset...",
        "走る...",
    )


def test_only_a_word_that_is_too_long_is_broken() -> None:
    assert list(wrap_text("one two incomprehensible x", 8)) == ["one two", "incompre", "hensible", "x"]


@given(st.text(), st.integers(min_value=2, max_value=30))
def test_every_line_fits_and_every_letter_is_there(text: str, width: int) -> None:
    lines = list(wrap_text(text, width))
    assert all(measure_width(line) <= width for line in lines)
    assert "".join("".join(lines).split()) == "".join(text.split())


@given(st.text(), st.integers(min_value=5, max_value=30))
def test_padded_text_takes_exactly_its_cells(text: str, width: int) -> None:
    assert measure_width(fit_to_width(to_one_line(text), width, ellipsis=DOTS)) == width


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("  twee\r\n regels ", "twee regels"),
        ("nul\0 en piep\x07", "nul en piep"),
        ("half \ud83d teken", "half teken"),
        ("één & <b> 🙂", "één & <b> 🙂"),
        ("a\u2028b\x85c", "a b c"),
        ("Run\x1b[31m\n é \u202e🎧 ", "Run[31m é 🎧"),
        ("👩\u200d🚀", "👩\u200d🚀"),
    ],
)
def test_text_becomes_one_line_without_control_characters(text: str, line: str) -> None:
    assert to_one_line(text) == line


@given(st.text())
def test_one_line_text_has_no_control_characters(text: str) -> None:
    assert all(letter.isprintable() or letter in "\u200c\u200d" for letter in to_one_line(text))


ANY_TEXT = st.text(st.characters(), max_size=120)


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Adem  rustig\n\tuit.", "Adem rustig uit."),
        ("[bold]luid[/]", "[bold]luid[/]"),
        ("\x1b[31mrood\x07", "\N{REPLACEMENT CHARACTER}[31mrood\N{REPLACEMENT CHARACTER}"),
        ("e\N{COMBINING ACUTE ACCENT}e\N{COMBINING ACUTE ACCENT}n", "één"),
        ("\N{RIGHT-TO-LEFT OVERRIDE}abc", "abc"),
        ("a\N{ZERO WIDTH JOINER}b", "ab"),
        ("\N{REGIONAL INDICATOR SYMBOL LETTER N}\N{REGIONAL INDICATOR SYMBOL LETTER L}", "NL"),
        ("\N{WAVING HAND SIGN}\N{EMOJI MODIFIER FITZPATRICK TYPE-4}", "\N{WAVING HAND SIGN}"),
        ("x" + "\N{COMBINING ACUTE ACCENT}" * 3, "x\N{COMBINING ACUTE ACCENT}"),
        ("\N{COMBINING ACUTE ACCENT}x", "x"),
        ("שלום 深呼吸", "שלום 深呼吸"),
        ("   ", ""),
    ],
)
def test_cleaned_text_has_no_control_characters(text: str, shown: str) -> None:
    assert clean_text(text) == shown


@given(ANY_TEXT)
@settings(deadline=None, max_examples=200)
def test_cleaned_text_is_inert_and_its_width_is_known(text: str) -> None:
    shown = clean_text(text)
    assert not {unicodedata.category(character) for character in shown} & {"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"}
    assert measure_width(shown) == cell_len(shown)
    assert clean_text(shown) == shown


def test_wide_characters_take_two_cells() -> None:
    assert measure_width("深呼吸") == 6
    assert fit_to_width("深呼吸", 6) == "深呼吸"
    assert fit_to_width("深呼吸", 5) == "深呼…"
    assert fit_to_width("深呼吸", 4) == "深… "


@pytest.mark.parametrize(
    ("width", "shown"), [(12, "rustig lopen"), (11, "rustig lop…"), (8, "rustig…"), (1, "…"), (0, "")]
)
def test_a_text_too_wide_ends_in_an_ellipsis(width: int, shown: str) -> None:
    assert cut_to_width("rustig lopen", width) == shown


def test_words_wrap_between_words_and_only_too_long_ones_are_broken() -> None:
    assert wrap_and_cut("Voel de grond onder je.", 10, 5) == ("Voel de", "grond", "onder je.")
    assert wrap_and_cut("Aaaaandacht nu", 5, 5) == ("Aaaaa", "ndach", "t nu")


def test_lines_that_do_not_fit_are_cut() -> None:
    assert wrap_and_cut("Voel de grond onder je.", 10, 2) == ("Voel de", "grond…")
    assert wrap_and_cut("Voel de grond onder je.", 10, 0) == ()


@given(ANY_TEXT, st.integers(0, 40), st.integers(0, 5))
@settings(deadline=None, max_examples=200)
def test_lines_are_never_wider_or_more_than_there_is_room_for(text: str, width: int, most_lines: int) -> None:
    lines = wrap_and_cut(clean_text(text), width, most_lines)
    assert len(lines) <= most_lines
    assert all(cell_len(line) <= width for line in lines)
    assert cell_len(fit_to_width(clean_text(text), width)) == width

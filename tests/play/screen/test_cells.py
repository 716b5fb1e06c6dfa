import unicodedata

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.cells import cell_len

from coach.play.screen.cells import clean, cut, fitted, width_of, wrapped

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
def test_a_text_is_shown_for_what_it_is_and_commands_nothing(text: str, shown: str) -> None:
    assert clean(text) == shown


@given(ANY_TEXT)
@settings(deadline=None, max_examples=200)
def test_nothing_in_a_clean_text_controls_a_terminal_and_its_width_is_known(text: str) -> None:
    shown = clean(text)
    assert not {unicodedata.category(character) for character in shown} & {"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"}
    assert width_of(shown) == cell_len(shown)
    assert clean(shown) == shown


def test_wide_characters_take_two_cells() -> None:
    assert width_of("深呼吸") == 6
    assert fitted("深呼吸", 6) == "深呼吸"
    assert fitted("深呼吸", 5) == "深呼…"
    assert fitted("深呼吸", 4) == "深… "


@pytest.mark.parametrize(
    ("width", "shown"), [(12, "rustig lopen"), (11, "rustig lop…"), (8, "rustig…"), (1, "…"), (0, "")]
)
def test_what_does_not_fit_ends_in_an_ellipsis(width: int, shown: str) -> None:
    assert cut("rustig lopen", width) == shown


def test_words_wrap_between_words_and_only_too_long_ones_are_broken() -> None:
    assert wrapped("Voel de grond onder je.", 10, 5) == ("Voel de", "grond", "onder je.")
    assert wrapped("Aaaaandacht nu", 5, 5) == ("Aaaaa", "ndach", "t nu")


def test_lines_that_do_not_fit_are_cut() -> None:
    assert wrapped("Voel de grond onder je.", 10, 2) == ("Voel de", "grond…")
    assert wrapped("Voel de grond onder je.", 10, 0) == ()


@given(ANY_TEXT, st.integers(0, 40), st.integers(0, 5))
@settings(deadline=None, max_examples=200)
def test_lines_are_never_wider_or_more_than_there_is_room_for(text: str, width: int, most_lines: int) -> None:
    lines = wrapped(clean(text), width, most_lines)
    assert len(lines) <= most_lines
    assert all(cell_len(line) <= width for line in lines)
    assert cell_len(fitted(clean(text), width)) == width

import string

import pytest
from screen_snapshots import plain

from coach.play.screen.big_font import GLYPHS, HEIGHT, count_rows, draw_letters


def drawn(text: str, scale: int = 1) -> str:
    return plain(list(draw_letters(text, scale) or ()))


def test_letters_are_drawn_in_half_blocks() -> None:
    assert drawn("Adem") == (
        " ▄▄  ▄▄▄  ▄▄▄▄ ▄   ▄\n"
        "█▄▄█ █  █ █▄▄  █▀▄▀█\n"
        "█  █ █▄▄▀ █▄▄▄ █   █\n"
    )  # fmt: skip


def test_digits_twice_as_large_have_square_pixels_of_two_cells() -> None:
    assert drawn("4:1", 2) == (
        "██    ██        ██\n"
        "██    ██  ██  ████\n"
        "████████        ██\n"
        "      ██  ██    ██\n"
        "      ██      ██████\n"
    )  # fmt: skip


def test_accents_stand_above_their_letters() -> None:
    assert drawn("Één") == (
        "▄▄█▄ ▄▄█▄ ▄  ▄\n"
        "█▄▄  █▄▄  █▀▄█\n"
        "█▄▄▄ █▄▄▄ █  █\n"
    )  # fmt: skip


@pytest.mark.parametrize("text", ["深呼吸", "Stil \N{LEAF FLUTTERING IN WIND}", "a@b", ""])
def test_text_without_big_glyphs_is_left_plain(text: str) -> None:
    assert draw_letters(text) is None


@pytest.mark.parametrize("text", [string.ascii_letters, string.digits, "éèêëïíóöüûåñçž", "Rek, en 't is klaar! (1/2)"])
def test_languages_around_dutch_have_all_their_letters(text: str) -> None:
    assert draw_letters(text) is not None


@pytest.mark.parametrize("glyph", GLYPHS)
def test_every_glyph_is_five_lines_of_one_width(glyph: str) -> None:
    shape = GLYPHS[glyph]
    assert len(shape) == HEIGHT
    assert {len(line) for line in shape} == {len(shape[0])}
    assert set("".join(shape)) <= {"#", "."}


def test_no_two_glyphs_look_the_same_but_o_and_zero() -> None:
    shapes = [shape for glyph, shape in GLYPHS.items() if glyph != "O"]
    assert len(set(shapes)) == len(shapes)


@pytest.mark.parametrize("scale", [1, 2, 3, 4])
def test_the_rows_that_letters_take_are_known_beforehand(scale: int) -> None:
    assert len(draw_letters("0:12", scale) or ()) == count_rows(scale)

import pytest
from PIL import Image, ImageFont

from coach.charts.png import KNOWN, Letter, draw_text, drawn_width, drop_undrawable, font, letters_of
from coach.charts.text_metrics import WrappedTitle, shorten_label, text_width, wrap_title
from coach.text.sanitize import to_one_line

SENTENCES = [
    "Fijn dat je er bent. Blijf nog even staan, met beide voeten op de grond.",
    "How tense are you, from one to ten?",
    "WAAROM MMM www",
    "0:00 12:34 158",
]


def drawn(text: str, *, bold: bool = False) -> Image.Image:
    canvas = Image.new("RGB", (400, 120), "#ffffff")
    draw_text(canvas, (20, 90), text, size=60.0, colour="#000000", anchor="start", bold=bold)
    return canvas


def four_wide(text: str, size: float) -> float:
    """A font in which every letter is as wide as it is high."""
    return len(text) * size


@pytest.mark.parametrize("sentence", SENTENCES)
def test_the_estimated_width_is_slightly_above_the_drawn_one(sentence: str) -> None:
    assert drawn_width(sentence, 20.0) <= text_width(sentence, 20.0) <= 1.5 * drawn_width(sentence, 20.0)


def test_clean_text_is_one_line_without_what_cannot_be_seen() -> None:
    assert to_one_line("  a\n\t b\x00\x07\u202e\ufffe\u00ad c é 🏃 ") == "a b c é 🏃"


def test_text_is_shortened_by_words_then_by_letters() -> None:
    def fits(most: int) -> str:
        return shorten_label("Breathe out, softly", lambda text: len(text) <= most)

    assert [fits(most) for most in (19, 18, 12, 5, 1, 0)] == [
        "Breathe out, softly",
        "Breathe out…",
        "Breathe out…",
        "Brea…",
        "",
        "",
    ]


@pytest.mark.parametrize("text", ["é", "ë", "ï", "í", "ö", "ü", "á", "è", "ê", "ç", "ñ", "É", "Ë", "å", "ī", "č"])
def test_accents_are_drawn(text: str) -> None:
    (letter,) = letters_of(text)
    assert drawn(text).tobytes() != drawn(letter.plain).tobytes()


@pytest.mark.parametrize("text", ["é", "É", "ï", "Ï"])
def test_an_accent_stands_clear_of_its_letter(text: str) -> None:
    grey = drawn(text).convert("L")
    dark_rows = [grey.crop((0, row, 400, row + 1)).histogram()[:128] != [0] * 128 for row in range(120)]
    strokes = sum(now and not before for before, now in zip([False, *dark_rows], dark_rows, strict=False))
    assert strokes == 2


def test_the_font_has_every_letter_it_is_said_to_know() -> None:
    large = font(40.0)
    unknown = bytes(large.getmask("\uffff"))
    assert [letter for letter in sorted(KNOWN) if bytes(large.getmask(letter)) == unknown] == []


def test_unknown_characters_are_replaced_or_left_out() -> None:
    assert drop_undrawable("Rust \u2013 één 🏃 straße → €5") == "Rust - één strasse \u203a EUR5"
    assert letters_of("e\u0301x") == (Letter(plain="e", marks="\u0301"), Letter(plain="x"))
    assert letters_of("\u0301") == ()


def test_bold_is_darker() -> None:
    def darkness(image: Image.Image) -> int:
        return sum((255 - grey) * count for grey, count in enumerate(image.convert("L").histogram()))

    assert darkness(drawn("Rust", bold=True)) > 1.1 * darkness(drawn("Rust"))


def test_the_font_is_the_same_on_every_machine() -> None:
    assert font(20.0).layout_engine == ImageFont.Layout.BASIC


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("ab cd", WrappedTitle(lines=("ab", "cd"), size=10.0)),
        ("ab cd ef", WrappedTitle(lines=("ab cd", "ef"), size=8.0)),
        ("abcdefgh ij", WrappedTitle(lines=("abcde", "fgh", "ij"), size=8.0)),
        ("abcdefghijklmnopqrstuvwxyz", WrappedTitle(lines=("abcde", "fghij", "klmn…"), size=8.0)),
        ("", WrappedTitle(lines=(), size=10.0)),
    ],
)
def test_a_title_takes_the_largest_size_it_fits_in(text: str, expected: WrappedTitle) -> None:
    assert wrap_title(text, width=40.0, fits=((10.0, 2), (8.0, 3)), width_of=four_wide) == expected

import itertools
from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageFont

from coach.charts.chart_scale import LabelRequest, LabelRows, place_labels
from coach.charts.png import KNOWN, Letter, draw_text, drop_undrawable, load_font, measure_drawn_width, split_letters
from coach.charts.shapes import Label, Polyline
from coach.charts.text_metrics import WrappedTitle, estimate_text_width, shorten_label, wrap_title
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
    assert (
        measure_drawn_width(sentence, 20.0)
        <= estimate_text_width(sentence, 20.0)
        <= 1.5 * measure_drawn_width(sentence, 20.0)
    )


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
    (letter,) = split_letters(text)
    assert drawn(text).tobytes() != drawn(letter.plain).tobytes()


@pytest.mark.parametrize("text", ["é", "É", "ï", "Ï"])
def test_an_accent_stands_clear_of_its_letter(text: str) -> None:
    grey = drawn(text).convert("L")
    dark_rows = [grey.crop((0, row, 400, row + 1)).histogram()[:128] != [0] * 128 for row in range(120)]
    strokes = sum(now and not before for before, now in zip([False, *dark_rows], dark_rows, strict=False))
    assert strokes == 2


def test_the_font_has_every_letter_it_is_said_to_know() -> None:
    large = load_font(40.0)
    unknown = bytes(large.getmask("\uffff"))
    assert [letter for letter in sorted(KNOWN) if bytes(large.getmask(letter)) == unknown] == []


def test_unknown_characters_are_replaced_or_left_out() -> None:
    assert drop_undrawable("Rust \u2013 één 🏃 straße → €5") == "Rust - één strasse \u203a EUR5"
    assert split_letters("e\u0301x") == (Letter(plain="e", marks="\u0301"), Letter(plain="x"))
    assert split_letters("\u0301") == ()


def test_bold_is_darker() -> None:
    def darkness(image: Image.Image) -> int:
        return sum((255 - grey) * count for grey, count in enumerate(image.convert("L").histogram()))

    assert darkness(drawn("Rust", bold=True)) > 1.1 * darkness(drawn("Rust"))


def test_the_font_is_the_same_on_every_machine() -> None:
    assert load_font(20.0).layout_engine == ImageFont.Layout.BASIC


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


ROWS = LabelRows(baselines=(134.0, 119.0, 104.0), foot_y=142.0, size=12.0)
PLACES = st.floats(min_value=40.0, max_value=1160.0)
WORDS = st.text(alphabet="abc déW", min_size=1, max_size=60).map(str.strip).filter(bool)


def request(x: float, text: str) -> LabelRequest:
    return LabelRequest(x=x, text=text, least_width=90.0, leader_ink="hair", text_ink="ink")


def place(*requests: LabelRequest) -> list[tuple[float, str, float]]:
    """Where each pole stands, what it bears, and at what height; left to right."""
    shapes = list(place_labels(requests, ROWS))
    pairs = zip(shapes[::2], shapes[1::2], strict=True)
    return sorted(
        (pole.paths[0][0][0], label.text, label.at[1])
        for pole, label in pairs
        if isinstance(pole, Polyline) and isinstance(label, Label)
    )


def test_a_label_with_room_is_low_and_whole() -> None:
    assert place(request(300.0, "Feel your feet on the ground.")) == [(300.0, "Feel your feet on the ground.", 134.0)]


def test_a_label_that_would_reach_the_next_leader_is_placed_higher() -> None:
    assert place(request(300.0, "Feel your feet."), request(340.0, "And your hands.")) == [
        (300.0, "Feel your feet.", 119.0),
        (340.0, "And your hands.", 134.0),
    ]


def test_the_first_labels_stay_where_not_all_fit() -> None:
    crowded = [request(300.0 + 12.0 * nth, f"Sentence {nth}") for nth in range(5)]
    assert [text for _, text, _ in place(*crowded)] == ["Sentence 0", "Sentence 1", "Sentence 2"]
    assert [text for _, text, _ in place(*reversed(crowded))] == ["Sentence 2", "Sentence 3", "Sentence 4"]


def test_a_label_at_the_right_edge_is_left_of_its_leader() -> None:
    _, label = place_labels([request(1150.0, "What feels lighter than before?")], ROWS)
    assert isinstance(label, Label)
    assert (label.anchor, label.at) == ("end", (1146.0, 104.0))


def test_a_label_without_room_on_the_right_may_be_on_the_left() -> None:
    requests = [request(1050.0, "Walking out"), request(1100.0, "Stretching"), request(1150.0, "Afterwards")]
    assert len(list(place_labels(requests, ROWS))) == 4
    shapes = place_labels(requests, replace(ROWS, both_sides=True))
    labels = [(shape.text, shape.anchor) for shape in shapes if isinstance(shape, Label)]
    assert labels == [("Afterwards", "end"), ("Stretching", "end"), ("Walking out", "end")]


def test_a_long_label_is_shortened_at_a_space() -> None:
    long = "Breathe in for three steps, and out for three, and go on like that for a while."
    assert place(request(300.0, long)) == [(300.0, "Breathe in for three steps, and out…", 134.0)]


@settings(deadline=None, max_examples=80)
@given(st.lists(st.builds(request, PLACES, WORDS), max_size=12), st.booleans())
def test_no_leader_and_no_label_crosses_another_label(requests: list[LabelRequest], both_sides: bool) -> None:  # noqa: FBT001 - drawn
    shapes = list(place_labels(requests, replace(ROWS, both_sides=both_sides)))
    labels = [shape for shape in shapes if isinstance(shape, Label)]
    assert not any(one.box.meets(other.box) for one, other in itertools.combinations(labels, 2))
    assert not any(pole.box.meets(label.box) for pole in shapes if isinstance(pole, Polyline) for label in labels)

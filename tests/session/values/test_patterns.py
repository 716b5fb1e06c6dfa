"""What editors are told of small values is what the coach reads: never stricter, laxer only where a table says so."""

import re
from collections.abc import Callable

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coach.session import inline_markup
from coach.session.values import fields, patterns, scalars
from coach.session.values.file_path import _refuse_hostile, is_audio
from coach.session.values.scalars import ScalarError
from coach.units import seconds_to_text

# What takes a sum, or a comparison of two sums.
UNSEEN = {"too-long", "backwards-span"}

READERS: dict[str, tuple[Callable[[str], object], list[str]]] = {
    "TIME": (scalars.lasting, ["h", "m", "s", "0", "5", "59", "60", "12", ":", ".", "-", " ", "90s", "3m", "1:30"]),
    "LASTS": (scalars.span, ["..", ".", " ", "0s", "3m", "90s", "1h5m", "3:30", "0", "-", "0:00"]),
    "AFTER": (scalars.time, ["h", "m", "s", "0", "5", "59", "60", ":", ".", "-", " "]),
    "EVERY": (fields._period, ["h", "m", "s", "0", "9", "10", "0:", "00:", ":", ".", " ", "9.9s", "10s"]),
    "AT": (scalars.at, ["-", "%", " ", "0", "5", "40", "100", "101", ".", "s", "m", "1:30"]),
    "SWITCH": (scalars.switch, ["on", "Off", "ON", "yes", " ", "0s", "90s", "3m", "1", "5"]),
    "CADENCE": (
        scalars.ramp,
        ["->", " -> ", "→", "+", "-", "0", "60", "59", "158", "220", "221", "160", ".", " ", "5"],
    ),
    "BREATH": (scalars.breath, ["in", "OUT", "/", "-", " ", "3", "12", "13", "0", "none", "3 in / 3 out"]),
    "COUNT": (scalars.whole, ["0", "1", "9", "-", ".", " "]),
    "FORMAT": (fields._version, ["1", " ", "0", "2", "."]),
    "MARKED": (
        inline_markup.parse_markup,
        ["[", "]", "{", "}", "\\", "in", "[in]", "[2s]", "[ 1m ]", "[0s]", "[1:30]", "{name}", "a", " ", "é", "_", "7"],
    ),
}


def sees(pattern: str, text: str) -> bool:
    return re.search(pattern, text) is not None


def verdict(read: Callable[[str], object], text: str) -> str | None:
    """The code of what is wrong with a text, or None."""
    try:
        read(text)
    except ScalarError as error:
        return error.code
    return None


@pytest.mark.parametrize("name", READERS)
@settings(deadline=None, max_examples=400)
@given(data=st.data())
def test_a_pattern_agrees_with_the_reader(name: str, data: st.DataObject) -> None:
    read, pieces = READERS[name]
    text = "".join(data.draw(st.lists(st.sampled_from(pieces), max_size=7)))
    code = verdict(read, text)
    if code not in UNSEEN:
        assert sees(getattr(patterns, name), text) == (code is None), (text, code)


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("TIME", "1h60m"),
        ("TIME", "500h"),
        ("TIME", "1.5m"),
        ("TIME", "1:5"),
        ("LASTS", "3-5m"),
        ("LASTS", "3m..0s"),
        ("EVERY", "0m9.5s"),
        ("EVERY", "0:09"),
        ("AT", "-40%"),
        ("SWITCH", "true"),
        ("CADENCE", "59 -> 160"),
        ("CADENCE", "+161"),
        ("STEADY_CADENCE", "+6"),
        ("STEADY_CADENCE", "150 -> 160"),
        ("BREATH", "3/13"),
        ("NAME", "2nd"),
        ("NAME", "first name"),
        ("SOMETHING", " \n "),
        ("MARKED", "Adem [je] rustig?"),
        ("MARKED", "[5]"),
        ("MARKED", "{ name }"),
    ],
)
def test_what_is_wrong_is_seen(name: str, text: str) -> None:
    assert not sees(getattr(patterns, name), text)


@settings(deadline=None, max_examples=300)
@given(
    text=st.lists(st.sampled_from(["a", "é", "ß", "_", "ß", "7", " ", "-", ".", "名", "!"]), max_size=5).map("".join)
)
def test_names_are_names(text: str) -> None:
    assert sees(patterns.NAME, text) == inline_markup.is_identifier(text)


PATHS = st.lists(
    st.sampled_from(["a", "b", ":", "/", "\\", "~", "-", "..", ".", " ", "wav", ".WAV", ".ogg", "\0", "http", "é"]),
    max_size=6,
).map("".join)


@settings(deadline=None, max_examples=400)
@given(written=PATHS)
@example(written="C:x")
@example(written="voice.wav")
def test_a_hostile_path_is_seen(written: str) -> None:
    fine = verdict(_refuse_hostile, written) is None
    assert sees(patterns.FILE, written) == fine
    assert sees(patterns.AUDIO_FILE, written) == (fine and is_audio(written))


@settings(deadline=None, max_examples=200)
@given(seconds=st.integers(1, 43_200))
def test_every_time_that_the_coach_writes_is_one_that_editors_take(seconds: int) -> None:
    written = seconds_to_text(seconds)
    assert sees(patterns.TIME, written)
    assert sees(patterns.LASTS, f"{written}..12h")

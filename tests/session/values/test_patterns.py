"""Patterns for editors against what the coach reads: never stricter, laxer only where a table says so."""

import re
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from coach.session import inline_markup
from coach.session.values.breath import BREATH
from coach.session.values.cadence import CADENCE, STEADY_CADENCE
from coach.session.values.cue_place import CUE_AT, CUE_EVERY
from coach.session.values.duration import DURATION, SPAN, SWITCH
from coach.session.values.file_path import AUDIO_FILE_PATTERN, FILE_PATH, is_audio
from coach.session.values.marked_text import MARKED_TEXT, NAME_PATTERN, SOMETHING_PATTERN
from coach.session.values.value_kind import ScalarError, ValueKind
from coach.units import seconds_to_text


def sees(pattern: str, text: str) -> bool:
    return re.search(pattern, text) is not None


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        (DURATION, "1h60m"),
        (DURATION, "500h"),
        (DURATION, "1.5m"),
        (DURATION, "1:5"),
        (SPAN, "3-5m"),
        (SPAN, "3m..0s"),
        (CUE_EVERY, "0m9.5s"),
        (CUE_EVERY, "0:09"),
        (CUE_AT, "-40%"),
        (SWITCH, "true"),
        (CADENCE, "59 -> 160"),
        (CADENCE, "+161"),
        (STEADY_CADENCE, "+6"),
        (STEADY_CADENCE, "150 -> 160"),
        (BREATH, "3/13"),
        (MARKED_TEXT, "Adem [je] rustig?"),
        (MARKED_TEXT, "[5]"),
        (MARKED_TEXT, "{ name }"),
    ],
)
def test_the_pattern_refuses_an_invalid_value(kind: ValueKind[Any], text: str) -> None:
    assert not sees(kind.pattern, text)


@pytest.mark.parametrize(
    ("pattern", "text"), [(NAME_PATTERN, "2nd"), (NAME_PATTERN, "first name"), (SOMETHING_PATTERN, " \n ")]
)
def test_the_pattern_refuses_an_invalid_name(pattern: str, text: str) -> None:
    assert not sees(pattern, text)


@settings(deadline=None, max_examples=300)
@given(
    text=st.lists(st.sampled_from(["a", "é", "ß", "_", "ß", "7", " ", "-", ".", "名", "!"]), max_size=5).map("".join)
)
def test_names_are_names(text: str) -> None:
    assert sees(NAME_PATTERN, text) == inline_markup.is_identifier(text)


PATHS = st.lists(
    st.sampled_from(["a", "b", ":", "/", "\\", "~", "-", "..", ".", " ", "wav", ".WAV", ".ogg", "\0", "http", "é"]),
    max_size=6,
).map("".join)


@settings(deadline=None, max_examples=400)
@given(written=PATHS)
@example(written="C:x")
@example(written="voice.wav")
def test_a_hostile_path_is_seen(written: str) -> None:
    try:
        fine = bool(FILE_PATH.parse(written))
    except ScalarError:
        fine = False
    assert sees(FILE_PATH.pattern, written) == fine
    assert sees(AUDIO_FILE_PATTERN, written) == (fine and is_audio(written))


@settings(deadline=None, max_examples=200)
@given(seconds=st.integers(1, 43_200))
def test_every_time_that_the_coach_writes_is_one_that_editors_take(seconds: int) -> None:
    written = seconds_to_text(seconds)
    assert sees(DURATION.pattern, written)
    assert sees(SPAN.pattern, f"{written}..12h")

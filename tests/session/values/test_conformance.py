"""Conformance of every kind of value: parsed, formatted, repaired, and described to editors."""

import re
from collections.abc import Iterator
from importlib import import_module
from pkgutil import iter_modules
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from coach.session import values
from coach.session.values.sound import Sound
from coach.session.values.value_kind import ScalarError, ValueKind
from coach.session.values.word_choice import WordChoice, make_language_choice, make_part_choice


def find_kinds() -> Iterator[ValueKind[Any]]:
    """Find each kind of value in the module that defines its class: to add one, its file is enough."""
    for found in iter_modules(values.__path__, f"{values.__name__}."):
        for each in vars(import_module(found.name)).values():
            if isinstance(each, ValueKind) and type(each).__module__ == found.name:
                yield each


KINDS = tuple(find_kinds())

# Those that need names of sounds, parts or languages.
MADE: tuple[ValueKind[Any], ...] = (
    Sound("bell", {"bowl": "A bowl.", "gong": "A gong."}),
    make_part_choice(("hips", "back")),
    make_language_choice({"nl": "Nederlands", "en": "English"}),
)

# What takes a sum, or a comparison of two sums, no pattern sees.
UNSEEN = {"too-long", "backwards-span"}

_PIECES = r"""
0 1 2 3 5 9 10 12 40 59 60 90 100 158 160 220 221 - + . .. : 1:30 s m h % / \ in OUT -> → on None sec min to 90s 3m
1h5m 9.9s 0: [ ] { } [2s] [in] {name} é _ ~ .wav x
"""
PIECES = [" ", *_PIECES.split()]

WAYS_TO_NAME = ("write {}", "write a unit: {}", "write a span as {}", "did you mean '{}'?")

every_kind = pytest.mark.parametrize("kind", [*KINDS, *MADE], ids=lambda kind: type(kind).__name__)


@st.composite
def texts_for(draw: st.DrawFn, kind: ValueKind[Any]) -> str:
    """Texts that are values of a kind, or nearly so, or not at all."""
    examples = [str(example) for example in kind.examples]
    pieces = [piece for example in examples for piece in re.findall(r"\w+|\W", example)]
    parts = st.sampled_from([*examples, *pieces]) | st.sampled_from(PIECES)
    return "".join(draw(st.lists(parts, max_size=7)))


def find_error(kind: ValueKind[Any], text: str) -> ScalarError | None:
    try:
        kind.parse(text)
    except ScalarError as error:
        return error
    return None


@every_kind
def test_its_examples_are_values(kind: ValueKind[Any]) -> None:
    validator = Draft7Validator(kind.to_json_schema())
    assert kind.examples
    for example in kind.examples:
        assert find_error(kind, str(example)) is None
        assert validator.is_valid(example)
    assert kind.describe_expected().startswith((f"expected {kind.name}: ", "the session's"))


@every_kind
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_any_text_is_a_value_or_is_refused_with_a_way_out(kind: ValueKind[Any], data: st.DataObject) -> None:
    error = find_error(kind, data.draw(texts_for(kind) | st.text(max_size=30)))
    assert error is None or (error.code and error.message and error.help)


@every_kind
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_its_schema_takes_what_it_takes_and_refuses_what_it_refuses(kind: ValueKind[Any], data: st.DataObject) -> None:
    text = data.draw(texts_for(kind))
    error = find_error(kind, text)
    if error is None or error.code not in UNSEEN:
        assert Draft7Validator(kind.to_json_schema()).is_valid(text) == (error is None), (text, error)


@every_kind
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_a_value_is_written_in_one_way_and_read_as_the_same(kind: ValueKind[Any], data: st.DataObject) -> None:
    text = data.draw(texts_for(kind))
    rewritten = kind.rewrite(text)
    assert kind.rewrite(rewritten) == rewritten
    if find_error(kind, text) is not None:
        assert rewritten == text
        return
    assert kind.parse(rewritten) == kind.parse(text)
    formatted = kind.format(kind.parse(rewritten))
    assert kind.format(kind.parse(formatted)) == formatted


@every_kind
@settings(deadline=None, max_examples=60)
@given(data=st.data())
def test_the_help_names_exactly_what_the_fix_writes(kind: ValueKind[Any], data: st.DataObject) -> None:
    text = data.draw(texts_for(kind))
    corrected = kind.correct(text)
    assert corrected is None or find_error(kind, corrected) is None
    error = find_error(kind, text)
    if error is None:
        return
    assert corrected is None or error.instead == corrected
    if error.instead:
        assert find_error(kind, error.instead) is None
        assert error.help in [way.format(error.instead) for way in WAYS_TO_NAME]


def test_every_kind_is_found() -> None:
    assert [type(kind).__name__ for kind in KINDS] == [
        *(
            "BreathKind",
            "Cadence",
            "SteadyCadence",
            "CueAt",
            "CueAfter",
            "CueEvery",
            "Duration",
            "Duration",
            "Duration",
        ),
        *("SpanKind", "Switch", "FilePath", "MarkedText", "Pronunciation", "PhoneticText", "Decibels"),
        *("Count", "TimesKind", "TrackNumber", "Year", "FormatVersion", "WordChoice", "WordChoice", "WordChoice"),
    ]


def test_a_choice_of_nothing_has_no_advice() -> None:
    assert WordChoice("bell", {}).advice == ""

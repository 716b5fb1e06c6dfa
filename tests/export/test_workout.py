"""Workouts as other programs read them: Garmin's own reader, an XML parser, and the rules of intervals.icu."""

import re
from itertools import pairwise
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import timeline_builders
from garmin_fit_sdk import Decoder, Stream
from hypothesis import given
from hypothesis import strategies as st

from coach.export.fit_workout import LONGEST_NOTES_BYTES, cut_to_bytes, make_fit
from coach.export.intervals_workout import make_intervals_text, protect
from coach.export.workout import WORKOUT_FORMATS, Workout, load_formats, make_workout
from coach.export.zwift_workout import make_zwo
from coach.session.values.duration import DURATION
from coach.timeline.timeline import Timeline

NAME = "Één 🌲 <b> & 3x 5m"


def many(count: int) -> Timeline:
    blocks = [timeline_builders.planned("easy", n, n + 1.0, title=NAME) for n in range(count)]
    said = [timeline_builders.speech("Loop " + "heel " * 90 + "rustig.", n + 0.7, block=n) for n in range(count)]
    return timeline_builders.timeline(NAME, blocks, said)


def read_fit(data: bytes) -> dict[str, Any]:
    decoder = Decoder(Stream.from_byte_array(bytearray(data)))
    assert decoder.check_integrity()
    messages, errors = Decoder(Stream.from_byte_array(bytearray(data))).read()
    assert errors == []
    return dict(messages)


def durations_of(text: str) -> list[float]:
    """The seconds of each step: of its time, which stands at the end of its line, before the cadence."""
    lines = [line.split() for line in text.splitlines() if line.startswith("- ")]
    return [DURATION.parse(words[-2] if words[-1].endswith("rpm") else words[-1]) for words in lines]


def test_garmin_reads_a_step_for_each_block() -> None:
    read = read_fit(make_fit(make_workout(timeline_builders.reset_run("nl"))))
    (identity,), (workout,) = read["file_id_mesgs"], read["workout_mesgs"]
    assert (identity["type"], identity["manufacturer"]) == ("workout", "development")
    steps = read["workout_step_mesgs"]
    assert (workout["sport"], workout["wkt_name"], workout["num_valid_steps"]) == ("running", "Korte reset-run", 9)
    assert [step["duration_time"] for step in steps] == [lasts_s for _, lasts_s, _, _ in timeline_builders.PLAN]
    assert [step["wkt_step_name"] for step in steps] == [
        timeline_builders.DUTCH[kind][0] for kind, *_ in timeline_builders.PLAN
    ]
    assert [step["intensity"] for step in steps][:3] == ["rest", "warmup", "active"]
    assert (steps[0]["target_type"], steps[1]["target_type"]) == ("open", "cadence")
    assert (steps[1]["custom_target_cadence_low"], steps[1]["custom_target_cadence_high"]) == (53, 82)
    assert steps[2]["notes"] == "Adem drie stappen in, en drie stappen uit. Laat je adem nu zijn eigen weg gaan."


def test_the_same_session_is_the_same_workout_and_another_has_another_number() -> None:
    one, two = (make_fit(make_workout(timeline_builders.reset_run(language))) for language in ("nl", "en"))
    assert one == make_fit(make_workout(timeline_builders.reset_run("nl")))
    assert read_fit(one)["file_id_mesgs"][0]["serial_number"] != read_fit(two)["file_id_mesgs"][0]["serial_number"]


def test_three_hundred_steps_of_a_second_with_any_name_and_long_words() -> None:
    workout = make_workout(many(300))
    steps = read_fit(make_fit(workout))["workout_step_mesgs"]
    assert [step["duration_time"] for step in steps] == [1.0] * 300
    assert {step["wkt_step_name"] for step in steps} == {NAME}
    lengths = {len(step["notes"].encode()) for step in steps}
    assert LONGEST_NOTES_BYTES - 6 < min(lengths) <= max(lengths) <= LONGEST_NOTES_BYTES
    zwo = ET.fromstring(make_zwo(workout))  # noqa: S314 - our own
    assert [run.get("Duration") for run in zwo.iterfind("workout/FreeRide")] == ["1"] * 300
    assert zwo.findtext("name") == NAME
    assert durations_of(make_intervals_text(workout).decode()) == [1] * 300


def test_zwift_shows_each_name_and_each_sentence_within_its_step() -> None:
    zwo = ET.fromstring(make_zwo(make_workout(timeline_builders.reset_run("nl"))))  # noqa: S314 - our own
    assert (zwo.findtext("sportType"), zwo.findtext("durationType")) == ("run", "time")
    settle = zwo.findall("workout/FreeRide")[1]
    assert (settle.get("Duration"), settle.get("Cadence")) == ("180", "135")
    messages = [event.get("message") for event in settle.iterfind("textevent")]
    assert messages == ["Aankomen", *timeline_builders.DUTCH["settle"][1]]
    for run in zwo.iterfind("workout/FreeRide"):
        offsets = [int(event.get("timeoffset", "")) for event in run.iterfind("textevent")]
        assert offsets == sorted(offsets)
        assert offsets[-1] < int(run.get("Duration", ""))


def test_the_steps_last_as_long_as_the_session_to_the_second() -> None:
    edges = [0.0, 1.4, 2.6, 2.7, 9.5, 20.5]
    blocks = [timeline_builders.planned("easy", start_s, end_s) for start_s, end_s in pairwise(edges)]
    workout = make_workout(timeline_builders.timeline("x", blocks, []))
    assert sum(step.length_s for step in workout.steps) == 20
    assert all(step.length_s > 0 for step in workout.steps)


def test_a_step_is_a_line_with_its_time_and_half_its_steps() -> None:
    text = make_intervals_text(make_workout(timeline_builders.reset_run("nl"))).decode()
    assert "\n- Adem 4m 79rpm\nAdem drie stappen in" in text
    assert "\n- Vooraf 1m30s\n" in text
    assert durations_of(text) == [lasts_s for _, lasts_s, _, _ in timeline_builders.PLAN]


@given(st.text(max_size=60))
def test_no_name_is_read_as_a_time_or_a_step(name: str) -> None:
    assert protect(name)[:1] not in set("-–•*")
    for word in protect(name).split():
        assert not re.search(r"\d[^\u2060]|[^\u2060]\d", word)
    assert protect(name).replace("\u2060", "") == name


@given(st.text(max_size=400), st.integers(4, 300))
def test_a_text_is_cut_at_a_letter(text: str, most: int) -> None:
    text = text.encode(errors="replace").decode()
    cut = cut_to_bytes(text, most)
    assert len(cut.encode()) <= most
    assert cut == text or (cut.endswith("…") and text.startswith(cut[:-1]))


@pytest.mark.parametrize("ending", WORKOUT_FORMATS)
def test_a_session_without_words_or_blocks_can_be_written(ending: str) -> None:
    make = load_formats()[ending]
    assert make(Workout(name="x", about="", steps=()))
    assert make(make_workout(timeline_builders.timeline("", [timeline_builders.planned("free", 0, 5)], [])))

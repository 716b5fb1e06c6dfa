import math
import re
from itertools import pairwise
from pathlib import Path

import pytest
import session_texts
from session_texts import of_kind

from coach.audio.soundbank import measure_bell_length_s
from coach.languages.block_wording import load_block_wording
from coach.services import session_reading
from coach.session import library
from coach.timeline.compile import compile_timeline, find_reachable_lengths_s
from coach.timeline.schedule import PlanOptions
from coach.timeline.timeline import BreathSound, Speech, Timeline
from coach.voices.duration_estimate import estimate_duration

PARTS = {"shoulders": 1, "hands": 1, "jaw": 1}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_lift_comes_with_the_in_breath_and_drop_with_the_out_breath(tmp_path: Path, language: str) -> None:
    plan = session_texts.timeline(
        tmp_path, "coach: 1\ntitle: {nl: Los, en: Loose}\nblocks: [shoulder-release: 2m]\n", language=language
    )
    breaths = {round(sound.start_s, 6): sound.phase for sound in of_kind(plan, BreathSound)}
    on_a_breath = [breaths[at] for event in of_kind(plan, Speech) if (at := round(event.start_s, 6)) in breaths]
    assert on_a_breath.count("in") >= len(PARTS)
    assert on_a_breath.count("out") >= len(PARTS)


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("seconds", range(95, 300, 10))
def test_however_long_it_lasts_as_often_as_it_comes_round_there_is_room(
    tmp_path: Path, language: str, seconds: int
) -> None:
    text = f"coach: 1\nlanguage: {language}\ntitle: Los\nblocks: [free: 3m, shoulder-release: {seconds}s, easy: 3m]\n"
    session = session_texts.session(tmp_path, text)
    assert compile_timeline(session, PlanOptions(), estimate_duration, measure_bell_length_s).length_s == pytest.approx(
        360 + seconds
    )


LEAST_HOLD_S = 2.0


@pytest.mark.parametrize("name", library.list_names())
def test_between_tightening_and_letting_go_there_is_time_to_feel(name: str) -> None:
    session = session_reading.load_session(name)
    for language in session.languages:
        reach = find_reachable_lengths_s(session, PlanOptions(language=language), estimate_duration)
        for length_s in (None, math.ceil(reach[0]), math.floor(reach[1])):
            options = PlanOptions(language=language, length_s=length_s)
            assert_time_to_feel(compile_timeline(session, options, estimate_duration, measure_bell_length_s))


@pytest.mark.parametrize("breath", ["2 in / 2 out", "3 in / 3 out", "5 in / 5 out", "none"])
@pytest.mark.parametrize("cadence", [120, 158, 180])
@pytest.mark.parametrize("language", ["nl", "en"])
def test_there_is_time_to_feel_at_any_breath_and_cadence(
    tmp_path: Path, language: str, cadence: int, breath: str
) -> None:
    text = f"cadence: {cadence}\nbreath: {breath}\nblocks: [shoulder-release: 1m, free: 1m, shoulder-release: 5m]\n"
    header = f"coach: 1\nlanguage: {language}\ntitle: Los\n"
    assert_time_to_feel(session_texts.timeline(tmp_path, header + text, language=language))


def assert_time_to_feel(timeline: Timeline) -> None:
    words = load_block_wording(timeline.language).kinds["shoulder-release"]
    phrasings = (text for part in words.parts for text in (*words.parts[part], *words.short.get(part, ())))
    orders = {order for text in phrasings for order in re.findall(r"\[in\] ([^\[]+?) \[", text)}
    assert len(orders) >= LEAST_ORDERS
    held = [
        after.start_s - before.end_s for before, after in pairwise(of_kind(timeline, Speech)) if before.text in orders
    ]
    assert min(held, default=LEAST_HOLD_S) >= LEAST_HOLD_S - 1e-6


LEAST_ORDERS = 5

from pathlib import Path

import pytest
import session_texts
from session_texts import of_kind

from coach.audio.soundbank import measure_bell_length_s
from coach.timeline.compile import compile_timeline
from coach.timeline.schedule import PlanOptions
from coach.timeline.timeline import BreathSound, Speech
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

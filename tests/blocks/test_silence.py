from pathlib import Path
from statistics import median

import pytest
import session_texts
from session_texts import of_kind

from coach.audio.soundbank import measure_bell_length_s
from coach.languages.spoken_numbers import find_numbers
from coach.services import session_reading
from coach.session import library
from coach.timeline.compile import compile_timeline, find_reachable_lengths_s
from coach.timeline.schedule import PlanOptions
from coach.timeline.timeline import Bell, BreathSound, Speech, Tick, Timeline
from coach.voices.duration_estimate import estimate_duration


@pytest.mark.parametrize(("language", "length"), [("nl", "drie minuten"), ("en", "three minutes")])
def test_silence_says_how_long_it_lasts_and_then_nothing(tmp_path: Path, language: str, length: str) -> None:
    plan = session_texts.timeline(
        tmp_path,
        "coach: 1\ntitle: {nl: Stil, en: Still}\nbreath: none\nblocks: [silence: 3m15s]\n",
        language=language,
    )
    (announcement,) = of_kind(plan, Speech)
    assert length in announcement.text
    assert [bell.start_s for bell in of_kind(plan, Bell)] == [0.0, 189.0]
    assert of_kind(plan, Tick) == of_kind(plan, BreathSound) == []


def test_without_a_bell_the_voice_ends_the_silence(tmp_path: Path) -> None:
    plan = session_texts.timeline(
        tmp_path, "coach: 1\ntitle: {nl: Stil, en: Still}\nblocks: [silence: {lasts: 3m, bell: none}]\n"
    )
    first, last = of_kind(plan, Speech)
    assert first.start_s == 0.0
    assert last.start_s == pytest.approx(170.0)


def list_announced_silences(timeline: Timeline) -> list[tuple[str, float]]:
    """List what each silent block announces, and how long it is quiet from then to the next word or bell."""
    events: list[Speech | Bell] = [*of_kind(timeline, Speech), *of_kind(timeline, Bell)]
    heard = sorted(events, key=lambda event: event.start_s)
    announced = []
    for block in timeline.blocks:
        if block.kind == "silence":
            said = next(each for each in heard if isinstance(each, Speech) and each.start_s >= block.start_s)
            announced.append(
                (said.text, next(each.start_s for each in heard if each.start_s >= said.end_s) - said.end_s)
            )
    return announced


def find_error(text: str, quiet_s: float, language: str) -> float:
    """Find by which share of a length its announcement is off, beyond what a hedge allows."""
    names: dict[str, list[int]] = {}
    for seconds in range(20, 900, 5):
        names.setdefault(find_numbers(language).say_length(float(seconds)), []).append(seconds)
    said_s = median(names[max((name for name in names if name in text and not name.startswith(HEDGES)), key=len)])
    return abs(said_s - quiet_s) / quiet_s - (0.03 if any(hedge in text for hedge in HEDGES) else 0.0)


MOST_ERROR = 0.055
HEDGES = ("nearly", "just over", "bijna", "ruim")


@pytest.mark.parametrize("name", library.list_names())
def test_a_silence_is_as_long_as_is_said(name: str) -> None:
    session = session_reading.load_session(name)
    for language in session.languages:
        reach = find_reachable_lengths_s(session, PlanOptions(language=language), estimate_duration)
        for length_s in (None, *map(round, reach)):
            options = PlanOptions(language=language, length_s=length_s and min(max(length_s, reach[0]), reach[1]))
            timeline = compile_timeline(session, options, estimate_duration, measure_bell_length_s)
            for text, quiet_s in list_announced_silences(timeline):
                assert find_error(text, quiet_s, language) <= MOST_ERROR, (text, quiet_s)

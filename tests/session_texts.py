"""Sessions written in the test that needs them."""

from pathlib import Path
from textwrap import dedent
from typing import Any, TypeVar

from coach.audio.soundbank import measure_bell_length_s
from coach.blocks.registry import SYNTAX
from coach.languages import LANGUAGES
from coach.services import session_reading
from coach.services.session_reading import SOUNDS
from coach.session import reader
from coach.session.session import Session
from coach.timeline.compile import compile_plan, compile_timeline
from coach.timeline.schedule import Plan, PlanOptions
from coach.timeline.timeline import Event, Timeline
from coach.utterance import SpokenDuration, Utterance

Kind = TypeVar("Kind", bound=Event)

SECONDS_PER_WORD = 0.5
COUNTED = SpokenDuration(length_s=0.25, onset_s=0.06)


def half_a_second_a_word(utterance: Utterance) -> SpokenDuration:
    """A voice that takes half a second for each word, and a quarter for one that is counted."""
    if utterance.counted:
        return COUNTED
    return SpokenDuration(length_s=SECONDS_PER_WORD * len(utterance.text.split()), onset_s=0.1)


def session(folder: Path, text: str) -> Session:
    """The session of a YAML text, put into a file of ``folder``."""
    path = folder / "run.yaml"
    path.write_text(dedent(text), encoding="utf-8")
    return reader.load(path, kinds=SYNTAX, languages=LANGUAGES, sounds=SOUNDS)


def timeline(folder: Path, text: str, **options: Any) -> Timeline:
    """The timeline of a YAML text, spoken at half a second a word."""
    return compile_timeline(session(folder, text), PlanOptions(**options), half_a_second_a_word, measure_bell_length_s)


def planned(folder: Path, text: str, **options: Any) -> Plan:
    """The same, with all it takes to plan the rest of it anew."""
    return compile_plan(session(folder, text), PlanOptions(**options), half_a_second_a_word, measure_bell_length_s)


def shipped(name: str, **options: Any) -> Plan:
    """The plan of a session that comes with the coach."""
    return compile_plan(
        session_reading.load_session(name), PlanOptions(**options), half_a_second_a_word, measure_bell_length_s
    )


def of_kind(plan: Timeline, kind: type[Kind]) -> list[Kind]:
    """The events of one kind, in order."""
    return [event for event in plan.events if isinstance(event, kind)]

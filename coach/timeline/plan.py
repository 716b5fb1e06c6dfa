"""A planned session: its timeline, and all it takes to plan the rest of it anew while it is run."""

from collections.abc import Iterable
from dataclasses import dataclass

from coach.session.types import Session
from coach.timeline.placing import Speaker
from coach.timeline.score import BellLength, Score
from coach.timeline.types import Bed, Bell, BreathSound, Event, Speech, Tick, Timeline

# At equal times: what lies underneath comes first. A bed carries all; a bell opens what follows it; a breath begins
# with its first tick; words come last, as they are heard over everything.
RANK = {Bed: 0, Bell: 1, BreathSound: 2, Tick: 3, Speech: 4}


@dataclass(frozen=True, kw_only=True, slots=True)
class Wish:
    """What a listener asks: the language (None: the session's first), length, cadence, how much is said."""

    language: str | None = None
    length_s: float | None = None
    cadence_spm: float | None = None
    guidance: str = "full"


@dataclass(frozen=True, kw_only=True, slots=True)
class Plan:
    """A session as it is to be run. ``session`` has the cadence of now, ``wish`` the guidance of now."""

    session: Session
    wish: Wish
    speaker: Speaker
    bell_length: BellLength
    score: Score
    timeline: Timeline


def drawn_up(
    session: Session, wish: Wish, speaker: Speaker, bell_length: BellLength, score: Score, events: Iterable[Event]
) -> Plan:
    """A plan of blocks and the events in them, in any order."""
    timeline = Timeline(
        title=session.title[speaker.language],
        about=session.about[speaker.language] if session.about else "",
        language=speaker.language,
        length_s=score.grid.end_s(len(score.blocks) - 1),
        cadence_spm=session.cadence_spm,
        blocks=score.planned(),
        events=tuple(sorted(events, key=_order)),
    )
    return Plan(session=session, wish=wish, speaker=speaker, bell_length=bell_length, score=score, timeline=timeline)


def _order(event: Event) -> tuple[float, int, int]:
    return event.start_s, RANK[type(event)], event.where.line if isinstance(event, Speech) else 0

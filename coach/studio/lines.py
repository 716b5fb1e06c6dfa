"""The lines of a session that someone reads aloud: each once, in the order in which they are heard."""

import math
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from coach.session.marks import Moment, Wait
from coach.speech import Utterance
from coach.timeline.placing import Late
from coach.timeline.placing import Line as Placed
from coach.timeline.plan import Plan
from coach.timeline.script import Caption
from coach.voices.wording import speakable


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line to read.

    ``utterance`` is what a voice would be given; ``caption`` the words as they are written, which differ where a
    pronunciation is given. ``title`` is that of its block, the ``block``-th. ``length_s`` is how long it will probably
    take, ``room_s`` how long it may take until the step or breath for which the next words wait, infinity where they
    wait for none. It begins at the ``moments``: with an in-breath, an out-breath or a step.
    """

    utterance: Utterance
    caption: str
    block: int
    title: str
    length_s: float
    room_s: float
    moments: tuple[Moment, ...]


Script = tuple[Line, ...]


def same(line: Line) -> tuple[str, bool]:
    """What makes two lines one: the words as a voice gets them, and whether they are counted on a step."""
    return spoken_text(line.utterance), line.utterance.counted


def spoken_text(utterance: Utterance) -> str:
    """The words as a voice gets them; empty where there is nothing to say."""
    return speakable(utterance.text, utterance.language)


def lines_of(plan: Plan) -> Script:
    """What is to be read for a session, as it was planned. Cues that are recorded already are left out."""
    found: dict[tuple[str, bool], Line] = {}
    for line in _said(plan):
        found.setdefault(same(line), line)
    return tuple(found.values())


def _said(plan: Plan) -> Iterator[Line]:
    placed = ((block, line) for block, line in plan.score.lines(plan.speaker) if not isinstance(line, Late))
    for (block, _), cue_lines in groupby(placed, key=lambda each: (each[0], each[1].begun_s)):
        lines = [line for _, line in cue_lines]
        waits = [*_moments(plan, lines[0]), ()]
        for index, line in enumerate(lines):
            if line.utterance.recording is None and spoken_text(line.utterance):
                yield Line(
                    utterance=line.utterance,
                    caption=line.caption,
                    block=block,
                    title=plan.timeline.blocks[block].title,
                    length_s=plan.speaker.measure(line.utterance).length_s,
                    room_s=lines[index + 1].start_s - line.start_s if waits[index + 1] else math.inf,
                    moments=waits[index],
                )


def _moments(plan: Plan, first: Placed) -> list[tuple[Moment, ...]]:
    """What each stretch of words of a cue waits for."""
    waiting: list[Moment] = []
    found: list[tuple[Moment, ...]] = []
    for part in plan.speaker.script(first.cue):
        if isinstance(part, Wait):
            waiting.append(part.moment)
        elif isinstance(part, Caption):
            found.append(tuple(waiting))
            waiting = []
    return found

"""The lines of a session that someone reads aloud: each once, in the order in which they are heard."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby

from coach.session.marks import Moment, Wait
from coach.speech import Utterance
from coach.timeline.plan import Plan
from coach.timeline.placing import Late
from coach.timeline.placing import Line as Placed
from coach.timeline.script import Caption
from coach.voices.wording import speakable


@dataclass(frozen=True, kw_only=True, slots=True)
class Line:
    """One line to read.

    ``utterance`` is what a voice would be given; ``caption`` the words as they are written, which differ where a
    pronunciation is given. ``title`` is that of its block, the ``block``-th. ``length_s`` is how long it will probably
    take, ``room_s`` how long it may take until what comes next in its cue, infinity where nothing does. It begins at
    the ``moments``: with an in-breath, an out-breath or a step.
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


def lines_of(plans: Sequence[Plan]) -> Script:
    """What is to be read for a session.

    Args:
        plans: The session as it was planned; others of it, for a reader who is slower or quicker, may have some more
            lines, which are put behind those of their block.
    """
    found: dict[tuple[str, bool], Line] = {}
    for plan in plans:
        for line in _said(plan):
            found.setdefault(same(line), line)
    return tuple(sorted(found.values(), key=lambda line: line.block))


def _said(plan: Plan) -> Iterator[Line]:
    placed = ((block, line) for block, line in plan.score.lines(plan.speaker) if not isinstance(line, Late))
    for (block, _), cue_lines in groupby(placed, key=lambda each: (each[0], each[1].begun_s)):
        lines = [line for _, line in cue_lines]
        starts = zip(lines, _moments(plan, lines[0]), strict=True)
        for index, (line, moments) in enumerate(starts):
            if line.utterance.recording is None and spoken_text(line.utterance):
                room_s = lines[index + 1].start_s - line.start_s if index + 1 < len(lines) else float("inf")
                yield Line(
                    utterance=line.utterance,
                    caption=line.caption,
                    block=block,
                    title=plan.timeline.blocks[block].title,
                    length_s=plan.speaker.measure(line.utterance).length_s,
                    room_s=room_s,
                    moments=moments,
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

"""Which stretch of a planned session is meant by a block or a line of it, with a little before and after."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

from coach.diagnostics.did_you_mean import did_you_mean
from coach.diagnostics.problem import Location
from coach.errors import UsageError
from coach.session.session import Cue
from coach.session.source_map import SourceCue, SourceMap
from coach.timeline.cue_scheduling import TINY_S
from coach.timeline.cue_script import Caption
from coach.timeline.resolved_block import GUIDANCE
from coach.timeline.schedule import Plan
from coach.timeline.timeline import Bell, PlannedBlock, Speech, Timeline

LEAD_S = 1.0

TAIL_S = 1.0

# Where other words or a bell leave no room for a soft border; clips begin and end with that much quiet and more.
SEAM_S = 0.01


@dataclass(frozen=True, kw_only=True, slots=True)
class Excerpt:
    """A stretch of a session, heard whole between ``from_s`` and ``to_s``; in from ``start_s`` and out until ``end_s``.

    ``title`` and ``words`` are what to call it; without words it is whole blocks.
    """

    start_s: float
    from_s: float
    to_s: float
    end_s: float
    title: str
    words: str = ""


def whole(plan: Plan) -> Excerpt:
    """All of a session."""
    length_s = plan.timeline.length_s
    return Excerpt(start_s=0.0, from_s=0.0, to_s=length_s, end_s=length_s, title=plan.timeline.title)


def of_block(plan: Plan, wanted: str) -> Excerpt:
    """A block by its number, from 1, or the first of a kind.

    Raises:
        UsageError: there is none.
    """
    blocks = plan.timeline.blocks
    kinds = [block.kind for block in blocks]
    if wanted in kinds:
        return _of_blocks(plan.timeline, [blocks[kinds.index(wanted)]])
    if not wanted.isdecimal():
        advice = did_you_mean(wanted, dict.fromkeys(kinds))
        raise UsageError(f"this session has no block '{wanted}': {advice}")
    if not 1 <= int(wanted) <= len(blocks):
        raise UsageError(f"there is no block {wanted}: this session has {len(blocks)}, and 'coach plan' numbers them")
    return _of_blocks(plan.timeline, [blocks[int(wanted) - 1]])


def of_line(plan: Plan, outline: SourceMap, file: str, line: int) -> Excerpt:
    """What stands in a line, where it is heard for the first time.

    Args:
        plan: the session.
        outline: what its lines say.
        file: one of the files in it.
        line: the line, from 1.

    Raises:
        UsageError: nothing in that line is heard; the message says why, or which lines are.
    """
    lines = outline.files[file]
    said = lines[line - 1] if 1 <= line <= len(lines) else None
    if said is None:
        raise UsageError(_nothing(outline, file, line))
    if isinstance(said, SourceCue):
        return _of_words(plan, said.where, line)
    blocks = plan.timeline.blocks
    first = next(index for index, block in enumerate(blocks) if block.where in said.inside)
    last = next((i for i in range(first, len(blocks)) if blocks[i].where not in said.inside), len(blocks))
    return _of_blocks(plan.timeline, blocks[first:last])


def _nothing(outline: SourceMap, file: str, line: int) -> str:
    lines = outline.files[file]
    if not 1 <= line <= len(lines):
        return f"there is no line {line} in {file}: it has {len(lines)}"
    heard = (number for number, said in enumerate(lines, 1) if said is not None)
    nearest = min(heard, key=lambda number: abs(number - line), default=None)
    return f"nothing in line {line} is heard" + ("" if nearest is None else f"; the nearest line that is: {nearest}")


def _of_words(plan: Plan, where: Location, line: int) -> Excerpt:
    """A cue, said for the first time."""
    spoken = [event for event in plan.timeline.events if isinstance(event, Speech) and event.where == where]
    if not spoken:
        raise UsageError(_unsaid(plan, where, line))
    said = spoken[: _stretches(plan, _cue(plan, where))]
    return _around(
        plan.timeline,
        said[0].start_s,
        said[-1].end_s,
        title=plan.timeline.blocks[said[0].block].title,
        words=" ".join(event.text for event in said),
    )


def _unsaid(plan: Plan, where: Location, line: int) -> str:
    level, guidance = _cue(plan, where).level, plan.wish.guidance
    if level not in GUIDANCE[guidance]:
        return f"line {line} is not said: '--guidance {guidance}' leaves out words whose level is '{level}'"
    return f"line {line} is never said: its block ends too soon for it, or it has no words"


def _cue(plan: Plan, where: Location) -> Cue:
    cues = (cue for block in plan.session.blocks for cue in (*(block.say or ()), *block.say_also))
    return next(cue for cue in cues if cue.where == where)


def _stretches(plan: Plan, cue: Cue) -> int:
    """How many stretches of words a cue is, each time it is said."""
    return sum(isinstance(part, Caption) for part in plan.speaker.script(cue))


def _of_blocks(timeline: Timeline, blocks: Sequence[PlannedBlock]) -> Excerpt:
    titles = ", ".join(dict.fromkeys(block.title for block in blocks))
    return _around(timeline, blocks[0].start_s, blocks[-1].end_s, title=titles)


def _around(timeline: Timeline, from_s: float, to_s: float, *, title: str, words: str = "") -> Excerpt:
    """A stretch with its soft borders, in which no other words are heard, and no bell is struck after it."""
    events = [event for event in timeline.events if isinstance(event, Speech | Bell)]
    ended_s = [event.end_s for event in events if isinstance(event, Speech) and event.start_s < from_s]
    begun_s = [event.start_s for event in events if event.start_s > to_s - TINY_S]
    start_s = max(from_s - LEAD_S, max(ended_s, default=-math.inf))
    end_s = min(to_s + TAIL_S, min(begun_s, default=math.inf), timeline.length_s)
    if end_s < timeline.length_s:
        to_s = min(to_s, end_s - SEAM_S)
    return Excerpt(
        start_s=max(0.0, min(start_s, from_s - SEAM_S)),
        from_s=from_s,
        to_s=max(from_s, to_s),
        end_s=end_s,
        title=title,
        words=words,
    )

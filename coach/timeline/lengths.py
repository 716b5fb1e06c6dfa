"""How long each block lasts: fitted by one rule, held by its words, and ended on a breath."""

import itertools
import math
from collections.abc import Sequence
from dataclasses import replace

from coach.session.types import NO_BREATH
from coach.timeline.fitting import Room, fit
from coach.timeline.grid import StepGrid, Stretch, following
from coach.timeline.placing import GAP_S, Speaker, Stage, place
from coach.timeline.prepared import Prepared
from coach.units import steps_to_seconds

ENDLESS_S = 48 * 3600.0
MOST_TRIALS = 12
TINY_LENGTH_S = 0.1
MOVED_AT_MOST = 0.9


def rooms(blocks: Sequence[Prepared], speaker: Speaker) -> tuple[Room, ...]:
    """What each block may last, words included."""
    return tuple(Room(span=block.span, need_s=need_s(block, speaker)) for block in blocks)


def need_s(block: Prepared, speaker: Speaker) -> float:
    """The shortest length in which a block's words all find their place, whatever step or breath it begins on.

    It is looked for from a little below the block's shortest length on, since a border may move that far to a breath.
    """
    stretch = _alone(block)
    cycle_s = steps_to_seconds(stretch.breath.steps, stretch.mean_spm)
    lasts_s = MOVED_AT_MOST * block.span.shortest_s
    for _ in range(MOST_TRIALS):
        cues = block.cues(max(lasts_s, block.span.shortest_s))
        margin_s = GAP_S + cycle_s * any("[" in words for cue in cues for words in cue.text.words.values())
        end_s = max(0.0, lasts_s - margin_s)
        grid = StepGrid(((stretch,),))
        stage = Stage(start_s=0.0, end_s=end_s, cue_end_s=end_s, grid=grid, index=0, free_s=0.0)
        late = [cue for cue in place(cues, speaker, stage).late if cue.end_s < math.inf]
        if not late:
            break
        lasts_s = margin_s + max(cue.end_s for cue in late)
    return lasts_s


def _alone(block: Prepared) -> Stretch:
    spm = (block.start_spm + block.end_spm) / 2.0
    return Stretch(start_s=0.0, end_s=ENDLESS_S, start_spm=spm, end_spm=spm, breath=block.breath, steps=0.0, anchor=0)


def fitted_ends_s(rooms: Sequence[Room], length_s: float | None, begin_s: float = 0.0) -> tuple[float, ...]:
    """Where each of the blocks that follow each other from ``begin_s`` on would end, borders not yet moved to a breath.

    The last ends at ``length_s``; None leaves every block half-way its span.

    Raises:
        OutOfReachError: the blocks cannot last so long together, or so short; it counts from ``begin_s``.
    """
    fitted = fit(rooms, None if length_s is None else length_s - begin_s)
    ends_s = list(itertools.accumulate(fitted, initial=begin_s))[1:]
    if length_s is not None and ends_s:
        ends_s[-1] = length_s
    return tuple(ends_s)


def stretches(
    blocks: Sequence[Prepared], rooms: Sequence[Room], ends_s: Sequence[float], current: Stretch | None = None
) -> tuple[Stretch, ...]:
    """The blocks' times, end to end; borders between running blocks lie at the nearest start of a breath cycle.

    Args:
        blocks: the blocks to be timed.
        rooms: what each may last.
        ends_s: where each would end if there were no breath.
        current: a stretch that they follow, already ended where it should.
    """
    done: list[Stretch] = []
    for index, block in enumerate(blocks):
        before = done[-1] if done else current
        steps, anchor = following(before, block.breath)
        stretch = Stretch(
            start_s=before.end_s if before is not None else 0.0,
            end_s=ends_s[index],
            start_spm=block.start_spm,
            end_spm=block.end_spm,
            breath=block.breath,
            steps=steps,
            anchor=anchor,
        )
        if index + 1 < len(blocks) and block.kind.running and blocks[index + 1].kind.running:
            stretch = _ended_at_cycle(stretch, rooms[index], ends_s[index + 1] - rooms[index + 1].need_s)
        done.append(stretch)
    return tuple(done)


def _ended_at_cycle(stretch: Stretch, room: Room, latest_s: float) -> Stretch:
    """The stretch with its end moved to a breath, unless this or the next block then could not hold its words."""
    if stretch.breath == NO_BREATH:
        return stretch
    cycle_s = steps_to_seconds(stretch.breath.steps, stretch.mean_spm)
    for near_s in (stretch.end_s, stretch.end_s + cycle_s / 2.0, stretch.end_s - cycle_s / 2.0):
        end_s = stretch.end_at_cycle(near_s)
        if stretch.start_s + max(room.need_s, TINY_LENGTH_S) <= end_s <= latest_s:
            return replace(stretch, end_s=end_s)
    return stretch

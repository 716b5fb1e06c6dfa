"""Replan the rest of a session while it is run, from a moment on; what began before stays as it was heard."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from coach.blocks.registry import KINDS
from coach.diagnostics.problem import SessionError
from coach.languages.block_wording import load_block_wording
from coach.session.session import Session
from coach.timeline.block_settings_and_guidance import (
    GUIDANCE,
    QUICKEST_SPM,
    SLOWEST_SPM,
    SPAN_OF_WORDS,
    ResolvedBlock,
    resolve_blocks,
)
from coach.timeline.compile import compile_plan, place_or_abridge
from coach.timeline.cue_scheduling import GAP_S, TINY_S, LateCue, TimedWords
from coach.timeline.durations import (
    DurationBounds,
    OutOfReachError,
    build_segments,
    fit_ends_s,
    lengthen,
)
from coach.timeline.length_fit import BlockRoom, can_last, find_bounds, find_rooms, fit_bounds, is_short
from coach.timeline.schedule import Plan, PlanOptions, Schedule, build_plan, to_speech
from coach.timeline.step_grid import GridSegment, StepGrid, snap_to_step
from coach.timeline.timeline import Bed, Event, Speech
from coach.units import steps_to_seconds


class CadenceLimitError(ValueError):
    """Somewhere in the rest of the session, the cadence would be quicker or slower than anyone can step."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanChange:
    """What a runner changes: steps per minute to add, or another guidance (None: the same)."""

    by_spm: float = 0.0
    guidance: str | None = None


NO_CHANGE = PlanChange()


def find_next_cycle_s(plan: Plan, after_s: float) -> float | None:
    """Find when the next breath cycle begins; without a breath, the next step. None after the last.

    A breath in seconds is slow: there, it is when the breath next turns.
    """
    grid = plan.schedule.grid
    for step in grid.iter_steps_from(after_s):
        turns = step.phase == "in" or grid.find_segment(step.start_s).breath.in_seconds
        if step.count is None or (step.count == 1 and turns):
            return step.start_s
    return None


def replan(plan: Plan, at_s: float, change: PlanChange = NO_CHANGE) -> Plan:
    """Plan the session again from ``at_s`` on, and measure its words again.

    A new cadence applies to the block being run, whose end moves on to a breath, and to later blocks as if the
    session had that cadence. The steps go on without a gap. The session still ends when it was to end, if its blocks
    allow. Words that no longer fit are left out. Less guidance applies at once, more from the next block on: the
    words of a block that has begun stay where they were placed.

    Raises:
        CadenceLimitError: somewhere from there on the cadence would be outside what anyone can step.
    """
    index = plan.schedule.grid.find_block(at_s)
    current = list(plan.schedule.grid.blocks[index])
    if change.by_spm:
        current[-1] = replace(current[-1], end_s=plan.schedule.cue_ends_s[index])
        current = _change_cadence(current, at_s, change.by_spm)
    begun = plan.schedule.blocks[: index + 1]
    return _plan_rest(plan, begun, [*plan.schedule.grid.blocks[:index], current], at_s, change)


def replan_from_block(plan: Plan, index: int) -> Plan:
    """Plan block ``index`` and all after it again, as in a session that has the current cadence.

    So a block to which the runner goes back has the cadence that it was left with.
    """
    if not index:
        options = replace(plan.options, cadence_spm=plan.session.cadence_spm)
        try:
            context = plan.speech_context
            return compile_plan(plan.session, options, context.measure, plan.bell_length, context.expect)
        except SessionError:  # at this cadence some words do not fit
            return plan
    begun, grid = plan.schedule.blocks[:index], plan.schedule.grid
    return _plan_rest(plan, begun, list(grid.blocks[:index]), grid.starts_s[index], NO_CHANGE)


def _plan_rest(
    plan: Plan, begun: Sequence[ResolvedBlock], segments: list[Sequence[GridSegment]], at_s: float, change: PlanChange
) -> Plan:
    """Keep the blocks that have begun as they are, and fit those after them to the time that is left."""
    options = replace(plan.options, guidance=change.guidance or plan.options.guidance)
    session = replace(plan.session, cadence_spm=plan.session.cadence_spm + change.by_spm)
    rest = _resolve(session, plan, options)[len(begun) :]
    begun_ends_s = plan.schedule.fitted_ends_s[: len(begun)]
    length_s = session.length_s if options.length_s is None else options.length_s
    rooms = find_rooms(rest, plan.speech_context)
    bounds = _fit_rest_bounds(plan, rooms, None if length_s is None else length_s - begun_ends_s[-1])
    rest_ends_s = _fit_rest_ends_s(bounds, length_s, begun_ends_s[-1])
    if rest and change.by_spm and begun[-1].kind.running and rest[0].kind.running:
        latest_s = rest_ends_s[0] - bounds[0].needed_s
        segments[-1] = [*segments[-1][:-1], _extend_to_cycle(segments[-1][-1], latest_s)]
    rest_segments = build_segments(rest, bounds, rest_ends_s, segments[-1][-1])
    schedule = Schedule(
        blocks=(*begun, *rest),
        grid=StepGrid([*segments, *((segment,) for segment in rest_segments)]),
        fitted_ends_s=begun_ends_s + rest_ends_s,
        cue_ends_s=plan.schedule.cue_ends_s[: len(begun)] + tuple(segment.end_s for segment in rest_segments),
        abridged={index: words for index, words in plan.schedule.abridged.items() if index < len(begun)},
    )
    if any(map(is_short, rooms, bounds)):
        schedule, _, _ = place_or_abridge(schedule, rooms, bounds, plan.speech_context)
    past = [event for event in plan.timeline.events if event.start_s < at_s - TINY_S and not isinstance(event, Bed)]
    new = _schedule_rest(replace(plan, schedule=schedule), past, at_s, GUIDANCE[options.guidance])
    events = [*schedule.place_beds(), *past, *new]
    planned = build_plan(session, options, plan.speech_context, plan.bell_length, schedule, events)
    return replace(planned, lengthened=plan.lengthened)


def _fit_rest_bounds(plan: Plan, rooms: Sequence[BlockRoom], left_s: float | None) -> tuple[DurationBounds, ...]:
    """Fit how long each block to come may last; fixed ones that are too short for their words last longer."""
    context = plan.speech_context
    bounds = list(find_bounds(rooms, context))
    if left_s is not None and not can_last(bounds, left_s):
        bounds = list(fit_bounds(rooms, bounds, context, left_s))
    first = len(plan.schedule.blocks) - len(rooms)
    for index, (bound, room) in enumerate(zip(bounds, rooms, strict=True)):
        lasts_s = plan.lengthened.get(first + index, 0.0)
        too_long = bound.needed_s > bound.span.longest_s > SPAN_OF_WORDS.longest_s
        if lasts_s or (too_long and room.fits_all):
            bounds[index] = lengthen(bound, room.block, context, max(lasts_s, bound.span.shortest_s), 0.0)
    return tuple(bounds)


def _resolve(session: Session, plan: Plan, options: PlanOptions) -> tuple[ResolvedBlock, ...]:
    kinds = [KINDS[block.kind] for block in session.blocks]
    try:
        return resolve_blocks(
            session, kinds, load_block_wording(plan.speech_context.language), options.guidance, plan.bell_length
        )
    except SessionError as error:
        raise CadenceLimitError(str(error)) from error


def _change_cadence(segments: Sequence[GridSegment], at_s: float, by_spm: float) -> list[GridSegment]:
    """Change the cadence of a block's segments from a time on, unless nobody steps in it: seconds stay seconds."""
    if segments[-1].breath.in_seconds:
        return list(segments)
    done = [segment for segment in segments if segment.end_s <= at_s + TINY_S]
    current = segments[min(len(done), len(segments) - 1)]
    spm = current.find_spm(at_s)
    if not all(SLOWEST_SPM <= each + by_spm <= QUICKEST_SPM for each in (spm, current.end_spm)):
        raise CadenceLimitError(f"{spm + by_spm:g}")
    steps = snap_to_step(current.count_steps(at_s))
    if at_s > current.start_s + TINY_S:
        done.append(replace(current, end_s=at_s, end_spm=spm))
    rest = replace(current, start_s=at_s, start_spm=spm + by_spm, end_spm=current.end_spm + by_spm, steps=steps)
    return [*done, rest]


def _extend_to_cycle(segment: GridSegment, latest_s: float) -> GridSegment:
    """Move a segment's end on to the next start of a breath cycle, if that comes soon enough."""
    if not segment.breath.length:
        return segment
    end_s = segment.find_cycle_start_s(segment.end_s)
    if end_s < segment.end_s - TINY_S:
        end_s += steps_to_seconds(segment.breath.length, segment.mean_spm)
    return replace(segment, end_s=end_s) if end_s < latest_s else segment


def _fit_rest_ends_s(bounds: Sequence[DurationBounds], length_s: float | None, begin_s: float) -> tuple[float, ...]:
    """Fit where the blocks to come end: as near to the length as they can, if it is out of reach by now."""
    try:
        return fit_ends_s(bounds, length_s, begin_s)
    except OutOfReachError as reach:
        left_s = (length_s or 0.0) - begin_s
        return fit_ends_s(bounds, begin_s + min(max(left_s, reach.shortest_s), reach.longest_s), begin_s)


def _schedule_rest(plan: Plan, past: Sequence[Event], at_s: float, levels: Sequence[str]) -> Iterator[Event]:
    """Place what begins at or after a time, in the block of that time and in those after it."""
    first = plan.schedule.grid.find_block(at_s)
    for event in plan.schedule.place_sounds(plan.bell_length, first=first):
        if event.start_s >= at_s - TINY_S:
            yield event
    said = [event for event in past if isinstance(event, Speech)]
    free_s = max((event.end_s + GAP_S for event in said if event.block < first), default=0.0)
    for index, words in plan.schedule.place_words(plan.speech_context, first=first, free_s=free_s):
        if not isinstance(words, LateCue) and _is_due(words, said, at_s, levels):
            yield to_speech(words, index)


def _is_due(words: TimedWords, said: Sequence[Speech], at_s: float, levels: Sequence[str]) -> bool:
    """Return whether words are still to be said: the rest of a cue that has begun, or of one at a wanted level."""
    if words.start_s < at_s - TINY_S:
        return False
    if words.cue_start_s < at_s - TINY_S:
        return any(abs(words.cue_start_s - event.start_s) < TINY_S for event in said)
    return words.cue.level in levels

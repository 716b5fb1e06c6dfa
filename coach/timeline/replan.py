"""The rest of a session planned anew while it is run, from a moment on; what began before stays as it was heard."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from coach.blocks.registry import KINDS
from coach.diagnostics.problem import SessionError
from coach.languages.block_wording import load_block_wording
from coach.session.session import Session
from coach.timeline.compile import compile_plan
from coach.timeline.cue_scheduling import GAP_S, TINY_S, LateCue, TimedWords
from coach.timeline.durations import DurationBounds, OutOfReachError, build_segments, find_duration_bounds, fit_ends_s
from coach.timeline.resolved_block import GUIDANCE, QUICKEST_SPM, SLOWEST_SPM, ResolvedBlock, resolve_blocks
from coach.timeline.schedule import Plan, PlanOptions, Schedule, build_plan, to_speech
from coach.timeline.step_grid import TINY_STEPS, GridSegment, StepGrid
from coach.timeline.timeline import Bed, Event, Speech
from coach.units import steps_to_seconds


class CadenceLimitError(ValueError):
    """Somewhere in the rest of the session, nobody could step so quickly or so slowly."""


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanChange:
    """What a runner changes: so many steps per minute more, or another guidance (None: the same)."""

    by_spm: float = 0.0
    guidance: str | None = None


NO_CHANGE = PlanChange()


def find_next_cycle_s(plan: Plan, after_s: float) -> float | None:
    """When the next breath cycle begins; where there is no breath, the next step. None after the last."""
    for step in plan.schedule.grid.steps_from(after_s):
        if step.count is None or (step.phase == "in" and step.count == 1):
            return step.start_s
    return None


def replan(plan: Plan, at_s: float, change: PlanChange = NO_CHANGE) -> Plan:
    """The plan with its rest made anew from ``at_s`` on, its words measured again.

    A change of cadence holds in the block that is being run, whose end moves on to a breath, and in later ones as
    if the session had that cadence. The steps go on without a hiccup. The session still ends when it was to end, if
    its blocks allow. Words that find no room any more are left out. Less guidance holds at once, more from the next
    block on: the words of a block that has begun are placed as they were.

    Raises:
        CadenceLimitError: somewhere from there on the cadence would leave what anyone can step.
    """
    index = plan.schedule.grid.block_at(at_s)
    current = list(plan.schedule.grid.blocks[index])
    if change.by_spm:
        current[-1] = replace(current[-1], end_s=plan.schedule.cue_ends_s[index])
        current = _change_cadence(current, at_s, change.by_spm)
    heads = plan.schedule.blocks[: index + 1]
    return _plan_rest(plan, heads, [*plan.schedule.grid.blocks[:index], current], at_s, change)


def replan_from_block(plan: Plan, index: int) -> Plan:
    """The plan with block ``index`` and all after it made anew, as they are where the session has the cadence of now.

    So a block that is gone back to has the cadence it was left with.
    """
    if not index:
        options = replace(plan.options, cadence_spm=plan.session.cadence_spm)
        try:
            return compile_plan(plan.session, options, plan.speech_context.measure, plan.bell_length)
        except SessionError:  # at this cadence its words do not all fit
            return plan
    heads, grid = plan.schedule.blocks[:index], plan.schedule.grid
    return _plan_rest(plan, heads, list(grid.blocks[:index]), grid.start_s(index), NO_CHANGE)


def _plan_rest(
    plan: Plan, heads: Sequence[ResolvedBlock], begun: list[Sequence[GridSegment]], at_s: float, change: PlanChange
) -> Plan:
    """The begun blocks as they are, and those after them fitted to what is left."""
    options = replace(plan.options, guidance=change.guidance or plan.options.guidance)
    session = replace(plan.session, cadence_spm=plan.session.cadence_spm + change.by_spm)
    tails = _resolve(session, plan, options)[len(heads) :]
    bounds = find_duration_bounds(tails, plan.speech_context)
    fitted_s = plan.schedule.fitted_ends_s[: len(heads)]
    length_s = session.length_s if options.length_s is None else options.length_s
    tails_s = _fit_rest_ends_s(bounds, length_s, fitted_s[-1])
    if tails and change.by_spm and heads[-1].kind.running and tails[0].kind.running:
        begun[-1] = [*begun[-1][:-1], _extend_to_cycle(begun[-1][-1], tails_s[0] - bounds[0].needed_s)]
    rest = build_segments(tails, bounds, tails_s, begun[-1][-1])
    schedule = Schedule(
        blocks=(*heads, *tails),
        grid=StepGrid([*begun, *((segment,) for segment in rest)]),
        fitted_ends_s=fitted_s + tails_s,
        cue_ends_s=plan.schedule.cue_ends_s[: len(heads)] + tuple(segment.end_s for segment in rest),
    )
    heard = [event for event in plan.timeline.events if event.start_s < at_s - TINY_S and not isinstance(event, Bed)]
    new = _schedule_rest(replace(plan, schedule=schedule), heard, at_s, GUIDANCE[options.guidance])
    return build_plan(
        session, options, plan.speech_context, plan.bell_length, schedule, [*schedule.beds(), *heard, *new]
    )


def _resolve(session: Session, plan: Plan, options: PlanOptions) -> tuple[ResolvedBlock, ...]:
    kinds = [KINDS[block.kind] for block in session.blocks]
    try:
        return resolve_blocks(session, kinds, load_block_wording(plan.speech_context.language), options.guidance)
    except SessionError as error:
        raise CadenceLimitError(str(error)) from error


def _change_cadence(segments: Sequence[GridSegment], at_s: float, by_spm: float) -> list[GridSegment]:
    """A block's segments with its cadence moved from a time on."""
    done = [segment for segment in segments if segment.end_s <= at_s + TINY_S]
    now = segments[min(len(done), len(segments) - 1)]
    spm = now.spm_at(at_s)
    if not all(SLOWEST_SPM <= each + by_spm <= QUICKEST_SPM for each in (spm, now.end_spm)):
        raise CadenceLimitError(f"{spm + by_spm:g}")
    steps = now.steps_at(at_s)
    steps = float(round(steps)) if abs(steps - round(steps)) < TINY_STEPS else steps
    if at_s > now.start_s + TINY_S:
        done.append(replace(now, end_s=at_s, end_spm=spm))
    return [*done, replace(now, start_s=at_s, start_spm=spm + by_spm, end_spm=now.end_spm + by_spm, steps=steps)]


def _extend_to_cycle(segment: GridSegment, latest_s: float) -> GridSegment:
    """The segment with its end moved on to the next start of a breath cycle, if that is soon enough."""
    if not segment.breath.steps:
        return segment
    end_s = segment.end_at_cycle(segment.end_s)
    if end_s < segment.end_s - TINY_S:
        end_s += steps_to_seconds(segment.breath.steps, segment.mean_spm)
    return replace(segment, end_s=end_s) if end_s < latest_s else segment


def _fit_rest_ends_s(bounds: Sequence[DurationBounds], length_s: float | None, begin_s: float) -> tuple[float, ...]:
    """Where the blocks to come end; as near to the length as they can, where it has gone out of reach."""
    try:
        return fit_ends_s(bounds, length_s, begin_s)
    except OutOfReachError as reach:
        left_s = (length_s or 0.0) - begin_s
        return fit_ends_s(bounds, begin_s + min(max(left_s, reach.shortest_s), reach.longest_s), begin_s)


def _schedule_rest(plan: Plan, heard: Sequence[Event], at_s: float, levels: Sequence[str]) -> Iterator[Event]:
    """What begins at or after a time in the block of that time and in those after it."""
    first = plan.schedule.grid.block_at(at_s)
    for event in plan.schedule.sounds(plan.bell_length, first=first):
        if event.start_s >= at_s - TINY_S:
            yield event
    said = [event for event in heard if isinstance(event, Speech)]
    before = [event.end_s + GAP_S for event in said if event.block < first]
    for index, line in plan.schedule.lines(plan.speech_context, first=first, free_s=max(before, default=0.0)):
        if not isinstance(line, LateCue) and _is_due(line, said, at_s, levels):
            yield to_speech(line, index)


def _is_due(line: TimedWords, said: Sequence[Speech], at_s: float, levels: Sequence[str]) -> bool:
    """Whether a line is still to be said: the rest of a cue that has begun, or of one that is wanted."""
    if line.start_s < at_s - TINY_S:
        return False
    if line.cue_start_s < at_s - TINY_S:
        return any(abs(line.cue_start_s - event.start_s) < TINY_S for event in said)
    return line.cue.level in levels

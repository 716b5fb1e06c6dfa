"""The rest of a session planned anew while it is run, from a moment on; what began before stays as it was heard."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from coach.blocks.registry import KINDS
from coach.diagnostics.problem import SessionError
from coach.languages.block_wording import load_block_wording
from coach.session.session import Session
from coach.timeline.compile import compile_plan
from coach.timeline.cue_scheduling import GAP_S, TINY_S, Late, TimedWords
from coach.timeline.durations import DurationBounds, OutOfReachError, duration_bounds, fit_ends_s, grid_segments
from coach.timeline.resolved_block import GUIDANCE, QUICKEST_SPM, SLOWEST_SPM, ResolvedBlock, resolve_blocks
from coach.timeline.schedule import Plan, PlanOptions, Schedule, build_plan, schedule_speech
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


AS_IT_IS = PlanChange()


def next_cycle_s(plan: Plan, after_s: float) -> float | None:
    """When the next breath cycle begins; where there is no breath, the next step. None after the last."""
    for step in plan.score.grid.steps_from(after_s):
        if step.count is None or (step.phase == "in" and step.count == 1):
            return step.start_s
    return None


def replan(plan: Plan, at_s: float, change: PlanChange = AS_IT_IS) -> Plan:
    """The plan with its rest made anew from ``at_s`` on, its words measured again.

    A change of cadence holds in the block that is being run, whose end moves on to a breath, and in later ones as
    if the session had that cadence. The steps go on without a hiccup. The session still ends when it was to end, if
    its blocks allow. Words that find no room any more are left out. Less guidance holds at once, more from the next
    block on: the words of a block that has begun are placed as they were.

    Raises:
        CadenceLimitError: somewhere from there on the cadence would leave what anyone can step.
    """
    index = plan.score.grid.block_at(at_s)
    current = list(plan.score.grid.blocks[index])
    if change.by_spm:
        current[-1] = replace(current[-1], end_s=plan.score.cue_ends_s[index])
        current = _changed(current, at_s, change.by_spm)
    heads = plan.score.blocks[: index + 1]
    return _joined(plan, heads, [*plan.score.grid.blocks[:index], current], at_s, change)


def replan_from_block(plan: Plan, index: int) -> Plan:
    """The plan with block ``index`` and all after it made anew, as they are where the session has the cadence of now.

    So a block that is gone back to has the cadence it was left with.
    """
    if not index:
        wish = replace(plan.wish, cadence_spm=plan.session.cadence_spm)
        try:
            return compile_plan(plan.session, wish, plan.speaker.measure, plan.bell_length)
        except SessionError:  # at this cadence its words do not all fit
            return plan
    heads, grid = plan.score.blocks[:index], plan.score.grid
    return _joined(plan, heads, list(grid.blocks[:index]), grid.start_s(index), AS_IT_IS)


def _joined(
    plan: Plan, heads: Sequence[ResolvedBlock], begun: list[Sequence[GridSegment]], at_s: float, change: PlanChange
) -> Plan:
    """The begun blocks as they are, and those after them fitted to what is left."""
    wish = replace(plan.wish, guidance=change.guidance or plan.wish.guidance)
    session = replace(plan.session, cadence_spm=plan.session.cadence_spm + change.by_spm)
    tails = _prepared(session, plan, wish)[len(heads) :]
    spaces = duration_bounds(tails, plan.speaker)
    fitted_s = plan.score.fitted_ends_s[: len(heads)]
    length_s = session.length_s if wish.length_s is None else wish.length_s
    tails_s = _fitted_ends_s(spaces, length_s, fitted_s[-1])
    if tails and change.by_spm and heads[-1].kind.running and tails[0].kind.running:
        begun[-1] = [*begun[-1][:-1], _to_a_cycle(begun[-1][-1], tails_s[0] - spaces[0].need_s)]
    rest = grid_segments(tails, spaces, tails_s, begun[-1][-1])
    score = Schedule(
        blocks=(*heads, *tails),
        grid=StepGrid([*begun, *((stretch,) for stretch in rest)]),
        fitted_ends_s=fitted_s + tails_s,
        cue_ends_s=plan.score.cue_ends_s[: len(heads)] + tuple(stretch.end_s for stretch in rest),
    )
    heard = [event for event in plan.timeline.events if event.start_s < at_s - TINY_S and not isinstance(event, Bed)]
    new = _new_events(replace(plan, score=score), heard, at_s, GUIDANCE[wish.guidance])
    return build_plan(session, wish, plan.speaker, plan.bell_length, score, [*score.beds(), *heard, *new])


def _prepared(session: Session, plan: Plan, wish: PlanOptions) -> tuple[ResolvedBlock, ...]:
    kinds = [KINDS[block.kind] for block in session.blocks]
    try:
        return resolve_blocks(session, kinds, load_block_wording(plan.speaker.language), wish.guidance)
    except SessionError as error:
        raise CadenceLimitError(str(error)) from error


def _changed(stretches: Sequence[GridSegment], at_s: float, by_spm: float) -> list[GridSegment]:
    """A block's stretches with its cadence moved from a time on."""
    done = [stretch for stretch in stretches if stretch.end_s <= at_s + TINY_S]
    now = stretches[min(len(done), len(stretches) - 1)]
    spm = now.spm_at(at_s)
    if not all(SLOWEST_SPM <= each + by_spm <= QUICKEST_SPM for each in (spm, now.end_spm)):
        raise CadenceLimitError(f"{spm + by_spm:g}")
    steps = now.steps_at(at_s)
    steps = float(round(steps)) if abs(steps - round(steps)) < TINY_STEPS else steps
    if at_s > now.start_s + TINY_S:
        done.append(replace(now, end_s=at_s, end_spm=spm))
    return [*done, replace(now, start_s=at_s, start_spm=spm + by_spm, end_spm=now.end_spm + by_spm, steps=steps)]


def _to_a_cycle(stretch: GridSegment, latest_s: float) -> GridSegment:
    """The stretch with its end moved on to the next start of a breath cycle, if that is soon enough."""
    if not stretch.breath.steps:
        return stretch
    end_s = stretch.end_at_cycle(stretch.end_s)
    if end_s < stretch.end_s - TINY_S:
        end_s += steps_to_seconds(stretch.breath.steps, stretch.mean_spm)
    return replace(stretch, end_s=end_s) if end_s < latest_s else stretch


def _fitted_ends_s(spaces: Sequence[DurationBounds], length_s: float | None, begin_s: float) -> tuple[float, ...]:
    """Where the blocks to come end; as near to the length as they can, where it has gone out of reach."""
    try:
        return fit_ends_s(spaces, length_s, begin_s)
    except OutOfReachError as reach:
        left_s = (length_s or 0.0) - begin_s
        return fit_ends_s(spaces, begin_s + min(max(left_s, reach.shortest_s), reach.longest_s), begin_s)


def _new_events(plan: Plan, heard: Sequence[Event], at_s: float, levels: Sequence[str]) -> Iterator[Event]:
    """What begins at or after a time in the block of that time and in those after it."""
    first = plan.score.grid.block_at(at_s)
    for event in plan.score.sounds(plan.bell_length, first=first):
        if event.start_s >= at_s - TINY_S:
            yield event
    said = [event for event in heard if isinstance(event, Speech)]
    before = [event.end_s + GAP_S for event in said if event.block < first]
    for index, line in plan.score.lines(plan.speaker, first=first, free_s=max(before, default=0.0)):
        if not isinstance(line, Late) and _is_due(line, said, at_s, levels):
            yield schedule_speech(line, index)


def _is_due(line: TimedWords, said: Sequence[Speech], at_s: float, levels: Sequence[str]) -> bool:
    """Whether a line is still to be said: the rest of a cue that has begun, or of one that is wanted."""
    if line.start_s < at_s - TINY_S:
        return False
    if line.begun_s < at_s - TINY_S:
        return any(abs(line.begun_s - event.start_s) < TINY_S for event in said)
    return line.cue.level in levels

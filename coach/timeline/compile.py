"""From a session to its timeline: lengths, then the step grid, then words, then everything else that sounds."""

from collections.abc import Sequence
from dataclasses import replace

from coach.blocks.registry import KINDS
from coach.diagnostics.problem import Problem, SessionError
from coach.errors import UsageError
from coach.languages.block_wording import load_block_wording
from coach.session.session import Session
from coach.timeline.cue_scheduling import Late, SpeechContext
from coach.timeline.durations import DurationBounds, OutOfReachError, duration_bounds, fit_ends_s, grid_segments
from coach.timeline.overflow_problems import Overflow, explain_overflow, explain_unreachable_length
from coach.timeline.resolved_block import ResolvedBlock, resolve_blocks
from coach.timeline.schedule import BellLength, Plan, PlanOptions, Schedule, build_plan, schedule_speech
from coach.timeline.step_grid import StepGrid
from coach.timeline.timeline import Event, Timeline
from coach.utterance import Measure


def compile_timeline(session: Session, wish: PlanOptions, measure: Measure, bell_length: BellLength) -> Timeline:
    """Everything that will be heard, exact: the timeline of `compile_plan`, with the same arguments and errors."""
    return compile_plan(session, wish, measure, bell_length).timeline


def compile_plan(session: Session, wish: PlanOptions, measure: Measure, bell_length: BellLength) -> Plan:
    """A session's plan.

    Args:
        session: the session.
        wish: what differs from what the session says.
        measure: how long words take.
        bell_length: how long a bell rings, in seconds.

    Raises:
        SessionError: words do not fit, or the length or a cadence is out of reach; all such problems together.
        UsageError: the session does not speak the language.
    """
    session = replace(session, cadence_spm=wish.cadence_spm or session.cadence_spm)
    blocks, speaker = _cast(session, wish, measure)
    problems: list[Problem] = []
    spaces = duration_bounds(blocks, speaker)
    fitted_s = _fitted_ends_s(session, spaces, wish.length_s, problems)
    grid = StepGrid([(stretch,) for stretch in grid_segments(blocks, spaces, fitted_s)])
    ends_s = tuple(map(grid.end_s, range(len(blocks))))
    score = Schedule(blocks=blocks, grid=grid, fitted_ends_s=fitted_s, cue_ends_s=ends_s)
    events: list[Event] = [*score.beds(), *score.sounds(bell_length)]
    misfits: list[Overflow] = []
    for index, line in score.lines(speaker):
        if isinstance(line, Late):
            start_s, end_s, need_s = grid.start_s(index), grid.end_s(index), spaces[index].need_s
            misfits.append(Overflow(late=line, block=blocks[index], start_s=start_s, end_s=end_s, need_s=need_s))
        else:
            events.append(schedule_speech(line, index))
    problems.extend(explain_overflow(session, misfits))
    if problems:
        raise SessionError(problems)
    return build_plan(session, wish, speaker, bell_length, score, events)


def reachable_lengths_s(session: Session, wish: PlanOptions, measure: Measure) -> tuple[float, float]:
    """The shortest and the longest that a session can be, in seconds, whatever length is wished.

    Raises:
        UsageError: the session does not speak the language.
    """
    session = replace(session, cadence_spm=wish.cadence_spm or session.cadence_spm)
    spaces = duration_bounds(*_cast(session, wish, measure))
    return sum(space.shortest_s for space in spaces), sum(space.longest_s for space in spaces)


def _cast(session: Session, wish: PlanOptions, measure: Measure) -> tuple[tuple[ResolvedBlock, ...], SpeechContext]:
    """The blocks with all that was left to their kinds, and who speaks in them."""
    language = _language(session, wish.language)
    blocks = resolve_blocks(
        session, [KINDS[block.kind] for block in session.blocks], load_block_wording(language), wish.guidance
    )
    say_as = session.say_as.get(language, {})
    return blocks, SpeechContext(language=language, values=session.values, say_as=say_as, measure=measure)


def _language(session: Session, wanted: str | None) -> str:
    if wanted is None:
        return session.languages[0]
    if wanted not in session.languages:
        spoken_here = " and ".join(session.languages)
        raise UsageError(f"this session is not written in '{wanted}', only in {spoken_here}")
    return wanted


def _fitted_ends_s(
    session: Session, spaces: Sequence[DurationBounds], wished_s: float | None, problems: list[Problem]
) -> tuple[float, ...]:
    """Where the blocks end; where the length is out of reach, as near to it as can be, and a problem."""
    length_s = session.length_s if wished_s is None else wished_s
    try:
        return fit_ends_s(spaces, length_s)
    except OutOfReachError as reach:
        problems.append(explain_unreachable_length(session, length_s or 0.0, reach))
        return fit_ends_s(spaces, min(max(length_s or 0.0, reach.shortest_s), reach.longest_s))

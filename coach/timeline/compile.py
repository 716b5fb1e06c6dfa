"""Compile a session to its timeline: block lengths, step grid, speech, then all other sounds; or report what fails."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from coach.blocks.registry import KINDS
from coach.diagnostics.problem import Location, Problem, SessionError
from coach.errors import UsageError
from coach.languages.language import load_block_wording
from coach.session.session import Session
from coach.timeline.cue_scheduling import LateCue, SpeechContext
from coach.timeline.durations import DurationBounds, OutOfReachError, build_segments, find_duration_bounds, fit_ends_s
from coach.timeline.resolved_block import ResolvedBlock, resolve_blocks
from coach.timeline.schedule import BellLength, Plan, PlanOptions, Schedule, build_plan, to_speech
from coach.timeline.step_grid import StepGrid
from coach.timeline.timeline import Event, Timeline
from coach.units import seconds_to_text
from coach.utterance import Measure


def compile_timeline(session: Session, options: PlanOptions, measure: Measure, bell_length: BellLength) -> Timeline:
    """Compile everything that will be heard: the timeline of `compile_plan`, with the same arguments and errors."""
    return compile_plan(session, options, measure, bell_length).timeline


def compile_plan(session: Session, options: PlanOptions, measure: Measure, bell_length: BellLength) -> Plan:
    """Compile the plan of a session.

    Args:
        session: the session.
        options: what overrides the session's own settings.
        measure: gives how long words take to say.
        bell_length: gives how long a bell rings, in seconds.

    Raises:
        SessionError: words do not fit, or the length or a cadence is out of reach; it holds all such problems.
        UsageError: the session is not written in the language.
    """
    session = replace(session, cadence_spm=options.cadence_spm or session.cadence_spm)
    blocks, speech_context = _resolve(session, options, measure)
    problems: list[Problem] = []
    bounds = find_duration_bounds(blocks, speech_context)
    fitted_ends_s = _fit_ends_s(session, bounds, options.length_s, problems)
    grid = StepGrid([(segment,) for segment in build_segments(blocks, bounds, fitted_ends_s)])
    schedule = Schedule(blocks=blocks, grid=grid, fitted_ends_s=fitted_ends_s, cue_ends_s=grid.ends_s)
    events: list[Event] = [*schedule.place_beds(), *schedule.place_sounds(bell_length)]
    overflows: list[Overflow] = []
    for index, words in schedule.place_words(speech_context):
        if isinstance(words, LateCue):
            overflows.append(
                Overflow(
                    late=words,
                    block=blocks[index],
                    start_s=grid.starts_s[index],
                    end_s=grid.ends_s[index],
                    needed_s=bounds[index].needed_s,
                )
            )
        else:
            events.append(to_speech(words, index))
    problems.extend(explain_overflow(session, overflows))
    if problems:
        raise SessionError(problems)
    return build_plan(session, options, speech_context, bell_length, schedule, events)


def find_reachable_lengths_s(session: Session, options: PlanOptions, measure: Measure) -> tuple[float, float]:
    """Find the shortest and the longest that a session can be, in seconds, whatever length the options ask for.

    Raises:
        UsageError: the session is not written in the language.
    """
    session = replace(session, cadence_spm=options.cadence_spm or session.cadence_spm)
    bounds = find_duration_bounds(*_resolve(session, options, measure))
    return sum(bound.shortest_s for bound in bounds), sum(bound.longest_s for bound in bounds)


def _resolve(
    session: Session, options: PlanOptions, measure: Measure
) -> tuple[tuple[ResolvedBlock, ...], SpeechContext]:
    """Resolve what blocks leave to their kinds, and how the session's texts become speech."""
    language = _choose_language(session, options.language)
    blocks = resolve_blocks(
        session, [KINDS[block.kind] for block in session.blocks], load_block_wording(language), options.guidance
    )
    say_as = session.say_as.get(language, {})
    return blocks, SpeechContext(language=language, values=session.values, say_as=say_as, measure=measure)


def _choose_language(session: Session, language: str | None) -> str:
    if language is None:
        return session.languages[0]
    if language not in session.languages:
        languages = " and ".join(session.languages)
        raise UsageError(f"this session is not written in '{language}', only in {languages}")
    return language


def _fit_ends_s(
    session: Session, bounds: Sequence[DurationBounds], asked_s: float | None, problems: list[Problem]
) -> tuple[float, ...]:
    """Find where the blocks end. A length out of reach is a problem; the nearest that can be had stands in for it."""
    length_s = session.length_s if asked_s is None else asked_s
    try:
        return fit_ends_s(bounds, length_s)
    except OutOfReachError as reach:
        problems.append(explain_unreachable_length(session, length_s or 0.0, reach))
        return fit_ends_s(bounds, min(max(length_s or 0.0, reach.shortest_s), reach.longest_s))


_TINY_S = 1e-6


@dataclass(frozen=True, kw_only=True, slots=True)
class Overflow:
    """A cue that does not end inside its block: the block, its times, and the length that its words need."""

    late: LateCue
    block: ResolvedBlock
    start_s: float
    end_s: float
    needed_s: float

    @property
    def is_own(self) -> bool:
        """Whether the words come from the block's kind, not from the author."""
        return self.late.cue.location == self.block.block.location

    @property
    def is_optional(self) -> bool:
        """Whether it is left out where it does not fit: an extra of the kind's own is, an author's words never are."""
        return self.is_own and self.late.cue.level == "extra"


def explain_unreachable_length(session: Session, asked_s: float, reach: OutOfReachError) -> Problem:
    """Explain that the blocks cannot have the asked length together, and which lengths they can have."""
    asked, elastic = seconds_to_text(asked_s), "blocks be elastic, like 'lasts: 2m..6m'"
    shortest_s, longest_s = math.ceil(reach.shortest_s - _TINY_S), math.floor(reach.longest_s + _TINY_S)
    shortest, longest = seconds_to_text(shortest_s), seconds_to_text(longest_s)
    message = f"the blocks cannot last {asked} together: the shortest they can be is {shortest}, the longest {longest}"
    advice = f"ask for a length from {shortest} to {longest}, or let more {elastic}"
    if shortest_s >= longest_s:
        message = f"the blocks last {seconds_to_text(reach.longest_s)} together, and cannot last {asked}"
        advice = f"leave the length out, or let {elastic}"
    return Problem(location=session.location, code="length-out-of-reach", message=message, help=advice)


def explain_overflow(session: Session, overflows: Sequence[Overflow]) -> Iterator[Problem]:
    """Report each cue of the author's, and once each block whose kind's own words need more time."""
    own: dict[Location, Overflow] = {}
    for overflow in overflows:
        if overflow.is_optional:
            continue
        if not overflow.is_own:
            yield _explain_late_cue(overflow, _name_language(session, overflow), "these words")
        elif overflow.late.end_s == math.inf:
            yield _explain_late_cue(
                overflow, _name_language(session, overflow), f"the {overflow.block.kind.name} block's own words"
            )
        else:
            before = own.setdefault(overflow.block.block.location, overflow)
            own[overflow.block.block.location] = max(before, overflow, key=lambda each: each.needed_s)
    for overflow in own.values():
        yield _explain_short_block(overflow, _name_language(session, overflow))


def _name_language(session: Session, overflow: Overflow) -> str:
    return f" ({overflow.block.wording.language})" if len(session.languages) > 1 else ""


def _explain_late_cue(overflow: Overflow, language_note: str, subject: str) -> Problem:
    late, left_s = overflow.late, max(0.0, overflow.end_s - overflow.late.start_s)
    if late.end_s == math.inf:
        return Problem(
            location=late.cue.location,
            code="wait-never-comes",
            message=f"{subject}{language_note} wait for a breath or step that does not come before their block ends",
            help="make the block longer, place the cue earlier, or see that the block has a breath to wait for",
        )
    needed, left = seconds_to_text(late.end_s - late.start_s), seconds_to_text(left_s)
    return Problem(
        location=late.cue.location,
        code="words-do-not-fit",
        message=f"{subject}{language_note} do not end inside their block: they need {needed}, and {left} is left",
        help="make the block longer, place the cue earlier, or say less",
    )


def _explain_short_block(overflow: Overflow, language_note: str) -> Problem:
    name, lasts_s = overflow.block.kind.name, overflow.end_s - overflow.start_s
    lasts, need = seconds_to_text(lasts_s), seconds_to_text(math.ceil(max(overflow.needed_s, lasts_s + 1.0)))
    message = f"the {name} block's own words{language_note} do not fit into {lasts}: they need {need}"
    return Problem(
        location=overflow.block.block.location,
        code="words-do-not-fit",
        message=message,
        help=f"let the block last {need} or more, or write fewer words of your own under `say`",
    )

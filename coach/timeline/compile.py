"""Compile a session to its timeline: block lengths, step grid, speech, then all other sounds; or report what fails."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import cache, partial

from coach.blocks.registry import KINDS
from coach.diagnostics.problem import Problem, SessionError
from coach.errors import UsageError
from coach.languages.language import load_block_wording
from coach.session.session import Session
from coach.timeline.block_settings_and_guidance import ResolvedBlock, resolve_blocks
from coach.timeline.cue_scheduling import LEAST_SHARE, SpeechContext
from coach.timeline.durations import (
    TOLERANCE_S,
    DurationBounds,
    OutOfReachError,
    build_segments,
    find_duration_bounds,
    find_least_s,
    find_margin_s,
    fit_ends_s,
    fit_nearest_ends_s,
    lengthen,
    tighten,
)
from coach.timeline.overflow import explain_overflow, explain_unreachable_length, place_words
from coach.timeline.schedule import BellLength, Plan, PlanOptions, Schedule, build_plan
from coach.timeline.step_grid import StepGrid
from coach.timeline.timeline import Event, Timeline
from coach.utterance import Measure


def compile_timeline(
    session: Session, options: PlanOptions, measure: Measure, bell_length: BellLength, expect: Measure | None = None
) -> Timeline:
    """Compile everything that will be heard: the timeline of `compile_plan`, with the same arguments and errors."""
    return compile_plan(session, options, measure, bell_length, expect).timeline


def compile_plan(
    session: Session, options: PlanOptions, measure: Measure, bell_length: BellLength, expect: Measure | None = None
) -> Plan:
    """Compile the plan of a session.

    Whether words fit is decided by how long they are expected to take, so that it is the same with every voice. For
    a voice that takes longer, blocks become a little longer.

    Args:
        session: the session.
        options: what overrides the session's own settings.
        measure: gives how long words take to say.
        bell_length: gives how long a bell rings, in seconds.
        expect: gives how long words are expected to take with any voice; None is ``measure``.

    Raises:
        SessionError: words do not fit, or the length or a cadence is out of reach; it holds all such problems.
        UsageError: the session is not written in the language.
    """
    session = replace(session, cadence_spm=options.cadence_spm or session.cadence_spm)
    blocks, speech_context = _resolve(session, options, measure, expect and _expect_words(measure, expect))
    find_least = cache(lambda index: find_least_s(blocks[index], speech_context))
    if expect is not None and not all(_has_room(block, find_least(index)) for index, block in enumerate(blocks)):
        compile_plan(session, options, _expect_words(measure, expect), bell_length)  # raises what fits with no voice
    length_s = session.length_s if options.length_s is None else options.length_s
    bounds = find_duration_bounds(blocks, speech_context)
    problems: list[Problem] = []
    if length_s is not None and (expect is not None or not _can_last(bounds, length_s)):
        problems += _check_length(session, blocks, list(map(find_least, range(len(blocks)))), length_s)
        if length_s < sum(bound.shortest_s for bound in bounds):
            bounds = tuple(map(partial(tighten, speech_context=speech_context), bounds, blocks))
    lengthened: set[int] = set()
    for trial in range(MAX_LENGTHENINGS):
        schedule = _build_schedule(blocks, bounds, length_s)
        words, overflows = place_words(schedule, speech_context)
        slow = {each.index for each in overflows if _has_room(each.block, find_least(each.index))}
        overflows = [replace(each, needed_s=find_least(each.index)) for each in overflows if each.index not in slow]
        if not slow or problems or overflows:
            break
        lengthened |= slow
        bounds = _lengthen(bounds, schedule, speech_context, dict.fromkeys(slow, trial / 2.0))
    if overflows:
        enough_s = _find_enough_s(session, options, expect or measure)
        problems += explain_overflow(session, [replace(each, enough_s=enough_s[each.index]) for each in overflows])
    if problems:
        raise SessionError(problems)
    events: list[Event] = [*schedule.place_beds(), *schedule.place_sounds(bell_length), *words]
    plan = build_plan(session, options, speech_context, bell_length, schedule, events)
    return replace(plan, lengthened={index: bounds[index].needed_s for index in lengthened})


def _find_enough_s(session: Session, options: PlanOptions, expect: Measure) -> tuple[float, ...]:
    """Find the least length that each block needs in any of the session's languages."""
    languages: list[list[float]] = []
    for language in session.languages:
        blocks, speech_context = _resolve(session, replace(options, language=language), expect)
        languages.append([find_least_s(block, speech_context) for block in blocks])
    return tuple(map(max, *languages)) if len(languages) > 1 else tuple(languages[0])


MAX_LENGTHENINGS = 8


def _expect_words(measure: Measure, expect: Measure) -> Measure:
    """Expect words to take what any voice takes, and a recording what it takes."""
    return lambda utterance: measure(utterance) if utterance.recording is not None else expect(utterance)


def _can_last(bounds: Sequence[DurationBounds], length_s: float) -> bool:
    """Whether blocks can last that long together."""
    return sum(bound.shortest_s for bound in bounds) <= length_s <= sum(bound.longest_s for bound in bounds)


def _has_room(block: ResolvedBlock, least_s: float) -> bool:
    """Whether a block has room for its words, as far as can be expected; an elastic block makes room."""
    is_elastic = block.span.longest_s > block.span.shortest_s
    return least_s < math.inf if is_elastic else least_s <= block.span.shortest_s + TOLERANCE_S


def _build_schedule(
    blocks: Sequence[ResolvedBlock], bounds: Sequence[DurationBounds], length_s: float | None
) -> Schedule:
    """Time the blocks: as long together as asked, or as near to it as their words let them be."""
    ends_s = fit_ends_s(bounds, None) if length_s is None else fit_nearest_ends_s(bounds, length_s)
    grid = StepGrid([(segment,) for segment in build_segments(blocks, bounds, ends_s)])
    return Schedule(blocks=tuple(blocks), grid=grid, fitted_ends_s=ends_s, cue_ends_s=grid.ends_s)


def _lengthen(
    bounds: Sequence[DurationBounds], schedule: Schedule, speech_context: SpeechContext, margins: Mapping[int, float]
) -> tuple[DurationBounds, ...]:
    """Lengthen the blocks of these indices, with these margins, for the voice that speaks."""
    lasts_s = [end_s - start_s for start_s, end_s in zip(schedule.grid.starts_s, schedule.grid.ends_s, strict=True)]
    return tuple(
        lengthen(bound, schedule.blocks[index], speech_context, lasts_s[index], margins[index])
        if index in margins
        else bound
        for index, bound in enumerate(bounds)
    )


def find_reachable_lengths_s(session: Session, options: PlanOptions, measure: Measure) -> tuple[float, float]:
    """Find the shortest and the longest that a session can be, in seconds, whatever length the options ask for.

    Raises:
        UsageError: the session is not written in the language.
    """
    session = replace(session, cadence_spm=options.cadence_spm or session.cadence_spm)
    blocks, speech_context = _resolve(session, options, measure)
    return _find_limits_s(blocks, [find_least_s(block, speech_context) for block in blocks])


def _find_limits_s(blocks: Sequence[ResolvedBlock], least_s: Sequence[float]) -> tuple[float, float]:
    """Find how short and how long the blocks can be together, with the least that their words need."""
    pairs = list(zip(blocks, least_s, strict=True))
    shortest_s = sum(DurationBounds(span=block.span, needed_s=each).shortest_s for block, each in pairs)
    needed_s = [each / LEAST_SHARE + find_margin_s(block, block.span.shortest_s) for block, each in pairs]
    expected = (DurationBounds(span=block.span, needed_s=each) for block, each in zip(blocks, needed_s, strict=True))
    return shortest_s, sum(bound.longest_s for bound in expected)


def _resolve(
    session: Session, options: PlanOptions, measure: Measure, expect: Measure | None = None
) -> tuple[tuple[ResolvedBlock, ...], SpeechContext]:
    """Resolve what blocks leave to their kinds, and how the session's texts become speech."""
    language = _choose_language(session, options.language)
    blocks = resolve_blocks(
        session, [KINDS[block.kind] for block in session.blocks], load_block_wording(language), options.guidance
    )
    say_as = session.say_as.get(language, {})
    return blocks, SpeechContext(
        language=language, values=session.values, say_as=say_as, measure=measure, expect=expect
    )


def _choose_language(session: Session, language: str | None) -> str:
    if language is None:
        return session.languages[0]
    if language not in session.languages:
        languages = " and ".join(session.languages)
        raise UsageError(f"this session is not written in '{language}', only in {languages}")
    return language


def _check_length(
    session: Session, blocks: Sequence[ResolvedBlock], least_s: Sequence[float], length_s: float
) -> Iterator[Problem]:
    """Report a length that the blocks cannot have together, whatever voice speaks."""
    shortest_s, longest_s = _find_limits_s(blocks, least_s)
    if not shortest_s - TOLERANCE_S <= length_s <= longest_s + TOLERANCE_S and math.isfinite(shortest_s):
        yield explain_unreachable_length(session, length_s, OutOfReachError(shortest_s, longest_s))

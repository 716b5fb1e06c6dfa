"""Compile a session to its timeline: block lengths, step grid, speech, then all other sounds; or report what fails."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache, partial

from coach.blocks.registry import KINDS
from coach.diagnostics.problem import Location, Problem, SessionError
from coach.errors import UsageError
from coach.languages.language import load_block_wording
from coach.session.session import NO_BREATH, FromEnd, Session
from coach.timeline.cue_scheduling import LEAST_SHARE, LateCue, SpeechContext
from coach.timeline.durations import (
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
from coach.timeline.resolved_block import ResolvedBlock, resolve_blocks
from coach.timeline.schedule import BellLength, Plan, PlanOptions, Schedule, build_plan, to_speech
from coach.timeline.step_grid import StepGrid
from coach.timeline.timeline import Event, Speech, Timeline
from coach.units import seconds_to_text
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
        words, overflows = _place_words(schedule, speech_context)
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
    return least_s < math.inf if is_elastic else least_s <= block.span.shortest_s + _TINY_S


def _build_schedule(
    blocks: Sequence[ResolvedBlock], bounds: Sequence[DurationBounds], length_s: float | None
) -> Schedule:
    """Time the blocks: as long together as asked, or as near to it as their words let them be."""
    ends_s = fit_ends_s(bounds, None) if length_s is None else fit_nearest_ends_s(bounds, length_s)
    grid = StepGrid([(segment,) for segment in build_segments(blocks, bounds, ends_s)])
    return Schedule(blocks=tuple(blocks), grid=grid, fitted_ends_s=ends_s, cue_ends_s=grid.ends_s)


def _place_words(schedule: Schedule, speech_context: SpeechContext) -> tuple[list[Speech], list["Overflow"]]:
    """Place the words; also list the cues that must be said and do not end inside their block."""
    events: list[Speech] = []
    overflows: list[Overflow] = []
    for index, words in schedule.place_words(speech_context):
        if not isinstance(words, LateCue):
            events.append(to_speech(words, index))
            continue
        overflow = Overflow(
            late=words,
            index=index,
            block=schedule.blocks[index],
            start_s=schedule.grid.starts_s[index],
            end_s=schedule.grid.ends_s[index],
        )
        overflows += [overflow] * (not overflow.is_optional)
    return events, overflows


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
    if not shortest_s - _TINY_S <= length_s <= longest_s + _TINY_S and math.isfinite(shortest_s):
        yield explain_unreachable_length(session, length_s, OutOfReachError(shortest_s, longest_s))


_TINY_S = 1e-6


@dataclass(frozen=True, kw_only=True, slots=True)
class Overflow:
    """A cue that does not end inside its block: the block, its times, and the length that its words need.

    ``enough_s`` is the length that is enough in all of the session's languages.
    """

    late: LateCue
    index: int
    block: ResolvedBlock
    start_s: float
    end_s: float
    needed_s: float = 0.0
    enough_s: float = 0.0

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
        elif overflow.needed_s == math.inf:
            yield _explain_late_cue(
                overflow, _name_language(session, overflow), f"the {overflow.block.kind.name} block's own words"
            )
        else:
            before = own.setdefault(overflow.block.block.location, overflow)
            own[overflow.block.block.location] = max(before, overflow, key=lambda each: each.enough_s)
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
            help=_advise_on_wait(overflow),
        )
    needed, left = seconds_to_text(late.end_s - late.start_s), seconds_to_text(left_s)
    return Problem(
        location=late.cue.location,
        code="words-do-not-fit",
        message=f"{subject}{language_note} do not end inside their block: they need {needed}, and {left} is left",
        help=_advise_on_late_cue(overflow),
    )


def _advise_on_wait(overflow: Overflow) -> str:
    if math.isfinite(overflow.enough_s):
        return f"let the block last {_round_up(overflow.enough_s)} or more, or place the cue earlier"
    if overflow.block.breath == NO_BREATH:
        return "give the block a breath to wait for, or write a pause in its place, such as [4s]"
    return "place the cue earlier"


def _advise_on_late_cue(overflow: Overflow) -> str:
    """Advise on the author's words that end late: where a longer block helps, with the least length that does."""
    if math.isfinite(overflow.enough_s):
        return f"let the block last {_round_up(overflow.enough_s)} or more, place the cue earlier, or say less"
    if isinstance(overflow.late.cue.place, FromEnd):
        needed = _round_up(overflow.late.end_s - overflow.late.start_s)
        return f"place the cue at -{needed} or earlier, or say less"
    return "make the block longer, place the cue earlier, or say less"


def _explain_short_block(overflow: Overflow, language_note: str) -> Problem:
    block, lasts_s = overflow.block, overflow.end_s - overflow.start_s
    lasts, need = seconds_to_text(lasts_s), _round_up(overflow.needed_s)
    message = f"the {block.kind.name} block's own words{language_note} do not fit into {lasts}: they need {need}"
    fewer = ", or write fewer words of your own under `say-also`" if block.block.say_also else ""
    return Problem(
        location=block.block.location,
        code="words-do-not-fit",
        message=message,
        help=f"let the block last {_round_up(max(overflow.needed_s, overflow.enough_s))} or more{fewer}",
    )


def _round_up(length_s: float) -> str:
    return seconds_to_text(math.ceil(length_s - _TINY_S))

"""Compile a session to its timeline: block lengths, step grid, speech, then all other sounds; or report what fails."""

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from coach.blocks.registry import KINDS
from coach.diagnostics.problem import Problem, SessionError
from coach.errors import UsageError
from coach.languages.block_wording import load_block_wording
from coach.session.session import Session, Span, count_variants, expand_outline
from coach.timeline.abridgement import find_most_talk_s
from coach.timeline.block_settings_and_guidance import ResolvedBlock, resolve_blocks
from coach.timeline.cue_scheduling import SpeechContext
from coach.timeline.durations import (
    DurationBounds,
    build_segments,
    fit_ends_s,
    fit_nearest_ends_s,
    lengthen,
)
from coach.timeline.length_fit import (
    BlockRoom,
    can_last,
    find_bounds,
    find_reach,
    find_rooms,
    find_usual,
    fit_bounds,
    is_short,
    is_within,
)
from coach.timeline.overflow import Overflow, explain_overflow, explain_unreachable_length, place_words
from coach.timeline.schedule import BellLength, Plan, PlanOptions, Schedule, build_plan
from coach.timeline.step_grid import StepGrid
from coach.timeline.timeline import Event, Speech, Timeline
from coach.translation import _
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
    session = _apply_options(session, options)
    expected = expect and _expect_words(measure, expect)
    length_s = session.length_s if options.length_s is None else options.length_s
    session = _choose_repeats(session, options, expected or measure, length_s) if session.outline else session
    blocks, speech_context = _resolve(session, options, bell_length, measure, expected)
    rooms = find_rooms(blocks, speech_context)
    if expect is not None and not all(room.fits_authored for room in rooms):
        compile_plan(session, options, _expect_words(measure, expect), bell_length)  # raises what fits with no voice
    bounds = find_bounds(rooms, speech_context)
    problems: list[Problem] = []
    if length_s is not None and (expect is not None or not can_last(bounds, length_s)):
        problems += _check_length(session, options, rooms, length_s)
        bounds = fit_bounds(rooms, bounds, speech_context, length_s)
    lengthened: set[int] = set()
    for trial in range(MAX_LENGTHENINGS):
        schedule = _build_schedule(blocks, bounds, length_s)
        schedule, words, overflows = place_or_abridge(schedule, rooms, bounds, speech_context)
        slow = {each.index for each in overflows if _can_lengthen(rooms[each.index], schedule, each.index)}
        overflows = [each for each in overflows if each.index not in slow]
        if not slow or problems or overflows:
            break
        lengthened |= slow
        bounds = _lengthen(bounds, schedule, speech_context, dict.fromkeys(slow, trial / 2.0))
    if overflows:
        enough_s = _find_enough_s(session, options, bell_length, expect or measure)
        problems += explain_overflow(session, [replace(each, enough_s=enough_s[each.index]) for each in overflows])
    if problems:
        raise SessionError(problems)
    events: list[Event] = [*schedule.place_beds(), *schedule.place_sounds(bell_length), *words]
    plan = build_plan(session, options, speech_context, bell_length, schedule, events)
    return replace(plan, lengthened={index: bounds[index].needed_s for index in lengthened})


def place_or_abridge(
    schedule: Schedule, rooms: Sequence[BlockRoom], bounds: Sequence[DurationBounds], speech_context: SpeechContext
) -> tuple[Schedule, list[Speech], list[Overflow]]:
    """Place the words; those of a kind in a block without room for them are abridged.

    They are abridged by how long they are expected to take; if a voice takes longer, by how long that takes.

    Args:
        schedule: the blocks in time.
        rooms: how much time the last blocks need; the words of those before them are left as they are.
        bounds: how long these blocks may last.
        speech_context: how texts become speech.
    """
    first = len(schedule.blocks) - len(rooms)
    words, overflows = place_words(schedule, speech_context, first)
    crammed = set(_find_crammed(schedule, first, bounds, words))
    if crammed:
        schedule = schedule.abridge(
            crammed, replace(speech_context, measure=speech_context.expect or speech_context.measure)
        )
        words, overflows = place_words(schedule, speech_context, first)
    for measure in (speech_context.expect or speech_context.measure, speech_context.measure):
        short = {each.index for each in overflows if is_short(rooms[each.index - first], bounds[each.index - first])}
        if not short:
            break
        schedule = schedule.abridge(short, replace(speech_context, measure=measure))
        words, overflows = place_words(schedule, speech_context, first)
    return schedule, words, overflows


def _find_crammed(
    schedule: Schedule, first: int, bounds: Sequence[DurationBounds], words: Sequence[Speech]
) -> Iterator[int]:
    """Find the blocks that are cut, in which the words of their kind would leave too little quiet."""
    for index, bound in enumerate(bounds, first):
        if bound.is_cut and schedule.blocks[index].has_kinds_words:
            talk_s = sum(each.end_s - each.start_s for each in words if each.block == index)
            if talk_s > find_most_talk_s(schedule.grid.ends_s[index] - schedule.grid.starts_s[index]):
                yield index


def _can_lengthen(room: BlockRoom, schedule: Schedule, index: int) -> bool:
    """Return whether a block has room for its words as far as can be expected, so that it may last longer."""
    return room.fits_authored if index in schedule.abridged else room.fits_all


def _find_enough_s(
    session: Session, options: PlanOptions, bell_length: BellLength, expect: Measure
) -> tuple[float, ...]:
    """Find the least length that each block needs for its author's words in any of the session's languages."""
    languages: list[list[float]] = []
    for language in session.languages:
        blocks, speech_context = _resolve(session, replace(options, language=language), bell_length, expect)
        languages.append([room.authored_s for room in find_rooms(blocks, speech_context)])
    return tuple(map(max, *languages)) if len(languages) > 1 else tuple(languages[0])


MAX_LENGTHENINGS = 8
USUAL_BELL_S = 6.0


def _expect_words(measure: Measure, expect: Measure) -> Measure:
    """Expect words to take what any voice takes, and a recording what it takes."""
    return lambda utterance: measure(utterance) if utterance.recording is not None else expect(utterance)


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
        lengthen(bound, schedule.get_spoken_block(index), speech_context, lasts_s[index], margins[index])
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
    reach = _find_reach_of_all(session, options, measure)
    return reach.shortest_s, reach.longest_s


def _find_reach_of_all(session: Session, options: PlanOptions, measure: Measure) -> Span:
    """Find how short and how long the blocks can be together, with as few and as many repeats as allowed."""
    reaches = [find_reach(_find_rooms(each, options, measure)) for each in _list_variants(session)]
    return Span(shortest_s=min(each.shortest_s for each in reaches), longest_s=max(each.longest_s for each in reaches))


def _find_rooms(session: Session, options: PlanOptions, measure: Measure) -> tuple[BlockRoom, ...]:
    return find_rooms(*_resolve(session, options, lambda _name: USUAL_BELL_S, measure))


def _list_variants(session: Session) -> tuple[Session, ...]:
    """List the session with its repeats from as few times to as many as allowed; those in the middle come first."""
    if not session.outline:
        return (session,)
    count = count_variants(session.outline)
    from_middle = sorted(range(count), key=lambda variant: abs(variant - (count - 1) // 2))
    return tuple(replace(session, blocks=expand_outline(session.outline, each, count)) for each in from_middle)


def _choose_repeats(session: Session, options: PlanOptions, measure: Measure, length_s: float | None) -> Session:
    """Choose how often blocks are repeated: as near to the middle as the length allows, with no block cut for it."""
    if length_s is None:
        return session
    best, best_s = session, (math.inf, math.inf)
    for variant in _list_variants(session):
        rooms = _find_rooms(variant, options, measure)
        outside_s = (_measure_outside_s(find_reach(rooms), length_s), _measure_outside_s(find_usual(rooms), length_s))
        if outside_s < best_s:
            best, best_s = variant, outside_s
        if outside_s[1] <= 0.0:
            break
    return best


def _measure_outside_s(span: Span, length_s: float) -> float:
    """Measure how far a length is out of reach."""
    return 0.0 if is_within(span, length_s) else max(span.shortest_s - length_s, length_s - span.longest_s)


def _apply_options(session: Session, options: PlanOptions) -> Session:
    cadence_spm = options.cadence_spm or session.cadence_spm
    return replace(session, cadence_spm=cadence_spm, levels=session.levels.override(options.levels))


def _resolve(
    session: Session, options: PlanOptions, bell_length: BellLength, measure: Measure, expect: Measure | None = None
) -> tuple[tuple[ResolvedBlock, ...], SpeechContext]:
    """Resolve what blocks leave to their kinds, and how the session's texts become speech."""
    language = _choose_language(session, options.language)
    kinds = [KINDS[block.kind] for block in session.blocks]
    blocks = resolve_blocks(
        session,
        kinds,
        load_block_wording(language),
        options.guidance,
        bell_length,
        is_option=options.cadence_spm is not None,
    )
    say_as = session.say_as.get(language, {})
    return blocks, SpeechContext(
        language=language,
        values=session.values,
        say_as=say_as,
        measure=measure,
        expect=expect,
        whole_s=session.length_s if options.length_s is None else options.length_s,
    )


def _choose_language(session: Session, language: str | None) -> str:
    if language is None:
        return session.languages[0]
    if language not in session.languages:
        languages = " and ".join(session.languages)
        raise UsageError(
            _(
                "this session is not written in '{language}', only in {languages}",
                language=language,
                languages=languages,
            )
        )
    return language


def _check_length(
    session: Session, options: PlanOptions, rooms: Sequence[BlockRoom], length_s: float
) -> Iterator[Problem]:
    """Report a length that the blocks cannot have together, whatever voice speaks."""
    reach = find_reach(rooms)
    if is_within(reach, length_s) or not math.isfinite(reach.shortest_s):
        return
    context = rooms[0].speech_context
    whole = _find_reach_of_all(session, options, context.expect or context.measure) if session.outline else reach
    nearest = reach if is_within(whole, length_s) else whole
    yield explain_unreachable_length(session, length_s, nearest, is_option=options.length_s is not None)

"""From a session to its timeline: lengths, then the step grid, then words, then everything else that sounds."""

import math
from collections.abc import Sequence
from dataclasses import replace

from coach.blocks.registry import KINDS
from coach.blocks.wording import wording
from coach.errors import Problem, SessionError, UsageError
from coach.session.types import Session
from coach.speech import Measure
from coach.timeline.fitting import OutOfReachError, Room
from coach.timeline.grid import StepGrid
from coach.timeline.lengths import fitted_ends_s, rooms, stretches
from coach.timeline.placing import Late, Speaker
from coach.timeline.plan import Plan, Wish, drawn_up
from coach.timeline.prepared import Prepared, prepare
from coach.timeline.score import BellLength, Score, spoken
from coach.timeline.types import Event, Timeline
from coach.units import seconds_to_text


def compile_timeline(session: Session, wish: Wish, measure: Measure, bell_length: BellLength) -> Timeline:
    """Everything that will be heard, exact: the timeline of `compile_plan`, with the same arguments and errors."""
    return compile_plan(session, wish, measure, bell_length).timeline


def compile_plan(session: Session, wish: Wish, measure: Measure, bell_length: BellLength) -> Plan:
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
    spaces = rooms(blocks, speaker)
    fitted_s = _fitted_ends_s(session, spaces, wish.length_s, problems)
    grid = StepGrid([(stretch,) for stretch in stretches(blocks, spaces, fitted_s)])
    ends_s = tuple(map(grid.end_s, range(len(blocks))))
    score = Score(blocks=blocks, grid=grid, fitted_ends_s=fitted_s, cue_ends_s=ends_s)
    events: list[Event] = [*score.beds(), *score.sounds(bell_length)]
    for index, line in score.lines(speaker):
        if not isinstance(line, Late):
            events.append(spoken(line, index))
        elif not _may_go(line, blocks[index]):
            problems.append(_late_problem(line, blocks[index], grid.end_s(index)))
    if problems:
        raise SessionError(problems)
    return drawn_up(session, wish, speaker, bell_length, score, events)


def reach(session: Session, wish: Wish, measure: Measure) -> tuple[float, float]:
    """The shortest and the longest that a session can be, in seconds, whatever length is wished.

    Raises:
        UsageError: the session does not speak the language.
    """
    session = replace(session, cadence_spm=wish.cadence_spm or session.cadence_spm)
    spaces = rooms(*_cast(session, wish, measure))
    return sum(space.shortest_s for space in spaces), sum(space.longest_s for space in spaces)


def _cast(session: Session, wish: Wish, measure: Measure) -> tuple[tuple[Prepared, ...], Speaker]:
    """The blocks with all that was left to their kinds, and who speaks in them."""
    language = _language(session, wish.language)
    blocks = prepare(session, [KINDS[block.kind] for block in session.blocks], wording(language), wish.guidance)
    say_as = session.say_as.get(language, {})
    return blocks, Speaker(language=language, values=session.values, say_as=say_as, measure=measure)


def _language(session: Session, wanted: str | None) -> str:
    if wanted is None:
        return session.languages[0]
    if wanted not in session.languages:
        spoken_here = " and ".join(session.languages)
        raise UsageError(f"this session is not written in '{wanted}', only in {spoken_here}")
    return wanted


def _fitted_ends_s(
    session: Session, spaces: Sequence[Room], wished_s: float | None, problems: list[Problem]
) -> tuple[float, ...]:
    """Where the blocks end; where the length is out of reach, as near to it as can be, and a problem."""
    length_s = session.length_s if wished_s is None else wished_s
    try:
        return fitted_ends_s(spaces, length_s)
    except OutOfReachError as reach:
        asked = seconds_to_text(length_s or 0.0)
        shortest, longest = seconds_to_text(math.ceil(reach.shortest_s)), seconds_to_text(math.floor(reach.longest_s))
        way_out = f"ask for a length from {shortest} to {longest}, or let more blocks be elastic, like 'lasts: 2m..6m'"
        message = (
            f"the blocks cannot last {asked} together: the shortest they can be is {shortest}, the longest {longest}"
        )
        problems.append(Problem(where=session.where, code="length-out-of-reach", message=message, help=way_out))
        return fitted_ends_s(spaces, min(max(length_s or 0.0, reach.shortest_s), reach.longest_s))


def _may_go(late: Late, block: Prepared) -> bool:
    """An extra of the kind's own is left out where there is no room; an author's word never is."""
    return late.cue.level == "extra" and late.cue.where == block.block.where


def _late_problem(late: Late, block: Prepared, end_s: float) -> Problem:
    whose = f"the {block.kind.name} block's own words" if late.cue.where == block.block.where else "these words"
    if len(set(late.cue.text.words.values())) > 1:
        whose += f" ({block.wording.language})"
    left_s = max(0.0, end_s - late.start_s)
    if late.end_s == math.inf:
        return Problem(
            where=late.cue.where,
            code="wait-never-comes",
            message=f"{whose} wait for a breath or step that does not come before their block ends",
            help="make the block longer, place the cue earlier, or see that the block has a breath to wait for",
        )
    needed, left = seconds_to_text(late.end_s - late.start_s), seconds_to_text(left_s)
    return Problem(
        where=late.cue.where,
        code="words-do-not-fit",
        message=f"{whose} do not end inside their block: they need {needed}, and {left} is left",
        help="make the block longer, place the cue earlier, or say less",
    )

"""Overflow: words that do not fit into their block, and a length that the blocks cannot have; found and explained."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from coach.blocks.registry import KINDS
from coach.diagnostics.problem import Problem, locate_option
from coach.session.library import find_folder
from coach.session.session import NO_BREATH, FromEnd, Session, Span
from coach.session.values.duration import SPAN
from coach.timeline.block_settings_and_guidance import ResolvedBlock
from coach.timeline.cue_scheduling import LateCue, SpeechContext
from coach.timeline.durations import TOLERANCE_S
from coach.timeline.schedule import Schedule, to_speech
from coach.timeline.timeline import Speech
from coach.translation import _, mark_message
from coach.units import seconds_to_text

WALK_OUT = "walk-out"

# No block is suggested to be shorter: in less, its kind says one sentence at most.
SHORTEST_WIDENED_S = 10.0

ROUND_S = 10.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Overflow:
    """A cue that does not end inside its block: the block, its times, and the length that is enough for it.

    ``enough_s`` is enough in all of the session's languages.
    """

    late: LateCue
    index: int
    block: ResolvedBlock
    start_s: float
    end_s: float
    enough_s: float = 0.0

    @property
    def is_own(self) -> bool:
        """Whether the words come from the block's kind, not from the author."""
        return self.late.cue.location == self.block.block.location

    @property
    def is_optional(self) -> bool:
        """Whether it is left out where it does not fit: an extra of the kind's own is, an author's words never are."""
        return self.is_own and self.late.cue.level == "extra"


def place_words(schedule: Schedule, speech_context: SpeechContext, first: int) -> tuple[list[Speech], list[Overflow]]:
    """Place the words of the blocks from ``first`` on; list the cues that must be said and end too late."""
    events: list[Speech] = []
    overflows: list[Overflow] = []
    for index, words in schedule.place_words(speech_context, first=first):
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


_FIXED = mark_message("the blocks last {longest} together, and cannot last {asked}")
_FIXED_OPTION = mark_message("the blocks of {name} last {longest} together, and cannot last {asked}")
_ELASTIC = mark_message(
    "the blocks cannot last {asked} together: the shortest they can be is {shortest}, the longest {longest}"
)
_ELASTIC_OPTION = mark_message(
    "the blocks of {name} cannot last {asked} together: the shortest they can be is {shortest}, the longest {longest}"
)


def explain_unreachable_length(session: Session, asked_s: float, reach: Span, *, is_option: bool = False) -> Problem:
    """Explain that the blocks cannot have the asked length together; give the nearest that they can, and a way out.

    ``is_option`` says that it was asked for on the command line, not in the file.
    """
    is_shipped = session.path.parent == find_folder()
    asked, name = seconds_to_text(asked_s), session.path.stem if is_shipped else session.location.file
    shortest_s, longest_s = math.ceil(reach.shortest_s - TOLERANCE_S), math.floor(reach.longest_s + TOLERANCE_S)
    nearest = seconds_to_text(shortest_s if asked_s < shortest_s else longest_s)
    is_fixed, widening = shortest_s >= longest_s, _suggest_widening(session, asked_s, reach)
    message = _(
        (_FIXED_OPTION if is_fixed else _ELASTIC_OPTION) if is_option else (_FIXED if is_fixed else _ELASTIC),
        name=name,
        asked=asked,
        shortest=seconds_to_text(shortest_s),
        longest=seconds_to_text(reach.longest_s if is_fixed else longest_s),
    )
    if is_fixed:
        advice = _("leave the length out, or {widening}", widening=widening)
    elif is_option:
        advice = _("the nearest is {nearest}: `--length {nearest}`; or {widening}", nearest=nearest, widening=widening)
    else:
        template = mark_message("the nearest is {nearest}: write `length: {nearest}`; or {widening}")
        advice = _(template, nearest=nearest, widening=widening)
    location = locate_option("--length", asked) if is_option else session.location
    return Problem(location=location, code="length-out-of-reach", message=message, help=advice)


def _suggest_widening(session: Session, asked_s: float, reach: Span) -> str:
    """Suggest a wider span for the block that can best have one, or first for it if it alone is not enough."""
    spans = {block.location: block.may_last or block.lasts or KINDS[block.kind].lasts for block in session.blocks}
    found = [(block, span) for block in session.blocks if (span := spans[block.location]) and block.kind != WALK_OUT]
    if not found:
        return _("add a block that is elastic, like `- easy: 2m..6m`")
    block, span = max(found, key=lambda each: (each[1].longest_s > each[1].shortest_s, each[1].longest_s))
    count = sum(each.location == block.location for each in session.blocks)
    less_s = max(0.0, reach.shortest_s - asked_s) / count
    more_s = max(0.0, asked_s - reach.longest_s) / count
    shortest_s = max(SHORTEST_WIDENED_S, span.shortest_s - less_s - less_s % ROUND_S) if less_s else span.shortest_s
    wider = Span(
        shortest_s=math.floor(min(shortest_s, span.shortest_s) / ROUND_S) * ROUND_S or span.shortest_s,
        longest_s=math.ceil((span.longest_s + more_s) / ROUND_S) * ROUND_S,
    )
    key = "may-last" if block.may_last else "lasts"
    template = mark_message("widen the {kind} block on line {line}: `{key}: {wider}`")
    if span.shortest_s - less_s < SHORTEST_WIDENED_S:
        template = mark_message("widen more blocks, first the {kind} block on line {line}: `{key}: {wider}`")
    return _(template, kind=block.kind, line=block.location.line, key=key, wider=SPAN.format(wider))


def explain_overflow(session: Session, overflows: Sequence[Overflow]) -> Iterator[Problem]:
    """Report each cue of the author's that does not fit; a kind's own are abridged or left out."""
    for overflow in overflows:
        if not overflow.is_own:
            yield _explain_late_cue(overflow, _name_language(session, overflow))


def _name_language(session: Session, overflow: Overflow) -> str:
    return f" ({overflow.block.wording.language})" if len(session.languages) > 1 else ""


def _explain_late_cue(overflow: Overflow, language_note: str) -> Problem:
    late, left_s = overflow.late, max(0.0, overflow.end_s - overflow.late.start_s)
    if late.end_s == math.inf:
        return Problem(
            location=late.cue.location,
            code="wait-never-comes",
            message=_(
                "these words{language_note} wait for a breath or step that does not come before their block ends",
                language_note=language_note,
            ),
            help=_advise_on_wait(overflow),
        )
    needed, left = seconds_to_text(late.end_s - late.start_s), seconds_to_text(left_s)
    return Problem(
        location=late.cue.location,
        code="words-do-not-fit",
        message=_(
            "these words{language_note} do not end inside their block: they need {needed}, and {left} is left",
            language_note=language_note,
            needed=needed,
            left=left,
        ),
        help=_advise_on_late_cue(overflow),
    )


def _advise_on_wait(overflow: Overflow) -> str:
    if math.isfinite(overflow.enough_s):
        return _("let the block last {length} or more, or place the cue earlier", length=_round_up(overflow.enough_s))
    if overflow.block.breath == NO_BREATH:
        return _("give the block a breath to wait for, or write a pause in its place, such as [4s]")
    if any("[hold]" in words for words in overflow.late.cue.text.words.values()) and not overflow.block.breath.is_held:
        return _("give the block a breath with a hold, like 4 in / 2 hold / 4 out, or write a pause, such as [4s]")
    return _("place the cue earlier")


def _advise_on_late_cue(overflow: Overflow) -> str:
    """Advise on the author's words that end late: where a longer block helps, with the least length that does."""
    if math.isfinite(overflow.enough_s):
        return _(
            "let the block last {length} or more, place the cue earlier, or say less",
            length=_round_up(overflow.enough_s),
        )
    if isinstance(overflow.late.cue.place, FromEnd):
        needed = _round_up(overflow.late.end_s - overflow.late.start_s)
        return _("place the cue at -{needed} or earlier, or say less", needed=needed)
    return _("make the block longer, place the cue earlier, or say less")


def _round_up(length_s: float) -> str:
    return seconds_to_text(math.ceil(length_s - TOLERANCE_S))

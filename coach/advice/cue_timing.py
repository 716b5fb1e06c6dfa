"""Cue timing: not at the very start, not later than asked, with pauses, and each count on a step of its own."""

import itertools
import math
from collections.abc import Iterator, Sequence

from coach.advice.plan_facts import SHORTEST_SESSION_S, PlanFacts, SpokenCue, format_roughly
from coach.diagnostics.problem import Edit, Fix, Problem
from coach.session.inline_markup import MarkupPart, Moment, Pause, Wait, Words, parse_markup
from coach.session.session import NO_BREATH, AtShare, Breath, Evenly, FromEnd, FromStart
from coach.text.sanitize import quote
from coach.translation import _, mark_message
from coach.units import seconds_to_text

# Wireless earphones in standby drop the first 0.3 to 1.5 seconds of what they are sent.
EARPHONES_WAKE_S = 1.5

# Longer than a bell rings alone, or than the wait for a breath: later, the words no longer fit their moment.
NOTICED_S = 5.0

# Blocks last as much longer or shorter anyway, as they end on a breath.
NOTICED_LONGER_S = 0.5

# Calm guidance pauses for one, three or seven seconds; after half a minute without three, nobody listens.
PAUSE_S = 3.0
LONGEST_TALK_S = 30.0


_MISCOUNTED = {
    "in": mark_message("these words{in_language} count {counted} steps on the in-breath, which here has {steps:g}"),
    "out": mark_message("these words{in_language} count {counted} steps on the out-breath, which here has {steps:g}"),
    "hold": mark_message("these words{in_language} count {counted} steps on the hold, which here has {steps:g}"),
}


def check_word_at_once(facts: PlanFacts) -> Iterator[Problem]:
    """Advise if the session begins with a word."""
    first = next(iter(facts.spoken_cues), None)
    if facts.length_s < SHORTEST_SESSION_S or first is None or first.start_s >= EARPHONES_WAKE_S:
        return
    yield Problem.at(
        first.location,
        "word-at-once",
        _("the first word comes at once, and wireless earphones often swallow the first second"),
        _("begin with a bell (`bell: start` in the first block), or say the first words `at: 2s`"),
    )


def check_late_cue(facts: PlanFacts) -> Iterator[Problem]:
    """Advise where a cue comes much later than its author asked, because the words before it take so long."""
    for before, said in zip(facts.spoken_cues, facts.spoken_cues[1:], strict=False):
        wanted_s = _find_wanted_s(facts, said)
        if wanted_s is None or said.start_s - wanted_s <= NOTICED_S or before.end_s <= wanted_s:
            continue
        late = format_roughly(said.start_s - wanted_s)
        template = mark_message(
            "these words{in_language} come {late} later than asked: until then the cue before them is being said"
        )
        if isinstance(said.cue.place, Evenly):
            template = mark_message(
                "these words{in_language} come {late} later than their even share of the block: until then the cue "
                "before them is being said"
            )
        yield Problem.at(
            said.location,
            "late-cue",
            _(template, in_language=facts.in_language, late=late),
            _("place them later, or the ones before earlier, or say less there"),
        )


def _find_wanted_s(facts: PlanFacts, said: SpokenCue) -> float | None:
    """Find when an author's cue would start if it had the block to itself; None if it has no set time."""
    first = parse_markup(said.cue.text[facts.language])[0]
    into_s = _find_offset_s(facts, said) if facts.is_authored(said) and not isinstance(first, Wait) else None
    if into_s is None:
        return None
    return facts.blocks[said.block].start_s + into_s + (first.seconds if isinstance(first, Pause) else 0.0)


def _find_offset_s(facts: PlanFacts, said: SpokenCue) -> float | None:
    """Find how far into its block a cue is placed; None if that depends on other cues."""
    lasts_s = facts.plan.schedule.cue_ends_s[said.block] - facts.blocks[said.block].start_s
    match said.cue.place:
        case FromStart(seconds=offset_s):
            return offset_s
        case AtShare(share=share):
            return share * lasts_s
        case FromEnd(seconds=before_s):
            return max(0.0, lasts_s - before_s)
        case Evenly():
            return _find_even_share(facts, said) * lasts_s
    return None


def _find_even_share(facts: PlanFacts, said: SpokenCue) -> float:
    """Find which share of the block lies before a cue without a place."""
    evenly = [cue for cue in facts.plan.schedule.list_cues(said.block) if isinstance(cue.place, Evenly)]
    return evenly.index(said.cue) / len(evenly) if said.cue in evenly else 0.0


def check_little_room(facts: PlanFacts) -> Iterator[Problem]:
    """Advise where a block has so little room for its words that it may last longer than its author said."""
    for index, needed_s in sorted(facts.plan.lengthened.items()):
        block, asked = facts.blocks[index], facts.plan.schedule.blocks[index].span
        if needed_s < asked.longest_s + NOTICED_LONGER_S:
            continue
        longer, roomy = format_roughly(needed_s - asked.longest_s), seconds_to_text(math.ceil(needed_s))
        yield Problem.at(
            block.location,
            "little-room",
            _(
                "this block has little room for its words{in_language}: with most voices it lasts {longer} longer",
                in_language=facts.in_language,
                longer=longer,
            ),
            _("let it last {length} or more, or say less in it", length=roomy),
        )


def check_no_pause(facts: PlanFacts) -> Iterator[Problem]:
    """Advise where the author's words go on without a pause; counting and recordings do not count."""
    cues = facts.spoken_cues
    own = [said for said in cues if facts.is_authored(said) and not said.counted and said.cue.clip is None]
    begun: SpokenCue | None = None
    begun_s = ended_s = -PAUSE_S
    told = False
    for said in own:
        for start_s, end_s in said.stretches_s:
            if begun is None or start_s - ended_s >= PAUSE_S:
                begun, begun_s, told = said, start_s, False
            ended_s = end_s
            if ended_s - begun_s > LONGEST_TALK_S and not told:
                told = True
                yield Problem.at(
                    begun.location,
                    "no-pause",
                    _(
                        "from here on{in_language} the voice talks for over {talk} without {pause} of quiet",
                        in_language=facts.in_language,
                        talk=format_roughly(LONGEST_TALK_S),
                        pause=format_roughly(PAUSE_S),
                    ),
                    _("put pauses between the sentences, like [3s], or share the words over several cues"),
                )


def check_count_over_breath(facts: PlanFacts) -> Iterator[Problem]:
    """Advise where an in- or out-breath has more counts than steps, so that the next one comes a whole breath later."""
    for said in _select_marked(facts):
        breath = facts.plan.schedule.blocks[said.block].breath
        for phase, counted in _count_steps(parse_markup(said.cue.text[facts.language])):
            steps = _get_steps(breath, phase)
            if breath != NO_BREATH and counted > steps:
                yield Problem.at(
                    facts.places.find_text(said.cue.text, facts.language),
                    "count-over-breath",
                    _(_MISCOUNTED[phase], in_language=facts.in_language, counted=counted, steps=steps),
                    _("count to {steps:g}, or give the block a breath that is as long", steps=steps),
                )
                break


def check_step_for_each(facts: PlanFacts) -> Iterator[Problem]:
    """Advise where several counts follow one ``[step]``, so that only the first of them falls on a step."""
    for said in _select_marked(facts):
        wording = facts.plan.schedule.blocks[said.block].wording
        known = {*wording.numbers, *wording.count.values()}
        for words in _list_words_after_steps(parse_markup(said.cue.text[facts.language])):
            counts = words.split()
            if len(counts) > 1 and all(count.strip(",.…").casefold() in known for count in counts):
                yield _suggest_marks(facts, said, words, " [step] ".join(counts))
                break


def _suggest_marks(facts: PlanFacts, said: SpokenCue, words: str, better: str) -> Problem:
    text = said.cue.text
    place = facts.places.find_words(text, facts.language, text[facts.language].find(words), words)
    return Problem.at(
        place or said.location,
        "step-for-each",
        _("only the first word after a [step] falls on it; {words} is said in one go", words=quote(words)),
        _("put a [step] before each: {better}", better=better),
        Fix(title=_("put a [step] before each"), edits=(Edit(location=place, text=better),)) if place else None,
    )


def _select_marked(facts: PlanFacts) -> Iterator[SpokenCue]:
    return (said for said in facts.spoken_cues if facts.is_authored(said) and "[" in said.cue.text[facts.language])


def _count_steps(parts: Sequence[MarkupPart]) -> Iterator[tuple[Moment, int]]:
    """Count the words that fall on steps, breath by breath, after the first wait for a breath."""
    phase: Moment | None = None
    counted = 0
    for before, part in zip((None, *parts), parts, strict=False):
        if isinstance(part, Wait) and part.moment != "step":
            if phase:
                yield phase, counted
            phase, counted = part.moment, 0
        elif isinstance(part, Words) and part.text.strip() and before == Wait(moment="step"):
            counted += " " not in part.text.strip()
    if phase:
        yield phase, counted


def _get_steps(breath: Breath, phase: Moment) -> float:
    if phase == "hold":
        return max(breath.held_in, breath.held_out)
    return breath.inhale if phase == "in" else breath.exhale


def _list_words_after_steps(parts: Sequence[MarkupPart]) -> Iterator[str]:
    for before, part in itertools.pairwise(parts):
        if before == Wait(moment="step") and isinstance(part, Words):
            yield part.text.strip()

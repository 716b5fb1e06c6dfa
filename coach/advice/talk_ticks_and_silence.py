"""Talk, ticks and silence: how much sounds, and whether it is ever quiet."""

import heapq
import math
from collections.abc import Iterator

from coach.advice.plan_facts import SHORTEST_SESSION_S, PlanFacts, find_gaps, find_longest_s, format_roughly
from coach.diagnostics.problem import Problem
from coach.timeline.timeline import PlannedBlock
from coach.translation import _
from coach.units import seconds_to_text

# Listeners gave steady guidance less than 5 out of 10 (MTI 8(4):25, 2024): teach, fade, be silent, return.
WITHOUT_TICKS_S = 60.0


def check_ticks_throughout(facts: PlanFacts) -> Iterator[Problem]:
    """Advise if no minute of running is without ticks."""
    if not has_endless_ticks(facts):
        return
    first = next(block for block in facts.blocks if not facts.has_no_ticks(block))
    yield Problem.at(
        facts.places.find_setting(first.location, "ticks") or first.location,
        "ticks-throughout",
        _("from here on the ticks never stop for a whole minute"),
        _("stop them once the rhythm is found, like `ticks: 90s`; they may come back later"),
    )


def has_endless_ticks(facts: PlanFacts) -> bool:
    """Return whether there are ticks, and no minute without them between the first steps and the last."""
    running = [block for block in facts.blocks if block.running]
    if not facts.is_run or not facts.ticks_s or not running:
        return False
    ticks = ((tick_s, tick_s) for tick_s in facts.ticks_s)
    quiet = find_gaps(ticks, running[0].start_s, running[-1].end_s)
    return find_longest_s(quiet) < WITHOUT_TICKS_S


# Silences last two minutes or more; the words about them take ten seconds or so at each end.
SHORTEST_QUIET_S = 45.0
AT_AN_END_S = 20.0

# Guided runs and walks that people keep using talk a quarter to a third of the time.
MOST_TALK = 0.35

# Silences in practice last two minutes or more; half of that is the least that is noticed as quiet.
# One that is fitted to less than 24 minutes has less of it.
QUIET_S = 60.0

QUIET_SHARE = 1 / 24


def check_silence_short(facts: PlanFacts) -> Iterator[Problem]:
    """Advise where little is left of a silence between the words at its start and at its end."""
    for block in filter(_is_silence, facts.blocks):
        quiet_s = find_longest_s(find_gaps(facts.words_s, block.start_s, block.end_s))
        lasts_s = block.end_s - block.start_s
        if quiet_s < SHORTEST_QUIET_S and lasts_s < 2 * SHORTEST_QUIET_S:
            yield Problem.at(
                block.location,
                "silence-short",
                _(
                    "this silence lasts {length}, and its words leave {quiet} of it quiet{in_language}",
                    length=format_roughly(lasts_s),
                    quiet=seconds_to_text(int(quiet_s)),
                    in_language=facts.in_language,
                ),
                _("give it two minutes or more, so that there is time to hear what else there is"),
            )


def check_silence_broken(facts: PlanFacts) -> Iterator[Problem]:
    """Advise where a silence has ticks, or words in the middle."""
    for index, block in enumerate(facts.blocks):
        if not _is_silence(block):
            continue
        if not facts.has_no_ticks(block):
            place = facts.places.find_setting(block.location, "ticks") or block.location
            yield Problem.at(
                place, "silence-broken", _("it ticks in this silence"), _("leave the ticks out: `ticks: off`")
            )
        for said in facts.spoken_cues:
            amid = block.start_s + AT_AN_END_S < said.start_s and said.end_s < block.end_s - AT_AN_END_S
            if said.block == index and amid:
                way_out = _("move them to its start or its end, or make it an `easy` block")
                yield Problem.at(
                    said.location, "silence-broken", _("these words come in the middle of a silence"), way_out
                )


def _is_silence(block: PlannedBlock) -> bool:
    return block.kind == "silence"


def check_talks_much(facts: PlanFacts) -> Iterator[Problem]:
    """Advise if words take too much of the session; the place is the block with the most of them."""
    if facts.length_s < SHORTEST_SESSION_S:
        return
    talk_s = [0.0] * len(facts.blocks)
    for cue in facts.spoken_cues:
        talk_s[cue.block] += cue.talk_s
    share = sum(talk_s) / facts.length_s
    if share <= facts.leniency * MOST_TALK:
        return
    fullest = max(range(len(talk_s)), key=talk_s.__getitem__)
    block = facts.blocks[fullest]
    yield Problem.at(
        block.location,
        "talks-much",
        _(
            "words take {share}% of the session{in_language}, most of them in this block: {talk} of {length}",
            share=math.ceil(share * 100),
            in_language=facts.in_language,
            talk=format_roughly(talk_s[fullest]),
            length=format_roughly(block.end_s - block.start_s),
        ),
        _(
            "let words take at most {most:.0%}: say less here, make the block longer, or add a `- silence: 3m`",
            most=MOST_TALK,
        ),
    )


def check_never_quiet(facts: PlanFacts) -> Iterator[Problem]:
    """Advise if no minute is without a word or a tick; ticks that never stop have a rule of their own."""
    ticks = ((tick_s, tick_s) for tick_s in facts.ticks_s)
    wanted_s = min(QUIET_S, QUIET_SHARE * facts.length_s) if facts.is_fitted else QUIET_S
    quiet_s = find_longest_s(find_gaps(heapq.merge(facts.words_s, ticks), 0.0, facts.length_s))
    only_ticks = has_endless_ticks(facts) and find_longest_s(find_gaps(facts.words_s, 0.0, facts.length_s)) >= wanted_s
    if not facts.is_run or quiet_s >= wanted_s or only_ticks:
        return
    yield Problem.at(
        facts.session.location,
        "never-quiet",
        _(
            "the longest stretch without a word or a tick{in_language} is {quiet}",
            in_language=facts.in_language,
            quiet=seconds_to_text(int(quiet_s)),
        ),
        _("leave a minute or more to the runner alone: add a block like `- silence: 2m`, or say less in an easy one"),
    )

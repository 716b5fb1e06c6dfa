"""How much is said, and whether it is ever quiet."""

import heapq
import math
from collections.abc import Iterator

from coach.advice.plan_facts import SHORTEST_SESSION_S, PlanFacts, advice, between, lasting, longest_s
from coach.advice.tick_share import never_leave
from coach.diagnostics.problem import Problem
from coach.units import seconds_to_text

# Guided runs and walks that people stay with talk a quarter to a third of the time.
MOST_TALK = 0.35

# Silences of the practice last from two minutes on; half of that is the least that is noticed as quiet.
QUIET_S = 60.0


def talks_much(heard: PlanFacts) -> Iterator[Problem]:
    """Words take more than their share of the whole; the place is the block that is fullest of them."""
    if heard.length_s < SHORTEST_SESSION_S:
        return
    talk_s = [0.0] * len(heard.blocks)
    for cue in heard.said:
        talk_s[cue.block] += cue.talk_s
    share = sum(talk_s) / heard.length_s
    if share <= MOST_TALK:
        return
    fullest = max(range(len(talk_s)), key=talk_s.__getitem__)
    block = heard.blocks[fullest]
    here = f"{lasting(talk_s[fullest])} of {lasting(block.end_s - block.start_s)}"
    yield advice(
        block.where,
        "talks-much",
        f"words take {math.ceil(share * 100)}% of the session{heard.tongue}, most of them in this block: {here}",
        f"let words take at most {MOST_TALK:.0%}: say less here, make the block longer, or add a `- silence: 3m`",
    )


def never_quiet(heard: PlanFacts) -> Iterator[Problem]:
    """There is never a whole minute without a word or a tick; ticks that never leave have a rule of their own."""
    ticks = ((tick_s, tick_s) for tick_s in heard.ticks_s)
    quiet_s = longest_s(between(heapq.merge(heard.words_s, ticks), 0.0, heard.length_s))
    only_ticks = never_leave(heard) and longest_s(between(heard.words_s, 0.0, heard.length_s)) >= QUIET_S
    if not heard.is_run or quiet_s >= QUIET_S or only_ticks:
        return
    yield advice(
        heard.session.where,
        "never-quiet",
        f"the longest stretch without a word or a tick{heard.tongue} is {seconds_to_text(int(quiet_s))}",
        "leave a minute or more to the runner alone: add a block like `- silence: 2m`, or say less in an easy one",
    )

"""Silences: quiet, and long enough to be noticed."""

from collections.abc import Iterator

from coach.advice.plan_facts import PlanFacts, advice, between, lasting, longest_s
from coach.diagnostics.problem import Problem
from coach.timeline.timeline import PlannedBlock
from coach.units import seconds_to_text

# Silences last from two minutes on; what is said of them takes ten seconds or so at each end.
SHORTEST_QUIET_S = 45.0

AT_AN_END_S = 20.0


def silence_short(heard: PlanFacts) -> Iterator[Problem]:
    """Little is left of a silence between the words at its start and its end."""
    for block in filter(_is_silence, heard.blocks):
        quiet_s = longest_s(between(heard.words_s, block.start_s, block.end_s))
        lasts_s = block.end_s - block.start_s
        if quiet_s < SHORTEST_QUIET_S and lasts_s < 2 * SHORTEST_QUIET_S:
            yield advice(
                block.where,
                "silence-short",
                f"this silence lasts {lasting(lasts_s)}, and its words leave {seconds_to_text(int(quiet_s))} "
                f"of it quiet{heard.tongue}",
                "give it two minutes or more, so that there is time to hear what else there is",
            )


def silence_broken(heard: PlanFacts) -> Iterator[Problem]:
    """It ticks in a silence, or words come in the midst of it."""
    for index, block in enumerate(heard.blocks):
        if not _is_silence(block):
            continue
        if not heard.tickless(block):
            place = heard.places.setting(block.where, "ticks") or block.where
            yield advice(place, "silence-broken", "it ticks in this silence", "leave the ticks out: `ticks: off`")
        for said in heard.said:
            amid = block.start_s + AT_AN_END_S < said.start_s and said.end_s < block.end_s - AT_AN_END_S
            if said.block == index and amid:
                way_out = "move them to its start or its end, or make it an `easy` block"
                yield advice(said.where, "silence-broken", "these words come in the midst of a silence", way_out)


def _is_silence(block: PlannedBlock) -> bool:
    return block.kind == "silence"

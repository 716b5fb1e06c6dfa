"""All advice on a session's practice: what stays right in every rule of the language, and still spoils the calm."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from coach.advice import (
    breath_rate,
    brisk_stretches,
    cadence_changes,
    cue_timing,
    cut_by_comment,
    goal_words,
    never_said,
    run_ending,
    run_form,
    silence_length,
    step_counts,
    talk_share,
    tick_share,
    unheard_sounds,
    unused_definitions,
)
from coach.advice.plan_facts import PlanFacts
from coach.advice.source_locator import SourceLocator
from coach.diagnostics.problem import Location, Problem, count_rest
from coach.timeline.schedule import Plan

AdviceRule = Callable[[PlanFacts], Iterator[Problem]]

RULES: tuple[AdviceRule, ...] = (
    talk_share.talks_much,
    talk_share.never_quiet,
    cue_timing.word_at_once,
    cue_timing.late_cue,
    cue_timing.no_pause,
    breath_rate.breath_pace,
    step_counts.count_over_breath,
    step_counts.step_for_each,
    cadence_changes.cadence_jump,
    cadence_changes.cadence_high,
    brisk_stretches.no_recovery,
    brisk_stretches.brisk_long,
    brisk_stretches.brisk_much,
    brisk_stretches.brisk_too_soon,
    run_ending.walking_at_the_end,
    tick_share.ticks_throughout,
    run_form.mindful_words,
    run_form.mindful_ticks,
    silence_length.silence_short,
    silence_length.silence_broken,
    run_form.length_unusual,
    goal_words.goal_words,
    goal_words.promise_words,
    never_said.never_said,
    unheard_sounds.sound_unheard,
    unused_definitions.unused_value,
    unused_definitions.unused_pronunciation,
    unused_definitions.part_twice,
    cut_by_comment.cut_by_comment,
)


MOST_SHOWN = 50


def advice(plans: Sequence[Plan], unsaved: Mapping[Path, bytes] | None = None) -> Iterator[Problem]:
    """What the author of a session may want to know, going by its plans; the first `MOST_SHOWN`, and how many more.

    Each rule speaks once of each place, in the first language in which there is something to say of it.

    Args:
        plans: the session's plan in each of its languages, spoken at a voice's or an estimated pace.
        unsaved: what files are taken to hold, by their resolved paths, where the session was not read from the disk.
    """
    found = list(_all(plans, SourceLocator(unsaved or {})))
    rest = found[MOST_SHOWN:]
    yield from found[:MOST_SHOWN]
    if rest:
        yield count_rest(rest, "more pieces of advice")


def _all(plans: Sequence[Plan], places: SourceLocator) -> Iterator[Problem]:
    seen: set[tuple[str, Location]] = set()
    for plan in plans:
        heard = PlanFacts(plan, places)
        for rule in RULES:
            for problem in rule(heard):
                if (problem.code, problem.where) not in seen:
                    seen.add((problem.code, problem.where))
                    yield problem

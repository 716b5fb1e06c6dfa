"""The registry of advice rules: what is allowed in a session, and still spoils the calm."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from coach.advice import (
    breath_rate,
    brisk_stretches,
    cadence_changes,
    cue_timing,
    cut_by_comment,
    goal_words,
    run_form,
    step_counts,
    talk_and_silence,
    tick_share,
    unused,
)
from coach.advice.plan_facts import PlanFacts
from coach.diagnostics.problem import Location, Problem, count_rest
from coach.session.source_map import SourceLocator
from coach.timeline.schedule import Plan

AdviceRule = Callable[[PlanFacts], Iterator[Problem]]

RULES: tuple[AdviceRule, ...] = (
    talk_and_silence.talks_much,
    talk_and_silence.never_quiet,
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
    run_form.walking_at_the_end,
    tick_share.ticks_throughout,
    run_form.mindful_words,
    run_form.mindful_ticks,
    talk_and_silence.silence_short,
    talk_and_silence.silence_broken,
    run_form.length_unusual,
    goal_words.goal_words,
    goal_words.promise_words,
    unused.never_said,
    unused.sound_unheard,
    unused.unused_value,
    unused.unused_pronunciation,
    unused.part_twice,
    cut_by_comment.cut_by_comment,
)


MOST_SHOWN = 50


def advise(plans: Sequence[Plan], unsaved: Mapping[Path, bytes] | None = None) -> Iterator[Problem]:
    """Apply all rules to the plans of a session: the first `MOST_SHOWN` pieces of advice, and how many more there are.

    Each rule gives one piece of advice for a place, in the first language in which there is any.

    Args:
        plans: the session's plan in each of its languages, with measured or estimated lengths of speech.
        unsaved: the contents of files, by their resolved paths, that are not read from the disk.
    """
    found = list(_apply_rules(plans, SourceLocator(unsaved or {})))
    rest = found[MOST_SHOWN:]
    yield from found[:MOST_SHOWN]
    if rest:
        yield count_rest(rest, "more pieces of advice")


def _apply_rules(plans: Sequence[Plan], places: SourceLocator) -> Iterator[Problem]:
    seen: set[tuple[str, Location]] = set()
    for plan in plans:
        facts = PlanFacts(plan, places)
        for rule in RULES:
            for problem in rule(facts):
                if (problem.code, problem.where) not in seen:
                    seen.add((problem.code, problem.where))
                    yield problem

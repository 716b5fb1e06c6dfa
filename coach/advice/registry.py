"""The registry of advice rules: what is allowed in a session, and still spoils the calm."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from coach.advice import (
    ambiguous_numbers,
    cadence_and_breath,
    cue_timing,
    goal_words,
    never_heard,
    run_form,
    talk_ticks_and_silence,
)
from coach.advice.plan_facts import PlanFacts
from coach.diagnostics.problem import Location, Problem, count_rest
from coach.session.source_map import SourceLocator
from coach.timeline.schedule import Plan

AdviceRule = Callable[[PlanFacts], Iterator[Problem]]

RULES: tuple[AdviceRule, ...] = (
    talk_ticks_and_silence.talks_much,
    talk_ticks_and_silence.never_quiet,
    cue_timing.word_at_once,
    cue_timing.late_cue,
    cue_timing.little_room,
    cue_timing.no_pause,
    cadence_and_breath.breath_pace,
    cue_timing.count_over_breath,
    cue_timing.step_for_each,
    cadence_and_breath.cadence_jump,
    cadence_and_breath.cadence_high,
    run_form.no_recovery,
    run_form.brisk_long,
    run_form.brisk_much,
    run_form.brisk_too_soon,
    run_form.walking_at_the_end,
    talk_ticks_and_silence.ticks_throughout,
    run_form.mindful_words,
    run_form.mindful_ticks,
    talk_ticks_and_silence.silence_short,
    talk_ticks_and_silence.silence_broken,
    run_form.length_unusual,
    goal_words.goal_words,
    goal_words.promise_words,
    never_heard.never_said,
    never_heard.sound_unheard,
    never_heard.unused_value,
    never_heard.unused_pronunciation,
    never_heard.part_twice,
    never_heard.cut_by_comment,
    ambiguous_numbers.ambiguous_number,
    ambiguous_numbers.unspoken_letters,
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
                if (problem.code, problem.location) not in seen:
                    seen.add((problem.code, problem.location))
                    yield problem

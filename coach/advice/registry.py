"""The registry of advice rules: what is allowed in a session, and still spoils the calm."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from coach.advice import (
    cadence_and_breath,
    cue_timing,
    goal_words,
    never_heard,
    run_form,
    spoken_texts,
    talk_ticks_and_silence,
)
from coach.advice.plan_facts import PlanFacts
from coach.diagnostics.problem import Location, Problem, summarize_rest
from coach.session.source_map import SourceLocator
from coach.timeline.schedule import Plan
from coach.translation import mark_message

AdviceRule = Callable[[PlanFacts], Iterator[Problem]]

RULES: tuple[AdviceRule, ...] = (
    talk_ticks_and_silence.check_talks_much,
    talk_ticks_and_silence.check_never_quiet,
    cue_timing.check_word_at_once,
    cue_timing.check_late_cue,
    cue_timing.check_little_room,
    cue_timing.check_no_pause,
    cadence_and_breath.check_breath_pace,
    cadence_and_breath.check_breath_held,
    cue_timing.check_count_over_breath,
    cue_timing.check_step_for_each,
    cadence_and_breath.check_cadence_jump,
    cadence_and_breath.check_cadence_high,
    run_form.check_no_recovery,
    run_form.check_brisk_long,
    run_form.check_brisk_much,
    run_form.check_brisk_too_soon,
    run_form.check_no_walk_out,
    talk_ticks_and_silence.check_ticks_throughout,
    run_form.check_mindful_words,
    run_form.check_mindful_ticks,
    talk_ticks_and_silence.check_silence_short,
    talk_ticks_and_silence.check_silence_broken,
    run_form.check_length_unusual,
    goal_words.check_goal_words,
    goal_words.check_promise_words,
    never_heard.check_never_said,
    never_heard.check_sound_unheard,
    never_heard.check_unused_value,
    never_heard.check_unused_pronunciation,
    never_heard.check_part_twice,
    never_heard.check_cut_by_comment,
    spoken_texts.check_ambiguous_number,
    spoken_texts.check_unspoken_letters,
    spoken_texts.check_unknown_abbreviation,
    spoken_texts.check_stage_direction,
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
        yield summarize_rest(rest, mark_message("{count} more pieces of advice are not shown"))


def _apply_rules(plans: Sequence[Plan], places: SourceLocator) -> Iterator[Problem]:
    seen: set[tuple[str, Location]] = set()
    for plan in plans:
        facts = PlanFacts(plan, places)
        for rule in RULES:
            for problem in rule(facts):
                if (problem.code, problem.location) not in seen:
                    seen.add((problem.code, problem.location))
                    yield problem

"""All advice on a session's practice: what stays right in every rule of the language, and still spoils the calm."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path

from coach.errors import Problem, Where
from coach.practice import (
    breath,
    brisk,
    cadence,
    comment,
    counting,
    ending,
    length,
    mindful,
    note,
    silence,
    talk,
    ticks,
    timing,
    unheard,
    unsaid,
    unused,
    wording,
)
from coach.practice.heard import Heard
from coach.practice.places import Places
from coach.timeline.plan import Plan

Rule = Callable[[Heard], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    talk.talks_much,
    talk.never_quiet,
    timing.word_at_once,
    timing.late_cue,
    timing.no_pause,
    breath.breath_pace,
    counting.count_over_breath,
    counting.step_for_each,
    cadence.cadence_jump,
    cadence.cadence_high,
    brisk.no_recovery,
    brisk.brisk_long,
    brisk.brisk_much,
    brisk.brisk_too_soon,
    ending.walking_at_the_end,
    ticks.ticks_throughout,
    mindful.mindful_words,
    mindful.mindful_ticks,
    silence.silence_short,
    silence.silence_broken,
    length.length_unusual,
    wording.goal_words,
    wording.promise_words,
    unsaid.never_said,
    unheard.sound_unheard,
    unused.unused_value,
    unused.unused_pronunciation,
    unused.part_twice,
    comment.cut_by_comment,
)


MOST_SHOWN = 50


def advice(plans: Sequence[Plan], unsaved: Mapping[Path, bytes] | None = None) -> Iterator[Problem]:
    """What the author of a session may want to know, going by its plans; the first `MOST_SHOWN`, and how many more.

    Each rule speaks once of each place, in the first language in which there is something to say of it.

    Args:
        plans: the session's plan in each of its languages, spoken at a voice's or an estimated pace.
        unsaved: what files are taken to hold, by their resolved paths, where the session was not read from the disk.
    """
    found = list(_all(plans, Places(unsaved or {})))
    rest = found[MOST_SHOWN:]
    yield from found[:MOST_SHOWN]
    if rest:
        yield note.advice(rest[0].where, "more", f"{len(rest)} more pieces of advice are not shown", "mend these first")


def _all(plans: Sequence[Plan], places: Places) -> Iterator[Problem]:
    seen: set[tuple[str, Where]] = set()
    for plan in plans:
        heard = Heard(plan, places)
        for rule in RULES:
            for problem in rule(heard):
                if (problem.code, problem.where) not in seen:
                    seen.add((problem.code, problem.where))
                    yield problem

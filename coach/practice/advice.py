"""All advice on a session's practice: what stays right in every rule of the language, and still spoils the calm."""

from collections.abc import Callable, Iterator, Sequence

from coach.errors import Problem, Where
from coach.practice import talk
from coach.practice.heard import Heard
from coach.practice.places import Places
from coach.timeline.plan import Plan

Rule = Callable[[Heard], Iterator[Problem]]

RULES: tuple[Rule, ...] = (
    talk.talks_much,
    talk.never_quiet,
)


def advice(plans: Sequence[Plan]) -> Iterator[Problem]:
    """What the author of a session may want to know, going by its plans.

    Each rule speaks once of each place, in the first language in which there is something to say of it.

    Args:
        plans: the session's plan in each of its languages, spoken at a voice's or an estimated pace.
    """
    places = Places()
    seen: set[tuple[str, Where]] = set()
    for plan in plans:
        heard = Heard(plan, places)
        for rule in RULES:
            for problem in rule(heard):
                if (problem.code, problem.where) not in seen:
                    seen.add((problem.code, problem.where))
                    yield problem

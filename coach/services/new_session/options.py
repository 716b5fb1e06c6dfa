"""Options of a new session: its form, length, languages and blocks, and what is usual for each form of run."""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from coach.diagnostics.did_you_mean import did_you_mean
from coach.errors import UsageError
from coach.languages.registry import LANGUAGES, find_language
from coach.session.session import Span
from coach.units import SECONDS_PER_MINUTE, seconds_to_text

ORDER = (
    *("check-in", "settle", "breathing", "brisk", "body-scan", "shoulder-release", "easy"),
    *("talk-test", "noticing", "listening", "silence", "walk-out", "stretch", "reflect"),
)

ALWAYS = ("settle", "easy", "walk-out")

BRISK_TIMES = 6

SPARE_ROOM_S = 30.0  # a slow voice may need a longer block

_REST = Span(shortest_s=45.0, longest_s=120.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class FormOptions:
    """A form of run: its usual and possible lengths, its usual blocks, and the other blocks that it can have.

    ``spans`` are the lengths of blocks that differ from those in other forms.
    """

    length_s: float
    shortest_s: float
    longest_s: float
    usual: tuple[str, ...]
    others: tuple[str, ...]
    spans: Mapping[str, Span]

    @property
    def choices(self) -> tuple[str, ...]:
        """The blocks to choose from, in order; without those that are in every run."""
        return tuple(kind for kind in ORDER if kind in (*self.usual, *self.others))


@dataclass(frozen=True, kw_only=True, slots=True)
class NewSessionOptions:
    """The options of a session; ``kinds`` are all of its blocks in order."""

    form: str
    length_s: float
    languages: tuple[str, ...]
    kinds: tuple[str, ...]
    ticks: bool


def _minutes(shortest: float, longest: float | None = None) -> Span:
    end = shortest if longest is None else longest
    return Span(shortest_s=shortest * SECONDS_PER_MINUTE, longest_s=end * SECONDS_PER_MINUTE)


SPANS: Mapping[str, Span] = {
    "check-in": _minutes(1.5),
    "settle": _minutes(2, 4),
    "breathing": _minutes(2, 5),
    "body-scan": _minutes(3, 8),
    "shoulder-release": Span(shortest_s=90.0, longest_s=140.0),
    "easy": _minutes(2, 4),
    "talk-test": _minutes(0.5, 0.75),
    "noticing": _minutes(2, 5),
    "listening": _minutes(2, 5),
    "silence": _minutes(2, 5),
    "walk-out": _minutes(4),
    "stretch": _minutes(2),
    "reflect": _minutes(1),
}

_OTHER_KINDS = ("noticing", "listening", "talk-test", "stretch")

_AN_HOUR_AND_A_HALF_S = 90 * SECONDS_PER_MINUTE

FORMS: Mapping[str, FormOptions] = {
    "reset": FormOptions(
        length_s=24 * SECONDS_PER_MINUTE,
        shortest_s=20 * SECONDS_PER_MINUTE,
        longest_s=30 * SECONDS_PER_MINUTE,
        usual=("check-in", "breathing", "body-scan", "shoulder-release", "silence", "reflect"),
        others=_OTHER_KINDS,
        spans={},
    ),
    "long": FormOptions(
        length_s=50 * SECONDS_PER_MINUTE,
        shortest_s=30 * SECONDS_PER_MINUTE,
        longest_s=_AN_HOUR_AND_A_HALF_S,
        usual=(
            *("check-in", "breathing", "body-scan", "shoulder-release", "talk-test", "listening", "silence"),
            *("stretch", "reflect"),
        ),
        others=("noticing",),
        spans={"silence": _minutes(3, 8), "listening": _minutes(3, 8)},
    ),
    "intervals": FormOptions(
        length_s=28 * SECONDS_PER_MINUTE,
        shortest_s=20 * SECONDS_PER_MINUTE,
        longest_s=_AN_HOUR_AND_A_HALF_S,
        usual=("check-in", "breathing", "silence", "reflect"),
        others=("body-scan", "shoulder-release", *_OTHER_KINDS),
        spans={},
    ),
    "mindful": FormOptions(
        length_s=25 * SECONDS_PER_MINUTE,
        shortest_s=15 * SECONDS_PER_MINUTE,
        longest_s=_AN_HOUR_AND_A_HALF_S,
        usual=("check-in", "breathing", "listening", "silence", "reflect"),
        others=(),
        spans={
            "check-in": _minutes(0.75),
            "settle": _minutes(1.5, 3),
            "breathing": _minutes(2, 3),
            "listening": _minutes(3, 8),
            "reflect": _minutes(0.75),
        },
    ),
    "trail": FormOptions(
        length_s=30 * SECONDS_PER_MINUTE,
        shortest_s=20 * SECONDS_PER_MINUTE,
        longest_s=_AN_HOUR_AND_A_HALF_S,
        usual=("check-in", "breathing", "body-scan", "listening", "silence", "reflect"),
        others=("shoulder-release", "noticing", "talk-test", "stretch"),
        spans={},
    ),
}


def choose_options(
    *,
    form: str,
    length_s: float | None,
    languages: Iterable[str],
    kinds: Iterable[str] | None,
    ticks: bool,
) -> NewSessionOptions:
    """Complete and check the options of a session; None stands for what is usual for the form.

    Raises:
        UsageError: a name is unknown, a kind does not go with the form, or the blocks do not fit into the length.
    """
    wanted = _check_languages(languages)
    chosen = _check_kinds(form, FORMS[form].usual if kinds is None else tuple(kinds))
    needed_s = (
        math.ceil((find_shortest_length_s(form, chosen) + SPARE_ROOM_S) / SECONDS_PER_MINUTE) * SECONDS_PER_MINUTE
    )
    length = max(FORMS[form].length_s, needed_s) if length_s is None else length_s
    check_length(form, length)
    if length < needed_s:
        raise UsageError(
            f"these blocks need {seconds_to_text(needed_s)}, and {seconds_to_text(length)} is less: "
            "choose fewer of them, or a longer run"
        )
    return NewSessionOptions(form=form, length_s=length, languages=wanted, kinds=chosen, ticks=ticks)


def check_length(form: str, length_s: float) -> None:
    """Check that a form can have a length.

    Raises:
        UsageError: it cannot.
    """
    known = FORMS[form]
    if not known.shortest_s <= length_s <= known.longest_s:
        usual = f"{seconds_to_text(known.shortest_s)} to {seconds_to_text(known.longest_s)}"
        raise UsageError(f"a new session of the form '{form}' lasts {usual}, not {seconds_to_text(length_s)}")


def find_shortest_length_s(form: str, kinds: Iterable[str]) -> float:
    """The length of the blocks when each is as short as it can be."""
    return sum(find_span(form, kind).shortest_s for kind in kinds)


def find_span(form: str, kind: str) -> Span:
    """The span of a block; of brisk blocks, of all of them together."""
    if kind == "brisk":
        pair = (SECONDS_PER_MINUTE + end for end in (_REST.shortest_s, _REST.longest_s))
        shortest_s, longest_s = (BRISK_TIMES * end for end in pair)
        return Span(shortest_s=shortest_s, longest_s=longest_s)
    return FORMS[form].spans.get(kind, SPANS[kind])


def _check_languages(wanted: Iterable[str]) -> tuple[str, ...]:
    languages = tuple(dict.fromkeys(find_language(code).code for code in wanted))
    if not languages:
        raise UsageError(f"a session needs a language: choose from {', '.join(LANGUAGES)}")
    return languages


def _check_kinds(form: str, wanted: tuple[str, ...]) -> tuple[str, ...]:
    always = {*ALWAYS, "brisk"} if form == "intervals" else set(ALWAYS)
    for kind in wanted:
        if kind not in (*FORMS[form].choices, *always):
            advice = did_you_mean(kind, FORMS[form].choices)
            raise UsageError(f"a new session of the form '{form}' has no block '{kind}': {advice}")
    return tuple(kind for kind in ORDER if kind in always or kind in wanted)

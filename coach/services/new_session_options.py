"""Options of a new session (form, length, languages, blocks, ticks): the usual ones of each form of run, and prompts.

The prompts ask for what no option on the command line gives; Enter takes the default.
"""

import math
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import TypeVar

import click

from coach.diagnostics.did_you_mean import did_you_mean
from coach.errors import UsageError
from coach.languages import LANGUAGES, detect_system_language, find_language
from coach.session.session import Span
from coach.session.values.duration import DURATION_OR_ZERO, SWITCH
from coach.session.values.value_kind import ScalarError
from coach.translation import _, get_language, mark_message
from coach.units import SECONDS_PER_MINUTE, seconds_to_text

T = TypeVar("T")
USUAL_FORM = "reset"

ORDER = (
    *("check-in", "breathe", "settle", "breathing", "brisk", "body-scan", "shoulder-release", "walk", "easy"),
    *("talk-test", "noticing", "listening", "silence", "walk-out", "stretch", "reflect"),
)

# Of the usual blocks of a form, those that a run without room for all does without, the first one first.
LEAST_NEEDED = ("stretch", "body-scan", "check-in", "reflect", "talk-test", "shoulder-release", "listening")

ALWAYS = ("settle", "easy", "walk-out")
BRISK_TIMES = 6
SPARE_ROOM_S = 30.0  # a slow voice may need longer blocks
_REST = Span(shortest_s=45.0, longest_s=120.0)


@dataclass(frozen=True, kw_only=True, slots=True)
class FormOptions:
    """A form of run: its usual and possible lengths, its usual blocks, and other possible blocks.

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
        """The blocks to choose from, in order, without those that are in every run."""
        return tuple(kind for kind in ORDER if kind in (*self.usual, *self.others))


@dataclass(frozen=True, kw_only=True, slots=True)
class NewSessionOptions:
    """The options of a session; ``kinds`` are all of its blocks in order."""

    form: str
    length_s: float
    languages: tuple[str, ...]
    kinds: tuple[str, ...]
    ticks: bool


def _make_span(shortest: float, longest: float | None = None) -> Span:
    end = shortest if longest is None else longest
    return Span(shortest_s=shortest * SECONDS_PER_MINUTE, longest_s=end * SECONDS_PER_MINUTE)


SPANS: Mapping[str, Span] = {
    "check-in": _make_span(1.5),
    "breathe": _make_span(1, 2),
    "settle": _make_span(2, 4),
    "breathing": _make_span(2, 5),
    "body-scan": _make_span(3, 8),
    "shoulder-release": Span(shortest_s=90.0, longest_s=140.0),
    "walk": _make_span(1, 3),
    "easy": _make_span(2, 4),
    "talk-test": _make_span(0.5, 0.75),
    "noticing": _make_span(2, 5),
    "listening": _make_span(2, 5),
    "silence": _make_span(2, 5),
    "walk-out": _make_span(4),
    "stretch": _make_span(2),
    "reflect": _make_span(1),
}

_OTHER_KINDS = ("breathe", "walk", "noticing", "listening", "talk-test", "stretch")
_AN_HOUR_AND_A_HALF_S = 90 * SECONDS_PER_MINUTE

FORMS: Mapping[str, FormOptions] = {
    "reset": FormOptions(
        length_s=24 * SECONDS_PER_MINUTE,
        shortest_s=15 * SECONDS_PER_MINUTE,
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
        others=("breathe", "walk", "noticing"),
        spans={"silence": _make_span(3, 8), "listening": _make_span(3, 8)},
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
            "check-in": _make_span(0.75),
            "settle": _make_span(1.5, 3),
            "breathing": _make_span(2, 3),
            "listening": _make_span(3, 8),
            "reflect": _make_span(0.75),
        },
    ),
    "trail": FormOptions(
        length_s=30 * SECONDS_PER_MINUTE,
        shortest_s=15 * SECONDS_PER_MINUTE,
        longest_s=_AN_HOUR_AND_A_HALF_S,
        usual=("check-in", "breathing", "body-scan", "listening", "silence", "reflect"),
        others=("breathe", "shoulder-release", "walk", "noticing", "talk-test", "stretch"),
        spans={},
    ),
}


def choose_options(
    *, form: str, length_s: float | None, languages: Iterable[str], kinds: Iterable[str] | None, ticks: bool
) -> NewSessionOptions:
    """Complete and check the options of a session; None stands for what is usual for the form.

    Raises:
        UsageError: a name is unknown, a kind does not go with the form, or the blocks do not fit into the length.
    """
    wanted = _check_languages(languages)
    chosen = _check_kinds(form, find_usual_kinds(form, length_s) if kinds is None else tuple(kinds))
    needed_s = _find_needed_s(form, chosen)
    length = max(FORMS[form].length_s, needed_s) if length_s is None else length_s
    check_length(form, length)
    if length < needed_s:
        raise UsageError(
            _(
                "these blocks need {needed}, and {length} is less: choose fewer of them, or a longer run",
                needed=seconds_to_text(needed_s),
                length=seconds_to_text(length),
            )
        )
    return NewSessionOptions(form=form, length_s=length, languages=wanted, kinds=chosen, ticks=ticks)


def find_usual_kinds(form: str, length_s: float | None) -> tuple[str, ...]:
    """Find the usual blocks of a form that a length has room for; None stands for its usual length."""
    kinds = FORMS[form].usual
    for kind in LEAST_NEEDED:
        if length_s is None or _find_needed_s(form, _check_kinds(form, kinds)) <= length_s:
            break
        kinds = tuple(each for each in kinds if each != kind)
    return kinds


def _find_needed_s(form: str, kinds: Iterable[str]) -> float:
    minutes = math.ceil((find_shortest_length_s(form, kinds) + SPARE_ROOM_S) / SECONDS_PER_MINUTE)
    return minutes * SECONDS_PER_MINUTE


def check_length(form: str, length_s: float) -> None:
    """Check that a form can have a length.

    Raises:
        UsageError: it cannot.
    """
    known = FORMS[form]
    if not known.shortest_s <= length_s <= known.longest_s:
        raise UsageError(
            _(
                "a new session of the form '{form}' lasts {shortest} to {longest}, not {length}",
                form=form,
                shortest=seconds_to_text(known.shortest_s),
                longest=seconds_to_text(known.longest_s),
                length=seconds_to_text(length_s),
            )
        )


def find_shortest_length_s(form: str, kinds: Iterable[str]) -> float:
    """Add up the lengths of the blocks when each is as short as it can be."""
    return sum(find_span(form, kind).shortest_s for kind in kinds)


def find_span(form: str, kind: str) -> Span:
    """Find the span of a block; of brisk blocks, of all of them together."""
    if kind == "brisk":
        pair = (SECONDS_PER_MINUTE + end for end in (_REST.shortest_s, _REST.longest_s))
        shortest_s, longest_s = (BRISK_TIMES * end for end in pair)
        return Span(shortest_s=shortest_s, longest_s=longest_s)
    return FORMS[form].spans.get(kind, SPANS[kind])


def _check_languages(wanted: Iterable[str]) -> tuple[str, ...]:
    languages = tuple(dict.fromkeys(find_language(code).code for code in wanted))
    if not languages:
        raise UsageError(_("a session needs a language: choose from {languages}", languages=", ".join(LANGUAGES)))
    return languages


def _check_kinds(form: str, wanted: tuple[str, ...]) -> tuple[str, ...]:
    always = {*ALWAYS, "brisk"} if form == "intervals" else set(ALWAYS)
    for kind in wanted:
        if kind not in (*FORMS[form].choices, *always):
            advice = did_you_mean(kind, FORMS[form].choices)
            raise UsageError(
                _(
                    "a new session of the form '{form}' has no block '{kind}': {advice}",
                    form=form,
                    kind=kind,
                    advice=advice,
                )
            )
    return tuple(kind for kind in ORDER if kind in always or kind in wanted)


@dataclass(frozen=True, kw_only=True, slots=True)
class GivenOptions:
    """The options given on the command line; None where one was not."""

    form: str | None = None
    length_s: float | None = None
    languages: str | None = None
    kinds: str | None = None
    ticks: str | None = None


def ask_options(given: GivenOptions, *, asks: bool) -> NewSessionOptions:
    """Choose the options of a new session: those given; the others are asked, or are the defaults.

    Raises:
        UsageError: the options do not make a session.
    """
    prompts = _Prompts(asks=asks)
    form = given.form or prompts.ask_form()
    length_s = prompts.ask_length_s(form) if given.length_s is None else given.length_s
    languages = split_names(given.languages) if given.languages is not None else prompts.ask_languages()
    kinds = split_names(given.kinds) if given.kinds is not None else prompts.ask_kinds(form, length_s)
    ticks = (given.ticks or prompts.ask_ticks()) == "on"
    return choose_options(form=form, length_s=length_s, languages=languages, kinds=kinds, ticks=ticks)


def split_names(written: str) -> tuple[str, ...]:
    """Split names at commas or spaces; none for ``none``."""
    found = tuple(re.findall(r"[^\s,;+]+", written.lower()))
    return () if found == ("none",) else found


@dataclass(frozen=True, kw_only=True, slots=True)
class _Prompts:
    """The prompts; if nobody is to be asked, each returns the default."""

    asks: bool

    def ask_form(self) -> str:
        if self.asks:
            click.echo(_("What kind of run will it be?"))
            for form in FORMS:
                click.echo(f"  {form:10} {find_language(get_language()).new_session.about[form]}")
        return self._ask(_("Form"), USUAL_FORM, _parse_form)

    def ask_length_s(self, form: str) -> float | None:
        known = FORMS[form]
        if not self.asks:
            return None
        shortest, longest = seconds_to_text(known.shortest_s), seconds_to_text(known.longest_s)
        return self._ask(
            _("How long? {shortest} to {longest}", shortest=shortest, longest=longest),
            seconds_to_text(known.length_s),
            lambda text: _parse_length_s(form, text),
        )

    def ask_languages(self) -> tuple[str, ...]:
        own = detect_system_language()
        default = own if own in LANGUAGES else ",".join(sorted(LANGUAGES))
        return self._ask(
            _("In which language? {languages}, or more than one", languages=", ".join(LANGUAGES)),
            default,
            _parse_languages,
        )

    def ask_kinds(self, form: str, length_s: float | None) -> tuple[str, ...]:
        if self.asks:
            always = ("brisk", *ALWAYS) if form == "intervals" else ALWAYS
            click.echo(_("Which blocks? {kinds} are in every such run. You can add", kinds=", ".join(always)))
            for kind in FORMS[form].choices:
                click.echo(f"  {kind:17} {find_language(get_language()).new_session.kinds[kind][0]}")
        usual = ",".join(find_usual_kinds(form, length_s))
        return self._ask(_("Blocks"), usual, lambda text: _parse_kinds(form, length_s, text))

    def ask_ticks(self) -> str:
        return self._ask(_("Ticks on your steps, for a while? on or off"), "on", _parse_switch)

    def _ask(self, question: str, default: str, parse: Callable[[str], T]) -> T:
        """Ask a question until the answer is valid."""

        def parse_answer(text: str) -> T:
            try:
                return parse(text)
            except UsageError as error:
                raise click.BadParameter(str(error)) from error

        if not self.asks:
            return parse(default)
        answer: T = click.prompt(question, default=default, value_proc=parse_answer)
        return answer


def _parse_form(text: str) -> str:
    return _check_one_of(text, tuple(FORMS), mark_message("unknown form '{word}': {advice}"))


def _parse_switch(text: str) -> str:
    return _check_one_of(SWITCH.correct(text) or text, ("on", "off"), mark_message("unknown answer '{word}': {advice}"))


def _check_one_of(text: str, known: tuple[str, ...], template: str) -> str:
    word = text.strip().lower()
    if word not in known:
        raise UsageError(_(template, word=word, advice=did_you_mean(word, known)))
    return word


def _parse_length_s(form: str, text: str) -> float:
    bare = re.fullmatch(r"\s*[0-9]{1,3}\s*", text)
    try:
        length_s = DURATION_OR_ZERO.parse(f"{text.strip()}m" if bare else DURATION_OR_ZERO.correct(text) or text)
    except ScalarError as error:
        raise UsageError(f"{error.message}; {error.help}") from error
    check_length(form, length_s)
    return length_s


def _parse_languages(text: str) -> tuple[str, ...]:
    found = split_names(text)
    return choose_options(form=USUAL_FORM, length_s=None, languages=found, kinds=None, ticks=True).languages


def _parse_kinds(form: str, length_s: float | None, text: str) -> tuple[str, ...]:
    found = split_names(text)
    choose_options(form=form, length_s=length_s, languages=LANGUAGES, kinds=found, ticks=True)
    return found

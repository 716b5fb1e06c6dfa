"""Prompts for a new session: they ask for what no option gives, and Enter takes the default."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import click

from coach.diagnostics.did_you_mean import did_you_mean
from coach.errors import UsageError
from coach.languages.registry import LANGUAGES, find_language
from coach.services.new_session.options import ALWAYS, FORMS, NewSessionOptions, check_length, choose_options
from coach.session.values.duration import DURATION_OR_ZERO
from coach.session.values.switch import SWITCH
from coach.session.values.value_kind import ScalarError
from coach.text.locale import system_language
from coach.units import seconds_to_text

USUAL_FORM = "reset"

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class GivenOptions:
    """The options given on the command line; None where one was not."""

    form: str | None = None
    length_s: float | None = None
    languages: str | None = None
    kinds: str | None = None
    ticks: str | None = None


def ask_options(given: GivenOptions, *, asks: bool) -> NewSessionOptions:
    """Choose the options of a new session.

    Args:
        given: the options that are given.
        asks: whether to ask for the others; else they are the defaults.

    Raises:
        UsageError: the options make no session.
    """
    prompts = _Prompts(asks=asks)
    form = given.form or prompts.form()
    length_s = prompts.length_s(form) if given.length_s is None else given.length_s
    languages = split_names(given.languages) if given.languages is not None else prompts.languages()
    kinds = split_names(given.kinds) if given.kinds is not None else prompts.kinds(form, length_s)
    ticks = (given.ticks or prompts.ticks()) == "on"
    return choose_options(form=form, length_s=length_s, languages=languages, kinds=kinds, ticks=ticks)


def split_names(written: str) -> tuple[str, ...]:
    """Names separated by commas or spaces; none for ``none``."""
    found = tuple(re.findall(r"[^\s,;+]+", written.lower()))
    return () if found == ("none",) else found


@dataclass(frozen=True, kw_only=True, slots=True)
class _Prompts:
    """The prompts; the default answers where nobody is asked."""

    asks: bool

    def form(self) -> str:
        if self.asks:
            click.echo("What kind of run will it be?")
            for form in FORMS:
                click.echo(f"  {form:10} {find_language('en').new_session.about[form]}")
        return self._ask("Form", USUAL_FORM, _parse_form)

    def length_s(self, form: str) -> float | None:
        known = FORMS[form]
        usual = f"{seconds_to_text(known.shortest_s)} to {seconds_to_text(known.longest_s)}"
        if not self.asks:
            return None
        return self._ask(
            f"How long? {usual}", seconds_to_text(known.length_s), lambda text: _parse_length_s(form, text)
        )

    def languages(self) -> tuple[str, ...]:
        own = system_language()
        default = own if own in LANGUAGES else ",".join(sorted(LANGUAGES))
        return self._ask(f"In which language? {', '.join(LANGUAGES)}, or more than one", default, _parse_languages)

    def kinds(self, form: str, length_s: float | None) -> tuple[str, ...]:
        if self.asks:
            always = ("brisk", *ALWAYS) if form == "intervals" else ALWAYS
            click.echo(f"Which blocks? {', '.join(always)} are in every such run. Besides these there can be")
            for kind in FORMS[form].choices:
                click.echo(f"  {kind:17} {find_language('en').new_session.kinds[kind][0]}")
        return self._ask("Blocks", ",".join(FORMS[form].usual), lambda text: _parse_kinds(form, length_s, text))

    def ticks(self) -> str:
        return self._ask("Ticks on your steps, for a while? on or off", "on", _parse_switch)

    def _ask(self, question: str, default: str, parse: Callable[[str], T]) -> T:
        """The answer to a question, asked again until it is valid."""

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
    return _check_one_of(text, tuple(FORMS), "form")


def _parse_switch(text: str) -> str:
    return _check_one_of(SWITCH.correct(text) or text, ("on", "off"), "answer")


def _check_one_of(text: str, known: tuple[str, ...], what: str) -> str:
    word = text.strip().lower()
    if word not in known:
        raise UsageError(f"unknown {what} '{word}': {did_you_mean(word, known)}")
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

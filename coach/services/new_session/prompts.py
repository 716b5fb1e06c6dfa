"""The questions about a new session: what was not said already is asked, and Enter takes what is usual."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import TypeVar

import click

from coach.diagnostics.did_you_mean import did_you_mean
from coach.errors import UsageError
from coach.languages.registry import LANGUAGES, find_language
from coach.services.new_session.options import ALWAYS, FORMS, NewSessionOptions, check_length, choose_options
from coach.session.values import loose
from coach.session.values.scalars import ScalarError, time
from coach.text.locale import system_language
from coach.units import seconds_to_text

USUAL_FORM = "reset"

T = TypeVar("T")


@dataclass(frozen=True, kw_only=True, slots=True)
class GivenOptions:
    """What was said of a new session with its command; None is what was not."""

    form: str | None = None
    length_s: float | None = None
    languages: str | None = None
    kinds: str | None = None
    ticks: str | None = None


def ask_options(said: GivenOptions, *, asks: bool) -> NewSessionOptions:
    """What is chosen for a new session.

    Args:
        said: what is known of it.
        asks: whether to ask for the rest; else it is as usual.

    Raises:
        UsageError: what was said makes no session.
    """
    talk = _Talk(said=said, asks=asks)
    form = said.form or talk.form()
    length_s = talk.length_s(form) if said.length_s is None else said.length_s
    languages = names(said.languages) if said.languages is not None else talk.languages()
    kinds = names(said.kinds) if said.kinds is not None else talk.kinds(form, length_s)
    ticks = (said.ticks or talk.ticks()) == "on"
    return choose_options(form=form, length_s=length_s, languages=languages, kinds=kinds, ticks=ticks)


def names(written: str) -> tuple[str, ...]:
    """Names with commas or spaces between; `none` is none."""
    found = tuple(re.findall(r"[^\s,;+]+", written.lower()))
    return () if found == ("none",) else found


@dataclass(frozen=True, kw_only=True, slots=True)
class _Talk:
    said: GivenOptions
    asks: bool

    def form(self) -> str:
        if self.asks:
            click.echo("What kind of run will it be?")
            for form in FORMS:
                click.echo(f"  {form:10} {find_language('en').new_session.about[form]}")
        return self._ask("Form", USUAL_FORM, _form)

    def length_s(self, form: str) -> float | None:
        known = FORMS[form]
        usual = f"{seconds_to_text(known.shortest_s)} to {seconds_to_text(known.longest_s)}"
        if not self.asks:
            return None
        return self._ask(f"How long? {usual}", seconds_to_text(known.length_s), lambda text: _length_s(form, text))

    def languages(self) -> tuple[str, ...]:
        own = system_language()
        usual = own if own in LANGUAGES else ",".join(sorted(LANGUAGES))
        return self._ask(f"In which language? {', '.join(LANGUAGES)}, or more than one", usual, _languages)

    def kinds(self, form: str, length_s: float | None) -> tuple[str, ...]:
        if self.asks:
            always = ("brisk", *ALWAYS) if form == "intervals" else ALWAYS
            click.echo(f"Which blocks? {', '.join(always)} are in every such run. Besides these there can be")
            for kind in FORMS[form].choices:
                click.echo(f"  {kind:17} {find_language('en').new_session.kinds[kind][0]}")
        return self._ask("Blocks", ",".join(FORMS[form].usual), lambda text: _kinds(form, length_s, text))

    def ticks(self) -> str:
        return self._ask("Ticks on your steps, for a while? on or off", "on", _switch)

    def _ask(self, question: str, usual: str, understand: Callable[[str], T]) -> T:
        """The answer to a question, asked again until it is understood."""

        def understood(text: str) -> T:
            try:
                return understand(text)
            except UsageError as error:
                raise click.BadParameter(str(error)) from error

        if not self.asks:
            return understand(usual)
        answer: T = click.prompt(question, default=usual, value_proc=understood)
        return answer


def _form(text: str) -> str:
    return _one_of(text, tuple(FORMS), "form")


def _switch(text: str) -> str:
    return _one_of(loose.switch(text) or text, ("on", "off"), "answer")


def _one_of(text: str, known: tuple[str, ...], what: str) -> str:
    word = text.strip().lower()
    if word not in known:
        raise UsageError(f"'{word}' is no {what}: {did_you_mean(word, known)}")
    return word


def _length_s(form: str, text: str) -> float:
    bare = re.fullmatch(r"\s*[0-9]{1,3}\s*", text)
    try:
        length_s = time(f"{text.strip()}m" if bare else loose.time(text) or text)
    except ScalarError as error:
        raise UsageError(f"{error.message}; {error.help}") from error
    check_length(form, length_s)
    return length_s


def _languages(text: str) -> tuple[str, ...]:
    found = names(text)
    return choose_options(form=USUAL_FORM, length_s=None, languages=found, kinds=None, ticks=True).languages


def _kinds(form: str, length_s: float | None, text: str) -> tuple[str, ...]:
    found = names(text)
    choose_options(form=form, length_s=length_s, languages=LANGUAGES, kinds=found, ticks=True)
    return found

"""Which languages a session can be spoken in, from the languages of its texts."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from coach.errors import Problem, Severity, Where
from coach.session.context import ANY_LANGUAGE
from coach.session.types import Text


@dataclass(frozen=True, kw_only=True, slots=True)
class Spoken:
    """The languages of a session, and those that a text in no named language stands for."""

    languages: tuple[str, ...]
    unnamed: tuple[str, ...]
    problems: tuple[Problem, ...] = ()

    def text(self, text: Text) -> Text:
        """The text with its languages named."""
        return Text(words=self.words(text.words), where=text.where)

    def words(self, words: Mapping[str, str]) -> dict[str, str]:
        """Words by language, those in no named language under each it stands for."""
        if ANY_LANGUAGE not in words:
            return dict(words)
        return dict.fromkeys(self.unnamed, words[ANY_LANGUAGE])


def settle(texts: Sequence[Text], *, stated: str | None, known: tuple[str, ...], place: Where) -> Spoken:
    """Find the languages that all texts have, the first text's first.

    Args:
        texts: every text of the session, in order of place.
        stated: the language that the session says its plain strings are in.
        known: the languages that the coach speaks.
        place: where to report what concerns the whole session.
    """
    named = _named(texts)
    plain = [text for text in texts if ANY_LANGUAGE in text.words]
    if stated or len(named) == 1 or not plain:
        unnamed = (stated,) if stated else named
        return _in_common(texts, Spoken(languages=(*named, *unnamed), unnamed=unnamed), place)
    if not named:
        advice = f"add {' or '.join(f'`language: {each}`' for each in known)} at the top"
        unsaid = _problem(place, "language-unsaid", "nothing says which language the words are in", advice, "advice")
        return Spoken(languages=known, unnamed=known, problems=(unsaid,))
    return Spoken(languages=named, unnamed=named, problems=tuple(_which(text, named) for text in plain))


def _named(texts: Iterable[Text]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(language for text in texts for language in text.words if language != ANY_LANGUAGE))


def _which(text: Text, named: tuple[str, ...]) -> Problem:
    each = ", ".join(f"{language}: …" for language in named)
    advice = f"write {{{each}}}, or say `language: {named[0]}` at the top"
    message = f"this text has one language and others have {len(named)}, so which it is in is unsaid"
    return _problem(text.where, "which-language", message, advice)


def _in_common(texts: Sequence[Text], spoken: Spoken, place: Where) -> Spoken:
    every = tuple(dict.fromkeys(spoken.languages))
    lacking = {language: [text for text in texts if language not in spoken.words(text.words)] for language in every}
    common = tuple(language for language in every if not lacking[language])
    if texts and not common:
        shares = ", ".join(f"{len(texts) - len(lacking[each])} of {len(texts)} have {each}" for each in every)
        advice = f"the first without '{every[0]}' is on line {lacking[every[0]][0].where.line}"
        none = _problem(place, "no-common-language", f"no language has all the texts: {shares}", advice)
        return Spoken(languages=every, unnamed=spoken.unnamed, problems=(none,))
    problems = [problem for each in every for problem in _half(texts, lacking[each], each)]
    return Spoken(languages=common, unnamed=spoken.unnamed, problems=tuple(problems))


def _half(texts: Sequence[Text], lacking: Sequence[Text], language: str) -> Iterator[Problem]:
    """Advice on a language that some texts have: where it is missing, or if it mostly is, how few have it."""
    having = len(texts) - len(lacking)
    if len(lacking) > having:
        first = next(text for text in texts if language in text.words)
        message = f"only {having} of {len(texts)} texts have '{language}', so it cannot be spoken"
        yield _problem(
            first.where, "half-translated", message, f"add '{language}' everywhere, or leave it out", "advice"
        )
        return
    for text in lacking:
        message = f"this text has no '{language}', so the session cannot be spoken in it"
        yield _problem(text.where, "half-translated", message, f"add `{language}: …`", "advice")


def _problem(where: Where, code: str, message: str, help: str, severity: Severity = "error") -> Problem:  # noqa: A002 - as Problem has it
    return Problem(where=where, code=code, message=message, help=help, severity=severity)

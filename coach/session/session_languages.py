"""Session languages: those that all texts of a session have, and the language of a text that names none."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from coach.diagnostics.problem import Location, Problem
from coach.session.base_model import ANY_LANGUAGE
from coach.session.session import Text
from coach.session.values.value_kind import join_words
from coach.translation import _


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionLanguages:
    """The languages of a session, and those that a plain text, which names no language, is in."""

    languages: tuple[str, ...]
    unnamed: tuple[str, ...]
    problems: tuple[Problem, ...] = ()

    def name_text(self, text: Text) -> Text:
        """Name the languages of a text."""
        return Text(words=self.name_words(text.words), location=text.location)

    def name_words(self, words: Mapping[str, str]) -> dict[str, str]:
        """Name the languages of words; those that name none are put under each language they are in."""
        if ANY_LANGUAGE not in words:
            return dict(words)
        return dict.fromkeys(self.unnamed, words[ANY_LANGUAGE])


def resolve_languages(
    texts: Sequence[Text], *, stated: str | None, known: tuple[str, ...], place: Location
) -> SessionLanguages:
    """Find the languages that all texts have, the first text's first.

    ``stated`` is the language that the session says its plain strings are in, ``known`` are those the coach speaks;
    ``place`` is where to report what concerns the whole session.
    """
    named = _list_languages(texts)
    plain = [text for text in texts if ANY_LANGUAGE in text.words]
    if stated or len(named) == 1 or not plain:
        unnamed = (stated,) if stated else named
        return _find_common(texts, SessionLanguages(languages=(*named, *unnamed), unnamed=unnamed), place)
    if not named:
        advice = _("add {settings} at the top", settings=join_words(f"`language: {each}`" for each in known))
        unsaid = Problem.at(place, "language-unsaid", _("nothing says which language the words are in"), advice)
        return SessionLanguages(languages=known, unnamed=known, problems=(unsaid,))
    return SessionLanguages(
        languages=named, unnamed=named, problems=tuple(_report_unnamed(text, named) for text in plain)
    )


def _list_languages(texts: Iterable[Text]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(language for text in texts for language in text.words if language != ANY_LANGUAGE))


def _report_unnamed(text: Text, named: tuple[str, ...]) -> Problem:
    each = ", ".join(f"{language}: …" for language in named)
    advice = _("write {{{texts}}}, or say `language: {language}` at the top", texts=each, language=named[0])
    message = _("this text does not say which of the {count} languages it is in", count=len(named))
    return Problem.at(text.location, "which-language", message, advice)


def _find_common(texts: Sequence[Text], spoken: SessionLanguages, place: Location) -> SessionLanguages:
    every = tuple(dict.fromkeys(spoken.languages))
    lacking = {
        language: [text for text in texts if language not in spoken.name_words(text.words)] for language in every
    }
    common = tuple(language for language in every if not lacking[language])
    if texts and not common:
        shares = ", ".join(
            _(
                "{having} of {all} have {language}",
                having=len(texts) - len(lacking[each]),
                all=len(texts),
                language=each,
            )
            for each in every
        )
        line = lacking[every[0]][0].location.line
        advice = _("the first without '{language}' is on line {line}", language=every[0], line=line)
        none = Problem.at(
            place, "no-common-language", _("no language has all the texts: {shares}", shares=shares), advice
        )
        return SessionLanguages(languages=every, unnamed=spoken.unnamed, problems=(none,))
    problems = [
        problem for each in every for problem in _report_untranslated(texts, lacking[each], each, spoken.name_words)
    ]
    return SessionLanguages(languages=common, unnamed=spoken.unnamed, problems=tuple(problems))


def _report_untranslated(
    texts: Sequence[Text],
    lacking: Sequence[Text],
    language: str,
    name_words: Callable[[Mapping[str, str]], Mapping[str, str]],
) -> Iterator[Problem]:
    """Report where a language is missing that some texts have; if most lack it, how few have it."""
    having = len(texts) - len(lacking)
    if lacking and not having:  # only a language that the session states is in no text
        message = _("no text has '{language}', so it cannot be spoken", language=language)
        yield Problem.at(
            texts[0].location,
            "half-translated",
            message,
            _("add it, or leave out `language: {language}`", language=language),
        )
        return
    if len(lacking) > having:
        first = next(text for text in texts if language in name_words(text.words))
        message = _(
            "only {having} of {texts} texts have '{language}', so it cannot be spoken",
            having=having,
            texts=len(texts),
            language=language,
        )
        yield Problem.at(
            first.location,
            "half-translated",
            message,
            _("add '{language}' everywhere, or leave it out", language=language),
        )
        return
    for text in lacking:
        message = _("this text has no '{language}', so the session cannot be spoken in it", language=language)
        yield Problem.at(text.location, "half-translated", message, _("add `{key}: …`", key=language))

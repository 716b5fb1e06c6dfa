"""Session builder: makes a session of a validated file, with languages, values, repeats and used files resolved."""

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from coach.diagnostics.problem import Location, Problem
from coach.session.base_model import ANY_LANGUAGE
from coach.session.block_models import BlockModel, RepeatModel, UsedBlocks
from coach.session.file_model import BlockSettings, CueModel, SessionFileModel, SoundNames
from coach.session.inline_markup import fill, parse_markup, to_caption
from coach.session.session import EVENLY, Block, Cue, CuePlace, Session, Sounds, Text
from coach.session.values.cadence import CADENCE_SPM
from coach.session.values.duration import LONGEST_S
from coach.units import seconds_to_text


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

    Args:
        texts: every text of the session, in order of place.
        stated: the language that the session says its plain strings are in.
        known: the languages that the coach speaks.
        place: where to report what concerns the whole session.
    """
    named = _list_languages(texts)
    plain = [text for text in texts if ANY_LANGUAGE in text.words]
    if stated or len(named) == 1 or not plain:
        unnamed = (stated,) if stated else named
        return _find_common(texts, SessionLanguages(languages=(*named, *unnamed), unnamed=unnamed), place)
    if not named:
        advice = f"add {' or '.join(f'`language: {each}`' for each in known)} at the top"
        unsaid = Problem.at(place, "language-unsaid", "nothing says which language the words are in", advice)
        return SessionLanguages(languages=known, unnamed=known, problems=(unsaid,))
    return SessionLanguages(
        languages=named, unnamed=named, problems=tuple(_report_unnamed(text, named) for text in plain)
    )


def _list_languages(texts: Iterable[Text]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(language for text in texts for language in text.words if language != ANY_LANGUAGE))


def _report_unnamed(text: Text, named: tuple[str, ...]) -> Problem:
    each = ", ".join(f"{language}: …" for language in named)
    advice = f"write {{{each}}}, or say `language: {named[0]}` at the top"
    message = f"this text does not say which of the {len(named)} languages it is in"
    return Problem.at(text.location, "which-language", message, advice)


def _find_common(texts: Sequence[Text], spoken: SessionLanguages, place: Location) -> SessionLanguages:
    every = tuple(dict.fromkeys(spoken.languages))
    lacking = {
        language: [text for text in texts if language not in spoken.name_words(text.words)] for language in every
    }
    common = tuple(language for language in every if not lacking[language])
    if texts and not common:
        shares = ", ".join(f"{len(texts) - len(lacking[each])} of {len(texts)} have {each}" for each in every)
        advice = f"the first without '{every[0]}' is on line {lacking[every[0]][0].location.line}"
        none = Problem.at(place, "no-common-language", f"no language has all the texts: {shares}", advice)
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
        message = f"no text has '{language}', so it cannot be spoken"
        yield Problem.at(texts[0].location, "half-translated", message, f"add it, or leave out `language: {language}`")
        return
    if len(lacking) > having:
        first = next(text for text in texts if language in name_words(text.words))
        message = f"only {having} of {len(texts)} texts have '{language}', so it cannot be spoken"
        yield Problem.at(first.location, "half-translated", message, f"add '{language}' everywhere, or leave it out")
        return
    for text in lacking:
        message = f"this text has no '{language}', so the session cannot be spoken in it"
        yield Problem.at(text.location, "half-translated", message, f"add `{language}: …`")


def build_session(
    file: SessionFileModel, *, path: Path, values: Mapping[str, str], spoken: SessionLanguages
) -> Session:
    """Build a session from a file without errors."""
    filled = dict(file.values) | {name: " ".join(value.split()) for name, value in values.items()}
    return Session(
        path=path,
        title=_build_heading(file.title, spoken, filled),
        about=_build_heading(file.about, spoken, filled) if file.about else None,
        form=file.form,
        length_s=file.length,
        cadence_spm=file.cadence,
        breath=file.breath,
        sounds=_build_sounds(file.sounds),
        values=filled,
        say_as=_build_pronunciations(file, spoken),
        blocks=tuple(_expand_blocks(file.blocks, spoken, filled)),
        languages=spoken.languages,
        location=file.locate_key("title" if file.length is None else "length"),
        author=_build_label(file.author, spoken, filled),
        album=_build_label(file.album, spoken, filled),
        track=file.track,
        year=file.year,
    )


def _build_heading(text: Text, spoken: SessionLanguages, values: Mapping[str, str]) -> Text:
    """Build a text that is read, not spoken: fill in its values, leave out its marks."""
    words = spoken.name_text(text).words
    return Text(words={each: _fill_words(words[each], values) for each in words}, location=text.location)


def _build_label(words: Mapping[str, str], spoken: SessionLanguages, values: Mapping[str, str]) -> dict[str, str]:
    """Lower words of a tag; those that name no language are for each."""
    each = dict.fromkeys(spoken.languages, words[ANY_LANGUAGE]) if ANY_LANGUAGE in words else words
    return {language: _fill_words(text, values) for language, text in each.items()}


def _fill_words(text: str, values: Mapping[str, str]) -> str:
    return to_caption(fill(parse_markup(text), values))


def _build_pronunciations(file: SessionFileModel, spoken: SessionLanguages) -> dict[str, dict[str, str]]:
    by_word = {word: spoken.name_words(sounding) for word, sounding in file.say_as.items()}
    return {
        language: {word: sounding[language] for word, sounding in by_word.items() if language in sounding}
        for language in spoken.languages
    }


def _expand_blocks(
    blocks: tuple[BlockModel, ...], spoken: SessionLanguages, values: Mapping[str, str]
) -> Iterator[Block]:
    for block in blocks:
        content = block.content
        if isinstance(content, RepeatModel):
            yield from tuple(_expand_blocks(content.blocks, spoken, values)) * content.times
        elif isinstance(content, UsedBlocks):
            yield from _expand_blocks(content.blocks, spoken, values)
        else:
            yield _build_block(block, content, spoken, values)


def _build_block(
    block: BlockModel, settings: BlockSettings, spoken: SessionLanguages, values: Mapping[str, str]
) -> Block:
    return Block(
        kind=block.kind,
        location=block.location,
        lasts=settings.lasts,
        title=_build_heading(settings.title, spoken, values) if settings.title else None,
        cadence=settings.cadence,
        breath=settings.breath,
        sounds=_build_sounds(settings.sounds),
        ticks_s=settings.ticks,
        breath_sound_s=settings.breath_sound,
        bell=settings.bell,
        say=None if settings.say is None else tuple(_build_cue(cue, spoken) for cue in settings.say),
        say_also=tuple(_build_cue(cue, spoken) for cue in settings.say_also),
        parts=getattr(settings, "parts", None),
    )


def _build_cue(cue: CueModel, spoken: SessionLanguages) -> Cue:
    text = spoken.name_text(cue.text)
    return Cue(text=text, location=text.location, place=_find_place(cue), level=cue.level, clip=cue.clip)


def _find_place(cue: CueModel) -> CuePlace:
    return cue.at or cue.after or cue.every or EVENLY


def _build_sounds(names: SoundNames | None) -> Sounds:
    if names is None:
        return Sounds()
    return Sounds(tick=names.tick, bell=names.bell, breath=names.breath, bed=names.bed)


def check_cadences(blocks: tuple[BlockModel, ...], session_spm: float) -> Iterator[Problem]:
    """Report cadences that, relative to the session's, nobody runs or walks."""
    low, high = CADENCE_SPM
    for block in blocks:
        content = block.content
        if isinstance(content, RepeatModel | UsedBlocks):
            yield from check_cadences(content.blocks, session_spm)
        elif content.cadence is not None:
            for end in dict.fromkeys((content.cadence.start, content.cadence.end)):
                spm = end.resolve_spm(session_spm)
                if not low <= spm <= high:
                    message = f"this comes to {spm:g} steps per minute, outside {low:g}-{high:g}"
                    location = content.locate("cadence")
                    advice = f"the session's cadence is {session_spm:g}"
                    yield Problem(location=location, code="cadence-out-of-range", message=message, help=advice)


def check_length(session: Session) -> Iterator[Problem]:
    """Report the block, if any, with which the session becomes too long to plan."""
    total_s = 0.0
    for block in session.blocks:
        total_s += block.lasts.shortest_s if block.lasts else 0.0
        if total_s > LONGEST_S:
            limit = seconds_to_text(LONGEST_S)
            message = f"with this block the session is longer than {limit}"
            yield Problem(location=block.location, code="too-long", message=message, help="shorten it, or repeat less")
            return

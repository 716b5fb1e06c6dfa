"""Session builder: makes a session of a validated file, with values, repeats and used files resolved."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from coach.diagnostics.problem import Problem
from coach.session.base_model import ANY_LANGUAGE
from coach.session.block_models import BlockModel, RepeatModel, UsedBlocks
from coach.session.file_model import BlockSettings, CueModel, SessionFileModel
from coach.session.inline_markup import fill, parse_markup, to_caption
from coach.session.session import (
    EVENLY,
    USUAL_LEVELS,
    Block,
    Cue,
    CuePlace,
    Repeat,
    Session,
    SoundLevels,
    Sounds,
    Text,
    count_variants,
    expand_outline,
)
from coach.session.session_languages import SessionLanguages
from coach.session.sound_models import SoundLevelsModel, SoundNames
from coach.session.values.cadence import CADENCE_SPM
from coach.session.values.duration import LONGEST_S
from coach.units import seconds_to_text


def build_session(
    file: SessionFileModel, *, path: Path, values: Mapping[str, str], spoken: SessionLanguages
) -> Session:
    """Build a session from a file without errors."""
    filled = dict(file.values) | {name: " ".join(value.split()) for name, value in values.items()}
    outline = tuple(_build_outline(file.blocks, spoken, filled))
    variants = count_variants(outline)
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
        blocks=expand_outline(outline, (variants - 1) // 2, variants),
        outline=outline if variants > 1 else (),
        languages=spoken.languages,
        location=file.locate_key("title" if file.length is None else "length"),
        author=_build_label(file.author, spoken, filled),
        album=_build_label(file.album, spoken, filled),
        track=file.track,
        year=file.year,
        levels=_build_levels(file.levels),
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


def _build_outline(
    blocks: tuple[BlockModel, ...], spoken: SessionLanguages, values: Mapping[str, str]
) -> Iterator[Block | Repeat]:
    for block in blocks:
        content = block.content
        if isinstance(content, RepeatModel):
            inside = tuple(_build_outline(content.blocks, spoken, values))
            if content.times.least == content.times.most and not any(isinstance(each, Repeat) for each in inside):
                yield from inside * content.times.least
            else:
                yield Repeat(blocks=inside, times=content.times)
        elif isinstance(content, UsedBlocks):
            yield from _build_outline(content.blocks, spoken, values)
        else:
            yield _build_block(block, content, spoken, values)


def _build_block(
    block: BlockModel, settings: BlockSettings, spoken: SessionLanguages, values: Mapping[str, str]
) -> Block:
    return Block(
        kind=block.kind,
        location=block.location,
        lasts=settings.lasts,
        may_last=settings.may_last,
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


def _build_levels(file: SoundLevelsModel | None) -> SoundLevels:
    if file is None:
        return USUAL_LEVELS
    levels = {"voice_db": file.voice, "ticks_db": file.ticks, "breath_db": file.breath}
    return SoundLevels(**levels, bells_db=file.bells, bed_db=file.bed)


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

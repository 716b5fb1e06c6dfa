"""Session builder: makes a session of a validated file, with values, repeats and used files resolved."""

from collections.abc import Collection, Iterator, Mapping
from pathlib import Path

from coach.diagnostics.problem import Problem
from coach.session.base_model import ANY_LANGUAGE
from coach.session.block_models import BlockModel, RepeatModel, UsedBlocks
from coach.session.file_model import BlockSettings, CueModel, SessionFileModel
from coach.session.inline_markup import (
    ROUND_VALUES,
    RUN_VALUES,
    examine_markup,
    fill,
    list_values,
    parse_markup,
    to_caption,
)
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
    repeat_blocks,
)
from coach.session.session_languages import SessionLanguages
from coach.session.sound_models import SoundLevelsModel, SoundNames
from coach.session.source_map import SourceLocator
from coach.session.values.cadence import CADENCE_SPM
from coach.session.values.duration import LONGEST_S
from coach.translation import _, mark_message
from coach.units import seconds_to_text


def build_session(
    file: SessionFileModel, *, path: Path, values: Mapping[str, str], spoken: SessionLanguages
) -> Session:
    """Build a session from a file without errors."""
    people = _list_people(file.values, {name: " ".join(value.split()) for name, value in values.items()})
    filled = people[0]
    outline = tuple(_build_outline(file.blocks, spoken))
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
        people=people if len(people) > 1 else (),
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


def _list_people(values: Mapping[str, tuple[str, ...]], given: Mapping[str, str]) -> tuple[dict[str, str], ...]:
    """List the values of each person; a given value that is one of a list stands for who has it, others for all."""
    most = max(map(len, values.values()), default=1)
    people = [{name: each[nth % len(each)] for name, each in values.items()} for nth in range(most)]
    for name, value in given.items():
        named = [person for person in people if person.get(name) == value]
        people = named or [{**person, name: value} for person in people]
    return tuple(person for nth, person in enumerate(people) if person not in people[:nth])


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


def _build_outline(blocks: tuple[BlockModel, ...], spoken: SessionLanguages) -> Iterator[Block | Repeat]:
    for block in blocks:
        content = block.content
        if isinstance(content, RepeatModel):
            inside = tuple(_build_outline(content.blocks, spoken))
            if content.times.least == content.times.most and all(isinstance(each, Block) for each in inside):
                yield from repeat_blocks([each for each in inside if isinstance(each, Block)], content.times.least)
            else:
                yield Repeat(blocks=inside, times=content.times)
        elif isinstance(content, UsedBlocks):
            yield from _build_outline(content.blocks, spoken)
        else:
            yield _build_block(block, content, spoken)


def _build_block(block: BlockModel, settings: BlockSettings, spoken: SessionLanguages) -> Block:
    return Block(
        kind=block.kind,
        location=block.location,
        lasts=settings.lasts,
        may_last=settings.may_last,
        title=spoken.name_text(settings.title) if settings.title else None,
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
    return Sounds(tick=names.tick, bell=names.bell, breath=names.breath, bed=names.bed, bed_fade_s=names.bed_fade)


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
                    message = _(
                        "this comes to {cadence:g} steps per minute, outside {low:g}-{high:g}",
                        cadence=spm,
                        low=low,
                        high=high,
                    )
                    location = content.locate("cadence")
                    advice = _("the session's cadence is {cadence:g}", cadence=session_spm)
                    yield Problem(location=location, code="cadence-out-of-range", message=message, help=advice)


def check_breaths(blocks: tuple[BlockModel, ...], running: Collection[str]) -> Iterator[Problem]:
    """Report breaths in seconds in blocks of the kinds in which the runner steps."""
    for block in blocks:
        content = block.content
        if isinstance(content, RepeatModel | UsedBlocks):
            yield from check_breaths(content.blocks, running)
        elif content.breath is not None and content.breath.in_seconds and block.kind in running:
            yield Problem(
                location=content.locate("breath"),
                code="breath-in-seconds",
                message=_(
                    "this breath is in seconds, and in a block of the kind '{kind}' the runner steps", kind=block.kind
                ),
                help=_("write it in steps, like 3 in / 3 out; or write a `breathe` block, for standing still"),
            )


def check_run_values(file: SessionFileModel, own: Collection[str], places: SourceLocator) -> Iterator[Problem]:
    """Report texts that tell of the run where they cannot, unless with a value of the session's own.

    Rounds are told of in a repeat; all else while the block is run, not in titles and tags.
    """
    for text in (file.title, *filter(None, [file.about])):
        yield from _refuse_values(text, "not-timed", RUN_VALUES, own, places)
    for key, words in (("author", file.author), ("album", file.album)):
        yield from _refuse_values(Text(words=words, location=file.locate(key)), "not-timed", RUN_VALUES, own, places)
    yield from _check_run_values(file.blocks, own, places, is_repeated=False)


def _check_run_values(
    blocks: tuple[BlockModel, ...], own: Collection[str], places: SourceLocator, *, is_repeated: bool
) -> Iterator[Problem]:
    for content in (block.content for block in blocks):
        if isinstance(content, RepeatModel | UsedBlocks):
            inside = is_repeated or isinstance(content, RepeatModel)
            yield from _check_run_values(content.blocks, own, places, is_repeated=inside)
            continue
        titles = [content.title] if content.title else []
        for text in titles:
            yield from _refuse_values(text, "not-timed", RUN_VALUES[len(ROUND_VALUES) :], own, places)
        if not is_repeated:
            for text in (*titles, *(cue.text for cue in (*(content.say or ()), *content.say_also))):
                yield from _refuse_values(text, "not-repeated", ROUND_VALUES, own, places)


_REFUSALS = {
    "not-repeated": (
        mark_message("{value} tells of the rounds of a `repeat`, and this block is in none"),
        mark_message('put the block in a `repeat`; for a word of your own, add `values: {{{name}: ""}}` at the top'),
    ),
    "not-timed": (
        mark_message("{value} is known only while a block is run, not in this text"),
        mark_message(
            'say it in a block, or leave it out; for a word of your own, add `values: {{{name}: ""}}` at the top'
        ),
    ),
}


def _refuse_values(
    text: Text, code: str, names: Collection[str], own: Collection[str], places: SourceLocator
) -> Iterator[Problem]:
    """Report values of these names in a text, with the code that says why."""
    for language, words in text.words.items():
        used = dict.fromkeys(list_values(examine_markup(words)[0])) if "{" in words else ()
        for name in (name for name in used if name in names and name not in own):
            place = places.find_words(text, language, 0, f"{{{name}}}") or text.location
            reason, way_out = _REFUSALS[code]
            yield Problem.at(place, code, _(reason, value=f"{{{name}}}"), _(way_out, name=name))


def check_length(session: Session) -> Iterator[Problem]:
    """Report the block, if any, with which the session becomes too long to plan."""
    total_s = 0.0
    for block in session.blocks:
        total_s += block.lasts.shortest_s if block.lasts else 0.0
        if total_s > LONGEST_S:
            limit = seconds_to_text(LONGEST_S)
            message = _("with this block the session is longer than {limit}", limit=limit)
            yield Problem(
                location=block.location, code="too-long", message=message, help=_("shorten it, or repeat less")
            )
            return

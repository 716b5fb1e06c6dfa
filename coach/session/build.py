"""From the authored model to a ``Session``, with `repeat` and `use` written out."""

from collections.abc import Iterator, Mapping
from pathlib import Path

from coach.errors import Problem
from coach.session import model
from coach.session.marks import captions, fill, parse
from coach.session.scalars import CADENCE_SPM, LONGEST_S
from coach.session.spoken import Spoken
from coach.session.syntax import Block as BlockModel
from coach.session.syntax import Repeat, Used
from coach.session.types import EVENLY, Block, Cue, Place, Session, Sounds, Text
from coach.units import seconds_to_text


def session(file: model.File, *, path: Path, values: Mapping[str, str], spoken: Spoken) -> Session:
    """Build a session from a file without errors."""
    filled = dict(file.values) | {name: " ".join(value.split()) for name, value in values.items()}
    return Session(
        path=path,
        title=_heading(file.title, spoken, filled),
        about=_heading(file.about, spoken, filled) if file.about else None,
        form=file.form,
        length_s=file.length,
        cadence_spm=file.cadence,
        breath=file.breath,
        sounds=_sounds(file.sounds),
        values=filled,
        say_as=_say_as(file, spoken),
        blocks=tuple(_written_out(file.blocks, spoken, filled)),
        languages=spoken.languages,
        where=file.key_place("title" if file.length is None else "length"),
    )


def _heading(text: Text, spoken: Spoken, values: Mapping[str, str]) -> Text:
    """A text that is read, not spoken: its values filled in, its marks left out."""
    words = spoken.text(text).words
    return Text(words={each: captions(fill(parse(words[each]), values)) for each in words}, where=text.where)


def _say_as(file: model.File, spoken: Spoken) -> dict[str, dict[str, str]]:
    by_word = {word: spoken.words(sounding) for word, sounding in file.say_as.items()}
    return {
        language: {word: sounding[language] for word, sounding in by_word.items() if language in sounding}
        for language in spoken.languages
    }


def _written_out(blocks: tuple[BlockModel, ...], spoken: Spoken, values: Mapping[str, str]) -> Iterator[Block]:
    for block in blocks:
        content = block.content
        if isinstance(content, Repeat):
            yield from tuple(_written_out(content.blocks, spoken, values)) * content.times
        elif isinstance(content, Used):
            yield from _written_out(content.blocks, spoken, values)
        else:
            yield _block(block, content, spoken, values)


def _block(block: BlockModel, settings: model.Settings, spoken: Spoken, values: Mapping[str, str]) -> Block:
    return Block(
        kind=block.kind,
        where=block.where,
        lasts=settings.lasts,
        title=_heading(settings.title, spoken, values) if settings.title else None,
        cadence=settings.cadence,
        breath=settings.breath,
        sounds=_sounds(settings.sounds),
        ticks_s=settings.ticks,
        breath_sound_s=settings.breath_sound,
        bell=settings.bell,
        say=None if settings.say is None else tuple(_cue(cue, spoken) for cue in settings.say),
        say_also=tuple(_cue(cue, spoken) for cue in settings.say_also),
        parts=getattr(settings, "parts", None),
    )


def _cue(cue: model.Cue, spoken: Spoken) -> Cue:
    text = spoken.text(cue.text)
    return Cue(text=text, where=text.where, place=_place(cue), level=cue.level, clip=cue.clip)


def _place(cue: model.Cue) -> Place:
    return cue.at or cue.after or cue.every or EVENLY


def _sounds(names: model.SoundNames | None) -> Sounds:
    if names is None:
        return Sounds()
    return Sounds(tick=names.tick, bell=names.bell, breath=names.breath, bed=names.bed)


def cadence_problems(blocks: tuple[BlockModel, ...], session_spm: float) -> Iterator[Problem]:
    """Cadences that, relative to the session's, are none that anyone runs or walks."""
    low, high = CADENCE_SPM
    for block in blocks:
        content = block.content
        if isinstance(content, Repeat | Used):
            yield from cadence_problems(content.blocks, session_spm)
        elif content.cadence is not None:
            for end in dict.fromkeys((content.cadence.start, content.cadence.end)):
                spm = end.resolve_spm(session_spm)
                if not low <= spm <= high:
                    message = f"this comes to {spm:g} steps per minute, outside {low:g}-{high:g}"
                    where = content.place("cadence")
                    advice = f"the session's cadence is {session_spm:g}"
                    yield Problem(where=where, code="cadence-out-of-range", message=message, help=advice)


def length_problems(session: Session) -> Iterator[Problem]:
    """The block, if any, with which the session goes past what can be planned."""
    total_s = 0.0
    for block in session.blocks:
        total_s += block.lasts.shortest_s if block.lasts else 0.0
        if total_s > LONGEST_S:
            limit = seconds_to_text(LONGEST_S)
            message = f"with this block the session is longer than {limit}"
            yield Problem(where=block.where, code="too-long", message=message, help="shorten it, or repeat less")
            return

"""A cue as the voice will say it: stretches of words, exact pauses, and waits for a breath or a step."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from coach.session.inline_markup import MarkupPart, Pause, Wait, Words, captions, fill, parse_markup
from coach.session.session import Cue
from coach.utterance import Utterance


@dataclass(frozen=True, kw_only=True, slots=True)
class Caption:
    """Words without a mark in them: ``text`` for the eye, ``utterance`` for the voice."""

    text: str
    utterance: Utterance


CueScript = tuple[Caption | Pause | Wait, ...]


def build_cue_script(cue: Cue, language: str, values: Mapping[str, str], say_as: Mapping[str, str]) -> CueScript:
    """What to do, in order, to say a cue in a language. In a recorded cue only the marks before the words count."""
    parts = fill(parse_markup(cue.text[language]), values)
    if cue.clip is not None:
        utterance = Utterance(text=captions(parts), language=language, recording=cue.clip)
        return (*_leading_marks(parts), Caption(text=utterance.text, utterance=utterance))
    lines: list[Caption | Pause | Wait] = []
    for part in parts:
        if isinstance(part, Words):
            on_step = bool(lines) and lines[-1] == Wait(moment="step")
            spoken = pronounce(part.text, say_as)
            utterance = Utterance(text=spoken, language=language, counted=on_step and " " not in part.text)
            lines.append(Caption(text=part.text, utterance=utterance))
        elif isinstance(part, Pause | Wait):
            lines.append(part)
    return tuple(lines)


def _leading_marks(parts: tuple[MarkupPart, ...]) -> tuple[Pause | Wait, ...]:
    first = next((index for index, part in enumerate(parts) if isinstance(part, Words)), len(parts))
    return tuple(part for part in parts[:first] if isinstance(part, Pause | Wait))


def pronounce(words: str, say_as: Mapping[str, str]) -> str:
    """The words as the voice should read them: whole words on the list, whatever their case, are replaced.

    >>> pronounced("Naar Nijmegen.", {"Nijmegen": "naai-mee-gen"})
    'Naar naai-mee-gen.'
    """
    if not say_as:
        return words
    spoken = {word.casefold(): pronunciation for word, pronunciation in say_as.items()}
    longest_first = sorted(map(re.escape, say_as), key=len, reverse=True)
    pattern = re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)", re.IGNORECASE)
    return pattern.sub(lambda match: spoken[match.group().casefold()], words)

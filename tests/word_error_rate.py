"""Word errors of a whole session as recognized: sentences in takes of half a minute, and the mistaken words.

Spellings that sound the same count as the same, as no listener can tell them apart.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import speech_recognition

from coach.languages.spoken_numbers import find_numbers
from coach.sounds.clip import Clip
from coach.units import seconds_to_frames

LONGEST_TAKE_S = 28.0  # Whisper hears half a minute at a time, with half a second of quiet on either side
PAUSE_S = 1.0
# What is written in one of two ways and said in one. Of a pair, the second is taken for the first.
SAME_SOUND = {
    "en": {"it's": "its", "you're": "your", "metres": "meters", "colours": "colors", "grey": "gray", "ok": "okay"},
    "nl": {"hard": "hart", "wordt": "word", "rijdt": "rijd", "houdt": "houd", "hout": "houd"},
}
# Dutch spells some sounds in two ways; none of its words ends in two consonants of a kind, or has a ck.
SAME_SPELLING = {
    "en": (),
    "nl": (("ei", "ij"), ("au", "ou"), ("ck", "kk"), ("gt", "cht"), (r"([f-t])\1$", r"\1")),
}
Mistake = tuple[str, str]


@dataclass(frozen=True, kw_only=True, slots=True)
class Sentence:
    """Words, and how they sound."""

    text: str
    clip: Clip


@dataclass(frozen=True, kw_only=True, slots=True)
class Understood:
    """How many words were said, and each mistake: what was said and what was heard, of which one may be nothing."""

    said: int
    mistakes: tuple[Mistake, ...]

    @property
    def wrong_percent(self) -> float:
        """Mistakes in a hundred words, to a hundredth."""
        return round(100.0 * len(self.mistakes) / self.said, 2)


def takes(sentences: Iterable[Sentence]) -> Iterator[Sentence]:
    """Sentences one after the other, with pauses, in stretches that the listener hears in one go; none is cut."""
    waiting: list[Sentence] = []
    for sentence in sentences:
        if waiting and _length_s([*waiting, sentence]) > LONGEST_TAKE_S:
            yield _joined(waiting)
            waiting = []
        waiting.append(sentence)
    if waiting:
        yield _joined(waiting)


def _length_s(sentences: list[Sentence]) -> float:
    return sum(sentence.clip.length_s for sentence in sentences) + PAUSE_S * (len(sentences) - 1)


def _joined(sentences: list[Sentence]) -> Sentence:
    rate_hz = sentences[0].clip.rate_hz
    pause = np.zeros((seconds_to_frames(PAUSE_S, rate_hz), 1), np.float32)
    pieces = [piece for sentence in sentences for piece in (sentence.clip.samples, pause)][:-1]
    text = " ".join(sentence.text for sentence in sentences)
    return Sentence(text=text, clip=Clip(samples=np.concatenate(pieces), rate_hz=rate_hz))


def compared(said: str, heard: str, language: str) -> Understood:
    """Words against words, in the order that needs the fewest mistakes."""
    reference, other = (_as_heard(text, language) for text in (said, heard))
    return Understood(said=len(reference), mistakes=tuple(_mistakes(reference, other)))


def together(parts: Iterable[Understood]) -> Understood:
    """Several as one."""
    listed = list(parts)
    mistakes = tuple(mistake for part in listed for mistake in part.mistakes)
    return Understood(said=sum(part.said for part in listed), mistakes=mistakes)


def _as_heard(text: str, language: str) -> list[str]:
    """Lower-case words without hyphens and accents on ``e``, as in *één*; numbers as words."""
    spelled = re.sub(r"\d+", lambda number: f" {find_numbers(language).say_whole(int(number[0]))} ", text)
    plain = speech_recognition.words(spelled).replace("é", "e").replace("_", " ")
    return [_spell_alike(SAME_SOUND[language].get(word, word), language) for word in plain.split()]


def _spell_alike(word: str, language: str) -> str:
    """Spell a word in the way of the others that sound like it."""
    for spelled, other in SAME_SPELLING[language]:
        word = re.sub(spelled, other, word)
    return word


def _mistakes(reference: list[str], other: list[str]) -> Iterator[Mistake]:
    """The cheapest way from the one to the other. Words written as one, or one as two, are no mistake."""
    best: dict[tuple[int, int], tuple[int, tuple[int, int]]] = {(0, 0): (0, (0, 0))}
    for i in range(len(reference) + 1):
        for j in range(len(other) + 1):
            for before in ((i - 1, j - 1), (i - 1, j), (i, j - 1), (i - 2, j - 1), (i - 1, j - 2)):
                if before in best:
                    same = "".join(reference[before[0] : i]) == "".join(other[before[1] : j])
                    if same or max(i - before[0], j - before[1]) == 1:
                        cost = best[before][0] + (not same)
                        best[i, j] = min(best.get((i, j), (cost, before)), (cost, before))
    return reversed(list(_walked_back(best, reference, other)))


def _walked_back(
    best: dict[tuple[int, int], tuple[int, tuple[int, int]]], reference: list[str], other: list[str]
) -> Iterator[Mistake]:
    at = (len(reference), len(other))
    while at != (0, 0):
        cost, before = best[at]
        if cost > best[before][0]:
            yield " ".join(reference[before[0] : at[0]]), " ".join(other[before[1] : at[1]])
        at = before

"""Utterance, one stretch of speech that a voice is asked for, and its measured duration."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, kw_only=True, slots=True)
class Utterance:
    """One stretch of speech without a mark in it.

    ``text`` is what the voice reads (pronunciations filled in). ``counted`` is a word said on a step, which must be
    short enough to end before the next step. ``phonemes`` are its words whose sounds are given, each with these in the
    phonetic alphabet; a voice that does not read them reads the word. ``recording`` is the author's own audio file,
    played instead of a voice.
    """

    text: str
    language: str
    counted: bool = False
    phonemes: tuple[tuple[str, str], ...] = ()
    recording: Path | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class SpokenDuration:
    """How long an utterance lasts in seconds, and where in it the first vowel begins."""

    length_s: float
    onset_s: float


Measure = Callable[[Utterance], SpokenDuration]

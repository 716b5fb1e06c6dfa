"""espeak-ng bindings by ctypes (speak_lib.h, API of 1.52): text in memory to samples in memory."""

import _ctypes
import ctypes
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coach.errors import ExternalError
from coach.sounds.clip import Clip

_RETRIEVAL = 1
_PHONEME_EVENTS, _PHONEMES_IN_IPA, _DO_NOT_EXIT = 0x1, 0x2, 0x8000
_RATE, _PITCH_PARAMETER, _RANGE, _WORD_GAP = 1, 3, 4, 7
_UTF8 = 1
_EVENT_END, _EVENT_PHONEME = 0, 7
_STRESS = "ˈˌ"
_VOWELS = frozenset("aeiouyæøœɐɑɒɔəɚɛɜɪɵʉʊʌʏɨ")  # noqa: RUF001 - the phonetic alphabet looks like Latin letters


class _EventId(ctypes.Union):
    _fields_ = (("number", ctypes.c_int), ("name", ctypes.c_char_p), ("string", ctypes.c_char * 8))


class _Event(ctypes.Structure):
    _fields_ = (
        ("type", ctypes.c_int),
        ("unique_identifier", ctypes.c_uint),
        ("text_position", ctypes.c_int),
        ("length", ctypes.c_int),
        ("audio_position", ctypes.c_int),
        ("sample", ctypes.c_int),
        ("user_data", ctypes.c_void_p),
        ("id", _EventId),
    )


_SynthCallback = ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.POINTER(_Event))


@dataclass(frozen=True, kw_only=True, slots=True)
class EspeakSettings:
    """Settings of espeak: its name for the language, its pace, its pitch and pitch range, both 0 to 99.

    ``word_gap`` is the pause between words, in hundredths of a second at espeak's usual pace.
    """

    language: str
    pace_wpm: int
    pitch: int
    pitch_range: int
    word_gap: int = 0


def speak(text: str, settings: EspeakSettings, *, library: Path, data: Path) -> Clip:
    """Synthesize a text as plain text: it is never read as an option, a path or markup.

    Args:
        text: Free of control characters and of ``[[``, which begins phonemes.
        settings: Language, pace and pitch.
        library: The shared library.
        data: The folder ``espeak-ng-data``; the library copies this path into a buffer of 160 bytes.

    Returns:
        Mono. ``onset_s`` is the start of the first vowel, or 0 if the clip starts with it.

    Raises:
        ExternalError: espeak-ng did not start, or has no such language.
    """
    blocks: list[np.ndarray[tuple[int], np.dtype[np.int16]]] = []
    vowels: list[int] = []

    def collect(samples: "ctypes._Pointer[ctypes.c_short]", count: int, events: "ctypes._Pointer[_Event]") -> int:
        if count:
            blocks.append(np.ctypeslib.as_array(samples, (count,)).copy())
        vowels.extend(_find_vowel_starts(events))
        return 0

    with _load_library(library) as espeak:
        rate_hz = espeak.espeak_Initialize(
            _RETRIEVAL, 0, os.fsencode(data), _PHONEME_EVENTS | _PHONEMES_IN_IPA | _DO_NOT_EXIT
        )
        if rate_hz <= 0:
            raise ExternalError(f"espeak-ng could not start with its data in {data}")
        callback = _SynthCallback(collect)
        espeak.espeak_SetSynthCallback(callback)
        _apply_settings(espeak, settings)
        encoded = text.encode()
        espeak.espeak_Synth(encoded, ctypes.c_size_t(len(encoded) + 1), 0, 1, 0, _UTF8, None, None)
        espeak.espeak_Synchronize()
    pcm = np.concatenate(blocks) if blocks else np.zeros(0, np.int16)
    samples = (pcm.astype(np.float32) / 32768.0)[:, None]
    return Clip(samples=samples, rate_hz=rate_hz, onset_s=vowels[0] / rate_hz if vowels else 0.0)


def _apply_settings(espeak: ctypes.CDLL, settings: EspeakSettings) -> None:
    if espeak.espeak_SetVoiceByName(settings.language.encode()) != 0:
        raise ExternalError(f'espeak-ng has no voice for "{settings.language}"')
    values = {
        _RATE: settings.pace_wpm,
        _PITCH_PARAMETER: settings.pitch,
        _RANGE: settings.pitch_range,
        _WORD_GAP: settings.word_gap,
    }
    for parameter, value in values.items():
        espeak.espeak_SetParameter(parameter, value, 0)


def _find_vowel_starts(events: "ctypes._Pointer[_Event]") -> Iterator[int]:
    """Find the first sample of each vowel in a list of events that ends with one of type 0."""
    index = 0
    while events[index].type != _EVENT_END:
        event = events[index]
        name = bytes(event.id.string).decode("utf-8", "ignore").lstrip(_STRESS)
        if event.type == _EVENT_PHONEME and name[:1] in _VOWELS and name:
            yield event.sample
        index += 1


@contextmanager
def _load_library(library: Path) -> Iterator[ctypes.CDLL]:
    """Load the library in its initial state, and unload it afterwards."""
    espeak = ctypes.CDLL(str(library))
    try:
        yield espeak
    finally:
        espeak.espeak_Terminate()
        _unload(espeak._handle)  # noqa: SLF001 - ctypes has no public way to unload


def _unload(handle: int) -> None:
    if sys.platform == "win32":
        _ctypes.FreeLibrary(handle)
    else:
        _ctypes.dlclose(handle)

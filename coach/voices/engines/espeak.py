"""espeak-ng voice: the built-in formant synthesizer, by ctypes from its wheel's library (speak_lib.h, API of 1.52).

The samples of an utterance depend on what the library said before, so it is loaded anew for each; that costs 8 ms.
"""

import _ctypes
import ctypes
import hashlib
import os
import re
import shutil
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import ExternalError
from coach.languages import LANGUAGES, find_language
from coach.storage.file_input import hash_file, read_json
from coach.storage.folders import CACHE_VARIABLE, find_cache_folder
from coach.translation import _
from coach.utterance import Utterance

if TYPE_CHECKING:  # numpy takes 0.1 s, which a cached session need not pay
    from coach.sounds.clip import Clip

# Slow Dutch is a little less clear: of 1,825 words Whisper misheard 41 in 100, and 39 with quicker words and gaps.
_PACES_WPM = {"nl": 130, "en": 94}
_USUAL_PACE_WPM = 105
_WORD_GAPS = {"nl": 5}
_COUNTED_PACES_WPM = (170, 200, 230, 260, 300)
_PITCH = 36
_PITCH_RANGE = 42
LONGEST_DATA_PATH = 144
_NAMES_FILE = Path(__file__).with_name("espeak_phonemes.json")


class Espeak:
    """A man's voice by formant synthesis, at some 120 words a minute in whole sentences."""

    name = "espeak"
    good = False
    repertoire = None
    reads_phonemes = True

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the coach for which it has a dictionary."""
        return _list_languages()

    @property
    def about(self) -> str:
        """How it sounds, in one line."""
        *others, last = (_(find_language(code).english_name) for code in _list_languages())
        return _(
            "{others} and {last}, a man's voice: robotic, but understood, and built in. For warmth, "
            "record your own voice and name the file at a cue with clip:.",
            others=", ".join(others),
            last=last,
        )

    @property
    def identity(self) -> str:
        """The engine's version, the hashes of what shapes its speech, pitch and paces."""
        digests = hash_data(_find_package() / "espeak-ng-data", self.languages)
        engine = f"espeakng-loader {version('espeakng-loader')}, {hash_file(find_library_path())}, {digests}"
        return f"{engine}, {_PITCH}, {_PITCH_RANGE}, {_choose_paces_wpm()}, {_WORD_GAPS}, {_COUNTED_PACES_WPM}"

    def speak(self, utterance: Utterance) -> "Clip":
        """Speak the words calmly; a counted word at the slowest pace at which it is short enough."""
        if not utterance.counted:
            return _synthesize(
                utterance, _choose_paces_wpm()[utterance.language], _WORD_GAPS.get(utterance.language, 0)
            )
        from coach.voices.clip_normalizer import pick_short_enough  # noqa: PLC0415 - numpy, only where there is speech

        clips = (_synthesize(utterance, pace_wpm) for pace_wpm in _COUNTED_PACES_WPM)
        return pick_short_enough(clips, decay_s=0.0)


@cache
def _list_languages() -> tuple[str, ...]:
    return tuple(code for code in LANGUAGES if code in _PACES_WPM or _has_dictionary(code))


def _has_dictionary(language: str) -> bool:
    try:
        return (_find_package() / "espeak-ng-data" / f"{language}_dict").is_file()
    except ExternalError:
        return False


def _choose_paces_wpm() -> dict[str, int]:
    return {language: _PACES_WPM.get(language, _USUAL_PACE_WPM) for language in _list_languages()}


def _synthesize(utterance: Utterance, pace_wpm: int, word_gap: int = 0) -> "Clip":
    settings = EspeakSettings(
        language=utterance.language, pace_wpm=pace_wpm, pitch=_PITCH, pitch_range=_PITCH_RANGE, word_gap=word_gap
    )
    text = re.sub(r"\[\[(.*?)\]\]", lambda found: f"[[{write_mnemonics(found[1], settings.language)}]]", utterance.text)
    return speak(text, settings, library=find_library_path(), data=find_data_path())


def write_mnemonics(ipa: str, language: str) -> str:
    """Write phonemes by espeak-ng's own names for them, or for the nearest that it has in the language.

    >>> write_mnemonics("nˈɛɪmeːɣə", "nl")
    "n|'EI|m|e:|Q|@"
    """
    names = _read_names()
    known = {**names["all"], **names.get(language, {})}
    signs = re.findall("|".join(sorted(map(re.escape, known), key=len, reverse=True)), ipa)
    return re.sub(r"([',])\|", r"\1", "|".join(known[sign] for sign in signs))


@cache
def _read_names() -> Mapping[str, Mapping[str, str]]:
    names: Mapping[str, Mapping[str, str]] = read_json(_NAMES_FILE)
    return names


def _find_package() -> Path:
    spec = find_spec("espeakng_loader")
    if spec is None or spec.origin is None:
        raise ExternalError(
            _("the voice espeak is not installed"), help=_("install it again with: pip install espeakng-loader")
        )
    return Path(spec.origin).parent


def find_library_path() -> Path:
    """Find the shared library in the wheel."""
    names = {"win32": "espeak-ng.dll", "darwin": "libespeak-ng.dylib"}
    return _find_package() / names.get(sys.platform, "libespeak-ng.so")


@cache
def find_data_path() -> Path:
    """Find the folder of its data, by a path short enough for espeak-ng."""
    return shorten_data_path(_find_package() / "espeak-ng-data")


def hash_data(folder: Path, languages: tuple[str, ...]) -> str:
    """Hash the files in espeak-ng's data folder that shape its speech.

    Raises:
        OSError: A file cannot be read.
    """
    files = (*(f"{language}_dict" for language in languages), "phondata", "phontab", "phonindex", "intonations")
    return ",".join(hash_file(folder / name) for name in files)


def shorten_data_path(data: Path) -> Path:
    """Return the data folder or, if its path is too long for espeak-ng, a link to it (else a copy) in the cache."""
    if len(os.fsencode(data)) <= LONGEST_DATA_PATH:
        return data
    near = find_cache_folder() / f"espeak-{hashlib.sha256(os.fsencode(data)).hexdigest()[:12]}" / data.name
    if len(os.fsencode(near)) > LONGEST_DATA_PATH:
        raise ExternalError(
            _("espeak-ng cannot read its data in {folder}: the path is too long", folder=data),
            help=_("set {variable} to a folder with a short path", variable=CACHE_VARIABLE),
        )
    if not near.exists():
        _link_or_copy(data, near)
    return near


def _link_or_copy(data: Path, near: Path) -> None:
    near.parent.mkdir(parents=True, exist_ok=True)
    try:
        near.symlink_to(data, target_is_directory=True)
    except FileExistsError:  # another worker was first
        return
    except OSError:  # Windows lets only some users create links
        shutil.copytree(data, near, dirs_exist_ok=True)


_RETRIEVAL = 1
_PHONEME_EVENTS, _PHONEMES_IN_IPA, _DO_NOT_EXIT = 0x1, 0x2, 0x8000
_RATE, _PITCH_PARAMETER, _RANGE, _WORD_GAP = 1, 3, 4, 7
_UTF8 = 1
_HAS_PHONEMES = 0x100
_IPA = 2
_EVENT_END, _EVENT_PHONEME = 0, 7
_STRESS = "ˈˌ"
_VOWELS = frozenset("aeiouyæøœɐɑɒɔəɚɛɜɪɵʉʊʌʏɨ")


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


def speak(text: str, settings: EspeakSettings, *, library: Path, data: Path) -> "Clip":
    """Synthesize a text as plain text, with phonemes in it: it is never read as an option, a path or markup.

    Args:
        text: Free of control characters. Phonemes in it stand between ``[[`` and ``]]``, by espeak-ng's names.
        settings: Language, pace and pitch.
        library: The shared library.
        data: The folder ``espeak-ng-data``; the library copies this path into a buffer of 160 bytes.

    Returns:
        Mono. ``onset_s`` is the start of the first vowel, or 0 if the clip starts with it.

    Raises:
        ExternalError: espeak-ng did not start, or has no such language.
    """
    import numpy as np  # noqa: PLC0415 - only where there is speech

    from coach.sounds.clip import Clip  # noqa: PLC0415 - numpy, too

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
            raise ExternalError(_("espeak-ng could not start with its data in {folder}", folder=data))
        callback = _SynthCallback(collect)
        espeak.espeak_SetSynthCallback(callback)
        _apply_settings(espeak, settings)
        encoded = text.encode()
        flags = _UTF8 | (_HAS_PHONEMES if "[[" in text else 0)
        espeak.espeak_Synth(encoded, ctypes.c_size_t(len(encoded) + 1), 0, 1, 0, flags, None, None)
        espeak.espeak_Synchronize()
    pcm = np.concatenate(blocks) if blocks else np.zeros(0, np.int16)
    samples = (pcm.astype(np.float32) / 32768.0)[:, None]
    return Clip(samples=samples, rate_hz=rate_hz, onset_s=vowels[0] / rate_hz if vowels else 0.0)


def phonemize(texts: Sequence[str], voice: str, *, library: Path, data: Path) -> tuple[str, ...]:
    """Write plain texts in IPA with marks of stress, as espeak-ng would say each by itself; no punctuation is left.

    Args:
        texts: Free of control characters and of ``[[``, which begins phonemes.
        voice: espeak-ng's name for the language, such as ``en-gb``.
        library: The shared library.
        data: The folder ``espeak-ng-data``.

    Raises:
        ExternalError: espeak-ng did not start, or has no such language.
    """
    if not texts:
        return ()
    with _load_library(library) as espeak:
        if espeak.espeak_Initialize(_RETRIEVAL, 0, os.fsencode(data), _DO_NOT_EXIT) <= 0:
            raise ExternalError(_("espeak-ng could not start with its data in {folder}", folder=data))
        if espeak.espeak_SetVoiceByName(voice.encode()) != 0:
            raise ExternalError(_('espeak-ng has no voice for "{voice}"', voice=voice))
        espeak.espeak_TextToPhonemes.restype = ctypes.c_char_p
        return tuple(" ".join(_list_clauses(espeak, text)) for text in texts)


def _list_clauses(espeak: ctypes.CDLL, text: str) -> Iterator[str]:
    """List the phonemes of each clause; the library moves the pointer on, and clears it at the end."""
    rest = ctypes.c_char_p(text.encode())
    while rest.value is not None:
        yield (espeak.espeak_TextToPhonemes(ctypes.byref(rest), _UTF8, _IPA) or b"").decode()


def _apply_settings(espeak: ctypes.CDLL, settings: EspeakSettings) -> None:
    if espeak.espeak_SetVoiceByName(settings.language.encode()) != 0:
        raise ExternalError(_('espeak-ng has no voice for "{language}"', language=settings.language))
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

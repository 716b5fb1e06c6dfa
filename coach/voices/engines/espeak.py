"""espeak-ng voice: the built-in formant synthesizer, through the shared library of its wheel.

The samples of an utterance depend on what the library said before, so it is loaded anew for each; that costs 8 ms.
"""

import hashlib
import os
import shutil
import sys
from functools import cache
from importlib.metadata import version
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import ExternalError
from coach.languages import LANGUAGES, find_language
from coach.storage.file_input import hash_file
from coach.storage.folders import CACHE_VARIABLE, find_cache_folder
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


class Espeak:
    """A man's voice by formant synthesis, at some 120 words a minute in whole sentences."""

    name = "espeak"
    good = False
    repertoire = None

    @property
    def languages(self) -> tuple[str, ...]:
        """The languages of the coach for which it has a dictionary."""
        return _list_languages()

    @property
    def about(self) -> str:
        """How it sounds, in one line."""
        *others, last = (find_language(code).english_name for code in _list_languages())
        return (
            f"{', '.join(others)} and {last}, a man's voice: robotic, but understood, and built in. "
            "For warmth, record your own voice and name the file at a cue with clip:."
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
    from coach.voices.engines.espeak_library import EspeakSettings, speak  # noqa: PLC0415 - only where there is speech

    settings = EspeakSettings(
        language=utterance.language, pace_wpm=pace_wpm, pitch=_PITCH, pitch_range=_PITCH_RANGE, word_gap=word_gap
    )
    return speak(utterance.text, settings, library=find_library_path(), data=find_data_path())


def _find_package() -> Path:
    spec = find_spec("espeakng_loader")
    if spec is None or spec.origin is None:
        raise ExternalError(
            "the voice espeak is not installed", help="install it again with: pip install espeakng-loader"
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
            f"espeak-ng cannot read its data in {data}: the path is too long",
            help=f"set {CACHE_VARIABLE} to a folder with a short path",
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

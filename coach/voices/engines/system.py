"""The voices of this computer by pyttsx3: those of macOS and Windows, on Linux those of espeak-ng."""

import sys
import tempfile
from difflib import get_close_matches
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING

from coach.errors import UsageError
from coach.languages.registry import LANGUAGES, find_language
from coach.storage.file_hash import hash_file
from coach.utterance import Utterance
from coach.voices.engines.espeak import data_digests
from coach.voices.engines.system_listing import (
    SPEAKING_SYSTEMS,
    Listing,
    SystemVoice,
    listing,
    look_again,
    system_version,
)

if TYPE_CHECKING:  # numpy takes 0.1 s, which a cached session need not pay
    from coach.sounds.clip import Clip


_CALM_WPM = 120

# espeak-ng counts a pause as words: with these it says some 120 in whole sentences.
_ESPEAK_CALM_WPM = {"nl": 104, "en": 94}

_ESPEAK_USUAL_WPM = 100

_COUNTED_PACES_WPM = (170, 200, 230, 260, 300)

_ADD = {
    "darwin": "System Settings, Accessibility, Spoken Content, System voice, Manage Voices",
    "win32": "Settings, Time & language, Speech, Add voices",
}


class System:
    """One of the voices of this computer: ``system:NAME``.

    Args:
        which: Its name, or a part of it that no other has; also the system's own name for it.

    Raises:
        UsageError: There is no such voice, or several.
    """

    repertoire = None

    def __init__(self, which: str) -> None:
        self._voice = _found(which)
        self.name = f"system:{self._voice.name}"
        self.languages = (self._voice.language,)
        self.good = sys.platform in SPEAKING_SYSTEMS and self._voice.pleasant
        self.about = _about(self._voice)

    @classmethod
    def here(cls) -> tuple[str, ...]:
        """The names of those that speak a language of the coach."""
        return tuple(voice.name for voice in _speaking(listing()))

    @classmethod
    def missing(cls, language: str) -> str:
        """Where this system adds voices."""
        add = _ADD.get(sys.platform)
        way = f"; add one in {add}" if add else "; install espeak-ng, or choose another: 'coach voices' lists them"
        return f"this computer has no voice of its own for {_language_name(language)}{way}"

    @property
    def identity(self) -> str:
        """The versions of pyttsx3 and of what speaks, the voice and its paces."""
        voice = f"{self._voice.id}, {self._calm_wpm}, {_COUNTED_PACES_WPM}"
        return f"pyttsx3 {version('pyttsx3')}, {self._engine}, {voice}"

    def speak(self, utterance: Utterance) -> "Clip":
        """The words, calmly; a counted word at the slowest pace at which it is short enough.

        Raises:
            Unspoken: What was written is not what was asked for.
        """
        if not utterance.counted:
            return self._said(utterance.text, self._calm_wpm)
        from coach.voices.clip_normalizer import first_short_enough  # noqa: PLC0415 - numpy, only where there is speech

        said = (self._said(utterance.text, pace_wpm) for pace_wpm in _COUNTED_PACES_WPM)
        return first_short_enough(said, decay_s=0.0)

    @property
    def _engine(self) -> str:
        """What speaks, and its version. Systems renew their voices without a word, with an update of their own."""
        known = listing()
        if not known.library:
            return system_version()
        return f"{hash_file(Path(known.library))}, {data_digests(Path(known.data), self.languages)}"

    @property
    def _calm_wpm(self) -> int:
        return _ESPEAK_CALM_WPM.get(self._voice.language, _ESPEAK_USUAL_WPM) if listing().library else _CALM_WPM

    def _said(self, text: str, pace_wpm: int) -> "Clip":
        from coach.voices.engines.output_file import read_engine_output  # noqa: PLC0415 - only where there is speech
        from coach.voices.engines.pyttsx3_driver import SpeechRequest, save  # noqa: PLC0415 - only where there is speech

        saying = SpeechRequest(voice_id=self._voice.id, pace_wpm=pace_wpm, library=listing().library)
        with tempfile.TemporaryDirectory(prefix="coach-", ignore_cleanup_errors=True) as folder:
            path = Path(folder) / "said.wav"
            save(text, saying, path)
            return read_engine_output(path, text)


def _language_name(language: str) -> str:
    return find_language(language).english_name if language in LANGUAGES else language


def _about(voice: SystemVoice) -> str:
    language = _language_name(voice.language)
    if sys.platform in SPEAKING_SYSTEMS:
        return f"{language}, a voice of this computer: {voice.id.rpartition(chr(92))[2]}."
    return f"{language}, by this computer's espeak-ng through pyttsx3: robotic, like espeak."


def _speaking(known: Listing) -> list[SystemVoice]:
    return [voice for voice in known.voices if voice.language in LANGUAGES]


def _found(which: str) -> SystemVoice:
    """The voice of a name. One that is not in the list may have been added since it was made, which is then renewed."""
    found = _matching(which)
    if not found:
        look_again()
        found = _matching(which)
    if len(found) == 1:
        return found[0]
    names = [voice.name for voice in found or _speaking(listing())]
    if found:
        raise UsageError(f'several voices of this computer are called "{which}": {", ".join(names)}')
    near = get_close_matches(which, names, n=1)
    hint = f'did you mean "system:{near[0]}"?' if near else f"there are: {', '.join(names) or 'none'}"
    raise UsageError(f'this computer has no voice "{which}"; {hint}')


def _matching(which: str) -> list[SystemVoice]:
    voices = _speaking(listing())
    exact = [voice for voice in voices if which in {voice.name, voice.id}]
    part = which.casefold()
    return exact or [voice for voice in voices if part and part in f"{voice.name}\n{voice.id}".casefold()]

"""System voices by pyttsx3: those of macOS and Windows, on Linux those of espeak-ng.

The voices are listed in a separate process once a day, as engines are slow to load and can crash.
"""

import json
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from difflib import get_close_matches
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, TypedDict

from coach.errors import ExternalError, UsageError
from coach.languages import LANGUAGES, find_language
from coach.storage.atomic_write import replace_bytes
from coach.storage.file_input import hash_file, parse_json, read_json
from coach.storage.folders import find_cache_folder
from coach.translation import _, mark_message
from coach.utterance import Utterance
from coach.voices.engines.espeak import hash_data

if TYPE_CHECKING:  # numpy takes 0.1 s, which a cached session need not pay
    from coach.sounds.clip import Clip
    from coach.voices.engines.pyttsx3_driver import DriverListing

# Systems with voices of their own, which their users have chosen.
SPEAKING_SYSTEMS = frozenset({"darwin", "win32"})
_MODULE = "coach.voices.engines.pyttsx3_driver"
_FILE = "system-voices.json"
_KEPT_S = 86_400.0
_TIMEOUT_S = 60.0
_BEST, _GOOD, _PLAIN, _POOR = range(4)

# Names of better voices of macOS and Windows add-ons, and of macOS's old and novelty voices.
_MARKS = {
    "premium": _BEST,
    "enhanced": _GOOD,
    "natural": _GOOD,
    "com.apple.eloquence.": _POOR,
    "com.apple.voice.super-compact.": _POOR,
}

_OLD_APPLE = "com.apple.speech.synthesis.voice."
_OLD_AND_SERIOUS = frozenset({"Alex", "Samantha", "Victoria"})


@dataclass(frozen=True, kw_only=True, slots=True)
class SystemVoice:
    """A voice of the system: its identifier, and the name that users see."""

    id: str
    name: str
    language: str

    @property
    def rank(self) -> int:
        """Its quality as its names suggest, from 0, the best."""
        known = f"{self.id} {self.name}".lower()
        marked = next((rank for mark, rank in _MARKS.items() if mark in known), _PLAIN)
        # Since macOS 13 only novelty voices have names like this; before, other voices began with a small letter.
        last = self.id.removeprefix(_OLD_APPLE)
        novelty = last != self.id and last[:1].isupper() and last not in _OLD_AND_SERIOUS
        return _POOR if novelty else marked

    @property
    def pleasant(self) -> bool:
        """Whether it is neither a novelty voice nor an outdated one."""
        return self.rank < _POOR


@dataclass(frozen=True, kw_only=True, slots=True)
class VoiceListing:
    """The voices of a system, the best first; with espeak-ng, the paths of its library and its data."""

    library: str
    data: str
    voices: tuple[SystemVoice, ...]


class CachedListing(TypedDict):
    """The driver's listing as the cache file holds it, with what must not have changed since."""

    stamp: list[str]
    asked_s: float
    library_state: list[int]
    listing: "DriverListing"


@cache
def list_system_voices() -> VoiceListing:
    """List the voices of this system; none if that fails. The list is renewed after a day, and after an update."""
    stamp = _read_stamp()
    file = _find_listing_file()
    kept = _load_listing(file, stamp)
    if kept is None:
        listing = _query_driver()
        state = _read_file_state(listing["library"])
        kept = {"stamp": stamp, "asked_s": time.time(), "library_state": state, "listing": listing}
        _store_listing(file, kept)
    return _parse_listing(kept["listing"])


def refresh_listing() -> None:
    """Discard the cached list, as a voice may have been added."""
    list_system_voices.cache_clear()
    file = _find_listing_file()
    if file is not None:
        with suppress(OSError):
            file.unlink(missing_ok=True)


def read_system_version() -> str:
    """Read the system's version: an update can change a voice under the same name."""
    import platform  # noqa: PLC0415 - 2 ms that Linux need not pay

    return f"{sys.platform} {platform.mac_ver()[0] or platform.version()}"


def _read_stamp() -> list[str]:
    """Read the versions that decide which voices exist; for espeak-ng, the state of its library does."""
    try:
        return [version("pyttsx3"), sys.prefix, read_system_version() if sys.platform in SPEAKING_SYSTEMS else ""]
    except PackageNotFoundError:
        return []


def _find_listing_file() -> Path | None:
    try:
        return find_cache_folder() / _FILE
    except ExternalError:  # speech fails for the same reason, with a message
        return None


def _load_listing(file: Path | None, stamp: list[str]) -> CachedListing | None:
    if file is None:
        return None
    try:
        kept: CachedListing = read_json(file)
        fresh = kept["stamp"] == stamp and 0.0 <= time.time() - kept["asked_s"] < _KEPT_S
        if not fresh or kept["library_state"] != _read_file_state(kept["listing"]["library"]):
            return None
        _parse_listing(kept["listing"])
    except (OSError, ValueError, KeyError, TypeError, AttributeError):  # missing or damaged
        return None
    return kept


def _store_listing(file: Path | None, kept: CachedListing) -> None:
    """Cache the list for other processes, unless the disk refuses."""
    if file is not None:
        with suppress(OSError):
            replace_bytes(file, json.dumps(kept).encode())


def _query_driver() -> "DriverListing":
    import subprocess  # noqa: PLC0415 - once a day

    nothing: DriverListing = {"library": "", "data": "", "preferred": None, "voices": []}
    try:
        answer = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-P", "-m", _MODULE],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_TIMEOUT_S,
            check=True,
            start_new_session=True,
        )
        listing: DriverListing = parse_json(answer.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return nothing
    return listing


def _parse_listing(listing: "DriverListing") -> VoiceListing:
    """Parse the voices whose language is known, the best first, and of equals the system's default."""
    voices = [
        SystemVoice(id=each["id"], name=each["name"], language=each["language"])
        for each in listing["voices"]
        if each["language"]
    ]
    voices.sort(key=lambda voice: (voice.rank, voice.id != listing["preferred"]))
    return VoiceListing(library=listing["library"], data=listing["data"], voices=tuple(_rename_duplicates(voices)))


def _rename_duplicates(voices: list[SystemVoice]) -> list[SystemVoice]:
    """Replace names that occur twice by the system's identifiers."""
    names = [voice.name for voice in voices]
    return [
        voice if names.count(voice.name) == 1 else SystemVoice(id=voice.id, name=voice.id, language=voice.language)
        for voice in voices
    ]


def _read_file_state(library: str) -> list[int]:
    """Read size and time of a file, which tell whether it was replaced; empty without a file."""
    if not library:
        return []
    state = Path(library).stat()
    return [state.st_size, state.st_mtime_ns]


_CALM_WPM = 120

# espeak-ng counts a pause as words: with these it says some 120 in whole sentences.
_ESPEAK_CALM_WPM = {"nl": 104, "en": 94}
_ESPEAK_USUAL_WPM = 100
_COUNTED_PACES_WPM = (170, 200, 230, 260, 300)

_ADD = {
    "darwin": mark_message("System Settings, Accessibility, Spoken Content, System voice, Manage Voices"),
    "win32": mark_message("Settings, Time & language, Speech, Add voices"),
}


_INSTALL = mark_message("install espeak-ng, or choose another: 'coach voices' lists them")


class System:
    """One of the voices of this computer, ``system:NAME``, by a unique part of its name, or the system's identifier.

    Raises:
        UsageError: No voice matches, or several do.
    """

    repertoire = None
    reads_phonemes = False

    def __init__(self, which: str) -> None:
        self._voice = _find_voice(which)
        self.name = f"system:{self._voice.name}"
        self.languages = (self._voice.language,)
        self.good = sys.platform in SPEAKING_SYSTEMS and self._voice.pleasant

    @property
    def about(self) -> str:
        """How it sounds, in one line."""
        return _describe(self._voice)

    @classmethod
    def list_available(cls) -> tuple[str, ...]:
        """List the names of the voices that speak a language of the coach."""
        return tuple(voice.name for voice in _filter_voices(list_system_voices()))

    @classmethod
    def explain_missing(cls, language: str) -> str:
        """Say where users of this system can add voices."""
        add = _ADD.get(sys.platform)
        way = _("add one in {place}", place=_(add)) if add else _(_INSTALL)
        language = _name_language(language)
        return _("this computer has no voice of its own for {language}; {way_out}", language=language, way_out=way)

    @property
    def identity(self) -> str:
        """The versions of pyttsx3 and of the engine, the voice and its paces."""
        voice = f"{self._voice.id}, {self._calm_wpm}, {_COUNTED_PACES_WPM}"
        return f"pyttsx3 {version('pyttsx3')}, {self._engine}, {voice}"

    def speak(self, utterance: Utterance) -> "Clip":
        """Speak the words calmly; a counted word at the slowest pace at which it is short enough.

        Raises:
            IncompleteSpeechError: The engine wrote no usable sound file.
        """
        if not utterance.counted:
            return self._synthesize(utterance.text, self._calm_wpm)
        from coach.voices.clip_normalizer import pick_short_enough  # noqa: PLC0415 - numpy, only where there is speech

        clips = (self._synthesize(utterance.text, pace_wpm) for pace_wpm in _COUNTED_PACES_WPM)
        return pick_short_enough(clips, decay_s=0.0)

    @property
    def _engine(self) -> str:
        """The engine and its version, as system updates can change a voice silently."""
        known = list_system_voices()
        if not known.library:
            return read_system_version()
        return f"{hash_file(Path(known.library))}, {hash_data(Path(known.data), self.languages)}"

    @property
    def _calm_wpm(self) -> int:
        return (
            _ESPEAK_CALM_WPM.get(self._voice.language, _ESPEAK_USUAL_WPM) if list_system_voices().library else _CALM_WPM
        )

    def _synthesize(self, text: str, pace_wpm: int) -> "Clip":
        from coach.voices.clip_normalizer import read_engine_output  # noqa: PLC0415 - only where there is speech
        from coach.voices.engines.pyttsx3_driver import SpeechRequest, save_speech  # noqa: PLC0415 - only where there is speech

        request = SpeechRequest(voice_id=self._voice.id, pace_wpm=pace_wpm, library=list_system_voices().library)
        with tempfile.TemporaryDirectory(prefix="coach-", ignore_cleanup_errors=True) as folder:
            path = Path(folder) / "speech.wav"
            save_speech(text, request, path)
            return read_engine_output(path, text)


def _name_language(language: str) -> str:
    return _(find_language(language).english_name) if language in LANGUAGES else language


def _describe(voice: SystemVoice) -> str:
    language = _name_language(voice.language)
    if sys.platform in SPEAKING_SYSTEMS:
        return _(
            "{language}, a voice of this computer: {name}.",
            language=language,
            name=voice.id.rpartition(chr(92))[2],
        )
    return _("{language}, by this computer's espeak-ng through pyttsx3: robotic, like espeak.", language=language)


def _filter_voices(known: VoiceListing) -> list[SystemVoice]:
    return [voice for voice in known.voices if voice.language in LANGUAGES]


def _find_voice(which: str) -> SystemVoice:
    """Find a voice by its name. If it is not in the cached list, the list is renewed first."""
    found = _match_voices(which)
    if not found:
        refresh_listing()
        found = _match_voices(which)
    if len(found) == 1:
        return found[0]
    names = [voice.name for voice in found or _filter_voices(list_system_voices())]
    if found:
        raise UsageError(
            _('several voices of this computer are called "{name}": {names}', name=which, names=", ".join(names))
        )
    near = get_close_matches(which, names, n=1)
    hint = _("there are: {known}", known=", ".join(names) or _("none"))
    if near:
        hint = _('did you mean "{found}"?', found=f"system:{near[0]}")
    raise UsageError(_('this computer has no voice "{name}"; {hint}', name=which, hint=hint))


def _match_voices(which: str) -> list[SystemVoice]:
    voices = _filter_voices(list_system_voices())
    exact = [voice for voice in voices if which in {voice.name, voice.id}]
    part = which.casefold()
    return exact or [voice for voice in voices if part and part in f"{voice.name}\n{voice.id}".casefold()]

"""The voices of this system, asked for in a process of their own once a day: engines are slow to load, and crash."""

import json
import os
import sys
import tempfile
import time
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any

from coach.errors import ExternalError
from coach.storage.folders import cache_folder

# Those with voices of their own, which people have chosen and like to hear.
SPEAKING_SYSTEMS = frozenset({"darwin", "win32"})

_MODULE = "coach.voices.engines.pyttsx3_driver"

_FILE = "system-voices.json"

_KEPT_S = 86_400.0

_PATIENCE_S = 60.0

_BEST, _GOOD, _PLAIN, _POOR = range(4)

# What macOS and add-ons for Windows call their better voices, and what macOS calls its old and its playful ones.
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
    """A voice as its system knows it, and as people see it."""

    id: str
    name: str
    language: str

    @property
    def rank(self) -> int:
        """How well it speaks, from 0, by what its system lets on."""
        known = f"{self.id} {self.name}".lower()
        marked = next((rank for mark, rank in _MARKS.items() if mark in known), _PLAIN)
        # Since macOS 13 only playful voices have names like this; before, serious ones began with a small letter.
        last = self.id.removeprefix(_OLD_APPLE)
        playful = last != self.id and last[:1].isupper() and last not in _OLD_AND_SERIOUS
        return _POOR if playful else marked

    @property
    def pleasant(self) -> bool:
        """Whether it is neither a joke nor a voice of long ago."""
        return self.rank < _POOR


@dataclass(frozen=True, kw_only=True, slots=True)
class Listing:
    """The voices of a system, the best first; where espeak-ng speaks, the paths of its library and its data."""

    library: str
    data: str
    voices: tuple[SystemVoice, ...]


@cache
def listing() -> Listing:
    """The voices of this system; none where they cannot be had. Asked anew after a day, and after an update."""
    stamp = _stamp()
    file = _file()
    kept = _kept(file, stamp)
    if kept is None:
        kept = {"stamp": stamp, "asked_s": time.time(), **_asked()}
        kept["library_state"] = _state(kept["library"])
        _keep(file, kept)
    return _listing(kept)


def look_again() -> None:
    """Have the voices asked for anew, as one may have been added."""
    listing.cache_clear()
    file = _file()
    if file is not None:
        with suppress(OSError):
            file.unlink(missing_ok=True)


def system_version() -> str:
    """What the system says of its version: with it, voices are made anew under the same name."""
    import platform  # noqa: PLC0415 - 2 ms that Linux need not pay

    return f"{sys.platform} {platform.mac_ver()[0] or platform.version()}"


def _stamp() -> list[str]:
    """What changes when there may be other voices; of espeak-ng, its library tells that."""
    try:
        return [version("pyttsx3"), sys.prefix, system_version() if sys.platform in SPEAKING_SYSTEMS else ""]
    except PackageNotFoundError:
        return []


def _file() -> Path | None:
    try:
        return cache_folder() / _FILE
    except ExternalError:  # the same fault stops speech, and is told there
        return None


def _kept(file: Path | None, stamp: list[str]) -> dict[str, Any] | None:
    if file is None:
        return None
    try:
        kept: dict[str, Any] = json.loads(file.read_text(encoding="utf-8"))
        fresh = kept["stamp"] == stamp and 0.0 <= time.time() - kept["asked_s"] < _KEPT_S
        if not fresh or kept["library_state"] != _state(kept["library"]):
            return None
        _listing(kept)
    except (OSError, ValueError, KeyError, TypeError, AttributeError):  # not there, or damaged
        return None
    return kept


def _keep(file: Path | None, kept: dict[str, Any]) -> None:
    """Written aside and put in place whole, as other processes read it; not at all where that fails."""
    if file is None:
        return
    with suppress(OSError):
        handle, aside = tempfile.mkstemp(dir=file.parent, prefix=_FILE)
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as writing:
                json.dump(kept, writing)
            Path(aside).replace(file)
        except BaseException:
            Path(aside).unlink(missing_ok=True)
            raise


def _asked() -> dict[str, Any]:
    import subprocess  # noqa: PLC0415 - once a day

    nothing: dict[str, Any] = {"library": "", "data": "", "preferred": None, "voices": []}
    try:
        answer = subprocess.run(  # noqa: S603 - our own module
            [sys.executable, "-P", "-m", _MODULE],
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            timeout=_PATIENCE_S,
            check=True,
            start_new_session=True,
        )
        asked: dict[str, Any] = json.loads(answer.stdout)
    except (OSError, subprocess.SubprocessError, ValueError):
        return nothing
    return asked


def _listing(kept: dict[str, Any]) -> Listing:
    """The voices whose language is known, the best first, and of equals the one that the system prefers."""
    voices = [SystemVoice(**each) for each in kept["voices"] if each["language"]]
    voices.sort(key=lambda voice: (voice.rank, voice.id != kept["preferred"]))
    return Listing(library=kept["library"], data=kept["data"], voices=tuple(_by_different_names(voices)))


def _by_different_names(voices: list[SystemVoice]) -> list[SystemVoice]:
    """Those whose name another has, too, go by the system's own name for them."""
    names = [voice.name for voice in voices]
    return [
        voice if names.count(voice.name) == 1 else SystemVoice(id=voice.id, name=voice.id, language=voice.language)
        for voice in voices
    ]


def _state(library: str) -> list[int]:
    """What tells whether a file was replaced; of none, nothing."""
    if not library:
        return []
    state = Path(library).stat()
    return [state.st_size, state.st_mtime_ns]

"""pyttsx3, as far as it can be relied on. Only ever in a process of its own: its drivers crash and hang.

What is known of it (2.99), and met here:

- An engine that is used again says what it said before once more, so there is a new one for each cue. On macOS, its
  second run cuts itself off.
- What goes wrong in a driver is told only to who listens for it.
- With espeak-ng, settings that are still under way count as speech, after which it cuts off the real one at some
  clause; words depend on what was said before; and ten times the length of a text is read from memory.
- On Windows, it lists no voices at all when one of them has several languages.
- On macOS, it writes AIFF whatever the file is called.

``python -m coach.voices.system_engine`` prints the voices of this system as JSON.
"""

import _ctypes
import ctypes
import gc
import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from coach.voices import espeak
from coach.voices.tongue import tongue

_DRIVERS = {"darwin": "nsss", "win32": "sapi5"}
_ESPEAK, _ESPEAK_MODULES = "espeak", ("_espeak", "espeak")
_ESPEAK_LIBRARY = "libespeak-ng.so.1"
_DATA_VARIABLE = "ESPEAK_DATA_PATH"
_FULL = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Saying:
    """How words are said: by which voice (as the system names it), how fast, and with which espeak-ng if with any."""

    voice_id: str
    pace_wpm: int
    library: str


def driver() -> str:
    """pyttsx3's name for what speaks on this system."""
    return _DRIVERS.get(sys.platform, _ESPEAK)


def save(text: str, saying: Saying, path: Path) -> None:
    """Have words written into a file. They may still be being written when this returns.

    Raises:
        Exception: Whatever its driver raised.
    """
    with _engine(saying.library) as engine:
        faults: list[Exception] = []
        engine.connect("error", lambda exception, **_: faults.append(exception))
        if driver() == _ESPEAK:
            _settle()
            engine.runAndWait()  # of nothing: from then on, settings are made at once, and not with the words
        engine.setProperty("voice", saying.voice_id)
        engine.setProperty("rate", saying.pace_wpm)
        engine.setProperty("volume", _FULL)
        if driver() == _ESPEAK:
            _settle()
        engine.save_to_file(text, str(path))
        engine.runAndWait()
        if faults:
            raise faults[0]


def voices() -> dict[str, Any]:
    """What speaks on this system: its espeak-ng and where that has its data, if it is that; its voices."""
    library = _espeak_library() if driver() == _ESPEAK else ""
    with _engine(library) as engine:
        return {
            "library": library,
            "data": _espeak_data() if library else "",
            "preferred": engine.getProperty("voice"),
            "voices": list(_tokens(engine) if driver() == "sapi5" else _voices(engine)),
        }


def _voices(engine: Any) -> Iterator[dict[str, str | None]]:  # noqa: ANN401 - pyttsx3 ships no types
    for voice in engine.getProperty("voices"):
        name = str(voice.name or voice.id)
        yield {"id": voice.id, "name": name, "language": tongue(voice.languages, voice_id=voice.id, name=name)}


def _tokens(engine: Any) -> Iterator[dict[str, str | None]]:  # noqa: ANN401 - the same
    """The voices of SAPI, one by one: pyttsx3 gives none where one has two languages, as ``409;9`` (its issue 429)."""
    for token in engine.proxy._driver._tts.GetVoices():  # noqa: SLF001 - there is no other way to them
        with suppress(Exception):  # one that is badly installed should not hide the others
            name = token.GetDescription()
            tag = token.GetAttribute("Language")
            yield {"id": token.Id, "name": name, "language": tongue([tag], voice_id=token.Id, name=name)}


@contextmanager
def _engine(library: str) -> Iterator[Any]:
    """A new engine; with espeak-ng a new library too, as what it says depends on what it said before."""
    name = driver()
    if name == _ESPEAK:
        _lead_to(library)
    from pyttsx3.engine import Engine  # noqa: PLC0415 - only a worker pays for it

    engine = Engine(name)
    try:
        yield engine
    finally:
        if name == _ESPEAK:
            _put_away(engine)


def _espeak_library() -> str:
    """The path of the system's espeak-ng, else of the one in our wheel."""
    try:
        handle = ctypes.CDLL(_ESPEAK_LIBRARY)
    except OSError:
        return str(espeak.library())
    try:
        lines = Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()
        return next(line.split(maxsplit=5)[5] for line in lines if "libespeak-ng" in line)
    finally:
        _ctypes.dlclose(handle._handle)  # noqa: SLF001 - ctypes has no public way to unload


def _espeak_data() -> str:
    from pyttsx3.drivers import _espeak  # noqa: PLC0415 - only a worker pays for it

    path = ctypes.c_char_p()
    _espeak.dll.espeak_Info(ctypes.byref(path))
    return os.fsdecode(path.value or b"")


def _lead_to(library: str) -> None:
    """Have pyttsx3 find this espeak-ng: it asks by name, and a library of that name that is loaded is taken."""
    if Path(library) == espeak.library():
        os.environ[_DATA_VARIABLE] = str(espeak.data())
    handle = ctypes.CDLL(library)
    try:
        from pyttsx3.drivers import _espeak as c  # noqa: PLC0415 - it loads the library
    finally:
        _ctypes.dlclose(handle._handle)  # noqa: SLF001 - the same
    c.Synth = lambda text, flags: c.cSynth(text, len(text) + 1, 0, c.POS_CHARACTER, 0, flags, None, None)


def _settle() -> None:
    """Wait until espeak-ng has nothing under way."""
    from pyttsx3.drivers import _espeak  # noqa: PLC0415 - only a worker pays for it

    _espeak.Synchronize()


def _put_away(engine: Any) -> None:  # noqa: ANN401 - the same
    """Wait for the last word, then let go of the library and of all modules that hold it."""
    from pyttsx3 import drivers  # noqa: PLC0415 - only a worker pays for it

    _settle()
    library = drivers._espeak  # noqa: SLF001 - the same
    engine.proxy = None
    gc.collect()
    library.Terminate()
    _ctypes.dlclose(library.dll._handle)  # noqa: SLF001 - the same
    for name in _ESPEAK_MODULES:
        sys.modules.pop(f"pyttsx3.drivers.{name}", None)
        with suppress(AttributeError):
            delattr(drivers, name)


def main() -> None:
    """Print the voices. What an engine prints goes to standard error instead."""
    answer = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    json.dump(voices(), answer)
    answer.close()


if __name__ == "__main__":
    main()

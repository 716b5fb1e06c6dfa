"""pyttsx3 driver: lists a system's voices with their languages, and saves speech to a file."""

import _ctypes
import ctypes
import gc
import json
import os
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from locale import windows_locale
from pathlib import Path
from typing import Any, TypedDict

from coach.languages import LANGUAGES, find_language
from coach.voices.engines import espeak

_LOCALE = re.compile(r"([a-z]{2,3})(?![a-z])", re.IGNORECASE)
_LOCALE_INSIDE = re.compile(r"(?<![a-z])([a-z]{2})-[a-z]{2}(?![a-z])", re.IGNORECASE)
_LOCALE_JOINED = re.compile(r"_([a-z]{2})[A-Z]{2}_")
_NUMBER = re.compile(r"(?=.*\d)[0-9a-f]{1,4}", re.IGNORECASE)
_PRIMARY, _USUAL_SUBLANGUAGE = 0x3FF, 0x400


def detect_voice_language(tags: Iterable[str | bytes | None], *, voice_id: str = "", name: str = "") -> str | None:
    """Detect the ISO 639 code of a voice's language, like ``nl``, as every system writes it differently; else None.

    Args:
        tags: The voice's languages as the system writes them; the first that can be parsed counts. Locales
            (``nl_NL``, ``nl-BE``, ``en_GB_U_SD@sd=gbsct``), with the byte of espeak's priority before them, names
            (``Dutch``), and Microsoft's identifiers in hexadecimal (``413``, ``409;9``).
        voice_id: The system's identifier of the voice, used if no tag can be parsed.
        name: The name that users see, used if the identifier does not tell it either.
    """
    found = (_parse_tag(_clean_tag(tag)) for tag in tags)
    return next(filter(None, found), None) or _parse_voice_id(voice_id) or _parse_words(name)


def _clean_tag(tag: str | bytes | None) -> str:
    text = tag.decode("utf-8", "ignore") if isinstance(tag, bytes) else tag or ""
    return "".join(character for character in text if character.isprintable()).strip()


def _parse_tag(tag: str) -> str | None:
    first = tag.partition(";")[0]
    if _NUMBER.fullmatch(first):
        return _parse_lcid(int(first, 16))
    locale = _LOCALE.match(tag)
    return _shorten_letters(locale[1]) if locale else _parse_words(tag)


def _parse_lcid(number: int) -> str | None:
    """Parse the identifier of a locale, or of its language alone (MS-LCID: ten bits of language, six of variety)."""
    usual = (number & _PRIMARY) | _USUAL_SUBLANGUAGE
    locale = windows_locale.get(number) or windows_locale.get(usual)
    return locale.partition("_")[0] if locale else None


def _parse_voice_id(voice_id: str) -> str | None:
    inside = _LOCALE_INSIDE.search(voice_id) or _LOCALE_JOINED.search(voice_id)
    return _shorten_letters(inside[1]) if inside else None


def _parse_words(name: str) -> str | None:
    """Parse a voice's name, which begins with the name of its language, or has it after " - "."""
    words = name.rpartition(" - ")[2].split()
    first = words[0].strip("(),").lower() if words else ""
    return next((code for code in LANGUAGES if first in find_language(code).voice_tags), None)


def _shorten_letters(letters: str) -> str:
    """Convert a language code of ISO 639, of two or three letters."""
    known = letters.lower()
    return next((code for code in LANGUAGES if known in find_language(code).iso_639_2), known)


_DRIVERS = {"darwin": "nsss", "win32": "sapi5"}
_ESPEAK, _ESPEAK_MODULES = "espeak", ("_espeak", "espeak")
_ESPEAK_LIBRARY = "libespeak-ng.so.1"
_DATA_VARIABLE = "ESPEAK_DATA_PATH"
_FULL = 1.0


@dataclass(frozen=True, kw_only=True, slots=True)
class SpeechRequest:
    """How to speak: the system's identifier of the voice, the pace, and the espeak-ng library, if any."""

    voice_id: str
    pace_wpm: int
    library: str


class DriverVoice(TypedDict):
    """A voice in the driver's JSON output."""

    id: str
    name: str
    language: str | None


class DriverListing(TypedDict):
    """The driver's JSON output: its voices, the default's identifier, and espeak-ng's paths, else empty."""

    library: str
    data: str
    preferred: str | None
    voices: list[DriverVoice]


def get_driver_name() -> str:
    """Return pyttsx3's name for the engine of this system."""
    return _DRIVERS.get(sys.platform, _ESPEAK)


def save_speech(text: str, request: SpeechRequest, path: Path) -> None:
    """Speak a text into a file, which may not be complete when this returns.

    Raises:
        Exception: Any error of its driver.
    """
    with _open_engine(request.library) as engine:
        faults: list[Exception] = []
        engine.connect("error", lambda exception, **_: faults.append(exception))
        if get_driver_name() == _ESPEAK:
            _synchronize()
            engine.runAndWait()  # on nothing: from then on, settings apply at once, and not with the words
        engine.setProperty("voice", request.voice_id)
        engine.setProperty("rate", request.pace_wpm)
        engine.setProperty("volume", _FULL)
        if get_driver_name() == _ESPEAK:
            _synchronize()
        engine.save_to_file(text, str(path))
        engine.runAndWait()
        if faults:
            raise faults[0]


def list_voices() -> DriverListing:
    """List the voices of this system; with espeak-ng also the paths of its library and data."""
    library = _find_espeak_library() if get_driver_name() == _ESPEAK else ""
    with _open_engine(library) as engine:
        return {
            "library": library,
            "data": _find_espeak_data() if library else "",
            "preferred": engine.getProperty("voice"),
            "voices": list(_iterate_sapi_tokens(engine) if get_driver_name() == "sapi5" else _iterate_voices(engine)),
        }


def _iterate_voices(engine: Any) -> Iterator[DriverVoice]:  # noqa: ANN401 - pyttsx3 ships no types
    for voice in engine.getProperty("voices"):
        name = str(voice.name or voice.id)
        yield {
            "id": voice.id,
            "name": name,
            "language": detect_voice_language(voice.languages, voice_id=voice.id, name=name),
        }


def _iterate_sapi_tokens(engine: Any) -> Iterator[DriverVoice]:  # noqa: ANN401 - the same
    """Yield SAPI's voices one by one: pyttsx3 lists none if one has two languages, as ``409;9`` (its issue 429)."""
    for token in engine.proxy._driver._tts.GetVoices():  # noqa: SLF001 - there is no other way to them
        with suppress(Exception):  # a badly installed voice should not hide the others
            name = token.GetDescription()
            tag = token.GetAttribute("Language")
            yield {"id": token.Id, "name": name, "language": detect_voice_language([tag], voice_id=token.Id, name=name)}


@contextmanager
def _open_engine(library: str) -> Iterator[Any]:
    """Open a new engine; with espeak-ng a new library too, as its speech depends on what it said before."""
    name = get_driver_name()
    if name == _ESPEAK:
        _preload_library(library)
    from pyttsx3.engine import Engine  # noqa: PLC0415 - only a worker pays for it

    engine = Engine(name)
    try:
        yield engine
    finally:
        if name == _ESPEAK:
            _unload_engine(engine)


def _find_espeak_library() -> str:
    """Find the system's espeak-ng, else the one in our wheel."""
    try:
        handle = ctypes.CDLL(_ESPEAK_LIBRARY)
    except OSError:
        return str(espeak.find_library_path())
    try:
        lines = Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()
        return next(line.split(maxsplit=5)[5] for line in lines if "libespeak-ng" in line)
    finally:
        _ctypes.dlclose(handle._handle)  # noqa: SLF001 - ctypes has no public way to unload


def _find_espeak_data() -> str:
    from pyttsx3.drivers import _espeak  # noqa: PLC0415 - only a worker pays for it

    path = ctypes.c_char_p()
    _espeak.dll.espeak_Info(ctypes.byref(path))
    return os.fsdecode(path.value or b"")


def _preload_library(library: str) -> None:
    """Make pyttsx3 use this espeak-ng: it loads by name, and a loaded library of that name is reused."""
    if Path(library) == espeak.find_library_path():
        os.environ[_DATA_VARIABLE] = str(espeak.find_data_path())
    handle = ctypes.CDLL(library)
    try:
        from pyttsx3.drivers import _espeak as c  # noqa: PLC0415 - it loads the library
    finally:
        _ctypes.dlclose(handle._handle)  # noqa: SLF001 - the same
    c.Synth = lambda text, flags: c.cSynth(text, len(text) + 1, 0, c.POS_CHARACTER, 0, flags, None, None)


def _synchronize() -> None:
    """Wait until espeak-ng is idle."""
    from pyttsx3.drivers import _espeak  # noqa: PLC0415 - only a worker pays for it

    _espeak.Synchronize()


def _unload_engine(engine: Any) -> None:  # noqa: ANN401 - the same
    """Wait for the last word, then unload the library and all modules that hold it."""
    from pyttsx3 import drivers  # noqa: PLC0415 - only a worker pays for it

    _synchronize()
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
    """Print the voices as JSON. Output that an engine prints is redirected to standard error."""
    answer = os.fdopen(os.dup(sys.stdout.fileno()), "w", encoding="utf-8")
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    json.dump(list_voices(), answer)
    answer.close()


if __name__ == "__main__":
    main()

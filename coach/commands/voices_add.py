"""`coach voices add`: a voice from the catalogue, or from a file."""

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path

from coach.errors import UsageError
from coach.text.console import echo_line
from coach.voices import registry
from coach.voices.engines.piper_models import (
    CatalogueVoice,
    InstalledVoice,
    catalogue,
    find_installed,
    home,
    is_path,
    listed,
)
from coach.voices.install.piper_install import add, add_own
from coach.voices.install.piper_sources import open_source

_CHECKED = {"sha256": "checked by SHA-256", "md5": "checked by size and MD5", "": "not checked: a file of your own"}


def run(*, name: str, place: str | None) -> int:
    """Get a voice and put it where it is found from now on."""
    if is_path(name):
        own = Path(name).expanduser()
        with _bar(own.stem, _size(own)) as on_bytes:
            return _told(add_own(own, on_bytes))
    voice = _listed(name.removeprefix("piper:"))
    there = find_installed(voice.name)
    if there is not None and voice.model.sha256 in {None, there.model.sha256}:
        echo_line(f"{voice.name} was added already; hear it with --voice {voice.name}")
        return 0
    with _bar(voice.name, voice.model.size_bytes) as on_bytes:
        return _told(add(voice, open_source(place, home()), on_bytes))


def _listed(name: str) -> CatalogueVoice:
    voice = listed(name)
    if voice is not None:
        return voice
    near = get_close_matches(name, [known.name for known in catalogue()], n=1)
    hint = f'did you mean "{near[0]}"?' if near else "see: coach voices list --available"
    raise UsageError(f'there is no voice "{name}" to be had; {hint}')


def _size(model: Path) -> int:
    return model.stat().st_size if model.is_file() else 0


def _told(voice: InstalledVoice) -> int:
    language = voice.language.partition("_")[0]
    echo_line(f"{voice.name}: added ({voice.model.size_bytes / 1e6:.0f} MB, {_CHECKED[voice.checked]})")
    echo_line(f"licence: {voice.licence}")
    if registry.load(registry.default_for(language)).name == f"piper:{voice.name}":
        echo_line(f"it speaks from now on where the language is {language}, unless --voice names another")
    else:
        echo_line(f"hear it with --voice {voice.name}")
    return 0


@contextmanager
def _bar(name: str, size_bytes: int) -> Iterator[Callable[[int], None]]:
    """A bar with what has come and the time left, on standard error if that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _count: None
        return
    from coach.text.progress_bar import DownloadBar  # noqa: PLC0415 - rich, only where somebody looks

    with DownloadBar(name, size_bytes) as bar:
        yield bar.has_come

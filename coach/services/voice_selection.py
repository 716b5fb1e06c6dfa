"""Choice of a voice for a session: the one asked for, else the author's own recordings, else the default."""

from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

import click

from coach.errors import ExternalError
from coach.session import library
from coach.session.session import Session
from coach.storage.folders import diary_file
from coach.text.sanitize import clean_text
from coach.timeline.timeline import Speech, Timeline
from coach.utterance import Utterance
from coach.voices.engines.voice_pack import MANIFEST_NAME
from coach.voices.speech_service import SpeechService

ENDING = ".voice"

FAMILY = "pack:"

SHOWN_LINES = 3


def choose_voice(asked: str | None, session: Session, language: str) -> str | tuple[str, ...] | None:
    """Choose the voice asked for; else the voice pack of the session, if there is one; else None, the default."""
    if asked is not None:
        return asked
    pack = next((folder for folder in _list_pack_folders(session, language) if (folder / MANIFEST_NAME).exists()), None)
    return None if pack is None else (f"pack:{pack.absolute()}",)


def find_own_pack(session: Session, language: str) -> Path:
    """Find the folder for the recordings of a session: where they are, else the last folder that is searched.

    Raises:
        ExternalError: The user has no folder for them.
    """
    folders = list(_list_pack_folders(session, language))
    if not folders:
        return _find_own_folder() / f"{session.path.stem}{ENDING}" / language
    return next((folder for folder in folders if (folder / MANIFEST_NAME).exists()), folders[-1])


def _list_pack_folders(session: Session, language: str) -> Iterator[Path]:
    """Yield the folder beside the session; for a built-in one, those in the current and the user's own folder."""
    inside = Path(f"{session.path.stem}{ENDING}", language)
    if session.path.parent.resolve() != library.find_folder().resolve():
        yield session.path.parent / inside
        return
    yield Path.cwd() / inside
    with suppress(ExternalError):
        yield _find_own_folder() / inside


def _find_own_folder() -> Path:
    return diary_file().parent / "voices"


def print_missing_lines(speech_service: SpeechService, utterances: Iterable[Utterance]) -> None:
    """Print on standard error the lines that the voice pack lacks, and the voice that says them."""
    speakers = speech_service.speakers(utterances)
    packs = " and ".join(_shorten_name(name) for name in speakers if name.startswith(FAMILY))
    for name, lines in speakers.items():
        if packs and not name.startswith(FAMILY):
            click.echo(_format_missing_lines(name, [clean_text(line.text) for line in lines], packs), err=True)


def _format_missing_lines(name: str, lines: list[str], packs: str) -> str:
    said = "1 line of this session is" if len(lines) == 1 else f"{len(lines)} lines of this session are"
    says = f"{name} says {'it' if len(lines) == 1 else 'them'}"
    more = [f"  and {len(lines) - SHOWN_LINES} more"] * (len(lines) > SHOWN_LINES)
    return "\n".join([f"{said} not in the pack {packs}; {says}", *(f"  {text}" for text in lines[:SHOWN_LINES]), *more])


def _shorten_name(pack: str) -> str:
    """Shorten the name of a pack to the last parts of its folder's path."""
    return clean_text("/".join(Path(pack.removeprefix(FAMILY)).parts[-2:]))


def list_utterances(timeline: Timeline) -> tuple[Utterance, ...]:
    """All utterances of a session, in their order."""
    return tuple(event.utterance for event in timeline.events if isinstance(event, Speech))

"""`coach render`: render sessions to audio files."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from coach.audio.soundbank import RATE_HZ
from coach.encoders import tags
from coach.encoders.encoder import EncoderSettings
from coach.encoders.registry import find_encoder
from coach.errors import ExitCode, UsageError
from coach.services.session_preparation import PreparedSession, list_utterances, prepare_session, print_missing_lines
from coach.services.session_reading import SessionRequest
from coach.services.session_render import build_tags, render_session
from coach.session import library
from coach.storage.atomic_write import write_text
from coach.text.console import show_progress
from coach.units import seconds_to_text


@dataclass(frozen=True, kw_only=True, slots=True)
class RenderRequest:
    """Sessions to render.

    Attributes:
        sessions: the sessions.
        output: a file or a folder; None for the current folder.
        bitrate: of an MP3, ``V0`` to ``V9`` or kbit/s.
        captions: the endings of the caption files to write beside each, ``.lrc`` or ``.vtt``.
        force: whether to render even what is up to date.
    """

    sessions: tuple[SessionRequest, ...]
    output: Path | None
    bitrate: str
    captions: tuple[str, ...]
    force: bool


def run(request: RenderRequest) -> int:
    """Render each session to its file. A file that is up to date is left as it is."""
    settings = EncoderSettings(rate_hz=RATE_HZ, bitrate=request.bitrate)
    targets = _list_targets([session.session for session in request.sessions], request.output)
    for session, target in zip(request.sessions, targets, strict=True):
        with show_progress(target.name) as progress, prepare_session(session, progress.report_speech) as prepared:
            is_new = render_session(prepared, target, settings, progress, force=request.force)
            _write_captions(prepared, target, request.captions)
            print_missing_lines(prepared.speech_service, list_utterances(prepared.timeline))
        _report(target, prepared.timeline.length_s, is_new=is_new)
    return ExitCode.OK


def _list_targets(sessions: Sequence[str], output: Path | None) -> list[Path]:
    """The file of each session.

    Raises:
        UsageError: several sessions for one file, two for the same, or an unknown ending.
    """
    stems = [library.find(session).stem for session in sessions]
    if output is not None and _is_file_name(output):
        if len(sessions) > 1:
            raise UsageError(f"cannot write {len(sessions)} sessions to {output}; give a folder, like '-o runs/'")
        find_encoder(output)
        return [output]
    twice = sorted({stem for stem in stems if stems.count(stem) > 1})
    if twice:
        raise UsageError(f"two of these sessions would both be written to {twice[0]}.mp3; render them one at a time")
    return [(output or Path()) / f"{stem}.mp3" for stem in stems]


def _is_file_name(output: Path) -> bool:
    return not output.is_dir() and output.suffix != ""


def _write_captions(prepared: PreparedSession, target: Path, endings: Sequence[str]) -> None:
    writers = {".lrc": tags.tags_to_lrc, ".vtt": tags.tags_to_vtt}
    for ending in endings:
        write_text(target.with_suffix(ending), writers[ending](build_tags(prepared, "")))


def _report(target: Path, length_s: float, *, is_new: bool) -> None:
    """Print a line at a terminal; in a pipe, only the file's name."""
    if not os.isatty(1):
        click.echo(target)
        return
    size_mb = target.stat().st_size / 1e6
    already = "" if is_new else ", already up to date"
    click.echo(f"{target}: {seconds_to_text(round(length_s))}, {size_mb:.1f} MB{already}")

"""`coach render`: sessions to files for the phone."""

import os
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from coach.audio.soundbank import RATE_HZ
from coach.encoders import lyrics
from coach.encoders.encoder import EncoderSettings
from coach.encoders.registry import encoder_for, write_file
from coach.errors import UsageError
from coach.services import render_cache
from coach.services.session_preparation import PreparedSession, SessionRequest, prepare_session
from coach.services.session_render import build_tags, mix_session
from coach.services.voice_selection import tell, words_of
from coach.session import library
from coach.storage.atomic_write import make_folder_for, write_text
from coach.text.console import ProgressReporter, progress
from coach.units import seconds_to_text


def run(
    *,
    sessions: Sequence[str],
    output: Path | None,
    bitrate: str,
    lrc: bool,
    vtt: bool,
    force: bool,
    **request: Any,  # noqa: ANN401 - the other fields of a Request
) -> int:
    """Render each session to its file. One that is as it should be already is left as it is."""
    settings = EncoderSettings(rate_hz=RATE_HZ, bitrate=bitrate)
    captions = [ending for ending, wanted in ((".lrc", lrc), (".vtt", vtt)) if wanted]
    for session, target in zip(sessions, targets(sessions, output), strict=True):
        with (
            progress(target.name) as shown,
            prepare_session(SessionRequest(session=session, **request), shown.speech) as production,
        ):
            made = render(production, target, settings, shown, force=force)
            _write_captions(production, target, captions)
            tell(production.booth, words_of(production.timeline))
        _tell(target, production.timeline.length_s, made=made)
    return 0


def targets(sessions: Sequence[str], output: Path | None) -> list[Path]:
    """Where each session goes.

    Raises:
        UsageError: several sessions for one file, two for the same, or an ending nothing can write.
    """
    stems = [library.find(session).stem for session in sessions]
    if output is not None and _is_file_name(output):
        if len(sessions) > 1:
            raise UsageError(f"{len(sessions)} sessions cannot all go to {output}; give a folder, like '-o runs/'")
        encoder_for(output)
        return [output]
    twice = sorted({stem for stem in stems if stems.count(stem) > 1})
    if twice:
        raise UsageError(f"two of these sessions would both be called {twice[0]}.mp3; render them one at a time")
    return [(output or Path()) / f"{stem}.mp3" for stem in stems]


def _is_file_name(output: Path) -> bool:
    return not output.is_dir() and output.suffix != ""


def render(
    production: PreparedSession,
    target: Path,
    settings: EncoderSettings,
    shown: ProgressReporter,
    *,
    force: bool = False,
) -> bool:
    """Write one session; False if the file was as it should be and nothing was done."""
    fingerprint = render_cache.fingerprint(production, settings)
    if not force and render_cache.is_current(target, fingerprint):
        return False
    make_folder_for(target)
    write_file(target, mix_session(production, shown), build_tags(production, fingerprint), settings)
    render_cache.remember(target, fingerprint)
    return True


def _write_captions(production: PreparedSession, target: Path, endings: Sequence[str]) -> None:
    writers = {".lrc": lyrics.lrc, ".vtt": lyrics.vtt}
    for ending in endings:
        write_text(target.with_suffix(ending), writers[ending](build_tags(production, "")))


def _tell(target: Path, length_s: float, *, made: bool) -> None:
    """One line at a terminal; in a pipe nothing but the file's name."""
    if not os.isatty(1):
        click.echo(target)
        return
    size_mb = target.stat().st_size / 1e6
    already = "" if made else ", already up to date"
    click.echo(f"{target}: {seconds_to_text(round(length_s))}, {size_mb:.1f} MB{already}")

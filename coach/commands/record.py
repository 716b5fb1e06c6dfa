"""`coach record`: record a session in the author's own voice."""

import sys
from dataclasses import dataclass, replace
from pathlib import Path

import click

from coach.errors import ExitCode, UsageError
from coach.services.session_preparation import choose_language, find_own_pack, plan_by_estimate
from coach.services.session_reading import SessionRequest, load_session
from coach.sounds.decode import decode
from coach.text.sanitize import quote_argument
from coach.translation import _
from coach.voice_recording.pack_writer import PackWriter
from coach.voice_recording.recorder import RATE_HZ, RecordingSetup, TerminalPrompt, play_clip, record_lines
from coach.voice_recording.script_lines import ReadingScript, collect_lines
from coach.voice_recording.take_splitter import keep_certain_cuts, list_cuts, review_cuts, split_take
from coach.voices.engines.voice_pack import PackManifest
from coach.voices.speech_service import SpeechService

REFERENCE = "espeak"
LONGEST_TAKE_S = 2 * 60 * 60.0


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordRequest:
    """A session to record, and who speaks; ``licence`` says what others may do with the recordings.

    ``folder`` is None for beside the session, where it finds them. ``take`` is one long recording to cut into lines;
    None records line by line. ``device`` is a microphone; None is the default.
    """

    session: SessionRequest
    folder: Path | None
    take: Path | None
    device: str | None
    speaker: str | None
    licence: str | None


def run(request: RecordRequest) -> int:
    """Fill a voice pack, from one long recording or line by line.

    Raises:
        UsageError: the folder is named ``-``.
    """
    if request.folder is not None and str(request.folder) == "-":
        raise UsageError(_("cannot write to standard output; give the name of a folder"))
    session = load_session(request.session.session, request.session.values)
    language = choose_language(session, request.session.language)
    script = collect_lines(plan_by_estimate(replace(request.session, language=language)))
    pack_writer = PackWriter(
        request.folder or find_own_pack(session, language),
        PackManifest(speaker=request.speaker or "", language=language, licence=request.licence or ""),
    )
    pack_writer.describe(request.speaker, request.licence)
    if request.take is not None:
        _split(request.take, script, pack_writer)
    else:
        _record(script, pack_writer, request.device)
    _print_result(pack_writer, script, request.session.session)
    return ExitCode.OK


def _record(script: ReadingScript, pack_writer: PackWriter, device: str | None) -> None:
    if not pack_writer.list_missing(script):
        return
    from coach.devices.miniaudio_device import MiniaudioMicrophone  # noqa: PLC0415 - a long take needs no microphone

    microphone = MiniaudioMicrophone()
    microphone.open(device, RATE_HZ).close()  # fails at once if it cannot record
    record_lines(
        script,
        RecordingSetup(
            prompt=TerminalPrompt(),
            open_microphone=lambda: microphone.open(device, RATE_HZ),
            play=play_clip,
            pack_writer=pack_writer,
        ),
    )


def _split(file: Path, script: ReadingScript, pack_writer: PackWriter) -> None:
    """Keep the lines that are found for certain; ask about the others, or list them where there is no terminal."""
    take = decode(file, RATE_HZ, longest_s=LONGEST_TAKE_S, mono=True)
    with SpeechService(REFERENCE) as speech_service:
        speech_service.prepare([line.utterance for line in script])
        cuts = split_take(script, [speech_service.get_clip(line.utterance) for line in script], take)
    uncertain = keep_certain_cuts(cuts, take, pack_writer)
    click.echo(_("{found} of {total} lines were found for certain.", found=len(cuts) - len(uncertain), total=len(cuts)))
    if uncertain and sys.stdin.isatty():
        review_cuts(uncertain, take, pack_writer, TerminalPrompt())
    else:
        list_cuts(uncertain)


def _print_result(pack_writer: PackWriter, script: ReadingScript, session: str) -> None:
    missing = len(pack_writer.list_missing(script))
    if missing == len(script):
        click.echo(_("nothing was kept"))
        return
    click.echo(
        _(
            "{kept} of {total} lines are in {folder}",
            kept=len(script) - missing,
            total=len(script),
            folder=pack_writer.folder,
        )
    )
    if missing:
        click.echo(
            _(
                "to go on with the other {missing}: coach record {session}",
                missing=missing,
                session=quote_argument(session),
            )
        )
    else:
        click.echo(_("all of it; hear it with: coach render {session}", session=quote_argument(session)))

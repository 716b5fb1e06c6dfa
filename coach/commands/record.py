"""`coach record`: record a session in the author's own voice."""

import sys
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import click

from coach.devices.miniaudio_device import MiniaudioMicrophone
from coach.errors import ExitCode
from coach.services.session_preparation import choose_language, load, plan_by_estimate
from coach.services.session_request import SessionRequest
from coach.services.voice_selection import find_own_pack
from coach.sounds.clip import Clip
from coach.sounds.decode import decode
from coach.text.console import echo_line
from coach.text.sanitize import clean_text
from coach.units import seconds_to_clock
from coach.voice_recording.pack_writer import PackWriter
from coach.voice_recording.recorder import RATE_HZ, RecordingSetup, TerminalPrompt, play_clip, record_lines
from coach.voice_recording.script_lines import ReadingScript, collect_lines
from coach.voice_recording.take_splitter import TakeCut, cut_clip, split_take
from coach.voices.engines.voice_pack import PackManifest
from coach.voices.speech_service import SpeechService

REFERENCE = "espeak"

RECORD = "coach record"

QUESTION = "y: yes   h: hear   n: no   q: quit"

LONGEST_TAKE_S = 2 * 60 * 60.0


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordRequest:
    """A session to record.

    Attributes:
        session: the session.
        folder: where to write the recordings; None for beside the session, where it finds them.
        take: one long recording to cut into lines; None to record line by line.
        device: a microphone; None for the default.
        speaker: the name of the speaker.
        licence: what others may do with the recordings.
    """

    session: SessionRequest
    folder: Path | None
    take: Path | None
    device: str | None
    speaker: str | None
    licence: str | None


def run(request: RecordRequest) -> int:
    """Fill a voice pack, from one long recording or line by line."""
    session = load(request.session.session, request.session.values)
    language = choose_language(session, request.session.language)
    script = collect_lines(plan_by_estimate(replace(request.session, language=language)))
    shelf = PackWriter(
        request.folder or find_own_pack(session, language),
        PackManifest(speaker=request.speaker or "", language=language, licence=request.licence or ""),
    )
    shelf.describe(request.speaker, request.licence)
    if request.take is not None:
        _split(request.take, script, shelf)
    else:
        _record(script, shelf, request.device)
    _tell(shelf, script, request.session.session)
    return ExitCode.OK


def _record(script: ReadingScript, shelf: PackWriter, device: str | None) -> None:
    if not shelf.missing(script):
        return
    microphone = MiniaudioMicrophone()
    microphone.open(device, RATE_HZ).close()  # so that it says at once if it cannot
    record_lines(
        script,
        RecordingSetup(
            desk=TerminalPrompt(), listen=lambda: microphone.open(device, RATE_HZ), hear=play_clip, shelf=shelf
        ),
    )


def _split(take: Path, script: ReadingScript, shelf: PackWriter) -> None:
    """Keep what is sure; ask about the rest, or, where nobody can be asked, list it."""
    found = decode(take, RATE_HZ, longest_s=LONGEST_TAKE_S)
    with SpeechService(REFERENCE) as booth:
        booth.prepare([line.utterance for line in script])
        cut = split_take(script, [booth.clip(line.utterance) for line in script], found)
    unsure = [each for each in cut if each.is_missing or not each.sure]
    for each in cut:
        if each not in unsure:
            shelf.keep(each.line, cut_clip(found, each))
    click.echo(f"{len(cut) - len(unsure)} of {len(cut)} lines were found for certain.")
    if unsure and sys.stdin.isatty():
        _ask(unsure, found, shelf)
    else:
        _list(unsure)


def _ask(unsure: Sequence[TakeCut], found: Clip, shelf: PackWriter) -> None:
    """Let the author decide about cuts that are not sure; nothing is played unless it is asked for."""
    desk = TerminalPrompt()
    for each in unsure:
        desk.show("")
        desk.show(f"    {each.line.caption}")
        if each.is_missing:
            desk.show(f"  This line was not heard; '{RECORD}' asks for it.")
            continue
        answer = desk.ask(f"Is it from {_clock(each.start_s)} to {_clock(each.end_s)}?  {QUESTION}")
        while answer not in {"y", "n", "q"}:
            if answer == "h":
                play_clip(cut_clip(found, each))
            answer = desk.ask(QUESTION)
        if answer == "q":
            break
        if answer == "y":
            shelf.keep(each.line, cut_clip(found, each))


def _list(unsure: Sequence[TakeCut]) -> None:
    for each in unsure:
        where = "not heard" if each.is_missing else f"perhaps {_clock(each.start_s)} to {_clock(each.end_s)}"
        echo_line(f"  {where}  {clean_text(each.line.caption)}")


def _tell(shelf: PackWriter, script: ReadingScript, session: str) -> None:
    missing = len(shelf.missing(script))
    if missing == len(script):
        click.echo("nothing was kept")
        return
    click.echo(f"{len(script) - missing} of {len(script)} lines are in {shelf.folder}")
    if missing:
        click.echo(f"to go on with the other {missing}: coach record {session}")
    else:
        click.echo(f"all of it; hear it with: coach render {session}")


def _clock(seconds: float) -> str:
    """A place in a recording, to a tenth of a second, as editors show it."""
    return f"{seconds_to_clock(seconds)}.{int(seconds * 10) % 10}"

"""`coach record`: a session in the author's own voice."""

import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import click

from coach.commands.casting import own_pack
from coach.commands.desk import Desk, hear
from coach.commands.opening import load
from coach.commands.production import Request, language_for
from coach.commands.script import planned
from coach.commands.terminal import say
from coach.play.screen.cells import clean
from coach.sounds.clip import Clip
from coach.sounds.decode import decode
from coach.studio.capture import Capture
from coach.studio.lines import Script, lines_of
from coach.studio.reading import Cut, cuts, piece
from coach.studio.recording import RATE_HZ, Studio, record
from coach.studio.shelf import Shelf
from coach.units import seconds_to_clock
from coach.voices.booth import Booth
from coach.voices.manifest import Manifest

REFERENCE = "espeak"
RECORD = "coach record"
QUESTION = "y: yes   h: hear   n: no   q: quit"
LONGEST_TAKE_S = 2 * 60 * 60.0


def run(
    *,
    folder: Path | None,
    take: Path | None,
    device: str | None,
    speaker: str | None,
    licence: str | None,
    **options: Any,  # noqa: ANN401 - the fields of a Request
) -> int:
    """Fill a voice pack, from one long recording or line by line."""
    request = Request(**options)
    session = load(request.session, request.values)
    language = language_for(session, request.language)
    script = lines_of(planned(replace(request, language=language)))
    shelf = Shelf(
        folder or own_pack(session, language), Manifest(speaker=speaker or "", language=language, licence=licence or "")
    )
    shelf.describe(speaker, licence)
    if take is not None:
        _split(take, script, shelf)
    else:
        _record(script, shelf, device)
    _tell(shelf, script, request.session)
    return 0


def _record(script: Script, shelf: Shelf, device: str | None) -> None:
    if not shelf.missing(script):
        return
    microphone = Capture()
    microphone.open(device, RATE_HZ).close()  # so that it says at once if it cannot
    record(script, Studio(desk=Desk(), listen=lambda: microphone.open(device, RATE_HZ), hear=hear, shelf=shelf))


def _split(take: Path, script: Script, shelf: Shelf) -> None:
    """Keep what is sure; ask about the rest, or, where nobody can be asked, list it."""
    found = decode(take, RATE_HZ, longest_s=LONGEST_TAKE_S)
    with Booth(REFERENCE) as booth:
        booth.prepare([line.utterance for line in script])
        cut = cuts(script, [booth.clip(line.utterance) for line in script], found)
    unsure = [each for each in cut if each.is_missing or not each.sure]
    for each in cut:
        if each not in unsure:
            shelf.keep(each.line, piece(found, each))
    click.echo(f"{len(cut) - len(unsure)} of {len(cut)} lines were found for certain.")
    if unsure and sys.stdin.isatty():
        _ask(unsure, found, shelf)
    else:
        _list(unsure)


def _ask(unsure: Sequence[Cut], found: Clip, shelf: Shelf) -> None:
    """Let the author decide about cuts that are not sure; nothing is played unless it is asked for."""
    desk = Desk()
    for each in unsure:
        desk.show("")
        desk.show(f"    {each.line.caption}")
        if each.is_missing:
            desk.show(f"  This line was not heard; '{RECORD}' asks for it.")
            continue
        answer = desk.ask(f"Is it from {_clock(each.start_s)} to {_clock(each.end_s)}?  {QUESTION}")
        while answer not in {"y", "n", "q"}:
            if answer == "h":
                hear(piece(found, each))
            answer = desk.ask(QUESTION)
        if answer == "q":
            break
        if answer == "y":
            shelf.keep(each.line, piece(found, each))


def _list(unsure: Sequence[Cut]) -> None:
    for each in unsure:
        where = "not heard" if each.is_missing else f"perhaps {_clock(each.start_s)} to {_clock(each.end_s)}"
        say(f"  {where}  {clean(each.line.caption)}")


def _tell(shelf: Shelf, script: Script, session: str) -> None:
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

"""`coach record`: a session in the author's own voice."""

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import click

from coach.commands.casting import own_pack
from coach.commands.opening import load
from coach.commands.production import Request, language_for
from coach.commands.script import planned
from coach.commands.terminal import say
from coach.errors import OutsideError
from coach.play.screen.cells import clean
from coach.sounds.clip import Clip
from coach.sounds.decode import decode
from coach.studio.lines import Line, Script, lines_of
from coach.studio.reading import Cut, cuts, piece
from coach.studio.shelf import Shelf
from coach.units import seconds_to_clock
from coach.voices.booth import Booth
from coach.voices.manifest import Manifest

REFERENCE = "espeak"
RATE_HZ = 48_000
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
    script = lines_of(planned(request))
    shelf = Shelf(
        folder or own_pack(session, language), Manifest(speaker=speaker or "", language=language, licence=licence or "")
    )
    shelf.describe(speaker, licence)
    if take is not None:
        _split(take, script, shelf)
    return 0


def _split(take: Path, script: Script, shelf: Shelf) -> None:
    found = decode(take, RATE_HZ, longest_s=LONGEST_TAKE_S)
    with Booth(REFERENCE) as booth:
        booth.prepare([line.utterance for line in script])
        cut = cuts(script, [booth.clip(line.utterance) for line in script], found)
    sure = [each for each in cut if each.sure and not each.is_missing]
    for each in sure:
        shelf.keep(each.line, piece(found, each))
    click.echo(f"{len(sure)} of {len(script)} lines are in {shelf.folder}")
    _list([each for each in cut if each not in sure])


def _list(unsure: Sequence[Cut]) -> None:
    for each in unsure:
        where = "not heard" if each.is_missing else f"perhaps {seconds_to_clock(each.start_s)}"
        say(f"  {where}  {clean(each.line.caption)}")

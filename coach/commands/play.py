"""`coach play`: a session, heard while it is run."""

import sys
import time
from contextlib import closing
from typing import Any

import click

from coach.audio.soundbank import RATE_HZ
from coach.outputs.live_registry import live_output
from coach.play.stage import Stage
from coach.play.standing import Controls


def run(*, output: str, device: str | None, delay_s: float, plain: bool, **request: Any) -> int:  # noqa: ANN401 - the other fields of a Request
    """Play a session to its end."""
    backend = live_output(output)
    with closing(Stage(lambda: backend.open(device, RATE_HZ))) as stage:
        # The device is open by now, and a headset wakes up while all this is imported.
        from coach.commands import opening  # noqa: PLC0415
        from coach.commands.production import Request, language_for  # noqa: PLC0415
        from coach.play.staging import playing  # noqa: PLC0415
        from coach.timeline.plan import Wish  # noqa: PLC0415
        from coach.voices.booth import Booth  # noqa: PLC0415

        asked = Request(**request)
        session = opening.load(asked.session, asked.values)
        wish = Wish(
            language=language_for(session, asked.language),
            length_s=asked.length_s,
            cadence_spm=asked.cadence_spm,
            guidance=asked.guidance,
        )
        with Booth(asked.voice) as booth, playing(stage, session, wish, booth, delay_s) as player:
            _show(player, plain=plain)
    return 0


def _show(controls: Controls, *, plain: bool) -> None:
    """Show the run until it ends: on a screen, or as lines where there is no terminal."""
    if plain or not sys.stdout.isatty():
        from coach.play.lines import tell  # noqa: PLC0415 - only where it is needed

        tell(controls, write=click.echo, wait=time.sleep)
    else:
        from coach.play.screen.app import show  # noqa: PLC0415 - textual takes a while, and the run has begun

        show(controls)

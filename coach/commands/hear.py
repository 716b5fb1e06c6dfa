"""`coach hear`: one part of a session, now."""

import os
import time
from collections.abc import Callable
from contextlib import closing
from functools import partial
from math import ceil
from pathlib import Path
from typing import Any

import click
import numpy as np

from coach.audio.soundbank import RATE_HZ
from coach.devices.device import CHANNELS
from coach.devices.registry import LIVE, find_backend
from coach.devices.simpleaudio_device import play_finished
from coach.errors import UsageError
from coach.play.excerpt import Excerpt, FindExcerpt, find_block, find_line, find_whole, plan_excerpt
from coach.play.excerpt_player import ExcerptMix, cut_excerpt, play_excerpt
from coach.play.playback_setup import OpenPlayback
from coach.services import session_preparation
from coach.services.session_preparation import SessionRequest, language_for, wish_for
from coach.services.voice_selection import choose_voice, tell, words_of
from coach.session.session import Session
from coach.session.source_map import SourceMap, map_source
from coach.text.cell_width import clean_text
from coach.units import SECONDS_PER_MINUTE, seconds_to_clock, seconds_to_text
from coach.voices.speech_service import SpeechService

DONE, INTERRUPTED = 0, 130

FINISHED = "simpleaudio"

LONGEST_FINISHED_S = 10 * SECONDS_PER_MINUTE


def run(*, output: str, device: str | None, block: str | None, line: str | None, **options: Any) -> int:  # noqa: ANN401 - the fields of a Request
    """Say in a line or two what is heard, and play it once."""
    if block is not None and line is not None:
        raise UsageError("choose --block or --line, not both")
    request = SessionRequest(**options)
    session = session_preparation.load(request.session, request.values)
    with SpeechService(choose_voice(request.voice, session, language_for(session, request.language))) as booth:
        make = partial(_cutting, session, request, block, line, booth)
        return _play_finished(make, device) if output == FINISHED else _play(make, output, device)


def _cutting(
    session: Session, request: SessionRequest, block: str | None, line: str | None, booth: SpeechService
) -> ExcerptMix:
    plan, excerpt = plan_excerpt(session, wish_for(session, request), booth, _find(session, block, line))
    tell(booth, words_of(plan.timeline))
    return cut_excerpt(plan, excerpt, booth)


def _find(session: Session, block: str | None, line: str | None) -> FindExcerpt:
    if block is not None:
        return partial(find_block, wanted=block)
    if line is None:
        return find_whole
    lines = map_source(session)
    file, number = _place(line, lines)
    return partial(find_line, outline=lines, file=file, line=number)


def _place(written: str, lines: SourceMap) -> tuple[str, int]:
    """The file and the number of a line, which may be one of a file that the session uses."""
    name, _, number = written.rpartition(":")
    if not number.isdecimal():
        raise UsageError(
            f"'{written}' is no line: write its number, like 42, or breaths.yaml:42 in a file that is used"
        )
    own = next(iter(lines.files))
    meant = {os.path.normpath(name), os.path.normpath(Path(own).parent / name)} if name else {own}
    file = next((each for each in lines.files if each in meant or os.path.normpath(each) in meant), None)
    if file is None:
        raise UsageError(f"{name} is no file of this session, which is written in {', '.join(lines.files)}")
    return file, int(number)


def _play(make: Callable[[], ExcerptMix], output: str, device: str | None) -> int:
    if output not in LIVE:
        raise UsageError(f'there is no output "{output}"; choose {", ".join(LIVE)} or {FINISHED}')
    backend = find_backend(output)
    with closing(OpenPlayback(lambda: backend.open(device, RATE_HZ))) as stage:
        with stage.kept_full():
            cutting = make()
        _tell(cutting.excerpt)
        return DONE if play_excerpt(stage.deck, stage.outlet, cutting, wait=time.sleep) else INTERRUPTED


def _play_finished(make: Callable[[], ExcerptMix], device: str | None) -> int:
    if device is not None:
        raise UsageError(f"{FINISHED} cannot choose a device: leave out --device, or --output {FINISHED}")
    play_finished(np.zeros((0, CHANNELS), np.float32), RATE_HZ)  # of nothing, so that it says at once if it cannot
    cutting = make()
    length_s = cutting.excerpt.end_s - cutting.excerpt.start_s
    if length_s > LONGEST_FINISHED_S:
        longest, length = seconds_to_text(LONGEST_FINISHED_S), seconds_to_text(round(length_s))
        raise UsageError(
            f"{FINISHED} holds all it plays in memory, {longest} at most, and this is {length}: choose a part with "
            f"--block or --line, leave out --output {FINISHED}, or run it with 'coach play'"
        )
    _tell(cutting.excerpt)
    play_finished(cutting.finished(), RATE_HZ)
    return DONE


def _tell(excerpt: Excerpt) -> None:
    click.echo(
        f"{seconds_to_clock(excerpt.from_s)} to {seconds_to_clock(ceil(excerpt.to_s))}  {clean_text(excerpt.title)}"
    )
    if excerpt.words:
        click.echo(f"  {clean_text(excerpt.words)}")

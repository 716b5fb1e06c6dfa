"""`coach hear`: play one part of a session."""

import os
import re
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass
from functools import partial
from math import ceil
from pathlib import Path

import click
import numpy as np

from coach.audio.soundbank import RATE_HZ
from coach.devices.device import BACKENDS, CHANNELS, find_backend
from coach.devices.simpleaudio_device import play_finished
from coach.errors import ExitCode, UsageError
from coach.play.excerpt import (
    Excerpt,
    ExcerptMix,
    FindExcerpt,
    cut_excerpt,
    find_block,
    find_line,
    find_whole,
    plan_excerpt,
    play_excerpt,
)
from coach.play.playback_setup import OpenPlayback
from coach.services import session_reading
from coach.services.session_preparation import (
    choose_language,
    choose_voice,
    list_utterances,
    print_missing_lines,
    to_plan_options,
)
from coach.services.session_reading import SessionRequest
from coach.session.session import Session
from coach.session.source_map import SourceMap, map_source
from coach.text.sanitize import clean_text
from coach.units import SECONDS_PER_MINUTE, seconds_to_clock, seconds_to_text
from coach.voices.speech_service import SpeechService

SIMPLEAUDIO = "simpleaudio"
LONGEST_IN_MEMORY_S = 10 * SECONDS_PER_MINUTE


@dataclass(frozen=True, kw_only=True, slots=True)
class HearRequest:
    """A session, the block or the line of it to play (None for all of it), and where to play it."""

    session: SessionRequest
    block: str | None
    line: str | None
    output: str
    device: str | None


def run(request: HearRequest) -> int:
    """Print what is played in a line or two, and play it once."""
    if request.block is not None and request.line is not None:
        raise UsageError("choose --block or --line, not both")
    wanted = request.session
    session = session_reading.load_session(wanted.session, wanted.values)
    with SpeechService(choose_voice(wanted.voice, session, choose_language(session, wanted.language))) as service:
        prepare = partial(_prepare_excerpt, session, request, service)
        if request.output == SIMPLEAUDIO:
            return _play_from_memory(prepare, request.device)
        return _play(prepare, request.output, request.device)


def _prepare_excerpt(session: Session, request: HearRequest, service: SpeechService) -> ExcerptMix:
    find = _choose_finder(session, request.block, request.line)
    plan, excerpt = plan_excerpt(session, to_plan_options(session, request.session), service, find)
    print_missing_lines(service, list_utterances(plan.timeline))
    return cut_excerpt(plan, excerpt, service)


def _choose_finder(session: Session, block: str | None, line: str | None) -> FindExcerpt:
    if block is not None:
        return partial(find_block, wanted=block)
    if line is None:
        return find_whole
    lines = map_source(session)
    file, number = _parse_line(line, lines)
    return partial(find_line, source_map=lines, file=file, line=number)


def _parse_line(written: str, lines: SourceMap) -> tuple[str, int]:
    """Parse the file and the number of a line; the file may be one that the session uses."""
    name, _, number = written.rpartition(":")
    if not re.fullmatch(r"\d{1,9}", number):
        raise UsageError(
            f"'{written}' is not a line number; write 42, or breaths.yaml:42 for a line in a file that the session uses"
        )
    own = next(iter(lines.files))
    candidates = {os.path.normpath(name), os.path.normpath(Path(own).parent / name)} if name else {own}
    file = next((each for each in lines.files if each in candidates or os.path.normpath(each) in candidates), None)
    if file is None:
        raise UsageError(f"{name} is not a file of this session; its files are {', '.join(lines.files)}")
    return file, int(number)


def _play(prepare: Callable[[], ExcerptMix], output: str, device: str | None) -> int:
    if output not in BACKENDS:
        raise UsageError(f'there is no output "{output}"; choose {", ".join(BACKENDS)} or {SIMPLEAUDIO}')
    backend = find_backend(output)
    with closing(OpenPlayback(backend, device)) as playback:
        with playback.keep_filled():
            excerpt_mix = prepare()
        _print_excerpt(excerpt_mix.excerpt)
        is_over = play_excerpt(playback.buffer, playback.device, excerpt_mix, wait=time.sleep)
        return ExitCode.OK if is_over else ExitCode.INTERRUPTED


def _play_from_memory(prepare: Callable[[], ExcerptMix], device: str | None) -> int:
    if device is not None:
        raise UsageError(f"{SIMPLEAUDIO} cannot choose a device: leave out --device, or --output {SIMPLEAUDIO}")
    play_finished(np.zeros((0, CHANNELS), np.float32), RATE_HZ)  # empty, so that it fails at once if it cannot play
    excerpt_mix = prepare()
    length_s = excerpt_mix.excerpt.end_s - excerpt_mix.excerpt.start_s
    if length_s > LONGEST_IN_MEMORY_S:
        longest, length = seconds_to_text(LONGEST_IN_MEMORY_S), seconds_to_text(round(length_s))
        raise UsageError(
            f"{SIMPLEAUDIO} holds all it plays in memory, {longest} at most, and this is {length}: choose a part with "
            f"--block or --line, leave out --output {SIMPLEAUDIO}, or run it with 'coach play'"
        )
    _print_excerpt(excerpt_mix.excerpt)
    play_finished(excerpt_mix.render(), RATE_HZ)
    return ExitCode.OK


def _print_excerpt(excerpt: Excerpt) -> None:
    click.echo(
        f"{seconds_to_clock(excerpt.from_s)} to {seconds_to_clock(ceil(excerpt.to_s))}  {clean_text(excerpt.title)}"
    )
    if excerpt.words:
        click.echo(f"  {clean_text(excerpt.words)}")

"""Recording of lines at the terminal: ask for a line, record it, check its level, and keep it in the pack."""

import sys
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Protocol

import click
import numpy as np

from coach.devices.device import MicrophoneStream
from coach.errors import ExternalError
from coach.sounds.clip import Clip, Samples
from coach.text.console import echo_line
from coach.text.sanitize import clean_text
from coach.translation import _, mark_message
from coach.units import db_to_gain, gain_to_db, seconds_to_frames
from coach.voice_recording.pack_writer import PackWriter
from coach.voice_recording.script_lines import HOW_TO_COUNT, ReadingScript, ScriptLine, describe_line
from coach.voices.clip_normalizer import find_speech

TOO_SOFT_DB = -36.0
FULL = db_to_gain(-0.1)
ROOM_UNDER_VOICE_DB = 22.0
COUNTED_S = 0.5
ROOM_S = 0.3
_BAR_FROM_DB = -60.0
_BAR_CELLS = 30
_WINDOW_S = 0.02
_CLIPPED_FRAMES = 3


def format_level_bar(samples: Samples) -> str:
    """Format the latest level as a bar from -60 dB to full scale, and say where it is too loud.

    >>> format_level_bar(np.full((10, 1), 0.1, np.float32))
    '[####################          ] -20 dB'
    """
    peak = float(np.abs(samples).max(initial=0.0))
    level_db = max(_BAR_FROM_DB, gain_to_db(peak))
    cells = round(_BAR_CELLS * (1.0 - level_db / _BAR_FROM_DB))
    loud = f"  {_('too loud')}" if peak >= FULL else ""
    return f"[{'#' * cells}{' ' * (_BAR_CELLS - cells)}] {level_db:3.0f} dB{loud}"


def trim_take(clip: Clip) -> Clip | None:
    """Trim a recording to its speech, with `ROOM_S` kept at either end; None if it holds no speech."""
    edges = find_speech(clip.samples, clip.rate_hz)
    if edges is None or _measure_voice_db(clip) < _BAR_FROM_DB:
        return None
    room = seconds_to_frames(ROOM_S, clip.rate_hz)
    return Clip(samples=clip.samples[max(0, edges[0] - room) : edges[1] + room], rate_hz=clip.rate_hz)


def find_take_problems(clip: Clip, *, counted: bool) -> tuple[str, ...]:
    """List what is wrong with a recording (too loud, too soft, noisy, too long); nothing if it is good."""
    said: list[str] = []
    voice_db = _measure_voice_db(clip)
    if _has_clipping(clip.samples):
        said.append(_("it was too loud and is distorted: turn the microphone down, or sit a little further away"))
    elif voice_db < TOO_SOFT_DB:
        said.append(_("it is very soft: turn the microphone up, or sit closer"))
    if voice_db - _measure_room_db(clip) < ROOM_UNDER_VOICE_DB:
        said.append(_("the room is noisy: close the window, or find a quieter one"))
    edges = find_speech(clip.samples, clip.rate_hz)
    if counted and edges is not None and (edges[1] - edges[0]) / clip.rate_hz > COUNTED_S:
        said.append(_("it is long for a word on a step: say it short and firm"))
    return tuple(said)


def _measure_voice_db(clip: Clip) -> float:
    return gain_to_db(float(np.quantile(_measure_windows(clip), 0.95)))


def _measure_room_db(clip: Clip) -> float:
    return gain_to_db(float(np.quantile(_measure_windows(clip), 0.05)))


def _measure_windows(clip: Clip) -> Samples:
    """Measure the root mean square of each 20 ms."""
    window = seconds_to_frames(_WINDOW_S, clip.rate_hz)
    whole = clip.samples[:, 0]
    padded = np.pad(whole, (0, -len(whole) % window)) if len(whole) else np.zeros(window, np.float32)
    levels: Samples = np.sqrt((padded.reshape(-1, window) ** 2).mean(axis=1)).astype(np.float32)
    return levels


def _has_clipping(samples: Samples) -> bool:
    """Return whether `_CLIPPED_FRAMES` frames in a row are at full scale."""
    full = np.pad((np.abs(samples[:, 0]) >= FULL).astype(np.int8), _CLIPPED_FRAMES)
    return bool(np.convolve(full, np.ones(_CLIPPED_FRAMES)).max() >= _CLIPPED_FRAMES)


RATE_HZ = 48_000
LONGEST_S = 600.0
BEFORE = mark_message("Enter: record   s: skip   b: back   q: quit")
AFTER = mark_message("Enter: keep   a: again   h: hear   s: skip   b: back   q: quit")


class RecordingPrompt(Protocol):
    """The dialogue with the person who reads: shows lines, asks questions, and shows the level."""

    def show(self, text: str) -> None:
        """Put a line on the screen."""

    def ask(self, question: str) -> str:
        """Ask a question and return the answer in small letters; ``q`` at the end of the input."""

    def wait_for_enter(self) -> Iterator[None]:
        """Yield some ten times a second until the reader presses Enter."""

    def show_level(self, text: str) -> None:
        """Show the level meter, over the one shown before."""


@dataclass(frozen=True, kw_only=True, slots=True)
class RecordingSetup:
    """What recording needs: a prompt, a microphone to open, a way to play a clip, and the pack to write to."""

    prompt: RecordingPrompt
    open_microphone: Callable[[], MicrophoneStream]
    play: Callable[[Clip], None]
    pack_writer: PackWriter


def record_lines(script: ReadingScript, setup: RecordingSetup) -> int:
    """Ask for the lines that the pack lacks, one after the other; return how many are still missing afterwards.

    Raises:
        ExternalError: The microphone or the disk failed. All that was kept is in the pack.
    """
    missing = setup.pack_writer.list_missing(script)
    index = 0
    while index < len(missing):
        _show_line(script, missing[index], setup.prompt)
        step = _record_line(missing[index], setup)
        if step is None:
            break
        index = max(0, index + step)
    return len(setup.pack_writer.list_missing(script))


def _show_line(script: ReadingScript, line: ScriptLine, prompt: RecordingPrompt) -> None:
    """Show the line, with the captions before and after it."""
    place = script.index(line)
    prompt.show("")
    prompt.show(_("{title}, line {number} of {count}", title=line.title, number=place + 1, count=len(script)))
    if place:
        prompt.show(f"    ... {script[place - 1].caption}")
    prompt.show("")
    prompt.show(f"    {line.caption}")
    prompt.show("")
    if place + 1 < len(script):
        prompt.show(f"    ... {script[place + 1].caption}")
    said = [*([_(HOW_TO_COUNT)] * line.utterance.counted), *describe_line(line)]
    if said:
        prompt.show(f"({'; '.join(said)})")


def _record_line(line: ScriptLine, setup: RecordingSetup) -> int | None:
    """Record one line; return how many lines to go on, or None to stop."""
    answer = setup.prompt.ask(_(BEFORE))
    while answer not in _STEPS:
        clip = trim_take(_record_take(setup))
        if clip is None:
            setup.prompt.show(_("Nothing was heard. Is the microphone on, and is it the right one?"))
            answer = setup.prompt.ask(_(BEFORE))
            continue
        for remark in find_take_problems(clip, counted=line.utterance.counted):
            setup.prompt.show(_("Note: {remark}.", remark=remark))
        answer = _ask_verdict(clip, setup)
        if answer == "":
            setup.pack_writer.keep(line, clip)
            return 1
    return _STEPS[answer]


_STEPS = {"s": 1, "b": -1, "q": None}


def _ask_verdict(clip: Clip, setup: RecordingSetup) -> str:
    """Ask the reader about a recording, and play it as often as they like."""
    answer = setup.prompt.ask(_(AFTER))
    while answer not in {"", "a", *_STEPS}:
        if answer == "h":
            setup.play(clip)
        answer = setup.prompt.ask(_(AFTER))
    return answer


def _record_take(setup: RecordingSetup) -> Clip:
    pieces: list[Samples] = [np.zeros((0, 1), np.float32)]
    frames = 0
    with closing(setup.open_microphone()) as listening:
        for _tick in setup.prompt.wait_for_enter():
            piece = listening.read()
            if listening.lost or frames > LONGEST_S * RATE_HZ:
                raise ExternalError(
                    _("the microphone has stopped sending")
                    if listening.lost
                    else _("this line takes more than ten minutes"),
                    help=_("what you kept is safe; connect it again and run the same command to go on"),
                )
            setup.prompt.show_level(format_level_bar(piece))
            pieces.append(piece)
            frames += len(piece)
        pieces.append(listening.read())
    setup.prompt.show_level("")
    return Clip(samples=np.concatenate(pieces), rate_hz=RATE_HZ)


LOOKS_S = 0.1
_LEVEL_CELLS = 60


class TerminalPrompt:
    """Prompts at the terminal. See `RecordingPrompt`."""

    def show(self, text: str) -> None:
        """Print a line that may hold a session's words."""
        echo_line(text[: len(text) - len(text.lstrip())] + clean_text(text))

    def ask(self, question: str) -> str:
        """Print a question and read the answer."""
        click.echo(f"{question} > ", nl=False)
        return _read_answer()

    def wait_for_enter(self) -> Iterator[None]:
        """Yield every `LOOKS_S` until a line was typed, or the input has ended."""
        click.echo(_("Recording. Press Enter when you have said it."))
        typed = threading.Event()

        def wait() -> None:
            _read_answer()
            typed.set()

        threading.Thread(target=wait, daemon=True).start()
        while not typed.wait(LOOKS_S):
            yield

    def show_level(self, text: str) -> None:
        """Print the level meter over the one before, where standard output is a terminal."""
        if sys.stdout.isatty():
            click.echo(f"\r{text:{_LEVEL_CELLS}}\r", nl=False)


def _read_answer() -> str:
    line = sys.stdin.readline()
    return line.strip().lower() if line else "q"


def play_clip(clip: Clip, wait: Callable[[float], None] = time.sleep) -> None:
    """Play a recording once, on the default device.

    Raises:
        ExternalError: there is nothing to play on.
    """
    from coach.devices.device import find_backend  # noqa: PLC0415 - miniaudio, which not every system has

    rest = np.repeat(clip.samples, 2, axis=1)

    def pull(frames: int) -> Samples:
        nonlocal rest
        now, rest = rest[:frames], rest[frames:]
        return np.pad(now, ((0, frames - len(now)), (0, 0)))

    output = find_backend("speaker").open(None, clip.rate_hz)
    try:
        output.start(pull)
        while len(rest) and not output.lost:
            wait(LOOKS_S)
        wait(2 * output.latency_s)
    finally:
        output.close()

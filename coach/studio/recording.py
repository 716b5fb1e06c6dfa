"""Recording line by line: what is asked, and what comes of each answer. It knows neither keys nor devices."""

from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from typing import Protocol

import numpy as np

from coach.errors import OutsideError
from coach.sounds.clip import Clip, Samples
from coach.studio.levels import bar, remarks, with_room
from coach.studio.lines import Line, Script
from coach.studio.microphone import Listening
from coach.studio.sheet import HOW_TO_COUNT, notes
from coach.studio.shelf import Shelf

RATE_HZ = 48_000
LONGEST_S = 600.0
BEFORE = "Enter: record   s: skip   b: back   q: quit"
AFTER = "Enter: keep   a: again   h: hear   s: skip   b: back   q: quit"


class Desk(Protocol):
    """Where the reader sits."""

    def show(self, text: str) -> None:
        """Put a line on the screen."""

    def ask(self, question: str) -> str:
        """An answer, in small letters; ``q`` where nobody answers any more."""

    def until_enter(self) -> Iterator[None]:
        """Comes by some ten times a second until the reader presses Enter."""

    def level(self, text: str) -> None:
        """Show how loud it is now, in the place of what this showed before."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Studio:
    """What it takes: the reader's desk, a microphone to be opened, ears, and the shelf for what is kept."""

    desk: Desk
    listen: Callable[[], Listening]
    hear: Callable[[Clip], None]
    shelf: Shelf


def record(script: Script, studio: Studio) -> int:
    """Ask for the lines that are not on the shelf, one after the other; how many are still missing afterwards.

    Raises:
        OutsideError: The microphone or the disk failed. All that was kept is on the shelf.
    """
    missing = studio.shelf.missing(script)
    index = 0
    while index < len(missing):
        _prompt(script, missing[index], studio.desk)
        step = _one(missing[index], studio)
        if step is None:
            break
        index = max(0, index + step)
    return len(studio.shelf.missing(script))


def _prompt(script: Script, line: Line, desk: Desk) -> None:
    """The line, with what comes before and after it."""
    place = script.index(line)
    desk.show("")
    desk.show(f"{line.title}, line {place + 1} of {len(script)}")
    if place:
        desk.show(f"    ... {script[place - 1].caption}")
    desk.show("")
    desk.show(f"    {line.caption}")
    desk.show("")
    if place + 1 < len(script):
        desk.show(f"    ... {script[place + 1].caption}")
    said = [*([HOW_TO_COUNT] * line.utterance.counted), *notes(line)]
    if said:
        desk.show(f"({'; '.join(said)})")


def _one(line: Line, studio: Studio) -> int | None:
    """Record one line; how many lines to go on, or None to stop."""
    answer = studio.desk.ask(BEFORE)
    while answer not in _STEPS:
        clip = with_room(_recorded(studio))
        if clip is None:
            studio.desk.show("Nothing was heard. Is the microphone on, and is it the right one?")
            answer = studio.desk.ask(BEFORE)
            continue
        for remark in remarks(clip, counted=line.utterance.counted):
            studio.desk.show(f"Note: {remark}.")
        answer = _judged(clip, studio)
        if answer == "":
            studio.shelf.keep(line, clip)
            return 1
    return _STEPS[answer]


_STEPS = {"s": 1, "b": -1, "q": None}


def _judged(clip: Clip, studio: Studio) -> str:
    """What the reader says to a recording; it is heard as often as is wanted."""
    answer = studio.desk.ask(AFTER)
    while answer not in {"", "a", *_STEPS}:
        if answer == "h":
            studio.hear(clip)
        answer = studio.desk.ask(AFTER)
    return answer


def _recorded(studio: Studio) -> Clip:
    pieces: list[Samples] = [np.zeros((0, 1), np.float32)]
    frames = 0
    with closing(studio.listen()) as listening:
        for _ in studio.desk.until_enter():
            piece = listening.heard()
            if listening.lost or frames > LONGEST_S * RATE_HZ:
                raise OutsideError(
                    "the microphone has stopped sending" if listening.lost else "this line takes more than ten minutes",
                    help="what you kept is safe; connect it again and run the same command to go on",
                )
            studio.desk.level(bar(piece))
            pieces.append(piece)
            frames += len(piece)
        pieces.append(listening.heard())
    studio.desk.level("")
    return Clip(samples=np.concatenate(pieces), rate_hz=RATE_HZ)

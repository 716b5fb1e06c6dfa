"""The voice as marks on a line, which stays bare where nobody speaks, and as words where there is room."""

from collections.abc import Iterator, Sequence

from coach.pictures.flags import Flag, Rows, raise_flags
from coach.pictures.frame import LEFT, RIGHT, VOICE_BOTTOM, VOICE_TOP, WORDS_Y, Frame
from coach.pictures.lettering import clean
from coach.pictures.shapes import Bar, Box, Label, Line
from coach.timeline.types import Speech
from coach.units import seconds_to_clock

WORDS = Rows(baselines=WORDS_Y, foot_y=VOICE_TOP, size=11.5)
OPENING_LEAST_WIDTH = 100.0
OTHER_LEAST_WIDTH = 130.0
LEAST_MARK = 2.0


def marks(speeches: Sequence[Speech], frame: Frame) -> Iterator[Line | Bar]:
    """The line of silence, and a mark on it for every stretch of speech."""
    middle = (VOICE_TOP + VOICE_BOTTOM) / 2.0
    yield Line(paths=(((LEFT, middle), (RIGHT, middle)),), ink="hair")
    for speech in speeches:
        left = min(frame.x(speech.start_s), RIGHT - LEAST_MARK)
        right = max(left + LEAST_MARK, frame.x(speech.end_s))
        room = Box(left=left, top=VOICE_TOP, right=right, bottom=VOICE_BOTTOM)
        tip = f"{seconds_to_clock(speech.start_s)} {clean(speech.text)}"
        yield Bar(box=room, radius=min(2.0, (right - left) / 2.0), ink="voice", tip=tip)


def words(speeches: Sequence[Speech], frame: Frame) -> Iterator[Line | Label]:
    """What is said, above the marks: first the opening words of each block, then others while there is room."""
    sentences = [speech for speech in speeches if not speech.utterance.counted and clean(speech.text)]
    openings = list({speech.block: speech for speech in reversed(sentences)}.values())
    others = [speech for speech in sentences if speech not in openings]
    flags = [_flag(speech, frame, OPENING_LEAST_WIDTH) for speech in openings]
    flags += [_flag(speech, frame, OTHER_LEAST_WIDTH) for speech in others]
    yield from raise_flags(flags, WORDS)


def _flag(speech: Speech, frame: Frame, least_width: float) -> Flag:
    x = frame.x(speech.start_s) + LEAST_MARK / 2.0
    return Flag(x=min(x, RIGHT), text=clean(speech.text), least_width=least_width, pole_ink="hair", text_ink="muted")

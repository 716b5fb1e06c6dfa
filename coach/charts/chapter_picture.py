"""Chapter pictures: the part of the timeline that a block is, under its name, for players that show one per chapter."""

from collections.abc import Iterator, Sequence

from coach.charts.chart_scale import ChartScale, make_scale
from coach.charts.palette import ink_of_block
from coach.charts.png import SCALE, draw_image, drop_undrawable, encode_jpeg, measure_drawn_width
from coach.charts.shapes import Area, Bar, Box, Label, Picture, Shape
from coach.charts.text_metrics import wrap_title
from coach.text.sanitize import to_one_line
from coach.timeline.timeline import PlannedBlock, Speech, Timeline
from coach.units import seconds_to_clock

LARGEST_BYTES = 24_000
LARGEST_TOTAL_BYTES = 1_000_000  # a player reads all tags before it plays
SIZE = 300
LEFT, RIGHT = 20.0, SIZE - 20.0
TITLE_TOP = 24.0
TITLE_FITS = ((36.0, 2), (30.0, 3), (24.0, 3), (19.0, 4))
LINE_PITCH = 1.15
CAP_SHARE = 0.72
FACTS_SIZE = 15.0
VOICE_Y, VOICE_HALF = 150.0, 3.5
GROUND_Y = 244.0
TALLER = 0.8
STRIP_Y = 266.0
STRIP_HALF, MARKED_HALF = 2.0, 8.0
LEAST_WIDTH = 3.0


def draw_chapter_jpegs(timeline: Timeline) -> tuple[bytes, ...]:
    """Draw a picture for each block, 600 by 600 pixels, as JPEG; the same timeline gives the same bytes.

    Together they have at most ``LARGEST_TOTAL_BYTES``; of very many chapters they are smaller.
    """
    if not timeline.blocks:
        return ()
    largest_bytes = min(LARGEST_BYTES, LARGEST_TOTAL_BYTES // len(timeline.blocks))
    scale = SCALE if largest_bytes == LARGEST_BYTES else 1
    return tuple(encode_jpeg(draw_image(picture, scale), largest_bytes) for picture in lay_out_chapters(timeline))


def lay_out_chapters(timeline: Timeline) -> Iterator[Picture]:
    """Lay out the picture of each block: its name, its words, its cadence, and where it is in the whole."""
    scale = make_scale(timeline)
    whole = tuple(_draw_part(timeline, block, STRIP_HALF) for block in timeline.blocks)
    for index, block in enumerate(timeline.blocks):
        words = [event for event in timeline.events if isinstance(event, Speech) and event.block == index]
        part: list[Shape] = [*_draw_words(words, block), _draw_cadence(block, scale)]
        part.append(_draw_part(timeline, block, MARKED_HALF))
        yield _make_picture(timeline, block, (*whole, *part))


def _make_picture(timeline: Timeline, block: PlannedBlock, shapes: tuple[Shape, ...]) -> Picture:
    clocks = f"{seconds_to_clock(block.start_s)} \N{EN DASH} {seconds_to_clock(block.end_s)}"
    return Picture(
        width=SIZE,
        height=SIZE,
        title=to_one_line(block.title),
        about=clocks,
        language=timeline.language,
        shapes=(*_draw_heading(block, clocks), *shapes),
    )


def _draw_heading(block: PlannedBlock, clocks: str) -> Iterator[Label]:
    title = drop_undrawable(to_one_line(block.title))
    wrapped = wrap_title(title, width=RIGHT - LEFT, fits=TITLE_FITS, width_of=_measure_width)
    y = TITLE_TOP
    for line in wrapped.lines:
        at = LEFT, y + CAP_SHARE * wrapped.size
        yield Label(at=at, text=line, size=wrapped.size, ink="ink", bold=True)
        y += LINE_PITCH * wrapped.size
    yield Label(at=(LEFT, y + FACTS_SIZE), text=clocks, size=FACTS_SIZE, ink="muted")


def _measure_width(text: str, size: float) -> float:
    return measure_drawn_width(text, size * SCALE) / SCALE


def _draw_words(words: Sequence[Speech], block: PlannedBlock) -> Iterator[Bar]:
    for speech in words:
        left, right = (_find_x(time_s, block.start_s, block.end_s) for time_s in (speech.start_s, speech.end_s))
        yield _make_bar(left, right, VOICE_Y, VOICE_HALF, "voice")


def _draw_cadence(block: PlannedBlock, scale: ChartScale) -> Area:
    start, end = (TALLER * height for height in scale.find_end_heights(block))
    outline = ((LEFT, GROUND_Y), (LEFT, GROUND_Y - start), (RIGHT, GROUND_Y - end), (RIGHT, GROUND_Y))
    return Area(points=outline, ink=ink_of_block(block))


def _draw_part(timeline: Timeline, block: PlannedBlock, half: float) -> Bar:
    left, right = (_find_x(time_s, 0.0, timeline.length_s) for time_s in (block.start_s, block.end_s))
    return _make_bar(left, right, STRIP_Y, half, ink_of_block(block))


def _find_x(time_s: float, start_s: float, end_s: float) -> float:
    share = (time_s - start_s) / (end_s - start_s) if end_s > start_s else 0.0
    return LEFT + (RIGHT - LEFT) * min(1.0, max(0.0, share))


def _make_bar(left: float, right: float, y: float, half: float, ink: str) -> Bar:
    left = min(left, RIGHT - LEAST_WIDTH)
    box = Box(left=left, top=y - half, right=max(right, left + LEAST_WIDTH), bottom=y + half)
    return Bar(box=box, radius=min(half, (box.right - box.left) / 2.0, 2.0), ink=ink)

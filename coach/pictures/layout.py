"""From a timeline to a picture of it, as shapes; nothing here draws."""

from collections.abc import Iterable, Iterator

from coach.pictures import landscape, texture, voice_lane
from coach.pictures.axis import minutes
from coach.pictures.frame import GROUND_Y, HEIGHT, VOICE_BOTTOM, WIDTH, Frame, frame_of
from coach.pictures.heading import facts, heading, key
from coach.pictures.lettering import clean
from coach.pictures.shapes import Bar, Box, Dot, Picture, Shape
from coach.timeline.types import Bed, Bell, BreathSound, Speech, Tick, Timeline
from coach.units import seconds_to_clock

BED_TOP = VOICE_BOTTOM + 8.0


def layout(timeline: Timeline) -> Picture:
    """The whole timeline as a wide picture: words and voice above, the landscape of cadence below."""
    return _picture(timeline, heading(timeline))


def untitled(timeline: Timeline) -> Picture:
    """The same without its title and facts, for a page that has them already."""
    return _picture(timeline, key(timeline))


def _picture(timeline: Timeline, head: Iterable[Shape]) -> Picture:
    return Picture(
        width=WIDTH,
        height=HEIGHT,
        title=clean(timeline.title),
        about=in_words(timeline),
        language=timeline.language,
        shapes=(*_beds(timeline), *head, *_shapes(timeline)),
    )


def in_words(timeline: Timeline) -> str:
    """The picture for who cannot see it: the facts, and when each block begins."""
    blocks = ", ".join(f"{seconds_to_clock(block.start_s)} {clean(block.title)}" for block in timeline.blocks)
    return f"{facts(timeline)}. {blocks}."


def _shapes(timeline: Timeline) -> Iterator[Shape]:
    frame, blocks = frame_of(timeline), timeline.blocks
    speeches = [event for event in timeline.events if isinstance(event, Speech)]
    yield from landscape.areas(blocks, frame)
    yield from landscape.cadence(blocks, frame)
    yield from texture.ticks([event for event in timeline.events if isinstance(event, Tick)], blocks, frame)
    yield from texture.breaths([event for event in timeline.events if isinstance(event, BreathSound)], blocks, frame)
    yield from voice_lane.marks(speeches, frame)
    yield from minutes(frame)
    yield from _bells(timeline, frame)
    yield from landscape.cadence_numbers(blocks, frame)
    yield from landscape.names(blocks, frame)
    yield from voice_lane.words(speeches, frame)


def _beds(timeline: Timeline) -> Iterator[Bar]:
    frame = frame_of(timeline)
    for bed in timeline.events:
        if isinstance(bed, Bed):
            room = Box(left=frame.x(bed.start_s), top=BED_TOP, right=frame.x(bed.end_s), bottom=GROUND_Y)
            yield Bar(box=room, radius=min(6.0, (room.right - room.left) / 2.0), ink="bed", tip=_bed_name(bed))


def _bed_name(bed: Bed) -> str:
    return clean(bed.name if isinstance(bed.name, str) else bed.name.stem)


def _bells(timeline: Timeline, frame: Frame) -> Iterator[Dot]:
    for bell in timeline.events:
        if isinstance(bell, Bell):
            tip = seconds_to_clock(bell.start_s)
            yield Dot(centre=(frame.x(bell.start_s), GROUND_Y), radius=4.5, ink="bell", tip=tip)

"""The head of the picture: the title, the bare facts, and a key to what is drawn."""

from collections.abc import Iterator

from coach.pictures.frame import FACTS_Y, LEFT, RIGHT, TITLE_Y
from coach.pictures.lettering import clean, shortened, width_of
from coach.pictures.shapes import Bar, Box, Dot, Label, Line, Shape
from coach.pictures.wording import words_in
from coach.timeline.types import Bed, Bell, BreathSound, Speech, Tick, Timeline
from coach.units import seconds_to_clock

TITLE_SIZE = 22.0
TITLE_WIDTH = 760.0
FACTS_SIZE = 13.0
KEY_SIZE = 11.5
KEY_MARK = 16.0
KEY_GAP = 18.0
HUMP = (
    (0.0, 0.0),
    (2.0, -4.0),
    (4.0, -6.0),
    (6.0, -4.0),
    (8.0, 0.0),
    (10.0, -4.0),
    (12.0, -6.0),
    (14.0, -4.0),
    (16.0, 0.0),
)


def heading(timeline: Timeline) -> Iterator[Shape]:
    """Title and facts on the left, the key on the right."""
    title = shortened(clean(timeline.title), lambda tried: width_of(tried, TITLE_SIZE, bold=True) <= TITLE_WIDTH)
    yield Label(at=(LEFT, TITLE_Y), text=title, size=TITLE_SIZE, ink="ink", bold=True)
    yield Label(at=(LEFT, FACTS_Y), text=facts(timeline), size=FACTS_SIZE, ink="muted")
    yield from key(timeline)


def facts(timeline: Timeline) -> str:
    """The session's length and cadence, in its language."""
    minutes = seconds_to_clock(round(timeline.length_s)).removesuffix(":00")
    return f"{minutes} min · {timeline.cadence_spm:.0f} {words_in(timeline.language).steps_per_minute}"


def key(timeline: Timeline) -> Iterator[Shape]:
    """A sample and a word for each thing the picture has, set from right to left."""
    captions = words_in(timeline.language)
    wanted = {
        Bell: captions.bell,
        BreathSound: captions.breath,
        Tick: captions.ticks,
        Bed: captions.bed,
        Speech: captions.voice,
    }
    present = {type(event) for event in timeline.events}
    x = RIGHT
    for kind, caption in wanted.items():
        if kind not in present:
            continue
        yield Label(at=(x, TITLE_Y), text=caption, size=KEY_SIZE, ink="muted", anchor="end")
        x -= width_of(caption, KEY_SIZE) + 6.0
        yield _sample(kind, x)
        x -= KEY_MARK + KEY_GAP


def _sample(kind: type, right: float) -> Shape:
    left, middle = right - KEY_MARK, TITLE_Y - 4.0
    if kind is Bell:
        return Dot(centre=(right - KEY_MARK / 2.0, middle), radius=4.5, ink="bell")
    if kind is BreathSound:
        return Line(paths=(tuple((left + x, TITLE_Y - 1.0 + y) for x, y in HUMP),), ink="muted", width=1.3)
    if kind is Tick:
        hairs = tuple(((left + x, TITLE_Y), (left + x, TITLE_Y - 8.0)) for x in (1.0, 5.0, 9.0, 13.0))
        return Line(paths=hairs, ink="muted", width=1.3)
    if kind is Bed:
        return Bar(box=Box(left=left, top=middle - 5.0, right=right, bottom=middle + 5.0), radius=3.0, ink="bed-key")
    return Bar(box=Box(left=left, top=middle - 3.5, right=right, bottom=middle + 3.5), radius=2.0, ink="voice")

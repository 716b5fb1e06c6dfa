"""Timeline chart: the whole session as one wide picture, with title, key, speech, bells and cadence."""

from collections.abc import Iterable, Iterator, Sequence

from coach.charts import cadence_chart
from coach.charts.chart_scale import (
    FACTS_Y,
    GROUND_Y,
    HEIGHT,
    LEFT,
    RIGHT,
    TITLE_Y,
    VOICE_BOTTOM,
    VOICE_TOP,
    WIDTH,
    WORDS_Y,
    ChartScale,
    LabelRequest,
    LabelRows,
    draw_time_axis,
    make_scale,
    place_labels,
)
from coach.charts.shapes import Bar, Box, Dot, Label, Picture, Polyline, Shape
from coach.charts.text_metrics import estimate_text_width, shorten_label
from coach.languages import find_language_or_english
from coach.text.sanitize import to_one_line
from coach.timeline.timeline import Bed, Bell, BreathSound, Speech, Tick, Timeline
from coach.units import SECONDS_PER_MINUTE, seconds_to_clock

WORDS = LabelRows(baselines=WORDS_Y, foot_y=VOICE_TOP, size=11.5)
OPENING_LEAST_WIDTH = 100.0
OTHER_LEAST_WIDTH = 130.0
LEAST_MARK = 2.0


def draw_speech_marks(speeches: Sequence[Speech], scale: ChartScale) -> Iterator[Polyline | Bar]:
    """Draw a thin line, and a mark on it for every stretch of speech."""
    middle = (VOICE_TOP + VOICE_BOTTOM) / 2.0
    yield Polyline(paths=(((LEFT, middle), (RIGHT, middle)),), ink="hair")
    for speech in speeches:
        left = min(scale.find_x(speech.start_s), RIGHT - LEAST_MARK)
        right = max(left + LEAST_MARK, scale.find_x(speech.end_s))
        room = Box(left=left, top=VOICE_TOP, right=right, bottom=VOICE_BOTTOM)
        tip = f"{seconds_to_clock(speech.start_s)} {to_one_line(speech.text)}"
        yield Bar(box=room, radius=min(2.0, (right - left) / 2.0), ink="voice", tip=tip)


def draw_words(speeches: Sequence[Speech], scale: ChartScale) -> Iterator[Polyline | Label]:
    """Write the words above their marks: the opening words of each block, then others while there is room."""
    sentences = [speech for speech in speeches if not speech.utterance.counted and to_one_line(speech.text)]
    openings = list({speech.block: speech for speech in reversed(sentences)}.values())
    others = [speech for speech in sentences if speech not in openings]
    requests = [_make_word_label(speech, scale, OPENING_LEAST_WIDTH) for speech in openings]
    requests += [_make_word_label(speech, scale, OTHER_LEAST_WIDTH) for speech in others]
    yield from place_labels(requests, WORDS)


def _make_word_label(speech: Speech, scale: ChartScale, least_width: float) -> LabelRequest:
    x = scale.find_x(speech.start_s) + LEAST_MARK / 2.0
    return LabelRequest(
        x=min(x, RIGHT), text=to_one_line(speech.text), least_width=least_width, leader_ink="hair", text_ink="muted"
    )


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


def draw_heading(timeline: Timeline) -> Iterator[Shape]:
    """Draw title and facts on the left, the key on the right."""
    title = shorten_label(
        to_one_line(timeline.title), lambda tried: estimate_text_width(tried, TITLE_SIZE, bold=True) <= TITLE_WIDTH
    )
    yield Label(at=(LEFT, TITLE_Y), text=title, size=TITLE_SIZE, ink="ink", bold=True)
    yield Label(at=(LEFT, FACTS_Y), text=format_facts(timeline), size=FACTS_SIZE, ink="muted")
    yield from draw_key(timeline)


def format_facts(timeline: Timeline) -> str:
    """Format the session's length and cadence, in its language."""
    steps = find_language_or_english(timeline.language).chart.steps_per_minute
    return f"{format_length(timeline)} · {timeline.cadence_spm:.0f} {steps}"


_MINUTES_PER_HOUR = 60
_SECONDS_PER_HOUR = SECONDS_PER_MINUTE * _MINUTES_PER_HOUR


def format_length(timeline: Timeline) -> str:
    """Format the session's length in its language: `24 min`, `24:30 min`, `1 h`, `1 h 5 min`."""
    length_s = round(timeline.length_s)
    if length_s < _SECONDS_PER_HOUR:
        return f"{seconds_to_clock(length_s).removesuffix(':00')} min"
    hours, minutes = divmod(round(length_s / SECONDS_PER_MINUTE), _MINUTES_PER_HOUR)
    hour = find_language_or_english(timeline.language).chart.hour
    return f"{hours} {hour}" + (f" {minutes} min" if minutes else "")


def draw_key(timeline: Timeline) -> Iterator[Shape]:
    """Draw a sample and a caption for each kind of event in the picture, set from right to left."""
    captions = find_language_or_english(timeline.language).chart
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
        x -= estimate_text_width(caption, KEY_SIZE) + 6.0
        yield _draw_sample(kind, x)
        x -= KEY_MARK + KEY_GAP


def _draw_sample(kind: type, right: float) -> Shape:
    left, middle = right - KEY_MARK, TITLE_Y - 4.0
    if kind is Bell:
        return Dot(centre=(right - KEY_MARK / 2.0, middle), radius=4.5, ink="bell")
    if kind is BreathSound:
        return Polyline(paths=(tuple((left + x, TITLE_Y - 1.0 + y) for x, y in HUMP),), ink="muted", width=1.3)
    if kind is Tick:
        hairs = tuple(((left + x, TITLE_Y), (left + x, TITLE_Y - 8.0)) for x in (1.0, 5.0, 9.0, 13.0))
        return Polyline(paths=hairs, ink="muted", width=1.3)
    if kind is Bed:
        return Bar(box=Box(left=left, top=middle - 5.0, right=right, bottom=middle + 5.0), radius=3.0, ink="bed-key")
    return Bar(box=Box(left=left, top=middle - 3.5, right=right, bottom=middle + 3.5), radius=2.0, ink="voice")


BED_TOP = VOICE_BOTTOM + 8.0


def lay_out_timeline(timeline: Timeline) -> Picture:
    """Lay out the whole timeline as a wide picture: speech above, the cadence below."""
    return _make_picture(timeline, draw_heading(timeline))


def lay_out_untitled(timeline: Timeline) -> Picture:
    """Lay out the same picture without title and facts, for a page that has them already."""
    return _make_picture(timeline, draw_key(timeline))


def _make_picture(timeline: Timeline, head: Iterable[Shape]) -> Picture:
    return Picture(
        width=WIDTH,
        height=HEIGHT,
        title=to_one_line(timeline.title),
        about=describe_timeline(timeline),
        language=timeline.language,
        shapes=(*_draw_beds(timeline), *head, *_draw_events(timeline)),
    )


def describe_timeline(timeline: Timeline) -> str:
    """Describe the picture for screen readers: the facts, and when each block begins."""
    blocks = ", ".join(f"{seconds_to_clock(block.start_s)} {to_one_line(block.title)}" for block in timeline.blocks)
    return f"{format_facts(timeline)}. {blocks}."


def _draw_events(timeline: Timeline) -> Iterator[Shape]:
    scale, blocks = make_scale(timeline), timeline.blocks
    speeches = [event for event in timeline.events if isinstance(event, Speech)]
    yield from cadence_chart.draw_blocks(blocks, scale)
    yield from cadence_chart.draw_cadence(blocks, scale)
    yield from cadence_chart.draw_ticks([event for event in timeline.events if isinstance(event, Tick)], blocks, scale)
    yield from cadence_chart.draw_breaths(
        [event for event in timeline.events if isinstance(event, BreathSound)], blocks, scale
    )
    yield from draw_speech_marks(speeches, scale)
    yield from draw_time_axis(scale)
    yield from _draw_bells(timeline, scale)
    yield from cadence_chart.draw_cadence_numbers(blocks, scale)
    yield from cadence_chart.draw_names(blocks, scale)
    yield from draw_words(speeches, scale)


def _draw_beds(timeline: Timeline) -> Iterator[Bar]:
    scale = make_scale(timeline)
    for bed in timeline.events:
        if isinstance(bed, Bed):
            room = Box(left=scale.find_x(bed.start_s), top=BED_TOP, right=scale.find_x(bed.end_s), bottom=GROUND_Y)
            yield Bar(box=room, radius=min(6.0, (room.right - room.left) / 2.0), ink="bed", tip=_name_bed(bed))


def _name_bed(bed: Bed) -> str:
    if isinstance(bed.name, str):
        return to_one_line(bed.name)
    return to_one_line(", ".join(file.stem for file in (bed.name if isinstance(bed.name, tuple) else (bed.name,))))


def _draw_bells(timeline: Timeline, scale: ChartScale) -> Iterator[Dot]:
    for bell in timeline.events:
        if isinstance(bell, Bell):
            tip = seconds_to_clock(bell.start_s)
            yield Dot(centre=(scale.find_x(bell.start_s), GROUND_Y), radius=4.5, ink="bell", tip=tip)

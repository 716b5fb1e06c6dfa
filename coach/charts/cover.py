"""Cover picture: the smoothed cadence of a session as hills, in the foreground and paler behind."""

import bisect
import math
from collections import defaultdict
from dataclasses import dataclass

from PIL import Image, ImageDraw

from coach.charts.chart_scale import make_scale
from coach.charts.palette import INKS, blend, find_kind_colour, ink_of_block
from coach.charts.png import draw_text, drop_undrawable, encode_jpeg, measure_drawn_width
from coach.charts.shapes import Point
from coach.charts.text_metrics import wrap_title
from coach.charts.timeline_chart import format_facts, format_length
from coach.text.sanitize import to_one_line
from coach.timeline.timeline import Speech, Timeline

SAMPLES = 240


@dataclass(frozen=True, kw_only=True, slots=True)
class HillProfile:
    """Heights from 0 to 1 at ``SAMPLES`` + 1 evenly spaced points from left to right."""

    heights: tuple[float, ...]

    def smooth(self, share: float) -> "HillProfile":
        """Smooth the profile over a share (0 to 1) of its width, with its end values continued."""
        reach = max(1, round(SAMPLES * share / 2.0))
        weights = [1.0 + math.cos(math.pi * away / (reach + 1)) for away in range(-reach, reach + 1)]
        heights = [
            sum(w * self._find_height(middle + away) for away, w in zip(range(-reach, reach + 1), weights, strict=True))
            for middle in range(SAMPLES + 1)
        ]
        return HillProfile(heights=tuple(height / sum(weights) for height in heights))

    def mirror(self) -> "HillProfile":
        """Mirror the profile from right to left."""
        return HillProfile(heights=self.heights[::-1])

    def _find_height(self, index: int) -> float:
        return self.heights[min(SAMPLES, max(0, index))]


def profile_cadence(timeline: Timeline) -> HillProfile:
    """Sample the cadence of a timeline over its length, not smoothed."""
    scale = make_scale(timeline)
    starts = [block.start_s for block in timeline.blocks]
    left, right = scale.find_x(0.0), scale.find_x(timeline.length_s)
    top = scale.find_height(scale.fastest_spm)
    heights = []
    for sample in range(SAMPLES + 1):
        share = sample / SAMPLES
        block = timeline.blocks[max(0, bisect.bisect_right(starts, timeline.length_s * share) - 1)]
        heights.append(scale.find_height_at(left + (right - left) * share, block) / top)
    return HillProfile(heights=tuple(heights))


SIZE = 1000
ALBUM_SIZE = 1400
LARGEST_BYTES = 150_000  # some players show no larger one
FINER = 2
MARGIN = 84
TITLE_FITS = ((136.0, 2), (124.0, 2), (112.0, 3), (100.0, 3), (88.0, 4), (76.0, 4), (64.0, 5))
TITLE_TOP = 84.0
LINE_PITCH = 1.12
CAP_SHARE = 0.72
FACTS_SIZE = 38.0
GREY = frozenset({"silence", "free", "say"})
SKY_STEP = 4
SKY_TONE = 0.45
SUN = (730, 668)
SUN_COLOUR = "#f7d994"
SUN_RINGS = ((178, 0.7), (130, 0.4), (84, 0.0))
FAR_FOOT, NEAR_FOOT, FRONT_FOOT = 800.0, 860.0, 950.0
FAR_RISE, NEAR_RISE, FRONT_RISE = 190.0, 180.0, 200.0
PATH_WIDTH = 6
LIGHT_RADIUS = 4.5
LIGHT_ABOVE = 24.0
LIGHTS_APART = 15.0


def draw_cover_jpeg(timeline: Timeline, size: int = SIZE) -> bytes:
    """Draw the cover of a session, so many pixels wide and high, as JPEG; the same timeline gives the same bytes.

    Characters of the title that Pillow's font cannot draw, such as emoji, are left out; a title in another script is
    replaced by the length.
    """
    return _encode_square(_draw_cover(timeline, timeline.title, format_facts(timeline)), size)


def draw_album_jpeg(timeline: Timeline, album: str) -> bytes:
    """Draw the cover of an album, of which a session is one, 1400 by 1400 pixels, the least that podcasts may have."""
    return _encode_square(_draw_cover(timeline, album, ""), ALBUM_SIZE)


def _encode_square(cover: Image.Image, size: int) -> bytes:
    return encode_jpeg(cover.resize((size, size), Image.Resampling.LANCZOS), LARGEST_BYTES)


def _draw_cover(timeline: Timeline, title: str, facts: str) -> Image.Image:
    canvas = _draw_sky(timeline)
    _draw_hills(canvas, timeline)
    canvas = canvas.reduce(FINER)
    _draw_title(canvas, title, facts, otherwise=format_length(timeline))
    return canvas


def _find_main_colour(timeline: Timeline) -> str:
    """Find the colour of the kind of block that lasts longest in total; grey only where there is no other."""
    lasts_s: defaultdict[str, float] = defaultdict(float)
    for block in timeline.blocks:
        lasts_s[block.kind] += block.end_s - block.start_s
    return find_kind_colour(max(lasts_s, key=lambda kind: (kind not in GREY, lasts_s[kind]), default=""))


def _draw_sky(timeline: Timeline) -> Image.Image:
    """Draw a gradient from paper to the session's main colour, with a low sun and its rings."""
    paper, tone = INKS["paper"].day, _find_main_colour(timeline)
    canvas = Image.new("RGB", (SIZE * FINER, SIZE * FINER), paper)
    pen = ImageDraw.Draw(canvas)
    for down in range(0, SIZE * FINER, SKY_STEP):
        colour = blend(paper, tone, SKY_TONE * down / (SIZE * FINER))
        pen.rectangle((0, down, SIZE * FINER, down + SKY_STEP), fill=colour)
    x, y = SUN
    for radius, share in SUN_RINGS:
        edges = x - radius, y - radius, x + radius, y + radius
        pen.ellipse(_scale_up(*edges), fill=blend(SUN_COLOUR, paper, share))
    return canvas


def _draw_hills(canvas: Image.Image, timeline: Timeline) -> None:
    """Draw two pale hills of the same cadence, then the session itself: blocks, path, a dot for each cue."""
    pen = ImageDraw.Draw(canvas)
    paper, tone, profile = INKS["paper"].day, _find_main_colour(timeline), profile_cadence(timeline)
    _draw_hill(pen, _list_profile_points(profile.mirror().smooth(0.5), FAR_FOOT, FAR_RISE), blend(tone, paper, 0.5))
    _draw_hill(pen, _list_profile_points(profile.smooth(0.3), NEAR_FOOT, NEAR_RISE), blend(tone, paper, 0.25))
    front = _list_profile_points(profile.smooth(0.05), FRONT_FOOT, FRONT_RISE)
    for block in timeline.blocks:
        left, right = (SIZE * time_s / timeline.length_s for time_s in (block.start_s, block.end_s))
        within = [point for point in front if left < point[0] < right]
        colour = INKS[ink_of_block(block)].day
        _draw_hill(pen, [(left, _find_y(front, left)), *within, (right, _find_y(front, right))], colour)
    pen.line([(x * FINER, y * FINER) for x, y in front], fill=paper, width=PATH_WIDTH * FINER, joint="curve")
    _draw_cue_dots(pen, timeline, front)


def _draw_cue_dots(pen: ImageDraw.ImageDraw, timeline: Timeline, path: list[Point]) -> None:
    """Draw a dot over the path for each cue, as far as there is room between them."""
    last_x = -LIGHTS_APART
    for event in timeline.events:
        x = SIZE * event.start_s / timeline.length_s
        if isinstance(event, Speech) and x - last_x >= LIGHTS_APART:
            y = _find_y(path, x) - LIGHT_ABOVE
            light = x - LIGHT_RADIUS, y - LIGHT_RADIUS, x + LIGHT_RADIUS, y + LIGHT_RADIUS
            pen.ellipse(_scale_up(*light), fill=INKS["paper"].day)
            last_x = x


def _list_profile_points(profile: HillProfile, foot: float, top: float) -> list[Point]:
    return [(SIZE * index / SAMPLES, foot - top * height) for index, height in enumerate(profile.heights)]


def _find_y(outline: list[Point], x: float) -> float:
    """Compute the y of an outline at an x."""
    index = min(SAMPLES - 1, max(0, int(x / SIZE * SAMPLES)))
    (left, start), (right, end) = outline[index], outline[index + 1]
    return start + (end - start) * (x - left) / (right - left)


def _draw_hill(pen: ImageDraw.ImageDraw, outline: list[Point], colour: str) -> None:
    """Fill from an outline down to the bottom of the picture."""
    points = [(outline[0][0], SIZE), *outline, (outline[-1][0], SIZE)]
    pen.polygon([(x * FINER, y * FINER) for x, y in points], fill=colour)


def _scale_up(left: float, top: float, right: float, bottom: float) -> tuple[float, float, float, float]:
    return left * FINER, top * FINER, right * FINER, bottom * FINER


def _count_letters(text: str) -> int:
    return sum(map(str.isalnum, text))


def _draw_title(canvas: Image.Image, written: str, facts: str, *, otherwise: str) -> None:
    """Write the title in the largest size that fits, and the facts under it.

    Where most of the title's letters cannot be drawn, as in another script, another text takes its place.
    """
    title = drop_undrawable(to_one_line(written))
    if 2 * _count_letters(title) <= _count_letters(written):
        title = otherwise
    room = float(SIZE - 2 * MARGIN)
    block = wrap_title(title, width=room, fits=TITLE_FITS, width_of=measure_drawn_width)
    ink, muted = INKS["ink"].day, INKS["muted"].day
    y = TITLE_TOP
    for line in block.lines:
        draw_text(
            canvas, (MARGIN, y + CAP_SHARE * block.size), line, size=block.size, colour=ink, anchor="start", bold=True
        )
        y += LINE_PITCH * block.size
    at = MARGIN, y + FACTS_SIZE
    draw_text(canvas, at, facts, size=FACTS_SIZE, colour=muted, anchor="start", bold=False)

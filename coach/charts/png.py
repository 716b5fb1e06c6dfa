"""PNG and JPEG pictures: shapes and text drawn by Pillow on light paper.

Pillow's built-in font has plain letters only, so accents are drawn over or under them.
"""

import math
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from io import BytesIO
from typing import cast

from PIL import Image, ImageDraw, ImageFont
from PIL.PngImagePlugin import PngInfo

from coach.charts.palette import INKS
from coach.charts.shapes import Anchor, Area, Bar, Box, Dot, Label, Picture, Point, Polyline
from coach.charts.timeline_chart import lay_out_timeline
from coach.timeline.timeline import Timeline

# All that the font inside Pillow (10.1 and later) can draw.
KNOWN = frozenset(map(chr, range(0x20, 0x7F))) | frozenset(
    "\u00a9\u00ab\u00b0\u00b1\u00b4\u00b7\u00bb\u2018\u2019\u201c\u201d\u2026\u2039\u203a\u2044\u2122"
)

PLAINLY: Mapping[str, str] = {
    **dict.fromkeys("\u2010\u2011\u2012\u2013\u2014\u2212", "-"),
    "\u2022": "\u00b7",
    "→": "\u203a",
    "€": "EUR",
    "ß": "ss",
    "æ": "ae",
    "œ": "oe",
    "ø": "o",
    "ł": "l",
    "\u0131": "i",
    "Æ": "AE",
    "Œ": "OE",
    "Ø": "O",
    "Ł": "L",
    "đ": "d",
    "ð": "d",
    "ħ": "h",
    "ŋ": "n",
    "þ": "th",
    "Đ": "D",
    "Ð": "D",
    "Ħ": "H",
    "Ŋ": "N",
    "Þ": "Th",
}

Stroke = tuple[tuple[float, float], ...]

# Strokes in shares of the font's size: x from the letter's middle, y up from where marks of its height begin.
# A stroke of one point is a dot.
EIGHTHS = tuple(math.tau * eighth / 8.0 for eighth in range(9))

MARKS: Mapping[str, tuple[Stroke, ...]] = {
    "\u0300": (((-0.07, 0.11), (0.04, 0.01)),),
    "\u0301": (((0.07, 0.11), (-0.04, 0.01)),),
    "\u0302": (((-0.1, 0.01), (0.0, 0.11), (0.1, 0.01)),),
    "\u0303": (((-0.12, 0.03), (-0.06, 0.08), (0.06, 0.03), (0.12, 0.08)),),
    "\u0304": (((-0.1, 0.05), (0.1, 0.05)),),
    "\u0308": (((-0.1, 0.06),), ((0.1, 0.06),)),
    "\u030a": (tuple((0.075 * math.sin(turn), 0.07 - 0.075 * math.cos(turn)) for turn in EIGHTHS),),
    "\u030c": (((-0.1, 0.11), (0.0, 0.01), (0.1, 0.11)),),
}

BELOW: Mapping[str, tuple[Stroke, ...]] = {
    "\u0327": (((0.01, -0.02), (0.01, -0.07), (0.06, -0.12), (0.0, -0.18), (-0.06, -0.17)),)
}

OVER_SMALL = 0.63
OVER_CAPITAL = 0.77


@dataclass(frozen=True, kw_only=True, slots=True)
class Letter:
    """A plain letter and its diacritics."""

    plain: str
    marks: str = ""

    @property
    def strokes(self) -> Iterator[Stroke]:
        """The lines of its diacritics, in shares of the font's size from the middle of its baseline, y upward."""
        foot = OVER_CAPITAL if self.plain.isupper() else OVER_SMALL
        for mark in self.marks:
            yield from BELOW.get(mark, ())
            yield from (tuple((x, foot + y) for x, y in stroke) for stroke in MARKS.get(mark, ()))

    @property
    def loses_its_dot(self) -> bool:
        """Whether a diacritic replaces the dot of an i or j."""
        return self.plain in "ij" and any(mark in MARKS for mark in self.marks)


def split_letters(text: str) -> tuple[Letter, ...]:
    """Split a text into the letters that can be drawn, without those the font lacks (emoji, other scripts)."""
    letters: list[Letter] = []
    for sign in unicodedata.normalize("NFD", "".join(PLAINLY.get(sign, sign) for sign in text)):
        if sign in MARKS or sign in BELOW:
            letters[-1:] = [Letter(plain=last.plain, marks=last.marks + sign) for last in letters[-1:]]
        elif sign in KNOWN:
            letters.append(Letter(plain=sign))
    return tuple(letters)


def drop_undrawable(text: str) -> str:
    """Keep the part of a text that can be drawn, without gaps for the rest."""
    kept = "".join(letter.plain + letter.marks for letter in split_letters(text))
    return unicodedata.normalize("NFC", " ".join(kept.split()))


TEXT_FINER = 3
BOLD_SHARE = 0.015
MARK_SHARE = 0.068
X_HEIGHT_SHARE = 0.558
ROOM_ABOVE = 1.05
ROOM_BELOW = 0.35


@cache
def load_font(size: float) -> ImageFont.FreeTypeFont:
    """Load Pillow's own font with basic layout, which is the same on every machine."""
    built_in = cast("ImageFont.FreeTypeFont", ImageFont.load_default(size))
    return built_in.font_variant(layout_engine=ImageFont.Layout.BASIC)


def measure_drawn_width(text: str, size: float) -> float:
    """Measure the width of a line of text when drawn, in pixels."""
    return load_font(size).getlength(_join_plain_letters(split_letters(text)))


def draw_text(
    canvas: Image.Image, at: Point, text: str, *, size: float, colour: str, anchor: Anchor, bold: bool
) -> None:
    """Draw one line of text; ``at`` is on its baseline, at the end that ``anchor`` names."""
    letters = split_letters(text)
    width = measure_drawn_width(text, size)
    left = at[0] - {"start": 0.0, "middle": width / 2.0, "end": width}[anchor]
    room = round(size * ROOM_ABOVE)
    mask = _draw_mask(letters, size, bold=bold)
    canvas.paste(colour, (round(left) - room, round(at[1]) - room), mask)


def _draw_mask(letters: tuple[Letter, ...], size: float, *, bold: bool) -> Image.Image:
    """Draw text as a grey mask with ``room`` above its baseline and before its start; drawn larger, then shrunk."""
    large = size * TEXT_FINER
    room, below = round(size * ROOM_ABOVE) * TEXT_FINER, round(size * ROOM_BELOW) * TEXT_FINER
    text = _join_plain_letters(letters)
    wide = math.ceil(load_font(large).getlength(text) / TEXT_FINER) * TEXT_FINER
    mask = Image.new("L", (wide + 2 * room, room + below))
    pen = ImageDraw.Draw(mask)
    stroke = round(large * BOLD_SHARE) if bold else 0
    pen.text((room, room), text, fill=255, font=load_font(large), anchor="ls", stroke_width=stroke)
    middles = [room + _find_middle(text, index, large) for index in range(len(letters))]
    for letter, middle in zip(letters, middles, strict=True):
        if letter.loses_its_dot:
            half = load_font(large).getlength(letter.plain) / 2.0
            pen.rectangle((middle - half, 0, middle + half, room - large * X_HEIGHT_SHARE), fill=0)
    for letter, middle in zip(letters, middles, strict=True):
        _draw_accents(pen, letter, (middle, room), large, large * MARK_SHARE + stroke * 2.0)
    return mask.reduce(TEXT_FINER)


def _find_middle(text: str, index: int, size: float) -> float:
    return (load_font(size).getlength(text[:index]) + load_font(size).getlength(text[: index + 1])) / 2.0


def _draw_accents(pen: ImageDraw.ImageDraw, letter: Letter, foot: Point, size: float, width: float) -> None:
    """Draw a letter's diacritics, in strokes with round ends; ``foot`` is the middle of its baseline."""
    middle, baseline = foot
    for stroke in letter.strokes:
        points = [(middle + x * size, baseline - y * size) for x, y in stroke]
        if len(points) > 1:
            pen.line(points, fill=255, width=round(width))
        for x, y in points:
            pen.ellipse((x - width / 2.0, y - width / 2.0, x + width / 2.0, y + width / 2.0), fill=255)


def _join_plain_letters(letters: tuple[Letter, ...]) -> str:
    return "".join(letter.plain for letter in letters)


SCALE = 2
SHAPES_FINER = 2
RIM = 1.5


def timeline_to_png(timeline: Timeline) -> bytes:
    """Draw the wide picture of a timeline, 2400 by 720 pixels; the same timeline gives the same bytes."""
    return encode_png(lay_out_timeline(timeline))


def encode_png(picture: Picture) -> bytes:
    """Encode a picture as PNG, twice its size in pixels; the same picture gives the same bytes."""
    file, texts = BytesIO(), PngInfo()
    texts.add_text("Software", "coach")
    draw_image(picture).save(file, "PNG", optimize=False, pnginfo=texts)
    return file.getvalue()


_PROGRAM = b"Software\0coach"  # by which we know our own, as in a PNG
JPEG_QUALITIES = (90, 75, 55)
LEAST_JPEG_SIZE = 75


def encode_jpeg(image: Image.Image, largest_bytes: int) -> bytes:
    """Encode an image as JPEG, as well as fits into a number of bytes; smaller if it must be.

    The same image gives the same bytes. What does not fit at all is empty.
    """
    while min(image.size) >= LEAST_JPEG_SIZE:
        for quality in JPEG_QUALITIES:
            file = BytesIO()
            # Without subsampling the edges of letters stay sharp.
            image.save(file, "JPEG", quality=quality, optimize=True, subsampling=0, comment=_PROGRAM)
            if file.tell() <= largest_bytes:
                return file.getvalue()
        image = image.reduce(2)
    return b""


def draw_image(picture: Picture, scale: int = SCALE) -> Image.Image:
    """Draw a picture at twice its size; shapes are drawn larger and shrunk for soft edges, text is not."""
    times = scale * SHAPES_FINER
    canvas = Image.new("RGB", (picture.width * times, picture.height * times), INKS["paper"].day)
    pen = ImageDraw.Draw(canvas)
    for shape in picture.shapes:
        if not isinstance(shape, Label):
            _draw_shape(pen, shape, times)
    canvas = canvas.reduce(SHAPES_FINER)
    for shape in picture.shapes:
        if isinstance(shape, Label):
            _write_label(canvas, shape, scale)
    return canvas


def _draw_shape(pen: ImageDraw.ImageDraw, shape: Area | Polyline | Bar | Dot, times: int) -> None:
    colour = INKS[shape.ink].day
    match shape:
        case Area():
            pen.polygon([(x * times, y * times) for x, y in shape.points], fill=colour)
        case Polyline():
            for path in shape.paths:
                points = [(x * times, y * times) for x, y in path]
                pen.line(points, fill=colour, width=max(1, round(shape.width * times)), joint="curve")
        case Bar():
            pen.rounded_rectangle(_scale_box(shape.box, times), radius=shape.radius * times, fill=colour)
        case Dot():
            rim = round(RIM * times)
            pen.ellipse(_scale_box(shape.box, times, rim), fill=INKS["paper"].day)
            pen.ellipse(_scale_box(shape.box, times), fill=colour)


def _scale_box(box: Box, times: int, wider: float = 0.0) -> tuple[float, float, float, float]:
    left, top, right, bottom = (edge * times for edge in (box.left, box.top, box.right, box.bottom))
    return left - wider, top - wider, right + wider, bottom + wider


def _write_label(canvas: Image.Image, label: Label, scale: int) -> None:
    x, y = label.at
    colour, size = INKS[label.ink].day, label.size * scale
    draw_text(
        canvas, (x * scale, y * scale), label.text, size=size, colour=colour, anchor=label.anchor, bold=label.bold
    )

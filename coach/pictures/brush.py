"""Words drawn with the font inside Pillow, which needs nothing installed."""

import math
from functools import cache
from typing import cast

from PIL import Image, ImageDraw, ImageFont

from coach.pictures.accents import Letter, letters_of
from coach.pictures.shapes import Anchor, Point

FINER = 3
BOLD_SHARE = 0.015
MARK_SHARE = 0.068
X_HEIGHT_SHARE = 0.558
ROOM_ABOVE = 1.05
ROOM_BELOW = 0.35


@cache
def font(size: float) -> ImageFont.FreeTypeFont:
    """Pillow's own font, set plainly, so that every machine sets it alike."""
    built_in = cast("ImageFont.FreeTypeFont", ImageFont.load_default(size))
    return built_in.font_variant(layout_engine=ImageFont.Layout.BASIC)


def drawn_width(text: str, size: float) -> float:
    """How wide a line of words is when drawn, in pixels."""
    return font(size).getlength(_plain(letters_of(text)))


def write(canvas: Image.Image, at: Point, text: str, *, size: float, colour: str, anchor: Anchor, bold: bool) -> None:
    """Draw one line of words; ``at`` is on its baseline, at the end that ``anchor`` names."""
    letters = letters_of(text)
    width = drawn_width(text, size)
    left = at[0] - {"start": 0.0, "middle": width / 2.0, "end": width}[anchor]
    room = round(size * ROOM_ABOVE)
    mask = _mask(letters, size, bold=bold)
    canvas.paste(colour, (round(left) - room, round(at[1]) - room), mask)


def _mask(letters: tuple[Letter, ...], size: float, *, bold: bool) -> Image.Image:
    """The words as grey, their baseline one room down and their start one room in; drawn larger and then shrunk."""
    large = size * FINER
    room, below = round(size * ROOM_ABOVE) * FINER, round(size * ROOM_BELOW) * FINER
    text = _plain(letters)
    wide = math.ceil(font(large).getlength(text) / FINER) * FINER
    mask = Image.new("L", (wide + 2 * room, room + below))
    pen = ImageDraw.Draw(mask)
    stroke = round(large * BOLD_SHARE) if bold else 0
    pen.text((room, room), text, fill=255, font=font(large), anchor="ls", stroke_width=stroke)
    middles = [room + _middle(text, index, large) for index in range(len(letters))]
    for letter, middle in zip(letters, middles, strict=True):
        if letter.loses_its_dot:
            half = font(large).getlength(letter.plain) / 2.0
            pen.rectangle((middle - half, 0, middle + half, room - large * X_HEIGHT_SHARE), fill=0)
    for letter, middle in zip(letters, middles, strict=True):
        _accents(pen, letter, (middle, room), large, large * MARK_SHARE + stroke * 2.0)
    return mask.reduce(FINER)


def _middle(text: str, index: int, size: float) -> float:
    return (font(size).getlength(text[:index]) + font(size).getlength(text[: index + 1])) / 2.0


def _accents(pen: ImageDraw.ImageDraw, letter: Letter, foot: Point, size: float, width: float) -> None:
    """The marks of a letter whose foot's middle is given, in strokes with round ends."""
    middle, baseline = foot
    for stroke in letter.strokes:
        points = [(middle + x * size, baseline - y * size) for x, y in stroke]
        if len(points) > 1:
            pen.line(points, fill=255, width=round(width))
        for x, y in points:
            pen.ellipse((x - width / 2.0, y - width / 2.0, x + width / 2.0, y + width / 2.0), fill=255)


def _plain(letters: tuple[Letter, ...]) -> str:
    return "".join(letter.plain for letter in letters)

"""A picture as PNG: the same shapes as in the SVG, drawn by Pillow on light paper."""

from io import BytesIO

from PIL import Image, ImageDraw

from coach.charts.palette import INKS
from coach.charts.shapes import Area, Bar, Box, Dot, Label, Picture, Polyline
from coach.charts.text_raster import write
from coach.charts.timeline_chart import lay_out_timeline
from coach.timeline.timeline import Timeline

SCALE = 2

FINER = 2

RIM = 1.5


def timeline_to_png(timeline: Timeline) -> bytes:
    """The wide picture of a timeline, 2400 by 720 pixels; the same timeline gives the same bytes."""
    return encode_png(lay_out_timeline(timeline))


def encode_png(picture: Picture) -> bytes:
    """A picture as PNG, twice its size in pixels; the same picture gives the same bytes."""
    file = BytesIO()
    draw_image(picture).save(file, "PNG", optimize=False)
    return file.getvalue()


def draw_image(picture: Picture) -> Image.Image:
    """A picture's shapes on paper, twice its size; shapes are drawn finer and shrunk for soft edges, words at once."""
    times = SCALE * FINER
    canvas = Image.new("RGB", (picture.width * times, picture.height * times), INKS["paper"].day)
    pen = ImageDraw.Draw(canvas)
    for shape in picture.shapes:
        if not isinstance(shape, Label):
            _draw(pen, shape, times)
    canvas = canvas.reduce(FINER)
    for shape in picture.shapes:
        if isinstance(shape, Label):
            _write(canvas, shape)
    return canvas


def _draw(pen: ImageDraw.ImageDraw, shape: Area | Polyline | Bar | Dot, times: int) -> None:
    colour = INKS[shape.ink].day
    match shape:
        case Area():
            pen.polygon([(x * times, y * times) for x, y in shape.points], fill=colour)
        case Polyline():
            for path in shape.paths:
                points = [(x * times, y * times) for x, y in path]
                pen.line(points, fill=colour, width=max(1, round(shape.width * times)), joint="curve")
        case Bar():
            pen.rounded_rectangle(_scaled(shape.box, times), radius=shape.radius * times, fill=colour)
        case Dot():
            rim = round(RIM * times)
            pen.ellipse(_scaled(shape.box, times, rim), fill=INKS["paper"].day)
            pen.ellipse(_scaled(shape.box, times), fill=colour)


def _scaled(box: Box, times: int, wider: float = 0.0) -> tuple[float, float, float, float]:
    left, top, right, bottom = (edge * times for edge in (box.left, box.top, box.right, box.bottom))
    return left - wider, top - wider, right + wider, bottom + wider


def _write(canvas: Image.Image, label: Label) -> None:
    x, y = label.at
    colour, size = INKS[label.ink].day, label.size * SCALE
    write(canvas, (x * SCALE, y * SCALE), label.text, size=size, colour=colour, anchor=label.anchor, bold=label.bold)

"""A picture as SVG that reads on light and on dark paper, and for who hears it read out."""

from collections.abc import Sequence
from html import escape

from coach.charts.palette import INKS
from coach.charts.shapes import Area, Bar, Dot, Label, Picture, Point, Polyline, Shape
from coach.charts.timeline_chart import lay_out_timeline
from coach.timeline.timeline import Timeline

FONTS = "system-ui,-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,sans-serif"

CORNER = 14

RIM = 1.5


def timeline_to_svg(timeline: Timeline) -> str:
    """The wide picture of a timeline, 1200 by 360, as an SVG document."""
    return svg_document(lay_out_timeline(timeline))


def svg_document(picture: Picture) -> str:
    """A picture as an SVG document without scripts, links or fonts of its own.

    Every word that is not ours is text in it, never markup.
    """
    paper = f'<rect class="paper" width="{picture.width}" height="{picture.height}" rx="{CORNER}"/>'
    return _whole(picture, f"<style>{_style(picture.shapes)}</style>", paper)


def element(picture: Picture, *, top: int) -> str:
    """A picture from ``top`` down as an SVG element, for a page that has its paper, and its inks by ``inks_as_css``."""
    return _whole(picture, '<g aria-hidden="true">', after="</g>", top=top)


def inks_as_css() -> str:
    """Every ink as a property, ``--name``, and as classes that fill and stroke with it, by day and by night."""
    day = "".join(f"--{name}:{ink.day};" for name, ink in INKS.items())
    night = "".join(f"--{name}:{ink.night};" for name, ink in INKS.items())
    classes = "".join(f".{name}{{fill:var(--{name})}}.{name}-line{{stroke:var(--{name})}}" for name in INKS)
    return f":root{{{day}}}@media (prefers-color-scheme:dark){{:root{{{night}}}}}{classes}"


def _whole(picture: Picture, *before: str, after: str = "", top: int = 0) -> str:
    width, height = picture.width, picture.height - top
    size = f'width="{width}" height="{height}" viewBox="0 {top} {width} {height}"'
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title about" {_language(picture)}>'
    )
    lines = [
        head,
        f'<title id="title">{escape(picture.title)}</title>',
        f'<desc id="about">{escape(picture.about)}</desc>',
        *before,
        *map(_drawn, picture.shapes),
        f"{after}</svg>",
    ]
    return "\n".join(lines) + "\n"


def _language(picture: Picture) -> str:
    return f'xml:lang="{escape(picture.language)}"'


def _style(shapes: Sequence[Shape]) -> str:
    """The inks in use as classes, and their night colours for dark screens."""
    rules = sorted({("paper", "fill")} | {(shape.ink, _property(shape)) for shape in shapes})
    day = "".join(f".{_class(ink, how)}{{{how}:{INKS[ink].day}}}" for ink, how in rules)
    night = "".join(f".{_class(ink, how)}{{{how}:{INKS[ink].night}}}" for ink, how in rules)
    plain = f"text{{font-family:{FONTS}}}path{{fill:none;stroke-linejoin:round;stroke-linecap:round}}"
    rim = f"circle{{stroke:{INKS['paper'].day};stroke-width:{RIM}}}"
    rim_at_night = f"circle{{stroke:{INKS['paper'].night}}}"
    return f"{plain}{rim}{day}@media (prefers-color-scheme:dark){{{night}{rim_at_night}}}"


def _property(shape: Shape) -> str:
    return "stroke" if isinstance(shape, Polyline) else "fill"


def _class(ink: str, how: str) -> str:
    return f"{ink}-line" if how == "stroke" else ink


def _drawn(shape: Shape) -> str:
    match shape:
        case Area():
            return _element("polygon", f'points="{_points(shape.points)}"', shape.ink, shape.tip)
        case Polyline():
            way = "".join(f"M{_points(path)}" for path in shape.paths)
            return _element("path", f'd="{way}" stroke-width="{_n(shape.width)}"', f"{shape.ink}-line", shape.tip)
        case Bar():
            return _element("rect", f'{_room(shape)} rx="{_n(shape.radius)}"', shape.ink, shape.tip)
        case Dot():
            x, y = shape.centre
            return _element("circle", f'cx="{_n(x)}" cy="{_n(y)}" r="{_n(shape.radius)}"', shape.ink, shape.tip)
        case Label():
            return _text(shape)


def _element(name: str, attributes: str, ink: str, tip: str) -> str:
    start = f'<{name} class="{ink}" {attributes}'
    return f"{start}><title>{escape(tip)}</title></{name}>" if tip else f"{start}/>"


def _text(label: Label) -> str:
    x, y = label.at
    anchor = "" if label.anchor == "start" else f' text-anchor="{label.anchor}"'
    weight = ' font-weight="600"' if label.bold else ""
    place = f'x="{_n(x)}" y="{_n(y)}" font-size="{_n(label.size)}"{anchor}{weight}'
    return f'<text class="{label.ink}" {place}>{escape(label.text)}</text>'


def _room(bar: Bar) -> str:
    box = bar.box
    return (
        f'x="{_n(box.left)}" y="{_n(box.top)}" width="{_n(box.right - box.left)}" height="{_n(box.bottom - box.top)}"'
    )


def _points(points: Sequence[Point]) -> str:
    return " ".join(f"{_n(x)},{_n(y)}" for x, y in points)


def _n(number: float) -> str:
    """A number as short as a tenth of a pixel allows."""
    return f"{number:.1f}".removesuffix(".0")

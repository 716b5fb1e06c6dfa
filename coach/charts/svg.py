"""SVG pictures for light and dark mode, with a description for screen readers."""

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

    Every text from outside is escaped, never markup.
    """
    paper = f'<rect class="paper" width="{picture.width}" height="{picture.height}" rx="{CORNER}"/>'
    return _wrap_svg(picture, f"<style>{_style(picture.shapes)}</style>", paper)


def svg_element(picture: Picture, *, top: int) -> str:
    """A picture from ``top`` down as an SVG element, for a page with `inks_as_css` and paper of its own."""
    return _wrap_svg(picture, '<g aria-hidden="true">', after="</g>", top=top)


def inks_as_css() -> str:
    """Every ink as a CSS property, ``--name``, and as classes that fill and stroke with it, in light and dark mode."""
    day = "".join(f"--{name}:{ink.day};" for name, ink in INKS.items())
    night = "".join(f"--{name}:{ink.night};" for name, ink in INKS.items())
    classes = "".join(f".{name}{{fill:var(--{name})}}.{name}-line{{stroke:var(--{name})}}" for name in INKS)
    return f":root{{{day}}}@media (prefers-color-scheme:dark){{:root{{{night}}}}}{classes}"


def _wrap_svg(picture: Picture, *before: str, after: str = "", top: int = 0) -> str:
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
        *map(_draw_shape, picture.shapes),
        f"{after}</svg>",
    ]
    return "\n".join(lines) + "\n"


def _language(picture: Picture) -> str:
    return f'xml:lang="{escape(picture.language)}"'


def _style(shapes: Sequence[Shape]) -> str:
    """The inks in use as CSS classes, with their colours for dark mode."""
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


def _draw_shape(shape: Shape) -> str:
    match shape:
        case Area():
            return _element("polygon", f'points="{_points(shape.points)}"', shape.ink, shape.tip)
        case Polyline():
            way = "".join(f"M{_points(path)}" for path in shape.paths)
            return _element("path", f'd="{way}" stroke-width="{_fmt(shape.width)}"', f"{shape.ink}-line", shape.tip)
        case Bar():
            return _element("rect", f'{_room(shape)} rx="{_fmt(shape.radius)}"', shape.ink, shape.tip)
        case Dot():
            x, y = shape.centre
            return _element("circle", f'cx="{_fmt(x)}" cy="{_fmt(y)}" r="{_fmt(shape.radius)}"', shape.ink, shape.tip)
        case Label():
            return _text(shape)


def _element(name: str, attributes: str, ink: str, tip: str) -> str:
    start = f'<{name} class="{ink}" {attributes}'
    return f"{start}><title>{escape(tip)}</title></{name}>" if tip else f"{start}/>"


def _text(label: Label) -> str:
    x, y = label.at
    anchor = "" if label.anchor == "start" else f' text-anchor="{label.anchor}"'
    weight = ' font-weight="600"' if label.bold else ""
    place = f'x="{_fmt(x)}" y="{_fmt(y)}" font-size="{_fmt(label.size)}"{anchor}{weight}'
    return f'<text class="{label.ink}" {place}>{escape(label.text)}</text>'


def _room(bar: Bar) -> str:
    left, top = _fmt(bar.box.left), _fmt(bar.box.top)
    width, height = _fmt(bar.box.right - bar.box.left), _fmt(bar.box.bottom - bar.box.top)
    return f'x="{left}" y="{top}" width="{width}" height="{height}"'


def _points(points: Sequence[Point]) -> str:
    return " ".join(f"{_fmt(x)},{_fmt(y)}" for x, y in points)


def _fmt(number: float) -> str:
    """A number with at most one decimal."""
    return f"{number:.1f}".removesuffix(".0")

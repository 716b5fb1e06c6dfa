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
    """Draw the wide picture of a timeline, 1200 by 360, as an SVG document."""
    return make_svg_document(lay_out_timeline(timeline))


def make_svg_document(picture: Picture) -> str:
    """Write a picture as an SVG document without scripts, links or fonts of its own.

    Every text from outside is escaped, never markup.
    """
    paper = f'<rect class="paper" width="{picture.width}" height="{picture.height}" rx="{CORNER}"/>'
    return _wrap_svg(picture, f"<style>{_write_style(picture.shapes)}</style>", paper)


def make_svg_element(picture: Picture, *, top: int) -> str:
    """Write a picture from ``top`` down as an SVG element, for a page with `format_inks_as_css` and its own paper."""
    return _wrap_svg(picture, '<g aria-hidden="true">', after="</g>", top=top)


def format_inks_as_css() -> str:
    """Write every ink as a CSS property, ``--name``, and as classes that fill and stroke, in light and dark mode."""
    day = "".join(f"--{name}:{ink.day};" for name, ink in INKS.items())
    night = "".join(f"--{name}:{ink.night};" for name, ink in INKS.items())
    classes = "".join(f".{name}{{fill:var(--{name})}}.{name}-line{{stroke:var(--{name})}}" for name in INKS)
    return f":root{{{day}}}@media (prefers-color-scheme:dark){{:root{{{night}}}}}{classes}"


def _wrap_svg(picture: Picture, *before: str, after: str = "", top: int = 0) -> str:
    width, height = picture.width, picture.height - top
    size = f'width="{width}" height="{height}" viewBox="0 {top} {width} {height}"'
    language = _write_language(picture)
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} role="img" aria-labelledby="title about" {language}>'
    lines = [
        head,
        f'<title id="title">{escape(picture.title)}</title>',
        f'<desc id="about">{escape(picture.about)}</desc>',
        *before,
        *map(_draw_shape, picture.shapes),
        f"{after}</svg>",
    ]
    return "\n".join(lines) + "\n"


def _write_language(picture: Picture) -> str:
    return f'xml:lang="{escape(picture.language)}"'


def _write_style(shapes: Sequence[Shape]) -> str:
    """Write the inks in use as CSS classes, with their colours for dark mode."""
    rules = sorted({("paper", "fill")} | {(shape.ink, _choose_property(shape)) for shape in shapes})
    day = "".join(f".{_name_class(ink, how)}{{{how}:{INKS[ink].day}}}" for ink, how in rules)
    night = "".join(f".{_name_class(ink, how)}{{{how}:{INKS[ink].night}}}" for ink, how in rules)
    plain = f"text{{font-family:{FONTS}}}path{{fill:none;stroke-linejoin:round;stroke-linecap:round}}"
    rim = f"circle{{stroke:{INKS['paper'].day};stroke-width:{RIM}}}"
    rim_at_night = f"circle{{stroke:{INKS['paper'].night}}}"
    return f"{plain}{rim}{day}@media (prefers-color-scheme:dark){{{night}{rim_at_night}}}"


def _choose_property(shape: Shape) -> str:
    return "stroke" if isinstance(shape, Polyline) else "fill"


def _name_class(ink: str, how: str) -> str:
    return f"{ink}-line" if how == "stroke" else ink


def _draw_shape(shape: Shape) -> str:
    match shape:
        case Area():
            return _write_element("polygon", f'points="{_write_points(shape.points)}"', shape.ink, shape.tip)
        case Polyline():
            way = "".join(f"M{_write_points(path)}" for path in shape.paths)
            return _write_element(
                "path", f'd="{way}" stroke-width="{_format_number(shape.width)}"', f"{shape.ink}-line", shape.tip
            )
        case Bar():
            return _write_element(
                "rect", f'{_write_box(shape)} rx="{_format_number(shape.radius)}"', shape.ink, shape.tip
            )
        case Dot():
            x, y = shape.centre
            return _write_element(
                "circle",
                f'cx="{_format_number(x)}" cy="{_format_number(y)}" r="{_format_number(shape.radius)}"',
                shape.ink,
                shape.tip,
            )
        case Label():
            return _write_text(shape)


def _write_element(name: str, attributes: str, ink: str, tip: str) -> str:
    start = f'<{name} class="{ink}" {attributes}'
    return f"{start}><title>{escape(tip)}</title></{name}>" if tip else f"{start}/>"


def _write_text(label: Label) -> str:
    x, y = label.at
    anchor = "" if label.anchor == "start" else f' text-anchor="{label.anchor}"'
    weight = ' font-weight="600"' if label.bold else ""
    place = f'x="{_format_number(x)}" y="{_format_number(y)}" font-size="{_format_number(label.size)}"{anchor}{weight}'
    return f'<text class="{label.ink}" {place}>{escape(label.text)}</text>'


def _write_box(bar: Bar) -> str:
    left, top = _format_number(bar.box.left), _format_number(bar.box.top)
    width, height = _format_number(bar.box.right - bar.box.left), _format_number(bar.box.bottom - bar.box.top)
    return f'x="{left}" y="{top}" width="{width}" height="{height}"'


def _write_points(points: Sequence[Point]) -> str:
    return " ".join(f"{_format_number(x)},{_format_number(y)}" for x, y in points)


def _format_number(number: float) -> str:
    """Format a number with at most one decimal."""
    return f"{number:.1f}".removesuffix(".0")

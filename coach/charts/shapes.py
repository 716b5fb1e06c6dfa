"""Shapes of a picture, in pixels from the top left, each in a named ink."""

from dataclasses import dataclass
from typing import Literal

from coach.charts.text_metrics import estimate_text_width

Anchor = Literal["start", "middle", "end"]

Point = tuple[float, float]

ASCENT = 0.8
DESCENT = 0.24


@dataclass(frozen=True, kw_only=True, slots=True)
class Box:
    """The bounding box of a shape."""

    left: float
    top: float
    right: float
    bottom: float

    def meets(self, other: "Box") -> bool:
        """Return whether the two overlap; touching edges do not."""
        return (
            self.left < other.right and other.left < self.right and self.top < other.bottom and other.top < self.bottom
        )


@dataclass(frozen=True, kw_only=True, slots=True)
class Area:
    """A filled polygon; ``tip`` is its tooltip."""

    points: tuple[Point, ...]
    ink: str
    tip: str = ""

    @property
    def box(self) -> Box:
        """The bounding box."""
        return _find_bounding_box(self.points)


@dataclass(frozen=True, kw_only=True, slots=True)
class Polyline:
    """One or more polylines of the same ink and width, drawn as one; ``tip`` is their tooltip."""

    paths: tuple[tuple[Point, ...], ...]
    ink: str
    width: float = 1.0
    tip: str = ""

    @property
    def box(self) -> Box:
        """The bounding box, without the width of the line."""
        return _find_bounding_box(tuple(point for path in self.paths for point in path))


@dataclass(frozen=True, kw_only=True, slots=True)
class Bar:
    """A filled rectangle with rounded corners."""

    box: Box
    radius: float
    ink: str
    tip: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Dot:
    """A filled circle, outlined in the colour of the paper."""

    centre: Point
    radius: float
    ink: str
    tip: str = ""

    @property
    def box(self) -> Box:
        """The bounding box."""
        x, y = self.centre
        return Box(left=x - self.radius, top=y - self.radius, right=x + self.radius, bottom=y + self.radius)


@dataclass(frozen=True, kw_only=True, slots=True)
class Label:
    """One line of text; ``at`` is on its baseline, at the end that ``anchor`` names."""

    at: Point
    text: str
    size: float
    ink: str
    anchor: Anchor = "start"
    bold: bool = False

    @property
    def box(self) -> Box:
        """The bounding box in a wide font."""
        x, y = self.at
        wide = estimate_text_width(self.text, self.size, bold=self.bold)
        left = x - {"start": 0.0, "middle": wide / 2.0, "end": wide}[self.anchor]
        return Box(left=left, top=y - ASCENT * self.size, right=left + wide, bottom=y + DESCENT * self.size)


Shape = Area | Polyline | Bar | Dot | Label


@dataclass(frozen=True, kw_only=True, slots=True)
class Picture:
    """Shapes from back to front on paper of the given size; ``about`` describes it for screen readers."""

    width: int
    height: int
    title: str
    about: str
    language: str
    shapes: tuple[Shape, ...]


def _find_bounding_box(points: tuple[Point, ...]) -> Box:
    across, down = zip(*points, strict=True)
    return Box(left=min(across), top=min(down), right=max(across), bottom=max(down))

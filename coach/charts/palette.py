"""Palette: a colour for each kind of block and each part of a picture, for light and dark mode."""

from collections.abc import Mapping
from dataclasses import dataclass

from coach.timeline.timeline import PlannedBlock

Rgb = tuple[int, int, int]

NIGHT_SHARE = 0.26


@dataclass(frozen=True, kw_only=True, slots=True)
class Ink:
    """A colour as ``#rrggbb`` for light and for dark mode."""

    day: str
    night: str


def parse_rgb(colour: str) -> Rgb:
    """Convert a colour ``#rrggbb`` to red, green and blue, 0 to 255."""
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def blend(colour: str, other: str, share: float) -> str:
    """Mix a colour with a share (0 to 1) of another."""
    mixed = (round(a + (b - a) * share) for a, b in zip(parse_rgb(colour), parse_rgb(other), strict=True))
    return "#" + "".join(f"{part:02x}" for part in mixed)


PARTS: Mapping[str, Ink] = {
    "paper": Ink(day="#fbfaf7", night="#17212b"),
    "ink": Ink(day="#24333f", night="#e8edf0"),
    "muted": Ink(day="#5a6b76", night="#a3b1bb"),
    "hair": Ink(day="#d5dbde", night="#364551"),
    "voice": Ink(day="#3c6478", night="#9fcbe0"),
    "bell": Ink(day="#b98a2f", night="#e6c06a"),
    "bed": Ink(day="#eef3ec", night="#1d2b31"),
    "bed-key": Ink(day="#d5e2d2", night="#33504f"),
    "cadence": Ink(day="#4d6877", night="#c3d3dc"),
}

KINDS: Mapping[str, str] = {
    "check-in": "#dcc49b",
    "settle": "#a3c9ae",
    "breathing": "#86b8d1",
    "breathe": "#9fd3e0",
    "body-scan": "#95a9d6",
    "shoulder-release": "#b5a2d3",
    "noticing": "#cfa9c6",
    "listening": "#84b68e",
    "talk-test": "#e5b884",
    "easy": "#8cc4ba",
    "brisk": "#e69a86",
    "walk": "#c6cf7a",
    "silence": "#dfe6ea",
    "walk-out": "#bcc893",
    "reflect": "#d9b3a3",
    "stretch": "#dcbb78",
    "say": "#c3ccd3",
    "free": "#adbac4",
}

OTHER = "#b8c2c9"


def find_kind_colour(kind: str) -> str:
    """Look up the colour of a kind of block; grey where the palette does not know it."""
    return KINDS.get(kind, OTHER)


WALKING_BELOW_SPM = 130.0
_WALKED_SHARE = 0.42
_WALKED_ANYWAY = frozenset({"settle", "walk", "walk-out"})


def ink_of_block(block: PlannedBlock) -> str:
    """Name a block's ink: that of its kind, paler where a kind that can be run is walked."""
    ink = find_kind_ink(block.kind)
    is_walked = block.running and max(block.start_spm, block.end_spm) < WALKING_BELOW_SPM
    return f"{ink}-walked" if is_walked and block.kind not in _WALKED_ANYWAY else ink


def find_kind_ink(kind: str) -> str:
    """Name a kind's ink in ``INKS``; it is in there whatever the kind is called."""
    return f"kind-{kind}" if kind in KINDS else "kind-other"


def _make_ink(colour: str, *, night_share: float = NIGHT_SHARE) -> Ink:
    return Ink(day=colour, night=blend(colour, PARTS["paper"].night, night_share))


INKS: Mapping[str, Ink] = {
    **PARTS,
    **{f"kind-{kind}": _make_ink(colour) for kind, colour in KINDS.items()},
    "kind-silence": _make_ink(KINDS["silence"], night_share=0.8),
    "kind-other": _make_ink(OTHER),
    **{
        f"{find_kind_ink(kind)}-walked": _make_ink(blend(colour, PARTS["paper"].day, _WALKED_SHARE))
        for kind, colour in {**KINDS, "other": OTHER}.items()
    },
}

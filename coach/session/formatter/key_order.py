"""Key order of each part of a session file, with the roles of the values under its keys."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from coach.session.values.breath import BREATH
from coach.session.values.cadence import CADENCE
from coach.session.values.cue_place import CUE_AT
from coach.session.values.duration import DURATION_OR_ZERO, SPAN, SWITCH
from coach.session.values.value_kind import ValueKind


@dataclass(frozen=True, kw_only=True, slots=True)
class NodeRole:
    """The role of a node. ``keys`` is the order of a mapping's keys; if it is empty they stay as they are.

    ``inside`` names the roles under those keys, ``other`` that under any other key, ``items`` that of a list's items;
    ``kind`` writes a value that stands alone.
    """

    keys: tuple[str, ...] = ()
    inside: Mapping[str, str] = field(default_factory=dict)
    other: str = "any"
    items: str = "any"
    kind: ValueKind[Any] | None = None


_SETTINGS = {
    "lasts": "length",
    "cadence": "cadence",
    "breath": "breath",
    "sounds": "sounds",
    "ticks": "switch",
    "breath-sound": "switch",
    "say": "cues",
    "say-also": "cues",
}

_SETTINGS_ORDER = (
    *("lasts", "title", "cadence", "breath", "sounds", "ticks", "breath-sound", "bell", "parts"),
    *("text", "say", "say-also"),
)

_CUE = {"at": "place", "after": "time", "every": "time"}

_CUE_ORDER = ("at", "after", "every", "level", "clip", "text")

ROLES: Mapping[str, NodeRole] = {
    "any": NodeRole(),
    "session": NodeRole(
        keys=(
            *("coach", "title", "about", "form", "length", "language"),
            *("cadence", "breath", "sounds", "values", "say-as", "blocks"),
        ),
        inside={"length": "time", "cadence": "cadence", "breath": "breath", "sounds": "sounds", "blocks": "blocks"},
        items="block",
    ),
    "sounds": NodeRole(keys=("tick", "bell", "breath", "bed")),
    "blocks": NodeRole(items="block"),
    "block": NodeRole(inside={"repeat": "repeat", "use": "any", "say": "saying"}, other="settings"),
    "settings": NodeRole(keys=_SETTINGS_ORDER, inside=_SETTINGS, kind=SPAN),
    "saying": NodeRole(keys=_SETTINGS_ORDER, inside=_SETTINGS | {"text": "cues"}, items="cue"),
    "repeat": NodeRole(keys=("times", "blocks"), inside={"blocks": "blocks"}),
    "cues": NodeRole(keys=_CUE_ORDER, inside=_CUE, items="cue"),
    "cue": NodeRole(keys=_CUE_ORDER, inside=_CUE),
    "time": NodeRole(kind=DURATION_OR_ZERO),
    "length": NodeRole(kind=SPAN),
    "place": NodeRole(kind=CUE_AT),
    "switch": NodeRole(kind=SWITCH),
    "cadence": NodeRole(kind=CADENCE),
    "breath": NodeRole(kind=BREATH),
}


def find_role(role: str, key: str) -> str:
    """Find the role of the value under a key."""
    return ROLES[role].inside.get(key, ROLES[role].other)


def find_item_role(role: str) -> str:
    """Find the role of a list's items."""
    return ROLES[role].items


def order_keys(role: str, names: tuple[str, ...]) -> tuple[int, ...]:
    """Order the keys of a mapping: their indices in ``names``; unknown keys come last."""
    known = {name: place for place, name in enumerate(ROLES[role].keys)}
    return tuple(sorted(range(len(names)), key=lambda index: known.get(names[index], len(known))))

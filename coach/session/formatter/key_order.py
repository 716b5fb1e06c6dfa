"""What each part of a session file is: the order of its keys, what stands under them, how its values are written."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from coach.session.values import forms


@dataclass(frozen=True, kw_only=True, slots=True)
class NodeRole:
    """What a node is. ``keys`` is the order of a mapping's keys, those in none stay as they are.

    ``inside`` names the roles under those keys, ``other`` that under any other key, ``items`` that of a list's items;
    ``form`` writes a value that stands alone.
    """

    keys: tuple[str, ...] = ()
    inside: Mapping[str, str] = field(default_factory=dict)
    other: str = "any"
    items: str = "any"
    form: Callable[[str], str] | None = None


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
    "settings": NodeRole(keys=_SETTINGS_ORDER, inside=_SETTINGS, form=forms.span),
    "saying": NodeRole(keys=_SETTINGS_ORDER, inside=_SETTINGS | {"text": "cues"}, items="cue"),
    "repeat": NodeRole(keys=("times", "blocks"), inside={"blocks": "blocks"}),
    "cues": NodeRole(keys=_CUE_ORDER, inside=_CUE, items="cue"),
    "cue": NodeRole(keys=_CUE_ORDER, inside=_CUE),
    "time": NodeRole(form=forms.time),
    "length": NodeRole(form=forms.span),
    "place": NodeRole(form=forms.place),
    "switch": NodeRole(form=forms.switch),
    "cadence": NodeRole(form=forms.cadence),
    "breath": NodeRole(form=forms.breath),
}


def under(role: str, key: str) -> str:
    """The role of what stands under a key."""
    return ROLES[role].inside.get(key, ROLES[role].other)


def items(role: str) -> str:
    """The role of a list's items."""
    return ROLES[role].items


def order(role: str, names: tuple[str, ...]) -> tuple[int, ...]:
    """In which order to write the keys of a mapping, as places in ``names``; those that are not known come last."""
    known = {name: place for place, name in enumerate(ROLES[role].keys)}
    return tuple(sorted(range(len(names)), key=lambda index: known.get(names[index], len(known))))

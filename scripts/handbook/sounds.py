"""The page of the built-in sounds."""

from collections.abc import Iterator, Mapping, Sequence

from coach.audio import soundbank
from coach.services.session_reading import SOUNDS
from coach.sounds.registry import ABOUT
from coach.timeline.block_settings_and_guidance import DEFAULT_SOUNDS
from coach.units import seconds_to_text
from handbook.markdown import fence, page, table

_DOES: Mapping[str, str] = {
    "tick": "Falls on the steps.",
    "bell": "Opens or closes a block.",
    "breath": "Rises with the in-breath and sinks with the out-breath.",
    "bed": "Sounds continuously under everything else.",
}
_PHASES = " For one on the in-breath and one on the out-breath, write `{in: …, out: …}`."
_MORE: Mapping[str, str] = {
    "tick": _PHASES,
    "breath": _PHASES,
    "bed": " Several files in a list play in turn.",
}


def sounds() -> str:
    """Write the page of all sounds."""
    chosen = ", ".join(f"{family}: {names[-1]}" for family, names in SOUNDS.items())
    return page(
        "Sounds",
        "The coach synthesizes all of these sounds itself. Choose them for a session, or for one block of it:",
        fence("yaml", f"sounds: {{{chosen}}}"),
        fence("yaml", f"- easy: {{lasts: 5m, sounds: {{bed: {SOUNDS['bed'][0]}}}}}"),
        "How they are mixed is described in [the session format](../session-format.md#sound).",
        *(part for family, names in SOUNDS.items() for part in _family(family, names)),
    )


def _family(family: str, names: Sequence[str]) -> Iterator[str]:
    yield f"## `{family}`"
    yield f"{_DOES[family]} If you leave it out: `{DEFAULT_SOUNDS[family]}`."
    yield table(("sound", "is"), [(f"`{name}`", ABOUT[name]) for name in names])
    longest = seconds_to_text(soundbank.LONGEST_S[family])
    yield f"It can be `none`, too, or a sound file of your own, of up to {longest}.{_MORE.get(family, '')}"

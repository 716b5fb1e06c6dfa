"""The sounds that are built in."""

from collections.abc import Mapping

from coach.audio import soundbank
from coach.commands.opening import SOUNDS
from coach.sounds.bells import bell_length_s
from coach.timeline.prepared import DEFAULT_SOUNDS
from coach.units import seconds_to_text
from handbook.markdown import code, fence, page, table

_LONGEST_S: Mapping[str, float] = {
    "tick": soundbank.LONGEST_TICK_S,
    "bell": soundbank.LONGEST_BELL_S,
    "breath": soundbank.LONGEST_BREATH_S,
    "bed": soundbank.LONGEST_BED_S,
}
_ABOUT: Mapping[str, str] = {
    "tick": "falls on the steps",
    "bell": "opens or closes a block",
    "breath": "rises with the in-breath and sinks with the out-breath",
    "bed": "lies under everything",
}


def sounds() -> str:
    """The page of all sounds."""
    rows = [
        (f"`{family}`", _ABOUT[family], code(names), f"`{DEFAULT_SOUNDS[family]}`", seconds_to_text(_LONGEST_S[family]))
        for family, names in SOUNDS.items()
    ]
    chosen = ", ".join(f"{family}: {names[-1]}" for family, names in SOUNDS.items())
    bells = [(f"`{name}`", seconds_to_text(bell_length_s(name))) for name in SOUNDS["bell"]]
    return page(
        "Sounds",
        "All sounds are made by the coach itself, from numbers. Each can be `none`, too, or a file of your own.",
        table(("sound", "what it does", "built in", "if you leave it out", "own file of up to"), rows),
        "For the whole session, or for one block:",
        fence("yaml", f"sounds: {{{chosen}}}"),
        fence("yaml", f"- easy: {{lasts: 5m, sounds: {{bed: {SOUNDS['bed'][0]}}}}}"),
        "How they sound together stands under [sound](../session-format.md#sound). A bell rings for:",
        table(("bell", "rings for"), bells),
    )

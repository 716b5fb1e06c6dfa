"""How inks look on this terminal: in colour or by weight alone, with blocks or with plain ASCII."""

import unicodedata
from collections.abc import Mapping
from dataclasses import dataclass

from rich.style import Style

from coach.charts.palette import INKS
from coach.play.screen.styled_rows import TextStyle
from coach.text.cell_width import cell_width

INKS_OF_KINDS = {name for name in INKS if name.startswith("kind-")}

COLOURLESS_TERMINALS = ("dumb", "vt")

COLOURLESS_ENDINGS = ("-mono", "-m")

ASCII = str.maketrans({
    **dict.fromkeys("█", "#"), **dict.fromkeys("▀", '"'), **dict.fromkeys("▄", "m"),
    **dict.fromkeys("▁▂", "."), **dict.fromkeys("▃▅", ":"), **dict.fromkeys("▆▇", "|"),
    "·": ".", "─": "-", "▲": "^", "»": ">", "…": "~", "←": "<", "→": ">", "↑": "^", "↓": "v",
    "\N{RIGHT SINGLE QUOTATION MARK}": "'",
})  # fmt: skip


@dataclass(frozen=True, kw_only=True, slots=True)
class TerminalStyle:
    """Whether there are colours, and whether only ASCII can be shown."""

    colour: bool = True
    ascii_only: bool = False

    def style(self, ink: TextStyle) -> Style:
        """An ink as this terminal shows it; colours are those of the night, on night paper."""
        if not self.colour:
            return Style(bold=ink.bold, reverse=ink.reverse)
        front, paper = INKS[ink.name].night, INKS["paper"].night
        if ink.bold and ink.name in INKS_OF_KINDS:
            front = INKS[ink.name].day
        front, paper = (paper, front) if ink.reverse else (front, paper)
        return Style(color=front, bgcolor=paper, bold=ink.bold)

    def text(self, text: str) -> str:
        """Characters that this terminal can show, as wide as those given."""
        return "".join(map(_in_ascii, text)) if self.ascii_only else text


def detect_style(environment: Mapping[str, str], encoding: str) -> TerminalStyle:
    """The look that suits a terminal, by its environment (NO_COLOR, TERM) and its encoding."""
    terminal = environment.get("TERM", "")
    colourless = terminal.startswith(COLOURLESS_TERMINALS) or terminal.endswith(COLOURLESS_ENDINGS)
    return TerminalStyle(
        colour=not (environment.get("NO_COLOR") or colourless),
        ascii_only=encoding.lower().replace("-", "") not in {"utf8", "utf8sig", "utf16", "utf16le"},
    )


def _in_ascii(character: str) -> str:
    drawn = character.translate(ASCII)
    if drawn.isascii():
        return drawn
    return _without_accent(character) or "?" * cell_width(character)


def _without_accent(character: str) -> str:
    base = unicodedata.normalize("NFD", character)[0]
    return base if base.isascii() else ""

"""A timeline drawn in the terminal, in colours where there are any."""

import shutil
import sys
from collections.abc import Iterable

from coach.commands.terminal import can_show, say
from coach.pictures.palette import INKS
from coach.pictures.strip import FINE, PLAIN, Row, key, strip
from coach.timeline.types import Timeline

USUAL_WIDTH = 80
LEAST_WIDTH, MOST_WIDTH = 40, 160


def show_strip(timeline: Timeline) -> None:
    """Print a timeline as wide as the terminal, or 80 columns wide where there is none, and a key to its signs."""
    signs = FINE if can_show(FINE.all) else PLAIN
    rows = strip(timeline, _width(), signs)
    if sys.stdout.isatty():
        _print_in_colours(rows)
    else:
        say("\n".join("".join(run.text for run in row).rstrip() for row in rows))
    if explained := key(timeline, signs):
        say(explained)


def _width() -> int:
    if not sys.stdout.isatty():
        return USUAL_WIDTH
    return max(LEAST_WIDTH, min(MOST_WIDTH, shutil.get_terminal_size((USUAL_WIDTH, 24)).columns))


def _print_in_colours(rows: Iterable[Row]) -> None:
    """Rich knows what colours a terminal has, and that some people want none."""
    from rich.console import Console  # noqa: PLC0415 - a tenth of a second, for terminals alone
    from rich.style import Style  # noqa: PLC0415 - the same
    from rich.text import Text  # noqa: PLC0415 - the same

    styles = {name: Style(color=ink.day) for name, ink in INKS.items() if name.startswith("kind-")}
    styles |= {"muted": Style(dim=True), "voice": Style(bold=True)}
    console = Console(highlight=False)
    for row in rows:
        text = Text.assemble(
            *((run.text, styles.get(run.ink, Style())) for run in row), no_wrap=True, overflow="ignore"
        )
        text.rstrip()
        console.print(text, crop=False, soft_wrap=True)

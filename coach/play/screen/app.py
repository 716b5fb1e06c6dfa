"""Textual app of a run: draws the rows of the screen, and passes keys on."""

import os
import sys
import time
from collections.abc import Callable
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.app import App, ComposeResult
from textual.binding import Binding, BindingType
from textual.geometry import Region
from textual.strip import Strip
from textual.widget import Widget

from coach.play.playback_status import Controls
from coach.play.screen.key_controller import KeyController
from coach.play.screen.layout import lay_out_screen
from coach.play.screen.terminal_style import ScreenRows, TerminalStyle, detect_style

POLLS_PER_SECOND = 10.0

MonotonicClock = Callable[[], float]


class RowsWidget(Widget):
    """Draws rows of styled characters; only those that have changed are drawn again."""

    DEFAULT_CSS = "RowsWidget { width: 100%; height: 100%; }"

    def __init__(self, style: TerminalStyle) -> None:
        super().__init__()
        self._style = style
        self._rows: ScreenRows = ()

    def show(self, rows: ScreenRows) -> None:
        """Show these rows."""
        before, self._rows = self._rows, rows
        changed = [y for y, row in enumerate(rows) if y >= len(before) or before[y] != row]
        if changed:
            self.refresh(*(Region(0, y, self.size.width, 1) for y in changed))

    def render_line(self, y: int) -> Strip:
        """Render one row, as textual requests it."""
        if y >= len(self._rows):
            return Strip.blank(self.size.width)
        style = self._style
        return Strip(
            [Segment(style.render_text(span.text), style.find_style(span.ink)) for span in self._rows[y]],
            self.size.width,
        )


class RunScreen(App[None]):
    """Shows the status of a run until it has ended, and passes keys to the controller."""

    ENABLE_COMMAND_PALETTE = False
    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("ctrl+c,ctrl+q", "press('ctrl+c')", show=False, priority=True, system=True)
    ]
    CSS = "Screen { background: ansi_default; overflow: hidden; }"

    def __init__(
        self, controls: Controls, *, clock: MonotonicClock = time.monotonic, style: TerminalStyle | None = None
    ) -> None:
        super().__init__(ansi_color=True)
        self._controls = controls
        self._clock = clock
        self._controller = KeyController(controls)
        self._canvas = RowsWidget(style or detect_style(os.environ, sys.stderr.encoding))

    def compose(self) -> ComposeResult:
        """Yield the only widget."""
        yield self._canvas

    def on_mount(self) -> None:
        """Begin to poll the status."""
        self.set_interval(1.0 / POLLS_PER_SECOND, self.redraw)

    def on_resize(self) -> None:
        """Redraw at the new size."""
        self.redraw()

    def on_key(self, event: events.Key) -> None:
        """Pass a key on, by its character where it types one."""
        event.stop()
        event.prevent_default()
        typed = event.is_printable and event.character is not None and not event.character.isspace()
        self.action_press(event.character if typed and event.character else event.key)

    def action_press(self, key: str) -> None:
        """Pass a key on, and show its effect at once."""
        self._controller.press(key, self._clock())
        if self._controller.stopped_twice:
            self.exit()
        self.redraw()

    def redraw(self) -> None:
        """Show the current status; exit when the run has ended."""
        status = self._controls.get_status()
        if status.state == "ended":
            self.exit()
            return
        view = self._controller.make_view(status, self._clock())
        self._canvas.show(lay_out_screen(view, self.size.width, self.size.height))


def show_run(controls: Controls) -> None:
    """Show a run in the terminal until it has ended. Call it from the main thread; playback runs in others.

    If the screen closes before that (a second Ctrl-C, a signal), the run is stopped.
    """
    try:
        RunScreen(controls).run(mouse=False)
    finally:
        if controls.get_status().state != "ended":
            controls.stop()

"""Delivery report: a line for each phone and file, with how much of it has been sent."""

import sys
from typing import TYPE_CHECKING, Self

import click

from coach.send.deliveries import Delivery, DeliveryLog
from coach.translation import _

if TYPE_CHECKING:
    from rich.progress import Progress, TaskID


class DeliveryReport:
    """Shows on standard error how far each delivery is: bars at a terminal, else a line at its start and its end."""

    def __init__(self, log: DeliveryLog) -> None:
        self._log = log
        self._phones = 0
        self._begun: set[int] = set()
        self._ended: set[int] = set()
        self._bars: Progress | None = None
        self._tasks: dict[int, TaskID] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        if self._bars is not None:
            self._bars.stop()

    def say(self, text: str) -> None:
        """Print a text, above the bars if there are any."""
        if self._bars is None:
            click.echo(text, err=True)
        else:
            self._bars.console.print(text, markup=False, highlight=False)

    def update(self) -> None:
        """Show what has changed."""
        phones = self._log.phones
        for phone in phones[self._phones :]:
            self.say(_("{phone} has opened the page", phone=phone))
        self._phones = len(phones)
        for number, delivery in enumerate(self._log.list_deliveries()):
            if sys.stderr.isatty():
                self._draw(number, delivery)
            else:
                self._print(number, delivery)

    def _print(self, number: int, delivery: Delivery) -> None:
        if number not in self._begun:
            self._begun.add(number)
            self.say(_("{phone} is saving {file}", phone=delivery.phone, file=delivery.name))
        if delivery.is_complete and number not in self._ended:
            self._ended.add(number)
            self.say(
                _(
                    "{phone} has all of {file}, {size_mb:.1f} MB",
                    phone=delivery.phone,
                    file=delivery.name,
                    size_mb=delivery.size_bytes / 1e6,
                )
            )

    def _draw(self, number: int, delivery: Delivery) -> None:
        bars = self._bars = self._bars or _start_bars()
        if number not in self._tasks:
            from rich.markup import escape  # noqa: PLC0415 - rich, only at a terminal

            name = escape(f"{delivery.phone}: {delivery.name}")
            self._tasks[number] = bars.add_task(name, total=delivery.size_bytes)
        bars.update(self._tasks[number], completed=delivery.received_bytes)


def _start_bars() -> "Progress":
    from rich import progress  # noqa: PLC0415 - rich, only at a terminal
    from rich.console import Console  # noqa: PLC0415 - the same

    bars = progress.Progress(
        progress.TextColumn("{task.description}"),
        progress.BarColumn(complete_style="cyan", finished_style="cyan"),
        progress.DownloadColumn(),
        progress.TransferSpeedColumn(),
        console=Console(stderr=True),
    )
    bars.start()
    return bars

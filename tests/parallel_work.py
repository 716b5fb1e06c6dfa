"""Work for other processes, in a module that they find by its name: another package is called `tests`, too."""

import os

from coach.errors import ExternalError


def negated(number: int) -> tuple[int, int]:
    return -number, os.getpid()


def refused(number: int) -> int:
    raise ExternalError(f"could not do {number}", help="try another")


def ended(_work: int) -> int:
    os._exit(1)

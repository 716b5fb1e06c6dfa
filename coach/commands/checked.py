"""Many sessions checked: what is remembered is not read again, and the rest is shared out over the processors."""

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coach.commands.remembered import Remembered, folder
from coach.errors import Problem

if TYPE_CHECKING:
    from coach.commands.checking import Finding

# Below this starting processes would take longer than they save.
MANY = 80


def check_all(files: Sequence[Path]) -> Iterator[Problem]:
    """All problems of sessions, in the order of the files.

    Raises:
        UsageError: there is no such file.
        OutsideError: a file cannot be read.
    """
    memory = Remembered(folder())
    states = [memory.state(file) for file in files]
    found = [memory.found(state) for state in states]
    unknown = [number for number, problems in enumerate(found) if problems is None]
    for number, finding in zip(unknown, _examined([files[number] for number in unknown]), strict=True):
        found[number] = finding.problems
        state = states[number]
        if state is not None and finding.alone and memory.state(files[number]) == state:
            memory.remember(state, finding.problems)
    for problems in found:
        yield from problems or ()


def _examined(files: Sequence[Path]) -> "Iterator[Finding]":
    """What is found in files, in their order."""
    if not files:
        return iter(())
    from coach.commands import checking, sharing  # noqa: PLC0415 - what is remembered needs nothing that is slow to import

    if len(files) < MANY or sharing.processors() == 1:
        return map(checking.examine, files)
    return sharing.shared_out(checking.examine, files)

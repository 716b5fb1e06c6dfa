"""Devices by the names that people give."""

from collections.abc import Sequence

from coach.errors import UsageError


def chosen(wanted: str, names: Sequence[str]) -> int:
    """Which of some devices is meant: by its whole name, or by a part that fits one only, in any case.

    Raises:
        UsageError: No device fits, or several do; the message names them.
    """
    if wanted in names:
        return names.index(wanted)
    fitting = [place for place, name in enumerate(names) if wanted.casefold() in name.casefold()]
    if not fitting:
        raise UsageError(f'there is no device "{wanted}"; there are: {_listed(names)}')
    if len(fitting) > 1:
        raise UsageError(f'"{wanted}" fits several devices: {_listed([names[place] for place in fitting])}')
    return fitting[0]


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f'"{name}"' for name in names)

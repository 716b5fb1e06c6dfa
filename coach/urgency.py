"""Sound does not wait: a thread that makes it, or that others wait for, comes before other work of the machine."""

import os
from contextlib import suppress

# That of sound servers, and that of all else.
_FIRST, _USUAL = -11, 0


def come_first() -> None:
    """Let the thread that calls, and all that it starts from now on, come first, where the system allows it.

    Most systems allow it to few; nothing depends on it.
    """
    with suppress(OSError, AttributeError):  # refused, or not known on this system
        os.setpriority(os.PRIO_PROCESS, 0, _FIRST)


def give_way() -> None:
    """Take back what was inherited from a thread that comes first; what was asked for otherwise stays."""
    with suppress(OSError, AttributeError):
        if os.getpriority(os.PRIO_PROCESS, 0) == _FIRST:
            os.setpriority(os.PRIO_PROCESS, 0, _USUAL)

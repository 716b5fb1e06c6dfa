"""Sound does not wait: a thread that makes it, or that others wait for, comes before other work of the machine."""

import os
from contextlib import suppress

# That of sound servers.
_NICENESS = -11


def come_first() -> None:
    """Let the thread that calls come first, where the system allows it. Most allow it to few; nothing depends on it."""
    with suppress(OSError, AttributeError):  # refused, or not known on this system
        os.setpriority(os.PRIO_PROCESS, 0, _NICENESS)

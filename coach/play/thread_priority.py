"""Sound does not wait: a thread that makes it, or that others wait for, comes before other work of the machine."""

import os
from contextlib import suppress

# The lowest of those that wait for none but each other, below that of sound servers.
_LOWEST = 1

# That of sound servers, for who may not more.
_NICENESS = -11


def raise_priority() -> None:
    """Let the thread that calls come first, where the system allows it. Most allow it to few; nothing depends on it.

    What it starts does not inherit it where the thread was let before all others, which Linux does for root and for
    who has a limit called rtprio. Its niceness alone would not do on a busy Linux, where that counts only among the
    programs of one terminal.
    """
    with suppress(OSError, AttributeError):  # refused, or not known on this system
        os.sched_setscheduler(0, os.SCHED_RR | os.SCHED_RESET_ON_FORK, os.sched_param(_LOWEST))
        return
    with suppress(OSError, AttributeError):
        os.setpriority(os.PRIO_PROCESS, 0, _NICENESS)

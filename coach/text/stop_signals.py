"""Stop signals: a command ends gently when the system, its terminal or Ctrl-C asks it to."""

import os
import signal
import threading
from collections.abc import Callable, Iterable
from typing import Any, Self

_STOP_SIGNALS = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGHUP", "SIGBREAK") if hasattr(signal, name))
_SHELLS_ADD = 128  # to the number of the signal that ended a program, for its exit code


def interrupt() -> None:
    """Do what Ctrl-C does.

    Raises:
        KeyboardInterrupt: always.
    """
    raise KeyboardInterrupt


class StopSignals:
    """Ends a command gently when the system asks it to end, or when the window of its terminal is closed.

    When the terminal is gone, what is written to it from then on is dropped, instead of failing. A signal that is
    ignored, as under nohup, stays ignored. Only the main thread gets signals; in another this does nothing.

    Attributes:
        stop: called in the main thread, between any two instructions; when the request comes again, Ctrl-C follows.
        exit_code: that of a program which such a signal has ended; None as long as there was none.
    """

    def __init__(self) -> None:
        self.stop: Callable[[], None] = interrupt
        self.exit_code: int | None = None
        self._before: dict[int, Any] = {}
        self._terminals: tuple[int, ...] = ()

    def __enter__(self) -> Self:
        self._terminals = tuple(filter(os.isatty, (0, 1, 2)))  # once the terminal is gone, none of them says so
        if threading.current_thread() is threading.main_thread():
            for number in _STOP_SIGNALS:
                if signal.getsignal(number) != signal.SIG_IGN:
                    self._before[number] = signal.signal(number, self._handle)
        return self

    def __exit__(self, *_: object) -> None:
        for number, handler in self._before.items():
            signal.signal(number, handler)

    def _handle(self, number: int, _frame: object) -> None:
        is_first, self.exit_code = self.exit_code is None, self.exit_code or _SHELLS_ADD + number
        is_hangup = number == getattr(signal, "SIGHUP", None)
        if is_hangup:
            _detach(self._terminals)
        if is_first:
            self.stop()
        elif not is_hangup:  # which both the terminal and its shell send
            interrupt()


def _detach(terminals: Iterable[int]) -> None:
    """Make descriptors read and write nothing."""
    nothing = os.open(os.devnull, os.O_RDWR)
    for descriptor in terminals:
        os.dup2(nothing, descriptor)
    os.close(nothing)

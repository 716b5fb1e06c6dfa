"""Work shared out over the processors, each in a process of its own, its results in the order of the work."""

import contextlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from multiprocessing import connection
from typing import TypeVar

from coach.errors import OutsideError

AT_ONCE = 8

Work = TypeVar("Work")
Result = TypeVar("Result")


def processors() -> int:
    """How many processors we may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def shared_out(do: Callable[[Work], Result], work: Sequence[Work]) -> Iterator[Result]:
    """The results of work, as they become known.

    Processes are spawned, not forked, and know nothing of Ctrl-C: it ends the work here, and what is not begun yet
    is not begun.

    Raises:
        OutsideError: a process was ended from outside; and whatever ``do`` raises.
    """
    spawning = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(min(processors(), len(work)), mp_context=spawning, initializer=_end_with_employer)
    try:
        with _interrupts_ignored():
            results = pool.map(do, work, chunksize=AT_ONCE)
        yield from results
    except BrokenProcessPool:
        raise OutsideError(
            "a process that did part of the work was ended", help="is there enough memory? Try it with fewer files"
        ) from None
    finally:
        pool.shutdown(cancel_futures=True)


@contextlib.contextmanager
def _interrupts_ignored() -> Iterator[None]:
    """For what is started meanwhile, for good: a process inherits what its employer ignores."""
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        yield
    finally:
        signal.signal(signal.SIGINT, before)


def _end_with_employer() -> None:
    """End this process when the one that started it is gone, however that came."""
    employer = multiprocessing.parent_process()
    if employer is not None:
        threading.Thread(target=_await, args=(employer.sentinel,), daemon=True).start()


def _await(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)

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
        with _interrupts_held():
            results = pool.map(do, work, chunksize=AT_ONCE)
        yield from results
    except BrokenProcessPool:
        raise OutsideError(
            "a process that did part of the work was ended", help="is there enough memory? Try it with fewer files"
        ) from None
    except BaseException:
        for process in (pool._processes or {}).values():  # noqa: SLF001 - only Python 3.14 has terminate_workers()
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


@contextlib.contextmanager
def _interrupts_held() -> Iterator[None]:
    """Hold Ctrl-C back while processes are started, which inherit a signal that is blocked and keep it so.

    Blocking alone would not do here: it holds for this thread, and numpy has others that would take the signal.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    came: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: came.append(number))
    can_block = hasattr(signal, "pthread_sigmask")
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if can_block else set()
    try:
        yield
    finally:
        if can_block:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, before)
    if came:
        signal.raise_signal(signal.SIGINT)


def _end_with_employer() -> None:
    """End this process when the one that started it is gone, however that came, and not by Ctrl-C."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    employer = multiprocessing.parent_process()
    if employer is not None:
        threading.Thread(target=_await, args=(employer.sentinel,), daemon=True).start()


def _await(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)

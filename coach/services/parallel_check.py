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
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from coach.diagnostics.problem import Problem
from coach.errors import ExternalError
from coach.services.check_cache import CheckCache, folder

AT_ONCE = 8

Task = TypeVar("Task")

TaskResult = TypeVar("TaskResult")


def processors() -> int:
    """How many processors we may use."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def run_in_parallel(do: Callable[[Task], TaskResult], work: Sequence[Task]) -> Iterator[TaskResult]:
    """The results of work, as they become known.

    Processes are spawned, not forked, and know nothing of Ctrl-C: it ends the work here, and what is not begun yet
    is not begun.

    Raises:
        ExternalError: a process was ended from outside; and whatever ``do`` raises.
    """
    spawning = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(min(processors(), len(work)), mp_context=spawning, initializer=_end_with_employer)
    try:
        with _interrupts_held():
            results = pool.map(do, work, chunksize=AT_ONCE)
        yield from results
    except BrokenProcessPool:
        raise ExternalError(
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


if TYPE_CHECKING:
    from coach.services.session_check import Finding

# Below this starting processes would take longer than they save.
MANY = 80


def check_all(files: Sequence[Path]) -> Iterator[Problem]:
    """All problems of sessions, in the order of the files.

    Raises:
        UsageError: there is no such file.
        ExternalError: a file cannot be read.
    """
    memory = CheckCache(folder())
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
    from coach.services import session_check  # noqa: PLC0415 - what is remembered needs nothing that is slow to import

    if len(files) < MANY or processors() == 1:
        return map(session_check.examine, files)
    return run_in_parallel(session_check.examine, files)

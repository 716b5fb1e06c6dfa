"""Parallel check of many sessions in a pool of processes."""

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
from typing import TypeVar

from coach.errors import ExternalError
from coach.processors import count_processors
from coach.services import session_check
from coach.translation import _, get_language, set_language

CHUNK_SIZE = 8

# With fewer files, starting processes would take longer than they save.
MIN_FILES = 80

Task = TypeVar("Task")

TaskResult = TypeVar("TaskResult")


def run_in_parallel(do: Callable[[Task], TaskResult], work: Sequence[Task]) -> Iterator[TaskResult]:
    """Yield the results of work, in its order, as they become known.

    Processes are spawned, not forked, and ignore Ctrl-C: it is handled here, and ends them.

    Raises:
        ExternalError: a process was killed. Errors that ``do`` raises are raised, too.
    """
    spawning = multiprocessing.get_context("spawn")
    pool = ProcessPoolExecutor(
        min(count_processors(), len(work)),
        mp_context=spawning,
        initializer=_prepare_process,
        initargs=(get_language(),),
    )
    try:
        with _hold_interrupts():
            results = pool.map(do, work, chunksize=CHUNK_SIZE)
        yield from results
    except BrokenProcessPool:
        raise ExternalError(
            _("a worker process was killed"), help=_("there may be too little memory; try it with fewer files")
        ) from None
    except BaseException:
        for process in (pool._processes or {}).values():  # noqa: SLF001 - only Python 3.14 has terminate_workers()
            process.terminate()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


@contextlib.contextmanager
def _hold_interrupts() -> Iterator[None]:
    """Hold Ctrl-C back while processes are started: they inherit a blocked signal.

    Blocking alone is not enough here: it holds for this thread, and numpy starts others that would receive the signal.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    interrupts: list[int] = []
    before = signal.signal(signal.SIGINT, lambda number, _frame: interrupts.append(number))
    can_block = hasattr(signal, "pthread_sigmask")
    mask = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT}) if can_block else set()
    try:
        yield
    finally:
        if can_block:
            signal.pthread_sigmask(signal.SIG_SETMASK, mask)
        signal.signal(signal.SIGINT, before)
    if interrupts:
        signal.raise_signal(signal.SIGINT)


def _prepare_process(language: str) -> None:
    """Speak the parent's language, ignore Ctrl-C, and end this process when its parent ends, for whatever reason."""
    set_language(language)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_exit_after, args=(parent.sentinel,), daemon=True).start()


def _exit_after(sentinel: int) -> None:
    connection.wait([sentinel])
    os._exit(1)


def check_each(files: Sequence[Path]) -> Iterator[session_check.CheckResult]:
    """Check files, in their order: many of them in several processes."""
    if len(files) < MIN_FILES or count_processors() == 1:
        return map(session_check.check_session_for_cache, files)
    return run_in_parallel(session_check.check_session_for_cache, files)

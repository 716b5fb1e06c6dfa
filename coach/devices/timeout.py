"""Work outside of Python that may never come back, done with a limit."""

from collections.abc import Callable
from concurrent.futures import Future
from threading import Thread
from typing import TypeVar

ReturnValue = TypeVar("ReturnValue")


def run_with_timeout(limit_s: float, work: Callable[[], ReturnValue]) -> ReturnValue:
    """What comes of some work, which is left behind in a thread of its own when it takes too long.

    Raises:
        TimeoutError: It took too long. It may still be done later, and does not keep the program from ending.
    """
    future: Future[ReturnValue] = Future()

    def do() -> None:
        try:
            future.set_result(work())
        except BaseException as error:  # noqa: BLE001 - raised again where it is waited for
            future.set_exception(error)

    Thread(target=do, daemon=True).start()
    return future.result(limit_s)

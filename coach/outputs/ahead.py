"""Work done ahead in a thread of its own."""

from collections import deque
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from typing import TypeVar

_Item = TypeVar("_Item")
_Result = TypeVar("_Result")

_DEPTH = 4


def ahead(work: Callable[[_Item], _Result], items: Iterable[_Item]) -> Iterator[_Result]:
    """``map(work, items)``, with the work done in one other thread while this one makes the next items.

    At most a handful of items wait, so memory stays flat. An error from either side reaches the caller, and the
    thread has ended by then.
    """
    with ThreadPoolExecutor(max_workers=1, thread_name_prefix="ahead") as pool:
        waiting: deque[Future[_Result]] = deque()
        for item in items:
            waiting.append(pool.submit(work, item))
            if len(waiting) > _DEPTH:
                yield waiting.popleft().result()
        for future in waiting:
            yield future.result()

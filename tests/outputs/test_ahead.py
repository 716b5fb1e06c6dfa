import threading
from collections.abc import Iterator

import pytest

from coach.outputs.ahead import ahead


def names_of_threads() -> list[str]:
    return [thread.name for thread in threading.enumerate() if thread.name.startswith("ahead")]


def test_gives_every_result_in_order() -> None:
    assert list(ahead(lambda number: number * number, range(100))) == [number * number for number in range(100)]


def test_works_in_one_other_thread_that_ends_with_it() -> None:
    workers = set(ahead(lambda _: threading.current_thread().name, range(20)))
    assert workers == {"ahead_0"}
    assert names_of_threads() == []


def test_takes_only_a_handful_of_items_before_the_first_result() -> None:
    taken: list[int] = []

    def items() -> Iterator[int]:
        for number in range(1000):
            taken.append(number)
            yield number

    results = ahead(str, items())
    assert next(results) == "0"
    assert len(taken) == 5


def test_a_failure_of_the_work_reaches_the_caller() -> None:
    with pytest.raises(ZeroDivisionError):
        list(ahead(lambda number: 1 // number, [3, 2, 1, 0, 1, 2, 3, 4, 5, 6]))
    assert names_of_threads() == []


def test_a_failure_of_the_items_reaches_the_caller() -> None:
    def items() -> Iterator[int]:
        yield 1
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        list(ahead(str, items()))
    assert names_of_threads() == []

"""States sent to pages, whenever they ask."""

import threading
from typing import Any

from coach.watch.publisher import NEVER, LiveState


def contents(title: str, *problems: str) -> dict[str, Any]:
    return {"title": title, "problems": list(problems)}


def test_at_first_there_are_no_contents_and_no_problems() -> None:
    live_state = LiveState()
    assert live_state.get_latest() == (0, {"problems": ()})
    assert live_state.wait_for_newer(NEVER, 0.0) == (0, {"problems": ()})
    assert live_state.wait_for_newer(0, 0.0) is None


def test_a_reader_of_an_earlier_state_gets_the_latest_whole() -> None:
    live_state = LiveState()
    live_state.show(contents("one"))
    live_state.show(contents("two"))
    assert live_state.wait_for_newer(NEVER, 0.0) == (2, contents("two"))
    assert live_state.wait_for_newer(1, 0.0) == (2, contents("two"))
    assert live_state.wait_for_newer(2, 0.0) is None
    assert live_state.wait_for_newer(99, 0.0) == (2, contents("two"))


def test_a_reader_of_the_whole_gets_only_the_new_problems() -> None:
    live_state = LiveState()
    live_state.show(contents("one"))
    live_state.set_problems(["no"])
    assert live_state.wait_for_newer(1, 0.0) == (2, {"problems": ["no"]})
    assert live_state.wait_for_newer(0, 0.0) == (2, contents("one", "no"))
    assert live_state.get_latest() == (2, contents("one", "no"))


def test_fixed_it_is_sent_whole_even_if_it_is_as_before() -> None:
    live_state = LiveState()
    live_state.show(contents("one"))
    live_state.set_problems(["no"])
    live_state.show(contents("one"))
    assert live_state.wait_for_newer(2, 0.0) == (3, contents("one"))


def test_an_equal_state_gets_no_new_number() -> None:
    live_state = LiveState()
    live_state.show(contents("one", "hm"))
    live_state.show(contents("one", "hm"))
    live_state.set_problems(["hm"])
    assert live_state.get_latest() == (1, contents("one", "hm"))


def test_a_waiting_reader_is_woken_at_once() -> None:
    live_state = LiveState()
    received: list[object] = []
    waiting = threading.Thread(target=lambda: received.append(live_state.wait_for_newer(0, 60.0)))
    waiting.start()
    live_state.show(contents("one"))
    waiting.join()
    assert received == [(1, contents("one"))]


def test_closing_wakes_waiting_readers() -> None:
    live_state = LiveState()
    received: list[object] = []
    waiting = threading.Thread(target=lambda: received.append(live_state.wait_for_newer(0, 60.0)))
    waiting.start()
    live_state.close()
    waiting.join()
    assert (received, live_state.is_closed) == ([None], True)

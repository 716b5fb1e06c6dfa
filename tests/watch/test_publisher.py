"""What pages are told, whenever they come."""

import threading
from typing import Any

from coach.watch.publisher import NEVER, LiveState


def contents(title: str, *problems: str) -> dict[str, Any]:
    return {"title": title, "problems": list(problems)}


def test_at_first_there_is_nothing_to_show_and_nothing_wrong() -> None:
    live_state = LiveState()
    assert live_state.now() == (0, {"problems": ()})
    assert live_state.wait_for_newer(NEVER, 0.0) == (0, {"problems": ()})
    assert live_state.wait_for_newer(0, 0.0) is None


def test_who_has_seen_an_earlier_state_is_told_the_latest_whole() -> None:
    live_state = LiveState()
    live_state.show(contents("one"))
    live_state.show(contents("two"))
    assert live_state.wait_for_newer(NEVER, 0.0) == (2, contents("two"))
    assert live_state.wait_for_newer(1, 0.0) == (2, contents("two"))
    assert live_state.wait_for_newer(2, 0.0) is None
    assert live_state.wait_for_newer(99, 0.0) == (2, contents("two"))


def test_who_has_seen_the_session_whole_is_told_only_what_is_wrong_now() -> None:
    live_state = LiveState()
    live_state.show(contents("one"))
    live_state.set_problems(["no"])
    assert live_state.wait_for_newer(1, 0.0) == (2, {"problems": ["no"]})
    assert live_state.wait_for_newer(0, 0.0) == (2, contents("one", "no"))
    assert live_state.now() == (2, contents("one", "no"))


def test_mended_it_is_whole_again_even_if_it_is_as_it_was() -> None:
    live_state = LiveState()
    live_state.show(contents("one"))
    live_state.set_problems(["no"])
    live_state.show(contents("one"))
    assert live_state.wait_for_newer(2, 0.0) == (3, contents("one"))


def test_what_changes_nothing_is_no_news() -> None:
    live_state = LiveState()
    live_state.show(contents("one", "hm"))
    live_state.show(contents("one", "hm"))
    live_state.set_problems(["hm"])
    assert live_state.now() == (1, contents("one", "hm"))


def test_who_waits_is_told_at_once() -> None:
    live_state = LiveState()
    told: list[object] = []
    waiting = threading.Thread(target=lambda: told.append(live_state.wait_for_newer(0, 60.0)))
    waiting.start()
    live_state.show(contents("one"))
    waiting.join()
    assert told == [(1, contents("one"))]


def test_who_waits_is_let_go_in_the_end() -> None:
    live_state = LiveState()
    told: list[object] = []
    waiting = threading.Thread(target=lambda: told.append(live_state.wait_for_newer(0, 60.0)))
    waiting.start()
    live_state.close()
    waiting.join()
    assert (told, live_state.is_closed) == ([None], True)

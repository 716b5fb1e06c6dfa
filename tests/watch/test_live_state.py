"""What pages are told, whenever they come."""

import threading
from typing import Any

from coach.watch.publisher import NEVER, LiveState


def contents(title: str, *problems: str) -> dict[str, Any]:
    return {"title": title, "problems": list(problems)}


def test_at_first_there_is_nothing_to_show_and_nothing_wrong() -> None:
    board = LiveState()
    assert board.now() == (0, {"problems": ()})
    assert board.after(NEVER, 0.0) == (0, {"problems": ()})
    assert board.after(0, 0.0) is None


def test_who_has_seen_an_earlier_state_is_told_the_latest_whole() -> None:
    board = LiveState()
    board.show(contents("one"))
    board.show(contents("two"))
    assert board.after(NEVER, 0.0) == (2, contents("two"))
    assert board.after(1, 0.0) == (2, contents("two"))
    assert board.after(2, 0.0) is None
    assert board.after(99, 0.0) == (2, contents("two"))


def test_who_has_seen_the_session_whole_is_told_only_what_is_wrong_now() -> None:
    board = LiveState()
    board.show(contents("one"))
    board.complain(["no"])
    assert board.after(1, 0.0) == (2, {"problems": ["no"]})
    assert board.after(0, 0.0) == (2, contents("one", "no"))
    assert board.now() == (2, contents("one", "no"))


def test_mended_it_is_whole_again_even_if_it_is_as_it_was() -> None:
    board = LiveState()
    board.show(contents("one"))
    board.complain(["no"])
    board.show(contents("one"))
    assert board.after(2, 0.0) == (3, contents("one"))


def test_what_changes_nothing_is_no_news() -> None:
    board = LiveState()
    board.show(contents("one", "hm"))
    board.show(contents("one", "hm"))
    board.complain(["hm"])
    assert board.now() == (1, contents("one", "hm"))


def test_who_waits_is_told_at_once() -> None:
    board = LiveState()
    told: list[object] = []
    waiting = threading.Thread(target=lambda: told.append(board.after(0, 60.0)))
    waiting.start()
    board.show(contents("one"))
    waiting.join()
    assert told == [(1, contents("one"))]


def test_who_waits_is_let_go_in_the_end() -> None:
    board = LiveState()
    told: list[object] = []
    waiting = threading.Thread(target=lambda: told.append(board.after(0, 60.0)))
    waiting.start()
    board.close()
    waiting.join()
    assert (told, board.is_closed) == ([None], True)

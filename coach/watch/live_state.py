"""What pages are told: the session as it was when it was last whole, and what is wrong with it now."""

import threading
from collections.abc import Mapping, Sequence
from typing import Any

Message = Mapping[str, Any]

NEVER = -1

"""The number of no state."""


class LiveState:
    """The latest state, numbered, for any number of readers, each of whom may have seen an earlier one or none.

    What changes nothing is no news.
    """

    def __init__(self) -> None:
        self._news = threading.Condition()
        self._number = 0
        self._whole_number = 0
        self._whole: Message = {}
        self._problems: Sequence[Any] = ()
        self._closed = False

    def show(self, contents: Message) -> None:
        """The session is whole: what pages show of it, as `coach.charts.html_page.page_contents` makes it."""
        with self._news:
            if self._whole != contents or self._problems != contents["problems"]:
                self._number += 1
                self._whole_number, self._whole, self._problems = self._number, contents, contents["problems"]
                self._news.notify_all()

    def complain(self, problems: Sequence[Any]) -> None:
        """The session cannot be heard as it is; what was shown last stays."""
        with self._news:
            if self._problems != problems:
                self._number += 1
                self._problems = problems
                self._news.notify_all()

    def now(self) -> tuple[int, Message]:
        """The number of the state, and all of it."""
        with self._news:
            return self._number, {**self._whole, "problems": self._problems}

    def after(self, number: int, wait_s: float) -> tuple[int, Message] | None:
        """The number of the state, and what of it is new to who has seen this number; None if nothing is after a while.

        Args:
            number: of the last state that was seen, or `NEVER`.
            wait_s: how long to wait for news.
        """
        with self._news:
            self._news.wait_for(lambda: self._closed or number != self._number, wait_s)
            if number == self._number:
                return None
            if self._whole_number <= number < self._number:
                return self._number, {"problems": self._problems}
            return self._number, {**self._whole, "problems": self._problems}

    @property
    def is_closed(self) -> bool:
        """Whether no news will come."""
        return self._closed

    def close(self) -> None:
        """Let go of all who wait."""
        with self._news:
            self._closed = True
            self._news.notify_all()

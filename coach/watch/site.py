"""What there is to be visited: the news, the sounds, and by which names one may ask for them."""

import re
import secrets
from dataclasses import dataclass, field

from coach.watch.board import NEVER, Board
from coach.watch.shelf import Shelf

ADDRESS = "127.0.0.1"
_NAMES = (ADDRESS, "localhost")
_PORT_OF_HTTP = 80
_SEEN = re.compile(r"([0-9a-f]+)\.([0-9]{1,15})")


@dataclass(frozen=True, kw_only=True, slots=True)
class Site:
    """All of it. ``of_this_run`` tells it from any that was ever to be visited at the same address."""

    board: Board
    shelf: Shelf
    of_this_run: str = field(default_factory=lambda: secrets.token_hex(4))

    def is_called(self, host: str | None, port: int) -> bool:
        """Whether a visitor means us. Who says another name was led here by a page of someone else's."""
        names = {f"{name}:{port}" for name in _NAMES} | (set(_NAMES) if port == _PORT_OF_HTTP else set())
        return host in names

    def mark(self, number: int) -> str:
        """A state of the board, for a page to tell which one it has seen."""
        return f"{self.of_this_run}.{number}"

    def marked(self, mark: str) -> int:
        """The number of the state that a page has seen."""
        seen = _SEEN.fullmatch(mark)
        return int(seen[2]) if seen and seen[1] == self.of_this_run else NEVER

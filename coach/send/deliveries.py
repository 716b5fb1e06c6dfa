"""Deliveries: which phone has which bytes of which file, and since when nothing has been sent."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from coach.http.byte_range import ByteRange
from coach.translation import _, mark_message

# What browsers call the systems they run on; an iPad's says that it is a Mac.
_DEVICES = {
    "iPhone": "iPhone",
    "iPad": "iPad",
    "Android": mark_message("Android phone"),
    "Windows": mark_message("Windows computer"),
    "Macintosh": "Mac",
    "Linux": mark_message("Linux computer"),
}
_OTHER_DEVICE = mark_message("device")


def name_device(user_agent: str) -> str:
    """Name a device by what its browser says."""
    return _(next((name for sign, name in _DEVICES.items() if sign in user_agent), _OTHER_DEVICE))


@dataclass(kw_only=True, slots=True)
class Delivery:
    """A file on its way to a phone; ``pieces`` are the ranges that it has, in order, none touching another."""

    phone: str
    name: str
    size_bytes: int
    pieces: list[ByteRange] = field(default_factory=list)

    @property
    def received_bytes(self) -> int:
        """How many different bytes of the file have been sent."""
        return sum(piece.end - piece.start for piece in self.pieces)

    @property
    def is_complete(self) -> bool:
        """Whether the phone has all of it."""
        return self.received_bytes >= self.size_bytes

    def add(self, piece: ByteRange) -> None:
        """Add a range that was sent."""
        joined: list[ByteRange] = []
        for each in sorted([*self.pieces, piece], key=lambda piece: piece.start):
            if joined and each.start <= joined[-1].end:
                joined[-1] = ByteRange(start=joined[-1].start, end=max(joined[-1].end, each.end))
            else:
                joined.append(each)
        self.pieces = joined


class DeliveryLog:
    """What has been sent, for any number of threads that send and one that shows it.

    Attributes:
        phones: the phones that opened the page, each once.
    """

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._deliveries: dict[tuple[str, str], Delivery] = {}
        self._active = 0
        self._last_s = clock()
        self.phones: tuple[str, ...] = ()

    def visit(self, address: str, user_agent: str) -> str:
        """Record that a phone asked for something; return its name."""
        phone = f"{name_device(user_agent)} {address}"
        with self._lock:
            self._last_s = self._clock()
            if phone not in self.phones:
                self.phones = (*self.phones, phone)
        return phone

    @contextmanager
    def send(self) -> Iterator[None]:
        """Count something as being sent meanwhile."""
        with self._lock:
            self._active += 1
        try:
            yield
        finally:
            with self._lock:
                self._active -= 1
                self._last_s = self._clock()

    def begin(self, phone: str, name: str, size_bytes: int, tag: str) -> Delivery:
        """Find the delivery of a version of a file to a phone, as it may go on after a break; else begin one."""
        with self._lock:
            new = Delivery(phone=phone, name=name, size_bytes=size_bytes)
            return self._deliveries.setdefault((phone, tag), new)

    def add(self, delivery: Delivery, piece: ByteRange) -> None:
        """Record that a range was sent."""
        with self._lock:
            delivery.add(piece)

    def list_deliveries(self) -> tuple[Delivery, ...]:
        """List the deliveries that have begun, in that order."""
        with self._lock:
            return tuple(self._deliveries.values())

    def measure_idle_s(self) -> float:
        """Measure for how long nothing has been sent or asked for."""
        with self._lock:
            return 0.0 if self._active else self._clock() - self._last_s

"""Reconnecting a device: open it, notice when it is lost, and open one again when there is one."""

import logging
import math
from collections.abc import Callable, Sequence

from coach.devices.device import Device, LiveBackend, LiveOutput, Pull, choose_device
from coach.errors import CoachError
from coach.units import seconds_to_frames

RETRY_S = 1.0
_LOG = logging.getLogger(__name__)


class ReconnectingDevice:
    """A playback device that may be lost and come back.

    The sound never moves by itself to a device that was there all along, such as the loudspeaker of a laptop when a
    headset goes off. The lost device is waited for; one that is newly connected, and the default, is taken, too.

    Args:
        backend: opens devices.
        device: a device's name, or a part that matches no other; None for the default.
        rate_hz: the rate to play at.
        pull: gives it its samples.
        clock: a monotonic clock, in seconds.

    Raises:
        UsageError: there is no such device.
        ExternalError: it refused.
    """

    def __init__(
        self, backend: LiveBackend, device: str | None, rate_hz: int, pull: Pull, clock: Callable[[], float]
    ) -> None:
        self._backend = backend
        self._rate_hz = rate_hz
        self._pull = pull
        self._clock = clock
        self._last_try_s = clock()
        self._output: LiveOutput | None = None
        self._name = ""
        self._known: frozenset[str] = frozenset()
        self._accepts_any = False
        self._latency_s = 0.0
        self._start_output(device)

    @property
    def is_open(self) -> bool:
        """Whether a device is open."""
        return self._output is not None

    def get_latency_frames(self, rate_hz: int) -> int:
        """Return the frames from pulling to hearing, also of a device that was just lost."""
        return seconds_to_frames(self._latency_s, rate_hz)

    def check_lost(self) -> bool:
        """Check whether the device was lost since the last check; if so, release it.

        Raises:
            Exception: what the pull raised, which is no fault of the device.
        """
        if self._output is None or not self._output.lost:
            return False
        if self._output.fault is not None:
            raise self._output.fault
        _LOG.warning("the device was lost")
        self._output.close()
        self._output = None
        self._last_try_s = self._clock()
        return True

    def accept_any(self) -> None:
        """Open the default device at the next try, whichever it is, if the lost one is not back."""
        self._accepts_any = True
        self._last_try_s = -math.inf

    def try_reopen(self, prepare: Callable[[], None]) -> bool:
        """Try once per `RETRY_S` to open a device again; ``prepare`` is called before it starts to pull."""
        if self._output is not None or self._clock() - self._last_try_s < RETRY_S:
            return False
        self._last_try_s = self._clock()
        try:
            name = self._find_next()
            if name is None:
                return False
            self._start_output(name, prepare)
        except CoachError:
            return False
        _LOG.info("the device is back" if name == self._name else "another device is used instead")
        return True

    def close(self) -> None:
        """Release the device."""
        output, self._output = self._output, None
        if output is not None:
            output.close()

    def _find_next(self) -> str | None:
        """Find the name of the device to open instead of the lost one; None to go on waiting."""
        found: tuple[Device, ...] = ()
        try:
            found = self._backend.list_devices()
        finally:  # one that is gone meanwhile is newly connected when it comes back
            known, self._known = self._known, self._known & {each.name for each in found}
        if any(each.name == self._name for each in found):
            return self._name
        default = _find_default(found)
        return default.name if self._accepts_any or default.name not in known else None

    def _start_output(self, device: str | None, prepare: Callable[[], None] | None = None) -> None:
        found = self._backend.list_devices()
        output = self._backend.open(device, self._rate_hz)
        if prepare is not None:
            prepare()
        try:
            output.start(self._pull)
        except CoachError:
            output.close()
            raise
        self._output, self._latency_s = output, output.latency_s
        names = [each.name for each in found]
        self._name = _find_default(found).name if device is None else names[choose_device(device, names)]
        self._known, self._accepts_any = frozenset(names), False


def _find_default(found: Sequence[Device]) -> Device:
    return next((each for each in found if each.is_default), found[0])

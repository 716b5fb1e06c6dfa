"""Reconnecting a device: open it, notice when it is lost, and open one again when there is one."""

import logging
from collections.abc import Callable

from coach.devices.device import LiveOutput, Pull
from coach.errors import CoachError
from coach.units import seconds_to_frames

RETRY_S = 1.0
_LOG = logging.getLogger(__name__)


class ReconnectingDevice:
    """A playback device that may be lost and come back.

    Args:
        open_output: opens the device.
        pull: gives it its samples.
        clock: a monotonic clock, in seconds.

    Raises:
        UsageError: there is no such device.
        ExternalError: it refused.
    """

    def __init__(self, open_output: Callable[[], LiveOutput], pull: Pull, clock: Callable[[], float]) -> None:
        self._open = open_output
        self._pull = pull
        self._clock = clock
        self._last_try_s = clock()
        self._output: LiveOutput | None = None
        self._latency_s = 0.0
        self._start()

    @property
    def is_open(self) -> bool:
        """Whether a device is open."""
        return self._output is not None

    def latency_frames(self, rate_hz: int) -> int:
        """The frames from pulling to hearing, also of a device that was just lost."""
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

    def try_reopen(self, prepare: Callable[[], None]) -> bool:
        """Try once per `RETRY_S` to open a lost device again; ``prepare`` is called before it starts to pull."""
        if self._output is not None or self._clock() - self._last_try_s < RETRY_S:
            return False
        self._last_try_s = self._clock()
        try:
            self._start(prepare)
        except CoachError:
            return False
        _LOG.info("the device is back")
        return True

    def close(self) -> None:
        """Release the device."""
        output, self._output = self._output, None
        if output is not None:
            output.close()

    def _start(self, prepare: Callable[[], None] | None = None) -> None:
        output = self._open()
        if prepare is not None:
            prepare()
        try:
            output.start(self._pull)
        except CoachError:
            output.close()
            raise
        self._output, self._latency_s = output, output.latency_s

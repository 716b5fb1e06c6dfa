"""A device opened by miniaudio: real, or miniaudio's clock without sound."""

import os
from collections.abc import Generator, Sequence
from contextlib import suppress
from threading import Lock
from typing import Any

import miniaudio

from coach.errors import OutsideError
from coach.outputs.asking import Asking
from coach.outputs.live import CHANNELS, Pull
from coach.outputs.patience import within
from coach.sounds.clip import Samples

PERIOD_S = 0.08
PERIODS = 2
SERVED_PERIOD_S = 0.02
"""A sound server is given samples in small portions, as soon as it has room: what it asks for last is heard soonest."""

OPENING_S = 5.0
CLOSING_S = 2.0

_SERVED_BUFFER_MS = 200
"""What lies ready at a sound server. On a busy machine it comes for more late; with 100 ms it sometimes had nothing
left, and with more than this a key would be felt late."""

_BUFFER_VARIABLE = "PULSE_LATENCY_MSEC"
"""By which PulseAudio's library is told that; miniaudio itself would have no more lie ready than one period."""

_UNASKED_S = 0.05
"""How long PulseAudio plays on before it asks again, measured on a null sink: so what it asks for is heard after 150 to
200 ms."""


def _latency_s(backend: str) -> float:
    """From pulling to hearing.

    The clock without sound takes what it pulls at once. Devices without a server play what is in the buffer before it.
    """
    if backend == "PulseAudio":
        return _SERVED_BUFFER_MS / 1000 - _UNASKED_S / 2
    return 0.0 if backend == "Null" else (PERIODS - 1) * PERIOD_S


class SoundCard:
    """An open device. See ``LiveOutput``."""

    def __init__(self, playback: miniaudio.PlaybackDevice) -> None:
        self.latency_s = _latency_s(playback.backend)
        self._playback = playback
        self._asking: Asking | None = None
        self._closed = False
        self._closing = Lock()

    @property
    def lost(self) -> bool:
        """Whether the device has stopped asking. miniaudio's own word that it stopped does not come."""
        return self._asking is not None and self._asking.lost

    @property
    def fault(self) -> Exception | None:
        """What the pull raised."""
        return None if self._asking is None else self._asking.fault

    def start(self, pull: Pull) -> None:
        """Begin to ask for samples."""
        self._asking = Asking(pull)
        answers = _answers(self._asking)
        next(answers)
        try:
            within(OPENING_S, lambda: self._playback.start(answers))
        except (miniaudio.MiniaudioError, TimeoutError) as error:
            raise OutsideError(
                "the sound device does not start", help="look whether it is on; 'coach devices' lists them all"
            ) from error

    def close(self) -> None:
        """Let the device go; if its server hangs, leave that to itself."""
        with self._closing:
            closed, self._closed = self._closed, True
        if not closed:
            with suppress(TimeoutError):
                within(CLOSING_S, lambda: _let_go(self._playback))


def opened(
    backends: Sequence[miniaudio.Backend],
    rate_hz: int,
    device_id: Any = None,  # noqa: ANN401 - C's
    *,
    period_s: float = PERIOD_S,
) -> SoundCard:
    """Open a device by miniaudio's id for it; None is the default.

    Raises:
        miniaudio.MiniaudioError: The device refused.
    """
    os.environ[_BUFFER_VARIABLE] = str(_SERVED_BUFFER_MS)
    playback = miniaudio.PlaybackDevice(
        output_format=miniaudio.SampleFormat.FLOAT32,
        nchannels=CHANNELS,
        sample_rate=rate_hz,
        buffersize_msec=round(period_s * 1000),
        callback_periods=PERIODS,
        device_id=device_id,
        backends=list(backends),
        thread_prio=miniaudio.ThreadPriority.REALTIME,  # where the system allows it; elsewhere as any thread
        app_name="coach",
    )
    return SoundCard(playback)


def _answers(asking: Asking) -> Generator[Samples | bytes, int, None]:
    """The form in which miniaudio asks."""
    frames = yield b""
    while True:
        frames = yield asking(frames)


def _let_go(playback: miniaudio.PlaybackDevice) -> None:
    playback.close()
    # miniaudio leaves this open, and with it a connection to the sound server for every device ever opened
    miniaudio.lib.ma_context_uninit(playback._context)  # noqa: SLF001 - there is no other way to it

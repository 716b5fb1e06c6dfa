"""Hours of playing, as fast as they can be pulled, with a request every minute and a lost device every half hour.

Prints the memory of this process in MB when ten minutes have been heard and at the end, and the frames missed.
"""

import itertools
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import bench_speed

sys.path.insert(0, str(Path(__file__).parents[1] / "tests"))  # where sessions are timed, and a voice hums

import humming_soundbank
import session_texts

from coach.devices.device import Device, Pull
from coach.devices.reconnecting_device import ReconnectingDevice
from coach.play.playback_buffer import PlaybackBuffer
from coach.play.playback_session import PlaybackSession
from coach.play.sample_sources import play_floor
from coach.sounds.beds import FLOOR

PERIOD_FRAMES = 4800
MINUTE_FRAMES = 60 * humming_soundbank.RATE_HZ
EARLY_MINUTES = 10
LOST_EVERY_MINUTES = 30


class Tireless:
    """A device that forgets what it was given."""

    latency_s = 0.08
    fault = None

    def __init__(self) -> None:
        self.lost = False
        self._pull: Pull | None = None

    def start(self, pull: Pull) -> None:
        """Be ready to ask."""
        self._pull = pull

    def close(self) -> None:
        """Never ask again."""
        self._pull = None

    def ask(self) -> None:
        """Pull for a tenth of a second."""
        if self._pull is not None and not self.lost:
            self._pull(PERIOD_FRAMES)


def main(hours: float) -> None:
    """Play it all."""
    devices: list[Tireless] = []

    class Backend:
        """The only device there is."""

        def list_devices(self) -> tuple[Device, ...]:
            """List it."""
            return (Device(name="tireless", is_default=True),)

        def open(self, _device: str | None, _rate_hz: int) -> Tireless:
            """Open it."""
            devices[:] = [Tireless()]
            return devices[0]

    clock_s = itertools.count(step=PERIOD_FRAMES / humming_soundbank.RATE_HZ)
    buffer = PlaybackBuffer(
        humming_soundbank.RATE_HZ, play_floor(humming_soundbank.BANK.get_bed(FLOOR), humming_soundbank.RATE_HZ)
    )
    buffer.fill()
    device = ReconnectingDevice(Backend(), None, humming_soundbank.RATE_HZ, buffer.pull, lambda: next(clock_s))
    with TemporaryDirectory() as folder:
        plan = session_texts.planned(Path(folder), bench_speed.LONG.replace("length: 30m", f"length: {hours:g}h"))
    run = PlaybackSession(plan, humming_soundbank.BANK, buffer, device)
    run.begin(0.0)
    requests: Iterator[Callable[[], None]] = itertools.cycle(
        [
            lambda: run.change_cadence(2.0),
            lambda: run.change_ticks(-2.0),
            run.toggle_pause,
            run.toggle_pause,
            lambda: run.change_cadence(-2.0),
            run.cycle_guidance,
            lambda: run.change_ticks(2.0),
        ]
    )
    early_mb = 0.0
    for pull in itertools.count():
        if run.is_over:
            break
        minute, within = divmod(pull * PERIOD_FRAMES, MINUTE_FRAMES)
        if not within and minute:
            next(requests)()
        devices[0].lost = devices[0].lost or not (within or minute % LOST_EVERY_MINUTES or not minute)
        run.update()
        run.get_status()
        devices[0].ask()
        if minute == EARLY_MINUTES and not within:
            early_mb = _memory_mb()
    print(early_mb, _memory_mb(), buffer.missed_frames)


def _memory_mb() -> float:
    (line,) = (line for line in Path("/proc/self/status").read_text().splitlines() if line.startswith("VmRSS"))
    return int(line.split()[1]) / 1024


if __name__ == "__main__":
    main(float(sys.argv[1]))

"""A playback session on a fake device that a test drives: an hour takes as long as mixing it."""

import numpy as np
from fake_device import FakeBackend
from humming_soundbank import BANK, RATE_HZ

from coach.audio.soundbank import SoundSource
from coach.devices.reconnecting_device import ReconnectingDevice
from coach.play.playback_buffer import PlaybackBuffer
from coach.play.playback_session import PlaybackSession
from coach.play.sample_sources import play_floor
from coach.sounds.beds import FLOOR
from coach.sounds.clip import Samples
from coach.timeline.schedule import Plan

PERIOD_FRAMES = 1920  # 40 ms


class Rig:
    """A plan in a buffer on a fake device."""

    def __init__(self, plan: Plan, *, delay_s: float = 0.0, latency_s: float = 0.08, bank: SoundSource = BANK) -> None:
        self.now_s = 0.0
        self.backend = FakeBackend(latency_s=latency_s)
        self.buffer = PlaybackBuffer(RATE_HZ, play_floor(BANK.get_bed(FLOOR), RATE_HZ))
        self.buffer.fill()
        device = ReconnectingDevice(self.backend, None, RATE_HZ, self.buffer.pull, lambda: self.now_s)
        self.session = PlaybackSession(plan, bank, self.buffer, device)
        self.session.begin(delay_s)

    def listen(self, seconds: float) -> Samples:
        """Let so much time pass; what is heard in it, (frames, 2)."""
        before = sum(device.pulled.shape[0] for device in self.backend.opened)
        left = round(seconds * RATE_HZ)
        while left:
            frames = min(left, PERIOD_FRAMES)
            self.session.update()
            self.now_s += frames / RATE_HZ
            for device in self.backend.opened:
                device.pull(frames)
            left -= frames
        self.session.update()
        return self.heard[before:]

    @property
    def heard(self) -> Samples:
        """All that was heard on any device."""
        return np.concatenate([device.pulled for device in self.backend.opened])

    @property
    def state(self) -> str:
        """What the runner sees."""
        return self.session.get_status().state

    @property
    def position_s(self) -> float:
        """Where the runner hears it is."""
        return self.session.get_status().position_s

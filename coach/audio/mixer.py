"""Mixer: from a timeline to samples, block by block, with ducking and fades, for files and devices alike.

Mixing is a pure function of the timeline and the frame: it can begin anywhere, and gives the same samples whatever
the size of the blocks. Only the clips that are playing are held in memory.
"""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from coach.audio.soundbank import SoundSource
from coach.sounds.clip import Samples
from coach.sounds.file_bed import FileBed
from coach.timeline.timeline import Bed, Event, Speech, Tick, Timeline
from coach.units import db_to_gain, seconds_to_frames

FrameSpan = tuple[int, int]


class Envelope:
    """A gain envelope: 1 within its spans and 0 outside, with smooth ramps before the start and after the end of each.

    Spans whose ramps would overlap are joined, so that the gain never pumps between them. The ramps are a smoothstep,
    which has no corners.
    """

    def __init__(self, spans: Iterable[FrameSpan], *, rise_frames: int, fall_frames: int) -> None:
        points: list[int] = []
        for start, end in _join_spans(spans, rise_frames + fall_frames):
            points += [start - rise_frames, start, end, end + fall_frames]
        self._points = np.array(points, np.float64)
        self._heights = np.array([0.0, 1.0, 1.0, 0.0] * (len(points) // 4))

    def compute_gain(self, start: int, frames: int) -> NDArray[np.float32] | float:
        """Return the gain of each frame from ``start``: a plain number where it is constant, else (frames, 1)."""
        if not self._points.size:
            return 0.0
        first, last = np.searchsorted(self._points, (start, start + frames - 1), side="right")
        if first == last and first % 2 == 0:
            return 1.0 if first % 4 == 2 else 0.0  # noqa: PLR2004 - past two of a span's four points: on its plateau
        line = np.interp(np.arange(start, start + frames), self._points, self._heights)
        curve: NDArray[np.float32] = (line * line * (3.0 - 2.0 * line)).astype(np.float32)
        return curve[:, None]


def _join_spans(spans: Iterable[FrameSpan], apart: int) -> Iterable[FrameSpan]:
    current: FrameSpan | None = None
    for start, end in sorted(spans):
        if current is not None and start - current[1] <= apart:
            current = (current[0], max(current[1], end))
            continue
        if current is not None:
            yield current
        current = (start, end)
    if current is not None:
        yield current


CHANNELS = 2
BLOCK_S = 0.2
DUCKED_DB = -9.0
DUCK_RISE_S, DUCK_FALL_S = 0.3, 0.7
LEAD_IN_DB = 16.0
LEAD_IN_S, LEAD_OUT_S = 1.5, 1.0
QUIET_S = 4.0
TICK_ROOM_S = 2.0


@dataclass(slots=True, eq=False)
class _ActiveSound:
    """An event that has begun: where its samples start, and the samples."""

    start: int
    samples: Samples
    spoken: bool


class Mixer:
    """Mixes one timeline with the sounds of a bank, at a rate in Hz, in blocks of ``block_s`` seconds."""

    def __init__(self, timeline: Timeline, bank: SoundSource, rate_hz: int, *, block_s: float = BLOCK_S) -> None:
        self.rate_hz = rate_hz
        self.frames = self._to_frame(timeline.length_s)
        self._bank = bank
        self._block_frames = self._to_frame(block_s)
        self._beds = [event for event in timeline.events if isinstance(event, Bed)]
        self._events = [event for event in timeline.events if not isinstance(event, Bed)]
        speech = [self._find_span(event) for event in self._events if isinstance(event, Speech)]
        self._duck = Envelope(speech, rise_frames=self._to_frame(DUCK_RISE_S), fall_frames=self._to_frame(DUCK_FALL_S))
        quiet_ends = list(self._find_speech_after_quiet())
        self._lead_in = Envelope(
            quiet_ends, rise_frames=self._to_frame(LEAD_IN_S), fall_frames=self._to_frame(LEAD_OUT_S)
        )
        self._bed_envelopes = [self._shape_bed(bed) for bed in self._beds]

    def iter_blocks(self, start: int = 0) -> Iterator[Samples]:
        """Mix the session from frame ``start`` to its end, in blocks of float32 samples (frames, 2)."""
        active: list[_ActiveSound] = []
        events = self._iterate_events(start)
        event = next(events, None)
        while start < self.frames:
            frames = min(self._block_frames, self.frames - start)
            while event is not None and self._to_frame(event.start_s) < start + frames:
                active.append(self._begin(event))
                event = next(events, None)
            yield self._mix(active, start, frames)
            start += frames
            active = [sound for sound in active if sound.start + sound.samples.shape[0] > start]

    def _mix(self, active: Sequence[_ActiveSound], start: int, frames: int) -> Samples:
        voice = self._mix_floor(start, frames)
        under = self._mix_beds(start, frames)
        for sound in active:
            _add_sound(voice if sound.spoken else under, sound, start)
        ducked = np.asarray(self._duck.compute_gain(start, frames), np.float32)
        under *= np.exp(ducked * np.float32(math.log(db_to_gain(DUCKED_DB))))
        voice += under
        return voice

    def _mix_floor(self, start: int, frames: int) -> Samples:
        """Mix the noise floor that keeps a headset awake; it rises slightly before speech after a quiet stretch."""
        floor = self._bank.get_bed("floor").render(start, frames)
        return floor * (1.0 + np.float32(db_to_gain(LEAD_IN_DB) - 1.0) * self._lead_in.compute_gain(start, frames))

    def _mix_beds(self, start: int, frames: int) -> Samples:
        under = np.zeros((frames, CHANNELS), np.float32)
        for bed, envelope in zip(self._beds, self._bed_envelopes, strict=True):
            height = envelope.compute_gain(start, frames)
            if not isinstance(height, float) or height > 0.0:
                level = np.float32(height) * np.float32(db_to_gain(bed.gain_db))
                sound = self._bank.get_bed(bed.name)
                begin = self._to_frame(bed.start_s) if isinstance(sound, FileBed) else 0
                under += sound.render(start - begin, frames) * level
        return under

    def _shape_bed(self, bed: Bed) -> Envelope:
        start, end = self._find_span(bed)
        rise, fall = self._to_frame(bed.fade_in_s), self._to_frame(bed.fade_out_s)
        return Envelope([(start + rise, max(start + rise, end - fall))], rise_frames=rise, fall_frames=fall)

    def _begin(self, event: Event) -> _ActiveSound:
        return _ActiveSound(
            start=self._to_frame(event.start_s), samples=self._bank.get_sound(event), spoken=isinstance(event, Speech)
        )

    def _iterate_events(self, start: int) -> Iterator[Event]:
        """List the events audible from a frame on, in order, those that began before it included."""
        return (event for event in self._events if self._find_span(event)[1] > start)

    def _find_speech_after_quiet(self) -> Iterator[FrameSpan]:
        """Find the starts of speech that follows a quiet stretch."""
        quiet_from = -math.inf
        for event in self._events:
            start, end = self._find_span(event)
            if isinstance(event, Speech) and start - quiet_from >= self._to_frame(QUIET_S):
                yield start, start
            quiet_from = max(quiet_from, end)

    def _find_span(self, event: Event) -> FrameSpan:
        end_s = event.start_s + TICK_ROOM_S if isinstance(event, Tick) else event.end_s
        return self._to_frame(event.start_s), self._to_frame(end_s)

    def _to_frame(self, seconds: float) -> int:
        return seconds_to_frames(seconds, self.rate_hz)


def _add_sound(bus: NDArray[np.float32], sound: _ActiveSound, start: int) -> None:
    """Add the part of a sound that falls into a bus whose first frame is ``start``."""
    first = max(0, sound.start - start)
    skipped = max(0, start - sound.start)
    part = sound.samples[skipped : skipped + bus.shape[0] - first]
    bus[first : first + part.shape[0]] += part

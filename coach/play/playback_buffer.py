"""Playback buffer: samples mixed a little ahead, each with its position in the session.

Two threads meet here. The audio thread pulls and never waits for anything; the playback thread fills, and may at any
time crossfade to another source, discarding what was mixed ahead. Both measure time only in frames pulled.
"""

import threading
from collections import deque
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace

import numpy as np

from coach.sounds.clip import Samples, make_rise
from coach.units import seconds_to_frames

LEAD_S = 1.0
GUARD_S = 0.02
SPARE_S = 0.2
REMEMBERED_S = 2.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Piece:
    """Samples, (frames, 2), and the session's frame of the first of them; None where no session is playing."""

    samples: Samples
    frame: int | None

    @property
    def frames(self) -> int:
        """The number of frames."""
        return int(self.samples.shape[0])

    def skip(self, frames: int) -> "Piece":
        """Return what is left of it after that many frames."""
        return Piece(samples=self.samples[frames:], frame=None if self.frame is None else self.frame + frames)


SampleSource = Iterator[Piece]


@dataclass(frozen=True, kw_only=True, slots=True)
class SwitchPoint:
    """Where a new source begins to be heard: in the buffer's own count of frames, and in the session's."""

    at: int
    frame: int | None


@dataclass(frozen=True, slots=True)
class _Pulled:
    """Frames that were pulled; ``start`` is in the buffer's own count, ``frame`` the first of them in the session."""

    start: int
    frames: int
    frame: int | None


class PlaybackBuffer:
    """Plays sources one after the other."""

    def __init__(self, rate_hz: int, source: SampleSource) -> None:
        self.rate_hz = rate_hz
        self.missed_frames = 0
        self._guard = seconds_to_frames(GUARD_S, rate_hz)
        self._spare = seconds_to_frames(SPARE_S, rate_hz)
        self._remembered = seconds_to_frames(REMEMBERED_S, rate_hz)
        self._lock = threading.Lock()
        self._source = source
        self._queue: deque[Piece] = deque()
        self._queued = 0
        self._exhausted = False
        self._pulled = 0
        self._played = 0
        self._end: int | None = None
        self._history: deque[_Pulled] = deque()

    def pull(self, frames: int) -> Samples:
        """Take the next frames, (frames, 2): silent where none are ready, which counts as missed until the end."""
        out = np.zeros((frames, 2), np.float32)
        with self._lock:
            done = 0
            while done < frames and self._queue:
                piece = self._queue.popleft()
                taken = min(piece.frames, frames - done)
                out[done : done + taken] = piece.samples[:taken]
                self._history.append(_Pulled(self._pulled + done, taken, piece.frame))
                self._played += taken if piece.frame is not None else 0
                if taken < piece.frames:
                    self._queue.appendleft(piece.skip(taken))
                done += taken
            self._queued -= done
            self._count(done, frames)
        return out

    def _count(self, done: int, frames: int) -> None:
        if done < frames and not self._exhausted:
            self.missed_frames += frames - done
        if done < frames and self._exhausted and self._end is None:
            self._end = self._pulled + done
        self._pulled += frames
        while self._history and self._history[0].start < self._pulled - self._remembered:
            self._history.popleft()

    def fill(self, ahead_s: float = LEAD_S) -> None:
        """Mix ``ahead_s`` seconds ahead. Call it from the playback thread."""
        ahead = seconds_to_frames(ahead_s, self.rate_hz)
        while not self._exhausted and self._queued < ahead:
            piece = next(self._source, None)
            with self._lock:
                if piece is None:
                    self._exhausted = True
                else:
                    self._queue.append(piece)
                    self._queued += piece.frames

    def switch(self, make: Callable[[SwitchPoint], SampleSource], *, fade_s: float, skip_missed: bool) -> None:
        """Crossfade to another source as soon as possible. Call it from the playback thread.

        ``make`` returns the source for the point at which it will be heard. With ``skip_missed`` it continues at the
        same position, so frames missed while mixing are skipped.
        """
        with self._lock:
            at = self._pulled + min(self._guard, self._queued)
            frame = self._find_frame(at)
        source = make(SwitchPoint(at=at, frame=frame))
        fade = seconds_to_frames(fade_s, self.rate_hz)
        # Frames are pulled while this is mixed; however many, a whole fade and more of the new source must follow.
        fresh = _take(source, lambda: fade + self._spare + max(0, self._pulled - at))
        with self._lock:
            late = max(0, self._pulled - at)
            if skip_missed:
                fresh = _skip(fresh, late)
            tail = self._cut(at + late, fade)
            self._queue.extend(_crossfade(fresh, tail))
            self._queued = sum(piece.frames for piece in self._queue)
            self._source, self._exhausted, self._end = source, False, None

    def clear(self) -> None:
        """Discard what was mixed ahead for a device that has gone, so that the next source is heard at once."""
        with self._lock:
            self._queue.clear()
            self._queued = 0

    @property
    def pulled(self) -> int:
        """The number of frames pulled: the clock of a run."""
        return self._pulled

    @property
    def played(self) -> int:
        """The number of those frames that belong to the session."""
        return self._played

    def find_next_frame(self) -> int | None:
        """Return the session's frame that is pulled next; None where no session is playing."""
        with self._lock:
            return self._find_frame(self._pulled)

    def find_heard_frame(self, latency_frames: int) -> int | None:
        """Return the session's frame heard now, given the device's latency; None where no session is playing."""
        with self._lock:
            wanted = self._pulled - latency_frames
            for pulled in reversed(self._history):
                if pulled.start <= wanted:
                    return None if pulled.frame is None else pulled.frame + min(wanted - pulled.start, pulled.frames)
            return self._history[0].frame if self._history else None

    def is_over(self, latency_frames: int) -> bool:
        """Return whether the last frame has been heard."""
        with self._lock:
            return self._end is not None and self._pulled - self._end >= latency_frames

    def _find_frame(self, at: int) -> int | None:
        """Find the session's frame at the buffer's own frame ``at``, if that is queued or comes next."""
        start = self._pulled
        for piece in self._queue:
            if at < start + piece.frames:
                return None if piece.frame is None else piece.frame + at - start
            start += piece.frames
        last = self._queue[-1] if self._queue else None
        if last is None:
            newest = self._history[-1] if self._history else None
            return None if newest is None or newest.frame is None else newest.frame + newest.frames
        return None if last.frame is None else last.frame + last.frames

    def _cut(self, at: int, fade: int) -> Samples:
        """Discard all that is queued from ``at`` on; return its first ``fade`` frames, (fade, 2)."""
        kept: deque[Piece] = deque()
        tail = np.zeros((fade, 2), np.float32)
        start = self._pulled
        for piece in self._queue:
            inside = min(max(at - start, 0), piece.frames)
            if inside:
                kept.append(replace(piece, samples=piece.samples[:inside]))
            old = piece.samples[inside:]
            first = max(0, start + inside - at)
            length = max(0, min(old.shape[0], fade - first))
            tail[first : first + length] = old[:length]
            start += piece.frames
        self._queue = kept
        return tail


def _take(source: SampleSource, wanted: Callable[[], int]) -> list[Piece]:
    """Take pieces from a source until they have as many frames as are wanted by then, or slightly more."""
    taken: list[Piece] = []
    while sum(piece.frames for piece in taken) < wanted():
        piece = next(source, None)
        if piece is None:
            break
        taken.append(piece)
    return taken


def _skip(pieces: list[Piece], frames: int) -> list[Piece]:
    left: list[Piece] = []
    for piece in pieces:
        passed = min(frames, piece.frames)
        frames -= passed
        if passed < piece.frames:
            left.append(piece.skip(passed))
    return left


def _crossfade(fresh: list[Piece], tail: Samples) -> Iterator[Piece]:
    """Crossfade the old tail into the new pieces; where they are shorter, the rest of the tail follows."""
    fade = tail.shape[0]
    coming = make_rise(fade)[:, None].astype(np.float32)
    going = tail * (np.float32(1.0) - coming)
    start = 0
    for piece in fresh:
        overlap = min(piece.frames, max(0, fade - start))
        if overlap:
            samples = piece.samples.copy()
            samples[:overlap] = samples[:overlap] * coming[start : start + overlap] + going[start : start + overlap]
            yield replace(piece, samples=samples)
        else:
            yield piece
        start += piece.frames
    if start < fade:
        yield Piece(samples=going[start:], frame=None)

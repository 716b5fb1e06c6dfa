"""Long takes for tests: the lines of a session read aloud, each at a known time."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray
from scipy.signal import lfilter

from coach.services.session_preparation import plan_by_estimate
from coach.services.session_reading import SessionRequest
from coach.sounds.clip import Clip
from coach.units import db_to_gain
from coach.voice_recording.script_lines import ReadingScript, collect_lines
from coach.voice_recording.take_splitter import TakeCut
from coach.voices.speech_service import SpeechService

RATE_HZ = 48_000
Mono = NDArray[np.float32]


@dataclass(frozen=True, kw_only=True, slots=True)
class ReadingStyle:
    """How a script is read: pauses, variation of pace, room noise, and by line number what goes wrong."""

    seed: int = 1
    pauses_s: tuple[float, float] = (0.6, 3.0)
    varies: float = 0.12
    room_db: float = -55.0
    missing: tuple[int, ...] = ()
    twice: tuple[int, ...] = ()
    interrupted: tuple[int, ...] = ()
    coughs: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class LongTake:
    """A recording, and where each line is in it, in seconds; None for one that is missing."""

    clip: Clip
    places_s: tuple[tuple[float, float] | None, ...]


@dataclass(slots=True)
class _TakeBuilder:
    pieces: list[Mono] = field(default_factory=list)
    frames: int = 0

    def add(self, samples: Mono) -> tuple[float, float]:
        start = self.frames
        self.pieces.append(samples)
        self.frames += len(samples)
        return start / RATE_HZ, self.frames / RATE_HZ


def collect_script(session: str, language: str) -> ReadingScript:
    """Collect the lines of a session."""
    return collect_lines(plan_by_estimate(SessionRequest(session=session, language=language, values={})))


def speak_lines(script: ReadingScript, voice: str) -> list[Clip]:
    """Speak each line with a voice."""
    with SpeechService(voice) as service:
        service.prepare([line.utterance for line in script])
        return [service.get_clip(line.utterance) for line in script]


def make_long_take(clips: Sequence[Clip], style: ReadingStyle) -> LongTake:
    """Join the clips of all lines to one recording."""
    random = np.random.default_rng(style.seed)
    builder = _TakeBuilder()
    builder.add(_make_silence(random.uniform(0.5, 2.0)))
    pace = random.uniform(0.85, 1.2)
    places: list[tuple[float, float] | None] = []
    for number, clip in enumerate(clips):
        place = None
        for _ in range(0 if number in style.missing else 2 if number in style.twice else 1):
            own_pace = pace * random.uniform(1 - style.varies, 1 + style.varies)
            said = _stretch(clip.samples[:, 0], own_pace) * db_to_gain(random.uniform(-3.0, 3.0))
            place = builder.add(_interrupt(said) if number in style.interrupted else said)
            builder.add(_make_silence(random.uniform(*style.pauses_s)))
        places.append(place)
        if random.random() < style.coughs:
            builder.add(_make_cough(random))
            builder.add(_make_silence(random.uniform(*style.pauses_s)))
    samples = np.concatenate(builder.pieces)
    whole = samples + _make_room_noise(random, len(samples), style.room_db)
    return LongTake(clip=Clip(samples=whole[:, None], rate_hz=RATE_HZ), places_s=tuple(places))


def is_right_cut(cut: TakeCut, number: int, take: LongTake) -> bool:
    """Return whether a cut holds all of its line, and nothing of another."""
    place = take.places_s[number]
    if cut.is_missing or place is None:
        return cut.is_missing and place is None
    others = [each for other, each in enumerate(take.places_s) if each is not None and other != number]
    whole = cut.start_s < place[0] + 0.12 and cut.end_s > place[1] - 0.2
    return whole and all(cut.end_s < start_s + 0.05 or cut.start_s > end_s - 0.05 for start_s, end_s in others)


def _make_silence(seconds: float) -> Mono:
    return np.zeros(round(seconds * RATE_HZ), np.float32)


def _stretch(said: Mono, times: float) -> Mono:
    """Slow speech down by a factor at the same pitch: waveform-similarity overlap-add (WSOLA)."""
    hop, search = round(0.012 * RATE_HZ), round(0.008 * RATE_HZ)
    window = np.hanning(2 * hop)
    padded = np.pad(said, (search, 4 * hop + 2 * search))
    count = int(len(said) * times) // hop
    out = np.zeros((count + 2) * hop)
    last = 0
    for step in range(count):
        near = min(round(step * hop / times), len(said) - 1)
        wanted = padded[last + hop : last + 3 * hop]
        fits = np.correlate(padded[near : near + 2 * (hop + search)], wanted, "valid")
        last = near + int(np.argmax(fits)) * bool(step)
        out[step * hop : (step + 2) * hop] += window * padded[last : last + 2 * hop]
    return out.astype(np.float32)


def _interrupt(said: Mono) -> Mono:
    """Insert a pause of 2.5 s where the middle half of a line is softest."""
    power = np.convolve(said**2, np.ones(RATE_HZ // 20), "same")
    quarter = len(said) // 4
    middle = quarter + int(np.argmin(power[quarter : 3 * quarter]))
    return np.concatenate([said[:middle], _make_silence(2.5), said[middle:]])


def _make_cough(random: np.random.Generator) -> Mono:
    frames = RATE_HZ // 4
    return (random.normal(size=frames) * np.exp(-np.arange(frames) / (0.06 * RATE_HZ)) * 0.15).astype(np.float32)


def _make_room_noise(random: np.random.Generator, frames: int, level_db: float) -> Mono:
    """Make the noise of a room: a rumble, and a hiss 6 dB softer."""
    rumble = lfilter([1.0], [1.0, -0.98], random.normal(size=frames))
    hiss = random.normal(size=frames) * db_to_gain(level_db - 6.0)
    return (rumble / rumble.std() * db_to_gain(level_db) + hiss).astype(np.float32)

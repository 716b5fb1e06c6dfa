"""Incremental loudness: measures a session in steps, and only the stretches whose sound has changed."""

from collections.abc import Callable, Hashable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from coach.audio import mastering
from coach.audio.mixer import Mixer
from coach.audio.soundbank import SoundSource, identify_event
from coach.sounds.loudness import gate_loudness_lufs
from coach.timeline.timeline import Event, Timeline
from coach.units import seconds_to_frames
from coach.utterance import Utterance
from coach.watch.file_watcher import FileStamp


@dataclass(frozen=True, kw_only=True, slots=True)
class EventComparer:
    """Compares events by their sound.

    ``key`` returns a key for the samples of an utterance; None if it has not been spoken yet.
    ``stamps`` are those of the author's own sound files as last seen.
    """

    key: Callable[[Utterance], str | None]
    stamps: Mapping[Path, FileStamp]

    def identify(self, event: Event) -> Hashable:
        """Make a key for the sound of an event: for speech its times and samples, otherwise the whole event."""
        return identify_event(event, self.key, self.stamps.get)


STRETCH_S = 10.0

# The sound of a stretch depends on its events and on those so near that they duck it or fade in it: a tick may ring
# for 2 s, and speech raises the floor after 4 s of quiet, with a second to rise and to fall.
BEFORE_S, AFTER_S = 8.0, 3.0

StretchEnergies = dict[Hashable, list[float]]


class IncrementalLoudness:
    """Measures as `coach.audio.mastering.measure_gain_db` does, with the same result, in small steps."""

    def __init__(self, rate_hz: int) -> None:
        self._rate_hz = rate_hz
        self._known: StretchEnergies = {}
        self._stretches: list[Hashable] = []
        self._mixer: Mixer | None = None
        self._has_words = False

    def start(self, timeline: Timeline, bank: SoundSource, comparer: EventComparer) -> None:
        """Start to measure a timeline. Stretches that sound as in the one before are not mixed again."""
        self._mixer = mastering.make_weighted_mixer(timeline, bank, self._rate_hz)
        self._has_words = mastering.has_words(timeline)
        self._stretches = list(_split_into_stretches(timeline, comparer, self._mixer.frames)) if self._has_words else []
        wanted = set(self._stretches)
        self._known = {stretch: energies for stretch, energies in self._known.items() if stretch in wanted}

    @property
    def missing(self) -> int:
        """The number of stretches of 10 s still to be measured."""
        return len(self._stretches) - len(self._known)

    def measure(self, most: int) -> None:
        """Measure up to that many stretches.

        Raises:
            ExternalError: a sound cannot be read.
        """
        unknown = (index for index, stretch in enumerate(self._stretches) if stretch not in self._known)
        for index in islice(list(unknown), most):
            self._known[self._stretches[index]] = self._measure_stretch(index)

    def compute_gain_db(self) -> float:
        """Compute the gain that brings the session to its loudness, once nothing is missing."""
        energies = (energy for stretch in self._stretches for energy in self._known[stretch])
        return mastering.compute_gain_to_target_db(gate_loudness_lufs(list(energies))) if self._has_words else 0.0

    def _measure_stretch(self, index: int) -> list[float]:
        if self._mixer is None:
            return []
        blocks = self._mixer.iter_blocks(index * seconds_to_frames(STRETCH_S, self._rate_hz))
        inside = islice(blocks, round(STRETCH_S / mastering.MEASURED_AT_ONCE_S))
        return [energy for block in inside for energy in mastering.measure_hop_energies(block, self._rate_hz)]


def _split_into_stretches(timeline: Timeline, comparer: EventComparer, frames: int) -> Iterator[Hashable]:
    """Make a key for each stretch: its position, the events in or near it, and the session's end if that is near."""
    near: list[list[Hashable]] = [[] for _ in range(int(timeline.length_s // STRETCH_S) + 1)]
    for event in timeline.events:
        heard = comparer.identify(event)
        end_s = getattr(event, "end_s", event.start_s)
        first = max(0, int((event.start_s - AFTER_S) // STRETCH_S))
        last = int((end_s + BEFORE_S) // STRETCH_S)
        for events in near[first : last + 1]:
            events.append(heard)
    for index, events in enumerate(near):
        ends = frames if index >= len(near) - 2 else None
        yield index, ends, tuple(events)

"""The runner's own hand on the levels: the ticks, and the voice."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np

from coach.audio.soundbank import Bank
from coach.sounds.beds import Bed
from coach.sounds.clip import Samples
from coach.timeline.types import Event, Speech, Tick
from coach.units import db_to_gain

SOFTEST_DB, LOUDEST_DB = -12.0, 6.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Levels:
    """How much louder than the session says; ticks may be off (None)."""

    ticks_db: float | None = 0.0
    voice_db: float = 0.0

    def with_ticks(self, by_db: float) -> "Levels":
        """Louder or softer ticks; softer than the softest, they are off."""
        wanted_db = (SOFTEST_DB - abs(by_db) if self.ticks_db is None else self.ticks_db) + by_db
        return Levels(ticks_db=None if wanted_db < SOFTEST_DB else min(LOUDEST_DB, wanted_db), voice_db=self.voice_db)

    def with_voice(self, by_db: float) -> "Levels":
        """A louder or softer voice."""
        voice_db = max(SOFTEST_DB, min(LOUDEST_DB, self.voice_db + by_db))
        return Levels(ticks_db=self.ticks_db, voice_db=voice_db)


@dataclass(frozen=True, kw_only=True, slots=True)
class LevelledBank:
    """A bank with the runner's levels."""

    bank: Bank
    levels: Levels

    def sound(self, event: Event) -> Samples:
        """The sound of an event, as loud as the runner wants it."""
        samples = self.bank.sound(event)
        match event:
            case Tick():
                return _at(samples, self.levels.ticks_db)
            case Speech():
                return _at(samples, self.levels.voice_db)
        return samples

    def bed(self, name: str | Path) -> Bed:
        """A bed, which stays as it is."""
        return self.bank.bed(name)


def _at(samples: Samples, level_db: float | None) -> Samples:
    if level_db is None:
        return np.zeros((0, samples.shape[1]), np.float32)
    return samples if not level_db else samples * np.float32(db_to_gain(level_db))

"""An output that keeps what it is given: for tests, and for sounds that are short."""

from collections.abc import Iterable
from pathlib import Path

import numpy as np

from coach.outputs.output import Settings
from coach.outputs.tags import Tags
from coach.sounds.clip import Clip, Samples


class Memory:
    """Remembers every session written to it, by its target."""

    def __init__(self) -> None:
        self.clips: dict[Path, Clip] = {}
        self.tags: dict[Path, Tags] = {}

    def __call__(self, target: Path, blocks: Iterable[Samples], tags: Tags, settings: Settings, /) -> None:
        """Keep all blocks as one clip, and the tags."""
        samples = np.concatenate([np.zeros((0, 2), np.float32), *blocks])
        self.clips[target] = Clip(samples=samples, rate_hz=settings.rate_hz)
        self.tags[target] = tags

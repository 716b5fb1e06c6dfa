from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np

from coach.outputs.memory import Memory
from coach.outputs.output import Output, Settings
from coach.outputs.tags import Tags
from coach.sounds.clip import Samples


def test_remembers_the_samples_and_the_tags(
    blocks: Callable[[], Iterator[Samples]], samples: Samples, tags: Tags
) -> None:
    memory = Memory()
    output: Output = memory
    output(Path("run.mp3"), blocks(), tags, Settings())
    clip = memory.clips[Path("run.mp3")]
    assert np.array_equal(clip.samples, samples)
    assert clip.rate_hz == 48_000
    assert memory.tags == {Path("run.mp3"): tags}


def test_remembers_that_there_was_nothing(tags: Tags) -> None:
    memory = Memory()
    memory(Path("run.mp3"), [], tags, Settings())
    assert memory.clips[Path("run.mp3")].samples.shape == (0, 2)

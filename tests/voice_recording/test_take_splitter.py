"""A long recording of real speech is cut into its lines, whatever went wrong while it was read."""

import numpy as np
import pytest
from long_takes import LongTake, Manner, holds_its_line, read_aloud, script_of, spoken
from speech_recognition import heard, word_errors

from coach.sounds.clip import Clip
from coach.voice_recording.script_lines import ReadingScript
from coach.voice_recording.take_splitter import TakeCut, cut_clip, split_take

MANNERS = {
    "calmly": Manner(seed=5),
    "without a line": Manner(seed=6, missing=(9,)),
    "one line twice": Manner(seed=7, twice=(5,)),
    "with a long pause inside a line": Manner(seed=8, interrupted=(12,)),
    "in a noisier room": Manner(seed=9, room_db=-48.0),
    "with all of these, and a cough": Manner(
        seed=10, missing=(9,), twice=(5,), interrupted=(20,), coughs=0.1, room_db=-50.0
    ),
}


@pytest.fixture(scope="module")
def script() -> ReadingScript:
    return script_of("first-time", "en")


@pytest.fixture(scope="module")
def read(script: ReadingScript) -> list[Clip]:
    """The lines as their reader says them."""
    return spoken(script, "hibari")


@pytest.fixture(scope="module")
def known(script: ReadingScript) -> list[Clip]:
    """The lines as another voice says them."""
    return spoken(script, "espeak")


def outcome(found: tuple[TakeCut, ...], take: LongTake) -> tuple[int, int]:
    """How many lines were cut wrongly though they were called sure, and how many are asked about."""
    wrong = sum(cut.sure and not holds_its_line(cut, number, take) for number, cut in enumerate(found))
    return wrong, sum(not cut.sure for cut in found)


@pytest.mark.parametrize("manner", MANNERS.values(), ids=MANNERS)
def test_every_cut_that_is_sure_holds_exactly_its_line(
    script: ReadingScript, read: list[Clip], known: list[Clip], manner: Manner
) -> None:
    take = read_aloud(read, manner)
    wrong, asked = outcome(split_take(script, known, take.clip), take)
    assert wrong == 0
    assert asked <= len(script) // 2


def test_what_is_cut_out_is_understood_as_its_line(script: ReadingScript, read: list[Clip], known: list[Clip]) -> None:
    take = read_aloud(read, Manner(seed=4, varies=0.05))
    for cut in split_take(script, known, take.clip)[::9]:
        clip = cut_clip(take.clip, cut)
        errors = word_errors(cut.line.caption, heard(clip, "en"))
        assert errors <= 1, cut.line.caption


def test_silence_holds_no_line(script: ReadingScript, known: list[Clip]) -> None:
    quiet = Clip(samples=np.zeros((48_000, 1), np.float32), rate_hz=48_000)
    assert all(cut.is_missing for cut in split_take(script, known, quiet))

from pathlib import Path

import numpy as np
import pytest
import session_texts
from humming_soundbank import BANK, RATE_HZ, mixed
from hypothesis import given
from hypothesis import strategies as st

from coach.audio import mastering
from coach.sounds.loudness import measure_loudness_lufs

RUN = """\
coach: 1
title: Proef
language: nl
sounds: {bed: wind}
blocks:
  - free: {lasts: 20s, ticks: on, breath-sound: on, bell: start, say: [{at: 8s, text: een twee drie vier}]}
"""


def test_the_loudness_of_a_mix_of_weighted_sounds_is_that_of_the_mix(tmp_path: Path) -> None:
    plan = session_texts.timeline(tmp_path, RUN)
    assert mastering.measure_loudness_lufs(plan, BANK, RATE_HZ) == pytest.approx(
        measure_loudness_lufs(mixed(plan), RATE_HZ), abs=0.1
    )


def test_a_session_without_words_is_left_at_its_level(tmp_path: Path) -> None:
    plan = session_texts.timeline(
        tmp_path, "coach: 1\ntitle: P\nlanguage: nl\nblocks: [free: {lasts: 9s, ticks: on}]\n"
    )
    assert mastering.measure_gain_db(plan, BANK, RATE_HZ) == 0.0


@given(st.lists(st.floats(-4.0, 4.0, width=32), min_size=1, max_size=50))
def test_no_sample_passes_the_ceiling_and_quiet_ones_are_untouched(levels: list[float]) -> None:
    samples = np.array(levels, np.float32)[:, None]
    held = mastering.hold_ceiling(samples)
    assert np.abs(held).max() <= mastering.CEILING + 1e-6
    below = np.abs(samples) <= mastering.KNEE
    np.testing.assert_array_equal(held[below], samples[below])
    assert np.all(np.sign(held) == np.sign(samples))

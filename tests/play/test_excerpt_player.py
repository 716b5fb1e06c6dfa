"""What comes out of the device when an excerpt is heard."""

from collections.abc import Callable

import numpy as np
import pytest
import session_texts
from humming_soundbank import BANK, RATE_HZ

from coach.audio import mastering
from coach.audio.mixer import Mixer
from coach.devices.fake_device import FakeBackend
from coach.errors import ExternalError
from coach.play.excerpt import Excerpt
from coach.play.excerpt_player import ExcerptMix, play_excerpt
from coach.play.playback_setup import OpenPlayback
from coach.play.sources import FADE_OUT_S, Mix
from coach.sounds.clip import Samples

RUN = """\
coach: 1
title: Trial
language: en
cadence: 150
sounds: {bed: wind}
blocks:
  - free: {lasts: 12s, ticks: on, bell: start, say: [{at: 4s, text: One two three four.}]}
"""
LEVEL_DB = 1.5
QUIET_S = 0.5
PERIOD_S = 0.04
FLOOR = 0.003
WORDS = Excerpt(start_s=3.0, from_s=4.0, to_s=6.0, end_s=7.0, title="Free", words="One two three four.")
WHOLE = Excerpt(start_s=0.0, from_s=0.0, to_s=12.0, end_s=12.0, title="Trial")


@pytest.fixture(scope="module")
def mix(tmp_path_factory: pytest.TempPathFactory) -> Mix:
    timeline = session_texts.timeline(tmp_path_factory.mktemp("run"), RUN)
    return Mix(mixer=Mixer(timeline, BANK, RATE_HZ), gain_db=LEVEL_DB)


@pytest.fixture(scope="module")
def rendered(mix: Mix) -> Samples:
    return np.concatenate(list(mastering.master(mix.mixer.blocks(), LEVEL_DB)))


class Ear:
    """Hears on a device that asks whenever the program waits; what happens at some of these moments can be said."""

    def __init__(self, *, planned_for_s: float = 0.0) -> None:
        self.backend = FakeBackend()
        self.playback = OpenPlayback(lambda: self.backend.open(None, RATE_HZ))
        self.waits = 0
        self.happens: dict[int, Callable[[], None]] = {}
        self.pull(planned_for_s)

    def hear(self, mix: Mix, excerpt: Excerpt) -> bool:
        return play_excerpt(
            self.playback.buffer, self.playback.device, ExcerptMix(mix=mix, excerpt=excerpt), self._wait
        )

    def pull(self, seconds: float) -> None:
        self.backend.opened[0].pull(frames(seconds))

    @property
    def heard(self) -> Samples:
        return self.backend.opened[0].pulled

    def _wait(self, _: float) -> None:
        self.pull(PERIOD_S)
        self.waits += 1
        self.happens.get(self.waits, lambda: None)()


def frames(seconds: float) -> int:
    return round(seconds * RATE_HZ)


def part(samples: Samples, from_s: float, to_s: float) -> Samples:
    return samples[frames(from_s) : frames(to_s)]


def same(heard: Samples, expected: Samples) -> bool:
    return heard.shape == expected.shape and bool(np.allclose(heard, expected, atol=1e-6))


def interrupt() -> None:
    raise KeyboardInterrupt


def test_it_is_that_part_of_the_rendered_file_after_half_a_second_of_quiet(mix: Mix, rendered: Samples) -> None:
    ear = Ear()
    assert ear.hear(mix, WORDS)
    assert np.abs(part(ear.heard, 0.0, QUIET_S)).max() < FLOOR
    assert same(part(ear.heard, QUIET_S + 1.0, QUIET_S + 3.0), part(rendered, 4.0, 6.0))
    assert not part(ear.heard, QUIET_S + 4.0, 60.0).any()


def test_it_fades_in_and_out(mix: Mix, rendered: Samples) -> None:
    ear = Ear()
    ear.hear(mix, WORDS)
    for begin_s, from_s in ((QUIET_S, 3.0), (QUIET_S + 3.0, 6.0)):
        heard, whole = part(ear.heard, begin_s, begin_s + 1.0), part(rendered, from_s, from_s + 1.0)
        assert np.all(np.abs(heard) <= np.abs(whole) + 1e-6)
        halfway = heard[frames(0.5)] / whole[frames(0.5)]
        assert halfway == pytest.approx([0.5, 0.5], abs=0.01)


def test_a_whole_session_begins_and_ends_as_its_file_does(mix: Mix, rendered: Samples) -> None:
    ear = Ear()
    assert ear.hear(mix, WHOLE)
    assert same(part(ear.heard, QUIET_S, QUIET_S + 12.0), rendered)


def test_after_long_planning_it_begins_at_once_and_its_first_tick_is_whole(mix: Mix, rendered: Samples) -> None:
    ear = Ear(planned_for_s=0.9)
    ear.hear(mix, WHOLE)
    heard = ear.heard
    begins_s = next(
        nth / RATE_HZ for nth in range(frames(0.9), frames(1.2)) if same(heard[nth : nth + 960], rendered[:960])
    )
    assert same(part(heard, begins_s, begins_s + 12.0), rendered)


def test_rendered_it_is_the_same(mix: Mix) -> None:
    ear = Ear()
    ear.hear(mix, WORDS)
    finished = ExcerptMix(mix=mix, excerpt=WORDS).render()
    assert finished.shape == (frames(QUIET_S + 4.0), 2)
    assert same(part(ear.heard, QUIET_S + 0.1, QUIET_S + 4.0), part(finished, QUIET_S + 0.1, QUIET_S + 4.0))


@pytest.mark.parametrize("at_s", [0.2, 2.0, 3.9])
def test_ctrl_c_ends_it_softly(mix: Mix, rendered: Samples, at_s: float) -> None:
    ear, whole = Ear(), Ear()
    whole.hear(mix, WORDS)
    ear.happens[round(at_s / PERIOD_S)] = interrupt
    assert not ear.hear(mix, WORDS)
    assert same(part(ear.heard, 0.0, at_s), part(whole.heard, 0.0, at_s))
    assert not part(ear.heard, at_s + FADE_OUT_S + 0.2, 60.0).any()
    assert np.abs(np.diff(ear.heard, axis=0)).max() <= np.abs(np.diff(rendered, axis=0)).max()


def test_a_second_ctrl_c_does_not_wait(mix: Mix) -> None:
    ear = Ear()
    ear.happens = {20: interrupt, 21: interrupt}
    with pytest.raises(KeyboardInterrupt):
        ear.hear(mix, WORDS)
    assert ear.waits == 21


def test_a_device_that_goes_away_is_an_error(mix: Mix) -> None:
    ear = Ear()
    ear.happens[20] = ear.backend.opened[0].unplug
    with pytest.raises(ExternalError) as told:
        ear.hear(mix, WORDS)
    assert (told.value.message, told.value.help) == (
        "the sound device went away",
        "connect it again, and run the command again",
    )

"""The sounds that can be asked for."""

from humming_soundbank import BANK, RATE_HZ
from timeline_builders import reset_run

from coach.audio.mixer import Mixer
from coach.watch.virtual_wav import KEPT, SoundVersions, VirtualWav

MIXER = Mixer(reset_run(), BANK, RATE_HZ)


def sound(heard: str) -> VirtualWav:
    return VirtualWav(mixer=MIXER, gain_db=0.0, heard=heard)


def test_each_sound_has_a_name_of_its_own() -> None:
    versions = SoundVersions()
    one, two = sound("one"), sound("two")
    names = versions.put(one), versions.put(two)
    assert len(set(names)) == 2
    assert [versions.get(name) for name in names] == [one, two]


def test_a_sound_like_the_last_one_is_that_one() -> None:
    versions = SoundVersions()
    assert versions.put(sound("one")) == versions.put(sound("one"))


def test_what_sounds_as_it_did_long_ago_is_put_there_anew() -> None:
    versions = SoundVersions()
    assert len({versions.put(sound(heard)) for heard in ("one", "two", "one")}) == 3


def test_the_last_few_are_kept_and_no_more() -> None:
    versions = SoundVersions()
    names = [versions.put(sound(str(number))) for number in range(KEPT + 2)]
    assert [versions.get(name) is not None for name in names] == [False, False, *[True] * KEPT]


def test_no_name_of_another_run_is_one_of_this() -> None:
    assert SoundVersions().get(SoundVersions().put(sound("one"))) is None

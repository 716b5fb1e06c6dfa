"""The sounds that can be asked for."""

from mixing import BANK, RATE_HZ
from planning import reset_run

from coach.audio.mixer import Mixer
from coach.watch.shelf import KEPT, Shelf
from coach.watch.sound import Sound

MIXER = Mixer(reset_run(), BANK, RATE_HZ)


def sound(heard: str) -> Sound:
    return Sound(mixer=MIXER, level_db=0.0, heard=heard)


def test_each_sound_has_a_name_of_its_own() -> None:
    shelf = Shelf()
    one, two = sound("one"), sound("two")
    names = shelf.put(one), shelf.put(two)
    assert len(set(names)) == 2
    assert [shelf.get(name) for name in names] == [one, two]


def test_a_sound_like_the_last_one_is_that_one() -> None:
    shelf = Shelf()
    assert shelf.put(sound("one")) == shelf.put(sound("one"))


def test_what_sounds_as_it_did_long_ago_is_put_there_anew() -> None:
    shelf = Shelf()
    assert len({shelf.put(sound(heard)) for heard in ("one", "two", "one")}) == 3


def test_the_last_few_are_kept_and_no_more() -> None:
    shelf = Shelf()
    names = [shelf.put(sound(str(number))) for number in range(KEPT + 2)]
    assert [shelf.get(name) is not None for name in names] == [False, False, *[True] * KEPT]


def test_no_name_of_another_run_is_one_of_this() -> None:
    assert Shelf().get(Shelf().put(sound("one"))) is None

"""The runner's hand on the levels."""

from coach.play.levels import Levels


def test_ticks_go_from_off_to_twice_as_loud_and_no_further() -> None:
    levels = Levels(ticks_db=-10.0)
    down = [levels := levels.with_ticks(-2.0) for _ in range(3)]
    assert [each.ticks_db for each in down] == [-12.0, None, None]
    up = [levels := levels.with_ticks(2.0) for _ in range(11)]
    assert [each.ticks_db for each in up] == [-12.0, -10.0, -8.0, -6.0, -4.0, -2.0, 0.0, 2.0, 4.0, 6.0, 6.0]


def test_the_voice_is_never_off() -> None:
    levels = Levels(voice_db=-11.0)
    assert [levels.with_voice(by).voice_db for by in (-2.0, 2.0, 30.0)] == [-12.0, -9.0, 6.0]
    assert levels.with_voice(2.0).ticks_db == 0.0

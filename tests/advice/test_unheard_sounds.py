"""Sounds that a block was given, or switched on, and that are not heard."""

import pytest
from advice_sessions import Advised, Told, outing


def test_a_tick_that_never_ticks_is_told_of(told: Told) -> None:
    assert told("sound-unheard", outing("easy: {lasts: 4m, sounds: {tick: drum}}")) == (
        "run.yaml:5:38: advice[sound-unheard]: this tick sound is never heard: nothing in this block makes it sound\n"
        "   5 |   - easy: {lasts: 4m, sounds: {tick: drum}}\n"
        "     |                                      ^^^^\n"
        "     help: add `ticks: on`, or leave the sound out"
    )


def test_ticks_that_have_no_sound_are_told_of(told: Told) -> None:
    assert told("sound-unheard", outing("easy: {lasts: 4m, ticks: 90s}", sounds="{tick: none}")) == (
        "run.yaml:6:30: advice[sound-unheard]: `ticks` is on here, and the tick sound is `none`\n"
        "   6 |   - easy: {lasts: 4m, ticks: 90s}\n"
        "     |                              ^^^\n"
        "     help: choose a sound, or leave `ticks` out"
    )


def test_breath_sounds_need_a_breath(told: Told) -> None:
    assert told("sound-unheard", outing("easy: {lasts: 4m, breath: none, breath-sound: on}")) == (
        "run.yaml:5:51: advice[sound-unheard]: breath sounds are on here, and this block keeps no breath\n"
        "   5 |   - easy: {lasts: 4m, breath: none, breath-sound: on}\n"
        "     |                                                   ^^\n"
        "     help: give it one, like `breath: 3 in / 3 out`"
    )


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("sounds: {bell: gong}", "this bell sound is never heard: nothing in this block makes it sound"),
        ("sounds: {breath: wave}", "this breath sound is never heard: nothing in this block makes it sound"),
        ("bell: end, sounds: {bell: none}", "`bell` is on here, and the bell sound is `none`"),
        ("breath-sound: on, sounds: {breath: none}", "`breath-sound` is on here, and the breath sound is `none`"),
    ],
)
def test_bells_and_breaths_likewise(settings: str, message: str, advised: Advised) -> None:
    text = outing(f"free: {{lasts: 4m, {settings}}}")
    assert [problem.message for problem in advised("sound-unheard", text)] == [message]


@pytest.mark.parametrize(
    "block",
    [
        "breathing: {lasts: 4m, sounds: {tick: drum, breath: wave}}",
        "silence: {lasts: 4m, sounds: {bell: gong, bed: sea}}",
        "brisk: {sounds: {tick: none}}",
        "free: {lasts: 4m, ticks: off, bell: none, sounds: {tick: none, bell: none}}",
        "free: {lasts: 4m, ticks: 20s, bell: both, breath-sound: 20s, sounds: {tick: drum, bell: gong, breath: wave}}",
    ],
)
def test_what_sounds_or_was_silenced_on_purpose_is_fine(block: str, advised: Advised) -> None:
    assert advised("sound-unheard", outing(block)) == ()


def test_the_sounds_of_the_session_may_name_more_than_are_heard(advised: Advised) -> None:
    assert advised("sound-unheard", outing("free: 4m", sounds="{tick: drum, bell: gong, breath: wave, bed: sea}")) == ()

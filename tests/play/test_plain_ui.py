from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from fake_controls import FakeControls, status
from timeline_builders import ENGLISH, planned, speech, timeline

from coach.play.plain_ui import print_run
from coach.play.playback_status import EventNotice, PlaybackStatus

SENTENCE = speech("Feel the ground.", 12.0, block=0)
COUNTED = speech("two", 13.0, block=0, counted=True)
RUN = timeline("A run", [planned("settle", 0.0, 90.0, title="Settling in"), planned("easy", 90.0, 180.0)], [SENTENCE])


def at(position_s: float, **changes: Any) -> PlaybackStatus:
    block = 0 if position_s < 90.0 else 1
    return status(timeline=RUN, **{"position_s": position_s, "block": block, "speech": None, **changes})


def lines_of(*statuses: PlaybackStatus) -> list[str]:
    """Print a run that has these statuses at one poll after the other, and then has ended."""
    controls = FakeControls(statuses[0])
    following: Iterator[PlaybackStatus] = iter([*statuses[1:], replace(statuses[-1], state="ended")])
    lines: list[str] = []

    def wait(_: float) -> None:
        controls.at = next(following)

    print_run(controls, write=lines.append, wait=wait)
    return lines


def test_each_block_is_printed_as_it_begins() -> None:
    assert lines_of(at(0.0), at(0.1), at(90.0), at(90.1)) == ["0:00  Settling in, 1m30s", "1:30  A block, 1m30s"]


def test_words_are_printed_once_when_they_begin() -> None:
    heard = lines_of(at(11.9), at(12.0, speech=SENTENCE), at(12.1, speech=SENTENCE), at(17.0))
    assert heard == ["0:11  Settling in, 1m30s", "0:12    Feel the ground."]


def test_counted_words_are_left_out() -> None:
    assert lines_of(at(13.0, speech=COUNTED)) == ["0:13  Settling in, 1m30s"]


def test_going_back_prints_the_block_again() -> None:
    assert lines_of(at(80.0), at(0.0)) == ["1:20  Settling in, 1m30s", "0:00  Settling in, 1m30s"]


def test_the_start_delay_is_printed_once() -> None:
    waiting = at(0.0, state="waiting", starts_in_s=29.6)
    printed = lines_of(waiting, replace(waiting, starts_in_s=29.5), at(0.0))
    assert printed == ["We begin in 0:30.", "0:00  Settling in, 1m30s"]


def test_the_half_second_in_which_a_headset_wakes_up_is_not_printed() -> None:
    assert lines_of(at(0.0, state="waiting", starts_in_s=0.5), at(0.0)) == ["0:00  Settling in, 1m30s"]


def test_words_that_failed_before_the_start_are_printed_once() -> None:
    missing = EventNotice(kind="words-missing")
    printed = lines_of(at(0.0, state="waiting", notice=missing), at(0.0, notice=missing))
    assert printed == ["0:00  A few words could not be said", "0:00  Settling in, 1m30s"]


def test_a_pause_a_lost_device_and_notices_are_printed() -> None:
    soon = EventNotice(kind="pause-at-breath")
    back = EventNotice(kind="device-back")
    printed = lines_of(
        at(5.0),
        at(6.0, state="pausing", notice=soon),
        at(8.0, state="paused", notice=soon),
        at(8.0, state="lost", notice=soon),
        at(8.1, notice=back),
    )
    assert printed == [
        "0:05  Settling in, 1m30s",
        "0:06  Pausing at the next breath",
        "0:08  Paused",
        "0:08  No sound",
        "0:08  The sound is back",
    ]


def test_control_characters_in_words_are_not_printed() -> None:
    nasty = speech("\x1b[2J[bold]Stil\n\nstaan", 12.0)
    assert lines_of(at(12.0, speech=nasty))[1] == "0:12    \N{REPLACEMENT CHARACTER}[2J[bold]Stil staan"


def test_a_dutch_run_is_printed_in_dutch() -> None:
    dutch = replace(RUN, language="nl")
    printed = lines_of(replace(at(0.0, state="paused"), timeline=dutch))
    assert printed == ["0:00  Settling in, 1m30s", "0:00  Pauze"]


def test_ctrl_c_stops_the_run_and_waits_for_it_to_be_quiet() -> None:
    controls = FakeControls(at(0.0))
    controls.stop_takes_a_look()
    looks: list[float] = []

    def wait(seconds: float) -> None:
        looks.append(seconds)
        if len(looks) == 1:
            raise KeyboardInterrupt
        controls.now(state="ended")

    print_run(controls, write=lambda _: None, wait=wait)
    assert (controls.asked, len(looks)) == (["stop"], 2)


def test_ctrl_c_in_the_middle_of_a_line_does_the_same() -> None:
    controls = FakeControls(at(0.0))
    written: list[str] = []

    def write(line: str) -> None:
        written.append(line)
        raise KeyboardInterrupt

    assert not print_run(controls, write=write, wait=lambda _: None)
    assert (controls.asked, written) == (["stop"], ["0:00  Settling in, 1m30s"])


def test_a_second_ctrl_c_does_not_wait() -> None:
    controls = FakeControls(at(0.0))
    controls.stop_takes_a_look()

    def wait(_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        print_run(controls, write=lambda _: None, wait=wait)
    assert controls.asked == ["stop"]


def test_the_titles_of_a_whole_run_come_in_order() -> None:
    whole = status(block=0, position_s=0.0, speech=None)
    statuses = [
        replace(whole, block=index, position_s=block.start_s) for index, block in enumerate(whole.timeline.blocks)
    ]
    titles = [line.partition("  ")[2].partition(",")[0] for line in lines_of(*statuses)]
    assert titles == [title for title, _ in (ENGLISH[block.kind] for block in whole.timeline.blocks)]

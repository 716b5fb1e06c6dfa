"""The playback thread: it updates a session, and takes commands from any other thread."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from playback_rig import PERIOD_FRAMES, Rig
from pulse_server import until
from session_texts import planned

from coach.play.playback_thread import PlaybackThread, raise_priority

RUN = """
coach: 1
language: en
title: A run
cadence: 150
sounds: {bed: none, breath: none}
blocks:
  - easy: {lasts: 8s, ticks: on, bell: none, say: none}
  - walk-out: {lasts: 4s, bell: none, say: none}
"""


@pytest.fixture
def rig(tmp_path: Path) -> Rig:
    return Rig(planned(tmp_path, RUN))


@pytest.fixture
def player(rig: Rig) -> Iterator[PlaybackThread]:
    """A player that has begun to tend; it is stopped at the end."""
    begun = PlaybackThread(rig.session)
    begun.start()
    yield begun
    if begun.get_status().state != "ended":
        begun.stop()
        hear(rig, begun, "ended")
    begun._thread.join()


def hear(rig: Rig, player: PlaybackThread, state: str) -> None:
    """Let the device ask, as fast as there is something, until the run is there."""

    def asked() -> bool:
        while rig.buffer._queued > PERIOD_FRAMES:
            rig.backend.opened[-1].pull(PERIOD_FRAMES)
        if rig.buffer._exhausted:
            rig.backend.opened[-1].pull(PERIOD_FRAMES)
        return player.get_status().state == state

    until(asked, f"the run is {state}")


def test_it_updates_the_session_to_its_end_in_a_thread_of_its_own(rig: Rig, player: PlaybackThread) -> None:
    assert "playback" in {thread.name for thread in threading.enumerate()}
    hear(rig, player, "ended")
    player.join()
    assert (player.played_s, player.ending, rig.buffer.missed_frames) == (12.0, "finished", 0)


def test_commands_run_in_the_order_in_which_they_come(rig: Rig, player: PlaybackThread) -> None:
    fulfilled: list[int] = []
    for number in range(20):
        player.submit(lambda number=number: fulfilled.append(number))  # type: ignore[misc]  # a default binds it
    until(lambda: len(fulfilled) == 20, "all are fulfilled")
    assert fulfilled == list(range(20))
    assert threading.current_thread().name != "playback"
    assert rig.session.is_over is False


def test_the_effect_of_a_command_shows_in_the_status(rig: Rig, player: PlaybackThread) -> None:
    hear(rig, player, "playing")
    player.set_cadence(160.0)
    player.change_voice(2.0)
    player.change_ticks(-2.0)
    player.cycle_guidance()
    until(lambda: player.get_status().guidance == "light", "it is light")
    status = player.get_status()
    assert (status.voice_db, status.ticks_db, status.timeline.cadence_spm) == (2.0, -2.0, 160.0)
    player.toggle_pause()
    hear(rig, player, "paused")
    assert player.can_walk_out()
    player.walk_out()
    hear(rig, player, "ended")
    assert (player.can_walk_out(), player.ending) == (False, "walked-out")


def test_after_stop_commands_are_ignored(rig: Rig, player: PlaybackThread) -> None:
    hear(rig, player, "playing")
    player.stop()
    player.walk_out()
    hear(rig, player, "ended")
    assert player.ending == "stopped"


def divide_by_zero() -> None:
    1 / 0  # noqa: B018 - for its error


def test_an_exception_ends_the_run_and_is_raised_by_join(rig: Rig, player: PlaybackThread) -> None:
    hear(rig, player, "playing")
    player.submit(divide_by_zero)
    until(lambda: player.get_status().state == "ended", "it is over")
    assert (player.ending, rig.backend.opened[0].closed) == ("stopped", True)
    with pytest.raises(ZeroDivisionError):
        player.join()


linux = pytest.mark.skipif(sys.platform != "linux", reason="only Linux orders single threads")
Order = tuple[int, int]


def order() -> Order:
    """How the thread that asks is ordered among others: the kind of its schedule, and its niceness."""
    return os.sched_getscheduler(0) & ~os.SCHED_RESET_ON_FORK, os.getpriority(
        os.PRIO_PROCESS, threading.get_native_id()
    )


def elsewhere(tried: Callable[[], Order]) -> Order:
    with ThreadPoolExecutor(max_workers=1) as other:
        return other.submit(tried).result()


def after_coming_first() -> Order:
    raise_priority()
    return order()


def of_a_program_started_after_coming_first() -> Order:
    raise_priority()
    code = "import os; print(os.sched_getscheduler(0), os.getpriority(os.PRIO_PROCESS, 0))"
    kind, niceness = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    ).stdout.split()
    return int(kind), int(niceness)


def refuse(*_: object) -> None:
    raise PermissionError


@linux
def test_a_thread_is_scheduled_in_real_time_where_allowed_and_no_other_is() -> None:
    own = order()
    other = elsewhere(order)
    assert elsewhere(after_coming_first) in {(os.SCHED_RR, other[1]), (other[0], -11), other}
    assert order() == own


@linux
def test_a_program_started_by_it_does_not_inherit_the_priority() -> None:
    if elsewhere(after_coming_first)[0] != os.SCHED_RR:
        pytest.skip("this system does not let it come before all others")
    niceness = 0  # whatever that of the process was: what SCHED_RESET_ON_FORK does in Linux's sched_fork
    assert elsewhere(of_a_program_started_after_coming_first) == (os.SCHED_OTHER, niceness)


@linux
def test_without_real_time_it_has_the_niceness_of_sound_servers(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_setscheduler", refuse)
    other = elsewhere(order)
    assert elsewhere(after_coming_first) in {(other[0], -11), other}


@pytest.mark.parametrize("refusal", [PermissionError("no"), AttributeError("not here")])
def test_where_the_system_refuses_nothing_changes(refusal: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise refusal

    for name in ("sched_setscheduler", "setpriority"):
        monkeypatch.setattr(os, name, refuse, raising=False)
    raise_priority()

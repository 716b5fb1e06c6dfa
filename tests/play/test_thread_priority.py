"""Coming first, as far as the system allows it."""

import os
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import pytest

from coach.play.playback_thread import raise_priority

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
def test_a_thread_comes_first_if_it_may_and_no_other_with_it() -> None:
    own = order()
    other = elsewhere(order)
    assert elsewhere(after_coming_first) in {(os.SCHED_RR, other[1]), (other[0], -11), other}
    assert order() == own


@linux
def test_what_is_started_by_who_comes_before_all_others_does_not() -> None:
    if elsewhere(after_coming_first)[0] != os.SCHED_RR:
        pytest.skip("this system does not let it come before all others")
    assert elsewhere(of_a_program_started_after_coming_first) == (os.SCHED_OTHER, elsewhere(order)[1])


@linux
def test_who_may_not_come_before_all_others_is_as_sound_servers_are(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_setscheduler", refuse)
    other = elsewhere(order)
    assert elsewhere(after_coming_first) in {(other[0], -11), other}


@pytest.mark.parametrize("refusal", [PermissionError("no"), AttributeError("not here")])
def test_where_it_may_not_it_goes_on_as_it_was(refusal: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise refusal

    for name in ("sched_setscheduler", "setpriority"):
        monkeypatch.setattr(os, name, refuse, raising=False)
    raise_priority()

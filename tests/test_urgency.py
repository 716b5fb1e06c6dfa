"""Coming first, as far as the system allows it."""

import os
import sys
import threading
from concurrent.futures import ThreadPoolExecutor

import pytest

from coach.urgency import come_first, give_way


def niceness() -> int:
    """That of the thread that asks."""
    return os.getpriority(os.PRIO_PROCESS, threading.get_native_id())


def tried() -> tuple[int, int]:
    before = niceness()
    come_first()
    return before, niceness()


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux orders single threads")
def test_a_thread_comes_first_if_it_may_and_no_other_with_it() -> None:
    own = niceness()
    with ThreadPoolExecutor(max_workers=1) as other:
        before, after = other.submit(tried).result()
    assert before == own
    assert after in {own, -11}
    assert niceness() == own


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux orders single threads")
def test_who_was_started_by_a_thread_that_comes_first_gives_way() -> None:
    own = niceness()
    with ThreadPoolExecutor(max_workers=1) as other:
        other.submit(come_first).result()
        other.submit(give_way).result()
        assert other.submit(niceness).result() in {own, 0}


@pytest.mark.skipif(sys.platform != "linux", reason="only Linux orders single threads")
def test_who_was_told_to_be_patient_stays_so() -> None:
    def patient() -> int:
        os.setpriority(os.PRIO_PROCESS, 0, 19)
        give_way()
        return niceness()

    with ThreadPoolExecutor(max_workers=1) as other:
        assert other.submit(patient).result() == 19


@pytest.mark.parametrize("refusal", [PermissionError("no"), AttributeError("not here")])
def test_where_it_may_not_it_goes_on_as_it_was(refusal: Exception, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise refusal

    monkeypatch.setattr(os, "setpriority", refuse)
    monkeypatch.setattr(os, "getpriority", lambda *_: -11)
    come_first()
    give_way()

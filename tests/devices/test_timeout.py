import subprocess
import sys
from threading import Event

import pytest

from coach.devices.timeout import run_with_timeout


def test_work_that_is_done_in_time_gives_what_it_gives() -> None:
    assert run_with_timeout(60.0, lambda: "done") == "done"


def test_what_work_raises_is_raised_here() -> None:
    with pytest.raises(ZeroDivisionError):
        run_with_timeout(60.0, lambda: 1 // 0)


def test_work_that_takes_too_long_is_left_behind() -> None:
    late = Event()
    with pytest.raises(TimeoutError):
        run_with_timeout(0.0, late.wait)
    late.set()


def test_what_is_left_behind_does_not_keep_the_program_from_ending() -> None:
    program = (
        "import contextlib, threading\n"
        "from coach.devices.timeout import run_with_timeout\n"
        "with contextlib.suppress(TimeoutError):\n"
        "    run_with_timeout(0.0, threading.Event().wait)\n"
        "print('ended')\n"
    )
    told = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True, timeout=60)
    assert (told.stdout, told.stderr) == ("ended\n", "")

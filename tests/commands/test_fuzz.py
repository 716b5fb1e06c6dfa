"""A few random inputs of every kind, as `scripts/fuzz.py` makes them by the ten thousand; more in a thorough run."""

import os
import subprocess
import sys
from pathlib import Path

import coach_process
import pytest

ROOT = Path(__file__).parent.parent.parent
COUNT = 150 if os.environ.get("COACH_TEST_ALL") else 60


@pytest.mark.slow
@pytest.mark.skipif(os.name == "nt", reason="it has no alarm and no fork")
def test_no_input_of_any_kind_ends_in_a_traceback() -> None:
    fuzzed = subprocess.run(
        [sys.executable, ROOT / "scripts" / "fuzz.py", "--count", str(COUNT), "--seed", "2"],
        env=coach_process.environment(PYTHONPATH=str(ROOT), COACH_DEBUG=None),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (fuzzed.returncode, fuzzed.stderr) == (0, ""), fuzzed.stdout
    assert fuzzed.stdout.count(", 0 faults, ") == 10

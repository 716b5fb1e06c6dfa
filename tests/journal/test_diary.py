import os
import sqlite3
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
import run_records

from coach.errors import ExternalError
from coach.journal.diary import Diary, Run


def test_a_kept_run_is_read_back(diary: Diary) -> None:
    full = run_records.run(16, lighter="M'n schouders 🏃‍♀️ — en 'alles' = \"lichter\"; -- ñ 走る\x00")
    bare = Run(started_at=run_records.at(17), language="nl")
    diary.keep(full)
    diary.keep(bare)
    assert diary.read_runs() == (bare, full)


def test_the_offset_of_a_run_is_kept_with_it(diary: Diary) -> None:
    kept = replace(
        run_records.run(), started_at=run_records.at(16).astimezone(timezone(timedelta(hours=-9, minutes=-30)))
    )
    diary.keep(kept)
    (read,) = diary.read_runs()
    assert read.started_at.isoformat() == "2026-11-16T07:35:00-09:30"


def test_a_run_is_written_anew_as_more_is_known_of_it(diary: Diary) -> None:
    run = Run(started_at=run_records.at(16), language="en")
    for changes in ({"tension_before": 8}, {"need": "silence"}, {"session": "reset-run", "ended": "finished"}):
        run = replace(run, **changes)
        diary.keep(run)
        assert diary.read_runs() == (run,)


def test_the_newest_comes_first_whatever_the_offsets(diary: Diary) -> None:
    tokyo = timezone(timedelta(hours=9))
    early, late = run_records.run(17, 1), run_records.run(16, 23)
    abroad = replace(run_records.run(17, 2), id="abroad", started_at=run_records.at(17, 0, 30).astimezone(tokyo))
    for run in (abroad, late, early):
        diary.keep(run)
    assert diary.read_runs() == (early, abroad, late)


def test_a_name_that_is_no_text_is_kept_as_well_as_can_be(diary: Diary) -> None:
    diary.keep(run_records.run(session="r\udce9set.yaml"))
    assert [run.session for run in diary.read_runs()] == ["r\\udce9set.yaml"]


def test_reading_makes_no_diary(diary: Diary) -> None:
    assert diary.read_runs() == ()
    assert not diary.path.parent.exists()


def test_the_file_is_its_owners_alone(diary: Diary) -> None:
    diary.keep(run_records.run())
    with sqlite3.connect(diary.path) as reader:
        reader.execute("SELECT * FROM run").fetchone()
        modes = {path.name: path.stat().st_mode & 0o777 for path in [diary.path.parent, *diary.path.parent.iterdir()]}
    reader.close()
    assert modes == {
        "own": 0o700,
        "journal.sqlite3": 0o600,
        "journal.sqlite3-shm": 0o600,
        "journal.sqlite3-wal": 0o600,
    }


def test_a_copy_that_others_could_read_is_closed_to_them(diary: Diary) -> None:
    diary.keep(run_records.run())
    diary.path.chmod(0o644)
    assert diary.read_runs()
    assert diary.path.stat().st_mode & 0o777 == 0o600


def test_at_rest_it_is_one_file(diary: Diary) -> None:
    diary.keep(run_records.run())
    assert diary.read_runs()
    assert [path.name for path in diary.path.parent.iterdir()] == ["journal.sqlite3"]


def test_a_run_is_new_until_something_is_known_of_it() -> None:
    first, second = (Run(started_at=run_records.at(16), language="nl") for _ in range(2))
    assert (first.ended, first.ran_s, first.tension_before, first.session) == ("open", 0.0, None, None)
    assert first.id != second.id


def test_a_time_without_an_offset_is_no_time_to_start_at() -> None:
    with pytest.raises(ValueError, match="started_at has no UTC offset"):
        Run(started_at=datetime(2026, 11, 16, 18, 5), language="nl")  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize(
    ("name", "value"), [("tension_before", 11), ("tension_after", 0), ("need", "beer"), ("ended", "won")]
)
def test_an_answer_that_cannot_be_is_refused(name: str, value: Any) -> None:
    with pytest.raises(ValueError, match=f"not a valid answer: {value!r}"):
        run_records.run(**{name: value})


def test_a_length_is_kept_to_the_microsecond() -> None:
    run = run_records.run(ran_s=1439.98662499999, cadence_spm=157.3333333333, length_s=24, wanted_s=None)
    assert (run.ran_s, run.cadence_spm, run.length_s, run.wanted_s) == (1439.986625, 157.333333, 24, None)


def test_runs_are_merged_all_or_none(diary: Diary) -> None:
    diary.keep(run_records.run(16))
    seen: list[Sequence[Run]] = []

    def choose(existing: Sequence[Run]) -> Sequence[Run]:
        seen.append(existing)
        return [run_records.run(17), run_records.run(18)]

    diary.merge(choose)
    assert seen == [[run_records.run(16)]]
    assert [run.started_at.day for run in diary.read_runs()] == [18, 17, 16]
    broken = run_records.run(20)
    object.__setattr__(broken, "ran_s", None)
    with pytest.raises(sqlite3.IntegrityError):
        diary.merge(lambda _: [run_records.run(19), broken])
    assert [run.started_at.day for run in diary.read_runs()] == [18, 17, 16]


def test_a_deleted_run_is_gone_from_the_file(diary: Diary) -> None:
    secret = "what only she may know, " * 400
    diary.keep(run_records.run(16, lighter=secret))
    diary.keep(run_records.run(17))
    assert secret[:20].encode() in diary.path.read_bytes()
    with sqlite3.connect(diary.path) as reader:  # a second process, so that the log stays
        reader.execute("SELECT id FROM run").fetchall()
        diary.delete(["161805cccccccccccccccccccccccccc", "none"])
        found = [path.name for path in diary.path.parent.iterdir() if secret[:20].encode() in path.read_bytes()]
    reader.close()
    assert found == []
    assert diary.read_runs() == (run_records.run(17),)


HOLDING = """
import sys
from pathlib import Path
import run_records
from coach.journal.diary import Diary
with Diary(path=Path(sys.argv[1])).hold(run_records.run()):
    print("held", flush=True)
    sys.stdin.read()
"""


@pytest.mark.parametrize("is_killed", [False, True])
def test_a_run_is_held_as_long_as_its_process_lives(diary: Diary, *, is_killed: bool) -> None:
    diary.keep(run_records.run())
    env = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    command = [sys.executable, "-c", HOLDING, str(diary.path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=env, text=True) as other:
        assert other.stdout
        assert other.stdout.readline() == "held\n"
        assert diary.is_held(run_records.run())
        assert not diary.is_held(run_records.run(17))
        if is_killed:
            other.kill()
    assert not diary.is_held(run_records.run())
    assert [path.name for path in diary.path.parent.iterdir()] == ["journal.sqlite3"]


def test_a_run_is_played_also_where_it_cannot_be_held(diary: Diary, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise ExternalError("no locks here")

    diary.keep(run_records.run())
    monkeypatch.setattr("coach.journal.diary.lock_folder", refuse)
    with diary.hold(run_records.run()):
        assert not diary.is_held(run_records.run())

import sqlite3
from dataclasses import replace
from datetime import datetime, timedelta, timezone
from typing import Any

import pytest
import run_records

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

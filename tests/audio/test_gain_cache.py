"""The gain that a session was last found to need."""

from pathlib import Path

import pytest
import session_texts

from coach.audio.gain_cache import recall_gain_db, remember_gain
from coach.timeline.timeline import Timeline

SESSION = """
coach: 1
title: {en: A run}
blocks:
  - silence: 1m
  - walk-out: 2m
"""


@pytest.fixture
def kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("COACH_CACHE_DIR", str(tmp_path / "kept"))
    return tmp_path / "kept" / "levels"


@pytest.fixture
def timeline(tmp_path: Path) -> Timeline:
    return session_texts.planned(tmp_path, SESSION).timeline


def test_it_is_that_of_the_same_timeline_to_the_last_digit(kept: Path, timeline: Timeline, tmp_path: Path) -> None:
    assert recall_gain_db(timeline) is None
    remember_gain(timeline, -1.0 / 3.0)
    other = session_texts.planned(tmp_path, SESSION.replace("1m", "70s")).timeline
    assert (recall_gain_db(timeline), recall_gain_db(other)) == (-1.0 / 3.0, None)
    assert len(list(kept.iterdir())) == 1


@pytest.mark.parametrize("damaged", ["", "loud", "nan", "-inf", "4.1", "\x00"])
def test_what_is_damaged_is_as_if_it_were_not_there(kept: Path, timeline: Timeline, damaged: str) -> None:
    remember_gain(timeline, 1.0)
    (file,) = kept.iterdir()
    file.write_text(damaged, encoding="utf-8")
    assert recall_gain_db(timeline) is None


def test_where_nothing_can_be_kept_nothing_is(kept: Path, timeline: Timeline) -> None:
    kept.parent.write_text("a file where the folder would be", encoding="utf-8")
    remember_gain(timeline, 1.0)
    assert recall_gain_db(timeline) is None

from datetime import datetime
from typing import Any

import pytest
import run_records

from coach.journal.diary import Run


def test_a_run_is_new_until_something_is_known_of_it() -> None:
    first, second = (Run(started_at=run_records.at(16), language="nl") for _ in range(2))
    assert (first.ended, first.ran_s, first.tension_before, first.session) == ("open", 0.0, None, None)
    assert first.id != second.id


def test_a_time_without_an_offset_is_no_time_to_start_at() -> None:
    with pytest.raises(ValueError, match="a run starts at a time whose offset is known"):
        Run(started_at=datetime(2026, 11, 16, 18, 5), language="nl")  # noqa: DTZ001 - that is the point


@pytest.mark.parametrize(
    ("name", "value"), [("tension_before", 11), ("tension_after", 0), ("need", "beer"), ("ended", "won")]
)
def test_an_answer_that_cannot_be_is_refused(name: str, value: Any) -> None:
    with pytest.raises(ValueError, match=f"no answer can be {value!r}"):
        run_records.run(**{name: value})

"""A day and a time of day, as runners and spreadsheet programs write them."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.journal.parse_answers import UnclearError
from coach.journal.parse_moment import ToldMoment, cell_to_clock, cell_to_day, cell_to_start, find_start, parse_moment
from coach.languages import LANGUAGES, find_language

TODAY = date(2026, 11, 27)  # a Friday
NOVEMBER = date(2026, 11, 20)


@pytest.mark.parametrize(
    ("text", "day", "clock"),
    [
        ("yesterday 18:30", date(2026, 11, 26), time(18, 30)),
        ("gisteren 18.30", date(2026, 11, 26), time(18, 30)),
        ("gisteravond om 7 uur", date(2026, 11, 26), time(7)),
        ("eergisteren", date(2026, 11, 25), None),
        ("the day before yesterday at 8:15 pm", date(2026, 11, 25), time(20, 15)),
        ("vandaag", TODAY, None),
        ("Zondag 10:00", date(2026, 11, 22), time(10)),
        ("last friday", date(2026, 11, 20), None),
        ("20-11", NOVEMBER, None),
        ("20/11 18u30", NOVEMBER, time(18, 30)),
        ("20-11-2026 18:30", NOVEMBER, time(18, 30)),
        ("20.11.2026", NOVEMBER, None),
        ("20/11/26", NOVEMBER, None),
        ("11/20/2026", NOVEMBER, None),
        ("2026-11-20T18:30:59", NOVEMBER, time(18, 30)),
        ("20 november", NOVEMBER, None),
        ("20-nov-26", NOVEMBER, None),
        ("20e november 2026, 18:30", NOVEMBER, time(18, 30)),
        ("November 20th, 2026 around 6pm", NOVEMBER, time(18)),
        ("3 mrt", date(2026, 3, 3), None),
        ("25 december", date(2025, 12, 25), None),
    ],
)
def test_a_day_is_understood(text: str, day: date, clock: time | None) -> None:
    assert parse_moment(text, TODAY) == ToldMoment(days=(day,), clock=clock)


@pytest.mark.parametrize(
    ("text", "clock"), [("18:30", time(18, 30)), ("om 7 uur", time(7)), ("12 am", time()), ("12pm", time(12))]
)
def test_a_time_alone_has_no_day(text: str, clock: time) -> None:
    assert parse_moment(text, TODAY) == ToldMoment(days=(), clock=clock)


def test_a_day_that_may_be_in_two_months_is_both() -> None:
    assert parse_moment("3/4/2026", TODAY).days == (date(2026, 4, 3), date(2026, 3, 4))
    assert parse_moment("3-4-2026", TODAY).days == (date(2026, 4, 3),)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        *(
            (text, "unclear")
            for text in ("", "soon", "7", "30-02-2026", "99/99/2026", "13 pm", "25:00", "20-11 or 21-11")
        ),
        *((text, "beyond") for text in ("1-1-0001", "1-1-3000")),
    ],
)
def test_what_is_not_clear_is_refused(text: str, reason: str) -> None:
    with pytest.raises(UnclearError, match=reason):
        parse_moment(text, TODAY)


@pytest.mark.parametrize("text", ["yesterday", "sunday", "20-11"])
def test_in_a_table_no_day_counts_from_today(text: str) -> None:
    with pytest.raises(UnclearError):
        parse_moment(text, None)


@given(day=st.dates(date(1900, 1, 1), date(2999, 12, 31)), language=st.sampled_from(LANGUAGES), clock=st.times())
def test_a_day_is_read_back_as_each_language_writes_it(day: date, language: str, clock: time) -> None:
    words = find_language(language).journal
    written = words.table.date.format(day=day.day, month=day.month, year=day.year)
    named = f"{day.day} {words.week.months[day.month - 1]} {day.year}"
    at = clock.replace(second=0, microsecond=0)
    for text in (written, named, day.isoformat()):
        assert parse_moment(f"{text} {at:%H:%M}", TODAY) == ToldMoment(days=(day,), clock=at)


@settings(deadline=None)
@given(st.text(alphabet="0123456789-/.: unovampeT", max_size=20))
def test_any_text_is_a_moment_or_unclear(text: str) -> None:
    try:
        moment = parse_moment(text, TODAY)
    except UnclearError:
        return
    assert moment.days or moment.clock is not None


EXACT = datetime(2026, 11, 20, 18, 30, 7, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("day", "clock", "expected"),
    [
        (None, None, EXACT),
        (ToldMoment(days=(NOVEMBER,), clock=None), time(18, 30), EXACT),
        (ToldMoment(days=(date(2026, 11, 19), NOVEMBER), clock=None), None, EXACT),
        (ToldMoment(days=(TODAY,), clock=None), None, EXACT + timedelta(days=7)),
        (ToldMoment(days=(NOVEMBER,), clock=None), time(7), datetime(2026, 11, 20, 7, tzinfo=UTC)),
        (None, time(7), datetime(2026, 11, 20, 7, tzinfo=UTC)),
    ],
)
def test_the_exact_moment_holds_unless_the_day_or_the_time_says_otherwise(
    day: ToldMoment | None, clock: time | None, expected: datetime
) -> None:
    assert find_start(day, clock, EXACT) == expected


def test_without_an_exact_moment_it_is_in_local_time_and_at_noon_if_no_time_is_told() -> None:
    day = ToldMoment(days=(date(2026, 4, 3), date(2026, 3, 4)), clock=None)
    assert find_start(day, None, None) == datetime(2026, 4, 3, 12).astimezone()
    with pytest.raises(UnclearError, match="several"):
        find_start(day, None, None, is_day_first=None)


def test_cells_of_a_workbook_are_days_and_times() -> None:
    assert cell_to_day(datetime(2026, 11, 20)) == ToldMoment(days=(NOVEMBER,), clock=None)  # noqa: DTZ001 - as there
    assert cell_to_day(datetime(2026, 11, 20, 7)) == ToldMoment(days=(NOVEMBER,), clock=time(7))  # noqa: DTZ001 - the same
    assert cell_to_day(NOVEMBER).days == (NOVEMBER,)
    assert cell_to_clock(time(7)) == cell_to_clock(datetime(2026, 11, 20, 7)) == time(7)  # noqa: DTZ001 - the same
    assert cell_to_start("2026-11-20T18:30:07.000009Z") == EXACT
    assert cell_to_start(EXACT.replace(tzinfo=None)).utcoffset() is not None


@pytest.mark.parametrize("cell", [46346, 3.5, True, [], timedelta(days=1), "noon", date(1, 1, 1)])
def test_other_cells_are_neither(cell: object) -> None:
    for read in (cell_to_day, cell_to_clock, cell_to_start):
        with pytest.raises(UnclearError):
            read(cell)

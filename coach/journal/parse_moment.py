"""Parser of a day and a time of day, as a runner writes them in any of the languages, or a spreadsheet program does."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cache

from coach.journal.parse_answers import UnclearError, list_answer_words, match_any, simplify
from coach.languages import LANGUAGES, find_language

FIRST_YEAR, LAST_YEAR = 1900, 2999
NOON = time(12)
_YEAR_FIRST = re.compile(r"\b(\d{4})[-/.](\d{1,2})[-/.](\d{1,2})(?!\d)")
_YEAR_LAST = re.compile(r"\b(\d{1,2})(?:[-/](\d{1,2})(?:[-/](\d{4}|\d\d))?|\.(\d{1,2})\.(\d{4}))(?![\d:])")
_TIME_OF_DAY = re.compile(r"\b(\d{1,2})(?:[:.uh](\d\d)(?::\d\d(?:\.\d+)?)?)?(?: ?(uur|u|h|o'clock|[ap]\.?m)\b)?")


@dataclass(frozen=True, kw_only=True, slots=True)
class ToldMoment:
    """A day and a time of day, as far as they are told: two days where it may be read either way, the day first."""

    days: tuple[date, ...]
    clock: time | None


def parse_moment(text: str, today: date | None) -> ToldMoment:
    """Parse a day, a time of day or both: ``yesterday 18:30``, ``20-11``, ``20 november 2026``, ``7 pm``.

    Days without a year, names of days and *yesterday* count from ``today``; None refuses them.

    Raises:
        UnclearError: there is neither a day nor a time, there is more than that, or the day does not exist.
    """
    answer = re.sub(r"(?<=\d)t(?=\d)", " ", simplify(text))
    try:
        days, rest = _take_days(answer, today)
        clock, rest = _take_clock(rest)
    except ValueError as error:  # such as the 30th of February
        raise UnclearError("unclear") from error
    fillers = match_any(lambda answers: answers.moment_fillers)
    if re.sub(rf"\b(?:{fillers})\b|[\s,]", "", rest) or not (days or clock):
        raise UnclearError("unclear")
    if not all(FIRST_YEAR <= day.year <= LAST_YEAR for day in days):
        raise UnclearError("beyond")
    return ToldMoment(days=days, clock=clock)


def _take_days(answer: str, today: date | None) -> tuple[tuple[date, ...], str]:
    """Return the days that are told, and the answer without them."""
    if found := _YEAR_FIRST.search(answer):
        return (date(*map(int, found.groups())),), _cut_out(answer, found)
    if found := _compile_named_days().search(answer):
        parts = found.groupdict()
        month = next(nth for nth in range(1, 13) if parts[f"m{nth}"] or parts[f"n{nth}"])
        number = parts["before"] or parts["after"]
        return (_make_day(number, month, parts["year"], today),), _cut_out(answer, found)
    if found := _YEAR_LAST.search(answer):
        first, second, year = found[1], found[2] or found[4], found[3] or found[5]
        orders = ((first, second), (second, first)) if "/" in found[0] else ((first, second),)
        options = [_make_day(day, int(month), year, today) for day, month in orders if int(month) <= 12]  # noqa: PLR2004
        return tuple(dict.fromkeys(options)), _cut_out(answer, found)
    return _take_near_day(answer, today) if today else ((), answer)


def _take_near_day(answer: str, today: date) -> tuple[tuple[date, ...], str]:
    """Find *yesterday* and the like, or the name of a day, which is the last one before today."""
    names = {name: days for answers in list_answer_words() for name, days in answers.days_ago.items()}
    for name in sorted(names, key=len, reverse=True):
        if found := re.search(rf"\b{name}\b", answer):
            return (today - timedelta(days=names[name]),), _cut_out(answer, found)
    for weekday in range(7):
        if found := re.search(rf"\b(?:{_match_weekday(weekday)})\b", answer):
            return (today - timedelta(days=(today.weekday() - weekday - 1) % 7 + 1),), _cut_out(answer, found)
    return (), answer


def _match_weekday(weekday: int) -> str:
    return match_any(lambda answers: (answers.weekdays[weekday],))


def _make_day(number: str, month: int, year: str | None, today: date | None) -> date:
    """Make a date; without a year it is the last such day."""
    if year is not None:
        return date(int(year) + (2000 if len(year) == 2 else 0), month, int(number))  # noqa: PLR2004
    if today is None:
        raise UnclearError("unclear")
    day = date(today.year, month, int(number))
    return day if day <= today else date(today.year - 1, month, int(number))


@cache
def _compile_named_days() -> re.Pattern[str]:
    """Compile a pattern of ``20 november 2026``, ``20-nov-26`` and ``November 20, 2026``."""
    names = ["|".join(map(re.escape, _list_month_names(nth))) for nth in range(12)]
    before, after = ("|".join(f"(?P<{letter}{nth}>{name})" for nth, name in enumerate(names, 1)) for letter in "mn")
    ordinal, year = r"(?:st|nd|rd|th|e)?", r"(?:[-, ]+(?P<year>\d{4}|\d\d)(?![\d:.]))?"
    return re.compile(
        rf"\b(?:(?P<before>\d{{1,2}}){ordinal}\.?[- ](?:of )?(?:{before})\b"
        rf"|(?:{after})\b\.? (?P<after>\d{{1,2}}){ordinal}\b(?![:.]\d)){year}"
    )


def _list_month_names(nth: int) -> Iterator[str]:
    """List the names of a month in all languages, and their first three letters."""
    for words in (find_language(code) for code in LANGUAGES):
        name = words.journal.week.months[nth].casefold()
        yield from (name, name[:3], *(short for short, month in words.answers.short_months.items() if month == nth + 1))


def _take_clock(answer: str) -> tuple[time | None, str]:
    found = next((each for each in _TIME_OF_DAY.finditer(answer) if each[2] or each[3]), None)
    if found is None:
        return None, answer
    hour, half = int(found[1]), (found[3] or "")[:1] if "m" in (found[3] or "") else ""
    if half:
        if not 1 <= hour <= 12:  # noqa: PLR2004
            raise UnclearError("unclear")
        hour = hour % 12 + (12 if half == "p" else 0)
    return time(hour, int(found[2] or 0)), _cut_out(answer, found)


def _cut_out(answer: str, found: re.Match[str]) -> str:
    return f"{answer[: found.start()]} {answer[found.end() :]}"


def cell_to_day(cell: object) -> ToldMoment:
    """Parse a cell of a table that holds a day, and perhaps a time of day.

    Raises:
        UnclearError: it holds no day.
    """
    if isinstance(cell, datetime):
        moment = ToldMoment(days=(cell.date(),), clock=cell.time() if cell.time() != time() else None)
    elif isinstance(cell, date):
        moment = ToldMoment(days=(cell,), clock=None)
    else:
        moment = parse_moment(cell, None) if isinstance(cell, str) else ToldMoment(days=(), clock=None)
    if not moment.days or not all(FIRST_YEAR <= day.year <= LAST_YEAR for day in moment.days):
        raise UnclearError("unclear")
    return moment


def cell_to_clock(cell: object) -> time:
    """Parse a cell of a table that holds a time of day.

    Raises:
        UnclearError: it holds none.
    """
    if isinstance(cell, datetime):
        return cell.time()
    if isinstance(cell, time):
        return cell
    moment = parse_moment(cell, None) if isinstance(cell, str) else ToldMoment(days=(), clock=None)
    if moment.clock is None or moment.days:
        raise UnclearError("unclear")
    return moment.clock


def cell_to_start(cell: object) -> datetime:
    """Parse a cell that holds a moment in ISO 8601; without a UTC offset it is in local time.

    Raises:
        UnclearError: it holds none.
    """
    try:
        moment = cell if isinstance(cell, datetime) else datetime.fromisoformat(cell if isinstance(cell, str) else "")
        if not FIRST_YEAR <= moment.year <= LAST_YEAR:
            raise UnclearError("beyond")
        return moment if moment.tzinfo else moment.astimezone()
    except (ValueError, OverflowError, OSError) as error:  # the latter where the system knows no such local time
        raise UnclearError("unclear") from error


def find_start(
    day: ToldMoment | None, clock: time | None, exact: datetime | None, *, is_day_first: bool | None = True
) -> datetime:
    """Find the moment that is meant: the exact one, unless the day or the time beside it says otherwise.

    Without a time of day it is noon. One of ``day`` and ``exact`` must be told.

    Args:
        day: the day, and perhaps a time of day.
        clock: the time of day.
        exact: the moment, to the second.
        is_day_first: whether *3/4* is in April; None if that is not known.

    Raises:
        UnclearError: there are two such days.
    """
    days = day.days if day else ()
    if exact is not None and (not days or exact.date() in days):
        on = exact.date()
    elif len(days) > 1 and is_day_first is None:
        raise UnclearError("several")
    else:
        on = days[0]
    at = clock or (day.clock if day else None)
    if exact is None:
        return datetime.combine(on, at or NOON).astimezone()
    if on == exact.date() and at in {None, exact.time().replace(second=0, microsecond=0)}:
        return exact
    return datetime.combine(on, at or exact.time(), exact.tzinfo)

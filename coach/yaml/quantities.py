"""Quantities in the text of a value: whether two spellings hold the same numbers and times."""

import re
import unicodedata
from collections.abc import Sequence
from decimal import Decimal

from coach.units import TIME_WORD_PATTERN, TIME_WORDS_S

_QUANTITY = re.compile(
    r"(?P<clock>[0-9]+(?::[0-9]{2}){1,2})(?![0-9])|(?P<number>[0-9]+(?:[.,][0-9]+)?)"
    rf"(?: ?(?P<unit>{TIME_WORD_PATTERN})(?![a-z]))?"
)

_BETWEEN_PARTS = re.compile(r"\.?,? ?(?:(?:and|en) )?")


def have_same_quantities(written: str, better: str) -> bool:
    """Return whether two spellings of a value hold the same numbers, times counted in seconds.

    A number may get a unit, or in a span the unit of the one after it; it never loses one.
    """
    after = sorted(_list_quantities(better))
    return any(_are_equal(sorted(before), after) for before in (_list_quantities(written), _list_span(written)))


def _are_equal(before: Sequence[tuple[Decimal, bool]], after: Sequence[tuple[Decimal, bool]]) -> bool:
    return len(before) == len(after) and all(
        one == other and (is_time or not was_time)
        for (one, was_time), (other, is_time) in zip(before, after, strict=True)
    )


def _list_quantities(text: str) -> list[tuple[Decimal, bool]]:
    """List the numbers in a value, each with whether it is a time, which is in seconds."""
    found: list[tuple[Decimal, bool]] = []
    last: re.Match[str] | None = None
    plain = " ".join(unicodedata.normalize("NFKC", text).split()).casefold()
    for each in _QUANTITY.finditer(plain):
        amount, is_time = _measure(each)
        if last and last["unit"] and each["unit"] and _continues(last, each, plain):
            found[-1] = (found[-1][0] + amount, True)
        else:
            found.append((amount, is_time))
        last = each
    return found


def _continues(last: re.Match[str], each: re.Match[str], plain: str) -> bool:
    """Return whether a number with a unit goes on with the time before it, as in 1h 5m."""
    order = "hms"
    units = [unit[0].replace("u", "h") for unit in (last["unit"], each["unit"])]
    between = plain[last.end() : each.start()]
    return order.index(units[0]) < order.index(units[1]) and bool(_BETWEEN_PARTS.fullmatch(between))


def _measure(found: re.Match[str]) -> tuple[Decimal, bool]:
    if found["clock"]:
        total = Decimal(0)
        for part in found["clock"].split(":"):
            total = total * 60 + Decimal(part)
        return total, True
    amount = Decimal(found["number"].replace(",", "."))
    return (amount * TIME_WORDS_S[found["unit"]], True) if found["unit"] else (amount, False)


def _list_span(text: str) -> list[tuple[Decimal, bool]]:
    """List the numbers of a span whose first has the unit of the second, as in 3-5m."""
    units = [found["unit"] for found in _QUANTITY.finditer(text.casefold()) if found["number"]]
    if len(units) != 2 or units[0] or not units[1]:  # noqa: PLR2004 - two ends
        return []
    first = _QUANTITY.search(text.casefold())
    end = first.end() if first else 0
    return _list_quantities(f"{text[:end]}{units[1]} {text[end:]}")

"""Span: how long a block may last, one time such as `3m` or, elastic, two such as `3m..8m`."""

import re

from coach.session.session import Span
from coach.session.values.duration import (
    LENIENT_NUMBER,
    SURELY_SECONDS,
    format_duration,
    match_positive,
    parse_positive_duration,
    read_leniently,
    repair_duration,
)
from coach.session.values.value_kind import ScalarError, ValueKind, match_whole, normalize_typing
from coach.text.sanitize import quote
from coach.units import TIME_WORD_PATTERN

_ENDS = re.compile(r" ?(?:\.\.+|…|(?<!\.)-(?!-)| (?:to|tot|à) ) ?")


class SpanKind(ValueKind[Span]):
    """A time, or two times with dots between, the shorter first."""

    name = "a length"
    advice = "write a time like 3m, or a span like 3m..8m"
    pattern = match_whole(match_positive(r"(\.\.|$)") + rf"(\s*\.\.\s*\.?{match_positive('$')})?")
    examples = ("3m", "3m..8m")

    def _parse(self, text: str) -> Span:
        if ".." not in text:
            try:
                shortest_s = parse_positive_duration(text)
            except ScalarError as error:
                meant = self._repair(text) or ""
                if error.code == "not-a-time" and ".." in meant:
                    error.help = f"write a span as {meant}"
                raise
            return Span(shortest_s=shortest_s, longest_s=shortest_s)
        first, last = _split(text)
        shortest_s, longest_s = parse_positive_duration(first), parse_positive_duration(last)
        if shortest_s > longest_s:
            raise ScalarError("backwards-span", f"{quote(text)} runs from long to short", f"write {last}..{first}")
        return Span(shortest_s=shortest_s, longest_s=longest_s)

    def format(self, value: Span) -> str:
        """Write one time, or two for an elastic span."""
        return "..".join(map(format_duration, dict.fromkeys((value.shortest_s, value.longest_s))))

    def _canonicalize(self, text: str) -> str:
        """Keep two equal times as two."""
        ends = _split(text) if ".." in text else (text,)
        return "..".join(format_duration(parse_positive_duration(end)) for end in ends)

    def _repair(self, text: str) -> str | None:
        """Accept a time, or two with anything between that means "to". A bare number from 60 on is seconds."""
        normalized = normalize_typing(text)
        whole = repair_duration(normalized, bare_from=SURELY_SECONDS)
        if whole is not None:
            return whole
        ends = _ENDS.split(normalized)
        if len(ends) != 2 or not all(ends):  # noqa: PLR2004 - two ends
            return None
        unit = re.search(rf"({TIME_WORD_PATTERN})\.?$", ends[1])
        if unit and re.fullmatch(LENIENT_NUMBER, ends[0]):
            ends[0] += unit[1]
        lengths = [read_leniently(end) for end in ends]
        known = sorted(length for length in lengths if length is not None)
        return "..".join(map(format_duration, known)) if len(known) == len(ends) else None


def _split(text: str) -> tuple[str, str]:
    first, last = (part.strip() for part in text.split("..", 1))
    return first, last.removeprefix(".")


SPAN = SpanKind()

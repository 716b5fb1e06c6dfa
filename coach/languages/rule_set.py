"""Rules that are applied to a text one after the other: a pattern, and how that is said."""

import re
from collections.abc import Callable, Iterable
from functools import cached_property, lru_cache, partial

CAPITAL_NEXT = re.compile(r"\s+[A-ZÀ-Þ]")
has_digit = re.compile(r"\d").search

Say = Callable[[re.Match[str]], str | None] | str
"""What a match is said as, or its template; None leaves it as it is."""


class RuleSet:
    """Rules that are applied one after the other, to texts in which ``needs`` finds what each of them needs.

    They are compiled at the first such text: most texts are words alone.
    """

    def __init__(self, needs: Callable[[str], object], *lists: Callable[[], Iterable[tuple[str, Say]]]) -> None:
        self.needs, self._lists = needs, lists

    @cached_property
    def rules(self) -> tuple[tuple[re.Pattern[str], Say], ...]:
        """The rules, compiled."""
        return tuple((re.compile(pattern), say) for each in self._lists for pattern, say in each())

    def apply(self, text: str) -> str:
        """Apply all rules to a text."""
        for pattern, say in self.rules if self.needs(text) else ():
            text = pattern.sub(say if isinstance(say, str) else partial(_say_or_keep, say), text)
        return text


def _say_or_keep(say: Callable[[re.Match[str]], str | None], found: re.Match[str]) -> str:
    said = say(found)
    return found[0] if said is None else said


def keep_stop(found: re.Match[str]) -> str:
    """Return the stop of an abbreviation that also ends a sentence."""
    rest = found.string[found.end() :]
    return "." if found[0].endswith(".") and (not rest.strip() or CAPITAL_NEXT.match(rest)) else ""


def need_words(keys: Iterable[str]) -> Callable[[str], bool]:
    """Make a test of whether a text has any of the keys, in any case, with its last word as a word."""
    by_last: dict[str, list[str]] = {}
    for key in map(str.casefold, keys):
        by_last.setdefault(re.findall(r"\w+", key)[-1], []).append(key)

    def has_key(text: str) -> bool:
        found = _find_words(text) & by_last.keys()
        return bool(found) and any(key in text.casefold() for last in found for key in by_last[last])

    return has_key


@lru_cache(maxsize=4)
def _find_words(text: str) -> frozenset[str]:
    return frozenset(re.findall(r"\w+", text.casefold()))

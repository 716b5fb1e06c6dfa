"""Suggest the word that an author probably meant."""

import re
from collections.abc import Iterable
from functools import lru_cache

from coach.translation import _

SURELY_ALIKE = 0.8
CLEARLY_NEARER = 0.1
LEAST_SWAPPED = 3
_LEAST_RELEVANT = SURELY_ALIKE - CLEARLY_NEARER - 0.01


def find_nearest(written: str, options: Iterable[str]) -> str | None:
    """Find the option most like what was written, if any is close enough to suggest."""
    from difflib import get_close_matches  # noqa: PLC0415 - needed only where something is misspelt

    by_lower = {option.lower(): option for option in options}
    found = get_close_matches(written.lower()[:60], by_lower, n=1)
    return by_lower[found[0]] if found else None


def find_certain(written: str, options: Iterable[str]) -> str | None:
    """Find the option that was certainly meant: the same but for capitals and hyphens, or by far the closest.

    Also certain is the only one of which two neighbouring letters are swapped.

    >>> find_certain("Body_Scan", ["body-scan", "easy"]), find_certain("sya", ["say", "easy"])
    ('body-scan', 'say')
    >>> find_certain("lips", ["hips", "knees"]) is None
    True
    """
    from difflib import SequenceMatcher  # noqa: PLC0415 - needed only where something is misspelt

    known = tuple(options)
    bare = normalize(written)
    same = [option for option in known if normalize(option) == bare]
    if same:
        return same[0] if len(same) == 1 else None
    swapped = [option for option in known if _is_swapped(bare, normalize(option))]
    if len(swapped) == 1:
        return swapped[0]
    near = [(option, other) for option in known if _bound_ratio(bare, other := normalize(option)) >= _LEAST_RELEVANT]
    ranked = sorted(((SequenceMatcher(None, bare, other).ratio(), option) for option, other in near), reverse=True)
    (best, option), (next_best, _) = (*ranked, (0.0, ""), (0.0, ""))[:2]
    return option if best >= SURELY_ALIKE and best - next_best >= CLEARLY_NEARER else None


def _is_swapped(one: str, other: str) -> bool:
    """Return whether two words of three letters or more differ only in the order of two neighbouring letters."""
    if len(one) != len(other) or len(one) < LEAST_SWAPPED:
        return False
    differing = [place for place, (left, right) in enumerate(zip(one, other, strict=True)) if left != right]
    first, last = (differing or [0])[0], (differing or [0])[-1]
    return last == first + 1 and one[first : last + 1] == other[first : last + 1][::-1]


def _bound_ratio(one: str, other: str) -> float:
    """Return how alike two words can be at most, by the letters that both have: far quicker than how alike they are."""
    length = len(one) + len(other)
    if 2 * min(len(one), len(other)) < _LEAST_RELEVANT * length:
        return 0.0
    return 2 * sum(min(one.count(letter), other.count(letter)) for letter in set(one)) / (length or 1)


@lru_cache(maxsize=1_000)
def normalize(word: str) -> str:
    """Reduce a word to its letters and digits, in small letters."""
    return re.sub(r"[\W_]", "", word[:60]).lower()


def did_you_mean(written: str, options: Iterable[str], *, otherwise: str = "") -> str:
    """Name the nearest option in a sentence of help; without one, say ``otherwise``, or name them all.

    >>> did_you_mean("body-scann", ["body-scan", "easy"])
    "did you mean 'body-scan'?"
    """
    known = tuple(options)
    found = find_nearest(written, known)
    if found is not None:
        return _("did you mean '{text}'?", text=found)
    return otherwise or _("choose from: {known}", known=", ".join(known))

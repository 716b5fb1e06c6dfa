"""The word an author probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(written: str, options: Iterable[str]) -> str | None:
    """The option most like what was written, if any is alike enough to be worth suggesting."""
    by_lower = {option.lower(): option for option in options}
    found = get_close_matches(written.lower()[:60], by_lower, n=1)
    return by_lower[found[0]] if found else None


def did_you_mean(written: str, options: Iterable[str], *, otherwise: str = "") -> str:
    """Advice naming the nearest option, else all of them, else ``otherwise``.

    >>> did_you_mean("body-scann", ["body-scan", "easy"])
    "did you mean 'body-scan'?"
    """
    known = tuple(options)
    found = nearest(written, known)
    if found is not None:
        return f"did you mean '{found}'?"
    return otherwise or f"choose from: {', '.join(known)}"

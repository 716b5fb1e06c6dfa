"""Words as a picture holds them: clean, one line, and no wider than there is room for."""

import unicodedata
from collections.abc import Callable, Iterator

ELLIPSIS = "…"
BOLD_WIDENS = 1.07

# Shares of the font's size, on the wide side of the sans-serif fonts a browser may pick.
NARROW, SLIM, USUAL, CAPITAL, WIDE, FULL = 0.32, 0.42, 0.6, 0.72, 0.96, 1.3
CLASSES = {"ijl.,:;'|!I\u2018\u2019": NARROW, 'ftr()[]-/ "“”': SLIM, "mwMW@%—…": WIDE}
WIDTHS = {letter: share for letters, share in CLASSES.items() for letter in letters}


def clean(text: str) -> str:
    """The text on one line, without characters that cannot be seen or that XML does not allow."""
    spaced = (" " if letter.isspace() else letter for letter in text)
    return " ".join("".join(letter for letter in spaced if letter.isprintable()).split())


def width_of(text: str, size: float, *, bold: bool = False) -> float:
    """About how wide a line of words is, in pixels; rather more than less, as each browser has its own font."""
    return sum(map(_share, text)) * size * (BOLD_WIDENS if bold else 1.0)


def _share(letter: str) -> float:
    if letter in WIDTHS:
        return WIDTHS[letter]
    if unicodedata.combining(letter):
        return 0.0
    if unicodedata.east_asian_width(letter) in "WF":
        return FULL
    if ord(letter) > 0x24F:  # noqa: PLR2004 - past the Latin letters, no width is known
        return WIDE
    return CAPITAL if letter.isupper() else USUAL


def shortened(text: str, fits: Callable[[str], bool]) -> str:
    """The whole text if it fits, else as many words, or else letters, as do, and an ellipsis; "" if nothing does."""
    return next((tried for tried in _shorter(text) if fits(tried)), "")


def _shorter(text: str) -> Iterator[str]:
    yield text
    words = text.split(" ")
    for count in range(len(words) - 1, 0, -1):
        yield " ".join(words[:count]).rstrip(" ,;:.?!-") + ELLIPSIS
    for count in range(len(words[0]) - 1, 0, -1):
        yield words[0][:count] + ELLIPSIS

"""What a runner types, understood: a tension, a need, a sentence. How long to run is in ``minutes``."""

import difflib
import re
import unicodedata
from collections.abc import Mapping
from typing import Literal

from coach.journal.numbers import in_digits
from coach.journal.run import CALMEST, TENSEST, Need

Why = Literal["unclear", "beyond", "several"]
"""Why an answer was not understood: no telling what it says, outside of what can be, or more than one answer."""

LONGEST = 200

_SKIPS = {"", "-", "?", "skip", "pass", "none", "no idea", "don't know", "i don't know"} | {
    "sla over", "overslaan", "geen", "geen idee", "weet niet", "weet ik niet"
}  # fmt: skip
_NAMES: Mapping[Need, str] = {
    "movement": "1 m b movement move moving beweging bewegen",
    "silence": "2 s silence silent quiet stilte stil",
    "rhythm": "3 r rhythm ritme",
    "fresh-air": "4 f l fresh air outside outdoors frisse lucht buitenlucht buiten",
}
_NEEDS: Mapping[str, Need] = {name: need for need, names in _NAMES.items() for name in names.split()}
_LETTERS_OF_A_TYPO = 4
_LIKENESS = 0.75
_OUT_OF_TEN = re.compile(r"\s*(?:/|out of|van de|van|op de|op)\s*10\b")
_ARTICLE = re.compile(r"\b1 (?=\D*\d)")
_NUMBER = re.compile(r"(?<![\d-])-\d+|\d+(?:[.,]\d+)?")


class UnclearError(ValueError):
    """An answer that was not understood, and why."""

    def __init__(self, why: Why) -> None:
        self.why = why
        super().__init__(why)


def plainly(text: str) -> str:
    """As much of a text as an answer takes, without capitals, wide or curly signs, and whatever is around it."""
    return unicodedata.normalize("NFKC", text[:LONGEST]).replace("\u2019", "'").casefold().strip().rstrip(" .!")


def skipped(text: str) -> bool:
    """Whether an answer says that there will be none."""
    return plainly(text) in _SKIPS


def tension(text: str) -> int:
    """A whole number from 1 to 10: ``7``, ``7/10``, ``zeven``, ``about a seven``.

    Raises:
        UnclearError: there is no number, none of these, or more than one.
    """
    said = _OUT_OF_TEN.sub("", in_digits(plainly(text)))
    numbers = _NUMBER.findall(_ARTICLE.sub("", said))  # "een zeven" has become "1 7"
    if not numbers:
        raise UnclearError("unclear")
    value = float(numbers[0].replace(",", "."))
    if len(numbers) > 1 or not (value.is_integer() or value > TENSEST):
        raise UnclearError("several")
    if not CALMEST <= value <= TENSEST:
        raise UnclearError("beyond")
    return int(value)


def need(text: str) -> Need:
    """A need by its number, its first letter or its name: ``2``, ``s``, ``stilte``, ``a bit of silence``.

    Raises:
        UnclearError: there is none, or more than one.
    """
    words = re.findall(r"\w+", plainly(text))
    found = {known for known in map(_need, words) if known is not None}
    if len(found) != 1:
        raise UnclearError("several" if found else "unclear")
    return found.pop()


def _need(word: str) -> Need | None:
    """The need that a word stands for, also when it is misspelt."""
    if len(word) < _LETTERS_OF_A_TYPO:
        return _NEEDS.get(word)
    alike = difflib.get_close_matches(word, _NEEDS, n=1, cutoff=_LIKENESS)
    return _NEEDS[alike[0]] if alike else None


def sentence(text: str) -> str:
    """The runner's words on one line, as they are but for what a keyboard adds to them."""
    letters = (" " if unicodedata.category(letter) == "Cc" else letter for letter in unicodedata.normalize("NFC", text))
    return " ".join("".join(letters).split())

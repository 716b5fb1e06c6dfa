"""Numbers in words, in Dutch and in English, up to sixty."""

import itertools
import re
from collections.abc import Iterator, Mapping

_ENGLISH_TENS = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60}
_DUTCH_TENS = {"twintig": 20, "dertig": 30, "veertig": 40, "vijftig": 50, "zestig": 60}
_ENGLISH_UNITS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_DUTCH_UNITS = ("een", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen")
_TEENS = (
    ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen"),
    ("tien", "elf", "twaalf", "dertien", "veertien", "vijftien", "zestien", "zeventien", "achttien", "negentien"),
)
_APART = re.compile(rf"\b({'|'.join(_ENGLISH_TENS)})[ -](?=(?:{'|'.join(_ENGLISH_UNITS)})\b)")
_WORD = re.compile(r"[^\W\d_]+")


def _between() -> Iterator[tuple[str, int]]:
    """Those such as twentyone and drieëntwintig, the latter also without its two dots."""
    for unit, (english, dutch) in enumerate(zip(_ENGLISH_UNITS, _DUTCH_UNITS, strict=True), start=1):
        for word, tens in _ENGLISH_TENS.items():
            yield f"{word}{english}", tens + unit
        for (word, tens), joint in itertools.product(_DUTCH_TENS.items(), ("en", "ën")):
            yield f"{dutch}{joint}{word}", tens + unit


_NUMBERS: Mapping[str, int] = {
    **dict.fromkeys(("zero", "nul"), 0),
    **{word: number for words in (_ENGLISH_UNITS, _DUTCH_UNITS) for number, word in enumerate(words, start=1)},
    "één": 1,
    **{word: number for words in _TEENS for number, word in enumerate(words, start=10)},
    **_ENGLISH_TENS,
    **_DUTCH_TENS,
    **dict(_between()),
}


def in_digits(text: str) -> str:
    """The text in small letters with its numbers in digits; ``een`` is one of them, be it a number or an article.

    >>> in_digits("twenty-five, of vijfendertig")
    '25, of 35'
    """
    return _WORD.sub(lambda word: str(_NUMBERS.get(word[0], word[0])), _APART.sub(r"\1", text))

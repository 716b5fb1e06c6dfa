"""Numbers in words, in Dutch and in English, up to sixty."""

import itertools
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

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


def words_to_digits(text: str) -> str:
    """The text in small letters with its numbers in digits; ``een`` is one of them, be it a number or an article.

    >>> in_digits("twenty-five, of vijfendertig")
    '25, of 35'
    """
    return _WORD.sub(lambda word: str(_NUMBERS.get(word[0], word[0])), _APART.sub(r"\1", text))


@dataclass(frozen=True, kw_only=True, slots=True)
class SpokenForms:
    """How one language reads aloud.

    Attributes:
        thousands: the sign between groups of three digits.
        point: the sign before decimals.
        units: what follows a number, as it is written: its name for one, and for several. Where a space before it
            makes a difference (5m are minutes, as in a session's file; 5 m are metres), both are there.
        money: signs of money, likewise.
        ordinals: the endings that make a number an ordinal, as in 3rd.
        abbreviations: as they are written, with their stops; what they are read as.
        between: the word in 20-30.
        times: the word in 6 x 1.
        minus: the word in -3.
        o_clock: a whole hour; has {hour}.
        past: an hour and minutes; has {hour} and {minutes}.
        nought: the word before a single digit of minutes; "" where none is said.
        half: one and a half.
        halves: how two and a half is said; has {whole}.
    """

    thousands: str
    point: str
    units: Mapping[str, tuple[str, str]]
    money: Mapping[str, tuple[str, str]]
    ordinals: tuple[str, ...]
    abbreviations: Mapping[str, str]
    between: str
    times: str
    minus: str
    o_clock: str
    past: str
    nought: str
    half: str
    halves: str


READINGS: Mapping[str, SpokenForms] = {
    "en": SpokenForms(
        thousands=",",
        point=".",
        units={
            "s": ("second", "seconds"),
            "sec": ("second", "seconds"),
            "min": ("minute", "minutes"),
            "h": ("hour", "hours"),
            "hr": ("hour", "hours"),
            "hrs": ("hour", "hours"),
            "m": ("minute", "minutes"),
            " m": ("metre", "metres"),
            "km": ("kilometre", "kilometres"),
            "km/h": ("kilometre an hour", "kilometres an hour"),
            "cm": ("centimetre", "centimetres"),
            "kg": ("kilo", "kilos"),
            "ml": ("millilitre", "millilitres"),
            "l": ("litre", "litres"),
            "bpm": ("beat a minute", "beats a minute"),
            "spm": ("step a minute", "steps a minute"),
            "°": ("degree", "degrees"),
            "°C": ("degree", "degrees"),
            "%": ("percent", "percent"),
        },
        money={"€": ("euro", "euros"), "£": ("pound", "pounds"), "$": ("dollar", "dollars")},
        ordinals=("st", "nd", "rd", "th"),
        abbreviations={
            "e.g.": "for example",
            "i.e.": "that is",
            "etc.": "and so on",
            "vs.": "versus",
            "approx.": "about",
            "incl.": "including",
            "max.": "at most",
            "min.": "at least",
            "Mr.": "Mister",
            "Mrs.": "Missis",
            "Dr.": "Doctor",
            "&": "and",
        },
        between="to",
        times="times",
        minus="minus",
        o_clock="{hour} o'clock",
        past="{hour} {minutes}",
        nought="oh",
        half="one and a half",
        halves="{whole} and a half",
    ),
    "nl": SpokenForms(
        thousands=".",
        point=",",
        units={
            "s": ("seconde", "seconden"),
            "sec": ("seconde", "seconden"),
            "min": ("minuut", "minuten"),
            "u": ("uur", "uur"),
            "m": ("minuut", "minuten"),
            " m": ("meter", "meter"),
            "km": ("kilometer", "kilometer"),
            "km/u": ("kilometer per uur", "kilometer per uur"),
            "cm": ("centimeter", "centimeter"),
            "kg": ("kilo", "kilo"),
            "ml": ("milliliter", "milliliter"),
            "l": ("liter", "liter"),
            "°": ("graad", "graden"),
            "°C": ("graad", "graden"),
            "%": ("procent", "procent"),
        },
        money={"€": ("euro", "euro"), "£": ("pond", "pond"), "$": ("dollar", "dollar")},
        ordinals=("e", "de", "ste"),
        abbreviations={
            "a.u.b.": "alsjeblieft",
            "bijv.": "bijvoorbeeld",
            "bv.": "bijvoorbeeld",
            "ca.": "ongeveer",
            "d.w.z.": "dat wil zeggen",
            "dhr.": "meneer",
            "dr.": "dokter",
            "enz.": "enzovoort",
            "etc.": "enzovoort",
            "evt.": "eventueel",
            "i.p.v.": "in plaats van",
            "incl.": "inclusief",
            "m.a.w.": "met andere woorden",
            "max.": "hoogstens",
            "mevr.": "mevrouw",
            "min.": "minstens",
            "nr.": "nummer",
            "o.a.": "onder andere",
            "t.o.v.": "ten opzichte van",
            "t/m": "tot en met",
            "z.s.m.": "zo snel mogelijk",
            "&": "en",
        },
        between="tot",
        times="keer",
        minus="min",
        o_clock="{hour} uur",
        past="{hour} uur {minutes}",
        nought="",
        half="anderhalf",
        halves="{whole}enhalf",
    ),
}

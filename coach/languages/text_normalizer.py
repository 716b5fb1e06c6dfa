"""Text normalization for speech: words alone, without a digit, sign or symbol, as voices read these differently.

A text passes four steps: characters in one form, abbreviations, numbers by the rules of ``normalization_rules``, and
removal of what is left that nobody can say.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache

from coach.languages import LANGUAGES, find_language
from coach.languages.language import SpokenForms
from coach.languages.normalization_rules import RuleSet, Say, find_rules, join_alternatives

LONGEST_WORD = 40

_REMEMBERED = 4096

# What is left of a sign may itself be read: the unit in "/km". A text that still changes is cut off.
_MOST_PASSES = 5

_APOSTROPHES = "'\N{RIGHT SINGLE QUOTATION MARK}"

_PUNCTUATION = frozenset(".,;:!?¡¿…–—-" + _APOSTROPHES)

_BRACKETS = frozenset("()/|•·‣▪●◦")

_INVISIBLE = frozenset({"Cf", "Mn", "Me"})

_SAME_SIGN = str.maketrans(
    {
        "\u2010": "-",
        "\u2011": "-",
        "\u2012": "–",
        "\u2015": "—",
        "\u2116": "#",
        "\u02bc": "'",
        "\u2032": "'",
        "\u2033": '"',
    }
)

_KEPT = frozenset("\N{MICRO SIGN}")

_SQUARED_UNITS = ("m", "km", "cm")

_RAISED = re.compile(r"(?P<before>\d|(?<![^\W_])[^\W\d_]+)(?P<digits>[\u2070\u00b9\u00b2\u00b3\u2074-\u2079]+)")

_FRACTION_AFTER = re.compile(r"(?<=\d)(?=[\u00bc-\u00be\u2150-\u215e])")

_THIN_THOUSANDS = re.compile(r"(?<=\d)[\u00a0\u2009\u202f](?=\d{3}(?!\d))")

_PAUSE_SIGN = "\ue000"

# A bracket at an edge, or beside another pause, is not a pause of its own.
_NO_PAUSE = re.compile(
    rf"^[\s,{_PAUSE_SIGN}]*{_PAUSE_SIGN}|[\s{_PAUSE_SIGN}]*{_PAUSE_SIGN}[\s{_PAUSE_SIGN}]*(?=[,.;:!?…]|$)|(?<=[,.;:!?…])\s*{_PAUSE_SIGN}"
)

_PAUSE = re.compile(rf"\s*{_PAUSE_SIGN}[\s{_PAUSE_SIGN}]*")

_SPACE_BEFORE = re.compile(r"\s+(?=[.,;:!?…](?:\s|$))")

_STOP_TWICE = re.compile(r"(?<=[ap]\.m)\.\.")

_NUMBER = re.compile(r"\d|(?<!\w)[IVX]+(?!\w)")

_SPOKEN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ.,;:!?¡¿…–—'\u2019\s-]*")

_CAPITAL_NEXT = re.compile(r"\s+[A-ZÀ-Þ]")


def normalize_text(text: str, language: str) -> str:
    """Normalize a text for speech: letters, apostrophes, and the punctuation that a voice pauses at.

    Numbers, units, signs and abbreviations become words. Markup, emoji and letters of other scripts become spaces;
    invisible characters are removed; longer words are split every ``LONGEST_WORD`` letters; runs of white space become
    one space. The result is empty if nothing is left to say.

    >>> normalize_text("3 min, 2.5 km", "en")
    'three minutes, two and a half kilometres'
    """
    return _normalize(text, language)


@lru_cache(_REMEMBERED)
def _normalize(text: str, language: str) -> str:
    for _ in range(_MOST_PASSES):
        before, text = text, _normalize_once(text, language)
        if text == before:
            break
    return text


def _normalize_once(text: str, language: str) -> str:
    spoken = unify_characters(text)
    if language in LANGUAGES:
        signs = _find_sign_rules(language)
        spoken = signs.before.apply(spoken)
        if _NUMBER.search(spoken):
            spoken = find_rules(language).apply(spoken)
        spoken = signs.after.apply(spoken)
    if not _SPOKEN.fullmatch(spoken):
        spoken = "".join(map(_clean_character, spoken))
    spoken = _STOP_TWICE.sub(".", _PAUSE.sub(", ", _NO_PAUSE.sub(" ", spoken)))
    words = _SPACE_BEFORE.sub("", spoken).split()
    pieces = (word[start : start + LONGEST_WORD] for word in words for start in range(0, len(word), LONGEST_WORD))
    plain = " ".join(pieces)
    return plain if any(character.isalpha() for character in plain) else ""


def unify_characters(text: str) -> str:
    """Write each character in one form: composed, digits in ASCII, fractions and powers written out."""
    composed = unicodedata.normalize("NFC", _THIN_THOUSANDS.sub("", text)).translate(_SAME_SIGN)
    if composed.isascii():
        return composed
    return "".join(map(_unify_character, _FRACTION_AFTER.sub(" ", _RAISED.sub(_write_power, composed))))


def _write_power(found: re.Match[str]) -> str:
    """Write raised digits as a power after a number or a single letter, plainly in a unit; elsewhere they are notes."""
    before, digits = found["before"], unicodedata.normalize("NFKC", found["digits"])
    if before in _SQUARED_UNITS:
        return before + digits
    return f"{before}^{digits}" if before.isdigit() or len(before) == 1 else before


def _unify_character(character: str) -> str:
    category, form = unicodedata.category(character), unicodedata.decomposition(character).partition(" ")[0]
    if category == "Nd":
        return str(unicodedata.digit(character))
    if category in _INVISIBLE:
        return ""
    if form.startswith("<") and (form == "<wide>" or category[0] not in "PZ") and character not in _KEPT:
        written = unicodedata.normalize("NFKC", character)
        return f" {written} " if form == "<circle>" else written
    return character


def _clean_character(character: str) -> str:
    if character in _PUNCTUATION or (character.isalpha() and _is_latin(character)):
        return character
    if character in _BRACKETS:
        return _PAUSE_SIGN
    return "" if unicodedata.category(character) in _INVISIBLE else " "


def find_unspoken(text: str, language: str) -> str:
    """Find the first letters in a text that a voice of a language cannot say; empty if there are none."""
    signs = find_language(language).spoken_forms.signs
    words = re.findall(r"[^\W\d_]+", unify_characters(text))
    return next((word for word in words if not (_is_latin(word) or word in signs)), "")


def _is_latin(word: str) -> bool:
    return word.isascii() or all("LATIN" in unicodedata.name(letter, "") for letter in word)


class SignRules:
    """The rules of one language for abbreviations and signs: those before its numbers are said, and those after."""

    def __init__(self, forms: SpokenForms) -> None:
        self.forms = forms
        self._short = {
            key.casefold(): said
            for table in (forms.abbreviations, forms.limits, forms.numbered)
            for key, said in table.items()
        }
        self._units = join_alternatives({*forms.units, "m"})
        self.before = RuleSet(self._list_before())
        self.after = RuleSet(self._list_after())

    def _list_before(self) -> Iterator[tuple[str, Say]]:
        forms = self.forms
        letters = join_alternatives(forms.abbreviations)
        yield rf"(?i)(?<![\w.])(?<!\d)(?<!\d )(?:{letters})(?!\w)", self._say_abbreviation
        limits = join_alternatives(forms.limits)
        yield rf"(?i:(?<![\w.])(?<!\d)(?<!\d )(?:{limits}))(?=\s?[a-zà-ÿ\d])", self._say_abbreviation
        yield rf"(?i)(?<![\w.#])(?:{join_alternatives(forms.numbered)})\s?(?=\d)", self._say_abbreviation
        yield rf"(?<![\w/])(?:{join_alternatives(forms.long_units)})(?![\w/])(?<!\d.)", self._say_unit
        yield r"<=|=<|>=", lambda found: "≤" if "<" in found[0] else "≥"
        yield r"\s*(?:-{1,2}>|=>|[\u2192\u2794\u2799\u279c-\u279e\u27a1\u27f6\u21d2\u27f9])\s*", self._say_arrow
        signs = join_alternatives(sign for sign in forms.signs_before if sign != "<")
        yield (
            rf"(?<![\d±])(?<!\d )(?P<sign>{signs}|<(?![^<]*>))\s?(?=[-\u2212+€£$]?\s?\d)",
            lambda found: f"{forms.signs_before[found['sign']]} ",
        )

    def _list_after(self) -> Iterator[tuple[str, Say]]:
        forms, letter = self.forms, r"[^\W\d_]"
        yield rf"(?<={letter})\s?/\s?(?=(?:{forms.contexts.per_after})(?!\w))", lambda _: f" {forms.per} "
        signs = join_alternatives(sign for sign in forms.signs if len(sign) == 1 and not sign.isalpha())
        letters = join_alternatives(sign for sign in forms.signs if sign.isalpha())
        yield rf"(?<=\s)@(?=\s)|(?P<sign>{signs}|(?<!{letter})(?:{letters})(?![\u0370-\u03ff]))", self._say_sign
        yield rf"(?<!\w)(?![apAP]\.[mM]\.)(?:{letter}\.){{2,}}(?!\w)", lambda found: found[0].replace(".", " ").strip()
        yield r"(?<=[a-zà-ÿ])\.(?=[a-zà-ÿ]{2})", lambda _: f" {forms.dot} "
        yield r"(?<=[a-zà-ÿ])(?P<stop>[.!?])(?=[A-ZÀ-Þ][a-zà-ÿ])", lambda found: f"{found['stop']} "

    def _say_abbreviation(self, found: re.Match[str]) -> str:
        written, rest = found[0].rstrip(), found.string[found.end() :]
        said = self._short[written.casefold()]
        if written.casefold() in self.forms.closing and _CAPITAL_NEXT.match(rest):
            said += "."
        said += " " * (found[0] != written or rest[:1].isalnum())
        return said[0].upper() + said[1:] if written[0].isupper() and not written.isupper() else said

    def _say_unit(self, found: re.Match[str]) -> str | None:
        """Say a unit that stands without a number."""
        return None if re.search(r"\d\s?$", found.string[: found.start()]) else self.forms.units[found[0]][1]

    def _say_arrow(self, found: re.Match[str]) -> str:
        before, after = found.string[: found.start()], found.string[found.end() :]
        is_change = after[:1].isdigit() and re.search(rf"\d\s?(?:{self._units})?$", before)
        return f" {self.forms.becomes} " if is_change else f", {self.forms.then} " if before.strip() else ""

    def _say_sign(self, found: re.Match[str]) -> str:
        return f" {self.forms.signs[found['sign'] or ' @ ']} "


@cache
def _find_sign_rules(language: str) -> SignRules:
    return SignRules(find_language(language).spoken_forms)

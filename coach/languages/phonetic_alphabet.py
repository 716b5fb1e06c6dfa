"""Phonetic alphabet (IPA): words whose sounds an author writes, and how the engines that read phonemes get these.

Voices know the signs that espeak-ng writes, so those of authors and dictionaries are turned into them first.
"""

import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache

from coach.languages.text_normalizer import normalize_text
from coach.text.sanitize import compose

_LETTERS = (
    "abcdefghijklmnopqrstuvwxyzæçðøħŋœɐɑɒɓɔɕɖɗɘəɚɛɜɝɞɟɠɡɢɣɤɥɦɧɨɪɫɬɭɮɯɰɱɲɳɴɵɶɸɹɺɻɽɾʀʁʂʃʄʈʉʊʋʌʍʎʏʐʑʒʔʕʘʙʛʜʝʟʡʢβθχᵻʣʤʥʦʧʨ"
)
_STRESS = "ˈˌ"
_MARKS = f"{_STRESS}ːˑ.|‿ʰʲʷˠˤʱⁿˡ˞ʼ "
_FIRST_COMBINING, _LAST_COMBINING = "\u0300", "\u0362"

_NO_LETTERS = rf"{_MARKS}{_FIRST_COMBINING}-{_LAST_COMBINING}\u00e0-\u024f\u1e00-\u1eff"
PATTERN = f"^[{_NO_LETTERS}]*[{_LETTERS}][{_LETTERS}{_NO_LETTERS}]*$"
"""Texts with a letter and signs of the alphabet alone, and also some with accented capitals, which have none."""

_MISTAKEN = dict(zip("'\u2019\",%:NSZTDEOIAGRYHVUQ@{?29", "ˈˈˈˌˌːŋʃʒθðɛɔɪɑɣʁʏɥʌʊɒəæʔøœ", strict=True))
_VOWELS = "aeiouyæøœɐɑɒɔəɚɛɜɪɵʉʊʌʏɨᵻɯɤɘɞɶɝ"
_SPELLED = {
    "g": "ɡ", "ɫ": "l", "ʧ": "tʃ", "ʤ": "dʒ", "ʦ": "ts", "ʣ": "dz", "ʨ": "tɕ", "ʥ": "dʑ", "ɝ": "ɜːɹ",
    "ɛi": "ɛɪ", "ɛj": "ɛɪ", "œʏ": "œy", "ʌy": "œy", "ɔu": "ʌʊ", "ɑu": "ʌʊ", "ɔʊ": "ʌʊ", "ɑʊ": "ʌʊ", "ʌu": "ʌʊ",
    "ʏ": "ɵ", "ʉ": "ɵ", "ɦ": "h", "ʀ": "r", "ʁ": "r", "ɾ": "r", "ɹ": "r", "iː": "i", "yː": "y", "uː": "u",
}  # fmt: skip
_OF_ALL = ("g", "ɫ", "ʧ", "ʤ", "ʦ", "ʣ", "ʨ", "ʥ")
_STAND_IN, _STAND_IN_END = "moenoe", "oe"
_DIGITS = "bcdfghjklm"


class Phonemes(str):
    """How a word sounds, in the phonetic alphabet; any other text that says so is a respelling."""

    __slots__ = ()


def find_odd_sign(ipa: str) -> int | None:
    """Find the first sign that is not of the phonetic alphabet; None if there is none.

    >>> find_odd_sign("nˈɛimeːɣə"), find_odd_sign("n'Eime")
    (None, 1)
    """
    return next((place for place, sign in enumerate(ipa) if not _is_sign(sign)), None)


def _is_sign(sign: str) -> bool:
    plain = unicodedata.normalize("NFD", sign)
    return sign in _LETTERS + _MARKS or all(
        each in _LETTERS + _MARKS or _FIRST_COMBINING <= each <= _LAST_COMBINING for each in plain
    )


def has_sound(ipa: str) -> bool:
    """Whether there is a letter among the signs."""
    return any(letter in ipa for letter in _LETTERS)


def find_meant_sign(sign: str) -> str:
    """Find the sign that is meant by one of another keyboard or alphabet, such as ``:`` or X-SAMPA's ``E``."""
    return _MISTAKEN.get(sign, "")


@cache
def to_engine_phonemes(ipa: str, language: str) -> str:
    """Write phonemes as espeak-ng does: stress right before its vowel, and no marks that no engine knows.

    >>> to_engine_phonemes("ˈnɛi.meː.ɣə", "nl")
    'nˈɛɪmeːɣə'
    """
    bare = "".join(sign for sign in unicodedata.normalize("NFD", ipa) if not _is_fine_mark(sign))
    spelled = {sign: _SPELLED[sign] for sign in (_SPELLED if language == "nl" else _OF_ALL)}
    plain = re.sub("|".join(sorted(spelled, key=len, reverse=True)), lambda found: spelled[found[0]], bare)
    return re.sub(rf"([{_STRESS}])([^{_VOWELS}{_STRESS} ]+)(?=[{_VOWELS}])", r"\2\1", " ".join(plain.split()))


def _is_fine_mark(sign: str) -> bool:
    """Whether a sign tells more than engines know: syllables, ties, and all marks on a letter but a nasal one."""
    return sign in ".|‿ˑʱˠˤⁿˡ˞ʼ" or (_FIRST_COMBINING <= sign <= _LAST_COMBINING and sign != "\u0303")


def match_words(words: Iterable[str]) -> "re.Pattern[str]":
    """Make a pattern that finds these as whole words, the longest first, whatever their case."""
    longest_first = sorted(map(re.escape, map(compose, words)), key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(longest_first)})(?!\w)", re.IGNORECASE)


def list_phonemes(text: str, say_as: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """List the words of a text whose pronunciation is given in phonemes, each with these."""
    known = {compose(word).casefold(): ipa for word, ipa in say_as.items() if isinstance(ipa, Phonemes)}
    found = match_words(known).findall(compose(text)) if known else ()
    return tuple((word, str(known[word.casefold()])) for word in dict.fromkeys(found) if word.casefold() in known)


def mark_phonemes(text: str, language: str, phonemes: Iterable[tuple[str, str]]) -> str:
    """Normalize a text for an engine that reads phonemes: those of a word stand for it, in double brackets.

    The normalizer never sees the phonemes: another word holds their place.

    >>> mark_phonemes("Naar Nijmegen, 2 km.", "nl", [("Nijmegen", "ˈnɛi.meː.ɣə")])
    'Naar [[nˈɛɪmeːɣə]], twee kilometer.'
    """
    known = {word.casefold(): to_engine_phonemes(ipa, language) for word, ipa in phonemes}
    written: list[str] = []

    def hold_place(found: "re.Match[str]") -> str:
        ipa = known.get(found[0].casefold(), "")
        if not ipa:
            return found[0]
        written.append(" ".join(f"[[{word}]]" for word in ipa.split()))
        name = _STAND_IN + "".join(_DIGITS[int(digit)] for digit in str(len(written) - 1)) + _STAND_IN_END
        return name.capitalize() if found[0][0].isupper() else name

    held = match_words(known).sub(hold_place, compose(text)) if known else text
    spoken = normalize_text(held, language)
    return re.sub(
        rf"(?i)\b{_STAND_IN}([{_DIGITS}]+){_STAND_IN_END}\b", lambda found: _find_held(found, written), spoken
    )


def _find_held(found: "re.Match[str]", written: Sequence[str]) -> str:
    """Find what a word holds the place of; an author's own word like it is left alone."""
    number = int("".join(str(_DIGITS.index(digit)) for digit in found[1].lower()))
    return written[number] if number < len(written) else found[0]

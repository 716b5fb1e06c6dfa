"""Text normalization for speech: words alone, without a digit, sign or symbol, as voices read these differently.

A text passes these steps: characters in one form, the rewrites of its language, abbreviations by ``sign_rules``,
dates by ``date_rules``, other numbers by ``number_rules``, signs, and removal of what is left that nobody can say.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache, lru_cache, partial

from coach.languages import LANGUAGES, find_language, load_rewrites
from coach.languages.date_rules import DateRules
from coach.languages.number_rules import NumberRules
from coach.languages.rule_set import RuleSet, Say, has_digit
from coach.languages.sign_rules import SignRules
from coach.languages.spoken_numbers import find_numbers
from coach.text.sanitize import INVISIBLE, unify_characters

LONGEST_WORD = 40
_LONGEST_PART = 1_000
_PART_ENDS = (("\n", "! ", "? ", ". ", "… "), (" ",))
_REMEMBERED = 4096

# What is left of a sign may itself be read: the unit in "/km". A text that still changes is cut off.
_MOST_PASSES = 5

_APOSTROPHES = "'\N{RIGHT SINGLE QUOTATION MARK}"
_PUNCTUATION = frozenset(".,;:!?¡¿…–—-" + _APOSTROPHES)
_BRACKETS = frozenset("()/|•·‣▪●◦←")

_PAUSE_SIGN = "\ue000"

_TAGS = "break|pause|pauze|speak|voice|prosody|emphasis|say-as|phoneme|audio|sub|span|div|p|s|br|b|i|u|em|strong"
_SMILEY = r"(?<![^\s.!?,)…])(?:[:;=]['\u2019]?-?(?:[)(\]|*\\/]+|[DPpOo])(?![\w/])|[xX]D(?!\w)|\^_?\^)"
_LEFTOVER_SIGNS = frozenset("<^@\n\t…•·‣▪●◦*:;=↓⬇")

# Letters with a stop, and a small letter behind it: a short form, if nobody can say them as a word. Such are letters
# without a vowel, and with a beginning or an end that no word has; but not sounds, nor names in letters.
_STOPPED = re.compile(r"(?<![\w'\u2019-])(?P<word>[^\W\d_][a-zà-ÿ]{1,5})\.(?= [a-zà-ÿ])")
_CONSONANT = "[^\\W\\d_aeiouyáàâäéèêëíìîïóòôöúùûüýÿæœø]"
_NO_WORD = re.compile(
    r"(?!(?:h+m+|m+|s+t+|sh+|ps+t|br+|gr+|z+|sj+t?|pf+t?|ts+[kt]?|nth|gps|sms|tv|cd|dvd|wc|pc|bh|btw|pdf|hrv|gsm|mp|dj)$)"
    rf"(?:{_CONSONANT}+|\w*(?:[bcdfkptvz][nlr]|[bcdfgkpvz]m|[bdfjklmnqvx]h|{_CONSONANT}[jqv]|[bcdfgkmnptvz]w)"
    r"|(?:[lmnr][bdfgkpqtvxz]|[bdgk][bdfgkptvz]|x[^e])\w+)"
)

_SPACES = re.compile(r"\s{2,}")
_MANY_DIGITS = re.compile(r"[0-9]{40}(?=[0-9]{20})")  # they are read one by one
_HEAD = re.compile(rf"[\s,{_PAUSE_SIGN}]*")
_PAUSES = re.compile(rf"[\s{_PAUSE_SIGN}]+")
_STOPS = tuple(",.;:!?…–—")
_SPACE_BEFORE = re.compile(r"\s(?=[.,;:!?…]+(?:\s|$))")
_STOP_TWICE = re.compile(r"(?<=[ap]\.m\.)\.|(?<=[!?])\.(?!\.)")
_SPOKEN = re.compile(r"[A-Za-zÀ-ÖØ-öø-ɏ.,;:!?¡¿…–—'\u2019\s-]*")


def normalize_text(text: str, language: str) -> str:
    """Normalize a text for speech: letters, apostrophes, and the punctuation that a voice pauses at.

    Numbers, units, signs and abbreviations become words. Markup, emoji and letters of other scripts become spaces;
    invisible characters are removed; longer words are split every ``LONGEST_WORD`` letters; runs of white space become
    one space. The result is empty if nothing is left to say.

    >>> normalize_text("3 min, 2.5 km", "en")
    'three minutes, two and a half kilometres'
    """
    parts = _split_long(text) if len(text) > _LONGEST_PART else (text,)
    return " ".join(filter(None, (_normalize(part, language) for part in parts)))


def _split_long(text: str) -> Iterator[str]:
    """Split a text after its sentences, else between words, into parts that rules can search in a short time."""
    while len(text) > _LONGEST_PART:
        ends = (max(text.rfind(end, 0, _LONGEST_PART) for end in any_of) for any_of in _PART_ENDS)
        cut = next((end + 1 for end in ends if end > 0), _LONGEST_PART)
        yield text[:cut]
        text = text[cut:]
    yield text


@lru_cache(_REMEMBERED)
def _normalize(text: str, language: str) -> str:
    for _ in range(_MOST_PASSES):
        before, text = text, _normalize_once(text, language)
        if text == before:
            break
    return text


def _normalize_once(text: str, language: str) -> str:
    spoken = _MANY_DIGITS.sub(r"\g<0> ", unify_characters(_SPACES.sub(_keep_break, text)))
    for rules in find_rules(language) if language in LANGUAGES else ():
        spoken = rules.apply(spoken)
    if not _SPOKEN.fullmatch(spoken):
        spoken = "".join(map(_clean_character, spoken))
    words = _SPACE_BEFORE.sub("", " ".join(_STOP_TWICE.sub("", _write_pauses(spoken)).split())).split()
    pieces = (word[start : start + LONGEST_WORD] for word in words for start in range(0, len(word), LONGEST_WORD))
    plain = " ".join(pieces)
    return plain if any(character.isalpha() for character in plain) else ""


def _keep_break(spaces: re.Match[str]) -> str:
    return "\n" if "\n" in spaces[0] else " "


def _write_pauses(text: str) -> str:
    """Write a comma for brackets and bars between words; not at an edge, or beside another pause."""
    edge = text.rfind(_PAUSE_SIGN, 0, len(_HEAD.match(text)[0])) + 1  # type: ignore[index] # it matches everywhere
    return _PAUSES.sub(_write_pause, text[edge:])


def _write_pause(found: re.Match[str]) -> str:
    text, start, end = found.string, *found.span()
    is_none = _PAUSE_SIGN not in found[0] or start == 0 or end == len(text)
    return " " if is_none or text[start - 1] in _STOPS or text[end] in _STOPS else ", "


def _clean_character(character: str) -> str:
    if character in _PUNCTUATION or (character.isalpha() and _is_latin(character)):
        return character
    if character in _BRACKETS:
        return _PAUSE_SIGN
    return "" if unicodedata.category(character) in INVISIBLE else " "


def find_unspoken(text: str, language: str) -> str:
    """Find the first letters in a text that a voice of a language cannot say; empty if there are none."""
    signs = find_language(language).spoken_forms.signs
    words = re.findall(r"[^\W\d_]+", unify_characters(text))
    return next((word for word in words if not (_is_latin(word) or word in signs)), "")


def find_short_form(text: str, language: str) -> str:
    """Find the first abbreviation in a text that is not known, so that its letters are all that is said; empty if none.

    >>> find_short_form("Span je hmstr. aan.", "nl")
    'hmstr'
    """
    found = (each["word"] for each in _STOPPED.finditer(normalize_text(text, language)))
    return next((word for word in found if _NO_WORD.fullmatch(word.casefold())), "")


def _is_latin(word: str) -> bool:
    return word.isascii() or all("LATIN" in unicodedata.name(letter, "") for letter in word)


def _say_smiley(found: re.Match[str]) -> str:
    """Say nothing for a smiley, but end the sentence that it ends."""
    return (found["ends"] or "") + "." * bool(found["ends"] and found["capital"])


def _may_have_leftovers(text: str) -> bool:
    is_plain = _LEFTOVER_SIGNS.isdisjoint(text) and ".." not in text and "D" not in text
    return not is_plain or text.lstrip()[:1] in ("-", "–", "—")


def _list_leftovers() -> Iterator[tuple[str, Say]]:
    """List the rules for what chats, lists and other programs leave in a text: tags, smileys, bullets and handles."""
    yield r"(?i)</?(?:break|pause|pauze|br|p)(?:\s[^<>]*)?/?>", " | "
    yield rf"(?i)</?(?:{_TAGS})(?:\s[^<>]*)?/?>", " "
    yield rf"(?P<ends>\w)?\s*{_SMILEY}(?=(?P<capital>\s+[A-ZÀ-Þ])?)", _say_smiley
    yield r"(?i)\s*[↓⬇]\s*(?=\n)|(?:(?<=\bbelow)|(?<=\bhieronder))\s*[↓⬇]", ""  # it points to what follows
    yield r"^\s*[-–—*•·‣▪●◦]\s+(?!\d+\s?°)", ""
    yield (
        r"(?P<before>\S)\s*\n\s*[-–—*•·‣▪●◦]\s+",
        lambda found: found["before"] + (", " if found["before"].isalnum() else " "),
    )
    yield r"(?<![\w.])@(?=[^\W\d_])", ""
    yield r"(?<=[\dms])\.\.(?=\d)", "-"
    yield r"(?<=\w)(…|\.{2,})(?=\w)", r"\1 "


@cache
def find_rules(language: str) -> tuple[RuleSet, ...]:
    """Find the rules of a language, one of `coach.languages.LANGUAGES`, in their order."""
    numbers, signs = NumberRules(find_numbers(language)), SignRules(find_numbers(language))
    dates = DateRules(find_numbers(language)).dates
    leftovers = RuleSet(_may_have_leftovers, _list_leftovers)
    rewrites = RuleSet(has_digit, partial(load_rewrites, language))
    return (leftovers, rewrites, *signs.before, dates, numbers.numerals, numbers.roman, numbers.codes, *signs.after)

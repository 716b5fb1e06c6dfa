"""Numbers, durations and lengths in words, against independent rules of how they are spelled."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.languages.spoken_numbers import find_numbers

DUTCH = [
    "nul",
    "één",
    "twee",
    "drie",
    "vier",
    "vijf",
    "zes",
    "zeven",
    "acht",
    "negen",
    "tien",
    "elf",
    "twaalf",
    "dertien",
    "veertien",
    "vijftien",
    "zestien",
]
DUTCH += ["zeventien", "achttien", "negentien"]
DUTCH_TENS = ["", "", "twintig", "dertig", "veertig", "vijftig", "zestig", "zeventig", "tachtig", "negentig"]
ENGLISH = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
]
ENGLISH += ["sixteen", "seventeen", "eighteen", "nineteen"]
ENGLISH_TENS = ["", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"]

SPOT_CHECKS = sorted({*range(1_101), *range(0, 1_000_001, 997), 999_999, 1_000_000, 21_021, 101_101, 700_001})


def spell_dutch(number: int) -> str:
    """Spell a number up to a million as the Taalunie's rules say, accents and spaces apart."""
    if number >= 1_000_000:
        return "eenmiljoen"
    if number >= 1_000:
        thousands, rest = divmod(number, 1_000)
        return (spell_dutch(thousands) if thousands > 1 else "") + "duizend" + (spell_dutch(rest) if rest else "")
    if number >= 100:
        hundreds, rest = divmod(number, 100)
        return (DUTCH[hundreds] if hundreds > 1 else "") + "honderd" + (spell_dutch(rest) if rest else "")
    if number < 20:
        return DUTCH[number].replace("é", "e")
    tens, unit = divmod(number, 10)
    link = "ën" if unit in (2, 3) else "en"
    return (DUTCH[unit].replace("é", "e") + link if unit else "") + DUTCH_TENS[tens]


def spell_english(number: int) -> str:
    """Spell a number up to a million in British English, hyphens and commas apart."""
    if number >= 1_000_000:
        return "one million"
    if number >= 1_000:
        thousands, rest = divmod(number, 1_000)
        link = " and " if 0 < rest < 100 else " " * bool(rest)
        return f"{spell_english(thousands)} thousand{link}" + (spell_english(rest) if rest else "")
    if number >= 100:
        hundreds, rest = divmod(number, 100)
        return f"{ENGLISH[hundreds]} hundred" + (f" and {spell_english(rest)}" if rest else "")
    if number < 20:
        return ENGLISH[number]
    tens, unit = divmod(number, 10)
    return ENGLISH_TENS[tens] + (f" {ENGLISH[unit]}" if unit else "")


def test_dutch_numbers_are_spelled_as_the_rules_say() -> None:
    say = find_numbers("nl").say_whole
    wrong = {n: say(n) for n in SPOT_CHECKS if say(n).replace(" ", "").replace("é", "e") != spell_dutch(n)}
    assert wrong == {}
    assert [say(n) for n in (22, 33, 101, 1_000)] == ["tweeëntwintig", "drieëndertig", "honderdéén", "duizend"]


def test_english_numbers_are_spelled_as_the_rules_say() -> None:
    say = find_numbers("en").say_whole
    wrong = {n: say(n) for n in SPOT_CHECKS if say(n).replace("-", " ").replace(",", "") != spell_english(n)}
    assert wrong == {}


@pytest.mark.parametrize(
    ("language", "seconds", "said"),
    [
        ("nl", 45, "vijfenveertig seconden"),
        ("en", 45, "forty-five seconds"),
        ("nl", 30, "een halve minuut"),
        ("nl", 60, "een minuut"),
        ("nl", 75, "vijfenzeventig seconden"),
        ("nl", 90, "anderhalve minuut"),
        ("en", 90, "a minute and a half"),
        ("nl", 108, "een minuut en vijfenveertig seconden"),
        ("en", 108, "a minute and three quarters"),
        ("nl", 132, "twee en een kwart minuut"),
        ("nl", 142, "bijna tweeënhalve minuut"),
        ("en", 142, "nearly two and a half minutes"),
        ("en", 150, "two and a half minutes"),
        ("nl", 152, "tweeënhalve minuut"),
        ("nl", 162, "ruim tweeënhalve minuut"),
        ("en", 162, "just over two and a half minutes"),
        ("nl", 168, "bijna drie minuten"),
        ("nl", 780, "dertien minuten"),
        ("nl", 900, "een kwartier"),
        ("en", 900, "a quarter of an hour"),
        ("nl", 2_700, "drie kwartier"),
        ("en", 2_700, "three quarters of an hour"),
        ("nl", 3_600, "een uur"),
        ("nl", 4_000, "een uur en vijf minuten"),
        ("en", 5_400, "an hour and a half"),
        ("nl", 4_500, "vijf kwartier"),
        ("en", 9_000, "two and a half hours"),
        ("nl", 3.4, "drieënhalve seconde"),
        ("en", 86_400, "twenty-four hours"),
    ],
)
def test_a_length_is_said_as_people_say_it(language: str, seconds: float, said: str) -> None:
    assert find_numbers(language).say_length(seconds) == said


PARSED_LANGUAGES = ("nl", "en")

UNIT = r"(?P<unit>seconde?n?s?|minute?n?s?|minuut|hours?|uur|kwartier)"

UNITS_S = {"sec": 1.0, "min": 60.0, "hou": 3600.0, "uur": 3600.0, "kwa": 900.0}

TERMS = {
    rf"(?:half an?|een hal(?:ve|f)) {UNIT}": 0.5,
    rf"(?:a quarter of an|een kwart) {UNIT}": 0.25,
    rf"three quarters of an {UNIT}": 0.75,
    rf"anderhal(?:ve|f) {UNIT}": 1.5,
    rf"(?:an?|een) {UNIT}": 1.0,
    rf"an? {UNIT} and a half": 1.5,
    rf"an? {UNIT} and a quarter": 1.25,
    rf"an? {UNIT} and three quarters": 1.75,
    rf"a hundred {UNIT}": 100.0,
    rf"(?P<number>.+)(?: and a half|[eë]nhal(?:ve|f)) {UNIT}": 0.5,
    rf"(?P<number>.+) (?:and a quarter|en een kwart) {UNIT}": 0.25,
    rf"(?P<number>.+) (?:and three quarter|en driekwart) {UNIT}": 0.75,
    rf"(?P<number>.+) {UNIT}": 0.0,
}

SPELLED = {
    spell(number): float(number)
    for number in range(101)
    for spell in (find_numbers("nl").say_whole, find_numbers("en").say_whole)
}


def parse_number(said: str) -> float | None:
    """Parse a number up to 99 with one decimal."""
    whole, _, decimal = re.sub(r" (?:komma|point) ", "|", said).partition("|")
    number, tenths = SPELLED.get(whole), SPELLED.get(decimal or "zero")
    return None if number is None or tenths is None else number + tenths / 10


def parse_length_s(said: str) -> float | None:
    """Parse a length in words by rules of its own; None if it is none."""
    for pattern, count in TERMS.items():
        term = re.fullmatch(pattern, said)
        number = parse_number(term["number"]) if term and "number" in term.groupdict() else 0.0
        if term and number is not None:
            return (number + count) * UNITS_S[term["unit"][:3]]
    for link in re.finditer(r" (?:and|en) ", said):
        parts = parse_length_s(said[: link.start()]), parse_length_s(said[link.end() :])
        if None not in parts:
            return sum(filter(None, parts))
    return None


HEDGE = re.compile(r"(?P<nearly>nearly |bijna )|(?P<over>just over |ruim )")


def parse_hedged_length_s(said: str) -> tuple[float, int]:
    """Parse a length in words, with the side of it on which the truth is said to be: -1 below, 1 above, 0 either."""
    hedge = HEDGE.match(said)
    parsed_s = parse_length_s(said[hedge.end() :] if hedge else said)
    assert parsed_s is not None, said
    return parsed_s, 0 if hedge is None else -1 if hedge["nearly"] else 1


def is_true(said: str, seconds: float) -> bool:
    parsed_s, side = parse_hedged_length_s(said)
    if side == 0:
        return abs(parsed_s - seconds) <= 0.0501 * seconds
    return 0.05 * seconds < side * (seconds - parsed_s) <= 0.0801 * seconds


@given(st.floats(1.0, 90_000.0), st.sampled_from(PARSED_LANGUAGES))
def test_a_length_in_words_is_true_within_a_twentieth_or_says_on_which_side_it_is(
    seconds: float, language: str
) -> None:
    said = find_numbers(language).say_length(seconds)
    assert is_true(said, seconds), said


@pytest.mark.parametrize("language", PARSED_LANGUAGES)
def test_each_second_up_to_three_hours_is_said_truly_and_none_shorter_than_the_one_before(language: str) -> None:
    say = find_numbers(language).say_length
    said = {seconds: say(float(seconds)) for seconds in range(1, 10_801)}
    assert {seconds: words for seconds, words in said.items() if not is_true(words, seconds)} == {}
    order = [parse_hedged_length_s(words) for words in said.values()]
    assert order == sorted(order)
    assert len(set(said.values())) < 200


@pytest.mark.parametrize(
    ("language", "text", "seconds", "filled"),
    [
        ("en", "Back in about {length}.", 120, "Back in about two minutes."),
        ("en", "Back in about {length}.", 127, "Back in just over two minutes."),
        ("nl", "Stilte, zo ongeveer {length} lang.", 120, "Stilte, zo ongeveer twee minuten lang."),
        ("nl", "Stilte, zo ongeveer {length} lang.", 142, "Stilte, bijna tweeënhalve minuut lang."),
        ("nl", "Nu {length} lang, ongeveer.", 142, "Nu bijna tweeënhalve minuut lang, ongeveer."),
    ],
)
def test_about_is_not_said_twice(language: str, text: str, seconds: float, filled: str) -> None:
    assert find_numbers(language).fill_length(text, seconds) == filled

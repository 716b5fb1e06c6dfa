"""Quantities in each way to write them, crossed with what stands around them, said as a grammar of them says."""

import itertools
from collections.abc import Iterator, Mapping

import pytest

from coach.languages.text_normalizer import normalize_text

UNITS: Mapping[str, Mapping[str, str]] = {
    "en": {
        "s": "second/seconds", "sec": "second/seconds", "min": "minute/minutes", "mins": "minute/minutes",
        "h": "hour/hours", "hrs": "hour/hours", "km": "kilometre/kilometres", "KM": "kilometre/kilometres",
        "mi": "mile/miles", "yds": "yard/yards", "kg": "kilo/kilos", "lbs": "pound/pounds", "oz": "ounce/ounces",
        "ml": "millilitre/millilitres", "cl": "centilitre/centilitres", "kcal": "kilocalorie/kilocalories",
        "dB": "decibel/decibels", "hz": "hertz/hertz", "bpm": "beat a minute/beats a minute", "W": "watt/watts",
        "BPM": "beat a minute/beats a minute", "spm": "step a minute/steps a minute", "%": "percent/percent",
        "km/h": "kilometre an hour/kilometres an hour", "mph": "mile an hour/miles an hour", "°C": "degree/degrees",
        "min/km": "minute a kilometre/minutes a kilometre", "laps": "lap/laps", "weeks": "week/weeks",
    },
    "nl": {
        "s": "seconde/seconden", "sec": "seconde/seconden", "min": "minuut/minuten", "Min": "minuut/minuten",
        "u": "uur/uur", "uur": "uur/uur", "km": "kilometer/kilometer", "KM": "kilometer/kilometer",
        "kg": "kilo/kilo", "kilo": "kilo/kilo", "ml": "milliliter/milliliter", "cl": "centiliter/centiliter",
        "kcal": "kilocalorie/kilocalorieën", "dB": "decibel/decibel", "hz": "hertz/hertz", "watt": "watt/watt",
        "bpm": "slag per minuut/slagen per minuut", "spm": "stap per minuut/stappen per minuut", "°C": "graad/graden",
        "km/u": "kilometer per uur/kilometer per uur", "min/km": "minuut per kilometer/minuten per kilometer",
        "%": "procent/procent", "stappen": "stap/stappen", "wkn": "week/weken",
        "sl/min": "slag per minuut/slagen per minuut",
    },
}  # fmt: skip

WORDS: Mapping[str, Mapping[str, str]] = {
    "en": {"to": "to", "x": "times", "+": "plus", "~": "about", "<": "less than", "≥": "at least", "max.": "at most"},
    "nl": {"to": "tot", "x": "keer", "+": "plus", "~": "ongeveer", "<": "minder dan", "≥": "minstens",
           "max.": "hoogstens"},
}  # fmt: skip

AROUND = (
    *(
        ("{}", "{}"),
        ("Nu {}.", "Nu {}."),
        ("Nu ({}), dan rust", "Nu, {}, dan rust"),
        ("Nu: {}; zacht", "Nu: {}; zacht"),
    ),
    *(("Zacht – {} – zacht", "Zacht – {} – zacht"), ("• {}", "{}"), ("**{}**", "{}"), ("- {}, zacht", "{}, zacht")),
    *(("Nu\N{NO-BREAK SPACE}{}?", "Nu {}?"), ("“{}”, zei ze", "{}, zei ze"), ("Nu {} :-)", "Nu {}")),
)


NUMBERS = {
    "en": {1: "one", 2: "two", 4: "four", 20: "twenty", 30: "thirty"},
    "nl": {1: "één", 2: "twee", 4: "vier", 20: "twintig", 30: "dertig"},
}


def say(number: int, language: str) -> str:
    return NUMBERS[language][number]


def list_quantities(language: str) -> Iterator[tuple[str, str]]:
    """List quantities as they are written, each with what is said."""
    words = WORDS[language]
    for (unit, names), space in itertools.product(UNITS[language].items(), ("", " ")):
        one, many = names.split("/")
        two, three = (f"{say(number, language)} {many}" for number in (20, 30))
        yield f"20{space}{unit}", two
        if unit not in ("laps", "weeks", "stappen", "wkn", "hrs", "mins", "yds", "lbs"):
            yield f"1{space}{unit}", f"{say(1, language)} {one}"
        for sign in ("~", "<", "≥", "max."):
            yield f"{sign} 20{space}{unit}", f"{words[sign]} {two}"
        for dash in ("-", "–", " - "):
            yield f"20{dash}30{space}{unit}", f"{say(20, language)} {words['to']} {three}"
            yield f"20{space}{unit}{dash}30{space}{unit}", f"{two} {words['to']} {three}"
        for cross in ("x", " x ", "×", " X ", "*"):
            yield f"4{cross}20{space}{unit}", f"{say(4, language)} {words['x']} {two}"
            yield (
                f"4{cross}20-30{space}{unit}",
                f"{say(4, language)} {words['x']} {say(20, language)} {words['to']} {three}",
            )
            nested = f"{say(2, language)} {words['x']} {say(4, language)} {words['x']} {two}"
            yield f"2{cross}4{cross}20{space}{unit}", nested
        yield f"20{space}{unit} + 30{space}{unit}", f"{two} {words['+']} {three}"


def list_paces(language: str) -> Iterator[tuple[str, str]]:
    """List paces as they are written, each with what is said."""
    said = "five and a half minutes" if language == "en" else "vijfenhalve minuut"
    for per in ("/km", " /km", " / km", " min/km", "min/km", " per km", " min per km"):
        yield f"5:30{per}", f"{said} per kilo{'metre' if language == 'en' else 'meter'}"
    for before, name in (
        (("at ", "at "), ("from ", "from ")) if language == "en" else (("rond ", "rond "), ("op ", "op "))
    ):
        yield f"{before}5:30 /km", f"{name}{said} per kilo{'metre' if language == 'en' else 'meter'}"


@pytest.mark.parametrize("language", ["en", "nl"])
def test_quantities_are_said_alike_however_they_are_written(language: str) -> None:
    quantities = [*itertools.islice(list_quantities(language), None, None, 4), *list_paces(language)]
    assert len(quantities) > 300
    wrong = []
    for (written, said), (template, spoken) in zip(quantities, itertools.cycle(AROUND), strict=False):
        if written[0] in "<*" and template[0] in "*“":
            continue
        text = normalize_text(template.format(written), language).replace(" a kilometre", " per kilometre")
        if text != spoken.format(said).replace(" a kilometre", " per kilometre"):
            wrong.append((template.format(written), said, text))
    assert wrong == []

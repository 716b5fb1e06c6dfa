from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.journal import parse_answers
from coach.journal.parse_answers import UnclearError, parse_length_s


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("7", 7),
        (" 7 ", 7),
        ("7.", 7),
        ("7.0", 7),
        ("\uff17", 7),
        ("7/10", 7),
        ("7 / 10", 7),
        ("10/10", 10),
        ("7 van de 10", 7),
        ("seven out of ten", 7),
        ("zeven", 7),
        ("Drie!", 3),
        ("een", 1),
        ("één", 1),
        ("one", 1),
        ("een zeven", 7),
        ("a seven", 7),
        ("een vijf van de tien", 5),
        ("ongeveer 4, denk ik", 4),
        ("ten", 10),
        ("7ish", 7),
        ("7-ish", 7),
        ("7 or so", 7),
        ("7 vandaag", 7),
    ],
)
def test_a_tension_is_understood(typed: str, meant: int) -> None:
    assert parse_answers.parse_tension(typed) == meant


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("hm", "unclear"),
        *(
            (text, "feeling")
            for text in ("hoog", "Best wel gespannen.", "a bit stressed", "niet zo rustig", "\U0001f62c")
        ),
        ("!", "unclear"),
        ("90s", "unclear"),
        ("7x", "unclear"),
        ("x7", "unclear"),
        ("7 km", "unclear"),
        ("7 minuten", "unclear"),
        ("120ish", "beyond"),
        ("11", "beyond"),
        ("0", "beyond"),
        ("-3", "beyond"),
        ("twintig", "beyond"),
        ("nul", "beyond"),
        ("9" * 5000, "beyond"),
        ("7,5", "several"),
        ("6-7", "several"),
        ("7 of 8", "several"),
        ("six or seven", "several"),
    ],
)
def test_an_unclear_tension_says_why(typed: str, why: str) -> None:
    with pytest.raises(UnclearError, match=f"^{why}$"):
        parse_answers.parse_tension(typed)


@pytest.mark.parametrize(
    ("need", "typed"),
    [
        ("movement", "1 m B movement Beweging bewegen movment"),
        ("silence", "2 s silence Stilte stil quiet stillte"),
        ("rhythm", "3 r rhythm ritme rythm rhytm"),
        ("fresh-air", "4 f l air lucht buiten outside Frisse"),
    ],
)
def test_a_need_is_understood_by_number_letter_or_name(need: str, typed: str) -> None:
    assert {word: parse_answers.parse_need(word) for word in typed.split()} == dict.fromkeys(typed.split(), need)


def test_a_need_is_understood_among_other_words() -> None:
    said = ["frisse lucht", "Fresh air, please!", "wat stilte", "a bit of silence", "(3) ritme", "ik wil bewegen"]
    assert [parse_answers.parse_need(words) for words in said] == [
        "fresh-air",
        "fresh-air",
        "silence",
        "silence",
        "rhythm",
        "movement",
    ]


@pytest.mark.parametrize(
    ("typed", "why"), [("5", "unclear"), ("12", "unclear"), ("bier", "unclear"), ("stilte en ritme", "several")]
)
def test_an_unclear_need_says_why(typed: str, why: str) -> None:
    with pytest.raises(UnclearError, match=f"^{why}$"):
        parse_answers.parse_need(typed)


@pytest.mark.parametrize("typed", ["", "  ", "-", "?", "Skip", "weet ik niet", "I don’t know.", "geen idee"])  # noqa: RUF001 - as phones type it
def test_a_question_may_be_skipped(typed: str) -> None:
    assert parse_answers.is_skipped(typed)


@pytest.mark.parametrize("typed", ["7", "niets", "no", "s"])
def test_an_answer_is_not_taken_for_a_skip(typed: str) -> None:
    assert not parse_answers.is_skipped(typed)


def test_a_sentence_stays_as_it_was_typed() -> None:
    assert (
        parse_answers.parse_sentence('  =M\'n "hoofd",\tn\u0303a 🏃‍♀️ \x1b[31m走る\x00 ')
        == '=M\'n "hoofd", ña 🏃‍♀️ [31m走る'
    )


@settings(deadline=None)
@given(st.text())
def test_whatever_is_typed_is_understood_or_asked_again(typed: str) -> None:
    parse_answers.is_skipped(typed)
    parse_answers.parse_sentence(typed)
    try:
        assert 1 <= parse_answers.parse_tension(typed) <= 10
    except UnclearError as error:
        assert error.why in ("unclear", "beyond", "several", "feeling")  # noqa: PT017 - either will do
    try:
        assert parse_answers.parse_need(typed) in ("movement", "silence", "rhythm", "fresh-air")
    except UnclearError as error:
        assert error.why in ("unclear", "several")  # noqa: PT017 - either will do


UNDERSTOOD = {
    15: ["kwartier", "een kwartiertje", "a quarter of an hour"],
    20: ["20", "twintig", "kort", "Shorter"],
    25: ["25", "25m", "25 min", "25 minuten", "25 minutes.", "25:00", "zo'n 25 minuten", "twenty-five", "twenty five"],
    30: ["half uur", "een half uur", "halfuurtje", "half an hour", "a half hour", "0,5 uur"],
    35: ["35min", "vijfendertig minuten", "0:35:00"],
    43: ["drieënveertig", "drieenveertig", "forty-three"],
    45: ["drie kwartier", "three quarters of an hour", "driekwart uur", "lang", "long"],
    60: ["uur", "een uur", "an hour", "1h", "1 uur", "60"],
    65: ["1:05:00", "1u5", "1 hour and 5 minutes"],
    75: ["vijf kwartier", "1u15", "1 uur en 15 minuten"],
    90: ["anderhalf uur", "an hour and a half", "one and a half hours", "1.5h", "1,5 uur", "een uur en een half"],
    150: ["twee en een half uur", "two and a half hours", "2 hours and a half"],
    120: ["120ish", "120-ish", "2 hours or so", "2u", "7200s", "120 minuten graag", "120 denk ik"],
    135: ["twee uur en een kwartier", "two hours and a quarter", "2u15", "2h 15m", "2:15:00"],
    180: ["3 uur", "drie uur", "180"],
}


@pytest.mark.parametrize(("minutes", "typed"), UNDERSTOOD.items(), ids=map(str, UNDERSTOOD))
def test_a_length_is_understood(minutes: int, typed: list[str]) -> None:
    assert {words: parse_length_s(words) for words in typed} == dict.fromkeys(typed, minutes * 60.0)


@pytest.mark.parametrize(
    ("typed", "why"),
    [
        ("wat fijn is", "unclear"),
        ("5 km", "unclear"),
        ("5k", "unclear"),
        ("90s", "beyond"),
        ("90 sec", "beyond"),
        ("-30", "beyond"),
        ("30x", "unclear"),
        ("x30", "unclear"),
        ("30 rondjes", "unclear"),
        ("30 laps", "unclear"),
        ("25:75", "several"),
        ("half 8", "several"),
        ("kwartier of 20", "several"),
        ("30 min 1 uur", "several"),
        ("4", "beyond"),
        ("1:15", "beyond"),
        ("200", "beyond"),
        ("4 uur", "beyond"),
        ("9" * 5000, "beyond"),
        ("20-30", "several"),
        ("20 of 30 minuten", "several"),
    ],
)
def test_an_unclear_length_says_why(typed: str, why: str) -> None:
    with pytest.raises(UnclearError, match=f"^{why}$"):
        parse_length_s(typed)


@settings(deadline=None)
@given(st.text(), st.sampled_from(["", " uur", "half ", " min", ":30"]))
def test_any_length_is_understood_or_asked_again(typed: str, more: str) -> None:
    try:
        assert 300.0 <= parse_length_s(typed + more) <= 10_800.0
    except UnclearError as error:
        assert error.why in ("unclear", "beyond", "several")  # noqa: PT017 - either will do


@given(st.integers(min_value=5, max_value=180))
def test_any_number_of_minutes_within_reach_is_taken(minutes: int) -> None:
    assert parse_length_s(f"{minutes}") == minutes * 60.0


@given(
    st.integers(min_value=0, max_value=999),
    st.text(st.characters(categories=["Ll"]), min_size=1, max_size=4),
    st.sampled_from(["", " "]),
)
def test_a_number_counts_only_with_a_unit_that_is_known(number: int, word: str, gap: str) -> None:
    """No part of a number is ever taken for the whole."""
    with suppress(UnclearError):
        assert parse_length_s(f"{number}{gap}{word}") in {number, number * 60.0, number * 3_600.0}
    with suppress(UnclearError):
        assert parse_answers.parse_tension(f"{number}{gap}{word}") == number

"""Numbers, units and abbreviations, read aloud."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.languages import LANGUAGES, find_language
from coach.voices.text_normalizer import LONGEST_WORD, normalize_text, spell_out

ENGLISH = [
    ("Run 25 minutes.", "Run twenty-five minutes."),
    ("3 min, 2.5 km", "three minutes, two and a half kilometres"),
    ("1 min. of rest, then 1.5 min.", "one minute of rest, then one and a half minutes."),
    ("5m of calm, 100 m on", "five minutes of calm, one hundred metres on"),
    ("20-30 minutes, 2–3 times", "twenty to thirty minutes, two to three times"),
    ("6 x 1 min", "six times one minute"),
    ("At 10:30, 9:05 or 7:00.", "At ten thirty, nine oh five or seven o'clock."),
    ("The 1st, 2nd and 21st step", "The first, second and twenty-first step"),
    (
        "1,250 steps at 158 spm",
        "one thousand, two hundred and fifty steps at one hundred and fifty-eight steps a minute",
    ),
    ("Breathe at 60% (e.g. uphill)", "Breathe at sixty percent (for example uphill)"),
    ("-3 °C, +2", "minus three degrees, plus two"),
    ("€5 & $1", "five euros and one dollar"),
    ("0.75 or 3.14", "zero point seven five or three point one four"),
    ("max. 3, min. 2", "at most three, at least two"),
]
DUTCH = [
    ("Loop 25 minuten.", "Loop vijfentwintig minuten."),
    ("3 min, 2,5 km, 1,5 uur", "drie minuten, tweeënhalf kilometer, anderhalf uur"),
    ("4,5 en 3,5", "vierenhalf en drieënhalf"),
    ("1 min. rust en dan 5m rustig", "één minuut rust en dan vijf minuten rustig"),
    ("20-30 minuten", "twintig tot dertig minuten"),
    ("6 x 1 min", "zes keer één minuut"),
    ("Om 10:30, 9:05 of 7:00.", "Om tien uur dertig, negen uur vijf of zeven uur."),
    ("De 1e, 2de en 8ste stap", "De eerste, tweede en achtste stap"),
    ("1.250 passen op 70%", "duizendtweehonderdvijftig passen op zeventig procent"),
    ("bijv. bergop, d.w.z. langzaam, enz.", "bijvoorbeeld bergop, dat wil zeggen langzaam, enzovoort"),
    ("-3 °C t/m 12 °C", "min drie graden tot en met twaalf graden"),
    ("€ 2,75", "twee komma zeven vijf euro"),
]
AS_IT_IS = ["06-12345678", "2026-11-22", "007", "B2B", "v1.2.3", "12345678901", "3:75", "1/2", "mp3", "a1"]


@pytest.mark.parametrize(("text", "read"), ENGLISH, ids=[text for text, _ in ENGLISH])
def test_english_is_read_as_people_do(text: str, read: str) -> None:
    assert spell_out(text, "en") == read


@pytest.mark.parametrize(("text", "read"), DUTCH, ids=[text for text, _ in DUTCH])
def test_dutch_is_read_as_people_do(text: str, read: str) -> None:
    assert spell_out(text, "nl") == read


@pytest.mark.parametrize("text", AS_IT_IS)
@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_no_number_to_read_stays_as_it_is(text: str, language: str) -> None:
    assert spell_out(text, language) == text


def test_a_language_without_a_page_is_left_alone() -> None:
    assert spell_out("3 min, z.B. 2", "de") == "3 min, z.B. 2"


@given(st.text(max_size=200), st.sampled_from(LANGUAGES))
def test_any_text_can_be_read_and_reading_it_again_changes_nothing(text: str, language: str) -> None:
    once = spell_out(text, language)
    if not re.search(r"\d", once):
        assert spell_out(once, language) == once or any(
            short in once for short in find_language(language).spoken_forms.abbreviations
        )


@given(st.integers(0, 999_999_999), st.sampled_from(LANGUAGES))
def test_every_number_alone_becomes_words(number: int, language: str) -> None:
    read = spell_out(f"Nu {number}.", language)
    assert not re.search(r"\d", read)
    assert read.startswith("Nu ")


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Laat  je\nschouders\tzakken.", "Laat je schouders zakken."),
        ("one\x00two", "one two"),
        ("[[h@l'oU]] {x}", "h@l'oU x"),
        ("<audio src=x>", "audio src=x"),
        ("een 🙂 lach", "een lach"),
        ("e\u0301e\u0301n", "één"),
        ("so\u00adft", "soft"),
        ("...", ""),
        ("🙂", ""),
        ("nog <3 min> rustig", "nog drie minuten rustig"),
    ],
)
def test_it_keeps_words_alone(text: str, plain: str) -> None:
    assert normalize_text(text, "nl") == plain


@given(st.text(max_size=300))
def test_it_changes_nothing_the_second_time_and_holds_no_codes(text: str) -> None:
    plain = normalize_text(text, "de")
    assert normalize_text(plain, "de") == plain
    assert not set(plain) & set("[]<>{}\x00\n\r")
    assert all(len(word) <= LONGEST_WORD for word in plain.split())

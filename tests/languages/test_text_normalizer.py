"""What a voice gets: words alone, and those that were meant."""

import re
import unicodedata
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.languages import LANGUAGES, find_language
from coach.languages.block_wording import load_block_wording
from coach.languages.rule_set import need_words
from coach.languages.text_normalizer import LONGEST_WORD, find_rules, find_short_form, find_unspoken, normalize_text
from coach.session.inline_markup import Words, parse_markup
from coach.text.sanitize import unify_characters

PAUSES = frozenset(".,;:!?¡¿…–—-' \N{RIGHT SINGLE QUOTATION MARK}")

FORMS = [find_language(language).spoken_forms for language in LANGUAGES]

PIECES = sorted(
    {
        *(piece for forms in FORMS for table in (forms.units, forms.abbreviations, forms.signs) for piece in table),
        *(piece for forms in FORMS for table in (forms.limits, forms.numbered, forms.signs_before) for piece in table),
        *[
            "0",
            "1",
            "2",
            "3",
            "5",
            "10",
            "30",
            "59",
            "60",
            "007",
            "1984",
            "1.5",
            "2,5",
            "1.500",
            "12:30",
            "1:5",
            "½",
            "¾",
            "²",
            "⁴",
            "٣",
            "三",
            "①",
            "\N{FULLWIDTH DIGIT THREE}",
            "x",
            "×",
            "-",
            "–",
            "−",
            "/",
            "\N{FRACTION SLASH}",
            ":",
            ".",
            ",",
            "(",
            ")",
            '"',
            "'",
            "\N{PRIME}",
            "″",
        ],
        *[
            "adem",
            "breath",
            "om",
            "at",
            "uur",
            "am",
            "pm",
            "'s",
            "a",
            "the",
            "II",
            "IV",
            "X",
            "→",
            "->",
            "=>",
            "<",
            ">",
            "<=",
            "*",
            "^",
            "_",
            "@",
            "#",
            "é",
            "é",
            "ñ",
            "Ж",
            "ﬁ",
            "™",
            "㎞",
            "🎉",
            "👍🏽",
            "m",
            "u",
            "s",
            "of",
            "keer",
            "Z2",
            "/mi",
            "/km",
            "9:15",
            "sub-",
            "22/3",
            "01",
            "ma",
            "Sat.",
            "jan",
            "week",
            "k",
            "+/-",
            "\x85",
            "\N{RIGHT DOUBLE QUOTATION MARK}",
        ],
        *(" ", "  ", "\n", "\N{NO-BREAK SPACE}", "\u200b"),
    }
)

TEXTS = st.one_of(
    st.text(max_size=60),
    st.lists(st.sampled_from(PIECES), max_size=12).map("".join),
    st.lists(st.sampled_from(PIECES), max_size=12).map(" ".join),
)


def read_table(name: str) -> Iterator[tuple[str, str, str]]:
    """The language, the text and what is said, of each line of a table beside this file."""
    language = ""
    for line in Path(__file__).with_name(name).read_text(encoding="utf-8").splitlines():
        if line.startswith("["):
            language = line.strip("[]")
        elif " | " in line:
            written, _, said = line.partition(" | ")
            yield language, written.replace("\\n", "\n"), said


def is_spoken(character: str) -> bool:
    """Whether a voice says a character, or pauses at it."""
    return character in PAUSES or (character.isalpha() and "LATIN" in unicodedata.name(character, ""))


TABLES = [
    f"spoken_texts{name}.txt"
    for name in (
        "",
        "_later",
        "_runners",
        "_rules",
        "_sessions",
        "_guidance",
        "_leaflets",
        "_clubs",
        "_practices",
        "_runs",
        "_plans",
        "_club_notes",
        "_messages",
    )
]


@pytest.mark.parametrize("table", TABLES)
def test_texts_are_said_as_they_are_meant(table: str) -> None:
    lines = list(read_table(table))
    assert len(lines) >= 100
    wrong = [
        (written, said, normalize_text(written, language))
        for language, written, said in lines
        if normalize_text(written, language) != said
    ]
    assert wrong == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_of_any_language_become_words(language: str) -> None:
    said = {written: normalize_text(written, language) for table in TABLES for _, written, _ in read_table(table)}
    assert {written: text for written, text in said.items() if not all(map(is_spoken, text))} == {}


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_text_that_is_said_has_a_short_form_that_is_not_known(language: str) -> None:
    texts = [written for table in TABLES for spoken_in, written, _ in read_table(table) if spoken_in == language]
    assert [text for text in texts if find_short_form(text, language)] == []


@pytest.mark.parametrize(
    ("language", "text", "found"),
    [
        ("nl", "Doe xyz. drie keer.", "xyz"),
        ("nl", "Doe xyz. 3 keer.", "xyz"),
        ("nl", "Laat je schdr. los.", "schdr"),
        ("en", "Drop your shldrs. a little.", "shldrs"),
        ("nl", "Adem in. en uit.", ""),
        ("nl", "Zet je gps. aan.", ""),
        ("en", "Shh. listen.", ""),
        ("en", "Be like J. Smith, e.g. slow.", ""),
        ("nl", "Doe xyz. Dan drie keer.", ""),
    ],
)
def test_a_short_form_that_is_not_known_is_found(language: str, text: str, found: str) -> None:
    assert find_short_form(text, language) == found


@settings(max_examples=300)
@given(TEXTS, st.sampled_from(LANGUAGES))
def test_a_voice_gets_no_digit_sign_or_symbol_and_reading_it_again_changes_nothing(text: str, language: str) -> None:
    spoken = normalize_text(text, language)
    assert [character for character in spoken if not is_spoken(character)] == []
    assert not spoken or any(map(str.isalpha, spoken))
    assert all(len(word) <= LONGEST_WORD for word in spoken.split())
    assert normalize_text(spoken, language) == spoken


def find_skipped(text: str, language: str) -> list[tuple[str, str]]:
    """The rules that would change a text in which their set does not find what they need."""
    skipped = []
    for rules in find_rules(language):
        if not rules.needs(text):
            skipped += [(text, pattern.pattern) for pattern, _ in rules.rules if pattern.search(text)]
        text = rules.apply(text)
    return skipped


@pytest.mark.parametrize("table", TABLES)
def test_rules_that_are_skipped_match_nothing(table: str) -> None:
    texts = [(text, language) for language, text, _ in read_table(table)]
    texts += [(re.sub(r"\d", "", text), language) for text, language in texts]
    written = [(unify_characters(text), language) for text, language in texts]
    assert [skipped for text, language in written for skipped in find_skipped(text, language)] == []


@settings(deadline=None)  # the first text compiles the rules
@given(TEXTS, st.sampled_from(LANGUAGES))
def test_rules_that_are_skipped_match_nothing_in_any_text(text: str, language: str) -> None:
    assert find_skipped(unify_characters(text), language) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_words_of_the_blocks_are_said_as_they_are_written(language: str) -> None:
    wording = load_block_wording(language)
    phrases = [
        part.text
        for kind in wording.kinds.values()
        for phrasings in (*kind.cues.values(), *kind.parts.values())
        for phrase in phrasings
        for part in parse_markup(re.sub(r"\{\w+\}", "two", phrase))
        if isinstance(part, Words)
    ]
    assert len(phrases) > 100
    assert [phrase for phrase in phrases if normalize_text(phrase, language) != phrase.strip()] == []


@settings(deadline=None)  # the first number loads the library
@given(st.integers(0, 999_999_999), st.sampled_from(LANGUAGES))
def test_every_number_alone_becomes_words(number: int, language: str) -> None:
    said = normalize_text(f"Nu {number}.", language)
    assert said.startswith("Nu ")
    assert said.endswith(".")
    assert len(said) > len("Nu .")


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("written", ["café", "3½ €", "ﬁjn, één", "1e 2ᵉ"])
def test_composed_and_decomposed_texts_are_said_alike(written: str, language: str) -> None:
    forms = {normalize_text(unicodedata.normalize(form, written), language) for form in ("NFC", "NFD")}
    assert len(forms) == 1


@pytest.mark.parametrize(
    ("text", "plain"),
    [
        ("Laat  je\nschouders\tzakken.", "Laat je schouders zakken."),
        ("one\x00two", "one two"),
        ("[[h@l'oU]] {x}", "h apenstaartje l'oU x"),
        ("Adem <audio src=x> uit", "Adem uit"),
        ('Adem in <break time="1s"/> en uit', "Adem in, en uit"),
        ("Dag <naam>", "Dag naam"),
        ("een 🙂 lach", "een lach"),
        ("e\u0301e\u0301n", "één"),
        ("so\u00adft", "soft"),
        ("...", ""),
        ("🙂", ""),
        ("Αθήνα", ""),
        ("nog <3 min> rustig", "nog drie minuten rustig"),
        ('Zeg "ja" (rustig) en ga.', "Zeg ja, rustig, en ga."),
        (
            "\N{LEFT SINGLE QUOTATION MARK}Rustig\N{RIGHT SINGLE QUOTATION MARK}, zei ze.",
            "Rustig\N{RIGHT SINGLE QUOTATION MARK}, zei ze.",
        ),
    ],
)
def test_it_keeps_words_alone(text: str, plain: str) -> None:
    assert normalize_text(text, "nl") == plain


@pytest.mark.parametrize("sign", [*" ()/|•[.-~0123456789½", "1-", "1/2 ", "3-3 ", "1:30 ", "a.", ".k"])
@pytest.mark.parametrize("language", LANGUAGES)
def test_a_sign_is_read_in_a_short_time_however_often_it_stands_in_a_row(sign: str, language: str) -> None:
    said = normalize_text(f"Adem in {sign * 4_000} en uit", language)
    assert said.startswith("Adem in")
    assert said.endswith("en uit")


@settings(max_examples=25, deadline=None)
@given(st.text(st.sampled_from("aeé 13.,:/()-½%"), min_size=1, max_size=60), st.sampled_from(LANGUAGES))
def test_each_sentence_of_a_long_text_is_said_as_it_is_alone(text: str, language: str) -> None:
    sentence = f"Adem {text} uit."
    assert normalize_text(f"{sentence} " * 40, language) == " ".join([normalize_text(sentence, language)] * 40)


def test_a_language_that_the_coach_does_not_speak_keeps_its_words() -> None:
    assert normalize_text("Ruhig, z.B. so", "xx") == "Ruhig, z.B. so"


@pytest.mark.parametrize(
    ("text", "found"),
    [("Naar Αθήνα, rustig", "Αθήνα"), ("Привет", "Привет"), ("Ÿves ﬁnds ½ café", ""), ("π", ""), ("", "")],
)
def test_letters_that_no_voice_says_are_found(text: str, found: str) -> None:
    assert find_unspoken(text, "nl") == found


def test_rules_that_need_a_key_are_tried_where_it_stands_as_it_is_written() -> None:
    has_any = need_words(["a.k.a.", "en/of", "km per uur"])
    assert all(map(has_any, ["Jan, A.K.A. De Haas", "lopen en/of wandelen", "5km per uur"]))
    assert not any(map(has_any, ["frisse lucht of ritme", "a, k en a", "een uur"]))

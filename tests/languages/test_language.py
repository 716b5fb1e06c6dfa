import re

import pytest

from coach.blocks.kind import BlockContext
from coach.blocks.registry import KINDS
from coach.diagnostics.problem import Location
from coach.languages import LANGUAGES
from coach.languages.block_wording import BlockWording, load_block_wording
from coach.session.inline_markup import parse_markup
from coach.session.session import Breath

HERE = Location(file="run.yaml", line=1, column=1, end_column=2)
LENGTHS_S = (30.0, 60.0, 180.0, 600.0, 1800.0)


def every_phrase(words: BlockWording) -> list[str]:
    return [
        phrase
        for kind in words.kinds.values()
        for phrasings in (*kind.cues.values(), *kind.parts.values())
        for phrase in phrasings
    ]


def context(kind: str, language: str, lasts_s: float, occurrence: int = 0) -> BlockContext:
    words = load_block_wording(language)
    return BlockContext(
        wording=words,
        words=words.kinds[kind],
        lasts_s=lasts_s,
        parts=KINDS[kind].parts,
        breath=Breath(inhale=3, exhale=3),
        bell="none",
        ticks_s=lasts_s * 0.66,
        occurrence=occurrence,
        location=HERE,
    )


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_language_has_words_for_every_kind_and_no_other(language: str) -> None:
    assert set(load_block_wording(language).kinds) == set(KINDS)


@pytest.mark.parametrize("kind", KINDS)
def test_the_languages_have_the_same_cues_and_the_parts_an_author_may_name(kind: str) -> None:
    all_words = [load_block_wording(language).kinds[kind] for language in LANGUAGES]
    assert len({frozenset(words.cues) for words in all_words}) == 1
    assert all(set(words.parts) == set(KINDS[kind].parts) for words in all_words)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", KINDS)
def test_a_kind_has_words_for_any_length(kind: str, language: str) -> None:
    for lasts_s in LENGTHS_S:
        for cue in KINDS[kind].make_cues(context(kind, language, lasts_s)):
            text = cue.text[language]
            assert "{" not in text, "everything is filled in"
            assert parse_markup(text), "and its marks are marks"


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("kind", [name for name in KINDS if name not in {"say", "free"}])
def test_a_kind_that_comes_again_does_not_say_the_same(kind: str, language: str) -> None:
    first, second = (
        [cue.text[language] for cue in KINDS[kind].make_cues(context(kind, language, 60.0, occurrence))]
        for occurrence in (0, 1)
    )
    assert first[0] != second[0]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_coach_never_speaks_of_pace_distance_or_records_nor_shouts(language: str) -> None:
    forbidden = re.compile(
        r"!|\d|\b(?:km|kilometers?|kilometres?|miles?|tempo|pace|calorie\w*|calories|record|records|goal|goals|doel|doelen|"
        r"snelheid|speed|faster than|prestatie\w*)\b",
        re.IGNORECASE,
    )
    spoken = [re.sub(r"\[.*?\]", "", phrase) for phrase in every_phrase(load_block_wording(language))]
    assert [phrase for phrase in spoken if forbidden.search(phrase)] == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_phrase_stands_twice(language: str) -> None:
    phrases = every_phrase(load_block_wording(language))
    assert sorted(phrases) == sorted(set(phrases))

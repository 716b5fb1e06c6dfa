from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.services import session_reading
from coach.session.reader import ReadResult

ReadText = Callable[..., ReadResult]


def languages(reading: ReadResult) -> tuple[str, ...]:
    assert reading.session is not None
    return reading.session.languages


def advice(reading: ReadResult) -> list[str]:
    return [f"{problem.location.line}: {problem.message}" for problem in reading.problems]


@pytest.mark.parametrize(
    ("title", "text", "expected"),
    [
        ("{nl: a, en: b}", "{nl: c, en: d}", ("nl", "en")),
        ("{en: b, nl: a}", "{nl: c, en: d}", ("en", "nl")),
        ("{nl: a}", "plain words", ("nl",)),
        ("plain words", "{en: d}", ("en",)),
        ("{nl: a, en: b}", "{en: d}", ("en",)),
    ],
)
def test_a_session_is_spoken_in_the_languages_that_all_its_texts_have(
    read_text: ReadText, title: str, text: str, expected: tuple[str, ...]
) -> None:
    assert languages(read_text(f"coach: 1\ntitle: {title}\nblocks:\n  - say: {text}\n")) == expected


def test_a_plain_text_is_in_the_sessions_only_language(read_text: ReadText) -> None:
    reading = read_text("coach: 1\ntitle: {nl: Rondje}\nblocks:\n  - say: Adem rustig\n")
    assert reading.session is not None
    assert reading.session.blocks[0].say is not None
    assert reading.session.blocks[0].say[0].text.words == {"nl": "Adem rustig"}
    assert reading.problems == ()


def test_a_session_can_say_which_language_its_plain_texts_are_in(read_text: ReadText) -> None:
    reading = read_text("coach: 1\nlanguage: nl\ntitle: Rondje\nblocks:\n  - say: {nl: a, en: b}\n")
    assert languages(reading) == ("nl",)
    assert advice(reading) == ["3: this text has no 'en', so the session cannot be spoken in it"]


def test_a_language_that_is_stated_but_in_no_text_is_advice(read_text: ReadText) -> None:
    reading = read_text("coach: 1\nlanguage: en\ntitle: {nl: Rondje}\nblocks:\n  - easy: 5m\n")
    assert languages(reading) == ("nl",)
    assert advice(reading) == ["3: no text has 'en', so it cannot be spoken"]


def test_a_plain_text_counts_as_one_of_the_few_in_the_stated_language(read_text: ReadText) -> None:
    blocks = "  - say: {nl: a}\n" * 2 + "  - say: {nl: a, en: b}\n  - say: {nl: a, en: b}\n"
    reading = read_text(f"coach: 1\nlanguage: nl\ntitle: Rondje\nblocks:\n{blocks}")
    assert languages(reading) == ("nl",)
    reading = read_text(f"coach: 1\nlanguage: en\ntitle: Round\nabout: {{nl: a, en: b}}\nblocks:\n{blocks}")
    assert reading.session is None


@settings(deadline=None)
@given(
    texts=st.lists(st.sampled_from(["a", "{nl: a}", "{en: a}", "{nl: a, en: a}"]), min_size=1, max_size=5),
    stated=st.sampled_from(["", "language: nl\n", "language: en\n"]),
)
def test_any_mix_of_languages_is_spoken_or_reported(texts: list[str], stated: str) -> None:
    blocks = "".join(f"  - say: {text}\n" for text in texts[1:]) or "  - easy: 5m\n"
    source = f"coach: 1\n{stated}title: {texts[0]}\nblocks:\n{blocks}".encode()
    path = Path("any.yaml").resolve()
    reading = session_reading.read_session(path, unsaved={path: source})
    assert (reading.session is not None) is not any(problem.severity == "error" for problem in reading.problems)


def test_plain_texts_alone_are_spoken_in_whichever_language_is_asked(read_text: ReadText) -> None:
    reading = read_text("coach: 1\ntitle: Rondje\nblocks:\n  - easy: 5m\n")
    assert languages(reading) == ("nl", "en")
    assert advice(reading) == ["2: nothing says which language the words are in"]


def test_a_plain_text_among_two_languages_must_say_which_it_is(read_text: ReadText) -> None:
    reading = read_text("coach: 1\ntitle: {nl: a, en: b}\nblocks:\n  - say: Adem rustig\n")
    assert reading.session is None
    assert advice(reading) == ["4: this text does not say which of the 2 languages it is in"]


def test_texts_without_a_language_in_common_cannot_be_spoken(read_text: ReadText) -> None:
    reading = read_text("coach: 1\ntitle: {nl: a}\nblocks:\n  - say: {en: b}\n")
    assert reading.session is None
    assert advice(reading) == ["2: no language has all the texts: 1 of 2 have nl, 1 of 2 have en"]


def test_each_text_that_lacks_a_language_most_have_is_named(read_text: ReadText) -> None:
    blocks = "  - say: {nl: a, en: b}\n  - say: {nl: a}\n"
    reading = read_text(f"coach: 1\ntitle: {{nl: a, en: b}}\nblocks:\n{blocks}")
    assert languages(reading) == ("nl",)
    assert advice(reading) == ["5: this text has no 'en', so the session cannot be spoken in it"]

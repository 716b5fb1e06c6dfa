"""What was written down and is used nowhere."""

from pathlib import Path

import pytest
from advice_sessions import Advised, Told, outing


def test_a_value_that_no_text_names_is_told_of(told: Told) -> None:
    assert told("unused-value", outing('easy: {lasts: 4m, say: "Go, {who}."}', values='{name: "", who: Anna}')) == (
        "run.yaml:4:10: advice[unused-value]: the value 'name' stands in no text\n"
        '   4 | values: {name: "", who: Anna}\n'
        "     |          ^^^^\n"
        "     help: write {name} where it is to be said, or leave it out"
    )


def test_a_title_or_a_file_of_blocks_may_use_a_value(folder: Path, advised: Advised) -> None:
    (folder / "part.yaml").write_text('- free: {lasts: 1m, say: "Go, {who}."}\n', encoding="utf-8")
    text = outing("use: part.yaml", values='{name: "", who: ""}').replace("Evening run", '"A run, {name}"')
    assert advised("unused-value", text) == ()


def test_a_pronunciation_of_nothing_is_told_of(told: Told) -> None:
    text = outing("free: {lasts: 4m, say: On to Arnhem.}", say_as='{Nimegen: "nigh", arnhem: "arn hem"}')
    assert told("unused-pronunciation", text) == (
        "run.yaml:4:10: advice[unused-pronunciation]: 'Nimegen' comes in no text, so its pronunciation is never used\n"
        '   4 | say-as: {Nimegen: "nigh", arnhem: "arn hem"}\n'
        "     |          ^^^^^^^\n"
        "     help: write it as it stands in the text, or leave it out"
    )


def test_a_pronunciation_may_serve_a_kinds_own_words_in_any_language(advised: Advised) -> None:
    text = outing("settle: 4m", say_as='{walking: "waw king"}').replace(
        "language: en\ntitle: Evening run", "title: {nl: Avond, en: Evening}"
    )
    assert advised("unused-pronunciation", text) == ()
    assert len(advised("unused-pronunciation", text.replace("settle", "free"))) == 1


def test_a_value_may_be_what_is_pronounced(advised: Advised) -> None:
    text = outing('free: {lasts: 4m, say: "To {place}."}', values="{place: Ede}", say_as='{Ede: "ay-duh"}')
    assert advised("unused-pronunciation", text) == ()


@pytest.mark.parametrize(("word", "unused"), [("Ede", 0), ("Breda", 1)])
def test_a_word_of_one_language_need_not_be_in_the_other(word: str, unused: int, advised: Advised) -> None:
    text = outing("free: {lasts: 4m, say: {nl: Langs Ede., en: Along.}}", say_as=f'{{{word}: "ee-de"}}').replace(
        "language: en\ntitle: Evening run", "title: {nl: Avond, en: Evening}"
    )
    assert len(advised("unused-pronunciation", text)) == unused


def test_a_part_that_is_named_twice_is_told_of(told: Told) -> None:
    assert told("part-twice", outing("body-scan: {lasts: 4m, parts: [jaw, feet, jaw]}")) == (
        "run.yaml:5:35: advice[part-twice]: 'jaw' stands here twice\n"
        "   5 |   - body-scan: {lasts: 4m, parts: [jaw, feet, jaw]}\n"
        "     |                                   ^^^^^^^^^^^^^^^^\n"
        "     help: name each part once"
    )


def test_parts_named_once_and_all_parts_are_fine(advised: Advised) -> None:
    text = outing(
        "body-scan: {lasts: 4m, parts: [jaw, feet]}", "shoulder-release: 2m", "body-scan: {lasts: 4m, parts: jaw}"
    )
    assert advised("part-twice", text) == ()

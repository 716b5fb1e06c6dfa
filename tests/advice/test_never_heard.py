"""Advice on what is never used or heard, and on parts that are named twice."""

from pathlib import Path

import pytest
import session_texts
from advice_sessions import Advised, Told, outing
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.diagnostics.problem import Edit, Location


def test_a_value_that_no_text_names_is_told_of(told: Told) -> None:
    assert told("unused-value", outing('easy: {lasts: 4m, say: "Go, {who}."}', values='{name: "", who: Anna}')) == (
        "run.yaml:4:10: advice[unused-value]: no text uses the value 'name'\n"
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
        "run.yaml:4:10: advice[unused-pronunciation]: 'Nimegen' is in no text, so its pronunciation is never used\n"
        '   4 | say-as: {Nimegen: "nigh", arnhem: "arn hem"}\n'
        "     |          ^^^^^^^\n"
        "     help: write it as it is in the text, or leave it out"
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
        "run.yaml:5:35: advice[part-twice]: 'jaw' is given twice here\n"
        "   5 |   - body-scan: {lasts: 4m, parts: [jaw, feet, jaw]}\n"
        "     |                                   ^^^^^^^^^^^^^^^^\n"
        "     help: name each part once"
    )


def test_parts_named_once_and_all_parts_are_fine(advised: Advised) -> None:
    text = outing(
        "body-scan: {lasts: 4m, parts: [jaw, feet]}", "shoulder-release: 2m", "body-scan: {lasts: 4m, parts: jaw}"
    )
    assert advised("part-twice", text) == ()


def test_a_tick_that_never_ticks_is_told_of(told: Told) -> None:
    assert told("sound-unheard", outing("easy: {lasts: 4m, sounds: {tick: drum}}")) == (
        "run.yaml:5:38: advice[sound-unheard]: this tick sound is never heard: nothing in this block makes it sound\n"
        "   5 |   - easy: {lasts: 4m, sounds: {tick: drum}}\n"
        "     |                                      ^^^^\n"
        "     help: add `ticks: on`, or leave the sound out"
    )


def test_ticks_that_have_no_sound_are_told_of(told: Told) -> None:
    assert told("sound-unheard", outing("easy: {lasts: 4m, ticks: 90s}", sounds="{tick: none}")) == (
        "run.yaml:6:30: advice[sound-unheard]: `ticks` is on here, and the tick sound is `none`\n"
        "   6 |   - easy: {lasts: 4m, ticks: 90s}\n"
        "     |                              ^^^\n"
        "     help: choose a sound, or leave `ticks` out"
    )


def test_breath_sounds_need_a_breath(told: Told) -> None:
    assert told("sound-unheard", outing("easy: {lasts: 4m, breath: none, breath-sound: on}")) == (
        "run.yaml:5:51: advice[sound-unheard]: breath sounds are on here, and this block has no breath\n"
        "   5 |   - easy: {lasts: 4m, breath: none, breath-sound: on}\n"
        "     |                                                   ^^\n"
        "     help: give it one, like `breath: 3 in / 3 out`"
    )


@pytest.mark.parametrize(
    ("settings", "message"),
    [
        ("sounds: {bell: gong}", "this bell sound is never heard: nothing in this block makes it sound"),
        ("sounds: {breath: wave}", "this breath sound is never heard: nothing in this block makes it sound"),
        ("bell: end, sounds: {bell: none}", "`bell` is on here, and the bell sound is `none`"),
        ("breath-sound: on, sounds: {breath: none}", "`breath-sound` is on here, and the breath sound is `none`"),
    ],
)
def test_bells_and_breaths_likewise(settings: str, message: str, advised: Advised) -> None:
    text = outing(f"free: {{lasts: 4m, {settings}}}")
    assert [problem.message for problem in advised("sound-unheard", text)] == [message]


@pytest.mark.parametrize(
    "block",
    [
        "breathing: {lasts: 4m, sounds: {tick: drum, breath: wave}}",
        "silence: {lasts: 4m, sounds: {bell: gong, bed: sea}}",
        "brisk: {sounds: {tick: none}}",
        "free: {lasts: 4m, ticks: off, bell: none, sounds: {tick: none, bell: none}}",
        "free: {lasts: 4m, ticks: 20s, bell: both, breath-sound: 20s, sounds: {tick: drum, bell: gong, breath: wave}}",
    ],
)
def test_what_sounds_or_was_silenced_on_purpose_is_fine(block: str, advised: Advised) -> None:
    assert advised("sound-unheard", outing(block)) == ()


def test_the_sounds_of_the_session_may_name_more_than_are_heard(advised: Advised) -> None:
    assert advised("sound-unheard", outing("free: 4m", sounds="{tick: drum, bell: gong, breath: wave, bed: sea}")) == ()


def test_a_cue_whose_time_never_comes_is_told_of_and_what_follows_it_too(told: Told) -> None:
    cues = "[{every: 6m, text: Still here?}, {after: 2s, text: Good.}]"
    assert told("never-said", outing(f"easy: {{lasts: 4m, say: {cues}}}")) == (
        "run.yaml:5:47: advice[never-said]: these words are never said: they come every 6m, and this easy block lasts "
        "4m at most\n"
        "   5 |   - easy: {lasts: 4m, say: [{every: 6m, text: Still here?}, {after: 2s, text: Good.}]}\n"
        "     |                                               ^^^^^^^^^^^\n"
        "     help: write a shorter time after `every` (the last 15 seconds stay free), or use `at`\n"
        "\n"
        "run.yaml:5:79: advice[never-said]: these words are never said: the cue that they follow is never said\n"
        "   5 |   - easy: {lasts: 4m, say: [{every: 6m, text: Still here?}, {after: 2s, text: Good.}]}\n"
        "     |                                                                               ^^^^^\n"
        "     help: fix that one first, or place this one with `at`"
    )


@pytest.mark.parametrize(("every", "never"), [("105s", 0), ("106s", 1)])
def test_the_last_fifteen_seconds_stay_free(every: str, never: int, advised: Advised) -> None:
    text = outing(f"free: {{lasts: 2m, say: {{every: {every}, text: So.}}}}", breath="none")
    assert len(advised("never-said", text)) == never


def test_what_a_longer_session_would_say_is_no_mistake(advised: Advised) -> None:
    text = outing("free: {lasts: 2m..20m, say: {every: 6m, text: So.}}", "free: 2m..9m", length="5m")
    assert advised("never-said", text) == ()


def test_what_is_said_in_one_of_several_rounds_is_said(advised: Advised) -> None:
    text = outing("repeat: {times: 3, blocks: [{free: {lasts: 3m, say: {every: 1m, text: So.}}}]}")
    assert advised("never-said", text) == ()


TITLED = "coach: 1\nlanguage: en\ntitle: {}\nblocks:\n  - free: 1m\n"


def test_a_text_that_a_number_sign_cuts_is_told_of_with_its_quotes(told: Told, advised: Advised) -> None:
    text = TITLED.format("Step 1 #2, slowly")
    assert told("cut-by-comment", text) == (
        "run.yaml:3:15: advice[cut-by-comment]: a # after a space begins a comment, so this text ends at 'Step 1'\n"
        "   3 | title: Step 1 #2, slowly\n"
        "     |               ^\n"
        '     help: put the whole text in quotes: "Step 1 #2, slowly"'
    )
    (fix,) = [problem.fix for problem in advised("cut-by-comment", text)]
    assert fix is not None
    location = Location(file=fix.edits[0].location.file, line=3, column=8, end_column=25)
    assert (fix.title, fix.edits) == (
        "put the whole text in quotes",
        (Edit(location=location, text='"Step 1 #2, slowly"'),),
    )


def test_a_real_comment_behind_the_words_stays_one(advised: Advised) -> None:
    (problem,) = advised("cut-by-comment", TITLED.format("Step 1 #2  # of three"))
    assert problem.help == 'put the whole text in quotes: "Step 1 #2"'


@pytest.mark.parametrize(
    "block",
    [
        "free:\n      lasts: 1m\n      say: Number #7 goes",
        "free:\n      say:\n        - at: 2s\n          text: Take #3 now",
    ],
)
def test_cues_are_texts_too(block: str, advised: Advised) -> None:
    assert len(advised("cut-by-comment", outing(block))) == 1


@pytest.mark.parametrize(
    "title",
    ["Step 1 # the second", "Step one. #first", '"Step 1 #2"', "Step 1#2", "'Step 1' #2", "Step 1"],
)
def test_real_comments_and_whole_texts_are_left_alone(title: str, advised: Advised) -> None:
    assert advised("cut-by-comment", TITLED.format(title)) == ()


def test_what_is_no_text_may_have_any_comment(advised: Advised) -> None:
    assert advised("cut-by-comment", outing("free: 1m #warm-up", cadence="150 #slow")) == ()


@settings(deadline=None, max_examples=40)
@given(title=st.from_regex(r"[A-Z][a-z\"'\\]{0,6} #[a-z0-9][a-z0-9\"'\\ #]{0,8}[a-z]", fullmatch=True))
def test_the_fix_keeps_every_letter(title: str, folder: Path, advised: Advised) -> None:
    (problem,) = advised("cut-by-comment", TITLED.format(title))
    assert problem.fix is not None
    mended = TITLED.format(problem.fix.edits[0].text)
    words = title.partition(" # ")[0]
    assert session_texts.session(folder, mended).title["en"] == " ".join(words.split())

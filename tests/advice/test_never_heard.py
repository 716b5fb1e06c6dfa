"""Advice on what is never used or heard, and on parts that are named twice."""

from pathlib import Path

import pytest
import session_texts
from advice_sessions import FindAdvice, RenderAdvice, make_session
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.diagnostics.problem import Edit, Location


def test_an_unused_value_is_reported(render: RenderAdvice) -> None:
    assert render(
        "unused-value", make_session('easy: {lasts: 4m, say: "Go, {who}."}', values='{name: "", who: Anna}')
    ) == (
        "run.yaml:4:10: advice[unused-value]: no text uses the value 'name'\n"
        '   4 | values: {name: "", who: Anna}\n'
        "     |          ^^^^\n"
        "     help: write {name} where it is to be said, or leave it out"
    )


def test_a_title_or_a_file_of_blocks_may_use_a_value(folder: Path, find: FindAdvice) -> None:
    (folder / "part.yaml").write_text('- free: {lasts: 1m, say: "Go, {who}."}\n', encoding="utf-8")
    text = make_session("use: part.yaml", values='{name: "", who: ""}').replace("Evening run", '"A run, {name}"')
    assert find("unused-value", text) == ()


def test_an_unused_pronunciation_is_reported(render: RenderAdvice) -> None:
    text = make_session("free: {lasts: 4m, say: On to Arnhem.}", say_as='{Nimegen: "nigh", arnhem: "arn hem"}')
    assert render("unused-pronunciation", text) == (
        "run.yaml:4:10: advice[unused-pronunciation]: 'Nimegen' is in no text, so its pronunciation is never used\n"
        '   4 | say-as: {Nimegen: "nigh", arnhem: "arn hem"}\n'
        "     |          ^^^^^^^\n"
        "     help: write it as it is in the text, or leave it out"
    )


def test_a_pronunciation_may_serve_a_kinds_own_words_in_any_language(find: FindAdvice) -> None:
    text = make_session("settle: 4m", say_as='{walking: "waw king"}').replace(
        "language: en\ntitle: Evening run", "title: {nl: Avond, en: Evening}"
    )
    assert find("unused-pronunciation", text) == ()
    assert len(find("unused-pronunciation", text.replace("settle", "free"))) == 1


def test_a_value_may_be_what_is_pronounced(find: FindAdvice) -> None:
    text = make_session('free: {lasts: 4m, say: "To {place}."}', values="{place: Ede}", say_as='{Ede: "ay-duh"}')
    assert find("unused-pronunciation", text) == ()


@pytest.mark.parametrize(("word", "unused"), [("Ede", 0), ("Breda", 1)])
def test_a_word_of_one_language_need_not_be_in_the_other(word: str, unused: int, find: FindAdvice) -> None:
    text = make_session("free: {lasts: 4m, say: {nl: Langs Ede., en: Along.}}", say_as=f'{{{word}: "ee-de"}}').replace(
        "language: en\ntitle: Evening run", "title: {nl: Avond, en: Evening}"
    )
    assert len(find("unused-pronunciation", text)) == unused


def test_a_part_named_twice_is_reported(render: RenderAdvice) -> None:
    assert render("part-twice", make_session("body-scan: {lasts: 4m, parts: [jaw, feet, jaw]}")) == (
        "run.yaml:5:35: advice[part-twice]: 'jaw' is given twice here\n"
        "   5 |   - body-scan: {lasts: 4m, parts: [jaw, feet, jaw]}\n"
        "     |                                   ^^^^^^^^^^^^^^^^\n"
        "     help: name each part once"
    )


def test_parts_named_once_and_all_parts_are_fine(find: FindAdvice) -> None:
    text = make_session(
        "body-scan: {lasts: 4m, parts: [jaw, feet]}", "shoulder-release: 2m", "body-scan: {lasts: 4m, parts: jaw}"
    )
    assert find("part-twice", text) == ()


def test_a_tick_that_never_sounds_is_reported(render: RenderAdvice) -> None:
    assert render("sound-unheard", make_session("easy: {lasts: 4m, sounds: {tick: drum}}")) == (
        "run.yaml:5:38: advice[sound-unheard]: this tick sound is never heard: nothing in this block makes it sound\n"
        "   5 |   - easy: {lasts: 4m, sounds: {tick: drum}}\n"
        "     |                                      ^^^^\n"
        "     help: add `ticks: on`, or leave the sound out"
    )


def test_ticks_without_a_sound_are_reported(render: RenderAdvice) -> None:
    assert render("sound-unheard", make_session("easy: {lasts: 4m, ticks: 90s}", sounds="{tick: none}")) == (
        "run.yaml:6:30: advice[sound-unheard]: `ticks` is on here, and the tick sound is `none`\n"
        "   6 |   - easy: {lasts: 4m, ticks: 90s}\n"
        "     |                              ^^^\n"
        "     help: choose a sound, or leave `ticks` out"
    )


def test_breath_sounds_need_a_breath(render: RenderAdvice) -> None:
    assert render("sound-unheard", make_session("easy: {lasts: 4m, breath: none, breath-sound: on}")) == (
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
def test_bells_and_breaths_likewise(settings: str, message: str, find: FindAdvice) -> None:
    text = make_session(f"free: {{lasts: 4m, {settings}}}")
    assert [problem.message for problem in find("sound-unheard", text)] == [message]


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
def test_sounds_heard_or_silenced_on_purpose_are_allowed(block: str, find: FindAdvice) -> None:
    assert find("sound-unheard", make_session(block)) == ()


def test_the_sounds_of_the_session_may_name_more_than_are_heard(find: FindAdvice) -> None:
    assert (
        find("sound-unheard", make_session("free: 4m", sounds="{tick: drum, bell: gong, breath: wave, bed: sea}")) == ()
    )


def test_a_cue_whose_time_never_comes_and_the_one_after_it_are_reported(render: RenderAdvice) -> None:
    cues = "[{every: 6m, text: Still here?}, {after: 2s, text: Good.}]"
    assert render("never-said", make_session(f"easy: {{lasts: 4m, say: {cues}}}")) == (
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
def test_the_last_fifteen_seconds_stay_free(every: str, never: int, find: FindAdvice) -> None:
    text = make_session(f"free: {{lasts: 2m, say: {{every: {every}, text: So.}}}}", breath="none")
    assert len(find("never-said", text)) == never


def test_a_cue_for_a_longer_session_is_allowed(find: FindAdvice) -> None:
    text = make_session("free: {lasts: 2m..20m, say: {every: 6m, text: So.}}", "free: 2m..9m", length="5m")
    assert find("never-said", text) == ()


def test_a_cue_said_in_one_round_of_several_is_not_reported(find: FindAdvice) -> None:
    text = make_session("repeat: {times: 3, blocks: [{free: {lasts: 3m, say: {every: 1m, text: So.}}}]}")
    assert find("never-said", text) == ()


TITLED = "coach: 1\nlanguage: en\ntitle: {}\nblocks:\n  - free: 1m\n"


def test_a_text_cut_off_by_a_number_sign_is_reported_with_its_quotes(render: RenderAdvice, find: FindAdvice) -> None:
    text = TITLED.format("Step 1 #2, slowly")
    assert render("cut-by-comment", text) == (
        "run.yaml:3:15: advice[cut-by-comment]: a # after a space begins a comment, so this text ends at 'Step 1'\n"
        "   3 | title: Step 1 #2, slowly\n"
        "     |               ^\n"
        '     help: put the whole text in quotes: "Step 1 #2, slowly"'
    )
    (fix,) = [problem.fix for problem in find("cut-by-comment", text)]
    assert fix is not None
    location = Location(file=fix.edits[0].location.file, line=3, column=8, end_column=25)
    assert (fix.title, fix.edits) == (
        "put the whole text in quotes",
        (Edit(location=location, text='"Step 1 #2, slowly"'),),
    )


def test_a_real_comment_behind_the_words_stays_one(find: FindAdvice) -> None:
    (problem,) = find("cut-by-comment", TITLED.format("Step 1 #2  # of three"))
    assert problem.help == 'put the whole text in quotes: "Step 1 #2"'


@pytest.mark.parametrize(
    "block",
    [
        "free:\n      lasts: 1m\n      say: Number #7 goes",
        "free:\n      say:\n        - at: 2s\n          text: Take #3 now",
    ],
)
def test_cues_are_texts_too(block: str, find: FindAdvice) -> None:
    assert len(find("cut-by-comment", make_session(block))) == 1


@pytest.mark.parametrize(
    "title",
    ["Step 1 # the second", "Step one. #first", '"Step 1 #2"', "Step 1#2", "'Step 1' #2", "Step 1"],
)
def test_real_comments_and_whole_texts_are_left_alone(title: str, find: FindAdvice) -> None:
    assert find("cut-by-comment", TITLED.format(title)) == ()


def test_a_value_that_is_not_a_text_may_have_any_comment(find: FindAdvice) -> None:
    assert find("cut-by-comment", make_session("free: 1m #warm-up", cadence="150 #slow")) == ()


@settings(deadline=None, max_examples=40)
@given(title=st.from_regex(r"[A-Z][a-z\"'\\]{0,6} #[a-z0-9][a-z0-9\"'\\ #]{0,8}[a-z]", fullmatch=True))
def test_the_fix_keeps_every_letter(title: str, folder: Path, find: FindAdvice) -> None:
    (problem,) = find("cut-by-comment", TITLED.format(title))
    assert problem.fix is not None
    mended = TITLED.format(problem.fix.edits[0].text)
    words = title.partition(" # ")[0]
    assert session_texts.session(folder, mended).title["en"] == " ".join(words.split())

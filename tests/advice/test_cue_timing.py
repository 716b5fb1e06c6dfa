"""Advice on cue timing: not at the very start, not later than asked, with pauses, and counts on their steps."""

import pytest
from advice_sessions import FindAdvice, RenderAdvice, make_session, words
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.diagnostics.problem import Edit, Location


def test_a_session_that_begins_with_a_word_is_warned_of_earphones(render: RenderAdvice) -> None:
    assert render("word-at-once", make_session("free: {lasts: 6m, say: Welcome.}")) == (
        "run.yaml:5:28: advice[word-at-once]: the first word comes at once, and wireless earphones often swallow the "
        "first second\n"
        "   5 |   - free: {lasts: 6m, say: Welcome.}\n"
        "     |                            ^^^^^^^^\n"
        "     help: begin with a bell (`bell: start` in the first block), or say the first words `at: 2s`"
    )


@pytest.mark.parametrize(
    "block",
    ["free: {lasts: 6m, bell: start, say: Welcome.}", "free: {lasts: 6m, say: {at: 1.5s, text: Welcome.}}", "free: 6m"],
)
def test_a_bell_a_wait_or_no_word_at_all_are_fine(block: str, find: FindAdvice) -> None:
    assert find("word-at-once", make_session(block)) == ()


def test_words_that_are_kept_waiting_say_how_long(render: RenderAdvice) -> None:
    cues = "[{at: 9s, text: 'So. [30s] So.'}, {at: 20s, text: Look up.}]"
    assert render("late-cue", make_session(f"free: {{lasts: 2m, say: {cues}}}")) == (
        "run.yaml:5:78: advice[late-cue]: these words come 20s later than asked: until then the cue before them is "
        "being said\n"
        "   5 |   - free: {lasts: 2m, say: [{at: 9s, text: 'So. [30s] So.'}, {at: 20s, text: Look up.}]}\n"
        "     |                                                                              ^^^^^^^^\n"
        "     help: place them later, or the ones before earlier, or say less there"
    )


@settings(deadline=None, max_examples=25)
@given(number=st.one_of(st.integers(1, 60), st.integers(26, 30)), place=st.sampled_from(["20s", "-80s", "20%"]))
def test_five_seconds_late_is_soon_enough(number: int, place: str, find: FindAdvice) -> None:
    cues = f"[{{at: 10s, text: {words(number)}}}, {{at: {place}, text: Look up.}}]"
    late_s = 10.0 + 0.5 * number + 0.8 - 20.0
    assert bool(find("late-cue", make_session(f"free: {{lasts: 100s, say: {cues}}}", breath="none"))) == (late_s > 5.0)


def test_cues_in_a_block_too_short_for_them_are_reported(find: FindAdvice) -> None:
    cues = ", ".join([words(20)] * 4)
    found = find("late-cue", make_session(f"free: {{lasts: 30s, say: [{words(20)}, {words(30)}, So.]}}", breath="none"))
    assert [problem.message for problem in found] == [
        "these words come 7s later than their even share of the block: until then the cue before them is being said"
    ]
    assert find("late-cue", make_session(f"free: {{lasts: 1m, say: [{cues}]}}", breath="none")) == ()


def test_words_that_wait_for_a_breath_or_a_pause_of_their_own_are_not_late(find: FindAdvice) -> None:
    cues = "[{at: 10s, text: '[9s] Look up.'}, {at: 30s, text: '[in] In.'}]"
    assert find("late-cue", make_session(f"free: {{lasts: 2m, say: {cues}}}")) == ()


def test_half_a_minute_of_words_asks_for_a_pause(render: RenderAdvice) -> None:
    assert render("no-pause", make_session(f"free: {{lasts: 2m, say: {words(61)}}}")) == (
        "run.yaml:5:28: advice[no-pause]: from here on the voice talks for over 30s without 3s of quiet\n"
        f"   5 |   - free: {{lasts: 2m, say: {words(61)[:73]}…\n"
        f"     |                            {'^' * 73}\n"
        "     help: put pauses between the sentences, like [3s], or share the words over several cues"
    )


@settings(deadline=None, max_examples=20)
@given(first=st.integers(1, 80), second=st.integers(1, 80), pause_s=st.integers(1, 5))
def test_a_pause_of_three_seconds_begins_the_half_minute_again(
    first: int, second: int, pause_s: int, find: FindAdvice
) -> None:
    text = make_session(f'free: {{lasts: 4m, say: "{words(first)} [{pause_s}s] {words(second)}"}}')
    at_once = max(first, second) * 0.5 if pause_s >= 3 else (first + second) * 0.5 + pause_s
    assert bool(find("no-pause", text)) == (at_once > 30.0)


def test_a_kinds_own_words_and_counting_go_on_as_long_as_they_like(find: FindAdvice) -> None:
    counting = " ".join(["[step] so"] * 90)
    assert find("no-pause", make_session("breathing: 3m", f'free: {{lasts: 2m, say: "{counting}"}}')) == ()


COUNTED = "[in] [step] in [step] two [step] three [out] [step] out [step] two [step] three"


def test_a_count_longer_than_its_breath_is_reported(render: RenderAdvice) -> None:
    text = make_session('free: {lasts: 1m, say: "[in] [step] in [step] two [step] three"}', breath="2 in / 3 out")
    assert render("count-over-breath", text) == (
        "run.yaml:6:28: advice[count-over-breath]: these words count 3 steps on the in-breath, which here has 2\n"
        '   6 |   - free: {lasts: 1m, say: "[in] [step] in [step] two [step] three"}\n'
        "     |                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "     help: count to 2, or give the block a breath that is as long"
    )


@pytest.mark.parametrize(
    ("breath", "phase"), [("3/3", None), ("4/4", None), ("2/3", "in"), ("3/2", "out"), ("2/2", "in")]
)
def test_each_breath_has_room_for_as_many_counts_as_steps(breath: str, phase: str | None, find: FindAdvice) -> None:
    found = find("count-over-breath", make_session(f'free: {{lasts: 1m, say: "{COUNTED}"}}', breath=breath))
    assert [problem.message for problem in found] == (
        [f"these words count 3 steps on the {phase}-breath, which here has 2"] if phase else []
    )


@pytest.mark.parametrize("text", ["[step] one [step] two [step] three [step] four", "Run. [in] Breathe in, and out."])
def test_counting_that_waits_for_no_breath_goes_on_as_it_likes(text: str, find: FindAdvice) -> None:
    assert find("count-over-breath", make_session(f'free: {{lasts: 1m, say: "{text}"}}')) == ()


def test_a_kinds_own_counting_is_right(find: FindAdvice) -> None:
    assert find("count-over-breath", make_session("breathing: {lasts: 3m, breath: 2/2}")) == ()


def test_counts_that_share_a_step_are_shown_each_with_its_own(render: RenderAdvice, find: FindAdvice) -> None:
    text = make_session('free: {lasts: 1m, say: "[in] [step] in, two, three"}')
    assert render("step-for-each", text) == (
        "run.yaml:5:41: advice[step-for-each]: only the first word after a [step] falls on it; 'in, two, three' is "
        "said in one go\n"
        '   5 |   - free: {lasts: 1m, say: "[in] [step] in, two, three"}\n'
        "     |                                         ^^^^^^^^^^^^^^\n"
        "     help: put a [step] before each: in, [step] two, [step] three"
    )
    (fix,) = [problem.fix for problem in find("step-for-each", text)]
    assert fix is not None
    assert fix.title == "put a [step] before each"
    location = fix.edits[0].location
    assert fix.edits == (
        Edit(
            location=Location(file=location.file, line=5, column=41, end_column=55), text="in, [step] two, [step] three"
        ),
    )


@pytest.mark.parametrize(
    "text", ["[step] Begin to walk.", "[step] in [step] two", "One two three.", "[step] two steps"]
)
def test_sentences_may_begin_on_a_step(text: str, find: FindAdvice) -> None:
    assert find("step-for-each", make_session(f'free: {{lasts: 1m, say: "{text}"}}')) == ()


def test_each_language_counts_in_its_own_words(find: FindAdvice) -> None:
    dutch, english = '"[step] twee drie"', '"[step] two three"'
    assert len(find("step-for-each", make_session(f"free: {{lasts: 1m, say: {dutch}}}", language="nl"))) == 1
    assert find("step-for-each", make_session(f"free: {{lasts: 1m, say: {english}}}", language="nl")) == ()

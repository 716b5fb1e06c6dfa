"""Breaths that are counted on the steps: as many counts as steps, and each on its own."""

import pytest
from advice_sessions import Advised, Told, outing

from coach.diagnostics.problem import Edit, Location

COUNTED = "[in] [step] in [step] two [step] three [out] [step] out [step] two [step] three"


def test_a_count_that_is_longer_than_its_breath_is_told_of(told: Told) -> None:
    text = outing('free: {lasts: 1m, say: "[in] [step] in [step] two [step] three"}', breath="2 in / 3 out")
    assert told("count-over-breath", text) == (
        "run.yaml:6:28: advice[count-over-breath]: these words count 3 steps on the in-breath, which here has 2\n"
        '   6 |   - free: {lasts: 1m, say: "[in] [step] in [step] two [step] three"}\n'
        "     |                            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^\n"
        "     help: count to 2, or give the block a breath that is as long"
    )


@pytest.mark.parametrize(
    ("breath", "phase"), [("3/3", None), ("4/4", None), ("2/3", "in"), ("3/2", "out"), ("2/2", "in")]
)
def test_each_breath_has_room_for_as_many_counts_as_steps(breath: str, phase: str | None, advised: Advised) -> None:
    found = advised("count-over-breath", outing(f'free: {{lasts: 1m, say: "{COUNTED}"}}', breath=breath))
    assert [problem.message for problem in found] == (
        [f"these words count 3 steps on the {phase}-breath, which here has 2"] if phase else []
    )


@pytest.mark.parametrize("text", ["[step] one [step] two [step] three [step] four", "Run. [in] Breathe in, and out."])
def test_counting_that_waits_for_no_breath_goes_on_as_it_likes(text: str, advised: Advised) -> None:
    assert advised("count-over-breath", outing(f'free: {{lasts: 1m, say: "{text}"}}')) == ()


def test_a_kinds_own_counting_is_right(advised: Advised) -> None:
    assert advised("count-over-breath", outing("breathing: {lasts: 3m, breath: 2/2}")) == ()


def test_counts_that_share_a_step_are_shown_each_with_its_own(told: Told, advised: Advised) -> None:
    text = outing('free: {lasts: 1m, say: "[in] [step] in, two, three"}')
    assert told("step-for-each", text) == (
        "run.yaml:5:41: advice[step-for-each]: only the first word after a [step] falls on it; 'in, two, three' is "
        "said in one go\n"
        '   5 |   - free: {lasts: 1m, say: "[in] [step] in, two, three"}\n'
        "     |                                         ^^^^^^^^^^^^^^\n"
        "     help: put a [step] before each: in, [step] two, [step] three"
    )
    (fix,) = [problem.fix for problem in advised("step-for-each", text)]
    assert fix is not None
    assert fix.title == "put a [step] before each"
    where = fix.edits[0].where
    assert fix.edits == (
        Edit(where=Location(file=where.file, line=5, column=41, end_column=55), text="in, [step] two, [step] three"),
    )


@pytest.mark.parametrize(
    "text", ["[step] Begin to walk.", "[step] in [step] two", "One two three.", "[step] two steps"]
)
def test_sentences_may_begin_on_a_step(text: str, advised: Advised) -> None:
    assert advised("step-for-each", outing(f'free: {{lasts: 1m, say: "{text}"}}')) == ()


def test_each_language_counts_in_its_own_words(advised: Advised) -> None:
    dutch, english = '"[step] twee drie"', '"[step] two three"'
    assert len(advised("step-for-each", outing(f"free: {{lasts: 1m, say: {dutch}}}", language="nl"))) == 1
    assert advised("step-for-each", outing(f"free: {{lasts: 1m, say: {english}}}", language="nl")) == ()

"""Words that YAML took for a comment."""

from pathlib import Path

import pytest
import session_texts
from advice_sessions import Advised, Told, outing
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.diagnostics.problem import Edit, Location

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
    where = Location(file=fix.edits[0].where.file, line=3, column=8, end_column=25)
    assert (fix.title, fix.edits) == (
        "put the whole text in quotes",
        (Edit(where=where, text='"Step 1 #2, slowly"'),),
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

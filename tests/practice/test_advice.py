"""Advice as a whole: none where there is nothing to say, and nothing said twice."""

from pathlib import Path

import pytest
from authoring import planned

from coach.audio.soundbank import bell_length_s
from coach.commands import opening
from coach.practice.advice import advice
from coach.session import library
from coach.timeline.compile import compile_plan
from coach.timeline.plan import Plan, Wish
from coach.voices.estimate import estimate

STARTER = Path(__file__).parent.parent.parent / "coach" / "commands" / "starter.yaml"
SHIPPED = [*sorted(library.folder().glob("*.yaml")), STARTER]


def plans(path: Path) -> list[Plan]:
    session = opening.read(path).session
    assert session is not None
    return [compile_plan(session, Wish(language=each), estimate, bell_length_s) for each in session.languages]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_what_we_ship_needs_no_advice_in_any_language(path: Path) -> None:
    in_each = plans(path)
    assert len(in_each) == 2
    assert list(advice(in_each)) == list(advice(in_each[1:])) == []


def test_of_one_place_the_first_language_speaks_and_the_other_is_quiet(tmp_path: Path) -> None:
    text = """\
        coach: 1
        title: {nl: Rondje, en: Round}
        blocks:
          - silence: {lasts: 40s, bell: none}
        """
    both = [planned(tmp_path, text, language=language) for language in ("nl", "en")]
    assert [problem.message for problem in advice(both)] == [
        "this silence lasts 40s, and its words leave 23s of it quiet (nl)"
    ]
    assert "(en)" in next(iter(advice(both[1:]))).message


def test_all_of_it_is_advice_with_a_way_out(tmp_path: Path) -> None:
    text = """\
        coach: 1
        language: en
        title: Race 10 km
        cadence: 182
        form: reset
        blocks:
          - free: {lasts: 6m, ticks: on, say: This cures you.}
          - brisk: 4m
        """
    found = list(advice([planned(tmp_path, text)]))
    assert [problem.code for problem in found] == [
        "word-at-once",
        "cadence-high",
        "brisk-long",
        "brisk-much",
        "no-walk-out",
        "ticks-throughout",
        "length-unusual",
        "goal-words",
        "promise-words",
    ]
    assert {problem.severity for problem in found} == {"advice"}
    assert all(problem.help for problem in found)

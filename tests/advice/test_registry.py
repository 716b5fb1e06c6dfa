"""The registry of advice rules: no advice on good sessions, and none given twice."""

from pathlib import Path

import pytest
from advice_sessions import make_session
from hypothesis import given, settings
from hypothesis import strategies as st
from session_texts import planned

from coach.advice.registry import advise
from coach.audio.soundbank import measure_bell_length_s
from coach.services import session_reading
from coach.session import library
from coach.timeline.compile import compile_plan
from coach.timeline.schedule import Plan, PlanOptions
from coach.voices.duration_estimate import estimate_duration

SHIPPED = sorted(library.find_folder().glob("*.yaml"))


def plans(path: Path) -> list[Plan]:
    session = session_reading.read_session(path).session
    assert session is not None
    return [
        compile_plan(session, PlanOptions(language=each), estimate_duration, measure_bell_length_s)
        for each in session.languages
    ]


@pytest.mark.parametrize("path", SHIPPED, ids=lambda path: path.stem)
def test_shipped_sessions_get_no_advice_in_any_language(path: Path) -> None:
    in_each = plans(path)
    assert len(in_each) == 2
    assert list(advise(in_each)) == list(advise(in_each[1:])) == []


def test_of_one_place_the_first_language_speaks_and_the_other_is_quiet(tmp_path: Path) -> None:
    text = """\
        coach: 1
        title: {nl: Rondje, en: Round}
        blocks:
          - silence: {lasts: 40s, bell: none}
        """
    both = [planned(tmp_path, text, language=language) for language in ("nl", "en")]
    assert [problem.message for problem in advise(both)] == [
        "this silence lasts 40s, and its words leave 23s of it quiet (nl)"
    ]
    assert "(en)" in next(iter(advise(both[1:]))).message


def test_after_fifty_pieces_the_rest_are_counted(tmp_path: Path) -> None:
    blocks = [f"free: {{lasts: 1m, say: A new record {number}.}}" for number in range(53)]
    found = list(advise([planned(tmp_path, make_session(*blocks, "walk-out: 3m"))]))
    assert len(found) == 51
    assert (found[-1].code, found[-1].message) == ("more", "5 more pieces of advice are not shown")


BLOCKS = st.sampled_from(
    [
        'say: "{name}"',
        'say: "Go."',
        "free: {lasts: 1s, ticks: on}",
        "free: {lasts: 7m, breath: 1/1, ticks: on, cadence: 220, say: none}",
        "free: {lasts: 1m..9m, cadence: 60 -> 200, breath: 12/12, breath-sound: on, sounds: {breath: none}}",
        "free: {lasts: 5m, breath: none, say: [{every: 10s, text: '[5s]'}, {after: 1s, text: '[2s] So {name}.'}]}",
        "silence: {lasts: 20s, bell: none}",
        "silence: {lasts: 4m, ticks: on, say: [{at: 0%, text: '[step] one two'}, {at: 90s, text: '[in] In.'}]}",
        "brisk: 3m",
        "breathing: {lasts: 5m, cadence: 110}",
        "check-in: {lasts: 3m, ticks: on, breath: 3/3}",
        "walk-out: 2m",
        "body-scan: {lasts: 5m, parts: [jaw, jaw]}",
        "repeat: {times: 2, blocks: [{brisk: 1m}, {silence: 1m}]}",
    ]
)
FORMS = st.sampled_from(["reset", "long", "mindful", "other"])


@settings(deadline=None, max_examples=60)
@given(blocks=st.lists(BLOCKS, min_size=1, max_size=5), form=FORMS)
def test_whatever_a_session_is_made_of_advice_has_a_place_and_a_way_out(
    blocks: list[str], form: str, folder: Path
) -> None:
    plan = planned(folder, make_session(*blocks, form=form, values='{name: "", who: ""}', say_as="{Ede: e}"))
    for problem in advise([plan]):
        assert problem.message
        assert problem.help
        assert problem.severity == "advice"
        assert 1 <= problem.location.line <= len(blocks) + 7
        assert problem.location.column < problem.location.end_column


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
    found = list(advise([planned(tmp_path, text)]))
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

"""What is suggested to who has not chosen a session can always be run."""

from dataclasses import replace
from pathlib import Path

import pytest
import run_records
import session_texts

from coach.audio.soundbank import bell_length_s
from coach.journal.diary import Run
from coach.services import session_preparation
from coach.services.suggest_session import (
    SESSIONS,
    USUAL_MIN,
    RunForm,
    Suggestion,
    find_nearest_length_s,
    suggest_session,
)
from coach.timeline.compile import compile_timeline, reachable_lengths_s
from coach.timeline.schedule import PlanOptions
from coach.utterance import SpokenDuration, Utterance
from coach.voices.duration_estimate import estimate

NEW = Run(started_at=run_records.at(17), language="nl")


def slowly(utterance: Utterance) -> SpokenDuration:
    """A voice that takes a twelfth longer than is estimated."""
    usual = estimate(utterance)
    return usual if utterance.counted else replace(usual, length_s=usual.length_s * 13 / 12)


def test_all_questions_skipped_there_is_a_short_reset_run() -> None:
    assert suggest_session(NEW, PlanOptions()) == Suggestion(
        session="reset-run",
        length_s=1440.0,
        words="Een korte, rustige loop, om je hoofd leeg te maken. Jouw loop: Korte reset-run, 24 minuten.",
    )


def test_what_was_answered_is_taken_up() -> None:
    run = replace(NEW, language="en", tension_before=8, need="rhythm", wanted_s=1800.0)
    assert suggest_session(run, PlanOptions()) == Suggestion(
        session="light-intervals",
        length_s=1800.0,
        words="There's a lot of tension: six light, quick minutes give the restlessness to your legs. "
        "Your run: Six light minutes, 30 minutes.",
    )


def test_who_wants_less_than_can_be_is_told_so_kindly() -> None:
    assert suggest_session(replace(NEW, need="silence", wanted_s=600.0), PlanOptions()) == Suggestion(
        session="mindful-run",
        length_s=1140.0,
        words="Stilte dus: een loop met weinig woorden en bijna geen tikken, met aandacht voor je adem. "
        "Korter dan 19 minuten kan Aandachtig lopen niet. Onderweg mag je altijd eerder uitwandelen.",
    )
    assert suggest_session(replace(NEW, language="en", wanted_s=10_800.0), PlanOptions()).words == (
        "You have time: just right for a long, very easy run. Long and easy can't be longer than 90 minutes."
    )


def test_a_length_on_the_command_line_goes_first() -> None:
    assert suggest_session(replace(NEW, wanted_s=1500.0), PlanOptions(length_s=1320.0)).length_s == 1320.0


@pytest.mark.parametrize("form", SESSIONS)
def test_a_form_s_session_is_of_that_form_and_of_its_usual_length(form: RunForm) -> None:
    session = session_preparation.load(SESSIONS[form])
    assert (session.form, session.length_s) == (form, USUAL_MIN[form] * 60.0)


@pytest.mark.parametrize("guidance", ["full", "quiet"])
@pytest.mark.parametrize("wanted_s", [300.0, 10_800.0])
@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", SESSIONS.values())
def test_the_nearest_length_can_be_run_whoever_speaks(name: str, language: str, wanted_s: float, guidance: str) -> None:
    session, wish = session_preparation.load(name), PlanOptions(language=language, guidance=guidance)
    length_s = find_nearest_length_s(session, wish, wanted_s)
    for measure in (estimate, session_texts.half_a_second_a_word):
        timeline = compile_timeline(session, replace(wish, length_s=length_s), measure, bell_length_s)
        assert timeline.length_s == length_s
    shortest_s, longest_s = reachable_lengths_s(session, wish, slowly)
    assert shortest_s <= length_s <= longest_s


def test_a_session_that_cannot_be_stretched_keeps_its_length(tmp_path: Path) -> None:
    session = session_texts.session(tmp_path, "coach: 1\nlanguage: en\ntitle: Fixed\nblocks: [free: 10m]\n")
    assert (
        find_nearest_length_s(session, PlanOptions(), 300.0)
        == find_nearest_length_s(session, PlanOptions(), 3000.0)
        == 600.0
    )

"""Prompts of `coach new`, as somebody at a terminal sees them."""

from collections.abc import Callable
from pathlib import Path

import pytest
from coach_process import Ran

from coach.services import new_session_options
from coach.services.new_session_options import GivenOptions, NewSessionOptions, ask_options, choose_options

Coach = Callable[..., Ran]
Typed = Callable[..., list[str]]

USUAL = ("check-in", "settle", "breathing", "body-scan", "shoulder-release", "easy", "silence", "walk-out", "reflect")


@pytest.fixture
def typed(monkeypatch: pytest.MonkeyPatch) -> Typed:
    """Types answers, one for each question, and gives the list in which the questions will be."""
    monkeypatch.setenv("LC_ALL", "nl_NL.UTF-8")

    def type_them(*answers: str) -> list[str]:
        asked: list[str] = []
        left = list(answers)

        def answer(prompt: str) -> str:
            asked.append(prompt)
            return left.pop(0)

        monkeypatch.setattr("click.termui.visible_prompt_func", answer)
        return asked

    return type_them


def test_five_questions_and_enter_takes_what_is_usual(typed: Typed) -> None:
    asked = typed("", "", "", "", "")
    assert ask_options(GivenOptions(), asks=True) == NewSessionOptions(
        form="reset", length_s=1440.0, languages=("nl",), kinds=USUAL, ticks=True
    )
    assert len(asked) == 5


def test_given_options_are_not_asked_for(typed: Typed) -> None:
    asked = typed("mindful", "off")
    chosen = ask_options(GivenOptions(length_s=1500.0, languages="en", kinds="silence"), asks=True)
    assert chosen == NewSessionOptions(
        form="mindful", length_s=1500.0, languages=("en",), kinds=("settle", "easy", "silence", "walk-out"), ticks=False
    )
    assert len(asked) == 2


def test_an_answer_may_be_given_as_people_do(typed: Typed) -> None:
    typed("Trail", "25 min", "NL + EN", "silence listening", "uit")
    assert ask_options(GivenOptions(), asks=True) == NewSessionOptions(
        form="trail",
        length_s=1500.0,
        languages=("nl", "en"),
        kinds=("settle", "easy", "listening", "silence", "walk-out"),
        ticks=False,
    )


def test_minutes_need_no_unit_and_none_is_no_blocks(typed: Typed) -> None:
    typed("long", "40", "en", "none", "on")
    assert ask_options(GivenOptions(), asks=True) == NewSessionOptions(
        form="long", length_s=2400.0, languages=("en",), kinds=("settle", "easy", "walk-out"), ticks=True
    )


def test_an_invalid_answer_is_asked_for_again(typed: Typed, capsys: pytest.CaptureFixture[str]) -> None:
    asked = typed("rest", "reset", "an hour", "1h", "25m", "fr", "nl", "dancing", "silence", "maybe", "off")
    assert ask_options(GivenOptions(), asks=True).kinds == ("settle", "easy", "silence", "walk-out")
    assert len(asked) == 11
    printed = capsys.readouterr().out
    assert "Error: unknown form 'rest': did you mean 'reset'?" in printed
    assert "Error: 'an hour' is not a time" in printed
    assert "Error: a new session of the form 'reset' lasts 15m to 30m, not 1h" in printed
    assert "Error: the coach does not speak 'fr'; choose one of nl, en" in printed
    assert "Error: a new session of the form 'reset' has no block 'dancing'" in printed
    assert "Error: unknown answer 'maybe': choose from: on, off" in printed


def test_each_form_and_block_is_explained_where_it_is_asked(typed: Typed, capsys: pytest.CaptureFixture[str]) -> None:
    typed("", "", "", "", "")
    ask_options(GivenOptions(), asks=True)
    printed = capsys.readouterr().out
    assert "  intervals  Give your restlessness to your legs: light and quick, and then easy again.\n" in printed
    assert "  silence           Silence. The coach says how long, and then nothing.\n" in printed


@pytest.mark.parametrize("form", ["reset", "mindful", "trail"])
def test_a_short_run_does_without_the_blocks_that_are_needed_least(form: str) -> None:
    usual = choose_options(form=form, length_s=None, languages=["nl"], kinds=None, ticks=True).kinds
    short = choose_options(form=form, length_s=900.0, languages=["nl"], kinds=None, ticks=True).kinds
    assert set(short) < set(usual)
    assert {"settle", "breathing", "silence", "walk-out"} <= set(short)


def test_nothing_is_asked_where_nobody_answers() -> None:
    assert ask_options(GivenOptions(form="long"), asks=False).length_s == 3000.0


def test_an_interrupted_talk_leaves_nothing_behind(
    coach: Coach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def interrupted(_: str) -> str:
        raise KeyboardInterrupt

    monkeypatch.setattr("click.termui.visible_prompt_func", interrupted)
    monkeypatch.setattr("coach.commands.new.is_terminal", lambda: True)
    ran = coach("new", "evening-run")
    assert (ran.code, ran.err.splitlines()[-1]) == (130, "interrupted; no unfinished file is left behind")
    assert list(tmp_path.iterdir()) == []


def test_names_may_have_anything_between_them() -> None:
    assert new_session_options.split_names(" Silence,breathing ; easy ") == ("silence", "breathing", "easy")

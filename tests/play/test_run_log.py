"""The run log: the questions around a run, the choice of a session, and the entry in the diary."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, tzinfo
from pathlib import Path
from typing import Any, Self
from unittest.mock import Mock

import click
import pytest
from fake_controls import status
from pulse_server import until
from timeline_builders import reset_run

from coach.diagnostics.problem import SessionError
from coach.errors import UsageError
from coach.journal.diary import Diary, Run, find_own_diary
from coach.languages.screen_words import Ended
from coach.play import run_log
from coach.play.playback_status import PlaybackStatus, State
from coach.play.run_log import RunLog
from coach.services.session_reading import SessionRequest
from coach.session import library
from coach.translation import set_language

Types = Callable[..., None]

WELCOME = "Good to have you here. A few short questions first. Press Enter to skip one."
TENSION = "How much tension do you feel now, from 1 (completely calm) to 10 (very tense)?"
NEED = "What do you need right now: 1 movement, 2 silence, 3 rhythm or 4 fresh air?"
WANTED = "How many minutes would you like to run? Short or long is an answer, too."
RESET = "A short, easy run, to clear your head. Your run: Short reset run, 24 minutes."
RESTLESS = (
    "There's a lot of tension: light, quick minutes give the restlessness to your legs. "
    "Your run: Light minutes, 20 minutes."
)
STILTE = (
    "Stilte dus: een loop met weinig woorden en bijna geen tikken, met aandacht voor je adem. "
    "Jouw loop: Aandachtig lopen, 25 minuten."
)
BEGIN = "Press Enter to go, or type the name of another run."
LEAVE = "Take a route that you know, or a quiet path. Switch off your notifications."
STRETCH = "Give your hips, your back and your chest a gentle stretch."


class FakePlayer:
    """A run with a given length heard, and a given ending."""

    def __init__(self, played_s: float, ending: Ended = "finished", *, state: State = "ended") -> None:
        self.played_s = played_s
        self.ending = ending
        self._state = state

    def get_status(self) -> PlaybackStatus:
        return status(timeline=reset_run("en"), state=self._state)


class Tuesday(datetime):
    """A clock that stands at five past six on a Tuesday evening."""

    @classmethod
    def now(cls, tz: tzinfo | None = None) -> Self:
        assert tz is None
        return cls(2026, 11, 17, 18, 5)


@pytest.fixture(autouse=True)
def diary(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Diary:
    """An empty diary, on a Tuesday evening, in English, at a wide terminal."""
    monkeypatch.setenv("COLUMNS", "200")
    monkeypatch.setenv("COACH_DATA_DIR", str(tmp_path))
    monkeypatch.setenv("LC_ALL", "en_GB.UTF-8")
    monkeypatch.setattr(run_log, "datetime", Tuesday)
    return find_own_diary()


@pytest.fixture
def types(monkeypatch: pytest.MonkeyPatch) -> Types:
    """Has somebody type these lines, and then no more."""

    def typing(*lines: str) -> None:
        left = list(lines)

        def typed(prompt: str) -> str:
            if not left:
                click.echo(prompt)
                raise EOFError
            click.echo(f"{prompt}{left[0]}")
            return left.pop(0)

        monkeypatch.setattr("builtins.input", typed)

    return typing


def make_run_log(name: str | None = None, *, asks: bool = True, saves: bool = True, **options: Any) -> RunLog:
    request = SessionRequest(session=name or "reset-run", values={}, **options)
    return RunLog(request, is_named=name is not None, asks=asks, saves=saves)


def chosen(name: str | None = None, **options: Any) -> RunLog:
    there = make_run_log(name, **options)
    there.choose()
    return there


def record_run(there: RunLog, player: Any) -> None:
    with there.record(player):
        pass


def test_the_whole_conversation_around_a_run(types: Types, capsys: pytest.CaptureFixture[str], diary: Diary) -> None:
    types("7", "rhythm", "20", "", "3", "My shoulders.")
    there = chosen()
    record_run(there, FakePlayer(1200.0))
    there.ask_after()
    assert capsys.readouterr().out.splitlines() == [
        WELCOME,
        TENSION,
        "> 7",
        NEED,
        "> rhythm",
        WANTED,
        "> 20",
        RESTLESS,
        BEGIN,
        "> ",
        LEAVE,
        "You're back. Have a glass of water first.",
        "How much tension do you feel now, from 1 to 10?",
        "> 3",
        "From 7 to 3. Take that space with you.",
        "What feels lighter than before you ran? One sentence is enough.",
        "> My shoulders.",
        STRETCH,
        "Your answers are in your diary. It stays on this computer.",
    ]
    (kept,) = diary.read_runs()
    assert kept == Run(
        id=kept.id,
        started_at=kept.started_at,
        language="en",
        session="light-intervals",
        title="Short reset run",
        form="intervals",
        length_s=1440.0,
        cadence_spm=158.0,
        ran_s=1200.0,
        ended="finished",
        tension_before=7,
        tension_after=3,
        need="rhythm",
        wanted_s=1200.0,
        lighter="My shoulders.",
    )
    assert kept.started_at.replace(tzinfo=None) == Tuesday.now()


def test_the_whole_conversation_around_a_run_in_dutch(types: Types, capsys: pytest.CaptureFixture[str]) -> None:
    set_language("nl")
    types("vier", "stilte", "", "", "5", "")
    there = chosen()
    record_run(there, FakePlayer(1200.0))
    there.ask_after()
    assert capsys.readouterr().out.splitlines() == [
        "Fijn dat je er bent. Een paar korte vragen vooraf. Met Enter sla je er een over.",
        "Hoeveel spanning voel je nu, van 1 (helemaal rustig) tot 10 (heel gespannen)?",
        "> vier",
        "Wat heb je nu nodig: 1 beweging, 2 stilte, 3 ritme of 4 frisse lucht?",
        "> stilte",
        "Hoeveel minuten wil je lopen? Kort of lang is ook een antwoord.",
        "> ",
        STILTE,
        "Druk op Enter om te gaan, of typ de naam van een andere loop.",
        "> ",
        "Neem een route die je kent, of een stil pad. Zet je meldingen uit.",
        "Je bent er weer. Drink eerst een glas water.",
        "Hoeveel spanning voel je nu, van 1 tot 10?",
        "> 5",
        "Van 4 naar 5. Dat kan: soms merk je pas onderweg hoe gespannen je was. Doe het kalm aan.",
        "Wat voelt lichter dan voor je ging lopen? Eén zin is genoeg.",
        "> ",
        "Rek nog even zachtjes je heupen, je rug en je borst.",
        "Je antwoorden staan in je dagboek. Dat blijft op deze computer.",
    ]
    assert (there.request.session, there.plan_options.language, there.plan_options.length_s) == (
        "mindful-run",
        "nl",
        1500.0,
    )


def test_another_run_can_be_typed_and_one_that_is_not_there_is_asked_again(
    types: Types, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "900")
    types("", "", "30", "a nap", " forest-run ")
    there = chosen()
    assert capsys.readouterr().out.splitlines() == [
        *(WELCOME, TENSION, "> ", NEED, "> ", WANTED, "> 30"),
        "A short, easy run, to clear your head. Your run: Short reset run, 30 minutes.",
        BEGIN,
        "> a nap",
        f"I don't know that one. There are {', '.join(library.list_choices('en'))}. A file of your own will do, too.",
        ">  forest-run ",
        "Your run: Forest run, 30 minutes.",
        LEAVE,
    ]
    assert (there.request.session, there.plan_options.length_s, there.session.form) == ("forest-run", 1800.0, "trail")


@pytest.mark.parametrize(
    ("typed", "session"),
    [("Bosloop", "forest-run"), ("FOREST RUN", "forest-run"), ("lichte min", "light-intervals"), ("own", "own")],
)
def test_another_run_is_known_by_its_title_or_its_file(
    types: Types, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, typed: str, session: str
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("broken.yaml").write_text("coach: 1\n", encoding="utf-8")
    Path("own.yaml").write_text("coach: 1\nlanguage: nl\ntitle: Eigen\nblocks: [free: 10m]\n", encoding="utf-8")
    types("", "", "", "broken.yaml", typed)
    there = chosen()
    assert (there.request.session, there.plan_options.language) == (session, "nl" if session == "own" else "en")


def test_of_several_runs_that_may_be_meant_each_is_named_with_its_number(
    types: Types, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "900")
    names = library.list_names()
    types("", "", "", "walk", str(names.index("walk-out") + 1))
    assert chosen(language="nl").request.session == "walk-out"
    first, second = library.list_choices("nl", ("walk-and-jog", "walk-out"))
    assert first == f"{names.index('walk-and-jog') + 1} Wandelen en draven (walk-and-jog)"
    assert f"Welke bedoel je: {first}, {second}? Het nummer is genoeg." in capsys.readouterr().out.splitlines()


def test_a_title_on_the_command_line_is_kept_as_the_name(types: Types, diary: Diary) -> None:
    types("7")
    assert chosen("korte reset run").request.session == "reset-run"
    assert [(run.session, run.title) for run in diary.read_runs()] == [("reset-run", "Short reset run")]


def test_when_no_more_is_typed_the_suggestion_is_taken(
    types: Types, capsys: pytest.CaptureFixture[str], diary: Diary
) -> None:
    types()
    there = chosen()
    assert capsys.readouterr().out.splitlines() == [WELCOME, TENSION, "> ", RESET, BEGIN, "> ", LEAVE]
    assert (there.request.session, there.plan_options.length_s) == ("reset-run", 1440.0)
    assert diary.read_runs() == ()


def test_no_word_is_broken_at_the_edge_of_a_terminal(
    types: Types, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLUMNS", "40")
    types("", "s", "25", "a nap", "")
    chosen()
    lines = capsys.readouterr().out.splitlines()
    assert max(map(len, lines)) <= 40
    assert lines[lines.index("> 25") + 1 : lines.index("> a nap")] == [
        "Silence, then: a run with few words and",
        "hardly a tick, your attention on your",
        "breath. Your run: Mindful run, 25",
        "minutes.",
        "Press Enter to go, or type the name of",
        "another run.",
    ]


def test_a_feeling_in_words_costs_no_try(types: Types, capsys: pytest.CaptureFixture[str]) -> None:
    types("hm", "quite tense", "so-so", "stressed \U0001f62c", "\U0001f62c", "7", "", "25", "")
    there = chosen()
    assert there._run.tension_before == 7
    said = "Thanks for saying so. Which number fits that, from 1 (completely calm) to 10 (very tense)?"
    assert capsys.readouterr().out.splitlines().count(said) == 3


@pytest.mark.parametrize(("name", "title"), [(None, None), ("forest-run", "Forest run")])
def test_ctrl_c_before_a_run_keeps_what_was_answered(
    types: Types,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    diary: Diary,
    name: str | None,
    title: str | None,
) -> None:
    types("6")
    there = make_run_log(name)
    asked = there._talk.ask

    def interrupted(question: str) -> str:
        if question == NEED:
            raise KeyboardInterrupt
        return asked(question)

    monkeypatch.setattr(there, "_talk", replace(there._talk, ask=interrupted))
    with pytest.raises(click.exceptions.Exit) as ended:
        there.choose()
    assert ended.value.exit_code == 130
    assert capsys.readouterr().out.endswith(
        "\nAll right, we'll stop here. Your answers are in your diary. It stays on this computer.\n"
    )
    (kept,) = diary.read_runs()
    assert (kept.tension_before, kept.session, kept.title, kept.ended) == (6, name, title, "open")
    there.give_up()
    (kept,) = diary.read_runs()
    assert (kept.tension_before, kept.session, kept.title, kept.ended) == (6, name, title, "stopped")


def test_ctrl_c_at_the_first_question_keeps_nothing(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], diary: Diary
) -> None:
    monkeypatch.setattr("builtins.input", Mock(side_effect=KeyboardInterrupt))
    with pytest.raises(click.exceptions.Exit):
        make_run_log(language="nl").choose()
    assert capsys.readouterr().out.endswith("\nGoed, we stoppen hier.\n")
    assert diary.read_runs() == ()


@pytest.mark.parametrize(
    ("wanted", "expected", "length_s"),
    [
        ("25", ["Your run: Short reset run, 25 minutes."], 1500.0),
        (
            "5",
            ["Short reset run can't be shorter than about 10 minutes. You can always walk out sooner."],
            600.0,
        ),
        ("90", ["Short reset run can't be longer than about 73 minutes."], 4380.0),
        ("", [], None),
    ],
)
def test_a_named_session_is_made_as_long_as_is_wanted_or_as_near_to_that_as_it_can_be(
    types: Types, capsys: pytest.CaptureFixture[str], wanted: str, expected: list[str], length_s: float | None
) -> None:
    types("", "", wanted)
    there = chosen("reset-run")
    assert capsys.readouterr().out.splitlines() == [
        *(WELCOME, TENSION, "> ", NEED, "> ", WANTED, f"> {wanted}"),
        *expected,
        LEAVE,
    ]
    assert (there.request.session, there.plan_options.length_s) == ("reset-run", length_s)


def test_a_length_on_the_command_line_is_not_asked_for(types: Types, capsys: pytest.CaptureFixture[str]) -> None:
    types("", "")
    there = chosen("reset-run", length_s=1800.0)
    assert WANTED not in capsys.readouterr().out
    assert there.plan_options.length_s == 1800.0


def test_without_a_terminal_nothing_is_printed(types: Types, capsys: pytest.CaptureFixture[str], diary: Diary) -> None:
    types("7")
    there = make_run_log("reset-run", asks=False)
    there.choose()
    record_run(there, FakePlayer(1440.0))
    there.ask_after()
    assert capsys.readouterr() == ("", "")
    (kept,) = diary.read_runs()
    assert (kept.session, kept.ran_s, kept.tension_before) == ("reset-run", 1440.0, None)


@pytest.mark.parametrize(
    ("interface", "asked", "welcome", "language"),
    [
        ("nl", None, "Fijn dat je er bent.", "nl"),
        ("nl", "en", "Good to have you here.", "en"),
        ("en", "nl", "Fijn dat je er bent.", "nl"),
        ("en", None, "Good to have you here.", "en"),
    ],
)
def test_the_questions_and_the_run_are_in_one_language(
    types: Types,
    capsys: pytest.CaptureFixture[str],
    interface: str,
    asked: str | None,
    welcome: str,
    language: str,
) -> None:
    set_language(interface)
    types()
    there = chosen(language=asked)
    assert capsys.readouterr().out.startswith(welcome)
    assert there.plan_options.language == language


def test_a_session_is_talked_about_in_its_own_language(
    types: Types, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    dutch = tmp_path / "even.yaml"
    dutch.write_text("coach: 1\nlanguage: nl\ntitle: Even\nblocks: [free: 10m]\n", encoding="utf-8")
    types()
    there = chosen(str(dutch))
    assert capsys.readouterr().out.startswith("Fijn dat je er bent.")
    assert there.plan_options.language == "nl"


@pytest.mark.parametrize(
    ("name", "options", "message"),
    [
        (None, {"language": "fr"}, "the coach does not speak 'fr'; choose one of nl, en"),
        ("reset-rn", {}, "no session is called 'reset-rn': did you mean 'reset-run'?"),
    ],
)
def test_usage_errors_come_before_the_first_question(
    capsys: pytest.CaptureFixture[str], name: str | None, options: dict[str, Any], message: str
) -> None:
    with pytest.raises(UsageError) as refused:
        make_run_log(name, **options)
    assert (str(refused.value), capsys.readouterr().out) == (message, "")


def test_errors_in_a_session_come_before_the_first_question(tmp_path: Path) -> None:
    wrong = tmp_path / "wrong.yaml"
    wrong.write_text("coach: 1\ntitle: Wrong\nblocks: [fre: 10m]\n", encoding="utf-8")
    with pytest.raises(SessionError, match="unknown kind of block 'fre'"):
        make_run_log(str(wrong))


def test_a_run_is_saved_repeatedly_while_it_is_heard(monkeypatch: pytest.MonkeyPatch, diary: Diary) -> None:
    monkeypatch.setattr(run_log, "SAVE_EVERY_S", 0.001)
    player = FakePlayer(59.0, ending="stopped")
    there = make_run_log("reset-run", asks=False)
    with there.record(player):  # type: ignore[arg-type]  # as much of a player as is looked at
        for played_s in (60.0, 120.0, 180.0):
            player.played_s = played_s
            until(lambda so_far=played_s: [run.ran_s for run in diary.read_runs()] == [so_far], "it is kept")  # type: ignore[misc]  # a default binds it
        assert [run.ended for run in diary.read_runs()] == ["open"]
    (kept,) = diary.read_runs()
    assert (kept.ran_s, kept.ended) == (180.0, "stopped")


@pytest.mark.parametrize("ending", ["finished", "walked-out", "stopped"])
def test_at_the_end_it_is_saved_how_it_ended(diary: Diary, ending: Ended) -> None:
    record_run(make_run_log("reset-run", asks=False), FakePlayer(61.04, ending))
    assert [(run.ran_s, run.ended) for run in diary.read_runs()] == [(61.0, ending)]


def test_a_run_that_fails_is_saved_too(diary: Diary) -> None:
    there = make_run_log("reset-run", asks=False)
    with pytest.raises(ZeroDivisionError), there.record(FakePlayer(90.0, state="playing")):  # type: ignore[arg-type]  # a fake
        raise ZeroDivisionError
    assert [(run.ran_s, run.ended) for run in diary.read_runs()] == [(90.0, "stopped")]


@pytest.mark.parametrize(("answer", "ran_s"), [("", []), ("7", [3.0])])
def test_a_run_of_seconds_is_saved_only_if_something_was_answered(
    types: Types, diary: Diary, answer: str, ran_s: list[float]
) -> None:
    types(answer)
    record_run(chosen("reset-run"), FakePlayer(3.0, "stopped"))
    assert [run.ran_s for run in diary.read_runs()] == ran_s


@pytest.mark.parametrize(("ran_s", "asked"), [(59.9, False), (60.0, True)])
def test_after_less_than_a_minute_nothing_is_asked(
    types: Types, capsys: pytest.CaptureFixture[str], ran_s: float, *, asked: bool
) -> None:
    types()
    there = chosen("reset-run")
    record_run(there, FakePlayer(ran_s))
    capsys.readouterr()
    there.ask_after()
    assert capsys.readouterr().out.startswith("You're back.") is asked


def test_without_a_diary_nothing_is_saved(tmp_path: Path) -> None:
    record_run(make_run_log("reset-run", asks=False, saves=False), FakePlayer(1440.0))
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_diary_is_reported_once(types: Types, capsys: pytest.CaptureFixture[str], diary: Diary) -> None:
    diary.path.write_bytes(b"Dear diary,\n" * 400)
    types("7", "rhythm", "", "3", "My shoulders.")
    there = chosen("reset-run")
    record_run(there, FakePlayer(1200.0))
    there.ask_after()
    out, err = capsys.readouterr()
    assert err == (
        f"this run is not saved in the diary: the diary {diary.path} is damaged, and was left as it is\n"
        "help: move it to another folder, with the files whose names begin with its name; then a new one is created\n"
    )
    assert out.splitlines()[-1] == STRETCH


def test_the_run_is_held_from_its_first_answer_until_its_log_is_closed(types: Types, diary: Diary) -> None:
    types("7")
    there = chosen()
    (run,) = diary.read_runs()
    assert diary.is_held(run)
    record_run(there, FakePlayer(1200.0))
    assert diary.is_held(run)
    there.close()
    assert not diary.is_held(run)

"""Questions before and after a run, as they are shown on the screen."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from pathlib import Path

import pytest
import run_records
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.journal import run_questions
from coach.journal.diary import Diary, Run
from coach.journal.run_questions import Conversation


@dataclass(kw_only=True)
class Runner:
    """A runner who types these lines, and then no more; records all that is shown and all that is kept."""

    lines: list[str]
    screen: list[str] = field(default_factory=list)
    kept: list[Run] = field(default_factory=list)
    has_a_diary: bool = True

    def ask(self, question: str) -> str:
        self.screen.append(question)
        if not self.lines:
            raise EOFError
        self.screen.append(f"> {self.lines[0]}")
        if self.lines[0] == "^C":
            raise KeyboardInterrupt
        return self.lines.pop(0)

    @property
    def talk(self) -> Conversation:
        return Conversation(ask=self.ask, tell=self.screen.append, keep=self.keep)

    def keep(self, run: Run) -> bool:
        self.kept.append(run)
        return self.has_a_diary


def typing(lines: Iterable[str]) -> Runner:
    return Runner(lines=list(lines))


def new(language: str) -> Run:
    return Run(id="1", started_at=run_records.at(17), language=language)


def test_before_a_run_in_dutch() -> None:
    runner = typing(["zeven", "r", "een half uur"])
    run = run_questions.ask_before(new("nl"), runner.talk)
    assert runner.screen == [
        "Fijn dat je er bent. Een paar korte vragen vooraf. Met Enter sla je er een over.",
        "Hoeveel spanning voel je nu, van 1 (helemaal rustig) tot 10 (heel gespannen)?",
        "> zeven",
        "Wat heb je nu nodig: 1 beweging, 2 stilte, 3 ritme of 4 frisse lucht?",
        "> r",
        "Hoeveel minuten wil je lopen? Kort of lang is ook een antwoord.",
        "> een half uur",
    ]
    assert run == replace(new("nl"), tension_before=7, need="rhythm", wanted_s=1800.0)


def test_before_a_run_in_english() -> None:
    runner = typing(["7/10", "4", "25"])
    run = run_questions.ask_before(new("en"), runner.talk)
    assert runner.screen == [
        "Good to have you here. A few short questions first. Press Enter to skip one.",
        "How much tension do you feel now, from 1 (completely calm) to 10 (very tense)?",
        "> 7/10",
        "What do you need right now: 1 movement, 2 silence, 3 rhythm or 4 fresh air?",
        "> 4",
        "How many minutes would you like to run? Short or long is an answer, too.",
        "> 25",
    ]
    assert run == replace(new("en"), tension_before=7, need="fresh-air", wanted_s=1500.0)


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("nl", "Neem een route die je kent, of een stil pad. Zet je meldingen uit."),
        ("en", "Take a route that you know, or a quiet path. Switch off your notifications."),
    ],
)
def test_the_last_words_before_setting_off(language: str, words: str) -> None:
    runner = typing([])
    run_questions.show_leaving_advice(new(language), runner.talk)
    assert runner.screen == [words]


def test_after_a_run_in_dutch() -> None:
    runner = typing(["3", "M'n schouders, en dat gedoe op het werk."])
    run = run_questions.ask_after(replace(new("nl"), tension_before=7), runner.talk)
    assert runner.screen == [
        "Je bent er weer. Drink eerst een glas water.",
        "Hoeveel spanning voel je nu, van 1 tot 10?",
        "> 3",
        "Van 7 naar 3. Neem die ruimte met je mee.",
        "Wat voelt lichter dan voor je ging lopen? Eén zin is genoeg.",
        "> M'n schouders, en dat gedoe op het werk.",
        "Rek nog even zachtjes je heupen, je rug en je borst.",
        "Je antwoorden staan in je dagboek. Dat blijft op deze computer.",
    ]
    assert (run.tension_after, run.lighter) == (3, "M'n schouders, en dat gedoe op het werk.")


def test_after_a_run_in_english() -> None:
    runner = typing(["8", ""])
    run_questions.ask_after(replace(new("en"), tension_before=6), runner.talk)
    assert runner.screen == [
        "You're back. Have a glass of water first.",
        "How much tension do you feel now, from 1 to 10?",
        "> 8",
        "From 6 to 8. It happens: sometimes you only notice on the way how tense you were. Go gently.",
        "What feels lighter than before you ran? One sentence is enough.",
        "> ",
        "Give your hips, your back and your chest a gentle stretch.",
        "Your answers are in your diary. It stays on this computer.",
    ]


@pytest.mark.parametrize(
    ("language", "before", "after", "sentence"),
    [
        ("nl", 5, 5, "Nog steeds 5. Ook goed: je bent gegaan, en die tijd was van jou."),
        ("en", 5, 5, "Still 5. That's fine, too: you went, and that time was yours."),
        (
            "nl",
            4,
            6,
            "Van 4 naar 6. Dat kan: soms merk je pas onderweg hoe gespannen je was. Doe het kalm aan.",
        ),
        ("en", 8, 2, "From 8 to 2. Take that space with you."),
        ("nl", None, 2, ""),
        ("nl", 2, None, ""),
    ],
)
def test_the_tensions_are_compared_without_judging(
    language: str, before: int | None, after: int | None, sentence: str
) -> None:
    assert run_questions.compare_tension(replace(new(language), tension_before=before, tension_after=after)) == sentence


def test_an_unclear_answer_is_asked_for_again_and_explained() -> None:
    runner = typing(["tja", "11", "een zeven", "stilte of ritme", "ritme", "tja", "5 km", "20-30"])
    run = run_questions.ask_before(new("nl"), runner.talk)
    assert [line for line in runner.screen if not line.startswith(">")][2:] == [
        "Dat begreep ik niet. Een getal van 1 tot 10 is genoeg, bijvoorbeeld 6.",
        "De schaal loopt van 1, helemaal rustig, tot 10. Welk getal komt het dichtst in de buurt?",
        "Wat heb je nu nodig: 1 beweging, 2 stilte, 3 ritme of 4 frisse lucht?",
        "Dat kan allebei fijn zijn. Kies er één: waar heb je nu het meest aan?",
        "Hoeveel minuten wil je lopen? Kort of lang is ook een antwoord.",
        "Dat begreep ik niet. Schrijf bijvoorbeeld 25, of een half uur.",
        "Dat begreep ik niet. Schrijf bijvoorbeeld 25, of een half uur.",
        "Geeft niet, die slaan we over.",
    ]
    assert (run.tension_before, run.need, run.wanted_s) == (7, "rhythm", None)


def test_after_skipping_everything_nothing_is_said_to_be_kept() -> None:
    runner = typing([""] * 5)
    run = run_questions.ask_after(run_questions.ask_before(new("en"), runner.talk), runner.talk)
    assert (run, runner.kept) == (new("en"), [])
    assert runner.screen[-1] == "Give your hips, your back and your chest a gentle stretch."


def test_answers_that_could_not_be_kept_are_not_said_to_be() -> None:
    runner = typing(["3", ""])
    runner.has_a_diary = False
    run_questions.ask_after(replace(new("en"), tension_before=7), runner.talk)
    assert runner.screen[-1] == "Give your hips, your back and your chest a gentle stretch."


def test_the_length_is_not_asked_where_it_is_known() -> None:
    runner = typing(["", ""])
    run_questions.ask_before(new("en"), runner.talk, ask_length=False)
    assert len([line for line in runner.screen if line.endswith("?")]) == 2


def test_the_end_of_input_skips_the_rest() -> None:
    runner = typing(["6"])
    run = run_questions.ask_before(new("en"), runner.talk)
    assert run == replace(new("en"), tension_before=6)
    assert runner.screen[-1] == "What do you need right now: 1 movement, 2 silence, 3 rhythm or 4 fresh air?"
    assert run_questions.ask_after(run, runner.talk) == run


def test_ctrl_c_goes_up_with_the_answers_kept() -> None:
    runner = typing(["6", "stilte", "^C"])
    with pytest.raises(KeyboardInterrupt):
        run_questions.ask_before(new("nl"), runner.talk)
    first = replace(new("nl"), tension_before=6)
    assert runner.kept == [first, replace(first, need="silence")]


@settings(deadline=None)
@given(st.lists(st.text(), max_size=12), st.sampled_from(["nl", "en"]))
def test_whatever_is_typed_the_talk_comes_to_its_end_and_the_last_kept_is_the_run(
    lines: list[str], language: str
) -> None:
    runner = typing(lines)
    run = run_questions.ask_after(run_questions.ask_before(new(language), runner.talk), runner.talk)
    assert (runner.kept or [new(language)])[-1] == run
    assert len([line for line in runner.screen if line.startswith("> ")]) <= 13


TALKING = """
import sys
from dataclasses import replace
from pathlib import Path
import run_records
from coach.journal import run_questions
from coach.journal.diary import Diary
from coach.journal.diary import Run

def ask(question):
    print(question, flush=True)
    return input()

talk = run_questions.Conversation(ask=ask, tell=lambda line: None, keep=Diary(path=Path(sys.argv[1])).keep)
run = run_questions.ask_before(Run(started_at=run_records.at(17), language="en"), talk)
run_questions.ask_after(run, talk)
"""
TYPED = [("tension_before", "8", 8), ("need", "silence", "silence"), ("wanted_s", "half an hour", 1800.0)]
TYPED += [("tension_after", "4", 4), ("lighter", "My head.", "My head.")]


@pytest.mark.skipif(os.name == "nt", reason="no kill -9 there")
@pytest.mark.parametrize("answered", range(1, 6))
def test_killed_right_after_an_answer_it_has_kept_that_answer(tmp_path: Path, answered: int) -> None:
    file = tmp_path / "journal.sqlite3"
    tests = os.pathsep.join([str(Path(__file__).parent.parent), str(Path(run_questions.__file__).parents[2])])
    with subprocess.Popen(
        [sys.executable, "-c", TALKING, file],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": tests},
    ) as coach:
        assert coach.stdin
        assert coach.stdout
        for _, typed, _ in TYPED[:answered]:
            coach.stdout.readline()
            print(typed, file=coach.stdin, flush=True)
        if answered < len(TYPED):
            coach.stdout.readline()  # the next question says that the answer before it is kept
            coach.send_signal(signal.SIGKILL)
    (run,) = Diary(path=file).read_runs()
    expected = {name: value if index < answered else None for index, (name, _, value) in enumerate(TYPED)}
    assert {name: getattr(run, name) for name in expected} == expected


WRITING = """
import sys
from dataclasses import replace
from pathlib import Path
import run_records
from coach.journal.diary import Diary

diary = Diary(path=Path(sys.argv[1]))
run = run_records.run(17)
for nth in range(100_000):
    diary.keep(replace(run, ran_s=float(nth)))
    print(nth, flush=True)
"""


@pytest.mark.skipif(os.name == "nt", reason="no kill -9 there")
def test_killed_at_any_moment_over_and_over_it_loses_nothing_that_was_kept(tmp_path: Path) -> None:
    file = tmp_path / "journal.sqlite3"
    tests = os.pathsep.join([str(Path(__file__).parent.parent), str(Path(run_questions.__file__).parents[2])])
    for lines in (1, 2, 3, 5, 8, 13, 21, 34):
        with subprocess.Popen(
            [sys.executable, "-c", WRITING, file],
            stdout=subprocess.PIPE,
            text=True,
            env={**os.environ, "PYTHONPATH": tests},
        ) as coach:
            assert coach.stdout
            printed = [coach.stdout.readline() for _ in range(lines)]
            coach.send_signal(signal.SIGKILL)
            printed += coach.stdout.readlines()
        (run,) = Diary(path=file).read_runs()
        last = int(next(line for line in reversed(printed) if line.endswith("\n")))
        assert run.ran_s in (last, last + 1)

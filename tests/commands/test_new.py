"""`coach new`: a new session from options, from answers, or from another session."""

import os
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from coach_process import Ran
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.blocks.registry import SYNTAX
from coach.languages import LANGUAGES, find_language
from coach.services import new_session_options as choices
from coach.services import session_reading
from coach.services.new_session_options import FORMS, choose_options
from coach.services.new_session_template import write_template
from coach.services.session_check import check_session
from coach.session import library
from coach.session.formatter import format_session

Coach = Callable[..., Ran]

MINDFUL = "check-in, breathing, listening, silence, reflect"
WROTE = "wrote evening-run.yaml; hear it with: coach render evening-run.yaml\n"


def blocks(path: Path) -> list[str]:
    session = session_reading.read_session(path).session
    assert session is not None
    return [block.kind for block in session.blocks]


def test_the_starter_is_ready_to_be_heard_and_needs_no_advice(coach: Coach) -> None:
    assert coach("new", "evening-run") == Ran(code=0, out=WROTE, err="")
    assert coach("check", "evening-run.yaml") == Ran(code=0, out="", err="1 session checked: no problems\n")
    assert coach("fmt", "--check", "evening-run.yaml") == Ran(code=0, out="", err="")


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_starter_can_be_planned_in_each_language(
    coach: Coach, monkeypatch: pytest.MonkeyPatch, language: str
) -> None:
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    coach("new", "evening-run")
    ran = coach("plan", "evening-run.yaml", "--lang", language, "--guidance", "quiet")
    assert (ran.code, ran.out.splitlines()[0]) == (0, f"Evening run · 24m · {language} · 158 steps/min")


@pytest.mark.parametrize(
    ("own", "languages"), [("nl_BE.UTF-8", ("nl",)), ("en_IE.UTF-8", ("en",)), ("fr_FR", ("en", "nl"))]
)
def test_unless_asked_it_is_in_the_computers_language(
    coach: Coach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, own: str, languages: tuple[str, ...]
) -> None:
    monkeypatch.setenv("LC_ALL", own)
    coach("new", "evening-run")
    session = session_reading.read_session(tmp_path / "evening-run.yaml").session
    assert session is not None
    assert session.languages == languages


def test_everything_can_be_said_with_the_command(coach: Coach, tmp_path: Path) -> None:
    options = ["--form", "long", "--length", "45m", "--lang", "nl", "--blocks", "silence, noticing", "--ticks", "off"]
    assert coach("new", "evening-run", *options) == Ran(code=0, out=WROTE, err="")
    session = session_reading.read_session(tmp_path / "evening-run.yaml").session
    assert session is not None
    assert (session.form, session.length_s, session.languages, session.sounds.tick) == ("long", 2700.0, ("nl",), "none")
    assert [block.kind for block in session.blocks] == ["settle", "easy", "noticing", "silence", "walk-out"]
    assert "# De stilte" not in (tmp_path / "evening-run.yaml").read_text(encoding="utf-8")
    assert "# Stilte. De coach zegt hoe lang" in (tmp_path / "evening-run.yaml").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("options", "message"),
    [
        (["--length", "45m"], "a new session of the form 'reset' lasts 15m to 30m, not 45m"),
        (["--lang", "de"], "the coach does not speak 'de'; choose one of nl, en"),
        (["--lang", ""], "a session needs a language: choose from nl, en"),
        (
            ["--blocks", "bodyscan"],
            "a new session of the form 'reset' has no block 'bodyscan': did you mean 'body-scan'?",
        ),
        (
            ["--form", "mindful", "--blocks", "stretch"],
            f"a new session of the form 'mindful' has no block 'stretch': choose from: {MINDFUL}",
        ),
        (
            ["--length", "20m", "--blocks", "check-in,breathing,body-scan,noticing,listening,silence,stretch"],
            "these blocks need 23m, and 20m is less: choose fewer of them, or a longer run",
        ),
        (["--from", "reset-run", "--lang", "nl"], "--from copies a session as it is; leave the other options out"),
    ],
)
def test_invalid_options_are_reported(coach: Coach, tmp_path: Path, options: list[str], message: str) -> None:
    assert coach("new", "mine", *options) == Ran(code=2, out="", err=f"error: {message}\n")
    assert list(tmp_path.iterdir()) == []


def test_every_kind_there_can_be_is_explained_in_every_language() -> None:
    assert {kind for form in FORMS.values() for kind in form.choices} < set(SYNTAX)
    english = find_language("en").new_session
    for words in (find_language(code).new_session for code in LANGUAGES):
        assert set(words.kinds) == set(choices.ORDER)
        assert set(words.about) == set(FORMS)
        assert set(words.said) == set(english.said)
        assert set(words.mindful) == set(english.mindful)


@pytest.fixture(scope="module")
def path(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("new") / "run.yaml"


@settings(deadline=None, max_examples=60)
@given(
    form=st.sampled_from(sorted(FORMS)),
    languages=st.sampled_from([("nl",), ("en",), ("nl", "en"), ("en", "nl")]),
    ticks=st.booleans(),
    data=st.data(),
)
def test_every_choice_makes_a_session_that_needs_no_advice_and_is_laid_out(
    path: Path, form: str, languages: tuple[str, ...], *, ticks: bool, data: st.DataObject
) -> None:
    known = FORMS[form]
    kinds = data.draw(st.lists(st.sampled_from(known.choices), unique=True))
    usual = choose_options(form=form, length_s=None, languages=languages, kinds=kinds, ticks=ticks)
    minutes = data.draw(st.integers(int(usual.length_s / 60), int(known.longest_s / 60)))
    chosen = choose_options(form=form, length_s=minutes * 60.0, languages=languages, kinds=kinds, ticks=ticks)
    text = write_template(chosen, "Een rondje {hier}".replace("{", r"\{"))
    path.write_text(text, encoding="utf-8")
    assert check_session(path) == ()
    assert format_session(text.encode(), "run.yaml").decode() == text
    assert max(map(len, text.splitlines())) <= 120
    session = session_reading.read_session(path).session
    assert session is not None
    assert (session.form, session.length_s, session.languages) == (form, minutes * 60.0, languages)
    assert set(kinds) <= {block.kind for block in session.blocks}


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize("languages", [("nl",), ("en",), ("nl", "en")])
def test_every_form_as_usual_and_with_all_there_can_be(path: Path, form: str, languages: tuple[str, ...]) -> None:
    for kinds in (None, FORMS[form].choices):
        path.write_text(
            write_template(
                choose_options(form=form, length_s=None, languages=languages, kinds=kinds, ticks=True), "Run"
            ),
            encoding="utf-8",
        )
        assert check_session(path) == ()


def test_nothing_is_written_over(coach: Coach, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").write_text("mine", encoding="utf-8")
    assert coach("new", "mine") == Ran(code=2, out="", err="error: mine.yaml already exists; choose another name\n")
    assert (tmp_path / "mine.yaml").read_text(encoding="utf-8") == "mine"


@pytest.mark.skipif(not hasattr(os, "symlink"), reason="needs symbolic links")
def test_nothing_is_written_through_a_link(coach: Coach, tmp_path: Path) -> None:
    (tmp_path / "mine.yaml").symlink_to(tmp_path / "elsewhere.yaml")
    assert coach("new", "mine").code == 2
    assert not (tmp_path / "elsewhere.yaml").exists()


def test_a_full_disk_leaves_nothing_behind(coach: Coach, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(descriptor: int, *_: object, **__: object) -> None:
        os.close(descriptor)
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("coach.commands.new.open", full, raising=False)
    ran = coach("new", "mine", "--yes")
    assert ran.err == "error: cannot write mine.yaml: the disk is full\nhelp: choose another folder or name\n"
    assert (ran.code, list(tmp_path.iterdir())) == (3, [])


def test_another_session_can_be_the_start(coach: Coach, tmp_path: Path) -> None:
    assert coach("new", "mine.yml", "--from", "reset-run").out == (
        "wrote mine.yml; hear it with: coach render mine.yml\n"
    )
    assert (tmp_path / "mine.yml").read_bytes() == library.find("reset-run").read_bytes()


@pytest.mark.skipif(sys.platform == "win32", reason="shells of Windows have other quotes")
@pytest.mark.parametrize("name", ["Rustige avond", "dad's run", "a & b"])
def test_the_command_to_hear_it_can_be_pasted(coach: Coach, name: str) -> None:
    command = coach("new", name, "--yes").out.removesuffix("\n").partition("hear it with: ")[2]
    assert shlex.split(command) == ["coach", "render", f"{name}.yaml"]


def test_a_start_that_is_not_there(coach: Coach, tmp_path: Path) -> None:
    assert coach("new", "mine", "--from", "rest-run") == Ran(
        code=2, out="", err="error: no session is called 'rest-run': did you mean 'reset-run'?\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["", " ", ".", "..", "/", "-x", "-f/etc/passwd", ".hidden", ".yaml"])
def test_an_invalid_name_is_refused(coach: Coach, tmp_path: Path, name: str) -> None:
    assert coach("new", "--", name) == Ran(
        code=2, out="", err=f"error: '{name}' is not a name for a session; try 'coach new evening-run'\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("nowhere/run", "its folder does not exist"),
        ("n" * 300, "the name is too long"),
        ("a\0b", "a name cannot contain a null character"),
    ],
)
def test_a_file_that_cannot_be_written_is_reported(coach: Coach, tmp_path: Path, name: str, reason: str) -> None:
    shown = name.replace("\0", "\N{SYMBOL FOR NULL}")
    assert coach("new", name) == Ran(
        code=3, out="", err=f"error: cannot write {shown}.yaml: {reason}\nhelp: choose another folder or name\n"
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ['quote"s', "back\\slash", "{braces}", "[brackets]", "#1: één", "-", "tab\tbed"])
def test_whatever_the_name_is_the_title_can_be_read(coach: Coach, tmp_path: Path, name: str) -> None:
    folder = tmp_path / "x"
    folder.mkdir()
    ran = coach("new", f"x/run {name}")
    assert ran.code == 0
    assert coach("check", "x") == Ran(code=0, out="", err="1 session checked: no problems\n")
    assert coach("fmt", "--check", "x").code == 0

"""`coach check --format`: the same problems for people, editors and code scanners."""

import json
from collections.abc import Callable
from pathlib import Path

import pytest
import sarif
from coach_process import Ran

from coach.cli.check_commands import check as check_command
from coach.diagnostics import codes
from coach.diagnostics.problem import Edit, Fix, Location, Problem
from coach.diagnostics.render import FORMATS
from coach.diagnostics.render.github import render_github
from coach.diagnostics.render.json import render_json
from coach.diagnostics.render.sarif import render_sarif

Coach = Callable[..., Ran]
Written = Callable[[str, str], Path]

BROKEN = """\
coach: 1
title: {nl: Rondje, en: Round}
cadense: 158
blocks:
  - esy: 10m
  - say: {nl: "Adem uit."}
"""
VERDICT = "1 session checked: 2 errors, 1 to consider\n"
CLEAN = "coach: 1\nlanguage: en\ntitle: Good\nblocks:\n  - free: 1m\n"
ADVISED = 'coach: 1\ntitle: {nl: Rondje, en: Round}\nblocks:\n  - say: {nl: "Adem uit."}\n'


@pytest.fixture
def checked(coach: Coach, written: Written) -> Callable[..., Ran]:
    """Checks a broken session with options."""
    written("run.yaml", BROKEN)
    return lambda *options: coach("check", "run.yaml", *options)


def problem(file: str = "run.yaml", message: str = "no", help: str = "", fix: Fix | None = None) -> Problem:  # noqa: A002 - as Problem has it
    location = Location(file=file, line=1, column=1, end_column=3)
    return Problem(location=location, code="unknown-key", message=message, help=help, fix=fix)


def test_every_form_is_offered() -> None:
    (form,) = [each for each in check_command.params if each.name == "output_format"]
    assert set(getattr(form.type, "choices", ())) == set(FORMATS)


def test_concise_is_a_line_for_each_on_standard_output(checked: Callable[..., Ran]) -> None:
    said = """\
run.yaml:3:1: error[unknown-key] unknown key 'cadense'
run.yaml:5:5: error[unknown-kind] unknown kind of block 'esy'
run.yaml:6:10: advice[half-translated] this text has no 'en', so the session cannot be spoken in it
"""
    assert checked("--format", "concise") == Ran(code=1, out=said, err=VERDICT)


def test_json_is_a_list_of_objects_that_are_each_whole(checked: Callable[..., Ran]) -> None:
    ran = checked("--format", "json", "--select", "unknown-key")
    assert (ran.code, ran.err) == (1, "1 session checked: 1 error\n")
    (result,) = json.loads(ran.out)
    fix = result.pop("fix")
    assert result == {
        "code": "unknown-key",
        "level": "error",
        "message": "unknown key 'cadense'",
        "help": "did you mean 'cadence'?",
        "summary": "There is no setting with this name here.",
        "file": "run.yaml",
        "line": 3,
        "column": 1,
        "end_line": 3,
        "end_column": 8,
    }
    assert fix["edits"] == [
        {"file": "run.yaml", "line": 3, "column": 1, "end_line": 3, "end_column": 8, "text": "cadence"}
    ]


@pytest.mark.parametrize("form", ["json", "sarif"])
def test_without_problems_there_is_still_a_document(coach: Coach, written: Written, form: str) -> None:
    written("good.yaml", CLEAN)
    ran = coach("check", "good.yaml", "--format", form)
    assert (ran.code, ran.err) == (0, "1 session checked: no problems\n")
    result = json.loads(ran.out)
    assert (sarif.results(result) if form == "sarif" else result) == []


@pytest.mark.parametrize("form", ["github", "concise"])
def test_without_problems_there_are_no_lines(coach: Coach, written: Written, form: str) -> None:
    written("good.yaml", CLEAN)
    assert coach("check", "good.yaml", "--format", form) == Ran(code=0, out="", err="1 session checked: no problems\n")


def test_an_edit_that_takes_a_line_break_along_ends_where_the_next_line_begins(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("run.yaml").write_text("%YAML 1.2\r\ncoach: 1\r\n", encoding="utf-8", newline="")
    edit = Edit(location=Location(file="run.yaml", line=1, column=1, end_column=11), text="")
    found = problem(fix=Fix(title="delete this line", edits=(edit,)))
    (result_,) = json.loads(render_json([found]))
    assert result_["fix"] == {
        "title": "delete this line",
        "edits": [{"file": "run.yaml", "line": 1, "column": 1, "end_line": 2, "end_column": 1, "text": ""}],
    }
    (result,) = sarif.results(json.loads(render_sarif([found])))
    assert result["fixes"] == [
        {
            "description": {"text": "delete this line"},
            "artifactChanges": [
                {
                    "artifactLocation": {"uri": "run.yaml"},
                    "replacements": [
                        {
                            "deletedRegion": {"startLine": 1, "startColumn": 1, "endLine": 2, "endColumn": 1},
                            "insertedContent": {"text": ""},
                        }
                    ],
                }
            ],
        }
    ]


def test_github_gets_a_workflow_command_for_each(checked: Callable[..., Ran]) -> None:
    said = """\
::error file=run.yaml,line=3,endLine=3,col=1,endColumn=8,title=unknown-key::unknown key \
'cadense'%0Adid you mean 'cadence'?
::error file=run.yaml,line=5,endLine=5,col=5,endColumn=8,title=unknown-kind::unknown kind of \
block 'esy'%0Adid you mean 'easy'?
::notice file=run.yaml,line=6,endLine=6,col=10,endColumn=27,title=half-translated::this text has no 'en', so the \
session cannot be spoken in it%0Aadd `en: …`
"""
    assert checked("--format", "github") == Ran(code=1, out=said, err=VERDICT)


def test_nothing_of_a_session_becomes_a_workflow_command_of_its_own() -> None:
    result = render_github(
        [problem(file="a:b,c%.yaml", message="100%\r\n::warning::x\x1b[2J", help="::stop-commands::y")]
    )
    assert result == (
        "::error file=a%3Ab%2Cc%25.yaml,line=1,endLine=1,col=1,endColumn=3,title=unknown-key"
        "::100%25%0D%0A::warning::x␛[2J%0A::stop-commands::y"
    )


def test_sarif_names_the_rule_the_place_and_the_page(checked: Callable[..., Ran]) -> None:
    ran = checked("--format", "sarif")
    assert (ran.code, ran.err) == (1, VERDICT)
    log = json.loads(ran.out)
    first, _, last = sarif.results(log)
    assert [first["ruleId"], first["level"], first["message"]["text"]] == [
        "unknown-key",
        "error",
        "unknown key 'cadense'\ndid you mean 'cadence'?",
    ]
    assert first["locations"] == [
        {
            "physicalLocation": {
                "artifactLocation": {"uri": "run.yaml"},
                "region": {"startLine": 3, "startColumn": 1, "endLine": 3, "endColumn": 8},
            }
        }
    ]
    assert (last["ruleId"], last["level"]) == ("half-translated", "note")
    rules = log["runs"][0]["tool"]["driver"]["rules"]
    assert [rule["id"] for rule in rules] == ["half-translated", "unknown-key", "unknown-kind"]
    assert rules[0]["help"]["markdown"] == codes.look_up("half-translated").page


def test_sarif_and_json_have_the_page_in_the_language_of_the_user(checked: Callable[..., Ran]) -> None:
    page = codes.look_up("half-translated", "nl")
    (rule, *_) = json.loads(checked("--format", "sarif", "--ui", "nl").out)["runs"][0]["tool"]["driver"]["rules"]
    assert rule["shortDescription"]["text"] == page.summary
    assert rule["help"] == {"text": page.page, "markdown": page.page}
    assert page.summary in [each["summary"] for each in json.loads(checked("--format", "json", "--ui", "nl").out)]


@pytest.mark.parametrize(
    ("message", "text"),
    [
        ("write {name}", "write {{name}}"),
        ("did you mean [in]?", "did you mean [in]?"),
        ("see [here](https://example.com)", "see \\[here\\](https://example.com)"),
    ],
)
def test_in_sarif_no_message_has_placeholders_or_links(message: str, text: str) -> None:
    (result,) = sarif.results(json.loads(render_sarif([problem(message=message)])))
    assert result["message"] == {"text": text}


@pytest.mark.parametrize(
    ("file", "uri"),
    [
        ("my runs/één.yaml", "my%20runs/%C3%A9%C3%A9n.yaml"),
        ("a:b#c?.yaml", "a%3Ab%23c%3F.yaml"),
        ("/home/anna/run.yaml", "file:///home/anna/run.yaml"),
        ("not\udcffutf.yaml", "not%FFutf.yaml"),
    ],
)
def test_in_sarif_a_file_is_a_uri(file: str, uri: str) -> None:
    (result,) = sarif.results(json.loads(render_sarif([problem(file=file)])))
    assert result["locations"][0]["physicalLocation"]["artifactLocation"] == {"uri": uri}


def test_a_file_name_that_is_not_utf_8_is_rendered_in_every_format() -> None:
    found = [problem(file="not\udcffutf.yaml", message="\udcff")]
    assert json.loads(render_json(found))[0]["file"] == "not?utf.yaml"
    render_github(found).encode()
    render_sarif(found).encode()


@pytest.mark.parametrize(
    ("options", "codes"),
    [
        (["--select", "unknown-key"], ["unknown-key"]),
        (["--select", "unknown-key,half-translated"], ["unknown-key", "half-translated"]),
        (["--select", "unknown-key", "--select", "unknown-kind"], ["unknown-key", "unknown-kind"]),
        (["--select", "advice"], ["half-translated"]),
        (["--ignore", "errors"], ["half-translated"]),
        (["--ignore", "unknown-key, unknown-kind"], ["half-translated"]),
        (["--select", "errors", "--ignore", "unknown-key"], ["unknown-kind"]),
        (["--select", "tab"], []),
    ],
)
def test_only_selected_problems_are_printed(checked: Callable[..., Ran], options: list[str], codes: list[str]) -> None:
    ran = checked("--format", "json", *options)
    assert [result["code"] for result in json.loads(ran.out)] == codes
    assert ran.code == (1 if set(codes) - {"half-translated"} else 0)


@pytest.mark.parametrize("option", ["--select", "--ignore"])
def test_a_code_that_is_none_is_wrong_usage(checked: Callable[..., Ran], option: str) -> None:
    message = "error: no problem is called 'unknown-knd': did you mean 'unknown-kind'?\n"
    assert checked(option, "tab,unknown-knd") == Ran(code=2, out="", err=message)


def test_codes_have_no_short_forms(checked: Callable[..., Ran]) -> None:
    assert checked("--select", "unknown").code == 2


def test_the_count_of_hidden_problems_is_ignored_only_by_name(coach: Coach, written: Written) -> None:
    written("run.yaml", CLEAN + "  - easy: 5\n" * 60)
    counts = [
        len(json.loads(coach("check", "run.yaml", "--format", "json", *options).out))
        for options in (["--select", "tab"], ["--ignore", "more"], ["--ignore", "errors"])
    ]
    assert counts == [1, 50, 0]


@pytest.mark.parametrize(("text", "codes"), [(CLEAN, (0, 0)), (ADVISED, (0, 1)), (BROKEN, (1, 1))])
def test_advice_counts_only_for_who_is_strict(
    coach: Coach, written: Written, text: str, codes: tuple[int, int]
) -> None:
    written("run.yaml", text)
    assert (coach("check", "run.yaml").code, coach("check", "--strict", "run.yaml").code) == codes

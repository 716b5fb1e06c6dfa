"""`coach render`: where files are written, and what is printed. Their contents are tested in tests/product."""

import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import click
import mutagen
import pytest
from coach_process import Ran
from hypothesis import given
from hypothesis import strategies as st

from coach.cli.shared_options import request_session, session_options
from coach.commands import render as rendering
from coach.errors import UsageError
from coach.services import render_jobs
from coach.services.session_reading import SessionRequest

Written = Callable[[str, str], Path]
Coach = Callable[..., Ran]
Render = Callable[..., Ran]

RATES = "32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320"
SESSION = "coach: 1\ntitle: {nl: Even, en: A moment}\nblocks:\n  - free: {lasts: 2s, say: {nl: Dag., en: Hello.}}\n"
DUTCH = (
    SESSION.replace("{nl: Even, en: A moment}", "Even")
    .replace("{nl: Dag., en: Hello.}", "Dag.")
    .replace("title", "language: nl\ntitle", 1)
)
PART = "coach: 1\nblocks:\n  - free: {lasts: 2s, say: none}\n"
VARIABLE = (
    "coach: 1\nlanguage: en\ntitle: A run\nvalues: {name: ''}\nblocks: [free: {lasts: 20s..9m, say: 'Hi {name}.'}]\n"
)
PEOPLE = ("Anna", "Bram / B", "Bram-B"), ("Ghent", "Ghent", "Bruges")


@pytest.fixture
def render(coach: Coach, tmp_path: Path) -> Render:
    """Renders sessions of two seconds, run.yaml and more/run.yaml, with a voice that needs no engine."""
    (tmp_path / "more").mkdir()
    (tmp_path / ".none").mkdir()
    for path in (tmp_path / "run.yaml", tmp_path / "other.yaml", tmp_path / "more" / "run.yaml"):
        path.write_text(SESSION, encoding="utf-8")
    return lambda *arguments: coach("render", *arguments, "--lang", "en", "--voice", "fake")


def made(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.suffix not in {"", ".yaml"})


def test_without_a_place_it_goes_into_the_current_folder(render: Render, tmp_path: Path) -> None:
    assert render("more/run.yaml") == Ran(code=0, out="run-fake.en.mp3\n", err="")
    assert made(tmp_path) == ["run-fake.en.mp3"]


@pytest.mark.parametrize("place", ["runs", "runs/", "more"])
def test_several_go_into_a_folder_made_for_them(render: Render, tmp_path: Path, place: str) -> None:
    folder = place.rstrip("/")
    assert render("run.yaml", "other.yaml", "-o", place) == Ran(
        code=0, out=f"{folder}/run-fake.en.mp3\n{folder}/other-fake.en.mp3\n", err=""
    )
    assert made(tmp_path) == [f"{folder}/other-fake.en.mp3", f"{folder}/run-fake.en.mp3"]


def test_captions_lie_beside_it(render: Render, tmp_path: Path) -> None:
    assert render("run.yaml", "--lrc", "--vtt").code == 0
    assert made(tmp_path) == ["run-fake.en.lrc", "run-fake.en.mp3", "run-fake.en.vtt"]
    assert "Hello." in (tmp_path / "run-fake.en.vtt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["run.yaml", "other.yaml", "-o", "x.mp3"],
            "cannot write 2 sessions to x.mp3; give a folder, like '-o runs/'",
        ),
        (
            ["run.yaml", "more/run.yaml"],
            "two of these sessions would both be written to run-fake.en.mp3; render them one at a time",
        ),
        (["run.yaml", "-o", "x.aac"], "cannot write .aac files: x.aac; choose one of .mp3 .m4a .opus .flac .wav"),
        (["run.yaml", "-o", "-"], "cannot write to standard output; give a name, like '-o run.mp3'"),
        (["more", "other.yaml", "-o", "x.mp3"], "cannot write 2 sessions to x.mp3; give a folder, like '-o runs/'"),
        ([".none"], "there are no sessions in .none: their names end in .yaml or .yml"),
        (["gone.yaml"], "there is no file gone.yaml: 'coach list' shows the sessions that come with the coach"),
        (
            ["run.yaml", "--bitrate", "12"],
            f"unknown bit rate '12'; choose V0 (best) to V9, or one of {RATES}",
        ),
    ],
)
def test_an_impossible_request_is_reported_before_anything_is_done(
    render: Render, tmp_path: Path, arguments: list[str], message: str
) -> None:
    assert render(*arguments) == Ran(code=2, out="", err=f"error: {message}\n")
    assert made(tmp_path) == []


def test_a_session_with_an_error_is_not_rendered(render: Render, tmp_path: Path) -> None:
    (tmp_path / "run.yaml").write_text(SESSION.replace("free", "fre"), encoding="utf-8")
    assert render("run.yaml") == Ran(
        code=1,
        out="",
        err="run.yaml:4:5: error[unknown-kind]: unknown kind of block 'fre'\n"
        "   4 |   - fre: {lasts: 2s, say: {nl: Dag., en: Hello.}}\n"
        "     |     ^^^\n"
        "     help: did you mean 'free'?\n\n",
    )
    assert made(tmp_path) == []


@pytest.mark.usefixtures("coach")  # in the folder of the test
@pytest.mark.parametrize(
    ("options", "name"),
    [
        ((), "one.mp3"),
        (("--lang", "en"), "one.mp3"),
        (("--length", "1m30s"), "one-1m30s.mp3"),
        (("--length", "90s"), "one-1m30s.mp3"),
        (("--cadence", "150"), "one-150spm.mp3"),
        (("--cadence", "150.5"), "one-150.5spm.mp3"),
        (("--guidance", "light"), "one-light.mp3"),
        (("--guidance", "full"), "one.mp3"),
        (("--set", "name=Ann"), "one-name-Ann.mp3"),
        (("--set", "name="), "one-name-f0a4e7.mp3"),
        (("--set", "name=../../Ann & co"), "one-name-Ann-co-f3d7ab.mp3"),
        (("--lang", "en", "--length", "2m", "--cadence", "160", "--guidance", "quiet"), "one-2m-160spm-quiet.mp3"),
    ],
)
def test_the_name_says_the_variant(written: Written, options: tuple[str, ...], name: str) -> None:
    written("one.yaml", VARIABLE)
    (job,) = rendering._list_jobs([requested("one.yaml", options)], None)
    assert job.target == Path(name)


@given(st.lists(st.tuples(st.sampled_from(["length", "set", "voice"]), st.text(max_size=60)), min_size=2, max_size=2))
def test_two_variants_never_have_one_name_and_each_is_a_file_name(pairs: list[tuple[str, str]]) -> None:
    names = [render_jobs._to_file_name(text) for _, text in pairs]
    texts = [text for _, text in pairs]
    assert all("/" not in name and "\\" not in name and "\0" not in name and len(name) <= 47 for name in names)
    assert all(name == name.strip(" .") for name in names)
    if names[0] == names[1]:
        assert texts[0].replace(":", "-") == texts[1].replace(":", "-")


def requested(session: str, options: tuple[str, ...]) -> SessionRequest:
    """The request that the options of a command line make."""
    made: list[SessionRequest] = []

    @click.command()
    @session_options
    def command(**given: Any) -> None:
        made.append(request_session(session, **given))

    command.main(list(options), standalone_mode=False)
    return made[0]


@pytest.mark.usefixtures("render")  # the sessions
def test_languages_lie_side_by_side(coach: Coach, tmp_path: Path) -> None:
    for language in ("nl", "en"):
        assert coach("render", "run.yaml", "--lang", language, "--voice", "fake").code == 0
    assert made(tmp_path) == ["run-fake.en.mp3", "run-fake.nl.mp3"]


def test_a_folder_is_rendered_with_the_folders_in_it(render: Render, tmp_path: Path) -> None:
    for name, text in (("part.yaml", PART), ("uses.yaml", SESSION + "  - use: part.yaml\n")):
        (tmp_path / "more" / name).write_text(text, encoding="utf-8")
    names = ["more/run", "more/uses", "other", "run"]
    rendered = render(".", "-o", "out")
    assert (rendered.code, rendered.err) == (0, "")
    assert sorted(rendered.out.splitlines()) == [f"out/{name}-fake.en.mp3" for name in names]
    assert made(tmp_path) == [f"out/{name}-fake.en.mp3" for name in names]


def test_one_that_fails_stops_no_other(render: Render, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text(SESSION.replace("free", "fre"), encoding="utf-8")
    (tmp_path / "dutch.yaml").write_text(DUTCH, encoding="utf-8")
    rendered = render("bad.yaml", "run.yaml", "dutch.yaml", "other.yaml")
    assert (rendered.code, rendered.out) == (1, "run-fake.en.mp3\nother-fake.en.mp3\n")
    lines = rendered.err.splitlines()
    assert lines[0] == "bad.yaml:4:5: error[unknown-kind]: unknown kind of block 'fre'"
    assert lines[-2:] == [
        "error: this session is not written in 'en', only in nl",
        "2 of 4 sessions rendered; not rendered: bad.yaml, dutch.yaml",
    ]
    assert made(tmp_path) == ["other-fake.en.mp3", "run-fake.en.mp3"]


def read_tags(file: Path) -> tuple[str, ...]:
    found = mutagen.File(file)
    return tuple(str(found.get(name, "")) for name in ("TPE1", "TALB", "TRCK", "TDRC"))


def test_a_session_says_its_author_album_track_and_year(render: Render, tmp_path: Path) -> None:
    assert render("run.yaml", "other.yaml", "-o", "runs").code == 0
    assert read_tags(tmp_path / "runs" / "run-fake.en.mp3") == ("Coach", "Mindful running", "", "")
    said = "author: Anna\nalbum: {nl: Rust, en: Calm}\ntrack: 7\nyear: 2026\n"
    (tmp_path / "run.yaml").write_text(SESSION.replace("blocks", said + "blocks"), encoding="utf-8")
    assert render("run.yaml", "other.yaml", "-o", "runs").code == 0
    assert read_tags(tmp_path / "runs" / "run-fake.en.mp3") == ("Anna", "Calm", "7", "2026")
    assert read_tags(tmp_path / "runs" / "other-fake.en.mp3") == ("Coach", "Mindful running", "", "")


def test_several_are_numbered_in_their_order(render: Render, tmp_path: Path) -> None:
    assert render("other.yaml", "run.yaml", "-o", "runs", "--track", "11").code == 0
    tracks = [read_tags(tmp_path / "runs" / f"{name}-fake.en.mp3")[2] for name in ("other", "run")]
    assert tracks == ["11", "12"]


def test_captions_that_the_coach_did_not_make_are_replaced_only_by_force(render: Render, tmp_path: Path) -> None:
    notes = tmp_path / "run.vtt"
    notes.write_text("mine", encoding="utf-8")
    assert render("run.yaml", "-o", "run.mp3", "--vtt").err.startswith("error: run.vtt is there already")
    assert (notes.read_text(encoding="utf-8"), made(tmp_path)) == ("mine", ["run.vtt"])
    assert render("run.yaml", "-o", "run.mp3", "--vtt", "--force").code == 0
    assert render("run.yaml", "-o", "run.mp3", "--vtt").code == 0


def test_a_file_that_is_up_to_date_is_newer_than_its_session(render: Render, tmp_path: Path) -> None:
    target = tmp_path / "run.mp3"
    assert render("run.yaml", "-o", "run.mp3").code == 0
    before = target.read_bytes()
    for _ in range(2):
        os.utime(target, (1e9, 1e9))
        rendered = render("run.yaml", "-o", "run.mp3")
        assert rendered.code == 0
        os.utime(tmp_path / "run.yaml")
        assert render("run.yaml", "-o", "run.mp3").code == 0
        assert target.stat().st_mtime >= (tmp_path / "run.yaml").stat().st_mtime
    assert target.read_bytes() == before


def test_a_table_gives_a_file_for_each_row_and_a_bad_row_stops_no_other(render: Render, tmp_path: Path) -> None:
    (tmp_path / "hi.yaml").write_text(VARIABLE.replace("20s..9m", "4s"), encoding="utf-8")
    (tmp_path / "names.csv").write_text(f"name\nAnna\n{'very ' * 40}long\nBram\n", encoding="utf-8")
    ran = render("hi.yaml", "--for", "names.csv", "-o", "out")
    assert ran.code == 1
    assert ran.out.splitlines() == ["out/Anna.mp3", "out/Bram.mp3"]
    assert ran.err.startswith("names.csv: row 3:\nhi.yaml:5:")
    assert ran.err.endswith("2 of 3 sessions rendered; not rendered: names.csv: row 3\n")


def test_lists_of_values_give_a_file_for_each_person(tmp_path: Path) -> None:
    people = "{name: [Anna, 'Bram / B', Bram-B], place: [Ghent, Ghent, Bruges], all: you}"
    for name in ("hi.yaml", "ho.yaml"):
        (tmp_path / name).write_text(VARIABLE.replace("{name: ''}", people), encoding="utf-8")

    def find(*names: str, output: str = "out", **values: str) -> list[tuple[str, Mapping[str, str]]]:
        wanted = [SessionRequest(session=str(tmp_path / name), values=values) for name in names]
        jobs = rendering._list_jobs(wanted, Path(output))
        return [(str(job.target), job.session.values) for job in jobs]

    anna, bram, other = ({"name": n, "place": p, "all": "you"} for n, p in zip(*PEOPLE, strict=True))
    assert find("hi.yaml") == [("out/Anna.mp3", anna), ("out/Bram-B.mp3", bram), ("out/Bram-B-2.mp3", other)]
    assert [target for target, _ in find("hi.yaml", "ho.yaml")][2:4] == ["out/hi-Bram-B-2.mp3", "out/ho-Anna.mp3"]
    assert find("hi.yaml", name="Anna", output="a.mp3") == [("a.mp3", {"name": "Anna"})]
    assert find("hi.yaml", place="Ghent") == [("out/Anna.mp3", anna), ("out/Bram-B.mp3", bram)]
    with pytest.raises(UsageError, match=r"cannot write a file for each person to a\.mp3"):
        find("hi.yaml", output="a.mp3")


def test_what_is_no_list_of_people_is_rendered_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_text("coach: 1\n", encoding="utf-8")
    (job,) = rendering._list_jobs([SessionRequest(session=str(tmp_path / "bad.yaml"), values={})], None)
    assert str(job.target) == "bad.mp3"

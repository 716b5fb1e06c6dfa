"""`coach render`: where files are written, and what is printed. Their contents are tested in tests/product."""

from collections.abc import Callable
from pathlib import Path

import pytest
from coach_process import Ran

Coach = Callable[..., Ran]
Render = Callable[..., Ran]

RATES = "32, 40, 48, 56, 64, 80, 96, 112, 128, 160, 192, 224, 256, 320"
SESSION = "coach: 1\ntitle: {nl: Even, en: A moment}\nblocks:\n  - free: {lasts: 2s, say: {nl: Dag., en: Hello.}}\n"


@pytest.fixture
def render(coach: Coach, tmp_path: Path) -> Render:
    """Renders sessions of two seconds, run.yaml and more/run.yaml, with a voice that needs no engine."""
    (tmp_path / "more").mkdir()
    for path in (tmp_path / "run.yaml", tmp_path / "other.yaml", tmp_path / "more" / "run.yaml"):
        path.write_text(SESSION, encoding="utf-8")
    return lambda *arguments: coach("render", *arguments, "--lang", "en", "--voice", "fake")


def made(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.suffix not in {"", ".yaml"})


def test_without_a_place_it_goes_into_the_current_folder(render: Render, tmp_path: Path) -> None:
    assert render("more/run.yaml") == Ran(code=0, out="run.mp3\n", err="")
    assert made(tmp_path) == ["run.mp3"]


@pytest.mark.parametrize("place", ["runs", "runs/", "more"])
def test_several_go_into_a_folder_made_for_them(render: Render, tmp_path: Path, place: str) -> None:
    folder = place.rstrip("/")
    assert render("run.yaml", "other.yaml", "-o", place) == Ran(
        code=0, out=f"{folder}/run.mp3\n{folder}/other.mp3\n", err=""
    )
    assert made(tmp_path) == [f"{folder}/other.mp3", f"{folder}/run.mp3"]


def test_captions_lie_beside_it(render: Render, tmp_path: Path) -> None:
    assert render("run.yaml", "--lrc", "--vtt").code == 0
    assert made(tmp_path) == ["run.lrc", "run.mp3", "run.vtt"]
    assert "Hello." in (tmp_path / "run.vtt").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (
            ["run.yaml", "other.yaml", "-o", "x.mp3"],
            "cannot write 2 sessions to x.mp3; give a folder, like '-o runs/'",
        ),
        (
            ["run.yaml", "more/run.yaml"],
            "two of these sessions would both be written to run.mp3; render them one at a time",
        ),
        (["run.yaml", "-o", "x.aac"], "cannot write .aac files: x.aac; choose one of .mp3 .m4a .opus .flac .wav"),
        (["gone.yaml"], "there is no file gone.yaml: 'coach list' shows the sessions that come with the coach"),
        (
            ["run.yaml", "--bitrate", "12"],
            f"unknown bit rate '12'; choose V0 (best) to V9, or one of {RATES}",
        ),
    ],
)
def test_what_cannot_be_done_is_told_before_anything_is(
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

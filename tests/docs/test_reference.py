"""The generated pages equal the code, and their examples work."""

import re
from pathlib import Path

import numpy as np
import pytest
import soundfile
from handbook.written import pages
from markdown_examples import DOCS, fences

from coach.blocks.registry import KINDS
from coach.services.session_check import check_session
from coach.session.file_model import BlockSettings, CueModel, SessionFileModel
from coach.session.sound_models import SoundNames

WRITTEN = dict(pages())
_EXAMPLE = re.compile(r"`([a-z-]+: [^`]+)`")


@pytest.mark.parametrize("name", WRITTEN)
def test_a_written_page_is_as_the_code_is_now(name: str) -> None:
    assert (DOCS / name).read_text(encoding="utf-8") == WRITTEN[name], "write it anew: scripts/docs write"


def test_no_page_is_left_of_what_is_no_longer_there() -> None:
    found = {path.relative_to(DOCS).as_posix() for path in DOCS.rglob("reference/**/*.md")}
    assert found == {*WRITTEN, "reference/index.md"}


def test_every_key_has_its_section() -> None:
    headings = re.findall(r"^### `([^`]+)`$", WRITTEN["reference/keys.md"], re.MULTILINE)
    known = [
        key for model in (SessionFileModel, BlockSettings, CueModel, SoundNames) for key in model.list_known_keys()
    ]
    assert sorted(headings) == sorted([*known, "parts", "times", "blocks"])


def sections() -> list[tuple[str, str]]:
    """The examples of the page of keys, each under the heading of where it may stand."""
    found = []
    for group in WRITTEN["reference/keys.md"].split("\n## ")[1:]:
        heading = group.split("\n", 1)[0]
        lines = [line for line in group.splitlines() if line.startswith("- for example")]
        found += [(heading, written) for line in lines for written in _EXAMPLE.findall(line)]
    return found


def session_with(heading: str, written: str) -> str:
    """A whole session in which an example stands where it belongs."""
    key = written.split(":", maxsplit=1)[0]
    head = {
        "coach": "coach: 1",
        "title": "title: Trial",
        "language": "language: en",
        "blocks": "blocks:\n- free: 1m..2h",
    }
    match heading:
        case "At the top of the file":
            head[key] = written
        case "In a block":
            head["blocks"] = f"blocks:\n- body-scan: {{{written}}}"
        case "In a cue":
            cue = written if key == "text" else f"text: Hello., {written}"
            head["blocks"] = f"blocks:\n- free: {{lasts: 10m, say: {{{cue}}}}}"
        case "In `sounds`":
            head["sounds"] = f"sounds: {{{written}}}"
        case _:
            repeated = {"times": "times: 2", "blocks": "blocks: [{easy: 5m}]"} | {key: written}
            head["blocks"] = f"blocks:\n- repeat: {{{', '.join(repeated.values())}}}"
    return "\n".join(head.values()) + "\n"


def errors(folder: Path, text: str) -> list[str]:
    path = folder / "run.yaml"
    path.write_text(text, encoding="utf-8")
    return [problem.message for problem in check_session(path) if problem.severity == "error"]


@pytest.mark.parametrize(("heading", "written"), sections())
def test_the_example_of_a_key_can_be_used(tmp_path: Path, heading: str, written: str) -> None:
    for name in re.findall(r"[\w./-]+\.(?:wav|mp3|m4a|flac)", written):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        soundfile.write(tmp_path / name, np.sin(np.arange(8_000) / 8.0) / 2.0, 8_000, format="WAV")
    assert errors(tmp_path, session_with(heading, written)) == []


@pytest.mark.parametrize("name", KINDS)
def test_the_example_of_a_kind_can_be_used(tmp_path: Path, name: str) -> None:
    shown = fences(f"reference/kinds/{name}.md")[0].text
    assert errors(tmp_path, f"coach: 1\ntitle: Trial\nlanguage: en\nblocks:\n{shown}") == []


@pytest.mark.parametrize("number", [0, 1])
def test_the_examples_of_the_sounds_can_be_used(tmp_path: Path, number: int) -> None:
    shown = fences("reference/sounds.md")[number].text
    block = shown if shown.startswith("-") else "- easy: 5m\n"
    head = "" if shown.startswith("-") else shown
    assert errors(tmp_path, f"coach: 1\ntitle: {{nl: Proef, en: Trial}}\n{head}blocks:\n{block}") == []

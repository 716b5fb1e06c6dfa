"""Which line says what. Each line below is shown with what it says: `-` is nothing, a kind is a block."""

from pathlib import Path
from textwrap import dedent

import pytest
import session_texts

from coach.session.session import Session
from coach.session.source_map import SourceBlocks, SourceItem, map_source

BLOCK_STYLE = """
    -               | coach: 1
    -               | title: {nl: Proef, en: Trial}
    -               | values: {use: "", repeat: ""}
    -               |
    -               | blocks:
    breathing       |   - breathing: {lasts: 2m, ticks: 60s}
    breathing       |   # a comment goes with what is above it
    easy            |   - easy:
    easy            |       lasts: 3m
    easy            |       say:
    Kijk om je heen. |         - at: 30s
    Kijk om je heen. |           text:
    Kijk om je heen. |             nl: Kijk om je heen.
    Kijk om je heen. |             en: Look around you.
    Kijk om je heen. |
    Nog even.       |         - {at: -20s, text: {nl: Nog even., en: Almost there.}}
    easy            |       bell: start
    silence         |   - silence:
    silence         |       lasts: 2m
    -               | length: 7m
"""
SHORTHANDS = """
    -               | coach: 1
    -               | title: Proef
    -               | language: nl
    -               | blocks:
    say             |   - say: >
    say             |       Lang
    say             |       verhaal.
    free            |   - free: {lasts: 1m, say: Dag.}
    free            |   - free:
    free            |       lasts: 1m
    Eén.            |       say: [Eén., Twee.]
    Drie.           |       say-also: Drie.
    free            |   - {free: {lasts: 1m, say: none}}
    noticing        |   - noticing:
    noticing        |       say: none
"""
REPEATED = """
    -               | coach: 1
    -               | title: Proef
    -               | language: nl
    -               | blocks:
    brisk easy      |   - repeat:
    brisk easy      |       times: 3
    brisk easy      |       blocks:
    brisk           |         - brisk: 1m
    easy            |         - easy:
    easy            |             lasts: 90s
    Dag.            |             say: [Dag.]
    silence settle  |   - use: parts/rest.yaml
    -               | length: 15m
"""
USED = """
    silence         | - silence: 1m
    settle          | - use: deeper.yaml
"""
DEEPER = """
    settle          | - settle:
    settle          |     lasts: 2m
"""
ANCHORED = """
    -               | coach: 1
    -               | title: Proef
    -               | language: nl
    -               | blocks:
    free            |   - free:
    free            |       lasts: 1m
    Dag.            |       say: &dag [Dag.]
    free            |   - free:
    free            |       lasts: 1m
    free            |       say: *dag
"""


def written(example: str) -> str:
    return "\n".join(line.partition("| ")[2] for line in dedent(example).strip("\n").split("\n"))


def expected(example: str) -> list[str]:
    return [line.partition("|")[0].strip() for line in dedent(example).strip("\n").split("\n")]


def describe(session: Session, said: SourceItem | None) -> str:
    if said is None:
        return "-"
    if isinstance(said, SourceBlocks):
        kinds = {block.location: block.kind for block in session.blocks}
        return " ".join(kinds[location] for location in said.inside)
    cues = [cue for block in session.blocks for cue in (*(block.say or ()), *block.say_also)]
    return next(cue.text["nl"] for cue in cues if cue.location == said.location)


@pytest.mark.parametrize("example", [BLOCK_STYLE, SHORTHANDS, ANCHORED])
def test_each_line_says_what_begins_in_it_or_what_it_belongs_to(tmp_path: Path, example: str) -> None:
    session = session_texts.session(tmp_path, written(example))
    (lines,) = map_source(session).files.values()
    assert [describe(session, said) for said in lines] == expected(example)


def test_a_repeat_and_a_use_say_all_their_blocks(tmp_path: Path) -> None:
    examples = {"run.yaml": REPEATED, "parts/rest.yaml": USED, "parts/deeper.yaml": DEEPER}
    (tmp_path / "parts").mkdir()
    for name, example in examples.items():
        (tmp_path / name).write_text(written(example), encoding="utf-8")
    session = session_texts.session(tmp_path, written(REPEATED))
    files = map_source(session).files
    assert list(files) == [str(tmp_path / name) for name in examples]
    for name, example in examples.items():
        assert [describe(session, said) for said in files[str(tmp_path / name)]] == expected(example)


def test_a_last_line_end_begins_a_line_in_which_a_cursor_can_stand(tmp_path: Path) -> None:
    text = "coach: 1\ntitle: Proef\nlanguage: nl\nblocks:\n- silence: 1m\n"
    session = session_texts.session(tmp_path, text)
    (lines,) = map_source(session).files.values()
    assert [describe(session, said) for said in lines] == ["-", "-", "-", "-", "silence", "silence"]

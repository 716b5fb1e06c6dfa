"""The page about getting a session onto a phone: its commands are ones, and what it says is so."""

import shlex

import click
import pytest
from markdown_examples import DOCS, fences

from coach.cli import coach
from coach.commands import send
from coach.send import file_server

PAGE = "phone.md"
PAGES = (PAGE, f"nl/{PAGE}")
COMMANDS = [
    line for page in PAGES for fence in fences(page) if fence.language == "sh" for line in fence.text.splitlines()
]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_can_be_given(command: str) -> None:
    program, name, *arguments = shlex.split(command)
    found = coach.commands[name]
    with found.make_context(name, arguments, parent=click.Context(coach, info_name=program)) as context:
        assert context.params["sessions"] == ("reset-run",)


def test_the_figures_are_those_of_the_code() -> None:
    page = (DOCS / PAGE).read_text(encoding="utf-8")
    bitrate = next(option for option in coach.commands["send"].params if option.name == "bitrate")
    facts = (f"constant bit rate of {bitrate.default} kbit/s", f"a secret of {8 * file_server._TOKEN_BYTES} bits")
    assert [fact for fact in facts if fact not in page] == []
    assert send.IDLE_S == 600.0  # "until ten minutes after"
    assert send.NOBODY_S == 60.0

import pytest
from rich.style import Style

from coach.play.screen.terminal_style import TerminalStyle, TextStyle, detect_style


def test_a_common_terminal_has_colours_and_blocks() -> None:
    assert detect_style({"TERM": "xterm-256color"}, "utf-8") == TerminalStyle(colour=True, ascii_only=False)


@pytest.mark.parametrize(
    "environment",
    [{"NO_COLOR": "1"}, {"TERM": "xterm-mono"}, {"TERM": "vt100"}, {"TERM": "vt220"}, {"TERM": "dumb"}],
)
def test_no_color_and_plain_terminals_turn_colours_off(environment: dict[str, str]) -> None:
    assert detect_style(environment, "utf-8") == TerminalStyle(colour=False, ascii_only=False)


@pytest.mark.parametrize("environment", [{}, {"NO_COLOR": ""}, {"TERM": "screen"}])
def test_an_empty_environment_means_colours(environment: dict[str, str]) -> None:
    assert detect_style(environment, "UTF-8").colour


@pytest.mark.parametrize("encoding", ["ascii", "ANSI_X3.4-1968", "iso8859-1", "cp437"])
def test_an_old_encoding_gets_ascii(encoding: str) -> None:
    assert detect_style({}, encoding).ascii_only


def test_ascii_stands_in_for_blocks_accents_and_the_rest_in_as_many_cells() -> None:
    style = TerminalStyle(ascii_only=True)
    assert style.render_text("█▀▄ één · ▲ 深… ß ↑") == '#"m een . ^ ??~ ? ^'
    assert TerminalStyle().render_text("█▀▄ één") == "█▀▄ één"


def test_without_colours_only_weight_is_left() -> None:
    assert TerminalStyle(colour=False).find_style(TextStyle(name="bell", bold=True)) == Style(bold=True, reverse=False)


def test_the_ink_of_a_kind_is_subdued_unless_bold() -> None:
    assert TerminalStyle().find_style(TextStyle(name="kind-easy")) == Style(
        color="#6e9a95", bgcolor="#17212b", bold=False
    )
    assert TerminalStyle().find_style(TextStyle(name="kind-easy", bold=True)) == Style(
        color="#8cc4ba", bgcolor="#17212b", bold=True
    )

"""`coach explain`: the page of a problem, or all there are."""

from collections.abc import Callable

import pytest
from coach_process import Ran, at_a_terminal, has_terminals

from coach.diagnostics import codes

Coach = Callable[..., Ran]


def test_a_page_is_printed_as_it_is(coach: Coach) -> None:
    assert coach("explain", "tab") == Ran(code=0, out=codes.look_up("tab").page, err="")


def test_a_page_is_in_the_language_of_the_user(coach: Coach) -> None:
    page = codes.look_up("tab", "nl").page
    assert page.startswith("# tab\n*fout*\n\nEen regel is ingesprongen met een tab.\n")
    assert coach("--ui", "nl", "explain", "tab") == Ran(code=0, out=page, err="")
    listed = coach("--ui", "nl", "explain").out.splitlines()
    assert "tab                   fout    Een regel is ingesprongen met een tab." in listed


def test_without_a_code_all_are_listed_with_how_severe_they_are_and_what_they_mean(coach: Coach) -> None:
    ran = coach("explain")
    lines = ran.out.splitlines()
    assert (ran.code, ran.err) == (0, "")
    assert [line.split()[0] for line in lines] == list(codes.list_codes())
    assert "tab                   error   A line is indented with a tab." in lines
    assert any(line.startswith("half-translated ") and " advice  Some texts lack" in line for line in lines)


def test_a_code_that_is_none_is_wrong_usage(coach: Coach) -> None:
    message = "error: no problem is called 'tabb': did you mean 'tab'?\n"
    assert coach("explain", "tabb") == Ran(code=2, out="", err=message)
    message = "error: no problem is called '../cli': 'coach explain' lists them all\n"
    assert coach("explain", "../cli") == Ran(code=2, out="", err=message)


@pytest.mark.skipif(not has_terminals(), reason="no terminal can be made here")
def test_at_a_terminal_a_page_is_set_out() -> None:
    printed = "\n".join(at_a_terminal("explain", "tab"))
    assert "A line is indented with a tab." in printed
    assert "  - easy:" in printed
    assert "```" not in printed
    assert "#" not in printed

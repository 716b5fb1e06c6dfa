"""Console output, in any encoding."""

import pytest

from coach.errors import CoachError, ExternalError, UsageError
from coach.text.console import print_error


@pytest.mark.parametrize(
    ("error", "said"),
    [
        (UsageError("no such session"), "error: no such session\n"),
        (ExternalError("could not read x"), "error: could not read x\n"),
        (ExternalError("could not read x", help="check it"), "error: could not read x\nhelp: check it\n"),
        (UsageError("no file \x1b[2J"), "error: no file ␛[2J\n"),
    ],
)
def test_an_error_is_a_line_and_its_help_another(
    error: CoachError, said: str, capsys: pytest.CaptureFixture[str]
) -> None:
    print_error(error)
    assert capsys.readouterr().err == said

"""Console output, in any encoding."""

import os
import signal
import sys

import pytest

from coach.errors import CoachError, ExternalError, UsageError
from coach.text.console import StandardStreams, print_error


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


@pytest.mark.skipif(not hasattr(os, "O_ASYNC"), reason="this system sends no signal when a pipe is written to")
def test_what_is_written_as_ctrl_c_comes_is_written_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """The kernel sends the signal within the very write; Python raises when that is done, before anyone knows."""
    import fcntl  # noqa: PLC0415 - not on Windows

    reader, writer = os.pipe()
    terminal = os.fdopen(writer, "w", encoding="utf-8")
    monkeypatch.setattr("sys.stderr", terminal)
    monkeypatch.setattr("sys.stdout", sys.stdout)
    before = signal.signal(signal.SIGIO, signal.default_int_handler)
    try:
        StandardStreams()
        fcntl.fcntl(reader, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(reader, fcntl.F_SETFL, os.O_ASYNC)
        with pytest.raises(KeyboardInterrupt):
            print("20s, no problems", file=sys.stderr)  # noqa: T201 - what is tested
        fcntl.fcntl(reader, fcntl.F_SETFL, 0)
        print("and more", file=sys.stderr)  # noqa: T201 - the same
        sys.stderr.close()
        assert os.read(reader, 1000) == b"20s, no problems\nand more\n"
    finally:
        signal.signal(signal.SIGIO, before)
        terminal.close()
        os.close(reader)

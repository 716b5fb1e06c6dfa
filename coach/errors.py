"""Errors that a command reports, and the exit code of each."""

from enum import IntEnum

from coach.translation import _, mark_message


class ExitCode(IntEnum):
    """Exit codes of a command."""

    OK = 0
    SESSION = 1  # the session is wrong
    USAGE = 2  # the command was called with something it cannot work with
    EXTERNAL = 3  # something outside failed: a disk, a device, a voice
    INTERNAL = 4  # a bug in coach
    INTERRUPTED = 130  # Ctrl-C, as shells number it


class CoachError(Exception):
    """The base of all errors that are explained to the user."""


class UsageError(CoachError):
    """The command was called with something it cannot work with."""


class ExternalError(CoachError):
    """Something outside the coach failed (a disk, a voice): what was tried, and what to do next in ``help``."""

    def __init__(self, message: str, *, help: str = "") -> None:  # noqa: A002 - the word users see before the advice
        self.message = message
        self.help = help
        super().__init__(message)


OPTIONAL_PACKAGES = {
    "fit_tool": (mark_message("a workout for a watch"), "workout"),
    "hibari": (mark_message("the voice hibari"), ""),
    "imageio_ffmpeg": (mark_message("this audio format, without an ffmpeg of your system,"), "formats"),
    "onnxruntime": (mark_message("the voice kokoro"), ""),
    "miniaudio": (mark_message("sound on speakers, headphones and microphones"), "record"),
    "piper": (mark_message("a Piper voice"), "piper"),
    "textual": (mark_message("the screen of a run"), "play"),
}
"""Packages that an installation may lack, by import name: what needs each, and the extra that installs it."""


def explain_missing_package(name: str | None) -> ExternalError | None:
    """Explain a package that is not installed, by its import name; None if it belongs to every installation."""
    if name not in OPTIONAL_PACKAGES:
        return None
    what, extra = OPTIONAL_PACKAGES[name]
    way_out = _("some systems have no such package (docs/platforms.md); all else works without it")
    if extra:
        command = f"pip install 'mindful-run-coach[{extra}]'"
        way_out = _("install it with: {command}; {way_out}", command=command, way_out=way_out)
    return ExternalError(
        _("{what} needs the package {name}, which is not installed", what=_(what), name=name.replace("_", "-")),
        help=way_out,
    )

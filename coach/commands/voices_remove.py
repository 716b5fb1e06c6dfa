"""`coach voices remove`: a voice that is no longer wanted."""

from coach.text.console import echo_line
from coach.voices.install.piper_install import remove


def run(*, name: str) -> int:
    """Remove a voice that was added, and say how much room that gives."""
    which = name.removeprefix("piper:")
    echo_line(f"{which}: removed ({remove(which) / 1e6:.0f} MB are free again)")
    return 0

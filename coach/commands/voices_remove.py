"""`coach voices remove`: a voice that is no longer wanted."""

from coach.commands.terminal import say
from coach.voices.piper_adding import remove


def run(*, name: str) -> int:
    """Remove a voice that was added, and say how much room that gives."""
    which = name.removeprefix("piper:")
    say(f"{which}: removed ({remove(which) / 1e6:.0f} MB are free again)")
    return 0

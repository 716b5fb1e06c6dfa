"""Text output: display width and wrapping, sanitising, the console, progress bars, stop signals."""


def format_count(number: int, noun: str) -> str:
    """Format a number of things: "1 error", "2 errors"."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"

"""Text that came from outside, made safe to stand in one line of a message."""

import unicodedata

JOINER = "\u200d"

JOINERS = ("\u200c", JOINER)


def visible(character: str) -> str:
    """A character as it can be shown: control characters as their pictures, hidden ones as a replacement sign."""
    if ord(character) < ord(" "):
        return chr(0x2400 + ord(character))  # the pictures of control characters
    hidden = unicodedata.category(character) in ("Cc", "Cf", "Cs", "Zl", "Zp") and character not in JOINERS
    return "�" if hidden else character


def escape_control_characters(text: str) -> str:
    """The text with everything replaced that a terminal would act upon instead of showing it."""
    return "".join(visible(character) for character in text)


def quote(text: str) -> str:
    """What an author wrote, short enough to stand in a message."""
    flat = " ".join(text.split())
    return f"'{flat}'" if len(flat) <= 40 else f"'{flat[:37]}...'"  # noqa: PLR2004 - about a third of a line

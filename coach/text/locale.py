"""Locale: the language of the computer."""

import locale
import os


def system_language() -> str:
    """The computer's language as two letters, as the environment has it; "" where that says nothing.

    Python's ``locale`` reports English for a plain ``C.UTF-8``.
    """
    said = next(filter(None, map(os.environ.get, ("LC_ALL", "LC_MESSAGES", "LANG"))), "")
    if os.name == "nt" and not said:
        said = locale.getlocale()[0] or ""
    return said[:2]

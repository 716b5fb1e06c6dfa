"""The page that lists all messages, with links to the pages that `coach explain` shows."""

import re
from pathlib import Path

from coach.diagnostics import codes
from handbook.markdown import page, table

_HERE = "../../coach/diagnostics/pages/"
_INTRODUCTION = (
    "Each message of `coach check` has a short name, in brackets: `error[no-unit]`. Here is what each means, with a"
    " wrong and a right example. In the terminal, `coach explain no-unit` shows the same. How to read a message is"
    " explained in [the session format](../session-format.md#errors-and-how-to-read-them)."
)
_SORTS = {
    "error": "## Errors\n\nA session with an error cannot be planned or played.",
    "advice": "## Advice\n\nAdvice stops nothing: it points out what you may want to change.",
}


def messages() -> str:
    """Write the list of all messages, each with its summary."""
    pages = [codes.look_up(each) for each in codes.list_codes()]
    parts = [_INTRODUCTION]
    for severity, heading in _SORTS.items():
        rows = [
            (f"[`{each.name}`]({_HERE}{each.name}.md)", each.summary) for each in pages if each.severity == severity
        ]
        parts += [heading, table(("message", "means"), rows)]
    return page("Messages", *parts)


def staged(path: Path) -> str:
    """Adapt a page for the site: messages are in a folder beside their list, and fragments of YAML are YAML."""
    text = path.read_text(encoding="utf-8").replace(_HERE, "messages/")
    return re.sub(r"^```(\w+) fragment$", r"```\1", text, flags=re.MULTILINE)

"""The messages: a page that lists them, and theirs, which are the ones that `coach explain` shows."""

import re
from pathlib import Path

from coach.diagnostics import codes
from handbook.markdown import page, table

_HERE = "../../coach/diagnostics/pages/"
_INTRODUCTION = (
    "Each message of `coach check` has a short name, in brackets: `error[no-unit]`. Here is what each means, with a"
    " wrong and a right example. In the terminal, `coach explain no-unit` shows the same. How a message is read stands"
    " in [the session format](../session-format.md#errors-and-how-to-read-them)."
)
_SORTS = {
    "error": "## Errors\n\nWith an error there is no session.",
    "advice": "## Advice\n\nAdvice stops nothing: it tells you something that you may want to know.",
}


def messages() -> str:
    """The list of all messages, each with its summary."""
    pages = [codes.look_up(each) for each in codes.list_codes()]
    parts = [_INTRODUCTION]
    for severity, heading in _SORTS.items():
        rows = [
            (f"[`{each.name}`]({_HERE}{each.name}.md)", each.summary) for each in pages if each.severity == severity
        ]
        parts += [heading, table(("message", "means"), rows)]
    return page("Messages", *parts)


def staged(path: Path) -> str:
    """A page as the site has it: messages lie beside their list, and a fragment of YAML is YAML."""
    text = path.read_text(encoding="utf-8").replace(_HERE, "messages/")
    return re.sub(r"^```(\w+) fragment$", r"```\1", text, flags=re.MULTILINE)

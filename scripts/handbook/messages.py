"""The page that lists all messages, with links to the pages that `coach explain` shows."""

import re
from pathlib import Path

from coach.diagnostics import codes
from handbook.markdown import page, table

FOLDERS = {"en": "../../coach/diagnostics/pages/", "nl": "../../../coach/languages/nl/pages/"}
"""Where the pages of the messages are, from the page that lists them, by language."""

_TITLES = {"en": "Messages", "nl": "Meldingen"}
_HEADS = {"en": ("message", "means"), "nl": ("melding", "betekent")}
_INTRODUCTIONS = {
    "en": "Each message of `coach check` has a short name, in brackets: `error[no-unit]`. Here is what each means, with"
    " a wrong and a right example. In the terminal, `coach explain no-unit` shows the same. How to read a message is"
    " explained in [the session format](../session-format.md#errors-and-how-to-read-them).",
    "nl": "Elke melding van `coach check` heeft een korte naam, tussen haken: `fout[no-unit]`. Hier staat wat elk"
    " betekent, met een voorbeeld van hoe het niet moet en een van hoe het wel moet. In de terminal laat"
    " `coach explain no-unit` hetzelfde zien. Hoe je een melding leest, staat in"
    " [het sessieformat](../session-format.md#fouten-en-hoe-je-ze-leest).",
}
_SORTS = {
    "en": {
        "error": "## Errors\n\nA session with an error cannot be planned or played.",
        "advice": "## Advice\n\nAdvice stops nothing: it points out what you may want to change.",
    },
    "nl": {
        "error": "## Fouten\n\nEen sessie met een fout kan niet worden afgespeeld.",
        "advice": "## Advies\n\nEen advies houdt niets tegen: het wijst je op wat je misschien wilt veranderen.",
    },
}


def messages(language: str = "en") -> str:
    """Write the list of all messages in a language, each with its summary."""
    pages = [codes.look_up(each, language) for each in codes.list_codes()]
    parts = [_INTRODUCTIONS[language]]
    for severity, heading in _SORTS[language].items():
        rows = [
            (f"[`{each.name}`]({FOLDERS[language]}{each.name}.md)", each.summary)
            for each in pages
            if each.severity == severity
        ]
        parts += [heading, table(_HEADS[language], rows)]
    return page(_TITLES[language], *parts)


def staged(path: Path) -> str:
    """Adapt a page for the site: messages are in a folder beside their list, and fragments of YAML are YAML."""
    text = path.read_text(encoding="utf-8")
    for folder in FOLDERS.values():
        text = text.replace(folder, "messages/")
    return re.sub(r"^```(\w+) fragment$", r"```\1", text, flags=re.MULTILINE)

"""What editors write for an author: a session to begin with, and for each kind of block one with its settings.

The bodies are in the notation of editors: ``${1:3m}`` is the first place to change, with 3m in it.
"""

from collections.abc import Mapping
from itertools import count

from coach.session.types import KindSyntax

Snippet = dict[str, object]

# Under a kind, in a list: the dash and the kind itself take two columns each.
_UNDER = "\n" + 4 * " "
REPEAT: Snippet = {
    "label": "repeat: so many times",
    "body": f"{_UNDER}times: ${{1:4}}{_UNDER}blocks:{_UNDER}  - brisk: ${{2:1m}}{_UNDER}  - easy: ${{3:2m}}",
}


def of_kind(kind: KindSyntax) -> Snippet:
    """A block of that kind: a value alone where there is one, else a line for each setting."""
    number = count(1)
    told = [(key, f"${{{next(number)}:{value}}}") for key, value in kind.example]
    body = told[0][1] if len(told) == 1 else "".join(f"{_UNDER}{key}: {value}" for key, value in told)
    return {"label": f"{kind.name}: an example", "body": body}


def starter(languages: Mapping[str, str]) -> Snippet:
    """A whole session, for an empty file; an editor leaves out the keys that are there already."""
    blocks = [
        {"check-in": "90s"},
        {"settle": "3m"},
        {"breathing": {"lasts": "2m..5m", "ticks": "90s"}},
        {"easy": "5m..20m"},
        {"walk-out": "4m"},
        {"reflect": "1m"},
    ]
    body = {
        "coach": 1,
        "title": "${1:My run}",
        "language": f"${{2|{','.join(languages)}|}}",
        "length": "${3:24m}",
        "blocks": blocks,
    }
    return {"label": "a whole session", "description": "A short session to change as you like.", "body": body}

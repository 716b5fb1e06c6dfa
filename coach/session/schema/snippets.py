"""Snippets that editors insert: a session to begin with, and one block of each kind.

The bodies are in the notation of editors: ``${1:3m}`` is the first place to change, with 3m in it.
"""

from collections.abc import Iterator, Mapping
from itertools import count

from coach.session.session import KindSyntax

Snippet = dict[str, object]

# Settings stand under their kind, which stands behind a dash: an editor indents each line as far as the dash.
_UNDER = "\n" + 4 * " "


def shorten(kind: KindSyntax) -> str:
    """What may stand behind a kind: its first setting, alone."""
    return kind.example[0][1].strip('"')


def make_kind_snippet(kind: KindSyntax) -> Snippet:
    """A block of a kind with its settings, or with the one value that is short for them."""
    places = list(_places(kind))
    if len(places) == 1:
        return _snippet(kind.name, f"{kind.name}: ${{1:{shorten(kind)}}}", kind.about)
    settings = "".join(f"{_UNDER}{place}" for place in places)
    return _snippet(f"{kind.name}, with settings", f"{kind.name}:{settings}", kind.about)


def make_repeat_snippet(about: str) -> Snippet:
    """Blocks, and how often."""
    blocks = f"{_UNDER}  - brisk: ${{2:1m}}{_UNDER}  - easy: ${{3:2m}}"
    return _snippet("repeat", f"repeat:{_UNDER}times: ${{1:4}}{_UNDER}blocks:{blocks}", about)


def make_use_snippet(about: str) -> Snippet:
    """Blocks from another file."""
    return _snippet("use", "use: ${1:parts/warm-up.yaml}", about)


def make_starter_snippet(languages: Mapping[str, str]) -> Snippet:
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
    return {"label": "a whole session", "markdownDescription": "A short session, to change as you like.", "body": body}


def _places(kind: KindSyntax) -> Iterator[str]:
    number = count(1)
    return (f"{key}: ${{{next(number)}:{value}}}" for key, value in kind.example)


def _snippet(label: str, text: str, about: str) -> Snippet:
    return {"label": label, "markdownDescription": about, "bodyText": text}

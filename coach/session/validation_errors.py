"""What pydantic found, as problems with our own places and words."""

from collections.abc import Iterator, Mapping

from pydantic import ValidationError

from coach.diagnostics.did_you_mean import find_certain
from coach.diagnostics.edits import insert_line
from coach.diagnostics.problem import Fix, Location, Problem
from coach.yaml import nodes

_MISSING: Mapping[str, str] = {
    "coach": "begin the file with `coach: 1`",
    "title": "add `title: …`",
    "blocks": "add `blocks:`, and under it items like `- easy: 5m`",
    "times": "add `times: 2`",
    "text": "add `text: …`; with a clip it is for captions",
}


def to_problems(error: ValidationError, root: nodes.Node) -> Iterator[Problem]:
    """A problem for each thing that pydantic found in a tree of nodes."""
    for found in error.errors(include_url=False, include_input=False):
        context = found.get("ctx", {})
        if "where" in context:
            what = {name: context[name] for name in ("where", "message", "help", "fix")}
            yield Problem(code=found["type"], **what)
            continue
        *path, key = found["loc"]
        where = _place(root, tuple(path))
        advice, fix = _MISSING.get(str(key), ""), _without_version(root) if (*path, key) == ("coach",) else None
        yield Problem(where=where, code="missing-key", message=f"`{key}` is missing", help=advice, fix=fix)


def _without_version(root: nodes.Node) -> Fix | None:
    """The first line put in, unless it is there with a slip in it."""
    if (
        not isinstance(root, nodes.Mapping)
        or not root.entries
        or any(find_certain(key, ("coach",)) for key in root.names())
    ):
        return None
    first = root.entries[0].key.where
    return insert_line(first, "coach: 1") if root.where == first and first.column == 1 else None


def _place(root: nodes.Node, path: tuple[str | int, ...]) -> Location:
    """Where the last key of a path stands; a step that a shorthand left out is passed over."""
    node, where = root, root.where
    for step in path:
        if isinstance(node, nodes.Mapping) and (entry := node.entry(str(step))):
            node, where = entry.value, entry.key.where
        elif isinstance(node, nodes.Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            where = node.where
    return where

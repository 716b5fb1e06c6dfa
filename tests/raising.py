"""The codes of all problems that the coach can raise, as they stand in its source."""

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

PACKAGE = Path(__file__).parent.parent / "coach"
ROOMS = ("diagnostics", "yaml", "session", "blocks", "timeline", "advice", "services", "commands")

# The calls that take a code: as which argument, by place or by name, and how severe what they raise is.
_CALLS: dict[str, tuple[int | str, str]] = {
    "Problem": ("code", "error"),
    "ScalarError": (0, "error"),
    "fault": (1, "error"),
    "report": (1, "error"),
    "_stop": (1, "error"),
    "_problem": (1, "error"),
    "advice": (1, "advice"),
}
# Calls that only hand a code on, which is found where it comes from.
_HANDING_ON = {
    "session/base_model.py": {"report", "leaf", "validate"},
    "session/validation_errors.py": {"to_problems"},
    "session/inline_markup.py": {"_unknown_mark"},
    "yaml/nodes.py": {"_problem", "_stop"},
    "session/values/scalars.py": {"choose"},
    "session/lower.py": {"_problem"},
    "session/texts.py": {"_words"},
    "yaml/syntax_errors.py": {"explain_syntax_error"},
    "advice/plan_facts.py": {"advice"},
}
# Codes that are put together: the one reader of words among options makes `unknown-…` of what the word is.
_OPTIONS = "one_of"
_SOUNDS = ("tick", "bell", "breath", "bed")


@dataclass(frozen=True, kw_only=True, slots=True)
class Raised:
    """A code, how severe its problem is, and the line of our source that raises it."""

    code: str
    severity: str
    place: str


def raised() -> Iterator[Raised]:
    """Every code that is raised anywhere.

    Raises:
        AssertionError: a code is neither written out nor known to come from elsewhere.
    """
    for path in sorted(path for room in ROOMS for path in (PACKAGE / room).rglob("*.py")):
        module = path.relative_to(PACKAGE).as_posix()
        tree = ast.parse(path.read_text(encoding="utf-8"))
        for function, call in _calls(tree, ""):
            yield from _raised_by(module, function, call)
        if module == "yaml/syntax_errors.py":
            yield from _parser_faults(module)


def _calls(node: ast.AST, function: str) -> Iterator[tuple[str, ast.Call]]:
    """All calls, with the name of the function they stand in."""
    if isinstance(node, ast.FunctionDef):
        function = node.name
    if isinstance(node, ast.Call):
        yield function, node
    for child in ast.iter_child_nodes(node):
        yield from _calls(child, function)


def _raised_by(module: str, function: str, call: ast.Call) -> Iterator[Raised]:
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    place = f"coach/{module}:{call.lineno}"
    if name == _OPTIONS and function != _OPTIONS:
        yield from (Raised(code=code, severity="error", place=place) for code in _of_options(call.args[1]))
    if name not in _CALLS:
        return
    argument, severity = _CALLS[name]
    code = _argument(call, argument)
    if code is None or (module.startswith(("commands/", "services/")) and not isinstance(code, ast.Constant)):
        return
    if isinstance(code, ast.Constant) and isinstance(code.value, str):
        stated = [str(each.value) for each in [*call.args[2:], *_values(call)] if _is_severity(each)]
        yield Raised(code=code.value, severity=(*stated, severity)[0], place=place)
        return
    assert function in _HANDING_ON.get(module, ()), f"{place}: which code is this?"


def _argument(call: ast.Call, argument: int | str) -> ast.expr | None:
    if isinstance(argument, str):
        return next((keyword.value for keyword in call.keywords if keyword.arg == argument), None)
    return call.args[argument] if argument < len(call.args) else None


def _values(call: ast.Call) -> Iterator[ast.expr]:
    return (keyword.value for keyword in call.keywords)


def _is_severity(value: ast.expr) -> bool:
    return isinstance(value, ast.Constant) and value.value in ("error", "advice")


def _of_options(what: ast.expr) -> tuple[str, ...]:
    if isinstance(what, ast.Constant):
        return (f"unknown-{what.value}",)
    return tuple(f"unknown-{sound}-sound" for sound in _SOUNDS)


def _parser_faults(module: str) -> Iterator[Raised]:
    from coach.yaml import syntax_errors  # noqa: PLC0415 - its table holds the codes

    for code in {*(fault[1] for fault in syntax_errors._FAULTS), syntax_errors._UNKNOWN[0]}:
        yield Raised(code=code, severity="error", place=f"coach/{module}")

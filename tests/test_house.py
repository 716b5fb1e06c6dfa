"""The size and the names of modules, so that a newcomer finds their way by file names."""

import ast
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import pytest
from test_layers import MODULES, PACKAGE

# kinds of words: any length of words has three modules of its own; levels, beds, people 4; rest and walks 2; kokoro 4;
# values of the run 1; pronunciations and their alphabet 2; pictures of chapters 1; messages in her language 3; rules
# for dates 1; what numbers mean 1; sets of rules 1; abbreviations of each language 2; files to render and of runs,
# with their cells 3; a server for pages 4, and sessions sent to a phone by it 10; export of folders and feeds 6;
# workouts and the command line of files 5; commands that are declared when they are used 6;
# the number of processors 1; settings without their keys 1; syntax errors behind the first 1
MOST_MODULES = 313
MOST_LINES = 400
MOST_FUNCTION_LINES = 50
SHARED_NAMES = {"__init__", "__main__", "registry", "errors"}

Functions = ast.FunctionDef | ast.AsyncFunctionDef


def nodes(module: Path) -> Iterator[ast.AST]:
    return ast.walk(ast.parse(module.read_text(encoding="utf-8")))


def types_in(module: Path) -> Iterator[str]:
    """The public types that a module defines: its classes, and its aliases of types, which begin like classes."""
    for node in ast.parse(module.read_text(encoding="utf-8")).body:
        match node:
            case ast.ClassDef(name=name):
                yield name
            case ast.Assign(targets=[ast.Name(id=name)]) if name[0].isupper() and not name.isupper():
                yield name


def test_there_are_few_modules() -> None:
    assert len(MODULES) <= MOST_MODULES


def test_no_file_name_has_two_meanings() -> None:
    places = defaultdict(list)
    for module in MODULES:
        places[module.stem].append(module.relative_to(PACKAGE).as_posix())
    assert {name: found for name, found in places.items() if len(found) > 1 and name not in SHARED_NAMES} == {}


def test_no_type_name_has_two_meanings() -> None:
    places = defaultdict(list)
    for module in MODULES:
        for name in types_in(module):
            if not name.startswith("_"):
                places[name].append(module.relative_to(PACKAGE).as_posix())
    assert {name: found for name, found in places.items() if len(found) > 1} == {}


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_modules_and_functions_are_short(module: Path) -> None:
    assert len(module.read_text(encoding="utf-8").splitlines()) <= MOST_LINES
    lengths = {
        node.name: (node.end_lineno or node.lineno) - node.lineno + 1
        for node in nodes(module)
        if isinstance(node, Functions)
    }
    assert {name: lines for name, lines in lengths.items() if lines > MOST_FUNCTION_LINES} == {}

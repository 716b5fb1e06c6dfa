"""Imports go one way through the house, from the ground to the commands."""

import ast
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parent.parent / "coach"

GROUND = {"translation", "errors", "units", "processors", "utterance", "text", "storage"}
LANGUAGE = GROUND | {"diagnostics", "yaml", "session", "languages", "blocks"}
SOUND = GROUND | {"languages", "sounds", "voices"}
MAY_IMPORT = {
    "translation": set(),
    "errors": {"translation"},
    "units": set(),
    "processors": set(),
    "utterance": set(),
    "text": {"errors", "translation"},
    "storage": {"errors", "translation"},
    "diagnostics": GROUND,
    "yaml": GROUND | {"diagnostics"},
    "languages": GROUND,
    "session": GROUND | {"diagnostics", "yaml", "languages"},
    "blocks": GROUND | {"diagnostics", "session", "languages"},
    "timeline": LANGUAGE,
    "advice": LANGUAGE | {"timeline"},
    "sounds": GROUND,
    "voices": SOUND,
    "audio": SOUND | {"timeline"},
    "encoders": GROUND | {"languages", "sounds"},  # tags hold a language as its three letters
    "devices": GROUND | {"sounds"},
    "charts": GROUND | {"languages", "timeline"},
    "voice_recording": LANGUAGE | SOUND | {"timeline", "devices", "services"},
    "play": LANGUAGE | SOUND | {"timeline", "audio", "devices", "charts", "journal", "services"},
    "http": {"errors", "translation"},
    "watch": LANGUAGE | SOUND | {"timeline", "audio", "charts", "services", "http"},
    "send": LANGUAGE | SOUND | {"timeline", "audio", "encoders", "charts", "services", "http"},
    "journal": GROUND | {"languages", "charts"},
    "services": LANGUAGE | SOUND | {"timeline", "advice", "audio", "encoders", "charts", "journal"},
    "export": LANGUAGE | SOUND | {"timeline", "encoders", "charts", "services"},
    "commands": LANGUAGE
    | SOUND
    | {"timeline", "advice", "audio", "encoders", "devices", "charts"}
    | {"services", "voice_recording", "play", "watch", "send", "http", "journal", "export"},
    "cli": LANGUAGE | {"commands", "services"},
    "__main__": {"cli"},
}
MODULES = sorted(PACKAGE.rglob("*.py"))


def room_of(module: Path) -> str:
    return module.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imported(module: Path) -> set[str]:
    """The modules of ours that a module imports, anywhere in it, dotted."""
    tree = ast.parse(module.read_text(encoding="utf-8"))
    names: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            assert not node.level, f"{module}: relative imports hide the way they go"
            names |= {f"{node.module}.{alias.name}" for alias in node.names}
    return {name for name in names if name.startswith("coach.")}


def is_module(dotted: str) -> bool:
    path = PACKAGE.parent.joinpath(*dotted.split("."))
    return path.with_suffix(".py").is_file() or path.is_dir()


def module_of(dotted: str) -> str:
    return dotted if is_module(dotted) else dotted.rpartition(".")[0]


@pytest.mark.parametrize("module", MODULES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_room_imports_only_from_the_rooms_below_it(module: Path) -> None:
    room = room_of(module)
    if room == "__init__":
        assert imported(module) == set()
        return
    others = {name.split(".")[1] for name in imported(module)} - {room}
    assert others <= MAY_IMPORT[room], f"{room} must not know {sorted(others - MAY_IMPORT[room])}"


def test_every_room_has_its_place_in_the_order() -> None:
    assert {room_of(module) for module in MODULES} - {"__init__"} == set(MAY_IMPORT)


def test_no_imports_go_in_circles() -> None:
    edges = {
        ".".join(module.relative_to(PACKAGE.parent).with_suffix("").parts).removesuffix(".__init__"): {
            module_of(name) for name in imported(module)
        }
        for module in MODULES
    }
    done: set[str] = set()

    def visit(name: str, path: tuple[str, ...]) -> None:
        assert name not in path, " -> ".join([*path, name])
        if name in done:
            return
        for following in edges.get(name, set()) - {name}:
            visit(following, (*path, name))
        done.add(name)

    for name in edges:
        visit(name, ())

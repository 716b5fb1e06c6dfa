"""What is known while a file is read, and how a value is made from a node with its place kept."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, TypeVar, cast

from pydantic import ValidationInfo
from pydantic_core import PydanticCustomError

from coach.errors import Fix, Problem, Where
from coach.session import meant
from coach.session.nodes import Node, Scalar, Sequence
from coach.session.paths import beside
from coach.session.scalars import ScalarError, quoted
from coach.session.types import Text

ANY_LANGUAGE = ""

T = TypeVar("T")


@dataclass(kw_only=True, slots=True)
class Context:
    """What leaves must know of the file they stand in, and where they leave what they find.

    ``folder`` is where the file lies and ``root`` where the session does. ``used`` are the files being read, the
    session first; ``use`` reads another. ``texts`` gathers every text, those in one unnamed language under
    ``ANY_LANGUAGE``. ``named`` gathers every file that was named and may be read, whether it is there or not.
    """

    languages: tuple[str, ...]
    sounds: Mapping[str, tuple[str, ...]]
    values: tuple[str, ...]
    folder: Path
    root: Path
    used: tuple[Path, ...]
    use: "Callable[[Path, str, Context], tuple[Any, ...]]"
    file: str
    texts: list[Text] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    named: list[Path] = field(default_factory=list)

    def beside(self, written: str) -> Path:
        """The file that an author named, as `coach.session.paths.beside` finds it, with the same errors."""
        try:
            path = beside(written, folder=self.folder, root=self.root)
        except ScalarError as error:
            if error.code == "no-such-file":
                self.named.append(self.folder / written)
            raise
        self.named.append(path)
        return path

    def within(self, path: Path, written: str) -> "Context":
        """The context of a file that this one uses, which gathers into the same lists."""
        file = os.path.normpath(Path(self.file).parent / written)
        return replace(self, folder=path.parent, used=(*self.used, path), file=file)

    def report(self, where: Where, code: str, message: str, advice: str, fix: Fix | None = None) -> None:
        """Note a problem, and go on."""
        self.problems.append(Problem(where=where, code=code, message=message, help=advice, fix=fix))


def context_of(info: ValidationInfo) -> Context:
    """The context that pydantic hands through."""
    return cast(Context, info.context)


def fault(where: Where, code: str, message: str, advice: str, fix: Fix | None = None) -> PydanticCustomError:
    """An error for pydantic to gather, which carries our own place, words and fix."""
    return PydanticCustomError(code, "{message}", {"message": message, "help": advice, "where": where, "fix": fix})


def shape_of(node: Node) -> str:
    """What to call a node."""
    if isinstance(node, Scalar):
        return "nothing" if node.is_null else quoted(node.text)
    return "a list" if isinstance(node, Sequence) else "a mapping"


def scalar(node: Node, wanted: str) -> Scalar:
    """The node, which must hold a text."""
    if not isinstance(node, Scalar):
        raise fault(
            node.where, "wrong-shape", f"{wanted} is wanted here, not {shape_of(node)}", EXAMPLES.get(wanted, "")
        )
    if node.is_null:
        raise fault(node.where, "no-value", f"{wanted} is missing here", EXAMPLES.get(wanted, "leave the key out"))
    return node


def leaf(wanted: str, parse: Callable[[str], T]) -> Callable[[Node], T]:
    """Make a value from a node by a reader of texts, with the place of what is wrong."""

    def validate(node: Node) -> T:
        found = scalar(node, wanted)
        try:
            return parse(found.text)
        except ScalarError as error:
            where, fix = found.stretch(error.offset, error.length), meant.of_value(found, error, wanted, parse)
            raise fault(where, error.code, error.message, error.help, fix) from None

    return validate


def items(node: Node) -> tuple[Node, ...]:
    """The nodes of a list; a single one is a list of one."""
    if isinstance(node, Sequence):
        return node.items
    if isinstance(node, Scalar) and node.is_null:
        raise fault(node.where, "no-value", "a list is missing here", "write the items below it, each after `- `")
    return (node,)


EXAMPLES = {
    "a time": "write a time like 90s, 3m, 1m30s or 3:30",
    "a length": "write a time like 3m, or a span like 3m..8m",
    "a text": 'write a text, or one per language: {nl: "…", en: "…"}',
    "a cadence": "write steps per minute like 158, +6, -8, or 150 -> 160",
    "a breath": "write 3 in / 3 out, 3/2, or none",
    "on, off or a time": "write on, off, or how long, like 90s",
    "a sound": "write the name of a sound, a file, or none",
    "a file": "write the name of a file beside the session",
    "a pronunciation": 'write how it sounds, in quotes: "naai-mee-gen"',
    "the format": "write coach: 1",
    "a part": "write names, like [shoulders, jaw]",
    "a bell": "write start, end, both or none",
    "a level": "write essential, guide or extra",
    "a form": "write reset, long, intervals, mindful, trail or other",
    "a place": "write 30s, -20s or 40%",
    "a number": "write a number like 6",
    "a language": "write one like nl",
}

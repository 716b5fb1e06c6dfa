"""What is known while a file is read, and how a value is made from a node with its place kept."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar, Self, TypeVar, cast

from pydantic import BaseModel, ConfigDict, ModelWrapValidatorHandler, PrivateAttr, ValidationInfo, model_validator
from pydantic_core import PydanticCustomError

from coach.diagnostics.did_you_mean import did_you_mean
from coach.diagnostics.problem import Fix, Location, Problem
from coach.session import value_fixes
from coach.session.session import Text
from coach.session.values.file_path import resolve_beside
from coach.session.values.scalars import ScalarError
from coach.text.sanitize import quote
from coach.yaml import nodes
from coach.yaml.nodes import Node, Scalar, Sequence

ANY_LANGUAGE = ""

T = TypeVar("T")


@dataclass(kw_only=True, slots=True)
class ValidationContext:
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
    use: "Callable[[Path, str, ValidationContext], tuple[Any, ...]]"
    file: str
    texts: list[Text] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    named: list[Path] = field(default_factory=list)

    def beside(self, written: str) -> Path:
        """The file that an author named, as `resolve_beside` finds it, with the same errors."""
        try:
            path = resolve_beside(written, folder=self.folder, root=self.root)
        except ScalarError as error:
            if error.code == "no-such-file":
                self.named.append(self.folder / written)
            raise
        self.named.append(path)
        return path

    def within(self, path: Path, written: str) -> "ValidationContext":
        """The context of a file that this one uses, which gathers into the same lists."""
        file = os.path.normpath(Path(self.file).parent / written)
        return replace(self, folder=path.parent, used=(*self.used, path), file=file)

    def report(self, where: Location, code: str, message: str, advice: str, fix: Fix | None = None) -> None:
        """Note a problem, and go on."""
        self.problems.append(Problem.at(where, code, message, advice, fix))


def context_of(info: ValidationInfo) -> ValidationContext:
    """The context that pydantic hands through."""
    return cast(ValidationContext, info.context)


def fault(where: Location, code: str, message: str, advice: str, fix: Fix | None = None) -> PydanticCustomError:
    """An error for pydantic to gather, which carries our own place, words and fix."""
    return PydanticCustomError(code, "{message}", {"message": message, "help": advice, "where": where, "fix": fix})


def shape_of(node: Node) -> str:
    """What to call a node."""
    if isinstance(node, Scalar):
        return "nothing" if node.is_null else quote(node.text)
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
            where = found.stretch(error.offset, error.length)
            fix = value_fixes.of_value(found, error, wanted, parse)
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


class AuthoredModel(BaseModel):
    """A mapping in a session file, made from its node; unknown keys are reported, and then left out."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    hints: ClassVar[Mapping[str, str]] = {}
    _node: nodes.Mapping = PrivateAttr()

    @classmethod
    def shape(cls, node: nodes.Node, context: ValidationContext) -> nodes.Mapping:  # noqa: ARG003 - for the shorthands of others
        """The mapping that a node is, or is short for."""
        if isinstance(node, nodes.Mapping):
            return node
        keys = ", ".join(cls.known_keys())
        raise fault(
            node.where, "wrong-shape", f"a mapping is wanted here, not {shape_of(node)}", f"its keys are {keys}"
        )

    @classmethod
    def known_keys(cls) -> tuple[str, ...]:
        """The keys as authors write them."""
        return tuple(field.alias or name for name, field in cls.model_fields.items())

    @model_validator(mode="wrap")
    @classmethod
    def from_node(cls, node: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo) -> Self:  # noqa: ANN401 - pydantic's
        """Validate the values of a mapping's known keys."""
        if isinstance(node, dict):  # pydantic wraps a model that contains itself twice
            return handler(node)
        context = context_of(info)
        mapping = cls.shape(node, context)
        known = cls.known_keys()
        for key in (entry.key for entry in mapping.entries if entry.key.text not in known):
            hint = cls.hints.get(key.text)
            fix = None if hint else value_fixes.renamed(key, mapping, known)
            advice = hint or did_you_mean(key.text, known)
            context.report(key.where, "unknown-key", f"unknown key {quote(key.text)}", advice, fix)
        made = handler({entry.key.text: entry.value for entry in mapping.entries if entry.key.text in known})
        made._node = mapping  # noqa: SLF001 - its own, in a class method
        made.check(context)
        return made

    def check(self, context: ValidationContext) -> None:
        """Report what is wrong with keys that are right each by itself."""

    def place(self, key: str) -> Location:
        """Where the value of a key stands, or the mapping if it has no such key."""
        entry = self._node.entry(key)
        return entry.value.where if entry else self._node.where

    def key_place(self, key: str) -> Location:
        """Where a key stands, or the mapping if it has no such key."""
        entry = self._node.entry(key)
        return entry.key.where if entry else self._node.where


def wrapped(key: str, node: nodes.Node) -> nodes.Mapping:
    """A mapping with one key, for a node that is short for it."""
    return nodes.Mapping(entries=(nodes.make_entry(key, node),), where=node.where)

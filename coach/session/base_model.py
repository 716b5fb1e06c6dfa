"""Base model of what authors write: a mapping, or a value, validated from its YAML node with its place kept."""

import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, ClassVar, Self, TypeVar, cast

from pydantic import (
    BaseModel,
    ConfigDict,
    ModelWrapValidatorHandler,
    PrivateAttr,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from coach.diagnostics.did_you_mean import did_you_mean, find_certain
from coach.diagnostics.edits import insert_line
from coach.diagnostics.problem import Edit, Fix, Location, Problem
from coach.session.session import Text
from coach.session.values.file_path import resolve_beside
from coach.session.values.value_kind import ScalarError, Schema, ValueKind
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

    def resolve_file(self, written: str) -> Path:
        """Find the file that an author named, as `resolve_beside` does, with the same errors."""
        try:
            path = resolve_beside(written, folder=self.folder, root=self.root)
        except ScalarError as error:
            if error.code == "no-such-file":
                self.named.append(self.folder / written)
            raise
        self.named.append(path)
        return path

    def enter(self, path: Path, written: str) -> "ValidationContext":
        """The context of a file that this one uses, which gathers into the same lists."""
        file = os.path.normpath(Path(self.file).parent / written)
        return replace(self, folder=path.parent, used=(*self.used, path), file=file)

    def report(self, where: Location, code: str, message: str, advice: str, fix: Fix | None = None) -> None:
        """Note a problem, and go on."""
        self.problems.append(Problem.at(where, code, message, advice, fix))


def get_context(info: ValidationInfo) -> ValidationContext:
    """Get the context that pydantic hands through."""
    return cast(ValidationContext, info.context)


def make_error(where: Location, code: str, message: str, advice: str, fix: Fix | None = None) -> PydanticCustomError:
    """Make an error for pydantic to gather, which carries our own place, words and fix."""
    return PydanticCustomError(code, "{message}", {"message": message, "help": advice, "where": where, "fix": fix})


def describe_shape(node: Node) -> str:
    """What to call a node in a message."""
    if isinstance(node, Scalar):
        return "nothing" if node.is_null else quote(node.text)
    return "a list" if isinstance(node, Sequence) else "a mapping"


def require_scalar(node: Node, kind: ValueKind[Any]) -> Scalar:
    """The node, which must hold the text of a value."""
    if not isinstance(node, Scalar):
        message = f"expected {kind.name}, found {describe_shape(node)}"
        raise make_error(node.where, "wrong-shape", message, kind.advice)
    if node.is_null:
        raise make_error(node.where, "no-value", f"{kind.name} is missing here", kind.advice)
    return node


def read_value(node: Node, kind: ValueKind[T]) -> T:
    """Read a value of one kind from a node, with the place of what is wrong, and a fix where it is certain."""
    scalar = require_scalar(node, kind)
    try:
        return kind.parse(scalar.text)
    except ScalarError as error:
        fix = replace_text(scalar, error.instead)
        raise make_error(scalar.where, error.code, error.message, error.help, fix) from None


@dataclass(frozen=True, slots=True)
class Leaf:
    """Annotates a field of a model as a value of one kind.

    ``within`` makes the kind that reads it, where that depends on the file or on what the coach has; ``kind`` is then
    for editors alone. Without ``kind``, the schema is filled in where it is put together.
    """

    kind: ValueKind[Any] | None = None
    within: Callable[[ValidationContext], ValueKind[Any]] | None = None

    def __get_pydantic_core_schema__(self, _source: object, _handler: object) -> CoreSchema:
        return core_schema.with_info_plain_validator_function(self._read)

    def __get_pydantic_json_schema__(self, _schema: object, _handler: object) -> Schema:
        return {} if self.kind is None else self.kind.to_json_schema()

    def _read(self, node: Node, info: ValidationInfo) -> object:
        kind = self.kind if self.within is None else self.within(get_context(info))
        assert kind is not None  # noqa: S101 - one of the two is always given
        return read_value(node, kind)


def list_items(node: Node) -> tuple[Node, ...]:
    """The nodes of a list; a single one is a list of one."""
    if isinstance(node, Sequence):
        return node.items
    if isinstance(node, Scalar) and node.is_null:
        raise make_error(node.where, "no-value", "a list is missing here", "write the items below it, each after `- `")
    return (node,)


class AuthoredModel(BaseModel):
    """A mapping in a session file, made from its node; unknown keys are reported, and then left out."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    hints: ClassVar[Mapping[str, str]] = {}
    _node: nodes.Mapping = PrivateAttr()

    @classmethod
    def expand(cls, node: nodes.Node, context: ValidationContext) -> nodes.Mapping:  # noqa: ARG003 - for the shorthands of others
        """The mapping that a node is, or that it is a shorthand for."""
        if isinstance(node, nodes.Mapping):
            return node
        keys = ", ".join(cls.known_keys())
        raise make_error(
            node.where, "wrong-shape", f"expected a mapping, found {describe_shape(node)}", f"its keys are {keys}"
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
        context = get_context(info)
        mapping = cls.expand(node, context)
        known = cls.known_keys()
        for key in (entry.key for entry in mapping.entries if entry.key.text not in known):
            hint = cls.hints.get(key.text)
            fix = None if hint else rename_key(key, mapping, known)
            advice = hint or did_you_mean(key.text, known)
            context.report(key.where, "unknown-key", f"unknown key {quote(key.text)}", advice, fix)
        made = handler({entry.key.text: entry.value for entry in mapping.entries if entry.key.text in known})
        made._node = mapping  # noqa: SLF001 - its own, in a class method
        made.check(context)
        return made

    def check(self, context: ValidationContext) -> None:
        """Report what is wrong with keys that are right each by itself."""

    def locate(self, key: str) -> Location:
        """Where the value of a key stands, or the mapping if it has no such key."""
        entry = self._node.entry(key)
        return entry.value.where if entry else self._node.where

    def locate_key(self, key: str) -> Location:
        """Where a key stands, or the mapping if it has no such key."""
        entry = self._node.entry(key)
        return entry.key.where if entry else self._node.where


def wrap_in_key(key: str, node: nodes.Node) -> nodes.Mapping:
    """A mapping with one key, for a node that is a shorthand for it."""
    return nodes.Mapping(entries=(nodes.make_entry(key, node),), where=node.where)


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
        where = _locate(root, tuple(path))
        advice, fix = _MISSING.get(str(key), ""), _insert_version(root) if (*path, key) == ("coach",) else None
        yield Problem(where=where, code="missing-key", message=f"`{key}` is missing", help=advice, fix=fix)


def _insert_version(root: nodes.Node) -> Fix | None:
    """The first line put in, unless it is there with a slip in it."""
    if (
        not isinstance(root, nodes.Mapping)
        or not root.entries
        or any(find_certain(key, ("coach",)) for key in root.names())
    ):
        return None
    first = root.entries[0].key.where
    return insert_line(first, "coach: 1") if root.where == first and first.column == 1 else None


def _locate(root: nodes.Node, path: tuple[str | int, ...]) -> Location:
    """Where the last key of a path stands; a step that a shorthand left out is passed over."""
    node, where = root, root.where
    for step in path:
        if isinstance(node, nodes.Mapping) and (entry := node.entry(str(step))):
            node, where = entry.value, entry.key.where
        elif isinstance(node, nodes.Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            where = node.where
    return where


_SAFE = re.compile(r"[\w+][\w+.%/> -]*|-?[0-9][\w.]*|\[[\w.]*\]|\{\w*\}")


def replace_text(scalar: Scalar, meant: str, *, offset: int = 0, length: int | None = None) -> Fix | None:
    """A scalar, or a stretch of it, written as ``meant``; None where it does not stand in one line as it reads."""
    size = len(scalar.text) if length is None else length
    if not meant or scalar.text_column is None or not size or not _SAFE.fullmatch(meant):
        return None
    title = f"write {quote(meant)} for {quote(scalar.text[offset : offset + size])}"
    return Fix(title=title, edits=(Edit(where=scalar.stretch(offset, size), text=meant),))


def rename_key(key: Scalar, mapping: nodes.Mapping, names: Iterable[str]) -> Fix | None:
    """A key written as the name it certainly should be, unless that or another slip for it stands in the mapping."""
    known = tuple(names)
    meant = find_certain(key.text, known)
    rivals = [name for name in mapping.names() if name != key.text and find_certain(name, known) == meant]
    return replace_text(key, meant) if meant and not rivals else None


def write_as_list(scalar: Scalar) -> Fix | None:
    """Words with commas between them, written as a list."""
    words = [word.strip() for word in scalar.text.split(",")]
    if scalar.text_column is None or not all(re.fullmatch(r"[\w-]+", word) for word in words):
        return None
    listed = f"[{', '.join(words)}]"
    return Fix(title=f"write {quote(listed)} for {quote(scalar.text)}", edits=(Edit(where=scalar.where, text=listed),))


def quote_text(node: nodes.Mapping, text: str) -> Fix | None:
    """A text that YAML takes for a mapping in quotes, where it stands just so."""
    if node.where.end_column - node.where.column != len(text) or not _SAFE.fullmatch(text):
        return None
    return Fix(title=f"put quotes around {quote(text)}", edits=(Edit(where=node.where, text=f'"{text}"'),))


def write_as_entry(scalar: Scalar, key: str, value: str) -> Fix | None:
    """A key that lacks its colon, and a length perhaps, with one."""
    if scalar.text_column is None or scalar.quoted or not re.fullmatch(r"(?:[0-9][0-9hms.]*)?", value):
        return None
    entry = f"{key}: {value}".rstrip()
    return Fix(title=f"write {quote(entry)} for {quote(scalar.text)}", edits=(Edit(where=scalar.where, text=entry),))

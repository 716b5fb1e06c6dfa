"""Base model of what authors write: each mapping and value is validated from its YAML node, and keeps its location."""

import os
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from itertools import islice
from pathlib import Path
from typing import Any, ClassVar, Self, TypeVar, cast, get_args

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

from coach.diagnostics.did_you_mean import find_certain
from coach.diagnostics.edits import insert_line
from coach.diagnostics.problem import Edit, Fix, Location, Problem
from coach.languages import find_synonyms
from coach.session.session import Text
from coach.session.values.file_path import resolve_beside
from coach.session.values.value_kind import ScalarError, Schema, ValueKind, find_meant, suggest
from coach.text.sanitize import quote
from coach.translation import _, mark_message
from coach.yaml import nodes
from coach.yaml.character_names import INVISIBLE, SPACES, name_written
from coach.yaml.nodes import Node, Scalar, Sequence
from coach.yaml.pasted_characters import find_odd, name_odd, to_plain

ANY_LANGUAGE = ""

MOST_EXPLAINED = 1_000  # unknown keys of a mapping, and problems of a file

T = TypeVar("T")


@dataclass(kw_only=True, slots=True)
class ValidationContext:
    """What the validation of a file needs to know, and what it collects.

    ``folder`` is the file's folder and ``root`` the session's. ``used`` are the files being read, the session first;
    ``use`` reads the blocks of another, ``open`` its nodes, None where it has errors, with its context. ``texts``
    collects every text, with ``ANY_LANGUAGE`` as the language of those that name none; ``named`` every file that was
    named and may be read, whether it exists or not.
    """

    languages: tuple[str, ...]
    sounds: Mapping[str, tuple[str, ...]]
    values: tuple[str, ...]
    folder: Path
    root: Path
    used: tuple[Path, ...]
    use: "Callable[[Path, str, ValidationContext], tuple[Any, ...]]"
    open: "Callable[[Path, str, ValidationContext], tuple[Node | None, ValidationContext]]"
    file: str
    texts: list[Text] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    named: list[Path] = field(default_factory=list)

    def resolve_file(self, written: str) -> Path:
        """Find the file that an author named. It raises what `resolve_beside` raises."""
        try:
            path = resolve_beside(written, folder=self.folder, root=self.root)
        except ScalarError as error:
            if error.code == "no-such-file":
                self.named.append(self.folder / written)
            raise
        self.named.append(path)
        return path

    def enter(self, path: Path, written: str) -> "ValidationContext":
        """Make the context of a file that this one uses; it collects into the same lists."""
        file = os.path.normpath(Path(self.file).parent / written)
        return replace(self, folder=path.parent, used=(*self.used, path), file=file)

    def report(self, location: Location, code: str, message: str, advice: str, fix: Fix | None = None) -> None:
        """Record a problem and continue."""
        self.problems.append(Problem.at(location, code, message, advice, fix))


def get_context(info: ValidationInfo) -> ValidationContext:
    """Get the context that pydantic passes along."""
    return cast(ValidationContext, info.context)


def make_error(location: Location, code: str, message: str, advice: str, fix: Fix | None = None) -> PydanticCustomError:
    """Make an error for pydantic to collect, with our own location, message and fix."""
    return PydanticCustomError(
        code, "{message}", {"message": message, "help": advice, "location": location, "fix": fix}
    )


def describe_shape(node: Node) -> str:
    """Describe a node for a message."""
    if not isinstance(node, Scalar):
        return _("a list") if isinstance(node, Sequence) else _("a mapping")
    return _("nothing") if node.is_null else quote(node.text)


def require_scalar(node: Node, kind: ValueKind[Any]) -> Scalar:
    """Return the node as a scalar, or raise an error if it is not one or is empty."""
    if not isinstance(node, Scalar):
        message = _("expected {kind}, found {shape}", kind=kind.describe_name(), shape=describe_shape(node))
        raise make_error(node.location, "wrong-shape", message, kind.describe_advice())
    if node.is_null:
        message = _("{kind} is missing here", kind=kind.describe_name())
        raise make_error(node.location, "no-value", message, kind.describe_advice())
    return node


def read_value(node: Node, kind: ValueKind[T]) -> T:
    """Read a value of one kind from a node. An error has its location, and a fix where that is certain."""
    scalar = require_scalar(node, kind)
    try:
        return kind.parse(scalar.text)
    except ScalarError as error:
        fix = replace_text(scalar, error.instead)
        odd = find_odd(scalar.text)
        if odd and _is_valid(to_plain(scalar.text), kind):
            raise _explain_odd(scalar, odd) from None
        message = f"{error.message}{name_odd(scalar.text)}"
        raise make_error(scalar.location, error.code, message, error.help, fix) from None


def _is_certain(text: str, kind: ValueKind[Any]) -> bool:
    """Return whether a text is a value of a kind, or certainly stands for one."""
    try:
        kind.parse(text)
    except ScalarError as error:
        return bool(error.instead)
    return True


def _is_valid(text: str, kind: ValueKind[Any]) -> bool:
    try:
        kind.parse(text)
    except ScalarError:
        return False
    return True


def _explain_odd(scalar: Scalar, odd: re.Match[str]) -> PydanticCustomError:
    """Explain a value that would be valid without the spaces or quotes of a word processor in it."""
    code = "odd-space" if odd[0][0] in SPACES else "control-character" if odd[0][0] in INVISIBLE else "curly-quote"
    plain = to_plain(scalar.text)
    message = _("{signs} does not belong in a value", signs=name_written(odd[0][0], len(odd[0])))
    location = scalar.locate(odd.start(), len(odd[0]))
    return make_error(location, code, message, _("write {text}", text=plain), replace_text(scalar, plain))


@dataclass(frozen=True, slots=True)
class Leaf:
    """Annotates a field of a model as a value of one kind.

    ``within`` makes the kind that reads the value, where that depends on the file or on the installed sounds and
    languages; ``kind`` is then only for the schema. Without ``kind``, `build_schema` fills the schema in.
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
    """List the items of a node; a single node is a list of one."""
    if isinstance(node, Scalar) and node.is_null:
        advice = _("write the items below it, each after `- `")
        raise make_error(node.location, "no-value", _("a list is missing here"), advice)
    return node.items if isinstance(node, Sequence) else (node,)


class AuthoredModel(BaseModel):
    """A mapping in a session file, validated from its node. Unknown keys are reported, then ignored."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    hints: ClassVar[Mapping[str, str]] = {}
    _node: nodes.Mapping = PrivateAttr()

    @classmethod
    def expand(cls, node: nodes.Node, context: ValidationContext) -> nodes.Mapping:  # noqa: ARG003 - for the shorthands of others
        """Return the mapping that a node is, or is a shorthand for."""
        if isinstance(node, nodes.Mapping):
            return node
        fix = _join_items(node, cls.list_known_keys()) if isinstance(node, Sequence) else None
        advice = _("write settings without dashes, or between { and }")
        if not fix:
            advice = _("its keys are {keys}", keys=", ".join(cls.list_known_keys()))
        message = _("expected a mapping, found {shape}", shape=describe_shape(node))
        raise make_error(node.location, "wrong-shape", message, advice, fix)

    @classmethod
    def list_known_keys(cls) -> tuple[str, ...]:
        """List the keys as authors write them."""
        return tuple(field.alias or name for name, field in cls.model_fields.items())

    @model_validator(mode="wrap")
    @classmethod
    def from_node(cls, node: Any, handler: ModelWrapValidatorHandler[Self], info: ValidationInfo) -> Self:  # noqa: ANN401 - pydantic's
        """Validate the values of a mapping's known keys."""
        if isinstance(node, dict):  # pydantic wraps a model that contains itself twice
            return handler(node)
        context = get_context(info)
        mapping = cls.expand(node, context)
        known = cls.list_known_keys()
        unknown = [entry.key for entry in mapping.entries if entry.key.text not in known]
        renames = rename_keys(mapping, known) if unknown else {}
        for key in unknown:
            if len(context.problems) > MOST_EXPLAINED:
                context.report(key.location, "unknown-key", _("unknown key {key}", key=quote(key.text)), "")
                continue
            name, _colon, rest = key.text.partition(":")
            bare, _space, value = key.text.partition(" ")
            spaced = _("put a space after the colon: {key}: {value}", key=name, value=rest[:40])
            spaced = spaced if rest and name in known else ""
            if value and bare in known:
                spaced = _("put a colon after `{key}`: {key}: {value}", key=bare, value=value[:40])
            if " " in key.text and key.location.column == 1 and not spaced:
                spaced = _("if it is no part of the session, delete this line or put `# ` before it")
            rename = renames.get(key.text)
            meant = () if rename or key.text in cls.hints else find_synonyms(key.text, tuple(cls.hints))
            named = next(iter(meant), key.text)
            hint = spaced or _(cls.hints.get(named, ""), key=named)
            rename = rename if rename and cls._suits(mapping, key.text, rename.edits[0].text) else None
            fix = insert_colon(key) if value and bare in known else None if hint else rename
            advice = hint or suggest(key.text, known)
            context.report(key.location, "unknown-key", _("unknown key {key}", key=quote(key.text)), advice, fix)
        made = handler({entry.key.text: entry.value for entry in mapping.entries if entry.key.text in known})
        made._node = mapping  # noqa: SLF001 - its own, in a class method
        made.check(context)
        return made

    @classmethod
    def _suits(cls, mapping: nodes.Mapping, written: str, meant: str) -> bool:
        """Return whether a key that is not quite known has a value of the key that was meant; else it may be a word."""
        entry = mapping.find_entry(written)
        field = next((each for name, each in cls.model_fields.items() if (each.alias or name) == meant), None)
        if field is None or entry is None or not isinstance(entry.value, Scalar) or find_synonyms(written, (meant,)):
            return True
        optional = (mark for each in get_args(field.annotation) for mark in getattr(each, "__metadata__", ()))
        kinds = [mark.kind for mark in (*field.metadata, *optional) if isinstance(mark, Leaf) and mark.kind]
        return all(_is_certain(entry.value.text, kind) for kind in kinds)

    def check(self, context: ValidationContext) -> None:
        """Report keys that are valid alone, but not together."""

    def locate(self, key: str) -> Location:
        """Locate the value of a key, or the mapping if it has no such key."""
        entry = self._node.find_entry(key)
        return entry.value.location if entry else self._node.location

    def locate_key(self, key: str) -> Location:
        """Locate a key, or the mapping if it has no such key."""
        entry = self._node.find_entry(key)
        return entry.key.location if entry else self._node.location


def wrap_in_key(key: str, node: nodes.Node) -> nodes.Mapping:
    """Make the mapping with one key that a node is a shorthand for."""
    return nodes.Mapping(entries=(nodes.make_entry(key, node),), location=node.location)


_MISSING: Mapping[str, str] = {
    "coach": mark_message("begin the file with `coach: 1`"),
    "title": mark_message("add `title: …`"),
    "blocks": mark_message("add `blocks:`, and under it items like `- easy: 5m`"),
    "times": mark_message("add `times: 2`"),
    "text": mark_message("add `text: …`; with a clip it is for captions"),
}


def to_problems(error: ValidationError, root: nodes.Node) -> Iterator[Problem]:
    """Turn each error that pydantic found in a tree of nodes into a problem."""
    for found in error.errors(include_url=False, include_input=False):
        context = found.get("ctx", {})
        if "location" in context:
            what = {name: context[name] for name in ("location", "message", "help", "fix")}
            yield Problem(code=found["type"], **what)
            continue
        *path, key = found["loc"]
        *_above, (node, location) = _follow(root, tuple(path))
        if isinstance(node, nodes.Mapping) and any(find_meant(name, (str(key),)) for name in node.list_names()):
            continue  # it is there by another name, which is reported
        advice, fix = _(_MISSING.get(str(key), "")), _insert_version(root) if (*path, key) == ("coach",) else None
        yield Problem.at(location, "missing-key", _("`{key}` is missing", key=key), advice, fix)


def _insert_version(root: nodes.Node) -> Fix | None:
    """Insert the line `coach: 1`, unless the key is there with a typo."""
    if (
        not isinstance(root, nodes.Mapping)
        or not root.entries
        or any(find_certain(key, ("coach",)) for key in root.list_names())
    ):
        return None
    first = root.entries[0].key.location
    return insert_line(first, "coach: 1") if root.location == first and first.column == 1 else None


def _follow(root: nodes.Node, path: tuple[str | int, ...]) -> Iterator[tuple[Node, Location]]:
    """Yield the nodes along a path, each with the location of its key; a step that a shorthand left out is skipped."""
    node, location = root, root.location
    yield node, location
    for step in path:
        if isinstance(node, nodes.Mapping) and (entry := node.find_entry(str(step))):
            node, location = entry.value, entry.key.location
        elif isinstance(node, nodes.Sequence) and isinstance(step, int) and step < len(node.items):
            node = node.items[step]
            location = node.location
        yield node, location


_FIRST_WORD = re.compile(r"(?P<word>[^\W\d][\w-]*)\s*(?P<sign>->|=>|→|:=|=|[;:–—]|-(?=\s)|(?<=\s))\s*(?=\S*\w)")
_SAFE = re.compile(r"[\w+][\w+.%/> -]*|-?[0-9][\w.]*|\[[\w.]*\]|\{\w*\}")


def replace_text(scalar: Scalar, meant: str, *, offset: int = 0, length: int | None = None) -> Fix | None:
    """Replace a scalar, or a part of it, by ``meant``; None where it spans lines or is escaped."""
    size = len(scalar.text) if length is None else length
    if not meant or scalar.text_column is None or not size or not _SAFE.fullmatch(meant):
        return None
    title = _("write {meant} for {written}", meant=quote(meant), written=quote(scalar.text[offset : offset + size]))
    return Fix(title=title, edits=(Edit(location=scalar.locate(offset, size), text=meant),))


def rename_keys(mapping: nodes.Mapping, names: Iterable[str]) -> Mapping[str, Fix | None]:
    """Rename each key to the name that was certainly meant, unless the mapping has that name or another typo of it."""
    known = tuple(names)
    keys = {entry.key.text: entry.key for entry in mapping.entries}
    meant = {text: find_meant(text, known) for text in islice(keys, MOST_EXPLAINED)}
    times = Counter(meant.values())
    return {text: replace_text(keys[text], name) for text, name in meant.items() if name and times[name] == 1}


def quote_text(node: nodes.Mapping, text: str) -> Fix | None:
    """Put a text that YAML takes for a mapping in quotes, where it is written exactly so."""
    if node.location.end_column - node.location.column != len(text) or not _SAFE.fullmatch(text):
        return None
    title = _("put quotes around {text}", text=quote(text))
    return Fix(title=title, edits=(Edit(location=node.location, text=f'"{text}"'),))


def _join_items(node: Sequence, known: Iterable[str]) -> Fix | None:
    """Write spaces for the dashes of a list, if it makes one mapping with known keys."""
    items = [item for item in node.items if isinstance(item, nodes.Mapping)]
    names = [name for item in items for name in item.list_names()]
    firsts = [item.entries[0].key.location for item in items if item.entries]
    level = {(first.column, first.line) for first in firsts}
    if len(level) < len(node.items) or len(set(names)) < len(names) or not set(names) <= set(known):
        return None
    start, end = node.location.column, node.location.end_column
    if end - start > 1 and {first.line for first in firsts} == {node.location.line}:
        sides = (replace(node.location, end_column=start + 1), replace(node.location, column=end - 1))
        braces = tuple(Edit(location=side, text=text) for side, text in zip(sides, "{}", strict=True))
        return Fix(title=_("write braces around the settings"), edits=braces)
    if {first.column for first in firsts} != {start + 2}:
        return None
    edits = (replace(first, column=first.column - 2, end_column=first.column - 1) for first in firsts)
    return Fix(title=_("write settings without dashes"), edits=tuple(Edit(location=each, text=" ") for each in edits))


def insert_colon(scalar: Scalar) -> Fix | None:
    """Put a colon after the first word of a text, in place of the sign that stands there."""
    if scalar.text_column is None or scalar.quoted:
        return None
    found = _FIRST_WORD.match(scalar.text)
    word, end = (found["word"], found.end()) if found else (scalar.text, len(scalar.text))
    column, colon = scalar.text_column + len(word), ": " if found else ":"
    edit = Edit(location=replace(scalar.location, column=column, end_column=scalar.text_column + end), text=colon)
    return Fix(title=_("put a colon after {key}", key=quote(word)), edits=(edit,))


def find_bare_key(text: str, known: Iterable[str]) -> tuple[str, str, str] | None:
    """Find a known key that a text begins with, the sign between it and its value, and the value; None without one."""
    found = _FIRST_WORD.match(text)
    return (found["word"], found["sign"], text[found.end() :]) if found and found["word"] in set(known) else None

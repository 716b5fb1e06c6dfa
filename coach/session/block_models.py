"""Block models: one model with a field for each kind of block, of which an author sets exactly one."""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import Annotated, Any, ForwardRef

from pydantic import BeforeValidator, Field, PlainValidator, PrivateAttr, ValidationInfo, WithJsonSchema, create_model

from coach.diagnostics import edits
from coach.diagnostics.problem import Edit, Fix, Location
from coach.errors import CoachError
from coach.session import base_model
from coach.session.bare_settings import PartList
from coach.session.base_model import (
    AuthoredModel,
    Leaf,
    ValidationContext,
    describe_shape,
    get_context,
    make_error,
    read_value,
    require_scalar,
)
from coach.session.file_model import BlockFileModel, BlockSettings, SaySettings, SessionFileModel
from coach.session.session import KindSyntax, Times
from coach.session.values.duration import SPAN
from coach.session.values.file_path import FILE_PATH, FilePath
from coach.session.values.value_kind import find_meant, suggest
from coach.session.values.whole_number import TIMES
from coach.session.values.word_choice import make_part_choice
from coach.text.sanitize import quote
from coach.translation import _, mark_message
from coach.units import is_length
from coach.yaml import nodes

MOST_BLOCKS = 2_000
DEEPEST_USE = 10


class BlockModel(AuthoredModel):
    """A block: a mapping with one key, its kind."""

    _count: int = PrivateAttr(default=1)

    @classmethod
    def expand(cls, node: nodes.Node, context: ValidationContext) -> nodes.Mapping:  # noqa: ARG003 - as in all models
        """Require exactly one kind, and a known one."""
        if isinstance(node, nodes.Scalar):
            cls._explain_bare_kind(node)
        if not isinstance(node, nodes.Mapping) or not node.entries:
            advice = _("write its kind and its length, like - silence: 3m")
            message = _("expected a block, found {shape}", shape=describe_shape(node))
            raise make_error(node.location, "wrong-shape", message, advice)
        kind = node.entries[0].key
        if kind.text not in cls.list_known_keys():
            setting = kind.text in BlockSettings.list_known_keys()
            meant = None if setting else find_meant(kind.text, cls.list_known_keys())
            fix = _move_length(node, cls.list_known_keys()) or base_model.replace_text(kind, meant or "")
            bare = base_model.find_bare_key(kind.text, ("say",))
            if bare:
                message = _("`say` has no colon behind it")
                advice = _("write {text}", text=f'- say: "{bare[2][:40]}: …"')
                raise make_error(kind.location, "no-colon", message, advice)
            message = _("unknown kind of block {kind}", kind=quote(kind.text))
            advice = cls._advise_rewriting(node) or cls._advise(kind.text)
            raise make_error(kind.location, "unknown-kind", message, advice, fix)
        if len(node.entries) > 1:
            raise cls._explain_second_key(node)
        return node

    @classmethod
    def _explain_bare_kind(cls, node: nodes.Scalar) -> None:
        """Explain a kind without a colon, or with another sign in its place."""
        kinds = cls.list_known_keys()
        other = _KIND_BEFORE_LENGTH.fullmatch(node.text)
        meant = find_meant(other["kind"], kinds) if other and other["kind"] not in kinds else None
        if other and meant and is_length(other["length"]):
            edit = Edit(location=node.locate(0, other.start("length")), text=f"{meant}: ")
            title = _("write {meant} for {written}", meant=quote(f"{meant}: "), written=quote(other["kind"]))
            fix = Fix(title=title, edits=(edit,))
            message = _("{text} is no block yet", text=quote(node.text))
            advice = _("write {text}", text=f"- {meant}: {other['length']}")
            raise make_error(node.location, "no-colon", message, advice, fix if node.text_column else None)
        bare = base_model.find_bare_key(node.text, kinds)
        if bare is None and node.text not in kinds:
            return
        name, sign, value = bare or (node.text, "", "")
        message = _("{text} lacks a colon and a space", text=quote(node.text))
        if value and name not in ("say", "use", "repeat") and SPAN.correct(value) is None:
            template = mark_message(
                "write its length behind a colon, as in - {name}: 3m, or - {name}: and each setting below it"
            )
            advice = _(template, name=name)
            raise make_error(node.location, "no-colon", message, advice)
        if sign.strip(":"):
            message = _("{sign} stands where the colon of {name} belongs", sign=quote(sign), name=quote(name))
        advice = _("write {text}", text=f"- {name}: {value[:40]}".rstrip())
        raise make_error(node.location, "no-colon", message, advice, base_model.insert_colon(node))

    @classmethod
    def _advise_rewriting(cls, node: nodes.Mapping) -> str | None:
        """Say how to write a block whose kind is a value, as in `type: easy`, or whose key holds a number, too."""
        key, value = node.entries[0].key, node.entries[0].value
        settings = BlockSettings.list_known_keys()
        for entry in node.entries:
            written = entry.value.text if isinstance(entry.value, nodes.Scalar) else ""
            kind = find_meant(written, cls.list_known_keys()) if entry.key.text not in (*settings, "text") else None
            if kind:
                rest = [find_meant(name, settings) or name for name in node.list_names() if name != entry.key.text]
                if not rest:
                    return _("the kind is the key: write `- {kind}:`", kind=kind)
                template = mark_message(
                    "the kind is the key: write `- {kind}:`; under it, two spaces further in, {settings}"
                )
                return _(template, kind=kind, settings=", ".join(f"`{name}: …`" for name in rest))
        listed = isinstance(value, nodes.Sequence)
        times = _TIMES.fullmatch(key.text)
        if times and listed:
            template = mark_message(
                "write `- repeat:`; under it `times: {count}` and `blocks:`, and these blocks under that"
            )
            return _(template, count=times[1])
        found = _KIND_AND_LENGTH.fullmatch(key.text)
        if found is None or found["kind"] not in cls.list_known_keys():
            return None
        if isinstance(value, nodes.Scalar) and value.is_null:
            return _("write {text}", text=f"- {found['kind']}: {found['length']}")
        template = mark_message("write `- {kind}:`, and under it `lasts: {length}`")
        if listed:
            template = mark_message(
                "write `- {kind}:`, and under it `lasts: {length}` and `say:`, and this list under that"
            )
        return _(template, kind=found["kind"], length=found["length"])

    @classmethod
    def _advise(cls, written: str) -> str:
        if written in BlockSettings.list_known_keys():
            return _("write the kind first, then `{key}` under it: - easy: {{{key}: …}}", key=written)
        return suggest(written, cls.list_known_keys())

    @classmethod
    def _explain_second_key(cls, node: nodes.Mapping) -> Exception:
        kind, extra = node.entries[0].key.text, node.entries[1].key
        if extra.text in cls.list_known_keys() and extra.text != "say":
            message = _("a block has one kind, and {kind} is a second", kind=quote(extra.text))
            fix = _write_further_dashes(node, cls.list_known_keys())
            advice = _("begin a new block: - {kind}:", kind=extra.text)
            return make_error(extra.location, "two-kinds", message, advice, fix)
        message = _("{key} must be indented under {kind}", key=quote(extra.text), kind=quote(kind))
        advice, value = _("indent it two spaces more than '{kind}'", kind=kind), node.entries[0].value
        if isinstance(value, nodes.Scalar) and value.text:
            name = "times" if kind == "repeat" else "lasts"
            length = SPAN.correct(value.text) or value.text[:40]
            meant = find_meant(extra.text, BlockSettings.list_known_keys()) or extra.text
            template = mark_message("write `{name}: {length}` and `{key}: …` under '{kind}', two spaces further in")
            if meant == "say":
                template = mark_message(
                    "write `{name}: {length}` and `{key}: …` under '{kind}', two spaces further in; or `- say: …` on "
                    "its line, if the words are a block of their own"
                )
            advice = _(template, name=name, length=length, key=meant, kind=kind)
        return make_error(extra.location, "two-kinds", message, advice, _move_under(node, cls.list_known_keys()))

    def check(self, context: ValidationContext) -> None:  # noqa: ARG002 - as in all checks
        """Count the blocks that this one expands to."""
        inside = self.content
        if isinstance(inside, RepeatModel):
            self._count = inside.times.most * count_blocks(inside.blocks)
        elif isinstance(inside, UsedBlocks):
            self._count = count_blocks(inside.blocks)

    @property
    def kind(self) -> str:
        """The kind as written."""
        return self._node.entries[0].key.text

    @property
    def content(self) -> "BlockSettings | RepeatModel | UsedBlocks":
        """The settings under the kind."""
        return next(value for name in type(self).model_fields if (value := getattr(self, name)) is not None)  # type: ignore[no-any-return] # create_model's fields

    @property
    def count(self) -> int:
        """How many blocks it expands to."""
        return self._count

    @property
    def location(self) -> Location:
        """The location of the kind."""
        return self._node.entries[0].key.location


_TIMES = re.compile(r"(?i:(?:repeat|herhaal) +)?([0-9]{1,4}) ?(?i:x|×|times|keer|maal)?")
_KIND_BEFORE_LENGTH = re.compile(r"(?P<kind>[^\W\d][\w-]*(?: [^\W\d][\w-]*){0,2}) +(?P<length>[0-9].*)")

_KIND_AND_LENGTH = re.compile(r"(?P<kind>[a-z][a-z-]*) (?P<length>[0-9][0-9hms.:]*)")


def _move_length(node: nodes.Mapping, kinds: Iterable[str]) -> Fix | None:
    """Move the length that is written before the colon of a kind to where it belongs, if none is there."""
    entry = node.entries[0]
    key, value = entry.key, entry.value
    found = _KIND_AND_LENGTH.fullmatch(key.text)
    if found is None or found["kind"] not in kinds or key.text_column is None or key.quoted or len(node.entries) > 1:
        return None
    kind, length = found["kind"], found["length"]
    title = _("write {text} after the colon", text=quote(length))
    if isinstance(value, nodes.Scalar) and value.is_null and not value.text:
        place = replace(key.location, end_column=key.location.end_column + 1)
        return Fix(title=title, edits=(Edit(location=place, text=f"{kind}: {length}"),))
    if not isinstance(value, nodes.Mapping) or not value.entries or value.find_entry("lasts"):
        return None
    first = value.entries[0].key.location
    lasts = f"lasts: {length}, "
    if first.line > key.location.line:
        lasts = f"lasts: {length}\n{' ' * (first.column - 1)}"
    rename = Edit(location=key.location, text=kind)
    return Fix(title=title, edits=(rename, Edit(location=replace(first, end_column=first.column), text=lasts)))


def _move_under(node: nodes.Mapping, kinds: Iterable[str]) -> Fix | None:
    """Indent the settings that are level with a kind, where nothing is under it yet; the first must be a known one."""
    kind, *settings = node.entries
    empty = isinstance(kind.value, nodes.Scalar) and not kind.value.text and not kind.value.quoted
    last = nodes.find_last_line(settings[-1].value)
    first = settings[0].key.location
    if not empty or last is None or first.column != kind.key.location.column or first.line == kind.key.location.line:
        return None
    known = (*BlockSettings.list_known_keys(), "times", "blocks")
    further = [kind for kind in kinds if kind not in known]
    if not find_meant(settings[0].key.text, known) or any(find_meant(each.key.text, further) for each in settings):
        return None
    title = _("indent the settings of {kind}", kind=quote(kind.key.text))
    return edits.indent_lines(first, range(first.line, last + 1), 2, title)


def _list_written(node: nodes.Mapping) -> list[nodes.Entry]:
    """List the entries of a mapping in the order in which they are written, with those that repeat a key."""
    return sorted((*node.entries, *node.repeats), key=lambda entry: entry.key.location)


def _write_further_dashes(node: nodes.Mapping, kinds: Iterable[str]) -> Fix | None:
    """Write a dash before each kind that is level with the first of a block, in place of two of its spaces."""
    places = [entry.key.location for entry in _list_written(node)[1:]]
    names = {entry.key.text for entry in _list_written(node)}
    column = node.entries[0].key.location.column
    if "say" in names or not names <= set(kinds) or {place.column for place in places} != {column}:
        return None
    dashes = tuple(replace(place, column=column - 2, end_column=column) for place in places)
    if len({node.location.line, *(place.line for place in places)}) <= len(places):
        return None
    return Fix(title=_("begin each block with a dash"), edits=tuple(Edit(location=each, text="- ") for each in dashes))


def count_blocks(blocks: tuple[BlockModel, ...]) -> int:
    """Count the blocks that these expand to."""
    return sum(block.count for block in blocks)


class RepeatModel(AuthoredModel):
    """Blocks that are repeated a number of times."""

    times: Annotated[Times, Leaf(TIMES)] = Field(
        description="How many times all of its blocks are done, from 1; or `3..10`, so that the session can reach its"
        " length."
    )
    blocks: tuple[Any, ...]

    def check(self, context: ValidationContext) -> None:  # noqa: ARG002 - as in all checks
        """Refuse more blocks than can be planned, without expanding them."""
        if self.times.most * count_blocks(self.blocks) > MOST_BLOCKS:
            message = _("this makes more than {most:,} blocks", most=MOST_BLOCKS)
            raise make_error(self.locate("times"), "too-many-blocks", message, _("repeat fewer times"))


@dataclass(frozen=True, kw_only=True, slots=True)
class UsedBlocks:
    """The blocks of another file."""

    blocks: tuple[BlockModel, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class SessionModels:
    """The file models for one set of kinds of block."""

    file: type[SessionFileModel]
    blocks: type[BlockFileModel]


def build_models(kinds: Mapping[str, KindSyntax]) -> SessionModels:
    """Build the file models for these kinds of block."""
    return _build_models(tuple(kinds.values()))


@lru_cache(maxsize=4)
def _build_models(kinds: tuple[KindSyntax, ...]) -> SessionModels:
    repeat = create_model("Repeat", __base__=RepeatModel, blocks=_declare_blocks(ForwardRef("KnownBlock")))
    fields: dict[str, Any] = {
        f"kind_{number}": _declare_kind(kind.name, _build_settings(kind)) for number, kind in enumerate(kinds)
    }
    file = FILE_PATH.to_json_schema() | {"examples": ["parts/warm-up.yaml"]}
    used = Annotated[UsedBlocks, PlainValidator(_read_use), WithJsonSchema(file)]
    fields |= {"kind_repeat": _declare_kind("repeat", repeat), "kind_use": _declare_kind("use", used)}
    block = create_model("Block", __base__=BlockModel, **fields)
    names = {"KnownBlock": block}
    repeat.model_rebuild(_types_namespace=names)
    file_model = create_model("Session", __base__=SessionFileModel, blocks=_declare_blocks(block))
    misplaced = mark_message("`{key}` is a kind of block: write `- {key}: …` under `blocks:`")
    file_model.hints = dict.fromkeys((kind.name for kind in kinds), misplaced) | dict(SessionFileModel.hints)
    return SessionModels(
        file=file_model,
        blocks=create_model("Blocks", __base__=BlockFileModel, blocks=_declare_blocks(block)),
    )


def _declare_blocks(block: Any) -> Any:  # noqa: ANN401 - the types create_model takes
    return (
        Annotated[tuple[block, ...], BlockList],
        Field(description="The parts of the run, in order. Each begins with a dash and its kind: `- easy: 5m`."),
    )


def _declare_kind(kind: str, content: Any) -> Any:  # noqa: ANN401 - the types create_model takes
    return (content | None, Field(default=None, alias=kind))


def _build_settings(kind: KindSyntax) -> type[BlockSettings]:
    if kind.name == "say":
        return SaySettings
    if not kind.parts:
        return BlockSettings
    name = "".join(word.capitalize() for word in kind.name.split("-"))
    choice = make_part_choice(kind.parts)
    part = Annotated[str, Leaf(choice)]
    parts = Annotated[tuple[part, ...], PartList, WithJsonSchema(choice.to_list_schema())]
    described = Field(default=None, description="Which parts, in the order in which they are said; else all of them.")
    return create_model(name, __base__=BlockSettings, parts=(parts | None, described))


def _read_block_list(node: nodes.Node) -> tuple[nodes.Node, ...]:
    if not isinstance(node, nodes.Sequence):
        advice = _("begin each block with `- `, like - silence: 3m")
        message = _("expected a list of blocks, found {shape}", shape=describe_shape(node))
        fix = _write_dashes(node) if isinstance(node, nodes.Mapping) else None
        raise make_error(node.location, "wrong-shape", message, advice, fix)
    if not node.items:
        advice = _("write at least one, like - easy: 5m")
        raise make_error(node.location, "no-blocks", _("there are no blocks here"), advice)
    return node.items


def _write_dashes(node: nodes.Mapping) -> Fix | None:
    """Write a dash before each key of a mapping, and indent what is under it."""
    found: list[Edit] = []
    for entry in _list_written(node):
        key, last = entry.key.location, nodes.find_last_line(entry.value)
        if last is None or key.column != node.location.column:
            return None
        found.append(Edit(location=replace(key, end_column=key.column), text="- "))
        start = replace(key, column=1, end_column=1)
        found += [Edit(location=replace(start, line=line), text="  ") for line in range(key.line + 1, last + 1)]
    return Fix(title=_("begin each block with a dash"), edits=tuple(found))


def _read_use(node: nodes.Node, info: ValidationInfo) -> UsedBlocks:
    context = get_context(info)
    kind = FilePath(context.resolve_file)
    path = read_value(node, kind)
    if path in context.used:
        chain = " > ".join(each.name for each in (*context.used[context.used.index(path) :], path))
        advice = _("take one of the `use` blocks out")
        raise make_error(node.location, "endless-use", _("this file uses itself: {chain}", chain=chain), advice)
    if len(context.used) > DEEPEST_USE:
        message = _("files use files more than {most} deep", most=DEEPEST_USE)
        raise make_error(node.location, "too-deep", message, _("join some of them"))
    try:
        blocks = context.use(path, require_scalar(node, kind).text, context)
    except CoachError as error:
        raise make_error(node.location, "no-such-file", str(error), _("check the file and its permissions")) from None
    if count_blocks(blocks) > MOST_BLOCKS:
        message = _("this makes more than {most:,} blocks", most=MOST_BLOCKS)
        raise make_error(node.location, "too-many-blocks", message, _("repeat fewer times"))
    return UsedBlocks(blocks=blocks)


BlockList = BeforeValidator(_read_block_list)

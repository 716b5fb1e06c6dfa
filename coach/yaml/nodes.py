"""YAML nodes with their places: YAML 1.2, in which every scalar stays the text that its author wrote.

They are built from PyYAML's event stream, so that nothing is expanded, converted or nested too deeply before it is
checked.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import yaml

from coach.diagnostics import edits
from coach.diagnostics.problem import Fix, Location, Problem
from coach.diagnostics.source_file import NOT_TEXT, SourceFile, name_character, split_lines
from coach.text.sanitize import quote
from coach.translation import _
from coach.yaml.syntax_errors import explain_syntax_error

FAST_LOADER: type[Any] = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

DEEPEST = 40
MOST_NODES = 20_000

YamlEvent = Any  # in yaml's own type marks may be None, but a parser always sets them

# The brackets of flow collections, and what may hold brackets that are none of them: quoted texts and comments.
_FLOW = re.compile(
    r"""
    (?<![^\s,:\[\]{}]) (?: "(?:[^"\\]|\\.)*(?:"|\Z) | '[^']*(?:'|\Z) )
    | (?<!\S) \#.*?(?=[\r\n]|\Z)
    | [\[\]{}]
    """,
    re.VERBOSE | re.DOTALL,
)

_NULLS = ("", "~", "null", "Null", "NULL")


@dataclass(frozen=True, kw_only=True, slots=True)
class Scalar:
    """A text. ``text_column`` is where it begins, if the file has it in one line just as it reads; else None.

    In that case ``lines`` are the whole lines of the file that it is in.
    """

    text: str
    quoted: bool
    location: Location
    text_column: int | None = None
    lines: tuple[str, ...] = ()

    @property
    def is_null(self) -> bool:
        """Whether this is YAML's null, as after ``silence:``."""
        return not self.quoted and self.text in _NULLS

    def locate(self, offset: int, length: int) -> Location:
        """Return the place of a part of the text, or of the whole text if that of the part is not known."""
        if not length:
            return self.location
        if self.text_column is None:
            wanted = self.text[offset : offset + length]
            return self._find_in_lines(wanted, self.text.count(wanted, 0, offset)) or self.location
        column = self.text_column + offset
        return Location(file=self.location.file, line=self.location.line, column=column, end_column=column + length)

    def _find_in_lines(self, wanted: str, earlier: int) -> Location | None:
        """Find the words in the lines of the file, after so many earlier occurrences."""
        begin = self.location.column - 1
        for number, line in enumerate(self.lines, self.location.line):
            column = line.find(wanted, begin)
            while column >= 0 and earlier:
                earlier -= 1
                column = line.find(wanted, column + len(wanted))
            if column >= 0:
                return Location(
                    file=self.location.file, line=number, column=column + 1, end_column=column + 1 + len(wanted)
                )
            begin = 0
        return None


@dataclass(frozen=True, kw_only=True, slots=True)
class Entry:
    """A key and its value."""

    key: Scalar
    value: "Node"


@dataclass(frozen=True, kw_only=True, slots=True)
class Mapping:
    """Keys with values, in order; no key occurs twice. ``repeats`` are the entries that give one again."""

    entries: tuple[Entry, ...]
    location: Location
    repeats: tuple[Entry, ...] = ()

    def find_entry(self, key: str) -> Entry | None:
        """Find the entry of a key, if there is one."""
        return next((each for each in self.entries if each.key.text == key), None)

    def list_names(self) -> tuple[str, ...]:
        """List the keys, in order."""
        return tuple(each.key.text for each in self.entries)


@dataclass(frozen=True, kw_only=True, slots=True)
class Sequence:
    """A list."""

    items: tuple["Node", ...]
    location: Location


Node = Scalar | Mapping | Sequence


def make_entry(key: str, value: Node, location: Location | None = None) -> Entry:
    """Make an entry that the author left out or wrote in another form; its key is placed at its value by default."""
    return Entry(key=Scalar(text=key, quoted=False, location=location or value.location), value=value)


def find_last_line(node: Node) -> int | None:
    """Return the line that a node ends in, or None if its places do not tell."""
    if isinstance(node, Scalar):
        return node.location.line if node.text_column is not None or not node.text else None
    inside = [each.value for each in node.entries] if isinstance(node, Mapping) else list(node.items)
    ends = [find_last_line(each) for each in inside]
    known = [node.location.line, *(end for end in ends if end is not None)]
    return max(known) if len(known) == len(ends) + 1 else None


def parse(source: SourceFile, loader: type[Any] = FAST_LOADER) -> tuple[Node | None, tuple[Problem, ...]]:
    """Build the nodes of a text, as far as it can be read, and report all that is wrong with it.

    Args:
        source: the text.
        loader: the PyYAML loader whose events to use; the fast and the pure one give the same nodes.
    """
    builder = _Builder(source, loader)
    try:
        root = builder.read_document()
    except _StopError as stop:
        return None, (*builder.problems, stop.problem)
    except yaml.YAMLError as error:
        last = builder.find_nesting(error) or explain_syntax_error(error, source)
        before = [each for each in builder.problems if last.code != "markup" or each.location.line < last.location.line]
        return None, (*before, last)
    return root, tuple(builder.problems)


class _StopError(Exception):
    def __init__(self, problem: Problem) -> None:
        self.problem = problem
        super().__init__(problem.message)


@dataclass(frozen=True, kw_only=True, slots=True)
class _Built:
    """A node with its size and depth, with aliases counted as if written out."""

    node: Node
    size: int = 1
    height: int = 0


@dataclass(slots=True)
class _Builder:
    source: SourceFile
    loader: type[Any]
    problems: list[Problem] = field(default_factory=list)
    anchors: dict[str, _Built | None] = field(default_factory=dict)
    unused: dict[str, YamlEvent] = field(default_factory=dict)
    nodes: int = 0
    depth: int = 0
    read_to: int = 0
    events: Iterator[YamlEvent] = field(init=False)

    def read_document(self) -> Node:
        self._refuse_directives()
        self.events = self._read_events()
        next(self.events)
        opening = next(self.events)
        if isinstance(opening, yaml.StreamEndEvent):
            raise self._make_empty_stop()
        root = self._build_node(next(self.events), depth=0).node
        next(self.events)
        for name, event in self.unused.items():
            message = _("{name} is a name that nothing repeats", name=quote("&" + name))
            self._report(self._locate(event), "unquoted", message, _("put a text that begins with & in quotes"))
        after = next(self.events)
        if not isinstance(after, yaml.StreamEndEvent):
            advice = _("put each session in a file of its own")
            raise self._make_stop(self._locate(after), "several-documents", _("a second document begins here"), advice)
        if isinstance(root, Scalar) and root.is_null:
            raise self._make_empty_stop()
        return root

    def _read_events(self) -> Iterator[YamlEvent]:
        """Yield the parser's events, and keep how far they have come: the depth, and the offset in the text."""
        events: Iterator[YamlEvent] = yaml.parse(self.source.text, Loader=self.loader)
        for event in events:
            self.depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            self.read_to = event.end_mark.index
            yield event

    def find_nesting(self, error: yaml.YAMLError) -> Problem | None:
        """Find brackets that nest too deeply before the place of a syntax error.

        The parser looks ahead for the colon of a key that begins with a bracket, up to 1,024 characters, and may meet
        an error there. If it is the colon itself that is missing, all brackets that are still open count.
        """
        mark = getattr(error, "problem_mark", None)
        seeks_colon = "simple key" in str(getattr(error, "context", ""))
        end = len(self.source.text) if mark is None or seeks_colon else mark.index
        depth = self.depth
        for found in _FLOW.finditer(self.source.text, self.read_to, end):
            if found[0] in "[{":
                if depth > DEEPEST:
                    return self._make_depth_problem(self._locate_offset(found.start()))
                depth += 1
            elif found[0] in "]}":
                depth -= 1
            if depth < self.depth:
                return None
        return None

    def _locate_offset(self, offset: int) -> Location:
        before = split_lines(self.source.text[:offset])
        return self.source.locate(len(before) - 1, len(before[-1]), len(before[-1]) + 1)

    def _make_empty_stop(self) -> _StopError:
        advice = _("begin with `coach: 1`, `title:` and `blocks:`, or run `coach new`")
        return self._make_stop(self.source.locate(0, 0, 1), "empty-file", _("the file is empty"), advice)

    def _make_depth_problem(self, location: Location) -> Problem:
        advice = _("a session needs about ten levels")
        return Problem.at(location, "too-deep", _("this is nested more than {most} levels deep", most=DEEPEST), advice)

    def _refuse_directives(self) -> None:
        """Refuse directives: many ``%TAG`` lines take libyaml quadratic time, and no session needs one."""
        for number, line in enumerate(self.source.lines):
            if line.startswith("%"):
                location = self.source.locate(number, 0, len(line))
                message = _("a YAML directive is not allowed in a session")
                raise self._make_stop(location, "directive", message, _("delete this line"))
            if line.strip() and not line.lstrip().startswith("#"):
                return

    def _build_node(self, event: YamlEvent, depth: int) -> _Built:
        self._count_values(1, event)
        if isinstance(event, yaml.AliasEvent):
            return self._resolve_alias(event, depth)
        if depth > DEEPEST:
            raise _StopError(self._make_depth_problem(self._locate(event)))
        if event.anchor is not None:
            self.anchors[event.anchor] = None
            if isinstance(event, yaml.ScalarEvent):
                self.unused[event.anchor] = event
        self._refuse_tag(event)
        built = self._build_content(event, depth)
        if event.anchor is not None:
            self.anchors[event.anchor] = built
        return built

    def _build_content(self, event: YamlEvent, depth: int) -> _Built:
        if isinstance(event, yaml.ScalarEvent):
            return _Built(node=self._build_scalar(event))
        if isinstance(event, yaml.SequenceStartEvent):
            return self._build_sequence(event, depth)
        return self._build_mapping(event, depth)

    def _build_scalar(self, event: YamlEvent) -> Scalar:
        text, quotes = event.value, bool(event.style)
        location = self._locate(event)
        odd = NOT_TEXT.search(text)
        if odd:
            message = _("{character} is not allowed in a text", character=name_character(odd[0]))
            self._report(location, "control-character", message, _("leave it out"))
            text = NOT_TEXT.sub("", text)
        column = event.start_mark.column + (event.style in ("'", '"'))
        line = self.source.lines[event.start_mark.line] if event.start_mark.line < len(self.source.lines) else ""
        exact = bool(text) and line.startswith(text, column)
        if exact:
            return Scalar(text=text, quoted=quotes, location=location, text_column=column + 1)
        lines = self.source.lines[event.start_mark.line : event.end_mark.line + 1]
        swallowed = next((each for each in lines[1:] if _is_swallowed(each, lines[0])), None) if quotes else None
        if swallowed is not None and event.style in ("'", '"'):
            advice = _("close it at the end of its text; a text of several lines is indented further than its key")
            self._report(
                location, "open-quote", _("this quote goes on over {text}", text=quote(swallowed.strip())), advice
            )
        return Scalar(text=text, quoted=quotes, location=location, lines=lines)

    def _build_sequence(self, event: YamlEvent, depth: int) -> _Built:
        items: list[_Built] = []
        while not isinstance(last := next(self.events), yaml.SequenceEndEvent):
            items.append(self._build_node(last, depth + 1))
        location = self._locate(event, last) if event.flow_style else self._locate_dash(event)
        return _build_parent(Sequence(items=tuple(item.node for item in items), location=location), items)

    def _build_mapping(self, event: YamlEvent, depth: int) -> _Built:
        entries: dict[str, Entry] = {}
        repeats: list[Entry] = []
        values: list[_Built] = []
        while not isinstance(last := next(self.events), yaml.MappingEndEvent):
            key = self._build_node(last, depth + 1).node
            values.append(value := self._build_node(next(self.events), depth + 1))
            self._add_entry(entries, repeats, key, value.node)
        inside = tuple(entries.values())
        location = inside[0].key.location if inside and not event.flow_style else self._locate(event, last)
        return _build_parent(Mapping(entries=inside, location=location, repeats=tuple(repeats)), values)

    def _add_entry(self, entries: dict[str, Entry], repeats: list[Entry], key: Node, value: Node) -> None:
        if not isinstance(key, Scalar) or key.is_null:
            advice = _("a key is one word, like `title:`; a text that begins with { or [ needs quotes")
            self._report(key.location, "not-a-key", _("this cannot be a key"), advice)
        elif key.text == "<<" and not key.quoted:
            advice = _("write the settings out, or put the blocks in a file and `use` it")
            self._report(key.location, "merge-key", _("merge keys are not part of a session"), advice)
        elif key.text in entries:
            advice = _("the first is on line {line}: keep one of them", line=entries[key.text].key.location.line)
            repeats.append(make_entry(key.text, value, key.location))
            fix = self._remove_repeat(entries[key.text], Entry(key=key, value=value))
            self._report(
                key.location, "duplicate-key", _("{key} is given twice here", key=quote(key.text)), advice, fix
            )
        else:
            empty = isinstance(value, Scalar) and value.is_null and not value.text
            placed = Scalar(text="", quoted=False, location=key.location) if empty else value
            entries[key.text] = Entry(key=key, value=placed)

    def _remove_repeat(self, first: Entry, again: Entry) -> Fix | None:
        """Make a fix that removes a line which only repeats another; None if it differs."""
        one, other = first.value, again.value
        line = self.source.lines[again.key.location.line - 1]
        written = f"{again.key.text}: {other.text}" if isinstance(other, Scalar) else ""
        same = isinstance(one, Scalar) and one.text == getattr(other, "text", "") and line.strip() == written
        return edits.remove_line(again.key.location, line) if same else None

    def _resolve_alias(self, event: YamlEvent, depth: int) -> _Built:
        location, name = self._locate(event), str(event.anchor)
        if name not in self.anchors:
            message, cut = _("nothing is called {name}", name=quote("&" + name)), name[:40]
            advice = _("write &{name} before what it repeats, or quotes around a text that begins with *", name=cut)
            raise self._make_stop(location, "unknown-alias", message, advice)
        self.unused.pop(name, None)
        if (built := self.anchors[name]) is None:
            message = _("{name} is inside what it repeats", name=quote("*" + name))
            raise self._make_stop(location, "endless-alias", message, _("repeat something that ends before this line"))
        self._count_values(built.size - 1, event)
        if depth + built.height > DEEPEST:
            message = _("this alias nests more than {most} levels deep", most=DEEPEST)
            raise self._make_stop(location, "too-deep", message, _("a session needs about ten levels"))
        return built

    def _refuse_tag(self, event: YamlEvent) -> None:
        if event.tag is None:
            return
        mark, line = event.start_mark, self.source.lines[event.start_mark.line]
        begin = max(line.find("!", mark.column), 0)
        written = line[begin:].split(" ", 1)[0].rstrip(",]}")
        location = self.source.locate(mark.line, begin, begin + len(written))
        advice = _("delete it, or put the text in quotes")
        self._report(location, "tag", _("the tag {tag} is not allowed here", tag=quote(written)), advice)

    def _count_values(self, more: int, event: YamlEvent) -> None:
        self.nodes += more
        if self.nodes > MOST_NODES:
            message = _("with this the file holds more than {most:,} values", most=MOST_NODES)
            advice = _("aliases count as written out; use `repeat` to say things again")
            raise self._make_stop(self._locate(event), "too-many-values", message, advice)

    def _locate(self, event: YamlEvent, last: YamlEvent | None = None) -> Location:
        start, end = event.start_mark, (last or event).end_mark
        end_column = end.column if end.line == start.line else len(self.source.lines[start.line])
        return self.source.locate(start.line, start.column, end_column)

    def _locate_dash(self, event: YamlEvent) -> Location:
        return self.source.locate(event.start_mark.line, event.start_mark.column, event.start_mark.column + 1)

    def _report(self, location: Location, code: str, message: str, advice: str, fix: Fix | None = None) -> None:
        self.problems.append(Problem.at(location, code, message, advice, fix))

    def _make_stop(self, location: Location, code: str, message: str, advice: str) -> _StopError:
        return _StopError(Problem.at(location, code, message, advice))


def _is_swallowed(line: str, first: str) -> bool:
    """Return whether a line in a quoted text begins with a key, no deeper than the line in which the text begins."""
    found = re.match(r" *(?:- +)?(?=[a-z][\w-]*:(?: |$))", line)
    return found is not None and len(line) - len(line.lstrip(" ")) <= len(first) - len(first.lstrip(" "))


def _build_parent(node: Node, children: list[_Built]) -> _Built:
    size = 1 + sum(child.size for child in children)
    return _Built(node=node, size=size, height=1 + max((child.height for child in children), default=0))

"""Lenient reading of a session line by line: which words are said, which are keys, values or comments.

YAML stops at the first mistake, or takes words for keys. This reading knows which keys hold texts. So it finds what
was meant by a line that YAML cannot read, and the edits that make YAML read it so.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from coach.units import is_length
from coach.yaml.lenient_flow_reader import (
    APOSTROPHES,
    QUOTED,
    SIGN,
    begins_flow,
    find_comment,
    quote_words,
    read_flow,
    read_flow_lines,
    reads_back,
)
from coach.yaml.pasted_characters import read_scalar
from coach.yaml.vocabulary import (
    LIKE_A_VALUE,
    PLACED,
    FoundKey,
    LinePart,
    LineReading,
    Role,
    Vocabulary,
    count_list_sign,
    find_closing_quote,
    measure_dashes,
    measure_indent,
)

_KEY = re.compile(
    r"(?P<key>\"[^\"]*\"|'[^']*'|[^\s\"'\[\]{},#&*!|>%@`:-][^:#\[\]{}\"]*?)[ \t]*:(?=[ \t]|$)|(?P<tight>[\w-]+):(?=\S)"
)


# What stands for a dash: one without a space, or a number or letter of a list.
_LIST_SIGN = re.compile(r"-(?=[^\W\d])|\(?(?P<number>[0-9]{1,2}|[a-z])[.)][ \t]+(?=[^\W\d])")

# A key with another sign than a colon, or none.
_BARE_KEY = re.compile(
    r"(?P<key>[^\W\d][\w-]*)(?:[ \t]*(?P<sign>->|=>|→|:=|=(?!=)|[;–—]|-(?=[ \t]))[ \t]*|[ \t]+(?![-=→:;–—]))(?=[^\s#])"
)

_MOST_FLOW_LINES = 6

_TIMES = re.compile(r"[0-9]+ ?(?:[x×]|times|keer)?")
_PIPED = re.compile(r"(?P<sign>[|>][+-]?)[ \t]+(?=\S)(?!.*#)")
_BLOCK_TEXT = re.compile(r"[|>][+-]?[0-9]?[+-]?\s*(?:#.*)?")


@dataclass(kw_only=True, slots=True)
class _OpenText:
    """A value that may go on in deeper lines: ``style`` is ``|`` for a block, a quote, or nothing for plain words."""

    column: int
    role: Role
    style: str = ""


def read_lines(lines: Sequence[str], vocabulary: Vocabulary) -> list[LineReading]:
    """Read all lines of a file."""
    reader = _Reader(lines=lines, vocabulary=vocabulary, readings=[LineReading() for _ in lines])
    for number in range(len(lines)):
        reader.read_line(number)
    return reader.readings


@dataclass(kw_only=True, slots=True)
class _Reader:
    """Reads lines in their order.

    ``stack`` holds the keys around a line, with their columns; ``items`` how many items each list has so far, and its
    last number, by column; ``moving`` the line of a block with only a length, the columns before and after the space
    before it, that of its kind, and the key of the length. ``quote_until`` and ``flow_until``
    are the last lines of a quoted text and of braces.
    """

    lines: Sequence[str]
    vocabulary: Vocabulary
    readings: list[LineReading]
    stack: list[tuple[int, str]] = field(default_factory=list)
    items: dict[int, tuple[int, int]] = field(default_factory=dict)
    open: _OpenText | None = None
    moving: tuple[int, int, int, int, str] | None = None
    quote_until: int = -1
    flow_until: int = -1

    def read_line(self, number: int) -> None:
        """Read the next line."""
        line, reading = self.lines[number], self.readings[number]
        indent = measure_indent(line)
        if not line.strip() or number <= self.flow_until:
            return
        if self.open and self.open.style and (number <= self.quote_until or indent > self.open.column):
            self._read_further(number, reading)
        elif line.lstrip().startswith("#"):
            reading.parts.append(LinePart(role="comment", start=indent, end=len(line)))
        elif self.open and not self.open.style and indent > self.open.column and not self._is_structure(line):
            self._read_further(number, reading)
        else:
            self._read_structure(number, reading)

    def _is_structure(self, line: str) -> bool:
        begin = measure_dashes(line)
        found = _KEY.match(line, begin)
        return "-" in line[:begin] or bool(found and self.vocabulary.is_key(found["key"] or found["tight"]))

    def _read_further(self, number: int, reading: LineReading) -> None:
        """Read a line that goes on with the text of the line before."""
        text, line = self.open, self.lines[number]
        if text is None:
            return
        start, end = measure_indent(line), len(line.rstrip())
        if text.style in ("'", '"'):
            closing = find_closing_quote(line, text.style) if number >= self.quote_until else None
            end = end if closing is None else closing
            self.open = text if closing is None else None
        elif not text.style:
            end, certain = find_comment(line, start)
            reading.certain &= certain
        reading.parts.append(LinePart(role=text.role, start=start, end=end, quoted=bool(text.style), goes_on=True))
        _add_comment(line, end, reading)

    def _read_structure(self, number: int, reading: LineReading) -> None:
        line, before = self.lines[number], self.open
        indent = measure_indent(line)
        begin = self._read_dashes(number, indent, reading)
        is_item = begin > indent
        while self.stack and (self.stack[-1][0] > indent or (self.stack[-1][0] == indent and not is_item)):
            self.stack.pop()
        parent = self.stack[-1][1] if self.stack else ""
        goes_on = before is not None and before.role == "said" and before.column == indent and not is_item
        words = self._read_placed(number, begin, reading) if is_item and parent in ("say", "say-also") else begin
        found = self._find_key(line, begin, parent, goes_on=goes_on) if words == begin else None
        found = found or self._find_heading(number, begin, parent)
        if self.moving and found and not is_item:
            self._move_value(number, indent, found.name)
        self.open = self.moving = None
        if found is None:
            column = self.stack[-1][0] if self.stack and not is_item else indent
            self._read_value(number, words, "said" if parent in self.vocabulary.texts else "unsure", column, reading)
        else:
            self._read_entry(number, found, parent, reading)

    def _read_dashes(self, number: int, indent: int, reading: LineReading) -> int:
        """Read the dashes before an item, and what stands for one; return where the item begins."""
        line = self.lines[number]
        begin = measure_dashes(line)
        reading.edits += [(*each.span(), " ") for each in re.finditer(r"(?<=-)\t+", line[:begin])]
        found = _LIST_SIGN.match(line, begin) if begin == indent else None
        if found and self._find_key(line, found.end(), "", goes_on=True):
            begin = found.end()
            reading.edits.append((found.start(), begin, "- "))
        self.items = {column: count for column, count in self.items.items() if column <= indent}
        if begin == indent:
            self.items.pop(indent, None)
            return begin
        count, last = self.items.get(indent, (0, 0))
        sign = found["number"] if found else None
        if sign:
            written = count_list_sign(sign)
            reading.certain &= written in (1, count + 1, last + 1) or (not last and self._counts_on(number, written))
            last = written
        self.items[indent] = (count + 1, last)
        return begin

    def _counts_on(self, number: int, written: int) -> bool:
        indent = measure_indent(self.lines[number])
        rest = (self.lines[later] for later in range(number + 1, len(self.lines)))
        after = next((line for line in rest if line.strip() and measure_indent(line) <= indent), "")
        found = _LIST_SIGN.match(after, indent)
        return bool(found and found["number"] and count_list_sign(found["number"]) == written + 1)

    def _find_key(self, line: str, begin: int, parent: str, *, goes_on: bool) -> FoundKey | None:
        """Find the key that a line begins with; None if it is words.

        ``goes_on`` says that words could go on with the text of the line above.
        """
        found = _KEY.match(line, begin)
        key = ((found["key"] or found["tight"]) if found else "").strip("\"'")
        in_text = parent in self.vocabulary.texts
        name = key if in_text or parent in self.vocabulary.free else self.vocabulary.resolve(key)
        known = self.vocabulary.is_key(name)
        if found and known:
            spaces = ((found.end(), found.end(), " "),) if found["tight"] else ()
            return FoundKey(name=name, start=begin, end=found.end() - 1, after=found.end(), edits=spaces)
        bare = None if in_text or parent in self.vocabulary.free else self._find_bare_key(line, begin, goes_on=goes_on)
        is_words = (" " in key or key[:1].isupper()) and not self.vocabulary.is_like_a_key(key)
        if bare or found is None or found["tight"] or (in_text and is_words):
            return bare
        return FoundKey(name=name, start=begin, end=found.end() - 1, after=found.end())

    def _find_bare_key(self, line: str, begin: int, *, goes_on: bool) -> FoundKey | None:
        """Find a key with another sign than a colon, or none, if what follows is such a value as it has."""
        found = _BARE_KEY.match(line, begin)
        if found is None or found["key"] in self.vocabulary.languages or not self.vocabulary.is_key(found["key"]):
            return None
        value = line[found.end() : _find_any_comment(line, found.end())[0]]
        if found["key"] in self.vocabulary.texts:
            fits = bool(found["sign"]) or not goes_on
        elif found["key"] in self.vocabulary.kinds:
            fits = is_length(value)
        else:
            fits = ": " not in value and (bool(found["sign"] or LIKE_A_VALUE.fullmatch(value)) or " " not in value)
        edit = (found.end("key"), found.end(), ": ")
        name = found["key"]
        return FoundKey(name=name, start=begin, end=edit[0], after=found.end(), edits=(edit,)) if fits else None

    def _find_heading(self, number: int, begin: int, parent: str) -> FoundKey | None:
        """Find a key that stands alone without its colon, with other keys under it."""
        line = self.lines[number].rstrip()
        is_heading = self._goes_on(number, begin) and self._is_structure(self.lines[number + 1])
        if (
            not is_heading
            or parent in self.vocabulary.texts | self.vocabulary.free
            or not self.vocabulary.is_key(line[begin:])
        ):
            return None
        end = len(line)
        return FoundKey(name=line[begin:], start=begin, end=end, after=end, edits=((end, end, ":"),))

    def _move_value(self, number: int, indent: int, key: str) -> None:
        """Write the length of a block under its kind, if there are other settings under it, or beside it."""
        above, start, end, column, name = self.moving or (0, 0, 0, indent + 1, "")
        if indent > column or (indent == column and self.vocabulary.is_setting(key)):
            self.readings[above].edits.append((start, end, f"\n{' ' * indent}{name}: "))
            for each in (above, number):
                self.readings[each].together |= {above, number}

    def _read_entry(self, number: int, found: FoundKey, parent: str, reading: LineReading) -> None:
        line = self.lines[number]
        role: Role = "said" if found.name in self.vocabulary.texts else "value"
        if parent in self.vocabulary.free or not self.vocabulary.is_key(found.name):
            role = "unsure"
        self.stack.append((found.start, found.name))
        reading.parts.append(LinePart(role="key", start=found.start, end=found.end))
        reading.edits += found.edits
        begin = found.after + len(line[found.after :]) - len(line[found.after :].lstrip(" \t"))
        self._read_value(number, begin, role, found.start, reading)
        end = _find_any_comment(line, begin)[0]
        if found.name in self.vocabulary.kinds and role == "value" and is_length(line[begin:end]):
            self.moving = (number, found.after, begin, found.start, "lasts")
        elif found.name == "repeat" and _TIMES.fullmatch(line[begin:end]):
            self.moving = (number, found.after, begin, found.start, "times")
        if found.name in self.vocabulary.kinds and role == "value" and self._is_setting(line[begin:end]):
            reading.certain &= not self._goes_on(number, found.start)
            reading.edits.append((begin, end, f"{{{line[begin:end]}}}"))

    def _is_setting(self, value: str) -> bool:
        """Return whether a value is one setting with its own value, which YAML cannot read there."""
        found = re.fullmatch(r"(?P<key>[a-z][a-z-]*):[ \t]+[-+0-9][^,;:{}\[\]]*", value)
        return bool(found and found["key"] in self.vocabulary.settings - self.vocabulary.kinds)

    def _read_value(self, number: int, start: int, role: Role, column: int, reading: LineReading) -> None:
        line = self.lines[number]
        goes_on = self._goes_on(number, column)
        piped = _PIPED.match(line, start) if role == "said" and goes_on else None
        if start >= len(line) or self._begins_comment(line, start, role, goes_on=goes_on):
            reading.certain &= not re.search(r":#|#\S", line[start - 1 :]) or role != "said"
            _add_comment(line, start, reading)
        elif piped:
            indent = measure_indent(self.lines[number + 1])
            reading.edits.append((piped.end("sign"), piped.end(), f"\n{' ' * indent}"))
            reading.parts.append(LinePart(role=role, start=piped.end(), end=len(line.rstrip()), quoted=True))
            self.open = _OpenText(column=column, role=role, style="|")
        elif _BLOCK_TEXT.fullmatch(line, start):
            self.open = _OpenText(column=column, role=role, style="|")
            _add_comment(line, start + 1, reading)
        elif begins_flow(line, start, role, self.vocabulary):
            self._read_flow(number, start, role, reading, goes_on=goes_on)
        elif not QUOTED.match(line, start) and self._begin_quoted(number, start, role, column):
            reading.parts.append(LinePart(role=role, start=start, end=len(line.rstrip()), quoted=True))
        else:
            self._read_words(number, start, role, column, reading)

    def _read_flow(self, number: int, start: int, role: Role, reading: LineReading, *, goes_on: bool) -> None:
        lines, readings = self.lines[number : number + _MOST_FLOW_LINES], self.readings[number:]
        taken = read_flow_lines(lines, start, role, readings, self.vocabulary) if goes_on else 0
        if taken:
            self.flow_until = number + taken - 1
            for each in readings[:taken]:
                each.together |= set(range(number, number + taken))
            return
        read_flow(self.lines[number], start, role, reading, self.vocabulary)
        reading.certain &= not (goes_on and reading.edits)

    def _read_placed(self, number: int, begin: int, reading: LineReading) -> int:
        """Read the place or level of a cue that lacks its key or colon; return where the words behind it begin."""
        line = self.lines[number]
        found = PLACED.match(line, begin)
        if found is None or self._goes_on(number, begin) or (found["key"] == "level") != found["place"].isalpha():
            return begin
        if found.end() == len(line) and not re.match(rf" {{{begin}}}text:", "".join(self.lines[number + 1 :][:1])):
            return begin
        text = f"\n{' ' * begin}text: " if found.end() < len(line) else ""
        key = (found.end("key"), found.start("place"), ": ") if found["key"] else (begin, begin, "at: ")
        reading.edits += [key, (found.end("place"), found.end(), text)]
        if found["key"]:
            reading.parts.append(LinePart(role="key", start=begin, end=found.end("key")))
        reading.parts.append(LinePart(role="value", start=found.start("place"), end=found.end("place")))
        return found.end()

    def _begin_quoted(self, number: int, start: int, role: Role, column: int) -> bool:
        """Return whether a quote is closed in a deeper line, before anything that is a line of its own."""
        quote = self.lines[number][start]
        if quote not in "\"'":
            return False
        for later in range(number + 1, len(self.lines)):
            line = self.lines[later]
            if line.strip() and (measure_indent(line) <= column or self._is_structure(line)):
                return False
            if find_closing_quote(line, quote) is not None:
                self.open = _OpenText(column=column, role=role, style=quote)
                self.quote_until = later
                return True
        return False

    def _read_words(self, number: int, start: int, role: Role, column: int, reading: LineReading) -> None:
        """Read the words of a value to the end of the line, and of lines in which they go on."""
        line = self.lines[number]
        quoted = QUOTED.match(line, start)
        if quoted and re.fullmatch(r"\s*|\s+#.*", line[quoted.end() :]):
            reading.parts.append(LinePart(role=role, start=start, end=quoted.end(), quoted=True))
            _add_comment(line, quoted.end(), reading)
            return
        end, certain = find_comment(line, start) if role != "value" else _find_any_comment(line, start)
        words = line[start:end]
        reading.certain &= certain
        reading.add_label(self.vocabulary.find_label(words) if role == "said" else None)
        reading.parts.append(LinePart(role=role, start=start, end=end))
        _add_comment(line, end, reading)
        self.open = _OpenText(column=column, role=role)
        goes_on = end == len(line.rstrip()) and self._goes_on(number, column)
        if role != "said":
            return
        if goes_on and not self._is_structure(self.lines[number + 1]):
            self._quote_lines(number, start, column)
        elif not reads_back(words, is_flow=False):
            better = quote_words(words)
            reading.certain &= better is not None and not (goes_on and words.startswith("- "))  # a list goes on
            reading.edits.append((start, end, better or words))

    def _quote_lines(self, number: int, start: int, column: int) -> None:
        """Put quotes around the words of several lines, if YAML reads them otherwise than they are written."""
        last = number + 1
        while self._goes_on(last, column):
            last += 1
        lines = [self.lines[number][start:], *self.lines[number + 1 : last + 1]]
        words = [line.strip() for line in lines]
        if read_scalar("\n ".join(words)) == " ".join(words):
            return
        self.readings[number].add_label(self.vocabulary.find_label("\n".join(words)))
        ends = [len(line.rstrip()) for line in lines]
        ends[-1] = find_comment(lines[-1], measure_indent(lines[-1]))[0]
        whole = "".join(line[:end] for line, end in zip(lines, ends, strict=True))
        quoted = QUOTED.match(whole)
        opens = whole[0] in "\"'" and not whole.startswith(APOSTROPHES) and not (quoted and quoted.end() < len(whole))
        unclear = opens or SIGN.search(" ".join(lines[:-1])) or re.search(r"\\[^\[\]{}]", whole)
        mark = "'" if '"' in whole or "\\" in whole else '"'
        for offset, (line, end) in enumerate(zip(lines, ends, strict=True)):
            reading, before = self.readings[number + offset], start if not offset else 0
            reading.certain &= not unclear
            reading.together |= set(range(number, last + 1))
            inside = [found.end() for found in re.finditer("'", line[:end]) if mark == "'"]
            places = [0] * (not offset) + inside + [end] * (number + offset == last)
            reading.edits += [(before + place, before + place, mark) for place in places]

    def _begins_comment(self, line: str, start: int, role: Role, *, goes_on: bool) -> bool:
        """Return whether a number sign where a value may begin makes a comment of the rest."""
        spaces = start - len(line[:start].rstrip())
        is_text = role == "said" and not goes_on and spaces <= 1 and re.match(r"#[^\s#]", line[start:]) is not None
        return line[start] == "#" and not is_text

    def _goes_on(self, number: int, column: int) -> bool:
        """Return whether a text that begins in this line goes on in the next."""
        line = self.lines[number + 1] if number + 1 < len(self.lines) else ""
        return bool(line.strip()) and measure_indent(line) > column


def _add_comment(line: str, end: int, reading: LineReading) -> None:
    found = SIGN.search(line, end)
    if found:
        reading.parts.append(LinePart(role="comment", start=found.start(), end=len(line)))


def _find_any_comment(line: str, start: int) -> tuple[int, bool]:
    found = SIGN.search(line, start)
    return len(line[: found.start() if found else len(line)].rstrip()), True

"""Lenient reading of a session line by line: which words are said, which are keys, values or comments.

YAML stops at the first mistake, or takes words for keys. This reading knows which keys hold texts. So it finds what
was meant by a line that YAML cannot read, and the edits that make YAML read it so.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from coach.yaml.flow_reading import (
    LIKE_A_VALUE,
    QUOTED,
    SIGN,
    LinePart,
    LineReading,
    Role,
    Vocabulary,
    begins_flow,
    find_comment,
    quote_words,
    read_flow,
    reads_back,
)

_KEY = re.compile(
    r"(?P<key>\"[^\"]*\"|'[^']*'|[^\s\"'\[\]{},#&*!|>%@`:-][^:#\[\]{}\"]*?)[ \t]*:(?=[ \t]|$)|(?P<tight>[\w-]+):(?=\S)"
)

_DASHES = re.compile(r"[ \t]*(?:-(?:[ \t]+|$))*")

_BLOCK_TEXT = re.compile(r"[|>][+-]?[0-9]?[+-]?\s*(?:#.*)?")

_SETTING = re.compile(r"(?:^|[,;]\s*|\s)(?P<key>[a-z][a-z-]*):\s+(?P<value>\S+)")


@dataclass(kw_only=True, slots=True)
class _OpenText:
    """A value that may go on in deeper lines: ``style`` is ``|`` for a block, a quote, or nothing for plain words."""

    column: int
    role: Role
    style: str = ""


def read_lines(lines: Sequence[str], vocabulary: Vocabulary) -> list[LineReading]:
    """Read all lines of a file."""
    reader = _Reader(lines=lines, vocabulary=vocabulary)
    return [reader.read_line(number) for number in range(len(lines))]


@dataclass(kw_only=True, slots=True)
class _Reader:
    lines: Sequence[str]
    vocabulary: Vocabulary
    stack: list[tuple[int, str]] = field(default_factory=list)
    open: _OpenText | None = None
    quote_until: int = -1

    def read_line(self, number: int) -> LineReading:
        line, reading = self.lines[number], LineReading()
        indent = _measure_indent(line)
        if not line.strip():
            return reading
        if self.open and self.open.style and (number <= self.quote_until or indent > self.open.column):
            self._read_further(number, reading)
        elif line.lstrip().startswith("#"):
            reading.parts.append(LinePart(role="comment", start=indent, end=len(line)))
        elif self.open and not self.open.style and indent > self.open.column and not self._is_structure(line):
            self._read_further(number, reading)
        else:
            self.open = None
            self._read_structure(number, reading)
        return reading

    def _is_structure(self, line: str) -> bool:
        start = _DASHES.match(line)
        begin = start.end() if start else 0
        found = _KEY.match(line, begin)
        known = self.vocabulary.texts | self.vocabulary.settings
        return "-" in line[:begin] or bool(found and (found["key"] or found["tight"]) in known)

    def _read_further(self, number: int, reading: LineReading) -> None:
        """Read a line that goes on with the text of the line before."""
        text, line = self.open, self.lines[number]
        if text is None:
            return
        start, end = _measure_indent(line), len(line.rstrip())
        if text.style in ("'", '"'):
            closing = _find_closing(line, text.style) if number >= self.quote_until else None
            end = end if closing is None else closing
            self.open = text if closing is None else None
        elif not text.style:
            end, reading.certain = find_comment(line, start)
        reading.parts.append(LinePart(role=text.role, start=start, end=end, quoted=bool(text.style), goes_on=True))
        _add_comment(line, end, reading)

    def _read_structure(self, number: int, reading: LineReading) -> None:
        line = self.lines[number]
        dashes = _DASHES.match(line)
        begin = dashes.end() if dashes else 0
        indent = _measure_indent(line)
        is_item = begin > indent
        while self.stack and (self.stack[-1][0] > indent or (self.stack[-1][0] == indent and not is_item)):
            self.stack.pop()
        parent = self.stack[-1][1] if self.stack else ""
        found = _KEY.match(line, begin)
        key = ((found["key"] or found["tight"]) if found else "").strip("\"'")
        known = key in self.vocabulary.texts or key in self.vocabulary.settings
        is_words = found is None or (
            not known and (" " in key or key[:1].isupper()) and not self.vocabulary.is_like_a_key(key)
        )
        if parent in self.vocabulary.texts and is_words:
            self._read_value(number, begin, "said", indent, reading)
        elif found is None or (found["tight"] and not known):
            self._read_value(number, begin, "unsure", indent, reading)
        else:
            self._read_entry(number, found, key, parent, reading)

    def _read_entry(self, number: int, found: re.Match[str], key: str, parent: str, reading: LineReading) -> None:
        self.stack.append((found.start(), key))
        reading.parts.append(LinePart(role="key", start=found.start(), end=found.end() - 1))
        if found["tight"]:
            reading.edits.append((found.end(), found.end(), " "))
        role: Role = "said" if key in self.vocabulary.texts else "value"
        if key not in self.vocabulary.texts | self.vocabulary.settings or parent in self.vocabulary.free:
            role = "unsure"
        line = self.lines[number]
        begin = found.end() + len(line[found.end() :]) - len(line[found.end() :].lstrip(" \t"))
        self._read_value(number, begin, role, found.start(), reading)

    def _read_value(self, number: int, start: int, role: Role, column: int, reading: LineReading) -> None:
        line = self.lines[number]
        if start >= len(line) or line[start] == "#":
            reading.certain = not re.match(r"#\S", line[start:]) or role != "said"
            _add_comment(line, start, reading)
        elif _BLOCK_TEXT.fullmatch(line, start):
            self.open = _OpenText(column=column, role=role, style="|")
            _add_comment(line, start + 1, reading)
        elif begins_flow(line, start, role, self.vocabulary):
            read_flow(line, start, role, reading, self.vocabulary)
        elif not QUOTED.match(line, start) and self._begin_quoted(number, start, role, column):
            reading.parts.append(LinePart(role=role, start=start, end=len(line.rstrip()), quoted=True))
        else:
            self._read_words(number, start, role, column, reading)

    def _begin_quoted(self, number: int, start: int, role: Role, column: int) -> bool:
        """Return whether a quote is closed in a deeper line, before anything that is a line of its own."""
        quote = self.lines[number][start]
        if quote not in "\"'":
            return False
        for later in range(number + 1, len(self.lines)):
            line = self.lines[later]
            if line.strip() and (_measure_indent(line) <= column or self._is_structure(line)):
                return False
            if _find_closing(line, quote) is not None:
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
        reading.certain = certain and not (role == "said" and self._holds_settings(words))
        reading.parts.append(LinePart(role=role, start=start, end=end))
        _add_comment(line, end, reading)
        goes_on = end == len(line.rstrip()) and self._goes_on(number, column)
        self.open = _OpenText(column=column, role=role)
        if role == "said" and not reads_back(words, is_flow=False):
            reading.certain &= not goes_on
            self._add_quotes(start, words, reading)

    def _add_quotes(self, start: int, words: str, reading: LineReading) -> None:
        better = quote_words(words)
        if better is None:
            reading.certain = False
        else:
            reading.edits.append((start, start + len(words), better))

    def _goes_on(self, number: int, column: int) -> bool:
        """Return whether a text that begins in this line goes on in the next."""
        line = self.lines[number + 1] if number + 1 < len(self.lines) else ""
        return bool(line.strip()) and _measure_indent(line) > column

    def _holds_settings(self, words: str) -> bool:
        first = _SETTING.match(words)
        if first and self.vocabulary.is_like_a_key(first["key"]):
            return True
        return any(
            found["key"] in self.vocabulary.texts | self.vocabulary.settings
            and (found.start() == 0 or found[0][0] in ",;" or LIKE_A_VALUE.fullmatch(found["value"]))
            for found in _SETTING.finditer(words)
        )


def _measure_indent(line: str) -> int:
    return len(line) - len(line.lstrip(" \t"))


def _find_closing(line: str, quote: str) -> int | None:
    """Find the end of a quoted text that began in a line above, if it is here and nothing but a comment follows."""
    pattern = r"(?:[^\"\\]|\\.)*\"" if quote == '"' else r"(?:[^']|'')*'"
    found = re.match(pattern, line)
    return found.end() if found and re.fullmatch(r"\s*|\s+#.*", line[found.end() :]) else None


def _add_comment(line: str, end: int, reading: LineReading) -> None:
    found = SIGN.search(line, end)
    if found:
        reading.parts.append(LinePart(role="comment", start=found.start(), end=len(line)))


def _find_any_comment(line: str, start: int) -> tuple[int, bool]:
    found = SIGN.search(line, start)
    return len(line[: found.start() if found else len(line)].rstrip()), True

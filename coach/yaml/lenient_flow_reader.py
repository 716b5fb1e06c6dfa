"""Lenient reading within a line: where a text ends before a comment, its quotes, and settings in braces.

It finds what was meant by words that YAML takes for keys or comments, or cannot read.
"""

import re
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import yaml

from coach.yaml.nodes import FAST_LOADER
from coach.yaml.vocabulary import LIKE_A_VALUE, LineEdit, LinePart, LineReading, Role, Vocabulary, WordLabel

QUOTED = re.compile(r"\"(?:[^\"\\]|\\.)*\"|'(?:[^']|'')*'")

FLOW_KEY = re.compile(
    r"(?P<key>\"[^\"]*\"|'[^']*'|[^\W\d][\w-]*(?: [\w-]+)?)[ \t]*(?P<colon>[:：]|=(?!=))"  # noqa: RUF001 - as input methods write it
    r"(?:(?P<space>[ \t]+|$)|(?=[^\s,}\]]))"
)

SIGN = re.compile(r"(?<![^ \t])#")

_NEXT_KEY = re.compile(
    r",\s*(?P<key>[^\W\d][\w-]*(?: [\w-]+)?)\s*[:：=](?P<value>\s*[^\s,}\]]*)"  # noqa: RUF001 - as input methods write it
)

# An item of a list: with marks in it, but no other brackets.
_ITEM = re.compile(r"(?:[^,\[\]{}]|\[[\w.]+\](?!\s*[,\]}])|\{\w+\})+")
_ESCAPED = re.compile(r"\\(?![\[\]{}])")
_OFTEN_ESCAPED = re.compile(r"\\[\"'\\/0ntrux]")
_COMMA = re.compile(r"[ \t]*,[ \t]*")
_NEXT_IN_BRACKETS = re.compile(r",\s*[{\[]")

# A semicolon may stand for the comma before a key.
_AFTER_SEMICOLON = re.compile(r";\s*([\w-]+)\s*[:=]")
_FINISHED = (".", "!", "?", "…")
_CLOSING_QUOTES = "\"'”’)"  # noqa: RUF001 - what may follow the end of a sentence
_MATCHING = {"{": "}", "[": "]"}

# A single quote that begins a word, as in 's Avonds.
APOSTROPHES = ("'s ", "'t ", "'n ", "'k ", "'m ")


def find_comment(line: str, start: int, flow_keys: frozenset[str] | None = None) -> tuple[int, bool]:
    """Find where a text ends before a comment, and whether that is certain.

    A comment has a space after its sign, or two before it. With neither, the sign belongs to the words, as in `#3`, so
    it does where a bracket or quote of the text is closed behind it, or one of ``flow_keys`` follows a comma there.
    """
    for found in SIGN.finditer(line, start + 1):
        before, rest = line[start : found.start()], line[found.end() :].rstrip()
        words = before.rstrip()
        if _closes(before, rest, flow_keys):
            continue
        in_quotes = before[0] in "\"'" and not QUOTED.match(words) and not before.startswith(APOSTROPHES)
        if not rest or rest[0] in " \t#" or len(before) - len(words) > 1:
            return start + len(words), not in_quotes
        if words.rstrip(_CLOSING_QUOTES).endswith(_FINISHED):
            return start + len(words), False
    return len(line.rstrip()), True


def _closes(before: str, rest: str, flow_keys: frozenset[str] | None) -> bool:
    """Return whether a number sign's rest closes what was opened before it, or goes on with settings in braces."""
    if flow_keys is not None:
        depth = sum(before.count(sign) for sign in "{[") - sum(before.count(sign) for sign in "}]")
        ends = sum(rest.count(sign) for sign in "}]") - sum(rest.count(sign) for sign in "{[")
        goes_on = any(found["key"] in flow_keys for found in _NEXT_KEY.finditer(rest))
        return depth > 0 and (goes_on or (ends > 0 and rest.endswith(("}", "]"))))
    quote = before[0]
    open_here = before.count(quote) % 2 == 1 if quote == '"' else True
    return quote in "\"'" and rest.endswith(quote) and open_here and not QUOTED.fullmatch(before.rstrip())


def quote_words(words: str) -> str | None:
    """Quote words so that YAML reads all of them; quotes that stand around the whole are renewed.

    None if a backslash in them could be meant in two ways: behind a quote any, else one before what is often escaped.
    """
    first, inside, escape = words[0], words, _OFTEN_ESCAPED
    if first in "\"'" and not words.startswith(APOSTROPHES):
        escape = _ESCAPED
        if words[1:] and words[-1] == first and not _are_several(words):
            inside = words[1:-1]
        elif first not in words[1:]:
            return words + first if first == '"' or "'" not in words[1:] else None
        if first == '"':
            inside = inside.replace('\\"', '"')
    if escape.search(inside):
        return None
    if '"' in inside or "\\" in inside:
        return "'" + inside.replace("'", "''") + "'"
    return f'"{inside}"'


def _are_several(words: str) -> bool:
    """Return whether quotes at the start and the end of words do not belong together, as in ``"in" and "out"``."""
    found = QUOTED.match(words)
    return found is not None and bool(re.match(r"[\s,;.:]", words[found.end() :])) and words.count(words[0]) % 2 == 0


def reads_back(words: str, *, is_flow: bool) -> bool:
    """Return whether YAML reads plain words as exactly these, as a value of a mapping in braces or not."""
    text = f"{{a: {words}}}" if is_flow else f"a: {words}"
    try:
        events = list(yaml.parse(text, FAST_LOADER))
    except yaml.YAMLError:
        return False
    scalars = [event for event in events if isinstance(event, yaml.ScalarEvent)]
    tags = [scalar for scalar in scalars if scalar.tag or scalar.anchor]
    return len(scalars) == 2 and scalars[1].value == words and not tags and len(events) == 8  # noqa: PLR2004 - a, words


def _begins_language(line: str, start: int, vocabulary: Vocabulary) -> bool:
    found = FLOW_KEY.match(line, start)
    return found is not None and found["key"] in vocabulary.languages and found["colon"] == ":" and bool(found["space"])


def begins_flow(line: str, start: int, role: Role, vocabulary: Vocabulary) -> bool:
    """Return whether a bracket begins settings, not words, or a language a text without its brackets."""
    if role == "said" and _begins_language(line, start, vocabulary):
        return True
    if line[start] not in "{[":
        return False
    if role != "said":
        return True
    if line[start] == "[":
        several = rf"(?:{_ITEM.pattern},\s*)+{_ITEM.pattern}\]\s*(?:[,}}\]#]|$)"  # texts, and nothing behind
        return re.match(rf"\[\s*(?:[{{\"']|$|{several})", line[start:]) is not None
    found = re.compile(r"\s*" + FLOW_KEY.pattern).match(line, start + 1)
    return line[start + 1 :].strip() == "" or bool(
        found and found["key"].strip("\"'") in vocabulary.texts | vocabulary.settings
    )


def read_flow(line: str, start: int, role: Role, reading: LineReading, vocabulary: Vocabulary) -> None:
    """Read settings in braces, or a list in brackets, with the comment after them."""
    end, certain = find_comment(line, start, vocabulary.texts | vocabulary.settings)
    flow = _Flow(line=line, position=start, stop=end, vocabulary=vocabulary)
    try:
        flow.read(role)
    except _UnreadableError:
        reading.parts.append(LinePart(role="unsure", start=start, end=end))
        reading.certain = False
    else:
        reading.parts += flow.parts
        reading.edits += flow.edits
        reading.certain &= certain and flow.certain
        reading.add_label(flow.label)
    found = SIGN.search(line, end)
    if found:
        reading.parts.append(LinePart(role="comment", start=found.start(), end=len(line)))


def read_flow_lines(
    lines: Sequence[str], start: int, role: Role, readings: Sequence[LineReading], vocabulary: Vocabulary
) -> int:
    """Read settings in braces that go on in the next lines, and return how many they take; 0 if that is not clear."""
    joined, begins, commas = lines[0], [0], []
    while joined.count("{") + joined.count("[") > joined.count("}") + joined.count("]") and len(begins) < len(lines):
        line = lines[len(begins)]
        key = FLOW_KEY.match(line, len(line) - len(line.lstrip(" \t")))
        is_missing = joined.rstrip()[-1] not in ",{[" and key is not None and vocabulary.is_key(key["key"])
        commas += [len(begins) - 1] * is_missing
        begins.append(len(joined) + 1)
        joined += ("," if is_missing else " ") + line
    whole = LineReading()
    read_flow(joined, start, role, whole, vocabulary)
    places = [bisect_right(begins, part.start) - 1 for part in whole.parts]
    inside = all(part.end <= begins[at] + len(lines[at]) for part, at in zip(whole.parts, places, strict=True))
    if (
        len(begins) == 1
        or SIGN.search(joined)
        or not whole.certain
        or not inside
        or joined.count("{") != joined.count("}")
    ):
        return 0
    for part, at in zip(whole.parts, places, strict=True):
        readings[at].parts.append(replace(part, start=part.start - begins[at], end=part.end - begins[at]))
    for begin, end, text in whole.edits:
        at = bisect_right(begins, begin) - 1
        readings[at].edits.append((begin - begins[at], end - begins[at], text))
    for at in commas:
        end = len(lines[at].rstrip())
        readings[at].edits.append((end, end, ","))
    return len(begins)


class _UnreadableError(Exception):
    """These are no settings in braces."""


@dataclass(kw_only=True, slots=True)
class _Flow:
    line: str
    position: int
    stop: int
    vocabulary: Vocabulary
    parts: list[LinePart] = field(default_factory=list)
    edits: list[LineEdit] = field(default_factory=list)
    certain: bool = True
    label: WordLabel | None = None
    tight: bool = False
    depth: int = 0

    def read(self, role: Role) -> None:
        """Read the whole line.

        Raises:
            _UnreadableError: it cannot be understood, or something follows the closing bracket.
        """
        self._read_inside(role)
        self.skip_spaces()
        if self.position < self.stop:
            raise _UnreadableError

    def _read_inside(self, role: Role) -> None:
        """Read what is in brackets, or texts per language that have none, and put those in."""
        start = self.position
        if not _begins_language(self.line, start, self.vocabulary):
            self.read_bracket(role)
            return
        self._read_entry("said")
        comma = _COMMA.match(self.line, self.position, self.stop)
        while comma and _begins_language(self.line, comma.end(), self.vocabulary):
            self.position = comma.end()
            self._read_entry("said")
            comma = _COMMA.match(self.line, self.position, self.stop)
        self.edits += [(start, start, "{"), (self.position, self.position, "}")]

    def skip_spaces(self) -> None:
        """Go on to the next character that is not a space."""
        while self.position < self.stop and self.line[self.position] in " \t":
            self.position += 1

    def peek(self) -> str:
        """Return the next character, or nothing at the end."""
        return self.line[self.position] if self.position < self.stop else ""

    def read_bracket(self, role: Role) -> None:
        """Read a mapping or a list, and close it where it is not."""
        opening = self.peek()
        self.position += 1
        self.depth += 1
        while True:
            self.skip_spaces()
            if self.peek() in ("", _MATCHING[opening]):
                break
            if opening == "{" or (role != "said" and self._begins_entry()):
                self._read_entry(role)
            else:
                self._read_item(role)
            self.skip_spaces()
            if self.peek() == ";":
                self.edits.append((self.position, self.position + 1, ","))
            if self.peek() in (",", ";"):
                self.position += 1
            elif self.peek() not in ("", _MATCHING[opening]):
                raise _UnreadableError
        self.depth -= 1
        if self.peek():
            self.position += 1
        else:
            self.edits.append((self.stop, self.stop, _MATCHING[opening]))

    def _read_entry(self, role: Role) -> None:
        found = FLOW_KEY.match(self.line, self.position, self.stop)
        if found is None:
            raise _UnreadableError
        key = self.vocabulary.resolve(found["key"].strip("\"'"))
        known = self.vocabulary.is_key(key)
        tight = found["space"] is None and found["key"][0] not in "\"'"
        if (tight or found["colon"] == "=") and not known:
            raise _UnreadableError
        if found["colon"] != ":":
            self.edits.append((found.end("key"), found.end(), ": "))
        elif tight and found.end() < self.stop:
            self.edits.append((found.end(), found.end(), " "))
        self.tight = self.tight or tight
        self.parts.append(LinePart(role="key", start=found.start(), end=found.end("key")))
        self.position = found.end()
        begin = self.position
        inner: Role = "said" if key in self.vocabulary.texts else "value" if known else "unsure"
        self._read_value("unsure" if role == "unsure" and not known else inner)
        if key == "parts" and re.match(r"[^\[\]{}]*,", self.line[begin : self.position]):
            end = begin + len(self.line[begin : self.position].rstrip())
            self.edits += [(begin, begin, "["), (end, end, "]")]

    def _begins_entry(self) -> bool:
        found = FLOW_KEY.match(self.line, self.position, self.stop)
        return found is not None and found["space"] is not None and self.vocabulary.is_key(found["key"])

    def _begins_after_semicolon(self, at: int) -> bool:
        found = _AFTER_SEMICOLON.match(self.line, at, self.stop)
        return found is not None and self.vocabulary.is_key(found[1])

    def _read_item(self, role: Role) -> None:
        """Read an item of a list: settings, quoted words, or in a list of values a word."""
        quoted = QUOTED.match(self.line, self.position, self.stop)
        if self.peek() in "{[" and not (role == "said" and _ITEM.match(self.line, self.position, self.stop)):
            self.read_bracket(role)
        elif quoted and re.match(r"\s*(?:[,\]]|$)", self.line[quoted.end() : self.stop]):
            self.parts.append(LinePart(role=role, start=self.position, end=quoted.end(), quoted=True))
            self.position = quoted.end()
        else:
            found = _ITEM.match(self.line, self.position, self.stop)
            if found is None:
                raise _UnreadableError
            self._add_words(self.position, self.line[self.position : found.end()].rstrip(), role)
            self.position = found.end()

    def _read_value(self, role: Role) -> None:
        self.skip_spaces()
        quoted = QUOTED.match(self.line, self.position, self.stop)
        if self.peek() in ("", ",", "}"):
            return
        if begins_flow(self.line, self.position, role, self.vocabulary):
            self._read_inside(role)
        elif quoted and self._ends_value(quoted.end()):
            self.parts.append(LinePart(role=role, start=self.position, end=quoted.end(), quoted=True))
            self.position = quoted.end()
        else:
            self._read_plain(role)

    def _read_plain(self, role: Role) -> None:
        start, end = self.position, self._find_end(role)
        words = self.line[start:end].rstrip()
        self.position = end
        if words:
            self._add_words(start, words, role)

    def _add_words(self, start: int, words: str, role: Role) -> None:
        if role == "said":
            self.label = self.label or self.vocabulary.find_label(words, is_flow=True)
        self.parts.append(LinePart(role=role, start=start, end=start + len(words)))
        if role == "said" and not reads_back(words, is_flow=True):
            better = quote_words(words)
            self.certain &= better is not None
            self.edits.append((start, start + len(words), better or words))

    def _find_end(self, role: Role) -> int:
        """Find where a value without good quotes ends: before the next key, or before brackets that are closed."""
        inner: list[str] = []
        for at in range(self.position, self.stop):
            sign = self.line[at]
            if sign == "," and self._begins_next(at, role):
                return at
            if sign == ";" and role == "value" and self._begins_after_semicolon(at):
                return at
            if sign in "{[":
                inner.append(_MATCHING[sign])
            elif sign in "}]":
                if inner and inner[-1] == sign and not self._is_last(at, sign, inner):
                    inner.pop()
                elif self._ends_value(at):
                    return at
        return self.stop

    def _is_last(self, at: int, sign: str, inner: list[str]) -> bool:
        """Return whether a bracket at the very end closes the settings, not a bracket in the words."""
        opened = self.line.rfind("{" if sign == "}" else "[", self.position, at)
        words = self.line[opened + 1 : at]
        is_mark = re.fullmatch(r"\s*\w+\s*", words) is not None
        return not is_mark and len(inner) == 1 and self.depth == 1 and not self.line[at + 1 : self.stop].strip()

    def _ends_value(self, at: int) -> bool:
        """Return whether a value can end here: closing brackets follow, then the next key or nothing."""
        rest = self.line[at : self.stop]
        bare = rest.lstrip(" \t}]")
        closed = sum(rest[: len(rest) - len(bare)].count(sign) for sign in "}]")
        if not bare:
            return closed <= self.depth
        begin = at + len(rest) - len(bare)
        return bare[0] == "," and closed < self.depth + 1 and self._begins_next(begin, "said")

    def _begins_next(self, comma: int, role: Role) -> bool:
        """Return whether a comma ends a value: a key follows that is one, or a bracket in a list."""
        if not self.line[comma + 1 : self.stop].strip(" \t}]") and role != "said":
            return True
        if self.depth > 1 and _NEXT_IN_BRACKETS.match(self.line, comma, self.stop):
            return self.line[self.position : comma].rstrip().endswith(("}", "]"))
        found = _NEXT_KEY.match(self.line, comma, self.stop)
        if found is None:
            return False
        known = self.vocabulary.texts | self.vocabulary.settings
        tight = found["value"][:1] not in (" ", "\t", "")
        if found["key"] in known:
            self.certain &= not tight or self.tight or role != "said"
            return True
        near = self.vocabulary.is_like_a_key(found["key"])
        is_key = not tight or near if role != "said" else near and LIKE_A_VALUE.fullmatch(found["value"]) is not None
        self.certain &= is_key or not near
        return is_key

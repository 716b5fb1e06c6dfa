"""Source words: each word of a session with its role, as the lines of the file mean it and as YAML reads it."""

import re
import unicodedata
from bisect import bisect_right
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property

import yaml

from coach.diagnostics.source_file import replace_odd_characters, split_lines
from coach.yaml.lenient_line_reader import read_lines
from coach.yaml.nodes import FAST_LOADER
from coach.yaml.pasted_characters import read_scalar, write_plain_structure
from coach.yaml.vocabulary import LineReading, Role, Vocabulary

# Letters, marks and digits of any script, and emoji: all but spaces, signs and punctuation.
WORD = re.compile(
    r"[^\s\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\xa9\xab\xac\xae-\xb1\xb4\xb6-\xb8\xbb\xbf\xd7\xf7"
    r"\u2000-\u200a\u2010-\u205f\u2061-\u206f\u2190-\u21ff\u2212\u3000-\u3003\u3008-\u3011\uff01-\uff0f\uff1a-\uff20]+"
)

INVISIBLE_CHARACTERS = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")

# Up to how many characters all lines of a file are read to tell what those of a part of it mean.
LONGEST_READ = 100_000

_MARK = re.compile(r"\[[^\[\]{}]*\]|\{[^\[\]{}]*\}")

_COMMENT = re.compile(r"(?<!\S)#[^\r\n]*")


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """A word in a file, in its offsets: its role, and the number of the text or value that it is in."""

    word: str
    role: str
    start: int
    end: int
    text: int


@dataclass(frozen=True, kw_only=True)
class SourceWords:
    """The words of a text, as YAML reads them and as its lines mean them; ``readings``, if that is known."""

    text: str
    vocabulary: Vocabulary
    readings: Sequence[LineReading] = ()

    @cached_property
    def plain(self) -> str:
        """The text without characters that YAML refuses or takes otherwise; every character has its place."""
        return write_plain_structure(replace_odd_characters(self.text))

    @cached_property
    def starts(self) -> tuple[int, ...]:
        """The offset of each line."""
        return (0, *(found.end() for found in re.finditer(r"\r\n|\r|\n", self.plain)))

    @cached_property
    def lines(self) -> list[LineReading]:
        """What each line means."""
        return list(self.readings) or read_lines(split_lines(self.plain), self.vocabulary)

    @cached_property
    def meant(self) -> list[list[Word]]:
        """The words of each line, as it means them."""
        number, found = 0, []
        for start, reading in zip(self.starts, self.lines, strict=True):
            words: list[Word] = []
            for part in reading.parts:
                number += not part.goes_on
                begin, end = start + part.start, start + part.end
                written = self.plain[begin:end]
                read = read_scalar(written) if part.quoted and written[:1] == '"' else None
                words += _list_words(written if read is None else read, written, begin, part.role, number)
            found.append(words)
        return found

    @cached_property
    def _events(self) -> tuple[list[Word], int | None, int]:
        reader = _EventReader(text=self.plain, vocabulary=self.vocabulary)
        stop = reader.read()
        return sorted(reader.words, key=lambda word: word.start), stop, reader.reach

    @property
    def stop(self) -> int | None:
        """The line, from 0, in which begins what YAML cannot read; None if it reads all."""
        return self._events[1]

    @property
    def reach(self) -> int:
        """The line, from 0, in which YAML finds a fault; only of use where there is one."""
        return self._events[2]

    def reaches(self, line: int) -> bool:
        """Return whether YAML finds no fault before a line, which counts from 0."""
        return self.stop is None or self._events[2] >= line

    def read(self, meant: set[int]) -> list[Word]:
        """List the words that YAML reads; in some lines, and where it reads no more, those that the lines mean."""
        last = len(self.starts) if self.stop is None else self.stop
        by_line: list[list[Word]] = [[] for _ in self.starts]
        line = 0
        for word in self._events[0]:
            while line + 1 < len(self.starts) and self.starts[line + 1] <= word.start:
                line += 1
            by_line[line].append(word)
        for line in range(len(by_line)):
            if line in meant:
                by_line[line] = self.meant[line]
            elif line >= last:  # a line with a fault of its own may be read otherwise until that is mended
                is_open = self.lines[line].certain and self.lines[line].edits
                by_line[line] = [
                    replace(word, role="unsure") if is_open and word.role != "comment" else word
                    for word in self.meant[line]
                ]
        return [word for words in by_line for word in words]

    def list_lines(self, start: int, end: int) -> range:
        """List the lines, from 0, that a range of offsets is in."""
        return range(bisect_right(self.starts, start) - 1, bisect_right(self.starts, max(start, end - 1)))


def _list_words(read: str, written: str, start: int, role: str, text: int) -> Iterator[Word]:
    """List the words of a scalar or comment: as read, with the places of those that are written."""
    marks = deque(found.span() for found in _MARK.finditer(written) if role == "said")
    here = [
        (name, *found.span()) for found in WORD.finditer(written) if (name := INVISIBLE_CHARACTERS.sub("", found[0]))
    ]
    if read != written:
        names = [name for found in WORD.finditer(read) if (name := INVISIBLE_CHARACTERS.sub("", found[0]))]
        if names != [name for name, *_ in here]:
            here, marks = [(name, 0, len(written)) for name in names], deque()
    for name, begin, end in here:
        while marks and marks[0][1] <= end:
            marks.popleft()
        inside = bool(marks) and marks[0][0] < begin
        yield Word(
            word=unicodedata.normalize("NFC", name),
            role="mark" if inside else role,
            start=start + begin,
            end=start + end,
            text=text,
        )


@dataclass(kw_only=True, slots=True)
class _Collection:
    is_mapping: bool
    key: str
    is_free: bool
    at_key: bool = True


@dataclass(kw_only=True, slots=True)
class _EventReader:
    """Reads the words of a text from YAML's events."""

    text: str
    vocabulary: Vocabulary
    words: list[Word] = field(default_factory=list)
    around: list[_Collection] = field(default_factory=list)
    number: int = 0  # counts down, so that no text has the number of one that the lines mean
    reach: int = -1

    def read(self) -> int | None:
        """Read all words, and return the line in which YAML stops, or None."""
        spans: list[tuple[int, int]] = []
        stop = None
        try:
            for event in yaml.parse(self.text, FAST_LOADER):
                spans += self._read_event(event)
        except yaml.MarkedYAMLError as error:
            mark = error.context_mark or error.problem_mark
            self.reach = error.problem_mark.line if error.problem_mark else 0
            stop = mark.line if mark else 0
        except yaml.YAMLError:
            stop = 0
        self._read_comments(spans)
        return stop

    def _read_event(self, event: yaml.Event) -> Iterator[tuple[int, int]]:
        if isinstance(event, (yaml.SequenceStartEvent, yaml.MappingStartEvent)):
            key = self.around[-1].key if self.around else ""
            is_free = key in self.vocabulary.free or bool(self.around and self.around[-1].is_free)
            is_mapping = isinstance(event, yaml.MappingStartEvent)
            self.around.append(_Collection(is_mapping=is_mapping, key=key, is_free=is_free))
        elif isinstance(event, (yaml.SequenceEndEvent, yaml.MappingEndEvent)):
            self.around.pop()
            self._end_value()
        elif isinstance(event, yaml.AliasEvent):
            self._end_value()
        elif isinstance(event, yaml.ScalarEvent):
            yield from self._read_scalar(event)
            self._end_value()

    def _end_value(self) -> None:
        if self.around:
            self.around[-1].at_key = not self.around[-1].at_key

    def _read_scalar(self, event: yaml.ScalarEvent) -> Iterator[tuple[int, int]]:
        start, end = event.start_mark.index, event.end_mark.index  # type: ignore[union-attr] # a parser sets them
        here = self.around[-1] if self.around else None
        role: Role = "unsure"
        if here and here.is_mapping and here.at_key:
            here.key, role = event.value, "key"
        elif here and not here.is_free and here.key not in self.vocabulary.free:
            texts, settings = self.vocabulary.texts, self.vocabulary.settings
            role = "said" if here.key in texts else "value" if here.key in settings else "unsure"
        if event.style in ("|", ">"):
            start = min(end, start + len(self.text[start:end].splitlines(keepends=True)[0]))
        self.number -= 1
        self.words += _list_words(event.value, self.text[start:end], start, role, self.number)
        yield start, end

    def _read_comments(self, spans: list[tuple[int, int]]) -> None:
        """Read what follows each number sign that is in no scalar."""
        spans.sort()
        found = _COMMENT.search(self.text)
        while found:
            nearest = bisect_right(spans, (found.start(), len(self.text)))
            end = spans[nearest - 1][1] if nearest else 0
            if end > found.start():
                found = _COMMENT.search(self.text, end)
                continue
            self.number -= 1
            self.words += _list_words(found[0], found[0], found.start(), "comment", self.number)
            found = _COMMENT.search(self.text, found.end())


def repair_lines(lines: Sequence[str], vocabulary: Vocabulary) -> list[str]:
    """Make all edits that are certain and stay in their lines."""
    repaired: list[str] = []
    for line, reading in zip(lines, read_lines(lines, vocabulary), strict=True):
        better = line
        for start, end, text in reversed(reading.edits):
            better = better[:start] + text + better[end:] if reading.certain and "\n" not in text else better
        repaired.append(better)
    return repaired

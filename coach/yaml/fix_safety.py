"""Fix safety: every word is still said, or still a comment or a setting, where it was, and every number is there.

The words before are those that `lenient_line_reader` finds in the lines that a fix changes, and elsewhere those that
YAML reads, as far as it does. The words after are those that YAML reads. Both must be the same words in the same roles,
in the same texts. Only keys, values and marks may be respelt, if they still mean the same.
"""

import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import pairwise

import yaml

from coach.diagnostics.did_you_mean import find_certain
from coach.diagnostics.edits import replace_ranges
from coach.diagnostics.source_file import replace_odd_characters, split_lines
from coach.units import have_same_quantities, list_value_names
from coach.yaml.lenient_flow_reader import FAST_LOADER, LineReading, Role, Vocabulary
from coach.yaml.lenient_line_reader import read_lines
from coach.yaml.pasted_characters import read_scalar, write_plain_structure

# Letters, marks and digits of any script, and emoji: all but spaces, signs and punctuation.
_WORD = re.compile(
    r"[^\s\x00-\x2f\x3a-\x40\x5b-\x60\x7b-\xa9\xab\xac\xae-\xb1\xb4\xb6-\xb8\xbb\xbf\xd7\xf7"
    r"\u2000-\u200a\u2010-\u205f\u2061-\u206f\u2190-\u21ff\u2212\u3000-\u3003\u3008-\u3011\uff01-\uff0f\uff1a-\uff20]+"
)
_INVISIBLE = re.compile("[\u00ad\u200b-\u200f\u2060\ufeff]")
_MARK = re.compile(r"\[[^\[\]{}]*\]|\{[^\[\]{}]*\}")
_CLOSES = re.compile(r" *[,}]")
_COMMENT = re.compile(r"(?<!\S)#[^\r\n]*")
# Roles that a word may change between: what is said stays said, and a setting a setting.
_SPOKEN = {"said", "mark"}
_SET = {"key", "value"}
_Place = tuple[int, int, str, int]


@dataclass(frozen=True, kw_only=True, slots=True)
class Word:
    """A word in a file, in its offsets: its role, and the number of the text or value that it is in."""

    word: str
    role: str
    start: int
    end: int
    text: int


@dataclass(frozen=True, kw_only=True, slots=True)
class Change:
    """What a fix does to the words in one place."""

    old: tuple[Word, ...]
    new: tuple[Word, ...]
    written: str
    better: str

    @property
    def is_worded(self) -> bool:
        """Whether the words are others afterwards."""
        return [word.word for word in self.old] != [word.word for word in self.new]


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
    here = [(name, *found.span()) for found in _WORD.finditer(written) if (name := _INVISIBLE.sub("", found[0]))]
    if read != written:
        names = [name for found in _WORD.finditer(read) if (name := _INVISIBLE.sub("", found[0]))]
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


def keeps_words(before: SourceWords, ranges: Sequence[tuple[int, int, str]], *, sure: bool = True) -> bool:
    """Return whether every word keeps its role and text, and every number stays, when ranges are replaced.

    If ``sure``, a line that may be meant in two ways must not change, unless YAML reads it.
    """
    after = SourceWords(text=replace_ranges(before.text, ranges), vocabulary=before.vocabulary)
    places = [
        (start, end, text, offset)
        for (start, end, text), offset in _follow_edits(ranges)
        if _INVISIBLE.sub("", before.plain[start:end]) != text
    ]
    touched = {line for start, end, *_ in places for line in before.list_lines(start, end)}
    uncertain = any(not before.lines[line].certain for line in touched)
    if sure and uncertain and (before.stop is not None or any(_renames_in_text(before, place) for place in places)):
        return False
    old = before.read(set() if uncertain else touched)
    new = after.read(set())
    changes = [_find_change(old, new, place, before.plain) for place in places]
    if any(change is None for change in changes):
        return False
    worded = [(place, change) for place, change in zip(places, changes, strict=True) if change and change.is_worded]
    kept = _leave_out(old, [(start, end) for (start, end, _, _), _ in worded])
    left = _leave_out(new, [(offset, offset + len(text)) for (_, _, text, offset), _ in worded])
    return _are_same(kept, left) and _are_respelt([change for _, change in worded], before)


def _follow_edits(located: Iterable[tuple[int, int, str]]) -> Iterator[tuple[tuple[int, int, str], int]]:
    """Add to each edit the offset that its text has afterwards."""
    moved = 0
    for start, end, text in located:
        yield (start, end, text), start + moved
        moved += len(text) - (end - start)


def _renames_in_text(words: SourceWords, place: _Place) -> bool:
    """Return whether an edit changes what may belong to a text: what follows a comma, and a key without a colon."""
    start, end, text, _ = place
    while start and words.plain[start - 1].isspace():
        start -= 1
    follows = words.plain[max(0, start - 1) : start] == ","
    return bool(_WORD.search(text)) and (follows or _CLOSES.match(words.plain, end) is not None)


def _find_change(old: Sequence[Word], new: Sequence[Word], place: _Place, text: str) -> Change | None:
    """Find the words that an edit replaces and those that it writes; None if it cuts a word."""
    start, end, better, offset = place
    found: list[tuple[Word, ...]] = []
    for words, low, high in ((old, start, end), (new, offset, offset + len(better))):
        inside = tuple(_list_inside(words, low, high))
        if any(word.start < low or word.end > high for word in inside):
            return None
        found.append(inside)
    return Change(old=found[0], new=found[1], written=text[start:end], better=better)


def _list_inside(words: Sequence[Word], low: int, high: int) -> Iterator[Word]:
    """List the words, which are in the order of their places, that reach into a range."""
    first = bisect_left(words, low, key=lambda word: word.start)
    while first and words[first - 1].end > low:
        first -= 1
    for index in range(first, len(words)):
        if words[index].start >= high:
            return
        if words[index].end > low:
            yield words[index]


def _leave_out(words: Sequence[Word], ranges: Sequence[tuple[int, int]]) -> list[Word | None]:
    """Leave out the words in some ranges; None stands for each range."""
    kept: list[Word | None] = []
    waiting = deque(sorted(ranges))
    for word in words:
        while waiting and waiting[0][0] <= word.start:
            if word.start < waiting[0][1]:
                break
            waiting.popleft()
            kept.append(None)
        if not waiting or not waiting[0][0] <= word.start < waiting[0][1]:
            kept.append(word)
    return kept + [None] * len(waiting)


def _are_same(old: Sequence[Word | None], new: Sequence[Word | None]) -> bool:
    """Return whether these are the same words in the same roles, and together in the same texts."""
    pairs = list(zip(old, new, strict=False))
    if len(old) != len(new) or not all(_match(one, other) for one, other in pairs):
        return False
    return not any(_is_split(*first, *second) for first, second in pairwise(pairs))


def _match(one: Word | None, other: Word | None) -> bool:
    if one is None or other is None:
        return one is other
    roles = {one.role, other.role}
    same = len(roles) == 1 or roles <= _SPOKEN or roles <= _SET or ("unsure" in roles and "comment" not in roles)
    return same and one.word == other.word


def _is_split(one: Word | None, other: Word | None, next_one: Word | None, next_other: Word | None) -> bool:
    """Return whether two words were in one text and are no longer, or were not and now are."""
    if one is None or other is None or next_one is None or next_other is None:
        return False
    if not {one.role, next_one.role, other.role, next_other.role} <= _SPOKEN:
        return False
    return (one.text == next_one.text) != (other.text == next_other.text)


def _are_respelt(changes: Sequence[Change], before: SourceWords) -> bool:
    """Return whether all changed words are keys, values or marks that still mean the same."""
    if any(word.role == "comment" for change in changes for word in (*change.old, *change.new)):
        return False
    taken = Counter(change.written.strip() for change in changes if not change.new)
    rest = [change for change in changes if not _is_respelt(change, before, taken)]
    return _are_moved(rest) or _are_moved(changes)


def _are_moved(changes: Sequence[Change]) -> bool:
    """Return whether the words are the same in the same order, none of them said, but for a new key for a length."""
    old = [word for change in changes for word in change.old]
    new = [word for change in changes for word in change.new if word.word not in ("lasts", "times")]
    return "said" not in {word.role for word in (*old, *new)} and [w.word for w in old] == [w.word for w in new]


def _is_respelt(change: Change, before: SourceWords, taken: Counter[str]) -> bool:
    said = [[word.word for word in words if word.role == "said"] for words in (change.old, change.new)]
    if any(said):
        marks = {word.word for word in change.new if word.role == "mark"}
        return said[0] == said[1] and marks <= {"step"} and change.better.count("[") >= change.written.count("[")
    if not change.old:
        return [word.word for word in change.new] == ["coach", "1"]
    if not change.new:
        line = change.written.strip()
        return sum(each.strip() == line for each in split_lines(before.plain)) > taken[line]
    if not have_same_quantities(change.written, change.better):
        return False
    if any(word.role == "key" for word in change.old):
        return before.vocabulary.is_synonym(change.written) or not _drops_a_word(change)
    return _count_names(change.old) == _count_names(change.new)


def _count_names(words: Sequence[Word]) -> int:
    return sum(1 for word in words for _ in list_value_names(word.word))


def _drops_a_word(change: Change) -> bool:
    """Return whether a key only loses a word: one that is spelt, or translated, otherwise keeps its meaning."""
    old, new = ([word.word.casefold() for word in words] for words in (change.old, change.new))
    return "".join(old) != "".join(new) and len(old) > len(new) and any(find_certain(name, new) for name in old)

"""Fix safety: every word is still said, or still a comment or a setting, where it was, and every number is there.

The words before are those that `lenient_line_reader` finds in the lines that a fix changes, and elsewhere those that
YAML reads, as far as it does. The words after are those that YAML reads. Both must be the same words in the same roles,
in the same texts. Only keys, values and marks may be respelt, if they still mean the same. YAML reads no less than
before, no block vanishes, and what may be a setting, a place, a note or a language is not put in quotes as words.
"""

import re
from bisect import bisect_left
from collections import Counter, deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from coach.diagnostics.did_you_mean import find_certain
from coach.diagnostics.edits import replace_ranges
from coach.diagnostics.source_file import split_lines
from coach.units import TIME_WORDS_S, have_same_quantities, list_value_names
from coach.yaml.character_names import QUOTES
from coach.yaml.source_words import INVISIBLE_CHARACTERS, WORD, SourceWords, Word

_CLOSES = re.compile(r" *[,}]")

# Roles that a word may change between: what is said stays said, and a setting a setting.
_SPOKEN = {"said", "mark"}

_SET = {"key", "value"}

# The keys that a value may have been written without.
_GIVEN_KEYS = ("lasts", "times", "at", "text")

_Place = tuple[int, int, str, int]


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


def keeps_words(before: SourceWords, ranges: Sequence[tuple[int, int, str]], *, sure: bool = True) -> bool:
    """Return whether every word keeps its role and text, and every number stays, when ranges are replaced.

    If ``sure``, a line that may be meant in two ways must not change, unless YAML reads it.
    """
    after = SourceWords(text=replace_ranges(before.text, ranges), vocabulary=before.vocabulary)
    places = [
        (start, end, text, offset)
        for (start, end, text), offset in _follow_edits(ranges)
        if INVISIBLE_CHARACTERS.sub("", before.plain[start:end]) != text
    ]
    touched = {line for start, end, *_ in places for line in before.list_lines(start, end)}
    uncertain = any(not before.lines[line].certain for line in touched)
    if sure and uncertain and (before.stop is not None or any(_renames_in_text(before, place) for place in places)):
        return False
    old = before.read(set() if uncertain else touched)
    new = after.read(set())
    changes = [_find_change(old, new, place, before.plain) for place in places]
    if any(change is None for change in changes) or _stops_earlier(before, after, places):
        return False
    if any(_makes_words_of_a_label(before, place) for place in places):
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
    return bool(WORD.search(text)) and (follows or _CLOSES.match(words.plain, end) is not None)


def _stops_earlier(before: SourceWords, after: SourceWords, places: Sequence[_Place]) -> bool:
    """Return whether YAML reads less than before: what it cannot read begins earlier, and so is the fault."""
    if after.stop is None or before.stop is None:
        return after.stop is not None
    stop = before.starts[min(before.stop, len(before.starts) - 1)]
    above = [(start, end, text) for start, end, text, _ in places if end <= stop]
    moved = sum(text.count("\n") - before.plain[start:end].count("\n") for start, end, text in above)
    return after.stop < before.stop + moved and after.reach < before.reach + moved


def _makes_words_of_a_label(before: SourceWords, place: _Place) -> bool:
    """Return whether quotes are written around words that may be a setting, a place, a note or a language."""
    start, end, text, _ = place
    written = before.plain[start:end].lstrip()
    if text[:1] not in ("'", '"') or len(text) < 2 or written[:1] in ("", *"'\"") or written[0] in QUOTES:  # noqa: PLR2004 - a pair
        return False
    return before.vocabulary.find_label(text[1:-1]) is not None


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
    """Return whether the words are the same in the same order, none of them said, but for a new key for a value."""
    old = [word for change in changes for word in change.old]
    new = [word for change in changes for word in _leave_out_given(change.new)]
    return "said" not in {word.role for word in (*old, *new)} and [w.word for w in old] == [w.word for w in new]


def _is_respelt(change: Change, before: SourceWords, taken: Counter[str]) -> bool:
    said = [[word.word for word in words if word.role == "said"] for words in (change.old, change.new)]
    if any(said):
        marks = {word.word for word in change.new if word.role == "mark"}
        return said[0] == said[1] and marks <= {"step"} and change.better.count("[") >= change.written.count("[")
    if not change.old:
        return [word.word for word in change.new] == ["coach", "1"]
    if not change.new:
        return _is_repeated(change, before, taken)
    if not have_same_quantities(change.written, change.better):
        return False
    if any(word.role == "key" for word in change.old):
        return before.vocabulary.is_synonym(change.written) or not _drops_a_word(change)
    return _count_names(change.old) in (_count_names(change.new), _count_names(_leave_out_given(change.new)))


def _leave_out_given(words: Iterable[Word]) -> list[Word]:
    """Leave out the keys that may be written before a value that has none."""
    return [word for word in words if word.role != "key" or word.word not in _GIVEN_KEYS]


def _is_repeated(change: Change, before: SourceWords, taken: Counter[str]) -> bool:
    """Return whether a line that is taken out is given twice: a setting beside itself, or one of the whole session."""
    line = change.written.strip()
    number = before.list_lines(change.old[0].start, change.old[0].end)[0]
    lines = split_lines(before.plain)
    if before.vocabulary.is_block(line.partition(":")[0].rstrip()):
        return False
    whole = lines[number]
    around = [lines[near] for near in (number - 1, number + 1) if 0 <= near < len(lines)]
    same = lines if not whole[:1].isspace() else around
    is_said = any(word.role in _SPOKEN for word in change.old)
    return whole in (same if not is_said or same is lines else ()) and lines.count(whole) > taken[line]


def _count_names(words: Sequence[Word]) -> int:
    """Count the words of a value that are neither numbers nor units; a whole value of one word, as `uit`, is one."""
    named = sum(1 for word in words for _ in list_value_names(word.word))
    is_alone = len(words) == 1 and words[0].word.isalpha() and words[0].word.casefold() not in TIME_WORDS_S
    return named or int(is_alone)


def _drops_a_word(change: Change) -> bool:
    """Return whether a key only loses a word: one that is spelt, or translated, otherwise keeps its meaning."""
    old, new = ([word.word.casefold() for word in words] for words in (change.old, change.new))
    return "".join(old) != "".join(new) and len(old) > len(new) and any(find_certain(name, new) for name in old)

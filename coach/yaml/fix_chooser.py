"""Fix chooser: offers the fixes of any rule after which every word is still where its author wrote it.

`FixChooser` is the one way to a fix. Where the fix that a rule proposes loses a word, or where there is none, the line
may have one meaning left: its texts in quotes, its brackets closed, a space after its colons.
"""

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property
from itertools import takewhile

from coach.diagnostics.edits import apply_edits_to_text, locate_edits, select_compatible
from coach.diagnostics.problem import Edit, Fix, Location, Problem
from coach.text.sanitize import quote
from coach.translation import _, mark_message
from coach.yaml.fix_safety import keeps_words
from coach.yaml.pasted_characters import keeps_text, read_events
from coach.yaml.source_words import LONGEST_READ, SourceWords
from coach.yaml.syntax_errors import SYNTAX_CODES
from coach.yaml.syntax_recovery import MOST_LINES, SourceExcerpt, list_items
from coach.yaml.vocabulary import LineEdit, Vocabulary

LONGEST_LINE = 2_000

# How many characters are read in one check to prove fixes.
MOST_PROVED = 500_000

# Up to how many characters a file is read whole for each proof; else that part of it which a fix is in.
LONGEST_WHOLE = 1_500

# Up to how many characters such a part may have, and a file whose tabs are replaced, in all of its lines.
LONGEST_EXCERPT = LONGEST_WITH_TABS = 100_000

# How many lines above a syntax error may hold its cause, such as a quote that is never closed.
MOST_LINES_ABOVE = 20

_LABEL_CODES = ("unknown-key", "unknown-language", "stray-colon", "unquoted")

_TABS = (2, 4, 8)
_WORDED = ("said", "comment")
_MOMENT = re.compile(r"in|out|uit|ste?a?p|[0-9]", re.IGNORECASE)
_TAB = re.compile(r" *\t[ \t]*")
_INDICATED = re.compile(r"(?:^|[\s,\[{])([&*!])(\w+)")

# How many items before that of a syntax error may hold its cause.
_ITEMS_ABOVE = 2


class FixChooser:
    """Chooses the fixes of problems in one file.

    Args:
        lines: the lines of the file.
        vocabulary: the keys of the session language.
        whole: the text of the whole file, if the lines are an excerpt.
        most_proved: how many characters may be read to prove fixes.
    """

    def __init__(
        self,
        lines: Sequence[str],
        vocabulary: Vocabulary,
        *,
        whole: str | None = None,
        most_proved: int = MOST_PROVED,
    ) -> None:
        self._lines = lines
        self._words = SourceWords(text="\n".join(lines), vocabulary=vocabulary)
        self._is_excerpt = whole is not None
        self._whole = self._words.text if whole is None else whole
        self.left = most_proved
        self._has_syntax_error = False  # at which YAML stops; another error is read by its item alone

    def choose(self, problem: Problem) -> Problem:
        """Return a problem with the fix that is certain, or without one; after many proofs, without one."""
        here = problem.location.line - 1
        if not (problem.fix or problem.severity == "error") or here >= len(self._lines) or problem.code == "more":
            return problem
        longest = LONGEST_WITH_TABS if problem.code == "tab" else LONGEST_WHOLE
        is_whole = len(self._words.text) <= longest or self._is_excerpt
        if len(self._lines[here]) > LONGEST_LINE or self.left <= 0 or (problem.code == "tab" and not is_whole):
            return replace(problem, fix=None)
        choices = self._list_choices(problem, is_whole=is_whole)
        chosen = next(choices)
        return next((choice for choice in choices if choice.fix), chosen) if not chosen.fix else chosen

    def _list_choices(self, problem: Problem, *, is_whole: bool) -> Iterator[Problem]:
        """List the problem with the fix that is certain in the whole file, or by the items in which it is.

        A syntax error behind another is first read by its item alone.
        """
        is_syntax = problem.code in SYNTAX_CODES and not self._is_excerpt
        is_further = is_syntax and self._has_syntax_error
        self._has_syntax_error |= is_syntax
        if is_further or not (is_whole or is_syntax):
            yield self._choose_in_excerpt(problem, 0)
        if is_whole:
            yield self._choose_in_whole(problem)
        elif is_syntax:
            yield self._choose_in_excerpt(problem, _ITEMS_ABOVE)

    def _choose_in_whole(self, problem: Problem) -> Problem:
        fix = next(filter(self._is_certain, self._list_fixes(problem)), None)
        label = self._words.lines[problem.location.line - 1].label if problem.code in _LABEL_CODES and not fix else None
        return replace(problem, fix=fix, help=label.advise(problem.help) if label else problem.help)

    @cached_property
    def _items(self) -> list[SourceExcerpt]:
        return list(list_items(self._lines[:MOST_LINES]))

    @cached_property
    def _starts(self) -> list[int]:
        return [item.start for item in self._items]

    def _choose_in_excerpt(self, problem: Problem, items_above: int) -> Problem:
        """Choose a fix as for a file that holds only the items in which the problem and its fix are, and some above."""
        edits = problem.fix.edits if problem.fix else ()
        numbers = [place.line - 1 for place in (problem.location, *(edit.location for edit in edits))]
        first, last = (bisect_right(self._starts, number) - 1 for number in (min(numbers), max(numbers)))
        if last < 0:
            return replace(problem, fix=None)
        begin = self._items[max(0, first - items_above)]
        excerpt = SourceExcerpt(above=begin.above, start=begin.start, stop=self._items[last].stop)
        lines = [self._lines[number] for number in excerpt.numbers]
        if sum(map(len, lines)) > LONGEST_EXCERPT or not set(numbers) <= set(excerpt.numbers):
            return replace(problem, fix=None)
        chooser = FixChooser(lines, self._words.vocabulary, whole=self._whole, most_proved=self.left)
        if len(self._words.text) <= LONGEST_READ and len(self._words.starts) == len(self._lines):
            chooser._words = replace(chooser._words, readings=excerpt.cut_readings(self._words.lines))
        chosen = excerpt.move_out(chooser.choose(excerpt.move_in(problem)))
        self.left = chooser.left
        return chosen

    def _is_certain(self, fix: Fix) -> bool:
        if self.left <= 0:
            return False
        self.left -= len(self._words.text)
        located = tuple(locate_edits(self._words.text, fix.edits))
        return keeps_words(self._words, located) or keeps_text(self._words.text, fix.edits)

    def _list_fixes(self, problem: Problem) -> Iterator[Fix]:
        """List what might fix a problem, the likeliest first."""
        if problem.fix:
            yield problem.fix
            yield from self._repair_besides(problem.fix, problem.location)
        if problem.code == "open-mark":
            yield from self._escape_mark(problem.location)
        stops = self._words.stop
        if stops is None:
            yield from self._repair_read_line(problem)
        elif problem.code == "tab":
            yield from self._replace_tabs(problem.location)
            yield from self._repair([problem.location.line - 1], problem.location)
        elif problem.code in SYNTAX_CODES:
            for fix in (*self._repair_lines(problem.location), *self._use_single_quotes(problem)):
                after = self._read(fix.edits)
                last = max(edit.location.line for edit in (*fix.edits, Edit(location=problem.location, text="")))
                if after.reaches(last) or _TAB.match(self._lines[after.stop or 0]):
                    yield fix
        elif problem.severity == "error":
            yield from self._repair([problem.location.line - 1], problem.location)

    def _read(self, edits: Iterable[Edit]) -> SourceWords:
        self.left -= len(self._words.text)
        return SourceWords(text=apply_edits_to_text(self._words.text, edits), vocabulary=self._words.vocabulary)

    def _repair_besides(self, fix: Fix, location: Location) -> Iterator[Fix]:
        """Add to a fix the repair of the lines that it changes."""
        lines = {edit.location.line - 1 for edit in fix.edits}
        wrong = sorted(line for line in lines if line < len(self._lines) and self._is_wrong(line))
        for repair in self._repair(wrong, location) if wrong else ():
            whole = Fix(title=f"{fix.title}, {repair.title}", edits=(*fix.edits, *repair.edits))
            if len(select_compatible((fix, repair))) > 1:
                yield whole

    def _escape_mark(self, location: Location) -> Iterator[Fix]:
        """Write a backslash before a bracket that is never closed, if it cannot begin a mark."""
        line, column = self._lines[location.line - 1], location.column - 1
        word = re.match(r"\s*(\w*)", line[column + 1 :])
        name = word[1] if word else ""
        is_name = line[column : column + 1] == "{" and name and re.search(rf"\b{name}\s*:", self._whole)
        if line[column : column + 1] not in ("[", "{") or is_name or _MOMENT.match(name):
            return
        place = replace(location, end_column=location.column)
        for backslash in ("\\", "\\\\"):
            edits = (Edit(location=place, text=backslash),)
            if self._read(edits).stop is None:
                yield Fix(title=_("write {text}", text=f"{backslash}{line[column]}"), edits=edits)
                return

    def _repair_read_line(self, problem: Problem) -> Iterator[Fix]:
        """Repair a line that YAML reads, but otherwise than it is meant; alone, or with those beside it."""
        here = problem.location.line - 1
        is_named = any(self._is_named(found[1], found[2]) for found in _INDICATED.finditer(self._lines[here]))
        if problem.severity == "error" and (not is_named or problem.code in ("unknown-alias", "tag", "unquoted")):
            yield from self._repair([here], problem.location)
            beside = [here, *takewhile(self._is_wrong, range(here + 1, len(self._lines)))]
            if len(beside) > 1:
                yield from self._repair(beside, problem.location)

    def _is_named(self, sign: str, name: str) -> bool:
        """Return whether a word after a sign is a tag, or a name that is used elsewhere."""
        other = {"&": "*", "*": "&"}.get(sign)
        return other is None or re.search(rf"{re.escape(other + name)}\b", self._whole) is not None

    def _is_wrong(self, line: int) -> bool:
        return bool(self._words.lines[line].edits or self._words.lines[line].together)

    def _repair_lines(self, location: Location) -> Iterator[Fix]:
        """Repair the line of a syntax error, or one above it, or all of them."""
        here = location.line - 1
        stops = self._words.stop
        first = max(0, here - MOST_LINES_ABOVE, min(here, here if stops is None else stops))
        above = [*takewhile(self._is_wrong, range(first - 1, -1, -1))]
        wrong = [*(line for line in range(here, first - 1, -1) if self._is_wrong(line)), *above]
        for line in wrong:
            yield from self._repair([line], location)
        if len(wrong) > 1:
            yield from self._repair(wrong, location)

    def _repair(self, lines: Sequence[int], location: Location) -> Iterator[Fix]:
        whole = sorted({each for line in lines for each in (line, *self._words.lines[line].together)})
        readings = [(line, self._words.lines[line]) for line in whole]
        edits = [(line, edit) for line, reading in readings for edit in _join_insertions(reading.edits)]
        if edits and all(reading.certain for _, reading in readings):
            named = [(line, edit, _name_edit(self._lines[line], edit, edits)) for line, edit in edits]
            titles = dict.fromkeys(title for *_, title in named)
            named += [(line, sign, "") for line, each in readings for sign in self._replace_signs(line, each.edits)]
            yield Fix(
                title=", ".join(filter(None, titles)),
                edits=tuple(_make_edit(location, line, edit, title) for line, edit, title in named),
            )

    def _replace_signs(self, line: int, edits: Sequence[LineEdit]) -> Iterator[LineEdit]:
        """Write the plain signs, for which others stand in the structure of a line, where it is not edited anyway."""
        begin = self._words.starts[line]
        said = [range(part.start, part.end) for part in self._words.lines[line].parts if part.role in _WORDED]
        for column, written in enumerate(self._lines[line]):
            plain = self._words.plain[begin + column]
            taken = any(start <= column <= end for start, end, _ in edits) or any(column in part for part in said)
            if plain != written and not taken:
                yield column, column + 1, plain

    def _use_single_quotes(self, problem: Problem) -> Iterator[Fix]:
        """Write single quotes around a text whose only escapes are those of marks."""
        if problem.code != "bad-escape":
            return
        location, line = problem.location, self._lines[problem.location.line - 1]
        for found in re.finditer(r'"((?:[^"\\]|\\.)*)"', line):
            inside = found[1]
            is_here = found.start() < location.column <= found.end()
            if is_here and "'" not in inside and re.search(r"\\[^\[\]{}]", inside) is None:
                place = replace(location, column=found.start() + 1, end_column=found.end() + 1)
                edits = (Edit(location=place, text=f"'{inside}'"),)
                yield Fix(title=_("put quotes around {text}", text=quote(inside)), edits=edits)

    def _replace_tabs(self, location: Location) -> Iterator[Fix]:
        """Replace every tab that indents by spaces, if all widths that YAML can read give the same session.

        If they differ, that width is meant with which the lines stand where others do.
        """
        repairs = tuple(self._repair_all(location))
        edits = {width: self._list_tab_edits(location, width) for width in _TABS if self._list_tab_edits(location, 1)}
        read = {width: read_events(apply_edits_to_text(self._words.text, (*edits[width], *repairs))) for width in edits}
        good = [width for width in read if read[width]]
        if len({read[width] for width in good}) > 1:
            columns = {len(line) - len(line.lstrip(" ")) for line in self._lines if not _TAB.match(line)}
            level = [width for width in good if columns >= {len(edit.text) for edit in edits[width]}]
            good = level or [width for width in good if width > _TABS[0]]
        if good and all(read[width] == read[good[0]] for width in good):
            yield (fix := Fix(title=_("write spaces for the tabs that indent lines"), edits=edits[good[0]]))
            yield from self._repair_besides(fix, location)

    def _repair_all(self, location: Location) -> Iterator[Edit]:
        """List the edits of all lines that are certain, for what YAML reads when no other fault is left."""
        for line in range(len(self._lines)):
            for fix in self._repair([line], location) if self._words.lines[line].edits else ():
                yield from fix.edits

    def _list_tab_edits(self, location: Location, width: int) -> tuple[Edit, ...]:
        return tuple(
            Edit(
                location=replace(location, line=number, column=1, end_column=len(indent[0]) + 1),
                text=indent[0].replace("\t", " " * width),
            )
            for number, line in enumerate(self._lines, 1)
            if (indent := _TAB.match(line))
        )


def _join_insertions(edits: Sequence[LineEdit]) -> list[LineEdit]:
    """Join what is put in at one place."""
    joined: list[LineEdit] = []
    for start, end, text in sorted(edits, key=lambda edit: edit[:2]):
        if joined and joined[-1][:2] == (start, end) and start == end:
            joined[-1] = (start, end, joined[-1][2] + text)
        else:
            joined.append((start, end, text))
    return joined


def _make_edit(location: Location, line: int, edit: LineEdit, title: str) -> Edit:
    place = replace(location, line=line + 1, column=edit[0] + 1, end_column=edit[1] + 1)
    return Edit(location=place, text=edit[2], title=title)


_PAIRS = {"{": mark_message("put { } around the text"), "[": mark_message("put [ ] around the list")}
_OPENING = {"}": "{", "]": "["}


def _name_edit(line: str, edit: LineEdit, beside: Sequence[tuple[int, LineEdit]]) -> str:
    start, end, text = edit
    if text.strip("- :") == "":
        return _name_sign(line, edit)
    if text.startswith("\n"):
        return _("begin the value on the next line")
    if start < end:
        return _name_replacement(line[start:end], text)
    if text in _PAIRS or any(other[2] == _OPENING.get(text) for _line, other in beside):
        return _(_PAIRS.get(text, ""))
    if text.endswith(": "):
        return _("write {text} before {key}", text=text.strip(), key=quote(line[start:].split(": ", maxsplit=1)[0]))
    return _("put quotes around the text") if text in "\"'" else _("put {text} at the end of the line", text=text)


def _name_replacement(written: str, text: str) -> str:
    if text[0] == "{":
        return _("put {{ }} around {text}", text=quote(text[1:-1]))
    added = text.removeprefix(written)
    if len(added) == 1 and added in "\"'":
        return _("put {text} at the end of the text", text=added)
    return _("put quotes around {text}", text=quote(text[1:-1]))


def _name_sign(line: str, edit: LineEdit) -> str:
    """Name an edit that writes a dash, a colon or a space."""
    start, end, text = edit
    if not text.strip() and ":" in line[start:end]:
        return _("take out the colon")
    if text.startswith("-"):
        return _("write a dash")
    before = line[:start].rsplit(maxsplit=1)[-1].strip(" -{")
    if text.startswith(":"):
        return _("write a colon after {key}", key=quote(before))
    return _("put a space after {key}", key=quote(before))

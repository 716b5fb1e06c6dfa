"""Hypothesis strategies for sessions: one session written in many ways, and sessions compared without locations."""

import dataclasses
from pathlib import Path
from typing import Any

from hypothesis import strategies as st

from coach.services import session_reading

COMMENT = "# kept-"


def meaning(path: Path) -> Any:
    """A session without its places, or None if it has errors."""
    return _bare(session_reading.read_session(path).session)


def _bare(value: Any) -> Any:
    if dataclasses.is_dataclass(value):
        fields = (field.name for field in dataclasses.fields(value) if field.name != "location")
        return {name: _bare(getattr(value, name)) for name in fields}
    return [_bare(each) for each in value] if isinstance(value, tuple) else value


class Scribe:
    """Writes data as YAML, each time otherwise: by a draw of Hypothesis's."""

    def __init__(self, data: st.DataObject) -> None:
        self.data = data
        self.comments = 0

    def chance(self, one_in: int = 4) -> bool:
        return bool(self.data.draw(st.integers(1, one_in)) == one_in)

    def write(self, value: dict[str, Any]) -> str:
        return "".join(f"{line}\n" for line in [*self._gap(0), *self._lines(value, 0), *self._gap(0)])

    def _lines(self, value: Any, column: int) -> list[str]:
        """The lines of a mapping or list that begins in a column."""
        lines = []
        keys = list(value) if isinstance(value, list) else self.data.draw(st.permutations(sorted(value)))
        for number, key in enumerate(keys):
            lines += self._gap(column) if number else []
            begin, inner = (f"{key}:", value[key]) if isinstance(value, dict) else ("-", key)
            lines += self._member(" " * column + begin, inner, column, is_item=isinstance(value, list))
        return lines

    def _member(self, begin: str, value: Any, column: int, *, is_item: bool) -> list[str]:
        if not isinstance(value, dict | list) or not value or self.chance(3):
            return self._in_line(begin, value, column)
        if is_item and not self.chance():
            inside = self._lines(value, column + 2)
            return [f"{begin} {inside[0].lstrip()}", *inside[1:]]
        stays = isinstance(value, list) and not is_item and self.chance(3)
        deeper = column if stays else column + self.data.draw(st.integers(1, 4))
        return [self._remarked(begin), *self._gap(deeper), *self._lines(value, deeper)]

    def _in_line(self, begin: str, value: Any, column: int) -> list[str]:
        written = self._in_brackets(value) if isinstance(value, dict | list) else self._text(value, column + 1)
        first, *more = f"{begin}{self._space()}{written}".rstrip().split("\n")
        return [first, *more] if more else [self._remarked(first)]

    def _in_brackets(self, value: Any) -> str:
        if isinstance(value, dict):
            keys = self.data.draw(st.permutations(sorted(value)))
            inside = [f"{key}: {self._in_brackets(value[key])}" for key in keys]
        elif isinstance(value, list):
            inside = [self._in_brackets(each) for each in value]
        else:
            return self._quoted(value) if value.startswith("q:") else str(value)
        comma = self.data.draw(st.sampled_from([", ", ",", " , "]))
        begin, end = "{}" if isinstance(value, dict) else "[]"
        return f"{begin}{self._space()[1:]}{comma.join(inside)}{end}"

    def _text(self, value: str, column: int) -> str:
        if not value.startswith("q:"):
            return value
        if self.chance(3):
            indent = " " * (column + self.data.draw(st.integers(1, 3)))
            return f"|\n{indent}{value[2:]}\n\n{indent}  {value[2:]}" if self.chance() else f">-\n{indent}{value[2:]}"
        return self._quoted(value)

    def _quoted(self, value: str) -> str:
        return self.data.draw(st.sampled_from(['"{}"', "'{}'"])).format(value[2:])

    def _space(self) -> str:
        return self.data.draw(st.sampled_from([" ", " ", "  ", "    "]))

    def _remarked(self, line: str) -> str:
        return f"{line}{self._space()}{self._comment()}" if self.chance() else line

    def _gap(self, column: int) -> list[str]:
        lines = self.data.draw(st.lists(st.sampled_from(["", "here", "out"]), max_size=3)) if self.chance() else []
        return [{"": "", "here": " " * column + self._comment(), "out": self._comment()}[line] for line in lines]

    def _comment(self) -> str:
        self.comments += 1
        return f"{COMMENT}{self.comments}"

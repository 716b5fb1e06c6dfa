"""Pasted text: what word processors and chats write in place of a session's structure, found and replaced.

Only signs that stand for a part of the structure count: an indentation, a dash, a key, its colon, and quotes that
keep a text whole. In a spoken text such spaces and quotes are right, and nothing is said of them.
"""

import re
from dataclasses import dataclass, field

from coach.diagnostics.problem import Edit, Problem
from coach.diagnostics.source_file import SourceFile
from coach.session.values.duration import SPAN
from coach.text.sanitize import quote
from coach.translation import _, mark_message
from coach.yaml import nodes, pasted_characters
from coach.yaml.character_names import BULLETS, INVISIBLE, ODD, QUOTES, SPACE, name_written
from coach.yaml.pasted_characters import MARK, ODD_RUN, match_spaces
from coach.yaml.source_words import LONGEST_READ, repair_lines
from coach.yaml.syntax_recovery import MOST_LINES
from coach.yaml.vocabulary import Vocabulary

_KEY = re.compile(
    rf"(?P<open>[{QUOTES}]?)(?P<name>[^\W\d_][\w{INVISIBLE}-]*(?: [\w{INVISIBLE}-]+){{0,2}}?)(?P<close>[{QUOTES}]?)"
    rf"(?P<before>{SPACE}*)(?P<colon>[:：=])(?P<after>{SPACE}*)"  # noqa: RUF001 - a colon as input methods write it
)

_ANY_KEY = re.compile(
    r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^ \t"'\[\]{},#&*!|>%@`](?:(?![ \t]#)[^:]|:(?![ \t]))*?)"""
    r"[ \t]*:(?=[ \t]|$)[ \t]*"
)
_FLOW_KEY = re.compile(
    r"""(?:"(?:[^"\\]|\\.)*"|'(?:[^']|'')*'|[^ \t"'\[\]{},#&*!|>%@`][^:,\[\]{}]*)[ \t]*:(?=[ \t]|$)[ \t]*"""
)

_QUOTED = re.compile(r""""(?:[^"\\]|\\.)*"|'(?:[^']|'')*'""")
_BLOCK_TEXT = re.compile(rf"[|>][0-9+-]*(?P<after>{SPACE}*)(?:#.*)?$")
_AFTER_VALUE = re.compile(rf"(?P<after>{SPACE}*)(?:#.*)?$")
_NUMBER = re.compile(rf"\(?(?:[0-9]{{1,2}}|[a-z])[.)](?={SPACE})")
_DASH = re.compile(rf"-(?={SPACE}|$)")
_DECIMAL = re.compile(r"[0-9]+,[0-9]+ ?[a-z]+")
_LISTS = ("blocks", "parts")
_SYNTAX_CODES = ("stray-colon", "stray-dash", "indentation", "no-colon", "not-yaml")


def read_pasted(
    source: SourceFile, keys: frozenset[str], vocabulary: Vocabulary
) -> tuple[tuple[Problem, ...], SourceFile | None]:
    """Find the pasted signs of a session that has errors, and return it as it reads without them.

    Args:
        source: the session.
        keys: every word that may be a key, in small letters.
        vocabulary: the keys of the session language.

    Returns:
        The problems, and the session with those fixed. It has the same lines; None where lines come or go.
    """
    errors = nodes.parse(source)[1]
    code = errors[-1].code if errors else ""
    around = pasted_characters.find_document_signs(source, keys, code)
    if around:
        return around, None
    found = find_pasted(source, keys, vocabulary.texts)
    if not found and code in _SYNTAX_CODES and len(source.text) <= LONGEST_READ:
        repaired = repair_lines(source.lines, vocabulary)
        moved = pasted_characters.find_misalignment(source, keys, errors[-1].location.line - 1, repaired)
        found = (moved,) if moved else ()
    return found, pasted_characters.replace_signs(source, found)


def find_pasted(source: SourceFile, keys: frozenset[str], text_keys: frozenset[str]) -> tuple[Problem, ...]:
    """Find the pasted signs of a session, as `read_pasted` does, in its lines alone."""
    scanner = _Scanner(source=source, keys=keys, text_keys=text_keys)
    for number, line in enumerate(source.lines[:MOST_LINES]):
        if len(line) > pasted_characters.LONGEST_LINE:
            break
        scanner.scan_line(number, line)
    return tuple(scanner.problems)


@dataclass(kw_only=True, slots=True)
class _Scanner(pasted_characters.SignReporter):
    """Reads a session line by line, as far as structure and texts must be told apart.

    ``text_indent`` is the column beyond which lines belong to an open text, or None; ``block_indent`` that of the
    lines of a text after | or >. ``quote`` is the quote of an open text. ``brackets`` are the open ones. ``parent`` is
    the column of a key whose value begins on the next line, ``parent_name`` that key, and ``dash_columns`` are those of
    the dashes so far.
    """

    keys: frozenset[str]
    text_keys: frozenset[str]
    text_indent: int | None = None
    in_block: bool = False
    block_indent: int | None = None
    quote: str = ""
    brackets: list[str] = field(default_factory=list)
    parent: int = -1
    parent_name: str = ""
    dash_columns: set[int] = field(default_factory=set)

    def scan_line(self, number: int, line: str) -> None:
        """Look at the next line."""
        if self.quote:
            self._scan_open_quote(number, line)
        elif self.brackets:
            self._scan_flow(number, line, self.skip_spaces(number, line, 0))
        elif not self._skip_text(number, line):
            self._scan_structure(number, line)

    def _skip_text(self, number: int, line: str) -> bool:
        """Skip a line of the text above it, and report odd spaces that take it out; False if it is not part of it."""
        if self.text_indent is None:
            return False
        indent, column = len(line) - len(line.lstrip(" ")), match_spaces(line, 0)
        if column <= self.text_indent and column < len(line):
            self.text_indent = None
            return False
        first = self.in_block and self.block_indent is None and column < len(line)
        if column > indent and (first or indent <= max(self.text_indent, (self.block_indent or 0) - 1)):
            self.report_spaces(number, line, 0, column)
        if first:
            self.block_indent = column
        return True

    def _scan_structure(self, number: int, line: str) -> None:
        column = self.skip_spaces(number, line, 0)
        if column == len(line) or line[column] == "#":
            return
        dash = -1
        while _DASH.match(line, column):
            self.dash_columns.add(column)
            dash, column = column, self.skip_spaces(number, line, column + 1, tabs=True)
        if dash < 0:
            bullet = self._scan_bullet(number, line, column)
            dash, column = (column, bullet) if bullet else (dash, column)
        if column < len(line):
            self._scan_entry(number, line, column, dash)

    def _scan_entry(self, number: int, line: str, column: int, dash: int) -> None:
        parent = self.parent
        self.parent = -1
        value, name = self._scan_key(number, line, column)
        if value is None:
            self._scan_value(number, line, column, next(each for each in (dash, parent, column) if each >= 0), "")
            return
        if not line[value:].strip(" \t") or line[value] == "#":
            self.parent, self.parent_name = column, name
            return
        self._scan_value(number, line, value, column, name)

    def _scan_bullet(self, number: int, line: str, column: int) -> int | None:
        """Report a bullet in place of a dash; return where what follows it begins."""
        number_sign = _NUMBER.match(line, column)
        sign = number_sign[0] if number_sign else line[column]
        if sign not in BULLETS and sign != "-" and not number_sign:
            return None
        after = match_spaces(line, column + len(sign) + line.startswith("\ufe0f", column + len(sign)))
        key = _KEY.match(line, match_spaces(line, after + 1) if line.startswith("{", after) else after)
        known = key is not None and self._is_known(key)
        if sign in BULLETS:
            begins = self.parent >= 0 and self.parent_name in _LISTS
            listed = after > column + 1 and (begins or column in self.dash_columns)
            known = known or listed or _ANY_KEY.match(line, after) is not None
        if not known:
            return None
        advice = _("write {text}", text="`- `")
        if number_sign and sign[:-1].isdigit() and int(sign[:-1]) > 1 and column not in self.dash_columns:
            template = mark_message(
                "write `- ` if it counts the blocks, or a `repeat` if this is to be done {count} times"
            )
            advice = _(template, count=sign[:-1])
        self.dash_columns.add(column)
        named = _("the list number {sign}", sign=quote(sign)) if number_sign else name_written(sign)
        message = _("{sign} stands where the dash of a list belongs", sign=named)
        if sign == "-":
            message = _("the dash of a list has no space behind it")
        location = self.source.locate(number, column, column + len(sign))
        whole = self.source.locate(number, column, after)
        self.report(location, "bullet", message, advice, _("write a dash"), Edit(location=whole, text="- "))
        return after

    def _scan_key(self, number: int, line: str, column: int) -> tuple[int | None, str]:
        """Report what is odd in a key and its colon; return where its value begins (None without a key), and it."""
        found = _KEY.match(line, column)
        if found is None or not self._is_known(found) or not self._is_pasted(found, line):
            plain = (_FLOW_KEY if self.brackets else _ANY_KEY).match(line, column)
            return (plain.end(), plain[0].rstrip(" \t:").strip("\"'")) if plain else (None, "")
        self._scan_key_name(number, found)
        self.report_spaces(number, line, found.start("before"), found.end("before"))
        self._scan_colon(number, line, found)
        return found.end(), _clean_name(found)

    def _is_known(self, key: re.Match[str]) -> bool:
        return _clean_name(key) in self.keys

    def _is_pasted(self, key: re.Match[str], line: str) -> bool:
        """Return whether a key has something odd in or after it, so that YAML does not see it as it is meant."""
        end = key.end()
        odd_after = bool(key["after"]) and (
            key["after"][0] in ODD or (bool(ODD_RUN.search(key["after"])) and line[end : end + 1] in ("", *"\"'[{|>#"))
        )
        quotes = bool(key["open"]) and bool(key["close"])
        if bool(key["open"]) != bool(key["close"]):
            return False
        if key["colon"] == ":":
            whole = bool(key["after"]) or end == len(line)
            return whole and (quotes or odd_after or bool(ODD_RUN.search(key["name"] + key["before"])))
        return line[end : end + 1] not in ("=", ">")

    def _scan_key_name(self, number: int, key: re.Match[str]) -> None:
        self.report_spaces(number, key.string, key.start("name"), key.end("name"))
        if key["open"]:
            title = _("write straight quotes around {key}", key=quote(_clean_name(key)))
            places = [self.source.locate(number, key.start(side), key.end(side)) for side in ("open", "close")]
            edits = [Edit(location=place, text='"') for place in places]
            message = _("{sign} is no quote to YAML", sign=name_written(key["open"]))
            advice = _("write {text}", text=f"`{_clean_name(key)}:`")
            self.report(edits[0].location, "curly-quote", message, advice, title, *edits)

    def _scan_colon(self, number: int, line: str, key: re.Match[str]) -> None:
        begin, end = key.start("colon"), key.end("colon")
        if key["colon"] == ":":
            self.report_spaces(number, line, key.start("after"), key.end("after"))
            return
        name = _clean_name(key)
        start = key.start("before") if key["colon"] == "=" and not ODD_RUN.search(key["before"]) else begin
        stop = key.end("after") if not ODD_RUN.search(key["after"]) else end
        space = "" if stop == len(line) else " "
        sign = name_written(key["colon"])
        message = _("{sign} stands where the colon of {name} belongs", sign=sign, name=quote(name))
        edit = Edit(location=self.source.locate(number, start, stop), text=f":{space}")
        location = self.source.locate(number, begin, end)
        title = _("write a colon after {key}", key=quote(name))
        self.report(location, "no-colon", message, _("write {text}", text=f"`{name}: `"), title, edit)
        if stop == end:
            self.report_spaces(number, line, key.start("after"), key.end("after"))

    def _scan_value(self, number: int, line: str, column: int, indent: int, name: str) -> None:
        """Look at a value in a block, which opens a text if it may go on in the next lines."""
        first = line[column]
        self.in_block, self.block_indent = False, None
        block = _BLOCK_TEXT.match(line, column)
        if block:
            self.report_spaces(number, line, *block.span("after"))
            self.text_indent, self.in_block = indent, True
        elif first in "\"'":
            self._scan_quoted(number, line, column)
        elif first in "[{" and not (MARK.match(line, column) and name in self.text_keys):
            self._scan_flow(number, line, column)
        else:
            self._scan_curly(number, line, column)
            self.text_indent = indent

    def _scan_quoted(self, number: int, line: str, column: int) -> None:
        found = _QUOTED.match(line, column)
        if found:
            self._scan_end(number, line, found.end())
        elif line.rstrip()[-1] in (QUOTES if line[column] == '"' else "’‘") and column < len(line.rstrip()) - 1:  # noqa: RUF001 - what Word writes
            end = len(line.rstrip()) - 1
            location = self.source.locate(number, end, end + 1)
            message = _("{sign} does not close a text that a straight quote opens", sign=name_written(line[end]))
            edit = Edit(location=location, text=line[column])
            advice = _("write {sign} here", sign=line[column])
            self.report(location, "curly-quote", message, advice, _("write a straight quote"), edit)
        else:
            self.quote = line[column]

    def _scan_open_quote(self, number: int, line: str) -> None:
        closed = re.match(r'(?:[^"\\]|\\.)*"' if self.quote == '"' else r"(?:[^']|'')*'", line)
        if closed:
            self.quote = ""
            if self.brackets:
                self._scan_flow(number, line, closed.end())
            else:
                self._scan_end(number, line, closed.end())

    def _scan_end(self, number: int, line: str, column: int) -> None:
        """Report odd spaces between the end of a value and that of its line."""
        after = _AFTER_VALUE.match(line, column)
        if after:
            self.report_spaces(number, line, *after.span("after"))

    def _scan_curly(self, number: int, line: str, column: int) -> int | None:
        """Report curly quotes that must keep a text whole; return where the text ends if it has such quotes."""
        close = pasted_characters.find_closing_quote(line, column, flow=bool(self.brackets))
        if close is None:
            return None
        text = line[column + 1 : close]
        if not pasted_characters.needs_quotes(text, flow=bool(self.brackets)):
            return close + 1
        location = self.source.locate(number, column, column + 1)
        message = _("{sign} does not keep a text together as a straight quote does", sign=name_written(line[column]))
        whole = Edit(location=self.source.locate(number, column, close + 1), text=pasted_characters.write_quoted(text))
        title = _("write straight quotes around {text}", text=quote(text))
        self.report(location, "curly-quote", message, _('write "…" around the text'), title, whole)
        return close + 1

    def _scan_flow(self, number: int, line: str, column: int) -> None:
        """Look at what is inside brackets, up to the end of the line or of the last bracket."""
        entry = bool(self.brackets)
        while column < len(line):
            sign = line[column]
            if sign == "#" and line[column - 1 : column] in ("", " ", "\t"):
                return
            if sign in "[{":
                self.brackets.append(sign)
            elif sign in "]}" and self.brackets:
                self.brackets.pop()
                if not self.brackets:
                    self._scan_end(number, line, column + 1)
                    return
            if sign in "[{,":
                column, entry = self._skip_flow_spaces(number, line, column + 1), True
            elif sign in "]} \t":
                column = self.skip_spaces(number, line, column + 1)
            else:
                column, entry = self._scan_flow_entry(number, line, column, entry=entry), False

    def _skip_flow_spaces(self, number: int, line: str, column: int) -> int:
        """Skip spaces before an entry; odd ones are reported where they would become a part of it."""
        end = match_spaces(line, column)
        known = _KEY.match(line, end)
        if line[end : end + 1] in ("", *"{[\"'") or (known and self._is_known(known)):
            self.report_spaces(number, line, column, end)
        return end

    def _scan_flow_entry(self, number: int, line: str, column: int, *, entry: bool) -> int:
        """Look at an entry, or at a value that begins a line; return where it ends."""
        value, name = self._scan_key(number, line, column) if entry else (column, "")
        if value is None:
            value = column
        if value >= len(line) or line[value] in "[{]},":
            return value + (value == column and line[value : value + 1] not in tuple("[{]},"))
        if line[value] in "\"'":
            found = _QUOTED.match(line, value)
            self.quote = "" if found else line[value]
            return self.skip_spaces(number, line, found.end()) if found else len(line)
        end = self._scan_curly(number, line, value)
        if end is None and self.brackets[-1:] == ["{"] and name:
            end = self._scan_inline_value(number, line, value, name)
        return end or _find_flow_end(line, value)

    def _scan_inline_value(self, number: int, line: str, column: int, name: str) -> int | None:
        """Report a comma, a mark or a colon in a text without quotes, or a comma in a number, inside { }."""
        decimal = _DECIMAL.match(line, column)
        if decimal and name not in self.text_keys:
            location = self.source.locate(number, *decimal.span())
            better = SPAN.correct(decimal[0]) or decimal[0].replace(",", ".").replace(" ", "")
            template = mark_message("the comma in {number} ends the value: inside {{ }} it begins the next one")
            message = _(template, number=quote(decimal[0]))
            advice = _("write {text}", text=better)
            self.report(location, "not-a-time", message, advice, advice, Edit(location=location, text=better))
            return decimal.end()
        known = name in self.text_keys and line[column] not in ":,?-"
        end = self._find_text_end(line, column) if known else None
        if end is None:
            return None
        text = line[column:end]
        odd = re.search(r",|[\[{][^\[\]{}]*[\]}]|:(?=[ \t])", text)
        if odd is None:
            return end
        sign = {",": _("a comma"), ":": _("a colon")}.get(odd[0], quote(odd[0]))
        message = _("{sign} ends a text without quotes inside {{ }}", sign=sign)
        location = self.source.locate(number, column + odd.start(), column + odd.end())
        edit = Edit(location=self.source.locate(number, column, end), text=pasted_characters.write_quoted(text))
        advice, title = _('put the text in quotes: "…"'), _("put quotes around {text}", text=quote(text))
        self.report(location, "unquoted", message, advice, title, edit)
        return end

    def _find_text_end(self, line: str, column: int) -> int | None:
        """Find where a text without quotes ends: before the next key, or before the bracket that closes."""
        begin = column
        while column < len(line):
            sign = line[column]
            if mark := MARK.match(line, column):
                column = mark.end()
            elif sign == "}" or (sign == "," and self._begins_entry(line, column + 1)):
                return len(line[:column].rstrip()) if column > begin else None
            elif sign in '[]{"' or (sign == "#" and line[column - 1].isspace()):
                return None
            else:
                column += 1
        return None

    def _begins_entry(self, line: str, column: int) -> bool:
        """Return whether a key with its colon follows; a word without one may belong to the text."""
        column = match_spaces(line, column)
        key = _KEY.match(line, column)
        return (key is not None and self._is_known(key)) or re.match(r"[\w-]+:[ \t]|\}", line[column:]) is not None


def _clean_name(key: re.Match[str]) -> str:
    return re.sub(f"[{INVISIBLE}]", "", key["name"]).lower()


def _find_flow_end(line: str, column: int) -> int:
    """Find the next sign inside brackets that ends a value."""
    found = re.compile(r"[,\[\]{}]|[ \t]#").search(line, column)
    return found.start() + found[0].startswith((" ", "\t")) if found else len(line)

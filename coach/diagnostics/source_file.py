"""Source files: their text, or why they have none (too large, not UTF-8, control characters), and places in it."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from coach.diagnostics.problem import Edit, Fix, Location, Problem
from coach.errors import ExternalError, UsageError
from coach.storage.file_input import open_regular
from coach.translation import _, mark_message

LARGEST_BYTES = 1 << 20
NOT_TEXT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\ufeff\ufffe\uffff]")

# What begins a line of its own: a dash, or a key.
_STRUCTURE = re.compile(r" *(?:- |[a-z][a-z-]*:(?:\s|$))")
_LINE_END = re.compile(r"\r\n|\r|\n")
_DEEPEST_INDENT = 200

_NAMES = {
    "\0": mark_message("a NUL character"),
    "\x0b": mark_message("a vertical tab (U+000B), with which Word breaks a line,"),
    "\x0c": mark_message("a page break (U+000C)"),
    "\u2028": mark_message("a line separator"),
    "\u2029": mark_message("a paragraph separator"),
    "\ufeff": mark_message("a byte order mark (U+FEFF), which no one can see,"),
}

# How the files begin that are saved or sent as documents.
_DOCUMENTS = (
    (b"PK\x03\x04", mark_message("a Word, OpenOffice or other zipped document")),
    (b"\xd0\xcf\x11\xe0", mark_message("a document of an older Word")),
    (b"{\\rtf", mark_message("an RTF document, as WordPad and TextEdit write it")),
    (b"%PDF-", mark_message("a PDF document")),
)

# What texts in Western Europe hold beside ASCII, and the quotes that do not stand behind a letter.
_WESTERN = frozenset("àáâãäåæçèéêëìíîïñòóôöøùúûüýÿœßÀÁÂÄÅÆÇÈÉÊËÏÖØÜŒ‘’“”„‚–—…•·°½¼¾€£«»×\u00a0")  # noqa: RUF001 - the characters themselves
_BETWEEN = re.compile(r"(?<=[^\W\d_])(?:[‘„‚•]|[“”](?=[^\W\d_]))")  # noqa: RUF001 - the characters themselves
_ALONE = re.compile(r"(?<![^\W\d_])[^\W\d_\x00-\x7f](?![^\W\d_])")


class SourceError(Exception):
    """A file cannot be read as text; ``problem`` says where and why, and ``lines`` are those of its text."""

    def __init__(self, problem: Problem, lines: tuple[str, ...] = ()) -> None:
        self.problem = problem
        self.lines = lines
        super().__init__(problem.message)


@dataclass(frozen=True, kw_only=True, slots=True)
class SourceFile:
    """The text of a file, its lines, and the name that messages show."""

    file: str
    text: str
    lines: tuple[str, ...]

    def locate(self, line: int, column: int, end_column: int) -> Location:
        """Make a location from counts that begin at 0, kept inside the line and at least one character wide."""
        length = len(self.lines[line]) if line < len(self.lines) else 0
        end = max(column + 1, min(end_column, length))
        return Location(file=self.file, line=line + 1, column=column + 1, end_column=end + 1)


def split_lines(text: str) -> tuple[str, ...]:
    """Split a text into lines, without their ends, as editors count them."""
    return tuple(_LINE_END.split(text))


def read_source(path: Path, file: str) -> SourceFile:
    """Read a file as text; messages show it as ``file``.

    Raises:
        SourceError: it is too large, not UTF-8, or holds control characters.
        UsageError: there is no such file.
        ExternalError: it cannot be read.
    """
    return decode(_read_bytes(path), file)


def _read_bytes(path: Path) -> bytes:
    try:
        if path.is_dir() or not path.exists():
            raise UsageError(_("there is no file {path}", path=path))
        with open_regular(path) as stream:
            return stream.read(LARGEST_BYTES + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise ExternalError(
            _("could not read {path}: {reason}", path=path, reason=reason), help=_("check the file and its permissions")
        ) from None


def decode(data: bytes, file: str) -> SourceFile:
    """Decode the bytes of a file; a byte order mark at the start is not part of the text.

    Raises:
        SourceError: there are too many, they are not UTF-8, or they hold control characters.
    """
    start = Location(file=file, line=1, column=1, end_column=2)
    kind = next((kind for signature, kind in _DOCUMENTS if data.startswith(signature)), None)
    if kind is not None:
        message = _("this is {kind}, and a session is plain text", kind=_(kind))
        advice = _("save it as plain text, with UTF-8")
        raise SourceError(Problem(location=start, code="not-plain-text", message=message, help=advice))
    if len(data) > LARGEST_BYTES:
        message = _("the file is larger than {size} KiB", size=LARGEST_BYTES // 1024)
        raise SourceError(
            Problem(
                location=start, code="too-large", message=message, help=_("split it, and join the parts with `use`")
            )
        )
    try:
        text = data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError as error:
        other = decode_other(data)
        lines = split_lines(other[1]) if other else ()
        raise SourceError(_report_not_utf8(data, error, file), lines) from None
    source = SourceFile(file=file, text=text, lines=split_lines(text))
    odd = NOT_TEXT.search(text)
    if odd:
        raise SourceError(_report_not_text(source, odd), source.lines)
    return source


def decode_other(data: bytes) -> tuple[str, str] | None:
    """Decode bytes that are not UTF-8, if it is certain what they are: the encoding's name, and the text."""
    try:
        if data.startswith((b"\xff\xfe", b"\xfe\xff")):
            text = data.decode("utf-16")
            return ("UTF-16", text) if ":" in text and not NOT_TEXT.search(text) else None
        text = data.decode("cp1252")
    except UnicodeDecodeError:
        return None
    known = all(each in _WESTERN for each in text if not each.isascii())
    return None if not known or _BETWEEN.search(text) or _ALONE.search(text) else ("Windows-1252", text)


def _report_not_utf8(data: bytes, error: UnicodeDecodeError, file: str) -> Problem:
    before = split_lines(data[: error.start].decode("utf-8").removeprefix("\ufeff"))
    line, column = len(before), len(before[-1]) + 1
    number, byte = error.start + 1, data[error.start]
    message = _("byte {number} (0x{byte:02x}) is not UTF-8", number=number, byte=byte)
    advice, fix = _("save the file as UTF-8 in your editor"), None
    other = decode_other(data)
    if other:
        template = mark_message("byte {number} (0x{byte:02x}) is not UTF-8: the file is saved as {encoding}")
        message = _(template, number=number, byte=byte, encoding=other[0])
        place = Location(file=file, line=line, column=column, end_column=column)
        fix = Fix(title=_("save the file as UTF-8"), edits=(Edit(location=place, text=""),))
    location = Location(file=file, line=line, column=column, end_column=column + 1)
    return Problem(location=location, code="not-utf-8", message=message, help=advice, fix=fix)


def _report_not_text(source: SourceFile, odd: re.Match[str]) -> Problem:
    before = split_lines(source.text[: odd.start()])
    column = len(before[-1])
    message = _("{character} is not allowed in a session", character=name_character(odd[0]))
    location = source.locate(len(before) - 1, column, column + 1)
    better = find_replacement(source.text, odd)
    advice = {
        "": _("delete it"),
        " ": _("write a space for it"),
        "\n": _("begin a new line here"),
        None: _("delete it"),
    }[better]
    fix = None if better is None else Fix(title=advice, edits=(Edit(location=location, text=better),))
    return Problem(location=location, code="control-character", message=message, help=advice, fix=fix)


def find_replacement(text: str, odd: re.Match[str]) -> str | None:
    """Find what belongs in the place of a character that no session may hold.

    That is a line break where a key or a dash follows what other programs take for one, a space between two words,
    and else nothing, as in an indentation. None if it stands inside a word and does not part it: then there may be one
    word or two.
    """
    begun, after = text[max(0, odd.start() - _DEEPEST_INDENT) : odd.start()], text[odd.end() : odd.end() + 1]
    before, is_line_begun = begun[-1:], begun.rpartition("\n")[2].rpartition("\r")[2].strip() != ""
    joins = bool(before.strip() and after.strip()) and not NOT_TEXT.match(after)
    if not odd[0].isspace():
        return None if joins and before.isalnum() and after.isalnum() else ""
    if is_line_begun and _STRUCTURE.match(text, odd.end()):
        return "\n"
    return " " if joins else ""


def replace_odd_characters(text: str) -> str:
    """Write a space or a line break for each character that no session may hold; all others keep their place."""
    return NOT_TEXT.sub(lambda odd: "\n" if find_replacement(text, odd) == "\n" else " ", text)


def name_character(character: str) -> str:
    """Name a character that cannot be shown."""
    name = _NAMES.get(character)
    return _(name) if name else _("the control character U+{number:04X}", number=ord(character))


def decode_leniently(data: bytes) -> str:
    """Decode a file, in another encoding than UTF-8 where that is certain, without a byte order mark."""
    try:
        return data.decode("utf-8").removeprefix("\ufeff")
    except UnicodeDecodeError:
        other = decode_other(data)
        return other[1] if other else data.decode("utf-8", errors="replace").removeprefix("\ufeff")


def read_lines_leniently(path: Path) -> tuple[str, ...]:
    """Read the lines of a file to show problems in it, whatever its bytes; a file that cannot be opened has none."""
    try:
        with open_regular(path) as stream:
            data = stream.read(LARGEST_BYTES)
    except (OSError, ValueError):
        return ()
    return split_lines(decode_leniently(data))


class Lines(dict[str, tuple[str, ...]]):
    """The lines of files by their names, each read when it is first asked for, as `read_lines_leniently` does."""

    def __missing__(self, file: str) -> tuple[str, ...]:
        self[file] = read_lines_leniently(Path(file))
        return self[file]


def make_printable(text: str) -> str:
    """Replace what UTF-8 cannot encode: the name of a file may hold other bytes."""
    return text.encode("utf-8", "replace").decode("utf-8")


@dataclass(frozen=True, kw_only=True, slots=True)
class Region:
    """A range of a text, in lines and characters from 1; the end is exclusive, and may equal the start."""

    line: int
    column: int
    end_line: int
    end_column: int


def find_region(location: Location, lines: Sequence[str]) -> Region:
    """Find the region of a problem; a mark just past the end of a line becomes an empty region at the end."""
    last = _measure_line(location, lines) + 1
    return Region(
        line=location.line,
        column=min(location.column, last),
        end_line=location.line,
        end_column=min(location.end_column, last),
    )


def find_edit_region(location: Location, lines: Sequence[str]) -> Region:
    """Find the region of an edit; one that includes the line break ends where the next line begins."""
    found = find_region(location, lines)
    if location.end_column <= _measure_line(location, lines) + 1 or location.line >= len(lines):
        return found
    return Region(line=found.line, column=found.column, end_line=location.line + 1, end_column=1)


def _measure_line(location: Location, lines: Sequence[str]) -> int:
    """Return the length of a line; if the file is gone, as long as the place needs."""
    return len(lines[location.line - 1]) if location.line <= len(lines) else location.end_column - 1

"""Reading of files that anyone may have written: regular ones, up to a size; texts, CSV, JSON, zipped XML, hashes."""

import errno
import io
import os
import re
import stat
import struct
import zlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from io import BufferedReader
from itertools import count
from pathlib import Path
from typing import IO, Any

from coach.errors import ExternalError
from coach.translation import _

# No JSON file that we read comes near it: a voice pack of 5,000 lines is the largest, with its own limit.
LARGEST_JSON_BYTES = 4 << 20
LONGEST_HEADINGS = 30_000  # characters, in which the separator of a table is looked for
_NO_WAIT = getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)


def open_regular(path: Path) -> BufferedReader:
    """Open a regular file to read. Opening a pipe or a device could wait for ever.

    Raises:
        OSError: It cannot be opened, or is not a regular file.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | _NO_WAIT)
    except ValueError as error:  # a NUL in the name
        raise OSError(errno.EINVAL, str(error), str(path)) from error
    mode = os.fstat(descriptor).st_mode
    if stat.S_ISREG(mode):
        return open(descriptor, "rb")  # noqa: PTH123 - a descriptor, not a path; the caller closes it
    os.close(descriptor)
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(errno.EISDIR, os.strerror(errno.EISDIR), str(path))
    raise OSError(errno.EINVAL, _("it is not a regular file"), str(path))


def read_mode(path: Path) -> int:
    """Read the mode of a file, in one look, as it may come or go meanwhile; 0 if there is none.

    Raises:
        OSError: The disk cannot tell, or the name is too long for it.
    """
    try:
        return path.stat().st_mode
    except (FileNotFoundError, NotADirectoryError):
        return 0


def read_up_to(path: Path, largest_bytes: int) -> bytes:
    """Read a regular file.

    Raises:
        OSError: It cannot be read, is not a regular file, or is larger.
    """
    with open_regular(path) as file:
        data = file.read(largest_bytes + 1)
    if len(data) > largest_bytes:
        raise OSError(errno.EFBIG, _("it is larger than {most:,} bytes", most=largest_bytes), str(path))
    return data


def read_contents(path: Path) -> bytes:
    """Read a file.

    Raises:
        ExternalError: It cannot be read.
    """
    try:
        with open_regular(path) as file:
            return file.read()
    except OSError as error:
        raise ExternalError(
            _("could not read {path}: {reason}", path=path, reason=error.strerror), help=_("check the file")
        ) from None


def compute_sha256(path: Path) -> str:
    """Compute the SHA-256 of a file, in 64 hexadecimal digits.

    Raises:
        OSError: The file cannot be read.
    """
    import hashlib  # noqa: PLC0415 - a cached check hashes nothing

    with open_regular(path) as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def hash_file(path: Path) -> str:
    """Compute the first 16 digits of a file's SHA-256, which identify its contents in a voice's identity.

    Raises:
        OSError: The file cannot be read.
    """
    return compute_sha256(path)[:16]


def decode_text(data: bytes) -> tuple[str, str]:
    """Decode a text as spreadsheet programs write it; return it with its encoding.

    That is UTF-8, UTF-16 by its byte order mark, or else ``cp1252``: Windows-1252.

    Raises:
        ValueError: it is none of these.
    """
    is_wide = data.startswith((b"\xff\xfe", b"\xfe\xff"))
    for encoding in ("utf-16",) if is_wide else ("utf-8-sig", "cp1252"):
        with suppress(UnicodeDecodeError):
            return data.decode(encoding).removeprefix("\ufeff"), encoding  # PowerShell adds a mark before ours
    raise ValueError(_("it is not a text, or in an unusual encoding"))


def parse_json(data: bytes | str) -> Any:  # noqa: ANN401 - whatever it holds
    """Parse JSON that anyone may have written.

    Raises:
        ValueError: It is not JSON in UTF-8, holds a number of thousands of digits, or is nested too deeply.
    """
    import json  # noqa: PLC0415 - most commands read none

    text = data.decode("utf-8-sig") if isinstance(data, bytes) else data
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError(_("it is nested too deeply")) from error


def read_json(path: Path, largest_bytes: int = LARGEST_JSON_BYTES) -> Any:  # noqa: ANN401 - whatever it holds
    """Read a JSON file.

    Raises:
        OSError: As `read_up_to`.
        ValueError: As `parse_json`.
    """
    return parse_json(read_up_to(path, largest_bytes))


_XML_BLOCK_BYTES = 512 << 10
_MOST_OUTER_ELEMENTS, _MOST_INNER_ELEMENTS, _DEEPEST = 1_000_000, 20_000, 50


def check_zipped_xml(data: bytes, largest_bytes: int) -> None:
    """Refuse a zip file of XML that would take far more memory or time than what such files hold, such as workbooks.

    ``largest_bytes`` is how large all of its parts may be together, unpacked.

    Raises:
        ValueError: it is damaged, or too much is in it.
    """
    import zipfile  # noqa: PLC0415 - most commands read none

    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            # No part unpacks to more than it says: zipfile stops there.
            if sum(part.file_size for part in archive.infolist()) > largest_bytes:
                raise ValueError(_("unpacked it is larger than {most:,} bytes", most=largest_bytes))
            for part in archive.infolist():
                with archive.open(part) as file:
                    _check_xml(file)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, struct.error) as error:
        raise ValueError(_("it is damaged")) from error


def _check_xml(file: IO[bytes]) -> None:
    """Refuse entities, a long tag, deep nesting, and many elements in one another; what is not XML passes."""
    from xml.parsers import expat  # noqa: PLC0415 - this is the check

    def refuse(*_declaration: object) -> None:
        raise ValueError(_("it holds XML that no spreadsheet program writes"))

    depth = outer = inner = 0

    def start(_name: str, _attributes: object) -> None:
        nonlocal depth, outer, inner
        depth += 1
        inner = inner + 1 if depth > 3 else 0  # noqa: PLR2004 - a row of a sheet
        outer += depth <= 3  # noqa: PLR2004 - the same
        if depth > _DEEPEST or outer > _MOST_OUTER_ELEMENTS or inner > _MOST_INNER_ELEMENTS:
            refuse()

    def end(_name: str) -> None:
        nonlocal depth
        depth -= 1

    parser = expat.ParserCreate()
    parser.StartElementHandler, parser.EndElementHandler, parser.StartDoctypeDeclHandler = start, end, refuse
    with suppress(expat.ExpatError):
        while block := file.read(_XML_BLOCK_BYTES):
            if len(block) == _XML_BLOCK_BYTES and b">" not in block:
                refuse()  # reading a tag again and again until it ends would take hours
            parser.Parse(block)


def read_csv(text: str, is_heading: Callable[[str], bool]) -> Iterator[Sequence[str]]:
    """Read the rows of a table whose cells are separated by semicolons, commas or tabs: what gives the most headings.

    Raises:
        ValueError: a row is not CSV.
    """
    import csv  # noqa: PLC0415 - few commands read a table

    first, _newline, rest = text.partition("\n")
    if named := re.fullmatch(r'"?sep=([;,\t|])"?\r?', first):
        separator, text = named[1], rest
    else:
        first = next(filter(str.strip, text[:LONGEST_HEADINGS].splitlines()), "").replace('"', "")
        separator = max(";,\t", key=lambda sign: sum(is_heading(cell.strip()) for cell in first.split(sign)))
    table = csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)
    for nth in count(1):
        try:
            row = next(table, None)
        except csv.Error as error:
            message = _(
                "row {number}: {error}; is there a quotation mark without the other one?", number=nth, error=error
            )
            raise ValueError(message) from error
        if row is None:
            return
        yield row

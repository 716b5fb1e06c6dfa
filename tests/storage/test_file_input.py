"""Reading of files that anyone may have written, or that are no files at all."""

import os
import socket
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.storage.file_input import decode_text, open_regular, parse_json, read_json, read_up_to

PACKAGE = Path(__file__).parent.parent.parent / "coach"


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("[" * 90_000, "it is nested too deeply"),
        ('{"a":' * 90_000, "it is nested too deeply"),
        ("1" * 5_000, "Exceeds the limit"),
        ("", "Expecting value"),
        (b"\xff", "invalid start byte"),
    ],
)
def test_other_text_than_plain_json_is_a_value_error(text: str | bytes, reason: str) -> None:
    with pytest.raises(ValueError, match=reason):
        parse_json(text)


@given(st.binary(max_size=40) | st.text('[]{}",:0e-+.tn\\u', max_size=40))
def test_any_bytes_are_json_or_a_value_error(data: bytes | str) -> None:
    with suppress(ValueError):
        parse_json(data)


def test_a_byte_order_mark_is_no_part_of_it(tmp_path: Path) -> None:
    (tmp_path / "a.json").write_bytes(b'\xef\xbb\xbf{"a": [1, 2.5, null]}')
    assert read_json(tmp_path / "a.json") == {"a": [1, 2.5, None]}


def test_no_other_module_parses_json() -> None:
    users = {path.name for path in PACKAGE.rglob("*.py") if "json.load" in path.read_text(encoding="utf-8")}
    assert users == {"file_input.py"}


def make_socket(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))


@pytest.mark.skipif(os.name == "nt", reason="it has none of these files")
@pytest.mark.parametrize("make", [os.mkfifo, make_socket, Path.mkdir, lambda path: path.symlink_to("/dev/zero")])
def test_only_a_regular_file_is_opened_and_nothing_is_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, make: Callable[[Path], None]
) -> None:
    monkeypatch.chdir(tmp_path)  # the path of a socket is short
    make(Path("odd"))
    with pytest.raises(OSError, match=r"not a regular file|Is a directory|No such device"):
        open_regular(Path("odd"))


def test_a_larger_file_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "a").write_bytes(bytes(11))
    assert read_up_to(tmp_path / "a", 11) == bytes(11)
    with pytest.raises(OSError, match="it is larger than 10 bytes"):
        read_up_to(tmp_path / "a", 10)


def test_a_name_that_no_file_has_is_an_os_error() -> None:
    with pytest.raises(OSError, match="null"):
        open_regular(Path("a\0b"))


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"caf\xc3\xa9", ("café", "utf-8-sig")),
        (b"\xef\xbb\xbfx", ("x", "utf-8-sig")),
        (b"\xef\xbb\xbf\xef\xbb\xbfx", ("x", "utf-8-sig")),
        ("\ufeffé".encode("utf-16"), ("é", "utf-16")),
        (b"caf\xe9 \x80", ("café €", "cp1252")),
        (b"", ("", "utf-8-sig")),
    ],
)
def test_a_text_is_decoded_as_spreadsheet_programs_write_it(data: bytes, expected: tuple[str, str]) -> None:
    assert decode_text(data) == expected


def test_what_is_no_text_is_a_value_error() -> None:
    with pytest.raises(ValueError, match="it is not a text, or in an unusual encoding"):
        decode_text(b"\x81")

from pathlib import Path

import pytest

from coach.errors import OutsideError, UsageError
from coach.session.source import LARGEST_BYTES, SourceError, decode, lines_of, read_source, shown_lines


def refusal(data: bytes) -> tuple[str, int, int, str]:
    with pytest.raises(SourceError) as caught:
        decode(data, "run.yaml")
    problem = caught.value.problem
    return problem.code, problem.where.line, problem.where.column, problem.message


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert decode(b"\xef\xbb\xbfcoach: 1\n", "run.yaml").lines == ("coach: 1", "")


def test_lines_end_as_in_editors() -> None:
    assert lines_of("a\r\nb\rc\nd\x0be") == ("a", "b", "c", "d\x0be")


def test_the_first_byte_that_is_not_utf_8_is_named_with_its_place() -> None:
    assert refusal("é: 1\r\nnaam: ".encode() + b"\xe9") == ("not-utf-8", 2, 7, "byte 14 (0xe9) is not UTF-8")


def test_characters_that_no_text_holds_are_named_with_their_place() -> None:
    expected = ("control-character", 2, 3, "the control character U+0007 cannot stand in a session")
    assert refusal(b"a\nbc\x07d") == expected


def test_a_file_over_a_mebibyte_is_refused_without_reading_on() -> None:
    assert refusal(b"a" * (LARGEST_BYTES + 1)) == ("too-large", 1, 1, "the file is larger than 1024 KiB")


def test_a_place_lies_inside_its_line_and_is_never_empty() -> None:
    source = decode(b"abc\n\n", "run.yaml")
    assert [source.where(0, 1, 99).end_column, source.where(1, 0, 0).end_column] == [4, 2]


def test_a_missing_file_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no file"):
        read_source(tmp_path / "none.yaml", "none.yaml")


@pytest.mark.parametrize("name", ["a" * 400, "a\0b"])
def test_a_name_no_disk_can_hold_is_no_file(name: str, tmp_path: Path) -> None:
    with pytest.raises((UsageError, OutsideError)):
        read_source(tmp_path / name, name)


def test_lines_can_be_shown_even_of_what_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "run.yaml"
    path.write_bytes(b"a\xe9b\nc")
    assert shown_lines(path) == ("a\N{REPLACEMENT CHARACTER}b", "c")
    assert shown_lines(tmp_path / "none") == ()

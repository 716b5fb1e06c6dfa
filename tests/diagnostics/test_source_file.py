import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from coach.diagnostics.edits import apply_edits
from coach.diagnostics.problem import Location
from coach.diagnostics.source_file import (
    LARGEST_BYTES,
    Region,
    SourceError,
    decode,
    find_edit_region,
    find_region,
    read_lines_leniently,
    read_source,
    split_lines,
)
from coach.errors import ExternalError, UsageError


def make_location(line: int, column: int, end_column: int) -> Location:
    return Location(file="run.yaml", line=line, column=column, end_column=end_column)


def region(line: int, column: int, end_line: int, end_column: int) -> Region:
    return Region(line=line, column=column, end_line=end_line, end_column=end_column)


def test_a_stretch_inside_a_line_is_as_it_stands() -> None:
    assert find_region(make_location(1, 2, 4), ["abcd"]) == region(1, 2, 1, 4)


def test_a_mark_past_the_end_of_a_line_becomes_its_end() -> None:
    assert find_region(make_location(1, 5, 6), ["abcd"]) == region(1, 5, 1, 5)
    assert find_region(make_location(1, 1, 2), [""]) == region(1, 1, 1, 1)


def test_an_edit_may_take_a_line_break_along() -> None:
    assert find_edit_region(make_location(1, 1, 6), ["abcd", "ef"]) == region(1, 1, 2, 1)
    assert find_edit_region(make_location(1, 5, 5), ["abcd", "ef"]) == region(1, 5, 1, 5)


def test_the_last_line_has_no_break_to_take() -> None:
    assert find_edit_region(make_location(2, 1, 4), ["abcd", "ef"]) == region(2, 1, 2, 3)


def test_in_a_file_that_is_gone_a_place_stays_what_it_was() -> None:
    assert find_region(make_location(3, 2, 4), []) == region(3, 2, 3, 4)


@given(st.lists(st.text(max_size=5), min_size=1, max_size=3), st.data())
def test_every_region_lies_inside_the_file(lines: list[str], data: st.DataObject) -> None:
    line = data.draw(st.integers(1, len(lines)))
    column = data.draw(st.integers(1, 9))
    place = make_location(line, column, column + data.draw(st.integers(0, 9)))
    for found in (find_region(place, lines), find_edit_region(place, lines)):
        assert (found.line, found.column) <= (found.end_line, found.end_column)
        assert found.end_line <= len(lines)
        assert 1 <= found.column <= len(lines[found.line - 1]) + 1
        assert 1 <= found.end_column <= len(lines[found.end_line - 1]) + 1


def refusal(data: bytes) -> tuple[str, int, int, str]:
    with pytest.raises(SourceError) as caught:
        decode(data, "run.yaml")
    problem = caught.value.problem
    return problem.code, problem.location.line, problem.location.column, problem.message


def test_a_byte_order_mark_is_no_part_of_the_text() -> None:
    assert decode(b"\xef\xbb\xbfcoach: 1\n", "run.yaml").lines == ("coach: 1", "")


def test_lines_end_as_in_editors() -> None:
    assert split_lines("a\r\nb\rc\nd\x0be") == ("a", "b", "c", "d\x0be")


def test_the_first_byte_that_is_not_utf_8_is_named_with_its_place() -> None:
    assert refusal("é: 1\r\nnaam: ".encode() + b"\xe9") == ("not-utf-8", 2, 7, "byte 14 (0xe9) is not UTF-8")


WESTERN = st.text(alphabet="abcdefghijklmnopqrstuvwxyzéëïöüèçà .,:-", min_size=1, max_size=30).map(
    lambda text: f"title: zo’n rondje – {text}één\n"  # noqa: RUF001 - what Word writes
)


@given(before=st.lists(st.sampled_from(["coach: 1", "", "# note"]), max_size=3), text=WESTERN, bom=st.booleans())
def test_a_file_of_an_old_windows_program_is_named_placed_and_saved_as_utf_8(
    before: list[str],
    text: str,
    bom: bool,  # noqa: FBT001 - drawn
) -> None:
    whole = "\r\n".join([*before, text])
    whole = re.sub(r"(?<![a-zéëïöüèçà])[éëïöüèçà](?![a-zéëïöüèçà])", "e", whole)
    with pytest.raises(SourceError) as caught:
        decode(whole.encode("utf-16" if bom else "cp1252"), "run.yaml")
    problem = caught.value.problem
    assert problem.fix is not None
    assert apply_edits(whole.encode("utf-16" if bom else "cp1252"), problem.fix.edits) == whole.encode()
    name, first = ("UTF-16", 0) if bom else ("Windows-1252", whole.index("’"))  # noqa: RUF001 - as above
    first = first if bom else min(whole.index(each) for each in whole if not each.isascii())
    assert problem.message.endswith(f"is not UTF-8: the file is saved as {name}")
    assert (problem.location.line, problem.location.column) == (
        whole.count("\n", 0, first) + 1,
        first - whole.rfind("\n", 0, first),
    )


@pytest.mark.parametrize(
    "data",
    [
        b"title: caf\x8e",  # a Mac's é
        b"title: \xcf\xf0\xe8\xe2\xe5\xf2",  # Cyrillic
        b"title: caf\xc3\xa9 en caf\xe9",  # both
        b"title: caf\x82",  # DOS
        b"title: \xff",
        b"\xff\xfe\x00\x00",
    ],
)
def test_what_may_be_several_encodings_is_left_to_the_author(data: bytes) -> None:
    with pytest.raises(SourceError) as caught:
        decode(data, "run.yaml")
    assert caught.value.problem.fix is None


def test_characters_that_no_text_holds_are_named_with_their_place() -> None:
    expected = ("control-character", 2, 3, "the control character U+0007 is not allowed in a session")
    assert refusal(b"a\nbc\x07d") == expected


def test_a_file_over_a_mebibyte_is_refused_without_reading_on() -> None:
    assert refusal(b"a" * (LARGEST_BYTES + 1)) == ("too-large", 1, 1, "the file is larger than 1024 KiB")


def test_a_place_lies_inside_its_line_and_is_never_empty() -> None:
    source = decode(b"abc\n\n", "run.yaml")
    assert [source.locate(0, 1, 99).end_column, source.locate(1, 0, 0).end_column] == [4, 2]


def test_a_missing_file_is_wrong_usage(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no file"):
        read_source(tmp_path / "none.yaml", "none.yaml")


@pytest.mark.parametrize("name", ["a" * 400, "a\0b"])
def test_a_name_no_disk_can_hold_is_no_file(name: str, tmp_path: Path) -> None:
    with pytest.raises((UsageError, ExternalError)):
        read_source(tmp_path / name, name)


def test_lines_can_be_shown_even_of_what_is_no_text(tmp_path: Path) -> None:
    path = tmp_path / "run.yaml"
    path.write_bytes(b"a\x81b\nc")
    assert read_lines_leniently(path) == ("a\N{REPLACEMENT CHARACTER}b", "c")
    assert read_lines_leniently(tmp_path / "none") == ()

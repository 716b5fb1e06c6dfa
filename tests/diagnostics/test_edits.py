"""Edits change what they name, and nothing else."""

from hypothesis import given, settings
from hypothesis import strategies as st

from coach.diagnostics.edits import apply_edits, select_compatible
from coach.diagnostics.problem import Edit, Fix, Location
from coach.diagnostics.source_file import split_lines


def edit(line: int, column: int, end_column: int, text: str) -> Edit:
    return Edit(location=Location(file="run.yaml", line=line, column=column, end_column=end_column), text=text)


def test_line_ends_and_the_byte_order_mark_stay() -> None:
    data = b"\xef\xbb\xbfa: 1\r\nb: caf\xc3\xa9\r\n"
    assert apply_edits(data, [edit(2, 4, 8, "thee")]) == b"\xef\xbb\xbfa: 1\r\nb: thee\r\n"


def test_a_line_put_in_ends_as_the_others_do() -> None:
    assert apply_edits(b"a: 1\r\nb: 2\r\n", [edit(1, 1, 1, "coach: 1\n")]) == b"coach: 1\r\na: 1\r\nb: 2\r\n"


def test_a_line_is_taken_out_with_its_break() -> None:
    assert apply_edits(b"a: 1\nb: 2\nc: 3", [edit(2, 1, 6, "")]) == b"a: 1\nc: 3"
    assert apply_edits(b"a: 1\nb: 2", [edit(2, 1, 6, "")]) == b"a: 1\n"


def test_edits_of_one_line_are_made_by_their_places() -> None:
    assert apply_edits(b"a: 1, b: 2", [edit(1, 10, 11, "two"), edit(1, 4, 5, "one")]) == b"a: one, b: two"


def test_fixes_that_touch_wait_for_another_round() -> None:
    first, touching, apart = (Fix(title=str(at), edits=(edit(1, at, at + 2, "x"),)) for at in (1, 3, 6))
    assert select_compatible([first, touching, apart]) == (first, apart)


@settings(deadline=None)
@given(text=st.text(alphabet="ab \n\r", max_size=40), data=st.data())
def test_an_edit_with_the_same_text_changes_nothing(text: str, data: st.DataObject) -> None:
    lines = split_lines(text)
    line = data.draw(st.integers(1, len(lines)))
    begin = data.draw(st.integers(0, len(lines[line - 1])))
    end = data.draw(st.integers(begin, len(lines[line - 1])))
    same = edit(line, begin + 1, end + 1, lines[line - 1][begin:end])
    assert apply_edits(text.encode(), [same]) == text.encode()

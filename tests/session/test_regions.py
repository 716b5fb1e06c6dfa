from hypothesis import given
from hypothesis import strategies as st

from coach.errors import Where
from coach.session.regions import Region, edited, marked


def where(line: int, column: int, end_column: int) -> Where:
    return Where(file="run.yaml", line=line, column=column, end_column=end_column)


def region(line: int, column: int, end_line: int, end_column: int) -> Region:
    return Region(line=line, column=column, end_line=end_line, end_column=end_column)


def test_a_stretch_inside_a_line_is_as_it_stands() -> None:
    assert marked(where(1, 2, 4), ["abcd"]) == region(1, 2, 1, 4)


def test_what_is_marked_past_the_end_of_a_line_becomes_its_end() -> None:
    assert marked(where(1, 5, 6), ["abcd"]) == region(1, 5, 1, 5)
    assert marked(where(1, 1, 2), [""]) == region(1, 1, 1, 1)


def test_an_edit_may_take_a_line_break_along() -> None:
    assert edited(where(1, 1, 6), ["abcd", "ef"]) == region(1, 1, 2, 1)
    assert edited(where(1, 5, 5), ["abcd", "ef"]) == region(1, 5, 1, 5)


def test_the_last_line_has_no_break_to_take() -> None:
    assert edited(where(2, 1, 4), ["abcd", "ef"]) == region(2, 1, 2, 3)


def test_in_a_file_that_is_gone_a_place_stays_what_it_was() -> None:
    assert marked(where(3, 2, 4), []) == region(3, 2, 3, 4)


@given(st.lists(st.text(max_size=5), min_size=1, max_size=3), st.data())
def test_every_region_lies_inside_the_file(lines: list[str], data: st.DataObject) -> None:
    line = data.draw(st.integers(1, len(lines)))
    column = data.draw(st.integers(1, 9))
    place = where(line, column, column + data.draw(st.integers(0, 9)))
    for found in (marked(place, lines), edited(place, lines)):
        assert (found.line, found.column) <= (found.end_line, found.end_column)
        assert found.end_line <= len(lines)
        assert 1 <= found.column <= len(lines[found.line - 1]) + 1
        assert 1 <= found.end_column <= len(lines[found.end_line - 1]) + 1

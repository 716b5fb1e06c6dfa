"""Tables of several people."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.errors import CoachError, ExternalError, UsageError
from coach.services.values_table import MOST_ROWS, read_values_table

KNOWN = ("name", "place")


def read(folder: Path, data: bytes | str) -> list[tuple[str, dict[str, str], str]]:
    path = folder / "names.csv"
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    rows = read_values_table(path, KNOWN)
    return [(row.place.removeprefix(f"{path}: "), dict(row.values), row.stem) for row in rows]


ANN = {"name": "Anné", "place": "Gent, België"}


@pytest.mark.parametrize(
    "data",
    [
        "\ufeffname;place\r\nAnné;Gent, België\r\n".encode(),
        'sep=,\r\nplace,name\r\n"Gent, België",Anné\r\n'.encode("cp1252"),
        "name\tplace\nAnné\tGent, België\n\n".encode("utf-16"),
    ],
)
def test_a_table_is_read_as_spreadsheet_programs_write_it(tmp_path: Path, data: bytes) -> None:
    ((_, values, stem),) = read(tmp_path, data)
    assert (values, stem) == (ANN, "Anné")


def test_a_file_is_called_as_its_row_says_and_no_two_are_the_same(tmp_path: Path) -> None:
    told = read(tmp_path, "name;file\nAnna;\nBram;anna\n;\n;a\n../../x;\nCON;\nAn na;\n\nAN-NA\n;.\n")
    assert [(place, stem) for place, _, stem in told] == [
        ("row 2", "Anna"),
        ("row 3", "anna-2"),
        ("row 5", "a"),
        ("row 6", "x"),
        ("row 7", "_CON"),
        ("row 8", "An-na"),
        ("row 10", "AN-NA-2"),
        ("row 11", "file"),
    ]


@pytest.mark.parametrize(
    ("data", "kind", "message"),
    [
        ("", ExternalError, "it is empty"),
        ("name\n", ExternalError, "there is no row below its headings"),
        ("name;plaace\nAnna;x\n", UsageError, "the session has no value 'plaace'; did you mean 'place'?"),
        ("name;name\nA;B\n", UsageError, "two columns are called 'name'; remove one of them"),
        ("name\nA;B\n", ExternalError, "row 2 has more cells than there are headings"),
        ('name\n"A\n', ExternalError, "is there a quotation mark without the other one?"),
        ("name\n" + "A\n" * 100_000, ExternalError, f"it has more than {MOST_ROWS:,} rows; divide it"),
        (b"\xff\xfe\x00", ExternalError, "it is not a text, or in an unusual encoding"),
        (b"a" * 5_000_000, ExternalError, "it is larger than 4,194,304 bytes"),
    ],
)
def test_a_table_that_cannot_be_used_is_refused(
    tmp_path: Path, data: bytes | str, kind: type[CoachError], message: str
) -> None:
    with pytest.raises(kind) as caught:
        read(tmp_path, data)
    assert message in str(caught.value)


@given(names=st.lists(st.text(st.characters(exclude_characters='"\r\n;\0', exclude_categories=["Cs"])), max_size=8))
@settings(deadline=None, max_examples=40)
def test_any_names_are_those_of_different_files_in_the_folder(
    names: list[str], tmp_path_factory: pytest.TempPathFactory
) -> None:
    path = tmp_path_factory.getbasetemp() / "any.csv"
    path.write_text("".join(f'"{name}";x\n' for name in ["name", *names]).replace('name";x', 'name";place', 1), "utf-8")
    rows = read_values_table(path, KNOWN) if names else ()
    stems = [row.stem for row in rows]
    assert len({stem.casefold() for stem in stems}) == len(names)
    assert all(Path(f"{stem}.mp3").name == f"{stem}.mp3" and not stem.startswith((".", "-")) for stem in stems)

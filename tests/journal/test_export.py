import csv
import io
import re

import pytest
import run_records
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.journal.export import runs_to_csv


def cells(lighter: str) -> tuple[str, str]:
    """The sentence as it stands in the table, and as it was before a sign was put in front."""
    *_, (*_, cell) = csv.reader(io.StringIO(runs_to_csv([run_records.run(lighter=lighter)]), newline=""))
    unguarded = re.sub(r"^'(?=['\s]*[=+\-@＝＋－＠])", "", cell)  # noqa: RUF001 - wide ones count, too
    return cell, unguarded


@pytest.mark.parametrize(
    "lighter",
    ["=1+1", "+1", "-5 kg", "@home", "'=1+1", " =1", "\t=1", '=HYPERLINK("http://x")', "＝1"],  # noqa: RUF001
)
def test_formulas_become_plain_text(lighter: str) -> None:
    assert cells(lighter) == (f"'{lighter}", lighter)


@pytest.mark.parametrize("lighter", ["My head", "'s Avonds licht", "1+1", '"Quoted", and so on', "a\nb", "1-0"])
def test_any_other_text_stays_as_it_is(lighter: str) -> None:
    assert cells(lighter) == (lighter, lighter)


@settings(deadline=None)
@given(st.text(alphabet="'=+-@ \tab,\"\r\n＝", min_size=1))  # noqa: RUF001 - the same
def test_nothing_is_lost_and_no_formula_gets_through(lighter: str) -> None:
    cell, unguarded = cells(lighter)
    assert unguarded == lighter
    assert not re.match(r"\s*[=+\-@]", cell)


def test_lines_end_as_the_standard_says() -> None:
    table = runs_to_csv([run_records.run(16), run_records.run(17)])
    assert table.count("\r\n") == table.count("\n") == 3

"""What the page on the architecture says of the house is so."""

from documents import code_in, table
from test_layers import GROUND, MAY_IMPORT

from coach import cli

PAGE = "architecture.md"


def test_the_table_of_rooms_is_the_order_that_is_enforced() -> None:
    rooms = {
        code_in(row["room"])[0]: set(code_in(row["may import"])) | (GROUND if "ground" in row["may import"] else set())
        for row in table(PAGE, "room")
    }
    assert rooms == MAY_IMPORT


def test_the_exit_codes_are_those_of_the_command_line() -> None:
    codes = [int(row["exit code"]) for row in table(PAGE, "what")]
    assert codes == [cli.SESSION_HAS_ERRORS, cli.WRONG_USAGE, cli.OUTSIDE_FAILED, cli.INTERRUPTED]

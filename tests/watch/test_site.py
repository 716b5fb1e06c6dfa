"""By which names one may ask, and how a page tells what it has seen."""

import pytest

from coach.watch.board import NEVER, Board
from coach.watch.shelf import Shelf
from coach.watch.site import Site


@pytest.fixture
def site() -> Site:
    return Site(board=Board(), shelf=Shelf())


@pytest.mark.parametrize(
    ("host", "port", "is_ours"),
    [
        ("127.0.0.1:8123", 8123, True),
        ("localhost:8123", 8123, True),
        ("localhost:8124", 8123, False),
        ("localhost", 8123, False),
        ("localhost", 80, True),
        ("evil.example:8123", 8123, False),
        ("127.0.0.1.evil.example:8123", 8123, False),
        ("", 8123, False),
        (None, 8123, False),
    ],
)
def test_it_goes_by_the_names_of_this_machine_alone(site: Site, host: str | None, port: int, is_ours: bool) -> None:  # noqa: FBT001 - a parameter of the test
    assert site.is_called(host, port) is is_ours


def test_a_page_knows_what_it_has_seen(site: Site) -> None:
    assert site.marked(site.mark(7)) == 7


@pytest.mark.parametrize("mark", ["", "7", "0.7", "..", "<script>"])
def test_a_mark_that_is_not_ours_is_of_nothing_seen(site: Site, mark: str) -> None:
    assert site.marked(mark) == NEVER


def test_a_page_of_another_run_has_seen_nothing_of_this_one(site: Site) -> None:
    assert site.marked(Site(board=Board(), shelf=Shelf()).mark(7)) == NEVER

"""Links of the pages: each target exists."""

import re
from itertools import pairwise
from pathlib import Path

import pytest
from markdown_examples import DOCS

PAGES = [*sorted(DOCS.rglob("*.md")), *(DOCS.parent / name for name in ("README.md", "CONTRIBUTING.md"))]
_LINK = re.compile(r"\]\(([^)#\s]*)(?:#([^)\s]+))?\)")
_PATH = re.compile(r"`((?:coach|tests|docs|sessions|scripts)/[\w./-]+)`")


def prose(page: Path) -> str:
    """A page without its fenced examples."""
    return re.sub(r"^(`{3,})[^`\n]*\n.*?^\1$", "", page.read_text(encoding="utf-8"), flags=re.MULTILINE | re.DOTALL)


def anchors(page: Path) -> set[str]:
    """The names that GitHub gives to a page's headings."""
    headings = re.findall(r"^#+ (.+)$", prose(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS.parent).as_posix())
def test_every_link_leads_somewhere(page: Path) -> None:
    links = [(file, anchor) for file, anchor in _LINK.findall(prose(page)) if not file.startswith("http")]
    targets = [((page.parent / file if file else page), anchor) for file, anchor in links]
    assert [str(target) for target, _ in targets if not target.exists()] == []
    assert [anchor for target, anchor in targets if anchor and anchor not in anchors(target)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS.parent).as_posix())
def test_every_file_that_is_named_exists(page: Path) -> None:
    named = set(_PATH.findall(prose(page)))
    new = set(re.findall(r"\*\*New: `([^`]+)`", page.read_text(encoding="utf-8")))
    made = new | {f"{folder}/" for name in new for folder in Path(name).parents}
    assert sorted(name for name in named - made if not (DOCS.parent / name).exists()) == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(DOCS.parent).as_posix())
def test_a_paragraph_is_one_line(page: Path) -> None:
    lines = prose(page).split("\n")
    wrapped = [first for first, second in pairwise(lines) if first[:1].isalpha() and second[:1].isalpha()]
    assert wrapped == []

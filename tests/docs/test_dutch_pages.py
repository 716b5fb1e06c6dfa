"""The pages in Dutch say all that the English ones say: the same parts in the same order, commands, keys and numbers.

Whoever changes a page writes the change into the other language, too. That the examples work is tested beside those in
English, and commands are run there: those in Dutch differ in names alone.
"""

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from markdown_examples import DOCS, fences, fences_in, table

DUTCH = DOCS / "nl"
README = DOCS.parent / "README.nl.md"
PAGES = {DOCS / path.name: path for path in sorted(DUTCH.glob("*.md"))} | {DOCS.parent / "README.md": README}
COMMAND_WORDS = 2
# What is named in another way.
NAMES = {
    "recordings": "opnames",
    "space": "spatie",
    "seven": "zeven",
    "silence": "stilte",
    "help:": "hulp:",
    "runs": "lopen",
}
_CELL_END = re.compile(r"(?<!\\)\|")
_KEPT = re.compile(r"-{1,2}[a-z][a-z-]*|[a-z-]+:?|\{[a-z]+\}|\[[a-z0-9]+\]|\.[a-z0-9]+|COACH_[A-Z_]+|ctrl-c")


def blocks(text: str) -> Iterator[tuple[str, str]]:
    """Yield each part of a page: what it is (a heading, a paragraph, an item, a row, an example), and its text."""
    inside = ""
    for line in text.splitlines():
        fence = re.match(r"(`{3,})(\w*)", line)
        if inside:
            inside = "" if line == inside else inside
        elif fence:
            inside = fence[1]
            yield f"example of {fence[2]}", ""
        elif line.startswith("|"):
            yield f"row of {len(_CELL_END.findall(line))}", line
        elif heading := re.match(r"#+ ", line):
            yield heading[0], line
        elif line:
            item = re.match(r"(-|\d+\.) ", line)
            yield (item[0] if item else "paragraph"), line


def numbers(text: str) -> Counter[str]:
    """Count the numbers in a text, however a language separates their digits."""
    return Counter(
        re.sub(r"[.,](?=\d{3}\b)", "", number).replace(",", ".") for number in re.findall(r"\d[\d.,]*\d|\d", text)
    )


def kept(text: str) -> set[str]:
    """Find what stands in backquotes and is the same in each language: keys, options, marks, endings."""
    return {span for span in re.findall(r"`([^`]+)`", text) if _KEPT.fullmatch(span)}


def commands(page: Path) -> list[list[str]]:
    """The commands of a page, without the names of files and of languages."""
    found = [fence.text for fence in fences_in(page.name, page.read_text(encoding="utf-8")) if fence.language == "sh"]
    return [
        [word for number, word in enumerate(line.split()) if number < COMMAND_WORDS or word.startswith("-")]
        for line in "".join(found).splitlines()
    ]


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_a_page_in_dutch_has_the_commands_of_the_english_one(page: Path) -> None:
    assert commands(PAGES[page]) == commands(page)


def test_editors_are_set_up_in_the_same_way() -> None:
    english, dutch = ([fence.text for fence in fences(page)] for page in ("editors.md", "nl/editors.md"))
    assert dutch == english


@pytest.mark.parametrize("page", PAGES, ids=lambda path: path.name)
def test_a_page_in_dutch_has_all_parts_of_the_english_one(page: Path) -> None:
    english, dutch = (list(blocks(path.read_text(encoding="utf-8"))) for path in (page, PAGES[page]))
    for (part, said), (dutch_part, in_dutch) in zip(english, dutch, strict=False):
        assert dutch_part == part, f"{in_dutch}\nstands where English has\n{said}"
        assert numbers(in_dutch) == numbers(said), f"{in_dutch}\n{said}"
        names = kept(in_dutch)
        assert all({name, NAMES.get(name)} & names for name in kept(said)), f"{in_dutch}\n{said}"
    assert len(dutch) == len(english)


def test_the_systems_have_the_same_in_dutch() -> None:
    english, dutch = table("platforms.md", "system"), table("nl/platforms.md", "systeem")
    words = (("all but", "alles behalve"), ("all", "alles"), ("no", "niets"), ("live sound", "live geluid"))

    def translate(cell: str) -> str:
        for word, in_dutch in (*words, (" or ", " of ")):
            cell = re.sub(rf"^{word}\b" if word.isalpha() else word, in_dutch, cell)
        return cell

    assert [list(map(translate, row.values())) for row in english] == [list(row.values()) for row in dutch]

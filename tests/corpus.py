"""All session files to test with, valid and broken: those of the coach, its documentation and its tests."""

from collections.abc import Iterator
from itertools import product
from pathlib import Path

from markdown_examples import DOCS, fences_in

from coach.services.new_session_options import FORMS, choose_options
from coach.services.new_session_template import write_template

ROOT = DOCS.parent
SHIPPED = sorted((ROOT / "sessions").glob("*.yaml"))
BROKEN = sorted((ROOT / "tests" / "broken").glob("*.yaml"))
OTHERS = [ROOT / "tests" / "session" / "good.yaml"]
PAGES = [
    *sorted((ROOT / "coach" / "diagnostics" / "pages").glob("*.md")),
    *(path for path in sorted(DOCS.rglob("*.md")) if "nl" not in path.relative_to(DOCS).parts),
]


def new(folder: Path) -> Iterator[Path]:
    """A session of each form, in one language and in both, as `coach new` writes it into a folder."""
    for form, languages in product(FORMS, (("nl",), ("en",), ("nl", "en"))):
        path = folder / f"new-{form}-{'-'.join(languages)}.yaml"
        chosen = choose_options(form=form, length_s=None, languages=languages, kinds=None, ticks=True)
        path.write_text(write_template(chosen, "A new session"), encoding="utf-8")
        yield path


def files(folder: Path) -> Iterator[Path]:
    """The sessions as files; those that stand in a page or are made are written into a folder."""
    yield from SHIPPED
    yield from OTHERS
    yield from BROKEN
    yield from new(folder)
    for page in PAGES:
        for fence in fences_in(page.stem, page.read_text(encoding="utf-8")):
            if fence.language == "yaml" and not fence.note and "blocks:" in fence.text:
                path = folder / f"{page.stem}-{fence.line}.yaml"
                path.write_text(fence.text, encoding="utf-8")
                yield path

"""Staging of the site: docs/, a page for each message, and the colours, in one folder."""

from collections.abc import Iterator
from pathlib import Path

from coach.charts.palette import PARTS
from coach.diagnostics.codes import FOLDER
from handbook.messages import staged

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"
_SEARCHER = Path(__file__).with_name("iframe-worker.js")
_SCHEMES = {"default": "day", "slate": "night"}
_ROLES = {
    "--md-default-bg-color": "paper",
    "--md-default-fg-color": "ink",
    "--md-typeset-color": "ink",
    "--md-default-fg-color--light": "muted",
    "--md-default-fg-color--lightest": "hair",
    "--md-primary-fg-color": "paper",
    "--md-primary-bg-color": "ink",
    "--md-primary-bg-color--light": "muted",
    "--md-typeset-a-color": "voice",
    "--md-accent-fg-color": "bell",
    "--md-code-bg-color": "bed",
    "--md-code-fg-color": "ink",
    "--md-footer-bg-color": "bed",
    "--md-footer-fg-color": "ink",
}


def stage(folder: Path) -> None:
    """Update a folder. Unchanged files are not written, so that a watching server sees only the changes."""
    wanted = dict(_files())
    for name, content in wanted.items():
        target = folder / name
        if not target.is_file() or target.read_bytes() != content:
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
    for path in [path for path in folder.rglob("*") if path.is_file()]:
        if path.relative_to(folder).as_posix() not in wanted:
            path.unlink()


def _files() -> Iterator[tuple[str, bytes]]:
    for path in sorted(DOCS.rglob("*")):
        if path.is_file():
            yield path.relative_to(DOCS).as_posix(), path.read_bytes()
    for page in sorted(FOLDER.glob("*.md")):
        yield f"reference/messages/{page.name}", f"{staged(page)}\n[All messages](../messages.md)\n".encode()
    yield "reference/messages.md", staged(DOCS / "reference" / "messages.md").encode()
    yield "assets/calm.css", stylesheet().encode()
    yield f"assets/{_SEARCHER.name}", _SEARCHER.read_bytes()


def stylesheet() -> str:
    """Write the style sheet with the colours of the coach's pictures, for light and dark mode."""
    rules = []
    for scheme, time in _SCHEMES.items():
        colours = "".join(f"  {role}: {getattr(PARTS[part], time)};\n" for role, part in _ROLES.items())
        rules.append(f':root [data-md-color-scheme="{scheme}"] {{\n{colours}}}\n')
    return "\n".join(rules)

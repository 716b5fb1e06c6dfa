"""Staging of the site: docs/, a page for each message, and the colours, in one folder."""

import os
from collections.abc import Iterator, Mapping
from pathlib import Path

from coach.charts.palette import PARTS
from coach.diagnostics.codes import find_folder
from handbook.messages import staged

ROOT = Path(__file__).resolve().parent.parent.parent
DOCS = ROOT / "docs"
_SEARCHER = Path(__file__).with_name("iframe-worker.js")
_BACK = {"en": "All messages", "nl": "Alle meldingen"}
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
    for name in wanted:
        wanted[name] = _link_other_language(name, wanted)
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
    for language, back in _BACK.items():
        listed = Path("" if language == "en" else language) / "reference" / "messages.md"
        yield listed.as_posix(), staged(DOCS / listed).encode()
        for page in sorted(find_folder(language).glob("*.md")):
            name = listed.with_suffix("") / page.name
            yield name.as_posix(), f"{staged(page)}\n[{back}](../messages.md)\n".encode()
    yield "assets/calm.css", stylesheet().encode()
    yield f"assets/{_SEARCHER.name}", _SEARCHER.read_bytes()


def _link_other_language(name: str, files: Mapping[str, bytes]) -> bytes:
    """Put a link to the same page in the other language under a page's title, where there is one."""
    in_dutch = name.startswith("nl/")
    other = name.removeprefix("nl/") if in_dutch else f"nl/{name}"
    if other not in files or not name.endswith(".md"):
        return files[name]
    title, _, text = files[name].decode().partition("\n")
    link = os.path.relpath(other, Path(name).parent)
    return f"{title}\n\n*[{'English' if in_dutch else 'Nederlands'}]({Path(link).as_posix()})*\n{text}".encode()


def stylesheet() -> str:
    """Write the style sheet with the colours of the coach's pictures, for light and dark mode."""
    rules = []
    for scheme, time in _SCHEMES.items():
        colours = "".join(f"  {role}: {getattr(PARTS[part], time)};\n" for role, part in _ROLES.items())
        rules.append(f':root [data-md-color-scheme="{scheme}"] {{\n{colours}}}\n')
    return "\n".join(rules)

"""Library of the sessions that are shipped with the coach."""

import os
import re
from collections.abc import Iterable
from pathlib import Path

from coach.diagnostics.did_you_mean import did_you_mean
from coach.errors import UsageError
from coach.storage.folders import find_same_name

ENDINGS = (".yaml", ".yml")


def find_folder() -> Path:
    """Find the folder of the shipped sessions: in the installed package, or beside it in a checkout."""
    package = Path(__file__).resolve().parent.parent
    inside = package / "sessions"
    return inside if inside.is_dir() else package.parent / "sessions"


def list_names() -> tuple[str, ...]:
    """List the names of the shipped sessions, sorted."""
    return tuple(sorted(path.stem for path in find_folder().glob("*.yaml")))


def find(name_or_path: str) -> Path:
    """Find the file of a session, by its name in the library or by its path.

    A plain word is first looked up as a name, then as a file in the current folder, whose extension may be omitted.

    Raises:
        UsageError: neither exists.
    """
    if name_or_path in list_names():
        return find_folder() / f"{name_or_path}.yaml"
    path = Path(name_or_path)
    for written in (path, *(path.with_name(path.name + ending) for ending in ENDINGS if path.name)):
        if _is_file(written):
            return written
        if not name_or_path.isascii() and _is_file(same := find_same_name(written)):
            return same
    if "/" in name_or_path or "\\" in name_or_path or path.suffix in ENDINGS:
        raise UsageError(_explain_missing(path))
    advice = did_you_mean(name_or_path, list_names(), otherwise="'coach list' shows them all")
    raise UsageError(f"no session is called '{name_or_path}': {advice}")


def find_all(names_or_paths: Iterable[str], *, parts: bool = False) -> list[Path]:
    """Find the files of sessions, by names, paths and folders; of a folder, see `list_files`.

    Raises:
        UsageError: one of them does not exist, or there are none at all.
    """
    asked = tuple(names_or_paths)
    files = [
        file for each in asked for file in (list_files(Path(each), parts=parts) if is_folder(each) else [find(each)])
    ]
    if not files:
        raise UsageError(f"there are no sessions in {', '.join(asked)}: their names end in {' or '.join(ENDINGS)}")
    return files


def list_files(folder: Path, *, parts: bool = False) -> list[Path]:
    """List the files in a folder and in those inside it, sorted; hidden folders are left out.

    With ``parts`` also files with only blocks that others use; they are no sessions themselves.
    """
    found = []
    for place, folders, names in os.walk(folder):
        folders[:] = [name for name in folders if not name.startswith(".")]
        found += [Path(place) / name for name in names if name.endswith(ENDINGS)]
    found = sorted(filter(_is_file, found))
    if parts:
        return found
    texts = {file: _read_text(file) for file in found}
    used = {os.path.normpath(file.parent / path) for file, text in texts.items() for path in _USED_FILE.findall(text)}
    return [file for file in found if _TITLE.search(texts[file]) or os.path.normpath(file) not in used]


_USED_FILE = re.compile(r"""\buse: *["']?([^\s"'#,}]+)""")
_TITLE = re.compile(r"^title\b", re.MULTILINE)


def _read_text(file: Path) -> str:
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError:  # whoever reads it next says why
        return ""


def is_folder(path: str) -> bool:
    """Return whether a path is that of a folder."""
    try:
        return Path(path).is_dir()
    except (OSError, ValueError):
        return False


def _is_file(path: Path) -> bool:
    try:
        return path.is_file()
    except (OSError, ValueError):  # a name too long for the disk, or with a NUL in it
        return False


def _explain_missing(path: Path) -> str:
    try:
        if path.is_dir():
            return f"{path} is a folder: name one session in it"
    except (OSError, ValueError):
        pass
    if path.stem in list_names():
        return f"there is no file {path}: did you mean the shipped session '{path.stem}'?"
    return f"there is no file {path}: 'coach list' shows the sessions that come with the coach"

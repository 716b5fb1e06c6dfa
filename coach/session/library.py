"""Library of the sessions that are shipped with the coach."""

import os
import re
import unicodedata
from collections.abc import Iterable, Mapping
from pathlib import Path

from coach.diagnostics.did_you_mean import find_nearest, normalize
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


def list_titles() -> Mapping[str, Mapping[str, str]]:
    """List the titles of the shipped sessions: by name, and then by language; one for all languages is under ``""``."""
    return {name: _read_title(find_folder() / f"{name}.yaml") for name in list_names()}


def _read_title(file: Path) -> Mapping[str, str]:
    import yaml  # noqa: PLC0415 - a cached check of a file needs no titles

    found = _TITLE.search(_read_text(file))
    title = yaml.load(found[0], yaml.BaseLoader)["title"] if found else ""  # noqa: S506 - it makes nothing but texts
    return title if isinstance(title, dict) else {"": title}


def list_choices(language: str) -> tuple[str, ...]:
    """List the shipped sessions to choose from: their titles in a language, and their names."""
    return tuple(f"{title.get(language, name)} ({name})" for name, title in list_titles().items())


def find_name(written: str, *, whole: bool = True) -> str | None:
    """Find the name of the shipped session that is meant by its name or title, whatever its capitals and hyphens.

    Args:
        written: a name, or a title in any language.
        whole: whether all of it must be written; otherwise its first letters will do, or nearly all.
    """
    bare = _reduce(written)
    if written in list_names() or not bare:
        return written if bare else None
    spellings = {
        _reduce(text): name for name, title in list_titles().items() for text in (*title.values(), name) if text
    }
    if whole or bare in spellings:
        return spellings.get(bare)
    begun = {name for spelling, name in spellings.items() if spelling.startswith(bare)}
    if len(begun) == 1:
        return begun.pop()
    nearest = None if begun else find_nearest(bare, spellings)
    return spellings[nearest] if nearest else None


def _reduce(text: str) -> str:
    """Reduce a title to its letters and digits, without accents."""
    return normalize(unicodedata.normalize("NFKD", text))


def find(name_or_path: str) -> Path:
    """Find the file of a session, by its name or title in the library or by its path.

    A plain word is first looked up as a name, then as a file in the current folder, whose extension may be omitted,
    then as a title.

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
    if name := find_name(name_or_path):
        return find_folder() / f"{name}.yaml"
    meant = find_name(name_or_path, whole=False)
    advice = f"did you mean '{meant}'?" if meant else "'coach list' shows them all"
    raise UsageError(f"no session is called '{name_or_path}': {advice}")


def to_name(name_or_path: str) -> str:
    """Return the name of a shipped session that is found by its title; any other name or path as it is."""
    path = find(name_or_path)
    return path.stem if path.parent == find_folder() and not Path(name_or_path).suffix else name_or_path


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
_TITLE = re.compile(r"^title\b.*(?:\n[ \t].*)*", re.MULTILINE)


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

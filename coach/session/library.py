"""Library of the sessions that are shipped with the coach."""

from collections.abc import Iterable
from pathlib import Path

from coach.diagnostics.did_you_mean import did_you_mean
from coach.errors import UsageError

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
    if "/" in name_or_path or "\\" in name_or_path or path.suffix in ENDINGS:
        raise UsageError(_explain_missing(path))
    advice = did_you_mean(name_or_path, list_names(), otherwise="'coach list' shows them all")
    raise UsageError(f"no session is called '{name_or_path}': {advice}")


def find_all(names_or_paths: Iterable[str]) -> list[Path]:
    """Find the files of sessions, by names, paths and folders.

    Raises:
        UsageError: one of them does not exist, or there are none at all.
    """
    asked = tuple(names_or_paths)
    files = [file for each in asked for file in (_list_files(Path(each)) if _is_folder(each) else [find(each)])]
    if not files:
        raise UsageError(f"there are no sessions in {', '.join(asked)}: their names end in {' or '.join(ENDINGS)}")
    return files


def _list_files(folder: Path) -> list[Path]:
    return sorted(file for ending in ENDINGS for file in folder.glob(f"*{ending}"))


def _is_folder(path: str) -> bool:
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

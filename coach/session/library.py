"""Library of the sessions that are shipped with the coach."""

import os
import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from pathlib import Path

from coach.diagnostics.did_you_mean import find_nearest, normalize
from coach.errors import UsageError
from coach.storage.folders import find_same_name
from coach.translation import _

ENDINGS = (".yaml", ".yml")
LEAST_LETTERS = 3  # of a name or a title, where only its beginning is written


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

    found = re.search(_TITLE, _read_text(file))
    title = yaml.load(found[0], yaml.BaseLoader)["title"] if found else ""  # noqa: S506 - it makes nothing but texts
    return title if isinstance(title, dict) else {"": title}


def list_choices(language: str, names: Collection[str] = ()) -> tuple[str, ...]:
    """List shipped sessions to choose from, all or some: their numbers, their titles in a language, and their names."""
    titles = enumerate(list_titles().items(), 1)
    return tuple(
        f"{number} {_write_choice(name, title.get(language, ''))}"
        for number, (name, title) in titles
        if name in (names or (name,))
    )


def _write_choice(name: str, title: str) -> str:
    return f"{title} ({name})" if title else name


class SeveralSessionsError(UsageError):
    """What is written may be several shipped sessions: their ``names``, each with the title by which it may be meant.

    ``choices`` has both in words.
    """

    def __init__(self, written: str, found: Mapping[str, str]) -> None:
        self.names = tuple(found)
        self.choices = _join_choices(_write_choice(name, text if text != name else "") for name, text in found.items())
        super().__init__(
            _("'{written}' may be {choices}: write a little more of it", written=written, choices=self.choices)
        )


def _join_choices(choices: Iterable[str]) -> str:
    from coach.session.values.value_kind import join_words  # noqa: PLC0415 - only where it is not clear which is meant

    return join_words(choices)


def choose(typed: str) -> str:
    """Find the session that is typed at a question: its number in `list_choices`, its name, its title, or its file.

    Of a name or a title its first letters, or nearly all, will do.

    Returns:
        The name of a shipped session, or the path of a file.

    Raises:
        SeveralSessionsError: several may be meant.
        UsageError: there is none.
    """
    written = typed.strip()
    names = list_names()
    if written.isdecimal() and 0 < int(written[:9]) <= len(names) and not _find_file(written):
        return names[int(written) - 1]
    try:
        return to_name(written)
    except SeveralSessionsError:
        raise
    except UsageError:
        bare = _strip_quotes(written)
        if bare != written and _find_file(bare):
            return bare
        if not _looks_like_path(written) and (meant := _find_meant(written)):
            return meant[0]
        raise


def _strip_quotes(path: str) -> str:
    """Strip what a terminal puts around or before the signs of a file that is dropped on it."""
    plain = path[1:-1] if path[:1] == path[-1:] and path[:1] in ("'", '"') else re.sub(r"\\([^\w\\])", r"\1", path)
    return os.path.expanduser(plain)  # noqa: PTH111 - it leaves a name alone that is none of a user


def find_name(written: str) -> str | None:
    """Find the name of the shipped session with this name or title, whatever its capitals, accents and hyphens.

    Raises:
        SeveralSessionsError: several have it.
    """
    if written in list_names():
        return written
    bare = _reduce(written)
    named = {name: name for name in list_names() if _reduce(name) == bare}
    titled = {name: title for title, name in _list_titled() if _reduce(title) == bare}
    return _pick(written, named or titled) if bare else None


def _find_begun(written: str) -> str | None:
    """Find the name of the shipped session whose name or title begins with what is written.

    Raises:
        SeveralSessionsError: several do.
    """
    bare = _reduce(written)
    return _pick(written, {name: title for title, name in reversed(_list_titled()) if _reduce(title).startswith(bare)})


def _find_meant(written: str) -> tuple[str, str] | None:
    """Find the shipped session whose name or title, or a word of it, so begins, or is nearly this; give that, too.

    Raises:
        SeveralSessionsError: several do.
    """
    bare = _reduce(written)
    begun = bare and _find_begun(written)
    if not bare or begun:
        return (begun, next(text for text, name in _list_titled() if name == begun)) if begun else None
    inside = {name: text for text, name in reversed(_list_titled()) if any(map(_begins(bare), _list_tails(text)))}
    if name := _pick(written, inside):
        return name, inside[name]
    spellings = {_reduce(text): (name, text) for text, name in reversed(_list_titled())}
    nearest = find_nearest(bare, spellings)
    return spellings[nearest] if nearest else None


def _begins(bare: str) -> Callable[[str], bool]:
    return lambda text: _reduce(text).startswith(bare)


def _list_tails(text: str) -> Iterator[str]:
    """List what a text is without its first words."""
    words = re.split(r"[\s-]+", text)
    return (" ".join(words[start:]) for start in range(1, len(words)))


def _pick(written: str, found: Mapping[str, str]) -> str | None:
    """Pick the only one of the sessions found, by name, each with the name or title by which it was."""
    if len(found) > 1:
        raise SeveralSessionsError(written, dict(sorted(found.items())))
    return next(iter(found), None)


def _list_titled() -> list[tuple[str, str]]:
    """List the names and the titles of the shipped sessions, each with the name of its session."""
    named = [(name, name) for name in list_names()]
    return named + [(text, name) for name, title in list_titles().items() for text in title.values() if text]


def _reduce(text: str) -> str:
    """Reduce a title to its letters and digits, without accents."""
    return normalize(unicodedata.normalize("NFKD", text))


def find(name_or_path: str) -> Path:
    """Find the file of a session, by its name or title in the library or by its path.

    A plain word is first looked up as a name, then as a file in the current folder, whose extension may be omitted,
    then as a title, then as the beginning of one.

    Raises:
        SeveralSessionsError: several may be meant.
        UsageError: neither exists.
    """
    if name_or_path in list_names():
        return find_folder() / f"{name_or_path}.yaml"
    if file := _find_file(name_or_path):
        return file
    if _looks_like_path(name_or_path):
        raise UsageError(_explain_missing(Path(name_or_path)))
    begun = len(_reduce(name_or_path)) >= LEAST_LETTERS
    if name := find_name(name_or_path) or (_find_begun(name_or_path) if begun else None):
        return find_folder() / f"{name}.yaml"
    raise UsageError(
        _(
            "no session is called '{name}': {advice}",
            name=name_or_path,
            advice=_suggest(name_or_path),
        )
    )


def _suggest(written: str) -> str:
    try:
        meant = _find_meant(written)
    except SeveralSessionsError as error:
        return _("did you mean {choices}?", choices=error.choices)
    if meant is None:
        return _("'coach list' shows them all")
    name, title = meant
    return (
        _("did you mean '{name}'?", name=name)
        if title == name
        else _("did you mean '{title}' ({name})?", title=title, name=name)
    )


def _find_file(written: str) -> Path | None:
    """Find the file of a path, whose extension may be omitted, its letters composed or not."""
    path = Path(written)
    for each in (path, *(path.with_name(path.name + ending) for ending in ENDINGS if path.name)):
        if _is_file(each):
            return each
        if not written.isascii() and _is_file(same := find_same_name(each)):
            return same
    return None


def _looks_like_path(written: str) -> bool:
    return "/" in written or "\\" in written or Path(written).suffix in ENDINGS


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
        raise UsageError(
            _(
                "there are no sessions in {asked}: their names end in {endings}",
                asked=", ".join(asked),
                endings=_join_choices(ENDINGS),
            )
        )
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
    used = {
        os.path.normpath(file.parent / path) for file, text in texts.items() for path in re.findall(_USED_FILE, text)
    }
    return [file for file in found if re.search(_TITLE, texts[file]) or os.path.normpath(file) not in used]


# Compiled where they are used: a named session needs none of them.
_USED_FILE = r"""\b(?:use|say-as): *["']?([^\s"'#,{}]+)"""
_SAY_AS_FILE = r"""(?m)^say-as: *["']?([^\s"'#,{}]+)"""
_TITLE = r"(?m)^title\b.*(?:\n[ \t].*)*"


def is_pronunciations(file: Path) -> bool:
    """Whether a session in the folder of a file, or in the one around it, names the file in its ``say-as``."""
    own = os.path.normpath(file.absolute())
    return any(
        os.path.normpath(folder / named) == own
        for folder in (file.absolute().parent, file.absolute().parent.parent)
        for session in folder.iterdir()
        if session.name.endswith(ENDINGS) and _is_file(session)
        for named in re.findall(_SAY_AS_FILE, _read_text(session))
    )


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
            return _("{path} is a folder: name one session in it", path=path)
    except (OSError, ValueError):
        pass
    if path.stem in list_names():
        return _("there is no file {path}: did you mean the shipped session '{stem}'?", path=path, stem=path.stem)
    return _("there is no file {path}: 'coach list' shows the sessions that come with the coach", path=path)

"""File path: a file that a session names, always inside the session's folder."""

import re
import stat
from collections.abc import Callable
from pathlib import Path

from coach.diagnostics.did_you_mean import find_certain, find_nearest
from coach.session.values.value_kind import ScalarError, ValueKind
from coach.storage.file_input import read_mode
from coach.storage.folders import find_same_name
from coach.text.sanitize import quote
from coach.translation import _, mark_message

AUDIO_ENDINGS = (".wav", ".mp3", ".m4a", ".ogg", ".flac", ".opus", ".aiff")
_FILE = r"(?!\s*$)(?![-/~])(?![A-Za-z][A-Za-z0-9+.-]+:)[^\\\u0000]+$"

_ENDINGS = "|".join(
    "".join(f"[{sign}{sign.upper()}]" if sign.isalpha() else sign for sign in ending[1:]) for ending in AUDIO_ENDINGS
)

AUDIO_FILE_PATTERN = rf"^(?=[\s\S]*\.({_ENDINGS})$){_FILE}"
_ADDRESS = re.compile(r"[A-Za-z][A-Za-z0-9+.-]+:")


def is_audio(written: str) -> bool:
    """Return whether a sound's name is a file name, by its extension."""
    return written.lower().endswith(AUDIO_ENDINGS)


def resolve_beside(written: str, *, folder: Path, root: Path) -> Path:
    """Resolve the file that an author named, following every symbolic link.

    Args:
        written: the path as written, relative to ``folder``.
        folder: the folder of the file that names it.
        root: the session's folder; no file outside it is allowed. It contains ``folder``.

    Raises:
        ScalarError: it is not a relative path, is outside ``root``, or is not a regular file.
    """
    _refuse_hostile(written)
    try:
        path = find_same_name(folder / written).resolve()
        inside, mode = path.is_relative_to(root.resolve()), read_mode(path)
    except (OSError, RuntimeError, ValueError):  # too long for the disk, or a symbolic link to itself
        raise ScalarError(
            "no-such-file", _("{written} cannot be opened", written=quote(written)), _("check its name")
        ) from None
    if not inside:
        raise _explain_outside(written)
    if stat.S_ISREG(mode):
        return path
    if mode:
        raise ScalarError("not-a-file", _("{written} is not a file", written=quote(written)), _("name one file in it"))
    raise _explain_missing(written, path)


def _refuse_hostile(written: str) -> None:
    name = quote(written)
    if not written.strip() or "\0" in written:
        raise ScalarError(
            "not-a-path", _("{name} does not name a file", name=name), _("write the name of a file beside the session")
        )
    if _ADDRESS.match(written):
        advice = _("put the file beside the session, and write its name")
        raise ScalarError("not-a-path", _("{name} is an address, not a file beside the session", name=name), advice)
    if written.startswith("-"):
        raise ScalarError(
            "not-a-path",
            _("{name} looks like an option, not a file", name=name),
            _("give the file a name without the -"),
        )
    if "\\" in written:
        slashed = written.replace("\\", "/")
        raise ScalarError(
            "not-a-path", _("{name} has backslashes", name=name), _("write {text}", text=slashed)[:80], instead=slashed
        )
    if written.startswith(("/", "~")):
        raise _explain_outside(written)


def _explain_outside(written: str) -> ScalarError:
    advice = _("copy the file into the session's folder, and name it from there")
    return ScalarError(
        "outside-folder", _("{written} lies outside the session's folder", written=quote(written)), advice
    )


def _explain_missing(written: str, path: Path) -> ScalarError:
    try:
        names = [each.name for each in path.parent.iterdir()]
    except OSError:
        names = []
    meant = find_certain(path.name, names)
    instead = written.removesuffix(path.name) + meant if meant else ""
    near = instead or find_nearest(path.name, names)
    advice = (
        _("did you mean '{near}'?", near=near) if near else _("paths begin at the folder of the file that names them")
    )
    return ScalarError("no-such-file", _("there is no file {written}", written=quote(written)), advice, instead=instead)


def _check_path(written: str) -> Path:
    _refuse_hostile(written)
    return Path(written)


class FilePath(ValueKind[Path]):
    """A relative path; ``resolve`` finds the file. By default, any valid path is taken as written."""

    name = mark_message("a file")
    advice = mark_message("write the name of a file beside the session")
    pattern = rf"^{_FILE}"
    examples = ("recordings/hello.wav",)

    def __init__(self, resolve: Callable[[str], Path] = _check_path) -> None:
        self._resolve = resolve

    def _parse(self, text: str) -> Path:
        return self._resolve(text)

    def format(self, value: Path) -> str:
        """Write it with slashes, as on every system, and with `./` first where it would look like something else."""
        path = value.as_posix()
        return path if value.is_absolute() or re.match(self.pattern, path) else f"./{path}"


FILE_PATH = FilePath()

"""What a voice pack says of itself: ``pack.json``, which may come from anyone and is trusted in nothing."""

import hashlib
import json
import math
import re
import stat
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import Any

from coach.errors import ExternalError

NAME = "pack.json"

VERSION = 1

LARGEST_MANIFEST_BYTES = 1 << 20

LARGEST_FILE_BYTES = 50_000_000

LARGEST_PACK_BYTES = 2_000_000_000

MOST_LINES = 5_000

LONGEST_S = 600.0

_LONGEST_NAME = 200

_LANGUAGE = re.compile(r"[a-z]{2,3}")

_SHA256 = re.compile(r"[0-9a-f]{64}")

_AGAIN = "get the pack again from who made it, or take it out of its place"

_RECORD_AGAIN = "record the line again with 'coach record', or get the pack again from who made it"


@dataclass(frozen=True, kw_only=True, slots=True)
class PackLine:
    """One recorded line: its words exactly as the session has them for the voice, and the file that holds them.

    ``file`` is its path within the pack, with ``/`` between folders; ``sha256`` that of its bytes.
    """

    text: str
    file: str
    sha256: str
    length_s: float
    counted: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class Manifest:
    """A voice pack: who speaks, in which language, under which licence, and all that is said."""

    speaker: str
    language: str
    licence: str
    lines: tuple[PackLine, ...] = ()


def as_json(manifest: Manifest) -> str:
    """The text of ``pack.json``."""
    lines = [asdict(take) for take in manifest.lines]
    head = {"speaker": manifest.speaker, "language": manifest.language, "licence": manifest.licence}
    return json.dumps({"coach": VERSION, **head, "lines": lines}, ensure_ascii=False, indent=1) + "\n"


def read_manifest(folder: Path) -> Manifest:
    """What the pack in a folder holds. Its files are looked at only in so far as they are not too large together.

    Raises:
        OutsideError: There is none, it is damaged, too large, or of a newer coach.
    """
    path = folder / NAME
    try:
        data = json.loads(_text(folder))
        manifest = _manifest(data)
        _check_size(folder, manifest)
    except OSError as error:
        raise ExternalError(f"could not read {path}: {error.strerror}", help=_AGAIN) from error
    except (ValueError, RecursionError) as error:
        reason = str(error) if isinstance(error, _DamagedError) else "it is not the JSON of a voice pack"
        raise ExternalError(f"{path} is damaged: {reason}", help=_AGAIN) from error
    return manifest


def file_of(folder: Path, take: PackLine) -> Path:
    """The file of a line, after a look whether it is what the manifest says.

    Raises:
        OutsideError: It is not there, lies outside the folder, is no plain file, too large, or has been changed.
    """
    shown = folder / take.file
    try:
        path = shown.resolve(strict=True)
        if not path.is_relative_to(folder.resolve()):
            raise ExternalError(f"{shown} leads out of its voice pack", help=_AGAIN)
        if not path.is_file():
            raise ExternalError(f"{shown} is no file", help=_AGAIN)
        if path.stat().st_size > LARGEST_FILE_BYTES:
            raise ExternalError(f"{shown} is larger than {LARGEST_FILE_BYTES // 1_000_000} MB", help=_AGAIN)
        with path.open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
    except (OSError, RuntimeError) as error:  # what a circle of symbolic links is, depends on Python's version
        reason = getattr(error, "strerror", None) or "it cannot be read"
        raise ExternalError(f"could not read {shown} of a voice pack: {reason}", help=_RECORD_AGAIN) from error
    if digest != take.sha256:
        raise ExternalError(f"{shown} is not the recording that its voice pack names", help=_RECORD_AGAIN)
    return path


class _DamagedError(ValueError):
    """What is wrong with a manifest."""


def _text(folder: Path) -> str:
    path = (folder / NAME).resolve(strict=True)
    if not path.is_relative_to(folder.resolve()):
        raise _DamagedError("it leads out of its folder")
    if not path.is_file():
        raise _DamagedError("it is no file")
    with path.open("rb") as file:
        data = file.read(LARGEST_MANIFEST_BYTES + 1)
    if len(data) > LARGEST_MANIFEST_BYTES:
        raise _DamagedError(f"it is larger than {LARGEST_MANIFEST_BYTES >> 20} MiB")
    return data.decode("utf-8")


def _manifest(data: Any) -> Manifest:  # noqa: ANN401 - whatever the JSON held
    if not isinstance(data, dict):
        raise _DamagedError("it is not the JSON of a voice pack")
    _check_version(data.get("coach"))
    lines = data.get("lines")
    if not isinstance(lines, list):
        raise _DamagedError("it has no list of lines")
    if len(lines) > MOST_LINES:
        raise _DamagedError(f"it has more than {MOST_LINES:,} lines")
    takes = tuple(_take(line, f"line {number}") for number, line in enumerate(lines, 1))
    if len({(take.text, take.counted) for take in takes}) < len(takes):
        raise _DamagedError("it has the same line twice")
    language = data.get("language")
    if not isinstance(language, str) or not _LANGUAGE.fullmatch(language):
        raise _DamagedError("its language is not written like 'nl' or 'en'")
    return Manifest(speaker=_name(data, "speaker"), language=language, licence=_name(data, "licence"), lines=takes)


def _check_version(version: object) -> None:
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise _DamagedError('it does not say "coach": 1')
    if version > VERSION:
        raise _DamagedError(f"it is of version {version}, made by a newer coach; this one knows {VERSION}")


def _take(line: object, which: str) -> PackLine:
    if not isinstance(line, dict):
        raise _DamagedError(f"{which} is no line")
    text, sha256, counted = line.get("text"), line.get("sha256"), line.get("counted", False)
    if not isinstance(text, str) or not text.strip():
        raise _DamagedError(f"{which} has no text")
    if not isinstance(sha256, str) or not _SHA256.fullmatch(sha256):
        raise _DamagedError(f"{which} has no SHA-256 of its file")
    if not isinstance(counted, bool):
        raise _DamagedError(f"{which} says neither true nor false to counted")
    return PackLine(text=text, file=_file(line, which), sha256=sha256, length_s=_length_s(line, which), counted=counted)


def _file(line: Mapping[str, Any], which: str) -> str:
    file = line.get("file")
    if not isinstance(file, str) or not file or not file.isprintable() or "\\" in file or ":" in file:
        raise _DamagedError(f"{which} names no file")
    if PurePosixPath(file).is_absolute() or ".." in PurePosixPath(file).parts:
        raise _DamagedError(f"{which} names a file outside the pack")
    return file


def _length_s(line: Mapping[str, Any], which: str) -> float:
    length_s = line.get("length_s")
    if isinstance(length_s, bool) or not isinstance(length_s, int | float):
        raise _DamagedError(f"{which} has no length")
    if not (math.isfinite(length_s) and 0 < length_s <= LONGEST_S):
        raise _DamagedError(f"{which} does not last more than 0 and at most {LONGEST_S:.0f} s")
    return float(length_s)


def _name(data: Mapping[str, Any], key: str) -> str:
    name = data.get(key)
    if not isinstance(name, str) or len(name) > _LONGEST_NAME or not name.isprintable():
        raise _DamagedError(f"its {key} is no short text")
    return name


def _check_size(folder: Path, manifest: Manifest) -> None:
    whole = 0
    for file in {take.file for take in manifest.lines}:
        try:
            state = (folder / file).stat()
        except (OSError, ValueError):  # a file that is missing is told when its line is said
            continue
        whole += state.st_size if stat.S_ISREG(state.st_mode) else 0
    if whole > LARGEST_PACK_BYTES:
        raise _DamagedError(f"its files are larger than {LARGEST_PACK_BYTES // 1_000_000_000} GB together")

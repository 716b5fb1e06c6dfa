"""Voice packs: a person's recorded lines, with the manifest ``pack.json``.

A pack may come from anyone, so all of it is validated.
"""

import json
import re
import stat
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any

from coach.errors import ExternalError
from coach.languages.text_normalizer import normalize_text
from coach.storage.file_input import compute_sha256, open_regular, parse_json
from coach.translation import _, mark_message
from coach.utterance import Utterance

if TYPE_CHECKING:  # numpy takes 0.1 s, which a cached session need not pay
    from coach.sounds.clip import Clip

MANIFEST_NAME = "pack.json"
PACK_VERSION = 1
LARGEST_MANIFEST_BYTES = 1 << 20
LARGEST_FILE_BYTES = 50_000_000
LARGEST_PACK_BYTES = 2_000_000_000
MOST_LINES = 5_000
LONGEST_S = 600.0
_LONGEST_NAME = 200
_LANGUAGE = re.compile(r"[a-z]{2,3}")
_SHA256 = re.compile(r"[0-9a-f]{64}")
_AGAIN = mark_message("get the pack again from its author, or remove it")
_RECORD_AGAIN = mark_message("record the line again with 'coach record', or get the pack again from its author")


@dataclass(frozen=True, kw_only=True, slots=True)
class PackLine:
    """One recorded line: its text exactly as in the session, and the file of its recording.

    ``file`` is its path within the pack, with ``/`` between folders; ``sha256`` that of its bytes.
    """

    text: str
    file: str
    sha256: str
    length_s: float
    counted: bool = False


@dataclass(frozen=True, kw_only=True, slots=True)
class PackManifest:
    """The manifest of a voice pack: speaker, language, licence and lines."""

    speaker: str
    language: str
    licence: str
    lines: tuple[PackLine, ...] = ()


def manifest_to_json(manifest: PackManifest) -> str:
    """Write the text of ``pack.json``."""
    lines = [asdict(take) for take in manifest.lines]
    head = {"speaker": manifest.speaker, "language": manifest.language, "licence": manifest.licence}
    return json.dumps({"coach": PACK_VERSION, **head, "lines": lines}, ensure_ascii=False, indent=1) + "\n"


def read_manifest(folder: Path) -> PackManifest:
    """Read the manifest of the pack in a folder. Of its files only the total size is checked.

    Raises:
        ExternalError: It is missing, damaged, too large, or of a newer version.
    """
    path = folder / MANIFEST_NAME
    try:
        data = parse_json(_read_manifest_bytes(folder))
        manifest = _parse_manifest(data)
        _check_size(folder, manifest)
    except OSError as error:
        raise ExternalError(
            _("could not read {path}: {reason}", path=path, reason=error.strerror), help=_(_AGAIN)
        ) from error
    except ValueError as error:
        reason = str(error) if isinstance(error, _DamagedError) else _("it is not the JSON of a voice pack")
        raise ExternalError(_("{path} is damaged: {reason}", path=path, reason=reason), help=_(_AGAIN)) from error
    return manifest


def find_line_file(folder: Path, take: PackLine) -> Path:
    """Find the file of a line, and verify it against the manifest.

    Raises:
        ExternalError: It is missing, outside the folder, not a regular file, too large, or changed.
    """
    shown = folder / take.file
    try:
        path = shown.resolve(strict=True)
        if not path.is_relative_to(folder.resolve()):
            raise ExternalError(_("{file} is outside its voice pack", file=shown), help=_(_AGAIN))
        if not path.is_file():
            raise ExternalError(_("{file} is not a regular file", file=shown), help=_(_AGAIN))
        if path.stat().st_size > LARGEST_FILE_BYTES:
            raise ExternalError(
                _(
                    "{file} is larger than {size} MB",
                    file=shown,
                    size=LARGEST_FILE_BYTES // 1_000_000,
                ),
                help=_(_AGAIN),
            )
        digest = compute_sha256(path)
    except (OSError, RuntimeError) as error:  # a loop of symbolic links: which one depends on Python's version
        reason = getattr(error, "strerror", None) or _("it cannot be read")
        raise ExternalError(
            _("could not read {file} of a voice pack: {reason}", file=shown, reason=reason), help=_(_RECORD_AGAIN)
        ) from error
    if digest != take.sha256:
        raise ExternalError(_("{file} does not match the SHA-256 in its voice pack", file=shown), help=_(_RECORD_AGAIN))
    return path


class _DamagedError(ValueError):
    """What is wrong with a manifest."""


def _read_manifest_bytes(folder: Path) -> bytes:
    path = (folder / MANIFEST_NAME).resolve(strict=True)
    if not path.is_relative_to(folder.resolve()):
        raise _DamagedError(_("it is outside its folder"))
    if not path.is_file():
        raise _DamagedError(_("it is not a regular file"))
    with open_regular(path) as file:
        data = file.read(LARGEST_MANIFEST_BYTES + 1)
    if len(data) > LARGEST_MANIFEST_BYTES:
        raise _DamagedError(_("it is larger than {size} MiB", size=LARGEST_MANIFEST_BYTES >> 20))
    return data


def _parse_manifest(data: Any) -> PackManifest:  # noqa: ANN401 - whatever the JSON held
    if not isinstance(data, dict):
        raise _DamagedError(_("it is not the JSON of a voice pack"))
    _check_version(data.get("coach"))
    lines = data.get("lines")
    if not isinstance(lines, list):
        raise _DamagedError(_("it has no list of lines"))
    if len(lines) > MOST_LINES:
        raise _DamagedError(_("it has more than {most:,} lines", most=MOST_LINES))
    takes = tuple(_parse_line(line, _("line {number}", number=number)) for number, line in enumerate(lines, 1))
    if len({(take.text, take.counted) for take in takes}) < len(takes):
        raise _DamagedError(_("it has the same line twice"))
    language = data.get("language")
    if not isinstance(language, str) or not _LANGUAGE.fullmatch(language):
        raise _DamagedError(_("its language is not written like 'nl' or 'en'"))
    return PackManifest(
        speaker=_parse_name(data, "speaker"), language=language, licence=_parse_name(data, "licence"), lines=takes
    )


def _check_version(version: object) -> None:
    if isinstance(version, bool) or not isinstance(version, int) or version < 1:
        raise _DamagedError(_('it does not say "coach": 1'))
    if version > PACK_VERSION:
        raise _DamagedError(
            _(
                "its version is {version}; this coach reads versions up to {newest}",
                version=version,
                newest=PACK_VERSION,
            )
        )


def _parse_line(line: object, which: str) -> PackLine:
    if not isinstance(line, dict):
        raise _DamagedError(_("{which} is not an object", which=which))
    text, sha256, counted = line.get("text"), line.get("sha256"), line.get("counted", False)
    if not isinstance(text, str) or not text.strip():
        raise _DamagedError(_("{which} has no text", which=which))
    if not isinstance(sha256, str) or not _SHA256.fullmatch(sha256):
        raise _DamagedError(_("{which} has no valid sha256", which=which))
    if not isinstance(counted, bool):
        raise _DamagedError(_("{which} has a value for counted that is not true or false", which=which))
    return PackLine(
        text=text, file=_parse_file(line, which), sha256=sha256, length_s=_parse_length_s(line, which), counted=counted
    )


def _parse_file(line: Mapping[str, Any], which: str) -> str:
    file = line.get("file")
    if not isinstance(file, str) or not file or not file.isprintable() or "\\" in file or ":" in file:
        raise _DamagedError(_("{which} names no valid file", which=which))
    if PurePosixPath(file).is_absolute() or ".." in PurePosixPath(file).parts:
        raise _DamagedError(_("{which} names a file outside the pack", which=which))
    return file


def _parse_length_s(line: Mapping[str, Any], which: str) -> float:
    length_s = line.get("length_s")
    if isinstance(length_s, bool) or not isinstance(length_s, int | float):
        raise _DamagedError(_("{which} has no valid length_s", which=which))
    if not 0 < length_s <= LONGEST_S:
        raise _DamagedError(
            _("{which} has a length_s that is not between 0 and {longest:.0f} s", which=which, longest=LONGEST_S)
        )
    return float(length_s)


def _parse_name(data: Mapping[str, Any], key: str) -> str:
    name = data.get(key)
    if not isinstance(name, str) or len(name) > _LONGEST_NAME or not name.isprintable():
        raise _DamagedError(
            _(
                "its {key} is not a printable text of at most {most} characters",
                key=key,
                most=_LONGEST_NAME,
            )
        )
    return name


def _check_size(folder: Path, manifest: PackManifest) -> None:
    whole = 0
    for file in {take.file for take in manifest.lines}:
        try:
            state = (folder / file).stat()
        except (OSError, ValueError):  # a missing file is reported when its line is spoken
            continue
        whole += state.st_size if stat.S_ISREG(state.st_mode) else 0
    if whole > LARGEST_PACK_BYTES:
        raise _DamagedError(
            _(
                "its files are larger than {size} GB in total",
                size=LARGEST_PACK_BYTES // 1_000_000_000,
            )
        )


_RATE_HZ = 48_000
_MOST_LANGUAGES = 20


class VoicePack:
    """The lines of the pack in a folder, or of one pack per language in its folders ``nl`` and ``en``.

    Raises:
        ExternalError: The manifest is missing or damaged.
    """

    good = True
    reads_phonemes = False

    def __init__(self, which: str) -> None:
        folder = Path(which).expanduser()
        packs = [(each, read_manifest(each)) for each in find_packs(folder)]
        self.name = f"pack:{which}"
        self.languages = tuple(dict.fromkeys(manifest.language for _folder, manifest in packs))
        self.speaker = ", ".join(dict.fromkeys(manifest.speaker for _folder, manifest in packs if manifest.speaker))
        self._count = sum(len(manifest.lines) for _folder, manifest in packs)
        self._takes: dict[tuple[str, str], list[tuple[Path, PackLine]]] = {}
        for each, manifest in packs:
            for take in manifest.lines:
                words = normalize_text(take.text, manifest.language)
                self._takes.setdefault((manifest.language, words), []).append((each, take))
        self.repertoire = {
            line: " ".join(f"{take.sha256}{' counted' * take.counted}" for _folder, take in takes)
            for line, takes in self._takes.items()
        }

    @property
    def about(self) -> str:
        """Who speaks, and how much."""
        speaker = self.speaker or _("Someone")
        return _("{speaker}, recorded: {count} lines.", speaker=speaker, count=self._count)

    @classmethod
    def list_available(cls) -> tuple[str, ...]:
        """List no names: a pack is given by its folder."""
        return ()

    @classmethod
    def explain_missing(cls, _language: str) -> str:
        """Say how to give the folder of one."""
        return _("say which voice pack: --voice pack:FOLDER, with the folder that holds its pack.json")

    @property
    def identity(self) -> str:
        """How it is decoded; the repertoire identifies the recording of each line."""
        return f"pack 1, {_RATE_HZ}"

    def speak(self, utterance: Utterance) -> "Clip":
        """Read the recording of a line; of two, the counted or the uncounted one, as the utterance is.

        Raises:
            ExternalError: The line is not in the pack, or its file does not match the manifest.
        """
        from coach.sounds.decode import decode  # noqa: PLC0415 - numpy, only where there is speech

        takes = self._takes.get((utterance.language, utterance.text), [])
        if not takes:
            raise ExternalError(
                _('"{text}" is not in the voice pack {name}', text=utterance.text, name=self.name), help=_("record it")
            )
        folder, take = next((each for each in takes if each[1].counted is utterance.counted), takes[0])
        return decode(find_line_file(folder, take), _RATE_HZ, longest_s=LONGEST_S)


def find_packs(folder: Path) -> tuple[Path, ...]:
    """Find the packs in a folder: the folder itself, or its language folders; itself if there is none."""
    if _has_manifest(folder):
        return (folder,)
    try:
        inside = sorted(each for each in folder.iterdir() if len(each.name) <= len("nld") and _has_manifest(each))
    except OSError:
        return (folder,)
    return tuple(inside[:_MOST_LANGUAGES]) or (folder,)


def _has_manifest(folder: Path) -> bool:
    return (folder / MANIFEST_NAME).is_symlink() or (folder / MANIFEST_NAME).exists()

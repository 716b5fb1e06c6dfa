"""Installation of Piper voices from the catalogue, a mirror, a folder or a file: complete, or not at all."""

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from urllib.parse import quote, urlsplit

from coach.errors import ExternalError, UsageError
from coach.languages import find_language_or_english
from coach.storage.atomic_write import explain_disk_errors, lock_folder, sync, write_whole
from coach.storage.file_input import compute_sha256, open_regular, read_json
from coach.translation import _, mark_message
from coach.utterance import Utterance
from coach.voices.download import DEFAULT_TIMEOUTS, LOCAL_HOSTS, Download, DownloadTimeouts, OnBytes
from coach.voices.engines.piper import read_model_language
from coach.voices.engines.piper_models import (
    MANIFEST,
    CatalogueVoice,
    FileFacts,
    InstalledVoice,
    ModelFile,
    find_config_path,
    find_in_catalogue,
    find_installed,
    find_voices_folder,
    installed_to_json,
    is_valid_name,
)
from coach.voices.voice import VoiceSpec
from coach.voices.worker_pool import WorkerHandle

FROM_VARIABLE = "COACH_VOICES_FROM"
_BLOCK_BYTES = 1 << 20


class VoiceSource(Protocol):
    """A source of voice files."""

    def locate(self, path: str) -> str:
        """Return the address or path of a file, for messages."""
        ...

    def get(self, path: str, part: Path, size_bytes: int, on_bytes: OnBytes) -> str | None:
        """Download a file completely to ``part``; existing contents are resumed.

        Returns:
            The SHA-256 that the source itself states, or None.

        Raises:
            ExternalError: It cannot be read or downloaded.
        """
        ...


@dataclass(frozen=True, kw_only=True, slots=True)
class Mirror:
    """The tree of all voices at a URL, which ends in ``/``."""

    base_url: str
    timeouts: DownloadTimeouts = DEFAULT_TIMEOUTS

    def locate(self, path: str) -> str:
        """See `VoiceSource`."""
        return self.base_url + quote(path)

    def get(self, path: str, part: Path, size_bytes: int, on_bytes: OnBytes) -> str | None:
        """See `VoiceSource`."""
        download = Download(
            url=self.locate(path), part=part, size_bytes=size_bytes, on_bytes=on_bytes, timeouts=self.timeouts
        )
        download.run()
        return download.stated_sha256


@dataclass(frozen=True, kw_only=True, slots=True)
class Folder:
    """A folder with the tree of all voices, or with their files side by side."""

    folder: Path

    def locate(self, path: str) -> str:
        """See `VoiceSource`."""
        return str(self._find_file(path))

    def get(self, path: str, part: Path, size_bytes: int, on_bytes: OnBytes) -> str | None:
        """See `VoiceSource`."""
        file = self._find_file(path)
        try:
            size = file.stat().st_size
            if size != size_bytes:
                raise ExternalError(
                    _("{file} has {size} bytes, not {expected}", file=file, size=size, expected=size_bytes),
                    help=_("download it again"),
                )
            self._copy(file, part, on_bytes)
        except OSError as error:
            raise ExternalError(
                _("cannot read {path}: {reason}", path=file, reason=error.strerror),
                help=_("name the folder that holds the voice's two files"),
            ) from error
        return None

    def _find_file(self, path: str) -> Path:
        deep, flat = self.folder / path, self.folder / path.rpartition("/")[2]
        return deep if deep.exists() else flat

    @staticmethod
    def _copy(file: Path, part: Path, on_bytes: OnBytes) -> None:
        done = 0
        with open_regular(file) as original:
            with explain_disk_errors(part):
                copy = part.open("wb", buffering=0)
            with copy:
                while block := original.read(_BLOCK_BYTES):
                    with explain_disk_errors(part):
                        write_whole(copy, block)
                    done += len(block)
                    on_bytes(done)


def open_source(given: str | None, base_url: str) -> VoiceSource:
    """Open the source given with ``--from``, else in the environment, else the catalogue's base URL.

    Plain http, which can be tampered with, is allowed only for this machine, or if given with ``--from``.

    Raises:
        UsageError: It is neither https nor a folder.
    """
    source = given or os.environ.get(FROM_VARIABLE) or base_url
    scheme, host = urlsplit(source).scheme, urlsplit(source).hostname
    if scheme == "https" or (scheme == "http" and (given is not None or host in LOCAL_HOSTS)):
        return Mirror(base_url=source.rstrip("/") + "/")
    if "://" in source:
        raise UsageError(_("a source of voices is an https:// address or a folder, not {source}", source=source))
    return Folder(folder=Path(source).expanduser())


OWN_LICENCE = mark_message("not known: it is a file of your own")
_LARGEST_CONFIG_BYTES = 1 << 20
_UNKNOWN = "unknown"
_QUALITY = re.compile(r"[a-z_]{1,20}")

ModelCheck = Callable[[Path, str], None]


def speak_sample(model: Path, language: str) -> None:
    """Speak a sentence with a model in a process of its own, as no other check proves that a model works.

    Raises:
        ExternalError: It cannot speak.
    """
    worker = WorkerHandle(VoiceSpec(engine="coach.voices.engines.piper:Piper", name=str(model)))
    try:
        clip = worker.speak(Utterance(text=find_language_or_english(language).voice_lines.trial, language=language))
    finally:
        worker.close()
    if not clip.samples.any():
        raise ExternalError(_("{file} makes no sound", file=model.name), help=_("choose another voice"))


def add_voice(
    voice: CatalogueVoice, source: VoiceSource, on_bytes: OnBytes, *, check: ModelCheck = speak_sample
) -> InstalledVoice:
    """Download a voice of the catalogue, verify it, install it, and speak with it by ``check``.

    ``on_bytes`` is called repeatedly with the number of bytes of its model.

    Raises:
        ExternalError: The download, the verification or the disk failed. Nothing is installed then, but the bytes
            received are kept, and the next call resumes.
    """
    with _create_staging_folder(voice.name) as staging:
        config, model = staging / f"{voice.name}.onnx.json", staging / f"{voice.name}.onnx"
        fetch_verified(f"{voice.path}.json", voice.config, config, source, lambda _count: None)
        stated = fetch_verified(voice.path, voice.model, model, source, on_bytes)
        return _install(
            InstalledVoice(
                name=voice.name,
                language=voice.language,
                quality=voice.quality,
                licence=voice.licence,
                source=source.locate(voice.path),
                checked="sha256" if voice.model.sha256 or stated else "md5",
                model=_describe_file(model),
                config=_describe_file(config),
                folder=staging,
            ),
            check,
        )


def add_own_model(path: Path, on_bytes: OnBytes, *, check: ModelCheck = speak_sample) -> InstalledVoice:
    """Install a copy of a model file, with the config beside it.

    Raises:
        UsageError: Its name is not a valid voice name.
        ExternalError: It cannot be read, does not speak, or the disk refused.
    """
    name = path.stem
    if path.suffix != ".onnx" or not is_valid_name(name):
        raise UsageError(
            _(
                '"{name}" is not a valid model name: use letters, digits, "-", "_" and ".", ending in .onnx',
                name=path.name,
            )
        )
    language = read_model_language(path)
    sizes = [_read_size(file) for file in (path, find_config_path(path))]
    if sizes[1] > _LARGEST_CONFIG_BYTES:
        raise ExternalError(
            _("{file} is not the config of a Piper voice", file=find_config_path(path)),
            help=_("it is larger than 1 MiB"),
        )
    with _create_staging_folder(name) as staging:
        folder, config, model = Folder(folder=path.parent), staging / f"{name}.onnx.json", staging / f"{name}.onnx"
        folder.get(f"{name}.onnx.json", config, sizes[1], lambda _count: None)
        folder.get(f"{name}.onnx", model, sizes[0], on_bytes)
        try:
            return _install(_describe_own(path, language, model, config), check)
        except ExternalError:
            for file in staging.iterdir():
                file.unlink()
            raise


def _describe_own(path: Path, language: str, model: Path, config: Path) -> InstalledVoice:
    """Describe a user's own model, which the catalogue may know by its checksum."""
    part, known = _describe_file(model), find_in_catalogue(path.stem)
    licence = known.licence if known is not None and known.model.sha256 == part.sha256 else None
    audio = read_json(config).get("audio")
    return InstalledVoice(
        name=path.stem,
        language=language,
        quality=_read_quality(audio),
        licence=licence or OWN_LICENCE,
        source=str(path.absolute()),
        checked="sha256" if licence else "",
        model=part,
        config=_describe_file(config),
        folder=model.parent,
    )


def _read_quality(audio: object) -> str:
    """Read a model's quality as its config names it, such as ``medium``."""
    quality = audio.get("quality") if isinstance(audio, dict) else None
    return quality if isinstance(quality, str) and _QUALITY.fullmatch(quality) else _UNKNOWN


def remove_voice(name: str) -> int:
    """Remove an installed voice, and the leftovers of an incomplete installation.

    Returns:
        How many bytes were freed.

    Raises:
        UsageError: The voice is not installed.
        ExternalError: The disk refused the change.
    """
    folders = (
        [folder for folder in (find_voices_folder() / name, _find_staging_path(name)) if folder.is_dir()]
        if is_valid_name(name)
        else []
    )
    if not folders:
        raise UsageError(_('the Piper voice "{name}" is not installed', name=name))
    freed = 0
    with lock_folder(_find_lock_path(name), _("installing {name}", name=name)):
        for folder in folders:
            freed += sum(file.stat().st_size for file in folder.iterdir() if file.is_file())
            trash = folder.with_name(f".trash-{name}")
            with explain_disk_errors(folder):
                shutil.rmtree(trash, ignore_errors=True)
                folder.rename(trash)  # atomic, so that the voice is never partly there
                shutil.rmtree(trash)
    return freed


@contextmanager
def _create_staging_folder(name: str) -> Iterator[Path]:
    """Create a staging folder for a voice being installed. It is kept if the installation fails."""
    staging = _find_staging_path(name)
    with explain_disk_errors(staging):
        staging.mkdir(parents=True, exist_ok=True)
    with lock_folder(_find_lock_path(name), _("installing {name}", name=name)):
        try:
            yield staging
        finally:
            with suppress(OSError):  # it holds a partial download, or was renamed to the voice
                staging.rmdir()


def _find_staging_path(name: str) -> Path:
    return find_voices_folder() / f".part-{name}"


def _find_lock_path(name: str) -> Path:
    return find_voices_folder() / f".lock-{name}"


def fetch_verified(path: str, facts: FileFacts, part: Path, source: VoiceSource, on_bytes: OnBytes) -> str | None:
    """Download and verify a file. A partial file of an earlier call may be of another source: then start again."""
    began_empty = not part.exists()
    stated = source.get(path, part, facts.size_bytes, on_bytes)
    wrong = _find_mismatch(part, facts, stated)
    if wrong and not began_empty:
        part.unlink()
        stated = source.get(path, part, facts.size_bytes, on_bytes)
        wrong = _find_mismatch(part, facts, stated)
    if wrong:
        part.unlink()
        raise ExternalError(
            _(
                "{place} is not the expected {file}: its {checksum} differs",
                place=source.locate(path),
                file=part.name,
                checksum=wrong,
            ),
            help=_("try again later, or name another source with --from"),
        )
    return stated


def _find_mismatch(part: Path, facts: FileFacts, stated_sha256: str | None) -> str | None:
    """Find the checksum that a file does not match, or None."""
    sha256 = compute_sha256(part)
    with part.open("rb") as file:
        md5 = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
    if sha256 != (facts.sha256 or stated_sha256 or sha256):
        return "SHA-256"
    return "MD5" if md5 != (facts.md5 or md5) else None


def _install(voice: InstalledVoice, check: ModelCheck) -> InstalledVoice:
    """Check that the voice speaks, write its manifest, and rename its folder into place."""
    read_model_language(voice.model_file)
    check(voice.model_file, voice.language.partition("_")[0])
    staging, place = voice.folder, find_voices_folder() / voice.name
    with explain_disk_errors(place):
        for note in staging.glob("*.note"):
            note.unlink()
        (staging / MANIFEST).write_text(installed_to_json(voice), encoding="utf-8")
        for file in (*staging.iterdir(), staging):
            sync(file)
        if place.exists():
            shutil.rmtree(find_voices_folder() / f".trash-{voice.name}", ignore_errors=True)
            place.rename(find_voices_folder() / f".trash-{voice.name}")
        staging.rename(place)
        sync(find_voices_folder())
        shutil.rmtree(find_voices_folder() / f".trash-{voice.name}", ignore_errors=True)
    there = find_installed(voice.name)
    if there is None:
        raise ExternalError(
            _("could not read back the voice written to {folder}", folder=place),
            help=_("check the disk, and add the voice again"),
        )
    return there


def _describe_file(file: Path) -> ModelFile:
    return ModelFile(size_bytes=file.stat().st_size, sha256=compute_sha256(file))


def _read_size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError as error:
        raise ExternalError(
            _("cannot read {path}: {reason}", path=file, reason=error.strerror),
            help=_("a Piper voice is two files: model.onnx and model.onnx.json"),
        ) from error

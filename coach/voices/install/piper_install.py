"""Adds Piper voices to the shelf and takes them off: there whole or not at all, and only what is what it should be."""

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from coach.errors import ExternalError, UsageError
from coach.languages.registry import language_or_english
from coach.storage.disk_errors import explain_disk_errors, sync
from coach.storage.file_hash import compute_sha256
from coach.storage.lock import lock_folder
from coach.utterance import Utterance
from coach.voices.engines.piper import read_model_language
from coach.voices.engines.piper_models import (
    MANIFEST,
    CatalogueVoice,
    FileFacts,
    InstalledVoice,
    ModelFile,
    config_path,
    find_in_catalogue,
    find_installed,
    installed_to_json,
    is_valid_name,
    voices_folder,
)
from coach.voices.install.download import OnBytes
from coach.voices.install.piper_sources import Folder, VoiceSource
from coach.voices.voice import VoiceSpec
from coach.voices.worker_pool import WorkerHandle

OWN_LICENCE = "not known: it is a file of your own"

_LARGEST_CONFIG_BYTES = 1 << 20

_UNKNOWN = "unknown"

ModelCheck = Callable[[Path, str], None]


def speak_sample(model: Path, language: str) -> None:
    """Have a model say a sentence, in a process of its own, as no other test tells what a file really is.

    Raises:
        ExternalError: It cannot.
    """
    worker = WorkerHandle(VoiceSpec(engine="coach.voices.engines.piper:Piper", name=str(model)))
    try:
        clip = worker.speak(Utterance(text=language_or_english(language).voice_lines.trial, language=language))
    finally:
        worker.close()
    if not clip.samples.any():
        raise ExternalError(f"{model.name} makes no sound", help="choose another voice")


def add_voice(
    voice: CatalogueVoice, source: VoiceSource, on_bytes: OnBytes, *, check: ModelCheck = speak_sample
) -> InstalledVoice:
    """Get a voice of the catalogue, see that it is that voice, and put it on the shelf.

    Args:
        voice: The voice.
        source: Where to get it.
        on_bytes: Told how many bytes of its model there are, again and again.
        check: Has the model speak.

    Raises:
        ExternalError: It could not be had, is not what it should be, or the disk refused. Nothing is on the shelf
            then, but what has come is kept, and the next call goes on from there.
    """
    with _staging_folder(voice.name) as staging:
        config, model = staging / f"{voice.name}.onnx.json", staging / f"{voice.name}.onnx"
        _fetch(f"{voice.path}.json", voice.config, config, source, lambda _count: None)
        stated = _fetch(voice.path, voice.model, model, source, on_bytes)
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
    """Copy a model that lies elsewhere, with the config beside it, to the shelf.

    Raises:
        UsageError: Its name cannot be a voice's.
        ExternalError: It cannot be read, does not speak, or the disk refused.
    """
    name = path.stem
    if path.suffix != ".onnx" or not is_valid_name(name):
        raise UsageError(f'"{path.name}" cannot be the name of a voice; it is letters, digits, - _ and ., then .onnx')
    language = read_model_language(path)
    sizes = [_read_size(file) for file in (path, config_path(path))]
    if sizes[1] > _LARGEST_CONFIG_BYTES:
        raise ExternalError(
            f"{config_path(path)} is not the config of a Piper voice", help="it is far too large for one"
        )
    with _staging_folder(name) as staging:
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
    """What is to be said of a file of someone's own: it may be one that the catalogue knows."""
    part, known = _describe_file(model), find_in_catalogue(path.stem)
    licence = known.licence if known is not None and known.model.sha256 == part.sha256 else None
    audio = json.loads(config.read_text(encoding="utf-8")).get("audio")
    return InstalledVoice(
        name=path.stem,
        language=language,
        quality=str(audio.get("quality", _UNKNOWN)) if isinstance(audio, dict) else _UNKNOWN,
        licence=licence or OWN_LICENCE,
        source=str(path.absolute()),
        checked="sha256" if licence else "",
        model=part,
        config=_describe_file(config),
        folder=model.parent,
    )


def remove_voice(name: str) -> int:
    """Take a voice off the shelf, or what is left of one that was never finished.

    Returns:
        How many bytes are free again.

    Raises:
        UsageError: There is no such voice on the shelf.
        ExternalError: The disk refused.
    """
    folders = (
        [folder for folder in (voices_folder() / name, _staging_path(name)) if folder.is_dir()]
        if is_valid_name(name)
        else []
    )
    if not folders:
        raise UsageError(f'no Piper voice "{name}" was added, so there is nothing to remove')
    freed = 0
    with lock_folder(_lock_path(name), f"adding {name}"):
        for folder in folders:
            freed += sum(file.stat().st_size for file in folder.iterdir() if file.is_file())
            trash = folder.with_name(f".trash-{name}")
            with explain_disk_errors(folder):
                shutil.rmtree(trash, ignore_errors=True)
                folder.rename(trash)  # at once, so that it is never there in half
                shutil.rmtree(trash)
    return freed


@contextmanager
def _staging_folder(name: str) -> Iterator[Path]:
    """A folder on the shelf for a voice that is coming. It stays where the voice did not come to its end."""
    staging = _staging_path(name)
    with explain_disk_errors(staging):
        staging.mkdir(parents=True, exist_ok=True)
    with lock_folder(_lock_path(name), f"adding {name}"):
        try:
            yield staging
        finally:
            with suppress(OSError):  # it holds what has come so far, or has become the voice
                staging.rmdir()


def _staging_path(name: str) -> Path:
    return voices_folder() / f".part-{name}"


def _lock_path(name: str) -> Path:
    return voices_folder() / f".lock-{name}"


def _fetch(path: str, facts: FileFacts, part: Path, source: VoiceSource, on_bytes: OnBytes) -> str | None:
    """A file that is what it should be. What was left half by an earlier call may be of another place: then anew."""
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
            f"{source.locate(path)} is not the {part.name} that we know: its {wrong} is another",
            help="try again later, or name another place with --from",
        )
    return stated


def _find_mismatch(part: Path, facts: FileFacts, stated_sha256: str | None) -> str | None:
    """By which check a file is not what it should be, or None."""
    sha256 = compute_sha256(part)
    with part.open("rb") as file:
        md5 = hashlib.file_digest(file, lambda: hashlib.md5(usedforsecurity=False)).hexdigest()
    if sha256 != (facts.sha256 or stated_sha256 or sha256):
        return "SHA-256"
    return "MD5" if md5 != (facts.md5 or md5) else None


def _install(voice: InstalledVoice, check: ModelCheck) -> InstalledVoice:
    """Have it speak, write what it is, and give it its place in one step."""
    read_model_language(voice.model_file)
    check(voice.model_file, voice.language.partition("_")[0])
    staging, place = voice.folder, voices_folder() / voice.name
    with explain_disk_errors(place):
        for note in staging.glob("*.note"):
            note.unlink()
        (staging / MANIFEST).write_text(installed_to_json(voice), encoding="utf-8")
        for file in (*staging.iterdir(), staging):
            sync(file)
        if place.exists():
            shutil.rmtree(voices_folder() / f".trash-{voice.name}", ignore_errors=True)
            place.rename(voices_folder() / f".trash-{voice.name}")
        staging.rename(place)
        sync(voices_folder())
        shutil.rmtree(voices_folder() / f".trash-{voice.name}", ignore_errors=True)
    there = find_installed(voice.name)
    if there is None:
        raise ExternalError(f"{place} is not as it was written", help="see that the disk is well, and add it again")
    return there


def _describe_file(file: Path) -> ModelFile:
    return ModelFile(size_bytes=file.stat().st_size, sha256=compute_sha256(file))


def _read_size(file: Path) -> int:
    try:
        return file.stat().st_size
    except OSError as error:
        raise ExternalError(
            f"cannot read {file}: {error.strerror}", help="a Piper voice is two files: model.onnx and model.onnx.json"
        ) from error

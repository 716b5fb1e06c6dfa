"""Piper models: the catalogue ``piper_voices.json``, installed models, and the settings they speak with."""

import json
import re
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from coach.errors import ExternalError
from coach.languages.registry import language_or_english
from coach.storage.folders import data_folder

# Within a sentence; with the pauses between sentences some 115, about as the built-in voices.
PACE_WPM = 130.0

SEED = 0

SENTENCE_PAUSE_S = 0.7

# Drawn out further, vowels blur: en_US-joe-medium, which reads at 250, was misheard in 2.5 words of 100 at 1.6 times
# its own length, and in 4 at 2.1. At 1.75 it is no quicker than 135 words a minute, pauses included.
SLOWEST = 1.75

QUICKEST = 0.8

_FILE = Path(__file__).with_name("piper_voices.json")


def find_pace_text(language: str) -> str:
    """The line that a model says once at its own pace, to measure it; in English for languages of no other."""
    return language_or_english(language).voice_lines.pace


@dataclass(frozen=True, kw_only=True, slots=True)
class FileFacts:
    """What is known of a file before it comes; None where it is not."""

    size_bytes: int
    md5: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CatalogueVoice:
    """A voice that can be had: ``language`` as in ``nl_BE``, ``path`` of the model below the home of all voices."""

    name: str
    language: str
    quality: str
    licence: str
    based_on: str | None
    speakers: int
    path: str
    model: FileFacts
    config: FileFacts


@cache
def read_catalogue() -> tuple[CatalogueVoice, ...]:
    """All voices, for each language the best first."""
    return tuple(map(_parse_voice, _read_catalogue_file()["voices"]))


def read_base_url() -> str:
    """Where all of them are, as the start of their addresses."""
    return str(_read_catalogue_file()["home"])


def find_in_catalogue(name: str) -> CatalogueVoice | None:
    """A voice by its name."""
    return next((voice for voice in read_catalogue() if voice.name == name), None)


def find_rank(name: str) -> int:
    """The place of a voice in the catalogue, from 0; those that it does not have come last."""
    names = [voice.name for voice in read_catalogue()]
    return names.index(name) if name in names else len(names)


@cache
def _read_catalogue_file() -> dict[str, Any]:
    said: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return said


def _parse_voice(said: dict[str, Any]) -> CatalogueVoice:
    files = {key: FileFacts(**said[key]) for key in ("model", "config")}
    return CatalogueVoice(**{**said, **files})


MANIFEST = "voice.json"

VERSION = 1

_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,78}[A-Za-z0-9])?")

_PATH_SIGNS = ("/", "\\")


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelFile:
    """One of the two files of a voice, as it was when it was added."""

    size_bytes: int
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class InstalledVoice:
    """A voice on the shelf: what ``voice.json`` says of it, and the folder it lies in.

    ``language`` is as in ``nl_BE``. ``checked`` says what its model was held against when it came: ``sha256``, ``md5``
    or nothing, for a voice of someone's own.
    """

    name: str
    language: str
    quality: str
    licence: str
    source: str
    checked: str
    model: ModelFile
    config: ModelFile
    folder: Path

    @property
    def model_file(self) -> Path:
        """The model; its config lies beside it, with ``.json`` added to the name."""
        return self.folder / f"{self.name}.onnx"


def voices_folder() -> Path:
    """The folder of all added Piper voices, which may not be there yet.

    Raises:
        ExternalError: The user has no folder of their own.
    """
    return data_folder("voices") / "voices" / "piper"


def is_valid_name(text: str) -> bool:
    """Whether a voice may be called so: one plain name, which leads nowhere else when it is taken for a path."""
    return _NAME.fullmatch(text) is not None


def is_path(text: str) -> bool:
    """Whether a model's file is meant, wherever that lies."""
    return text.endswith(".onnx") or any(sign in text for sign in _PATH_SIGNS)


def config_path(model: Path) -> Path:
    """The config that belongs to a model."""
    return model.with_name(f"{model.name}.json")


def list_installed() -> tuple[InstalledVoice, ...]:
    """All added voices that are whole, by name."""
    try:
        folders = sorted(folder for folder in voices_folder().iterdir() if is_valid_name(folder.name))
    except (OSError, ExternalError):
        return ()
    found = (find_installed(folder.name) for folder in folders)
    return tuple(voice for voice in found if voice is not None)


def find_installed(name: str) -> InstalledVoice | None:
    """An added voice, or None where there is none of that name, or nothing whole."""
    if not is_valid_name(name):
        return None
    try:
        folder = voices_folder() / name
        said = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        texts = {key: str(said[key]) for key in ("language", "quality", "licence", "source", "checked")}
        model, config = _parse_model_file(said["model"]), _parse_model_file(said["config"])
        voice = InstalledVoice(name=name, folder=folder, model=model, config=config, **texts)
        sizes = [file.stat().st_size for file in (voice.model_file, config_path(voice.model_file))]
    except (OSError, ExternalError, ValueError, TypeError, KeyError):
        return None
    return voice if sizes == [model.size_bytes, config.size_bytes] else None


def _parse_model_file(said: dict[str, Any]) -> ModelFile:
    return ModelFile(size_bytes=int(said["size_bytes"]), sha256=str(said["sha256"]))


def installed_to_json(voice: InstalledVoice) -> str:
    """What ``voice.json`` says."""
    said = {"coach": VERSION, **asdict(voice)}
    del said["folder"]
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"

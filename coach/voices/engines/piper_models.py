"""Piper models: the catalogue ``piper_voices.json``, installed models, and the settings they speak with."""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path
from typing import Any

from coach.errors import ExternalError
from coach.languages import find_language_or_english
from coach.storage.file_input import read_json
from coach.storage.folders import find_data_folder
from coach.translation import _

# Within a sentence; with the pauses between sentences some 115, about as the built-in voices.
PACE_WPM = 130.0
SEED = 0
SENTENCE_PAUSE_S = 0.7

# Slower than this, vowels blur: en_US-joe-medium, which reads at 250, was misheard in 2.5 words of 100 at 1.6 times
# its own length, and in 4 at 2.1. At 1.75 it is no quicker than 135 words a minute, pauses included.
SLOWEST = 1.75
QUICKEST = 0.8
_FILE = Path(__file__).with_name("piper_voices.json")


def find_pace_text(language: str) -> str:
    """Find the text that measures a model's own pace; English where the language has none."""
    return find_language_or_english(language).voice_lines.pace


@dataclass(frozen=True, kw_only=True, slots=True)
class FileFacts:
    """The expected size and checksums of a file; None where unknown."""

    size_bytes: int
    md5: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class CatalogueVoice:
    """A voice to download: ``language`` as in ``nl_BE``, ``path`` of the model relative to the catalogue's base URL."""

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
    """Read all voices, for each language the best first."""
    return tuple(map(_parse_voice, _read_catalogue_file()["voices"]))


def read_base_url() -> str:
    """Read the base URL of all voices."""
    return str(_read_catalogue_file()["home"])


def find_in_catalogue(name: str) -> CatalogueVoice | None:
    """Find a voice by its name."""
    return next((voice for voice in read_catalogue() if voice.name == name), None)


def find_rank(name: str) -> int:
    """Find the index of a voice in the catalogue; unknown voices come last."""
    names = [voice.name for voice in read_catalogue()]
    return names.index(name) if name in names else len(names)


@cache
def _read_catalogue_file() -> dict[str, Any]:
    data: dict[str, Any] = read_json(_FILE)
    return data


def _parse_voice(data: Mapping[str, Any]) -> CatalogueVoice:
    files = {key: FileFacts(**data[key]) for key in ("model", "config")}
    return CatalogueVoice(**{**data, **files})


MANIFEST = "voice.json"
VERSION = 1
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,78}[A-Za-z0-9])?")
_PATH_SIGNS = ("/", "\\")


@dataclass(frozen=True, kw_only=True, slots=True)
class ModelFile:
    """One of the two files of a voice, as it was when installed."""

    size_bytes: int
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class InstalledVoice:
    """An installed voice: the contents of its ``voice.json``, and its folder.

    ``language`` is as in ``nl_BE``. ``checked`` is the checksum that verified its model: ``sha256``, ``md5``, or empty
    for a user's own model.
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
        """The model; its config is beside it, with ``.json`` added to the name."""
        return self.folder / f"{self.name}.onnx"


def find_voices_folder() -> Path:
    """Find the folder of all installed Piper voices, which may not exist yet.

    Raises:
        ExternalError: The user has no data folder.
    """
    return find_data_folder(_("voices")) / "voices" / "piper"


def is_valid_name(text: str) -> bool:
    """Return whether a text is a valid voice name: one file name, which cannot escape its folder as a path."""
    return _NAME.fullmatch(text) is not None


def is_path(text: str) -> bool:
    """Return whether a text is the path of a model file rather than a name."""
    return text.endswith(".onnx") or any(sign in text for sign in _PATH_SIGNS)


def find_config_path(model: Path) -> Path:
    """Name the config that belongs to a model."""
    return model.with_name(f"{model.name}.json")


def list_installed() -> tuple[InstalledVoice, ...]:
    """List all complete installed voices, by name."""
    try:
        folders = sorted(folder for folder in find_voices_folder().iterdir() if is_valid_name(folder.name))
    except (OSError, ExternalError):
        return ()
    found = (find_installed(folder.name) for folder in folders)
    return tuple(voice for voice in found if voice is not None)


def find_installed(name: str) -> InstalledVoice | None:
    """Find an installed voice, or None if it is missing or incomplete."""
    if not is_valid_name(name):
        return None
    try:
        folder = find_voices_folder() / name
        data = read_json(folder / MANIFEST)
        texts = {key: str(data[key]) for key in ("language", "quality", "licence", "source", "checked")}
        model, config = _parse_model_file(data["model"]), _parse_model_file(data["config"])
        voice = InstalledVoice(name=name, folder=folder, model=model, config=config, **texts)
        sizes = [file.stat().st_size for file in (voice.model_file, find_config_path(voice.model_file))]
    except (OSError, ExternalError, ValueError, TypeError, KeyError, OverflowError):
        return None
    return voice if sizes == [model.size_bytes, config.size_bytes] else None


def _parse_model_file(data: Mapping[str, Any]) -> ModelFile:
    return ModelFile(size_bytes=int(data["size_bytes"]), sha256=str(data["sha256"]))


def installed_to_json(voice: InstalledVoice) -> str:
    """Write the text of ``voice.json``."""
    data = {"coach": VERSION, **asdict(voice)}
    del data["folder"]
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"

"""The shelf: the Piper voices that the user has added, each in a folder of its own among the user's own things."""

import json
import re
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from coach.errors import OutsideError
from coach.folders import data_folder

MANIFEST = "voice.json"
VERSION = 1
_NAME = re.compile(r"[A-Za-z0-9](?:[A-Za-z0-9._-]{0,78}[A-Za-z0-9])?")
_PATH_SIGNS = ("/", "\\")


@dataclass(frozen=True, kw_only=True, slots=True)
class Part:
    """One of the two files of a voice, as it was when it was added."""

    size_bytes: int
    sha256: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Shelved:
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
    model: Part
    config: Part
    folder: Path

    @property
    def model_file(self) -> Path:
        """The model; its config lies beside it, with ``.json`` added to the name."""
        return self.folder / f"{self.name}.onnx"


def shelf() -> Path:
    """The folder of all added Piper voices, which may not be there yet.

    Raises:
        OutsideError: The user has no folder of their own.
    """
    return data_folder("voices") / "voices" / "piper"


def is_name(text: str) -> bool:
    """Whether a voice may be called so: one plain name, which leads nowhere else when it is taken for a path."""
    return _NAME.fullmatch(text) is not None


def is_path(text: str) -> bool:
    """Whether a model's file is meant, wherever that lies."""
    return text.endswith(".onnx") or any(sign in text for sign in _PATH_SIGNS)


def config_of(model: Path) -> Path:
    """The config that belongs to a model."""
    return model.with_name(f"{model.name}.json")


def on_shelf() -> tuple[Shelved, ...]:
    """All added voices that are whole, by name."""
    try:
        folders = sorted(folder for folder in shelf().iterdir() if is_name(folder.name))
    except (OSError, OutsideError):
        return ()
    found = (shelved(folder.name) for folder in folders)
    return tuple(voice for voice in found if voice is not None)


def shelved(name: str) -> Shelved | None:
    """An added voice, or None where there is none of that name, or nothing whole."""
    if not is_name(name):
        return None
    try:
        folder = shelf() / name
        said = json.loads((folder / MANIFEST).read_text(encoding="utf-8"))
        texts = {key: str(said[key]) for key in ("language", "quality", "licence", "source", "checked")}
        model, config = _part(said["model"]), _part(said["config"])
        voice = Shelved(name=name, folder=folder, model=model, config=config, **texts)
        sizes = [file.stat().st_size for file in (voice.model_file, config_of(voice.model_file))]
    except (OSError, OutsideError, ValueError, TypeError, KeyError):
        return None
    return voice if sizes == [model.size_bytes, config.size_bytes] else None


def _part(said: dict[str, Any]) -> Part:
    return Part(size_bytes=int(said["size_bytes"]), sha256=str(said["sha256"]))


def manifest_text(voice: Shelved) -> str:
    """What ``voice.json`` says."""
    said = {"coach": VERSION, **asdict(voice)}
    del said["folder"]
    return json.dumps(said, ensure_ascii=False, indent=1) + "\n"

"""The Piper voices that the coach knows where to get: ``piper_voices.json``, with what their files must be."""

import json
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

_FILE = Path(__file__).with_name("piper_voices.json")


@dataclass(frozen=True, kw_only=True, slots=True)
class Facts:
    """What is known of a file before it comes; None where it is not."""

    size_bytes: int
    md5: str | None = None
    sha256: str | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class Listed:
    """A voice that can be had: ``language`` as in ``nl_BE``, ``path`` of the model below the home of all voices."""

    name: str
    language: str
    quality: str
    licence: str
    based_on: str | None
    speakers: int
    path: str
    model: Facts
    config: Facts


@cache
def catalogue() -> tuple[Listed, ...]:
    """All voices, for each language the best first."""
    return tuple(map(_listed, _said()["voices"]))


def home() -> str:
    """Where all of them are, as the start of their addresses."""
    return str(_said()["home"])


def listed(name: str) -> Listed | None:
    """A voice by its name."""
    return next((voice for voice in catalogue() if voice.name == name), None)


def rank(name: str) -> int:
    """The place of a voice in the catalogue, from 0; those that it does not have come last."""
    names = [voice.name for voice in catalogue()]
    return names.index(name) if name in names else len(names)


@cache
def _said() -> dict[str, Any]:
    said: dict[str, Any] = json.loads(_FILE.read_text(encoding="utf-8"))
    return said


def _listed(said: dict[str, Any]) -> Listed:
    files = {key: Facts(**said[key]) for key in ("model", "config")}
    return Listed(**{**said, **files})

"""Wording of the blocks: what each kind says, read once from `blocks.yaml` in a language's folder."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, NotRequired, TypedDict

import yaml

FOLDER = Path(__file__).parent

Phrasings = tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class KindWords:
    """The words of a kind of block in one language: its title, its cues by name, and its parts by name."""

    title: str
    cues: Mapping[str, Phrasings]
    parts: Mapping[str, Phrasings]


@dataclass(frozen=True, kw_only=True, slots=True)
class BlockWording:
    """What all kinds of block say in one language.

    ``name`` is the language's own name. ``numbers`` are the words for one, two, three … as counted on steps,
    ``count`` the words on the first step of an in- and an out-breath, and ``lengths`` the words for minutes.
    """

    language: str
    name: str
    numbers: tuple[str, ...]
    count: Mapping[str, str]
    lengths: Mapping[float, str]
    kinds: Mapping[str, KindWords]

    def format_length(self, minutes: float) -> str:
        """Format a length in words, rounded to the nearest one in ``lengths``."""
        return self.lengths[min(self.lengths, key=lambda known: abs(known - minutes))]


class _KindEntry(TypedDict):
    title: str
    cues: NotRequired[Mapping[str, list[str]]]
    parts: NotRequired[Mapping[str, list[str]]]


class _BlocksFile(TypedDict):
    name: str
    numbers: list[str]
    count: Mapping[str, str]
    lengths: Mapping[float, str]
    kinds: Mapping[str, _KindEntry]


@cache
def load_block_wording(language: str) -> BlockWording:
    """Load the wording of a language, one of `coach.languages.registry.LANGUAGES`."""
    text = (FOLDER / language / "blocks.yaml").read_text(encoding="utf-8")
    content: _BlocksFile = yaml.load(text, Loader=_find_loader())  # noqa: S506 - a safe loader
    return BlockWording(
        language=language,
        name=content["name"],
        numbers=tuple(content["numbers"]),
        count=content["count"],
        lengths={float(minutes): words for minutes, words in content["lengths"].items()},
        kinds={name: _to_kind_words(entry) for name, entry in content["kinds"].items()},
    )


def _find_loader() -> type[Any]:
    """Find PyYAML's C loader, ten times as fast, or else the Python one; the files are our own."""
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _to_kind_words(entry: _KindEntry) -> KindWords:
    return KindWords(
        title=entry["title"], cues=_to_phrasings(entry.get("cues", {})), parts=_to_phrasings(entry.get("parts", {}))
    )


def _to_phrasings(texts: Mapping[str, list[str]]) -> dict[str, Phrasings]:
    return {name: tuple(phrasings) for name, phrasings in texts.items()}

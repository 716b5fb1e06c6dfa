"""Wording of the blocks: what each kind says, read once from `blocks.yaml` in the folder of a language."""

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
        """A length in words, rounded to the nearest one in ``lengths``."""
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
    """The wording of a language, one of `coach.languages.registry.LANGUAGES`."""
    page: _BlocksFile = yaml.load((FOLDER / language / "blocks.yaml").read_text(encoding="utf-8"), Loader=_loader())  # noqa: S506 - a safe loader
    return BlockWording(
        language=language,
        name=page["name"],
        numbers=tuple(page["numbers"]),
        count=page["count"],
        lengths={float(minutes): words for minutes, words in page["lengths"].items()},
        kinds={name: _kind_words(entry) for name, entry in page["kinds"].items()},
    )


def _loader() -> type[Any]:
    """The C loader where PyYAML has it, which is ten times faster; the files are our own."""
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _kind_words(entry: _KindEntry) -> KindWords:
    return KindWords(
        title=entry["title"], cues=_phrasings(entry.get("cues", {})), parts=_phrasings(entry.get("parts", {}))
    )


def _phrasings(texts: Mapping[str, list[str]]) -> dict[str, Phrasings]:
    return {name: tuple(phrasings) for name, phrasings in texts.items()}

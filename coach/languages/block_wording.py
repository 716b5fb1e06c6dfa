"""What the kinds of block say: `blocks.yaml` in the folder of each language, read once."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import yaml

FOLDER = Path(__file__).parent

Phrasings = tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class KindWords:
    """One kind's words in one language: its chapter title, its cues by name, and its parts by name."""

    title: str
    cues: Mapping[str, Phrasings]
    parts: Mapping[str, Phrasings]


@dataclass(frozen=True, kw_only=True, slots=True)
class BlockWording:
    """Everything the coach can say of itself in one language.

    ``name`` is what the language calls itself. ``numbers`` are the words for one, two, three … as counted on steps;
    ``count`` the word said on the first step of an in- and an out-breath; ``lengths`` how a number of minutes is said.
    """

    language: str
    name: str
    numbers: tuple[str, ...]
    count: Mapping[str, str]
    lengths: Mapping[float, str]
    kinds: Mapping[str, KindWords]

    def length(self, minutes: float) -> str:
        """A length in words, rounded to the nearest that the language has a name for."""
        return self.lengths[min(self.lengths, key=lambda known: abs(known - minutes))]


@cache
def load_block_wording(language: str) -> BlockWording:
    """The wording of a language out of `coach.languages.registry.LANGUAGES`."""
    page = yaml.load((FOLDER / language / "blocks.yaml").read_text(encoding="utf-8"), Loader=_loader())  # noqa: S506 - a safe loader
    return BlockWording(
        language=language,
        name=page["name"],
        numbers=tuple(page["numbers"]),
        count=page["count"],
        lengths={float(minutes): words for minutes, words in page["lengths"].items()},
        kinds={name: _kind_words(entry) for name, entry in page["kinds"].items()},
    )


def _loader() -> type[Any]:
    """The C loader where PyYAML has it: ten times faster on our own, trusted files."""
    return getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def _kind_words(entry: Mapping[str, Any]) -> KindWords:
    return KindWords(title=entry["title"], cues=_phrasings(entry, "cues"), parts=_phrasings(entry, "parts"))


def _phrasings(entry: Mapping[str, Any], key: str) -> dict[str, Phrasings]:
    return {name: tuple(texts) for name, texts in entry.get(key, {}).items()}

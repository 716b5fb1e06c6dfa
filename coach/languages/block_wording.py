"""Wording of the kinds of block in a language, from the `blocks.yaml` beside it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import NotRequired, TypedDict

Phrasings = tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class KindWords:
    """The words of a kind of block in one language: its title, its cues by name, and its parts by name.

    ``short`` are shorter words for cues and parts, for a block with little room.
    """

    title: str
    cues: Mapping[str, Phrasings]
    parts: Mapping[str, Phrasings]
    short: Mapping[str, Phrasings]


@dataclass(frozen=True, kw_only=True, slots=True)
class BlockWording:
    """What all kinds of block say in one language.

    ``name`` is its own name. ``numbers`` are one, two, three … as counted on steps, and ``count`` the words on the
    first step of each phase of a breath: in, hold, out and rest, a hold after the out-breath. ``led`` are the words
    that lead a breath at rest, and ``cycle`` how a breath is described, joined by ``and``. ``steps`` are one step, and
    several, with ``{count}``; ``beats`` the same for counts of a second.
    """

    language: str
    name: str
    numbers: tuple[str, ...]
    count: Mapping[str, str]
    led: Mapping[str, str]
    cycle: Mapping[str, str]
    steps: tuple[str, str]
    beats: tuple[str, str]
    kinds: Mapping[str, KindWords]

    def count_steps(self, number: int) -> str:
        """Write how many steps, in words."""
        return self._count(number, self.steps)

    def spell_cycle(self, lengths: Sequence[int], *, in_beats: bool) -> str:
        """Write a breath of these lengths (in, hold, out, rest; 0 for none) as a sentence, in steps or in beats."""
        clauses = [
            self.cycle[phase].format(
                count=self._count(length, self.beats if in_beats else self.steps), number=self.numbers[length - 1]
            )
            for phase, length in zip(("in", "hold", "out", "rest"), lengths, strict=True)
            if length
        ]
        sentence = f"{', '.join(clauses[:-1])}, {self.cycle['and']} {clauses[-1]}."
        return sentence[0].upper() + sentence[1:]

    def _count(self, number: int, units: tuple[str, str]) -> str:
        one, several = units
        return one if number == 1 else several.format(count=self.numbers[number - 1])


class _KindEntry(TypedDict):
    title: str
    cues: NotRequired[Mapping[str, list[str]]]
    parts: NotRequired[Mapping[str, list[str]]]
    short: NotRequired[Mapping[str, list[str]]]


class _BlocksFile(TypedDict):
    name: str
    numbers: list[str]
    count: Mapping[str, str]
    led: Mapping[str, str]
    cycle: Mapping[str, str]
    steps: list[str]
    beats: list[str]
    kinds: Mapping[str, _KindEntry]


@cache
def load_block_wording(language: str) -> BlockWording:
    """Load the wording of a language, one of `coach.languages.LANGUAGES`."""
    import yaml  # noqa: PLC0415 - the screens and the diary do without it

    text = (Path(__file__).parent / language / "blocks.yaml").read_text(encoding="utf-8")
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader is ten times as fast; the files are our own
    content: _BlocksFile = yaml.load(text, Loader=loader)  # noqa: S506 - a safe loader
    one_step, several_steps = content["steps"]
    one_beat, several_beats = content["beats"]
    return BlockWording(
        language=language,
        name=content["name"],
        numbers=tuple(content["numbers"]),
        count=content["count"],
        led=content["led"],
        cycle=content["cycle"],
        steps=(one_step, several_steps),
        beats=(one_beat, several_beats),
        kinds={name: _to_kind_words(kind) for name, kind in content["kinds"].items()},
    )


def _to_kind_words(kind: _KindEntry) -> KindWords:
    return KindWords(
        title=kind["title"],
        cues=_to_phrasings(kind.get("cues")),
        parts=_to_phrasings(kind.get("parts")),
        short=_to_phrasings(kind.get("short")),
    )


def _to_phrasings(texts: Mapping[str, list[str]] | None) -> dict[str, Phrasings]:
    return {name: tuple(phrasings) for name, phrasings in (texts or {}).items()}

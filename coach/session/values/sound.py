"""Sound: built in, an audio file, or `none`; one a phase; several files in turn; and how loud, in decibels."""

import re
from collections.abc import Mapping
from pathlib import Path

from coach.session.base_model import ValidationContext, make_error, read_value, rename_keys
from coach.session.session import PhasedSound, SoundChoice
from coach.session.values.duration import LENIENT_NUMBER, dot_decimals
from coach.session.values.file_path import AUDIO_FILE_PATTERN, FILE_PATH, FilePath, is_audio
from coach.session.values.value_kind import ScalarError, Schema, ValueKind, format_number, match_whole, normalize_typing
from coach.session.values.word_choice import WordChoice
from coach.text.sanitize import quote
from coach.translation import _, mark_message
from coach.yaml import nodes
from coach.yaml.nodes import Node

PHASED = ("tick", "breath")
PHASES = {"in": mark_message("On the in-breath."), "out": mark_message("On the out-breath.")}
MOST_TURNS = 100

_WORDS = {
    "tick": mark_message("tick sound"),
    "bell": mark_message("bell sound"),
    "breath": mark_message("breath sound"),
    "bed": mark_message("bed sound"),
}


class Sound(ValueKind[str | Path]):
    """The name of a built-in sound of a slot (tick, bell, breath or bed), ``none``, or an audio file."""

    name = mark_message("a sound")
    advice = mark_message("write the name of a sound, a file, or none")
    pattern = AUDIO_FILE_PATTERN
    examples = ("none", "sounds/bell.wav")

    def __init__(self, slot: str, meanings: Mapping[str, str], file: FilePath = FILE_PATH) -> None:
        self.slot = slot
        self._file = file
        words = {**meanings, "none": mark_message("No such sound.")}
        self._built_in = WordChoice(_WORDS.get(slot, f"{slot} sound"), words, name=self.name)

    def _parse(self, text: str) -> str | Path:
        return self._file._parse(text) if is_audio(text) else self._built_in._parse(text)  # noqa: SLF001 - corrections are made once, here

    def format(self, value: str | Path) -> str:
        """Write the name, or the file's path."""
        return value if isinstance(value, str) else self._file.format(value)

    def to_json_schema(self) -> Schema:
        """Describe one of the names, or an audio file."""
        built_in = self._built_in.to_json_schema()
        message = _("{expected}, or name a file beside the session", expected=built_in["errorMessage"])
        file = {"type": "string", "pattern": self.pattern, "errorMessage": message}
        one: list[Schema] = [{**built_in, "errorMessage": message}, file]
        if self.slot in PHASED:
            phases = {phase: {"oneOf": one, "description": _(told)} for phase, told in PHASES.items()}
            closed = {"required": list(phases), "additionalProperties": False}
            body = "{in: ${1:sounds/in.wav}, out: ${2:sounds/out.wav}}"
            snippets = [{"label": _("one for each phase"), "body": body}]
            return {"oneOf": [*one, {"type": "object", "properties": phases, **closed, "defaultSnippets": snippets}]}
        if self.slot == "bed":
            several = {"type": "array", "items": file, "minItems": 1, "maxItems": MOST_TURNS}
            return {"oneOf": [*one, {**several, "errorMessage": _("a list of beds names files beside the session")}]}
        return {"oneOf": one}


def read_sound(node: Node, kind: Sound, context: ValidationContext) -> SoundChoice | tuple[Path, ...]:
    """Read a sound; of ticks and breath sounds one for each phase; of beds several files, which play in turn."""
    if isinstance(node, nodes.Mapping) and kind.slot in PHASED:
        return _read_phases(node, kind, context)
    if isinstance(node, nodes.Sequence) and kind.slot == "bed":
        return _read_turns(node, kind)
    return read_value(node, kind)


def _read_phases(node: nodes.Mapping, kind: Sound, context: ValidationContext) -> PhasedSound:
    renames = rename_keys(node, PHASES)
    for key in (entry.key for entry in node.entries if entry.key.text not in PHASES):
        message, advice = _("unknown key {key}", key=quote(key.text)), _("the keys are in and out")
        context.report(key.location, "unknown-key", message, advice, renames.get(key.text))
    found = [node.find_entry(phase) for phase in PHASES]
    for phase, entry in zip(PHASES, found, strict=True):
        if entry is None:
            raise make_error(
                node.location,
                "missing-key",
                _("`{key}` is missing", key=phase),
                _("add `{key}: …`, or none for it", key=phase),
            )
    inhale, exhale = (read_value(entry.value, kind) for entry in found if entry)
    return PhasedSound(inhale=inhale, exhale=exhale)


def _read_turns(node: nodes.Sequence, kind: Sound) -> tuple[Path, ...]:
    if not 1 <= len(node.items) <= MOST_TURNS:
        message = _(
            "a list of beds names 1 to {most} files, and this one {count}",
            most=MOST_TURNS,
            count=len(node.items),
        )
        raise make_error(node.location, "wrong-shape", message, _("write bed: none, or name the files"))
    return tuple(_read_turn(item, kind) for item in node.items)


def _read_turn(node: Node, kind: Sound) -> Path:
    file = read_value(node, kind)
    if isinstance(file, Path):
        return file
    message = _("a list of beds holds files, and {file} is built in", file=quote(file))
    raise make_error(node.location, "wrong-shape", message, _("name files, or write bed: {file}", file=file))


LEVEL_DB = (-40.0, 12.0)
_DECIMALS = r"(\.[0-9]{1,2})?"
_LEVEL = rf"(-(40(\.0{{1,2}})?|[0-3]?[0-9]{_DECIMALS})|\+?(12(\.0{{1,2}})?|(0?[0-9]|1[01]){_DECIMALS}))\s*[dD][bB]"
_NUMBER = re.compile(r"([+-]?[0-9]{1,4}(?:\.[0-9]{1,2})?)\s*[dD][bB]")
_LENIENT = re.compile(rf"([+-]?) ?({LENIENT_NUMBER}) ?(?:db|decibels?)?")


class Decibels(ValueKind[float]):
    """Decibels above what is usual, or below where negative."""

    name = mark_message("a level")
    advice = mark_message("write how much louder or softer, like +2dB or -3dB")
    pattern = match_whole(_LEVEL)
    examples = ("-3dB", "0dB", "+2dB")

    def _parse(self, text: str) -> float:
        number = _NUMBER.fullmatch(text.strip())
        if number and re.fullmatch(_LEVEL, text.strip()):
            return float(number[1]) or 0.0
        low, high = LEVEL_DB
        if number and not low <= float(number[1]) <= high:
            message = _("{text} is outside {low:g} to +{high:g} dB", text=quote(text), low=low, high=high)
            raise ScalarError("level-out-of-range", message, _("try -6dB or +3dB first, and listen"))
        raise ScalarError(
            "not-a-level", _("{text} is not a level in decibels", text=quote(text)), self.describe_advice()
        )

    def format(self, value: float) -> str:
        """Write the decibels, with a sign where they are more or less than usual."""
        sign = "+" if value > 0.0 else "-" if value < 0.0 else ""
        return f"{sign}{format_number(abs(value))}dB"

    def _repair(self, text: str) -> str | None:
        """Accept a number without its unit, which can only be decibels, or with a comma for its point."""
        found = _LENIENT.fullmatch(normalize_typing(text))
        return f"{found[1]}{dot_decimals(found[2])}dB" if found else None


DECIBELS = Decibels()

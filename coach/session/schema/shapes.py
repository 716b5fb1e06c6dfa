"""The shape of every value as JSON Schema: what may stand there, and what editors say of what may not.

``errorMessage``, ``patternErrorMessage``, ``enumDescriptions`` and ``defaultSnippets`` are no part of the standard; the
editors that know them show our words, others pass them over. Where any scalar will do, what will not is refused by
``if`` and ``then`` instead of a ``type``: editors would offer true, false and null for one.
"""

from collections.abc import Iterable, Mapping
from itertools import combinations
from typing import Any

from coach.session import base_model
from coach.session.inline_markup import ALL_MARKS
from coach.session.texts import LONGEST_TEXT
from coach.session.values import patterns
from coach.session.values.scalars import CADENCE_SPM

Schema = dict[str, Any]

FORMS = {
    "reset": "A short run that empties your head after a full day.",
    "long": "Long, slow and mostly quiet.",
    "intervals": "Light, quick stretches, with easy ones between.",
    "mindful": "Attention on breath, body and surroundings, all the way.",
    "trail": "Among trees or over hills, with few words.",
    "other": "Anything else.",
}

LEVELS = {
    "essential": "Always said. Without it, the run could not be followed.",
    "guide": "Ordinary guidance. Only --guidance quiet leaves it out.",
    "extra": "Pleasant to hear, and not missed. --guidance light leaves it out.",
}

BELLS = {
    "start": "It rings as the block begins.",
    "end": "It rings towards the end, and has died away when the block is over.",
    "both": "It rings at the start and at the end.",
    "none": "It does not ring in this block.",
}

ONE_PLACE: Schema = {
    "allOf": [
        {
            "if": {"required": list(pair)},
            "then": {
                "properties": {pair[1]: False},
                "errorMessage": f"a cue has one place: keep `{pair[0]}` or `{pair[1]}`",
            },
        }
        for pair in combinations(("at", "after", "every"), 2)
    ]
}

EXAMPLES: Mapping[str, str] = {
    **base_model.EXAMPLES,
    "a list of blocks": "begin each block with `- `, like - silence: 3m",
    "a block": "write its kind and its length, like - silence: 3m, and further settings under the kind",
}

_NO_MARK = rf"a bracket or brace in this text is no mark: {ALL_MARKS}; write \[ or \{{ for one that belongs to it"

_IN_WORDS: Schema = {"pattern": patterns.MARKED, "patternErrorMessage": _NO_MARK, "maxLength": LONGEST_TEXT}

_SOMETHING: Schema = {
    "pattern": patterns.SOMETHING,
    "patternErrorMessage": "this text is empty: write what is to be said, or leave it out",
}


def shared(name: str) -> Schema:
    """A place where the definition of that name belongs."""
    return {"x-shared": name}


def wanted(what: str) -> str:
    """What an editor says where something else stands."""
    return f"{what} is wanted here: {EXAMPLES[what]}"


def string(what: str, pattern: str, *examples: str) -> Schema:
    """A text of one pattern."""
    return {"type": "string", "pattern": pattern, "errorMessage": wanted(what), "examples": list(examples)}


def number(what: str, pattern: str, *examples: object, bounds: tuple[float, float]) -> Schema:
    """A number, or a text of one pattern; what has a sign or an arrow is a text to YAML, or is not."""
    low, high = map(int, bounds)
    return {
        **string(what, pattern),
        "type": ["number", "string"],
        "minimum": low,
        "maximum": high,
        "examples": list(examples),
    }


def count() -> Schema:
    """A whole number from 1."""
    return {**string("a number", patterns.COUNT), "type": ["integer", "string"], "minimum": 1, "examples": [6]}


def version() -> Schema:
    """The one version there is."""
    told = {"errorMessage": wanted("the format")}
    return {
        "if": {"type": "string"},
        "then": {"pattern": patterns.FORMAT, **told},
        "else": {"const": 1, **told},
        "examples": [1],
    }


def choice(what: str, meanings: Mapping[str, str]) -> Schema:
    """One of some words, each with what it means."""
    return {
        "enum": list(meanings),
        "enumDescriptions": list(meanings.values()),
        "errorMessage": f"{what} is wanted here: write {_one_of(meanings)}",
    }


def _one_of(words: Iterable[str]) -> str:
    *first, last = words
    return f"{', '.join(first)} or {last}" if first else last


def sound(names: Mapping[str, str]) -> Schema:
    """A built-in sound, an audio file, or none."""
    built_in = choice("a sound", {**names, "none": "No such sound."})
    message = f"{built_in['errorMessage']}, or name a file beside the session"
    file = {"type": "string", "pattern": patterns.AUDIO_FILE, "errorMessage": message}
    return {"oneOf": [{**built_in, "errorMessage": message}, file]}


def some_of(parts: Iterable[str]) -> Schema:
    """One or more names from a list."""
    names = list(parts)
    one = {"enum": names, "errorMessage": f"a part is wanted here: write {_one_of(names)}"}
    several = {"type": ["array", "string"], "items": one, "minItems": 1, "errorMessage": wanted("a part")}
    return {**several, "if": {"type": "string"}, "then": one}


def other_than(refused: Iterable[str], wanted: Iterable[str], message: str) -> Schema:
    """Whatever is not of some types."""
    return {"if": {"type": list(refused)}, "then": {"type": list(wanted), "errorMessage": message}}


def mapping(message: str) -> Schema:
    """A mapping, without a ``type`` from which editors would make one up."""
    return {"if": {"not": {"type": "object"}}, "then": {"type": "object", "errorMessage": message}}


def sounds() -> Schema:
    """Any of the four sounds."""
    told = mapping("sounds are a mapping: write {tick: wood, bell: bowl}, or leave it out")
    body = "{tick: ${1:wood}, bell: ${2:bowl}, breath: ${3:air}, bed: ${4:none}}"
    return {**told, "defaultSnippets": [{"label": "all four sounds", "body": body}]}


def lasting() -> Schema:
    """What is short for a block's settings: how long it lasts, or nothing."""
    message = "a kind takes a time like 3m, a span like 3m..8m, or its settings, each on a line under it"
    allowed = other_than(("array", "number", "boolean"), ("string", "object"), message)
    return {**allowed, "pattern": patterns.LASTS, "patternErrorMessage": wanted("a length")}


def repeat() -> Schema:
    """Blocks, and how often."""
    return {
        **mapping("a repeat is a mapping: write `times: 2`, and `blocks:` with a list"),
        "allOf": [shared("Repeat")],
    }


def used_file() -> Schema:
    """A file of blocks: a list of them, or a mapping with one."""
    top = {key: {"$ref": f"#/properties/{key}"} for key in ("coach", "blocks")}
    return {
        "type": ["array", "object"],
        "items": shared("Block"),
        "minItems": 1,
        "properties": top,
        "required": list(top),
        "additionalProperties": False,
    }


def words() -> Schema:
    """What is said, in one language."""
    allowed = other_than(("array", "object", "null"), ("string",), wanted("a text"))
    return {**allowed, **_IN_WORDS, "allOf": [_SOMETHING]}


def per_language(languages: Mapping[str, str], each: Schema) -> Schema:
    """Something for each language, which are given with their names."""
    quotes = {"defaultSnippets": [{"label": "words", "body": '"$1"'}]}
    inside = {
        language: {"description": f"In this language: {name}.", **each, **quotes}
        for language, name in languages.items()
    }
    return {
        "title": "for each language",
        "properties": inside,
        "additionalProperties": False,
        "minProperties": 1,
    }


def text() -> Schema:
    """A text, or one for each language."""
    allowed = other_than(("array", "null"), ("string", "object"), wanted("a text"))
    return {**allowed, **_IN_WORDS, "allOf": [_SOMETHING, {"if": {"type": "object"}, "then": shared("Languages")}]}


def cue() -> Schema:
    """A text, one for each language, or a text with more about it."""
    allowed = other_than(("array", "null"), ("string", "object"), wanted("a text"))
    return {"title": "a cue", **allowed, **_IN_WORDS, "allOf": [_SOMETHING, _told("Cue")]}


def cues(inside: str) -> Schema:
    """A cue or a list of them, or a mapping of that definition."""
    allowed = other_than(("null",), ("string", "object", "array"), "write a text, a list of cues, or none")
    return {**allowed, **_IN_WORDS, "allOf": [_SOMETHING, {"items": shared("OneCue")}, _told(inside)]}


def _told(inside: str) -> Schema:
    return {"if": {"type": "object"}, "then": {"anyOf": [shared("Languages"), shared(inside)]}}


def values() -> Schema:
    """Names, and the words they stand for."""
    scalar = other_than(("array", "object"), ("string",), 'a value is a text: write one, or "" for none')
    message = "this cannot be the name of a value: use letters, digits and _, with a letter first"
    names = {"pattern": patterns.NAME, "patternErrorMessage": message}
    return {
        **mapping('values are a mapping: write {name: ""}'),
        "additionalProperties": scalar,
        "propertyNames": names,
        "defaultSnippets": [{"label": "a name", "body": '{${1:name}: ""}'}],
    }


def spoken() -> Schema:
    """How a word sounds, in one language."""
    return other_than(("array", "object", "null"), ("string",), wanted("a pronunciation"))


def pronunciation() -> Schema:
    """How a word sounds, or so for each language."""
    allowed = other_than(("array", "null"), ("string", "object"), wanted("a pronunciation"))
    return {**allowed, "allOf": [shared("Pronunciations")]}


def pronunciations() -> Schema:
    """Words, and how they sound."""
    return {
        **mapping('a mapping of words is wanted here: write {Nijmegen: "naai-mee-gen"}'),
        "additionalProperties": shared("Pronunciation"),
        "defaultSnippets": [{"label": "a word", "body": '{${1:Nijmegen}: "${2:naai-mee-gen}"}'}],
    }


STEADY_CADENCE: Schema = {
    **number("a cadence", patterns.STEADY_CADENCE, 158, bounds=CADENCE_SPM),
    "errorMessage": "the session's cadence is one plain number: write it like 158, and the change in a block",
}

# From the lowest that a block may go down to: YAML takes +6 for the number 6.
CADENCE = number(
    "a cadence", patterns.CADENCE, 158, "+6", "112 -> 156", bounds=(CADENCE_SPM[0] - CADENCE_SPM[1], CADENCE_SPM[1])
)

"""The JSON Schema of a session file, for editors: what the model declares, with the shorthands beside it."""

from collections.abc import Mapping
from itertools import combinations
from typing import Any

from coach.session.fields import LASTS_SCHEMA
from coach.session.model import Cue
from coach.session.paths import AUDIO_ENDINGS
from coach.session.syntax import syntax
from coach.session.types import KindSyntax

Schema = dict[str, Any]


_ONE_PLACE: Schema = {
    "not": {"anyOf": [{"required": list(pair)} for pair in combinations(("at", "after", "every"), 2)]},
}


def schema(
    kinds: Mapping[str, KindSyntax], languages: tuple[str, ...], sounds: Mapping[str, tuple[str, ...]]
) -> Schema:
    """The draft-07 schema of a session file.

    Args:
        kinds: every kind of block there is, by name.
        languages: the languages the coach speaks.
        sounds: the names of the built-in sounds.
    """
    drawn = syntax(kinds).file.model_json_schema(ref_template="#/definitions/{model}")
    definitions = {**drawn.pop("$defs"), "Cue": Cue.model_json_schema() | _ONE_PLACE} | _shared(languages)
    definitions["SoundNames"]["properties"] = {slot: _sound(names) for slot, names in sounds.items()}
    drawn["properties"]["language"] |= {"enum": list(languages)}
    for mapping in (drawn, definitions["Repeat"]):
        mapping["properties"]["blocks"]["minItems"] = 1
    block = definitions["Block"]
    block |= {"minProperties": 1, "maxProperties": 1}
    block["properties"] = {kind: _with_shorthand(kind, rule) for kind, rule in block["properties"].items()}
    definitions["SaySettings"]["properties"]["text"] = {"x-shared": "Cues"}
    drawn["definitions"] = definitions
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": "A session of the mindful-run coach"}
    return {**head, **_tidy(drawn)}


def _shared(languages: tuple[str, ...]) -> Schema:
    word = {"type": ["string", "number", "boolean"]}
    per_language = dict.fromkeys(languages, word)
    each = {"type": "object", "properties": per_language, "additionalProperties": False, "minProperties": 1}
    text = {"anyOf": [word, each], "description": "Words in the session's language, or one text per language."}
    cue = {"anyOf": [{"x-shared": "Text"}, {"x-shared": "Cue"}]}
    return {"Text": text, "Lasts": LASTS_SCHEMA, "Cues": {"anyOf": [*cue["anyOf"], {"type": "array", "items": cue}]}}


def _sound(names: tuple[str, ...]) -> Schema:
    endings = "|".join(ending.removeprefix(".") for ending in AUDIO_ENDINGS)
    file = {"type": "string", "pattern": rf"\.({endings})$"}
    return {"anyOf": [{"enum": [*names, "none"]}, file]}


def _with_shorthand(kind: str, rule: Schema) -> Schema:
    """A kind's settings, or what is short for them; nothing at all is, but for `say`, `repeat` and `use`."""
    if kind in ("repeat", "use"):
        return rule
    settings = next(option for option in rule["anyOf"] if "$ref" in option)
    if kind == "say":
        return {"anyOf": [{"x-shared": "Cues"}, settings]}
    return {"anyOf": [settings, {"x-shared": "Lasts"}, {"enum": [None]}]}


def _tidy(drawn: Any) -> Any:  # noqa: ANN401 - any piece of JSON
    """References for what is shared, no nulls where none are allowed, no titles that only echo keys."""
    if isinstance(drawn, list):
        return [_tidy(each) for each in drawn if each != {"type": "null"}]
    if not isinstance(drawn, dict):
        return drawn
    if "x-shared" in drawn:
        return {"$ref": f"#/definitions/{drawn['x-shared']}"}
    tidy = {key: _tidy(value) for key, value in drawn.items() if not _is_echo(key, value)}
    options = tidy.pop("anyOf", None)
    if options is not None and len(options) == 1:
        return tidy | options[0]
    return tidy if options is None else {"anyOf": options, **tidy}


def _is_echo(key: str, value: Any) -> bool:  # noqa: ANN401 - any piece of JSON
    return key == "default" or (key == "title" and isinstance(value, str))

"""The JSON Schema of a session file, for editors: what the model declares, with the kinds and sounds there are."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from coach.session.block_models import build_models
from coach.session.model import CueModel
from coach.session.schema import shapes, snippets
from coach.session.schema.shapes import Schema
from coach.session.session import KindSyntax

Descriptions = Mapping[str, str]

_KEPT: Mapping[str, Mapping[str, object]] = {
    "Session": {"form": "other", "cadence": 158, "breath": "3 in / 3 out"},
    "Cue": {"level": "guide"},
}

_REPEAT = "The same blocks, again and again: `times` says how often, `blocks` which."

_USE = "The blocks of another file, in the session's folder or in one inside it."


def build_schema(
    kinds: Mapping[str, KindSyntax], languages: Descriptions, sounds: Mapping[str, Descriptions]
) -> Schema:
    """The draft-07 schema of a session file.

    Args:
        kinds: every kind of block there is, by name.
        languages: the languages the coach speaks, each with its name.
        sounds: the built-in sounds of each slot, each with what it sounds like.
    """
    drawn = build_models(kinds).file.model_json_schema(ref_template="#/definitions/{model}")
    made = {**drawn.pop("$defs"), "Cue": CueModel.model_json_schema() | shapes.ONE_PLACE, "Session": drawn}
    for rule in made.values():
        del rule["type"]  # what may stand in place of a mapping is told where the definition is used
        rule.pop("description", None)
        if "sounds" in rule["properties"]:
            rule["properties"]["sounds"] |= shapes.sounds()
    for slot, names in sounds.items():
        made["SoundNames"]["properties"][slot] |= shapes.sound(names)
    for rule in (drawn, made["Repeat"]):
        rule["properties"]["blocks"] |= {"minItems": 1, "errorMessage": shapes.wanted("a list of blocks")}
    drawn["properties"]["language"] |= shapes.choice("a language", languages)
    made["SaySettings"] |= _says_something(made["SaySettings"]["properties"])
    made["Block"] = _block(made["Block"]["properties"], kinds)
    tidied = {name: _tidy(rule, _KEPT.get(name, {})) for name, rule in {**made, **_shared(languages)}.items()}
    file = {"type": "object", **tidied.pop("Session"), "defaultSnippets": [snippets.starter(languages)]}
    tidied["Cue"] = {"title": "a cue", **tidied["Cue"]}
    for name, rule in tidied.items():
        if name != "BlockSettings" and "lasts" in rule.get("properties", ()):
            rule["properties"] |= _same(tidied["BlockSettings"]["properties"])
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": "A session of the mindful-run coach"}
    return {**head, **file, "definitions": tidied}


def _shared(languages: Descriptions) -> Schema:
    return {
        "Languages": shapes.per_language(languages, shapes.words()),
        "OneCue": shapes.cue(),
        "Blocks": shapes.used_file(),
        "Pronunciation": shapes.pronunciation(),
        "Pronunciations": shapes.per_language(languages, shapes.spoken()),
    }


def _same(settings: Schema) -> Schema:
    """Settings that are told of elsewhere."""
    return {key: {"$ref": f"#/definitions/BlockSettings/properties/{key}"} for key in settings}


def _says_something(settings: Schema) -> Schema:
    """`text` is another name for `say`, and one of them is needed."""
    text = {**settings["say"], "description": "Another name for `say`.", "doNotSuggest": True}
    return {"properties": {**settings, "text": text}, "oneOf": [{"required": ["say"]}, {"required": ["text"]}]}


def _block(drawn: Schema, kinds: Mapping[str, KindSyntax]) -> Schema:
    properties = {name: _kind(kinds[name], drawn[name]) for name in kinds}
    properties["repeat"] = {"description": _REPEAT, **shapes.repeat(), "doNotSuggest": True}
    properties["use"] = {**drawn["use"], "description": _USE}
    one = {"minProperties": 1, "maxProperties": 1, "errorMessage": shapes.wanted("a block")}
    written = [*map(snippets.of_kind, kinds.values()), snippets.repeat(_REPEAT), snippets.use(_USE)]
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        **one,
        "defaultSnippets": written,
    }


def _kind(kind: KindSyntax, drawn: Schema) -> Schema:
    """A kind's settings, or what is short for them; nothing at all is, but for `say`."""
    settings = next(option for option in drawn["anyOf"] if "$ref" in option)
    shape = {"allOf": [shapes.cues("SaySettings")]} if kind.name == "say" else {**shapes.lasting(), "allOf": [settings]}
    return {"description": kind.about, **shape, "examples": [snippets.short(kind)]}


def _tidy(drawn: Any, kept: Mapping[str, object] = MappingProxyType({})) -> Any:  # noqa: ANN401 - any piece of JSON
    """References for what is shared, no nulls where none are allowed, and each key told of by its name."""
    if isinstance(drawn, list):
        return [_tidy(each) for each in drawn if each != {"type": "null"}]
    if not isinstance(drawn, dict):
        return drawn
    if "x-shared" in drawn:
        return {"$ref": f"#/definitions/{drawn['x-shared']}"}
    tidy = {key: _tidy(value) for key, value in drawn.items() if key not in ("default", "title")}
    if "properties" in drawn:
        tidy["properties"] = {key: _told(key, rule, kept) for key, rule in drawn["properties"].items()}
    options = tidy.get("anyOf", ())
    return {key: value for key, value in tidy.items() if key != "anyOf"} | options[0] if len(options) == 1 else tidy


def _told(key: str, rule: Any, kept: Mapping[str, object]) -> Any:  # noqa: ANN401 - any piece of JSON
    """What a key is: its name and meaning first, as editors show them, and what holds without it."""
    if not isinstance(rule, dict) or set(rule) == {"$ref"}:
        return rule
    tidy = _tidy(rule)
    if "$ref" in tidy:
        tidy = {"allOf": [{"$ref": tidy.pop("$ref")}], **tidy}
    meaning = tidy.get("description", "")
    told = {"description": meaning, "markdownDescription": meaning} if meaning else {}
    default = {"default": kept[key]} if key in kept else {}
    return {"title": key, **told, **default, **tidy}

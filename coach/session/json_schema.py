"""JSON Schema of a session file, for editors: what the model declares, with the kinds and sounds there are.

``errorMessage``, ``patternErrorMessage``, ``enumDescriptions`` and ``defaultSnippets`` are not in the standard: editors
that know them show our words, others ignore them. Where any scalar is allowed, ``if`` and ``then`` refuse the rest: for
a ``type``, editors would offer true, false and null.
"""

from collections.abc import Iterator, Mapping
from itertools import combinations, count
from types import MappingProxyType
from typing import Any

from coach.session.block_models import build_models
from coach.session.file_model import CueModel
from coach.session.session import KindSyntax
from coach.session.values.duration import SPAN
from coach.session.values.marked_text import MARKED_TEXT
from coach.session.values.pronunciation import describe_phonemes, describe_pronunciation, describe_sounds
from coach.session.values.sound import Sound
from coach.session.values.value_kind import Schema, refer_to, refuse_types, require_mapping
from coach.session.values.word_choice import make_language_choice
from coach.translation import _, get_language, mark_message

Descriptions = Mapping[str, str]

_KEPT: Mapping[str, Mapping[str, object]] = {
    "Session": {"form": "other", "cadence": 158, "breath": "3 in / 3 out"},
    "Cue": {"level": "guide"},
}

_REPEAT = mark_message("The same blocks, again and again: `times` says how often, `blocks` which.")
A_BLOCK = mark_message(
    "expected a block: write its kind and its length, like - silence: 3m, and further settings under the kind"
)
_BLOCKS = mark_message("expected a list of blocks: begin each block with `- `, like - silence: 3m")

_USE = mark_message("The blocks of another file, in the session's folder or in one inside it.")


def build_schema(
    kinds: Mapping[str, KindSyntax], languages: Descriptions, sounds: Mapping[str, Descriptions]
) -> Schema:
    """Build the draft-07 schema of a session file.

    ``sounds`` are the built-in sounds of each slot, each with what it sounds like; languages come with their names.
    """
    drawn = build_models(kinds).file.model_json_schema(ref_template="#/definitions/{model}")
    made = {**drawn.pop("$defs"), "Cue": CueModel.model_json_schema() | _require_one_place(), "Session": drawn}
    for rule in made.values():
        del rule["type"]  # the shorthands for a mapping are described where the definition is used
        rule.pop("description", None)
        if "sounds" in rule["properties"]:
            rule["properties"]["sounds"] |= _describe_sounds()
        if "levels" in rule["properties"]:
            rule["properties"]["levels"] |= _describe_levels()
    for slot, names in sounds.items():
        made["SoundNames"]["properties"][slot] |= Sound(slot, names).to_json_schema()
    for rule in (drawn, made["Repeat"]):
        rule["properties"]["blocks"] |= {"minItems": 1, "errorMessage": _(_BLOCKS)}
    drawn["properties"]["language"] |= make_language_choice(languages).to_json_schema()
    made["SaySettings"] |= _require_words(made["SaySettings"]["properties"])
    made["Block"] = _describe_block(made["Block"]["properties"], kinds)
    tidied = {name: _tidy(rule, _KEPT.get(name, {})) for name, rule in {**made, **_add_shared(languages)}.items()}
    file = {"type": "object", **tidied.pop("Session"), "defaultSnippets": [make_starter_snippet(languages)]}
    tidied["Cue"] = {"title": _("a cue"), **tidied["Cue"]}
    for name, rule in tidied.items():
        if name != "BlockSettings" and "lasts" in rule.get("properties", ()):
            rule["properties"] |= _refer_to_settings(tidied["BlockSettings"]["properties"])
    head = {"$schema": "http://json-schema.org/draft-07/schema#", "title": _("A session of the mindful-run coach")}
    whole = {**head, **file, "definitions": tidied}
    return whole if get_language() == "en" else _translate_texts(whole)


_SHOWN = ("description", "markdownDescription", "errorMessage", "patternErrorMessage")


def _translate_texts(schema: Schema) -> Schema:
    """Translate the texts of a schema that fields of models and kinds of block give in English."""
    return {name: _translate_value(name, value) for name, value in schema.items()}


def _translate_value(name: str, value: object) -> object:
    if isinstance(value, dict):
        return _translate_texts(value)
    if isinstance(value, list):
        return [_translate_value(name, each) for each in value]
    return _(value) if name in (*_SHOWN, "enumDescriptions") and isinstance(value, str) else value


def list_descriptions(schema: Schema) -> Iterator[str]:
    """List the descriptions in a schema, for the catalog."""
    for name, value in schema.items():
        for each in value if isinstance(value, list) else [value]:
            if isinstance(each, dict):
                yield from list_descriptions(each)
            elif name in ("description", "enumDescriptions") and isinstance(each, str):
                yield each


def _add_shared(languages: Descriptions) -> Schema:
    return {
        "Languages": _describe_per_language(languages, MARKED_TEXT.to_words_schema()),
        "OneCue": MARKED_TEXT.to_cue_schema(),
        "Blocks": _describe_used_file(),
        "Words": {"type": "object", "additionalProperties": refer_to("Pronunciation")},
        "Pronunciation": describe_pronunciation(),
        "Pronunciations": _describe_pronunciations(languages),
    }


def _refer_to_settings(settings: Schema) -> Schema:
    """Refer to settings that are described elsewhere."""
    return {key: {"$ref": f"#/definitions/BlockSettings/properties/{key}"} for key in settings}


def _require_one_place() -> Schema:
    """Require that a cue has one place."""
    template = mark_message("a cue has one place: keep `{first}` or `{second}`")
    return {
        "allOf": [
            {
                "if": {"required": [first, second]},
                "then": {"properties": {second: False}, "errorMessage": _(template, first=first, second=second)},
            }
            for first, second in combinations(("at", "after", "every"), 2)
        ]
    }


def _require_words(settings: Schema) -> Schema:
    """Require `say` or its other name, `text`."""
    text = {**settings["say"], "description": _("Another name for `say`."), "doNotSuggest": True}
    return {"properties": {**settings, "text": text}, "oneOf": [{"required": ["say"]}, {"required": ["text"]}]}


def _describe_sounds() -> Schema:
    """Describe the mapping of the four sounds."""
    told = require_mapping(_("sounds are a mapping: write {tick: wood, bell: bowl}, or leave it out"))
    body = "{tick: ${1:wood}, bell: ${2:bowl}, breath: ${3:air}, bed: ${4:none}}"
    return {**told, "defaultSnippets": [{"label": _("all four sounds"), "body": body}]}


def _describe_levels() -> Schema:
    """Describe the mapping of the five levels."""
    told = require_mapping(_("levels are a mapping: write {ticks: -3dB, bed: -6dB}, or leave it out"))
    return {**told, "defaultSnippets": [{"label": "levels", "body": "{ticks: ${1:-3dB}, bed: ${2:-6dB}}"}]}


def _describe_shorthand() -> Schema:
    """Describe the shorthands for a block's settings: how long it lasts, or nothing."""
    message = _("a kind takes a time like 3m, a span like 3m..8m, or its settings, each on a line under it")
    allowed = refuse_types(("array", "number", "boolean"), ("string", "object"), message)
    return {**allowed, "pattern": SPAN.pattern, "patternErrorMessage": SPAN.describe_expected()}


def _describe_repeat() -> Schema:
    """Describe a mapping of blocks and how often."""
    message = _("a repeat is a mapping: write `times: 2`, and `blocks:` with a list")
    return {**require_mapping(message), "allOf": [refer_to("Repeat")]}


def _describe_used_file() -> Schema:
    """Describe a file of blocks: a list, or a mapping that has one."""
    top = {key: {"$ref": f"#/properties/{key}"} for key in ("coach", "blocks")}
    return {
        "type": ["array", "object"],
        "items": refer_to("Block"),
        "minItems": 1,
        "properties": top,
        "required": list(top),
        "additionalProperties": False,
    }


def _describe_per_language(languages: Descriptions, each: Schema) -> Schema:
    """Describe a mapping with the same shape for each language."""
    quotes = {"defaultSnippets": [{"label": "words", "body": '"$1"'}]}
    inside = {
        language: {"description": _("In this language: {name}.", name=name), **each, **quotes}
        for language, name in languages.items()
    }
    return {"title": _("for each language"), "properties": inside, "additionalProperties": False, "minProperties": 1}


def _describe_pronunciations(languages: Descriptions) -> Schema:
    """Describe a mapping with how a word sounds in each language, or with its sounds alone."""
    each = _describe_per_language(languages, describe_sounds())
    alone = {"if": {"required": ["ipa"]}, "then": {"maxProperties": 1}}
    return {**each, "properties": {**each["properties"], "ipa": describe_phonemes()}, **alone}


def _describe_block(drawn: Schema, kinds: Mapping[str, KindSyntax]) -> Schema:
    properties = {name: _describe_kind(kinds[name], drawn[name]) for name in kinds}
    properties["repeat"] = {"description": _REPEAT, **_describe_repeat(), "doNotSuggest": True}
    properties["use"] = {**drawn["use"], "description": _USE}
    one = {"minProperties": 1, "maxProperties": 1, "errorMessage": A_BLOCK}
    more = (make_elastic_snippet(), make_repeat_snippet(_REPEAT), make_rounds_snippet(), make_use_snippet(_USE))
    written = [*map(make_kind_snippet, kinds.values()), *more]
    return {
        "type": "object",
        "properties": properties,
        "additionalProperties": False,
        **one,
        "defaultSnippets": written,
    }


def _describe_kind(kind: KindSyntax, drawn: Schema) -> Schema:
    """Describe a kind's settings and their shorthands; an empty value is one, except for `say`."""
    settings = next(option for option in drawn["anyOf"] if "$ref" in option)
    shape = (
        {"allOf": [MARKED_TEXT.to_cues_schema("SaySettings")]}
        if kind.name == "say"
        else {**_describe_shorthand(), "allOf": [settings]}
    )
    return {"description": kind.about, **shape, "examples": [find_short_value(kind)]}


def _tidy(drawn: Any, kept: Mapping[str, object] = MappingProxyType({})) -> Any:  # noqa: ANN401 - any piece of JSON
    """Refer to shared definitions, drop nulls that are not allowed, and describe each key by its name."""
    if isinstance(drawn, list):
        return [_tidy(each) for each in drawn if each != {"type": "null"}]
    if not isinstance(drawn, dict):
        return drawn
    if "x-shared" in drawn:
        return {"$ref": f"#/definitions/{drawn['x-shared']}"}
    tidy = {key: _tidy(value) for key, value in drawn.items() if key not in ("default", "title")}
    if "properties" in drawn:
        tidy["properties"] = {key: _describe_key(key, rule, kept) for key, rule in drawn["properties"].items()}
    options = tidy.get("anyOf", ())
    return {key: value for key, value in tidy.items() if key != "anyOf"} | options[0] if len(options) == 1 else tidy


def _describe_key(key: str, rule: Any, kept: Mapping[str, object]) -> Any:  # noqa: ANN401 - any piece of JSON
    """Describe a key: its name and meaning first, as editors show them, then its default."""
    if not isinstance(rule, dict) or set(rule) == {"$ref"}:
        return rule
    tidy = _tidy(rule)
    if "$ref" in tidy:
        tidy = {"allOf": [{"$ref": tidy.pop("$ref")}], **tidy}
    meaning = tidy.get("description", "")
    told = {"description": meaning, "markdownDescription": meaning} if meaning else {}
    default = {"default": kept[key]} if key in kept else {}
    return {"title": key, **told, **default, **tidy}


Snippet = dict[str, object]

# Settings are under their kind, which follows a dash: an editor indents each line as far as the dash.
_UNDER = "\n" + 4 * " "


def find_short_value(kind: KindSyntax) -> str:
    """Write the value that may follow a kind: its first setting, alone."""
    return kind.example[0][1].strip('"')


def make_kind_snippet(kind: KindSyntax) -> Snippet:
    """Make a block of a kind with its settings, or with the one value that stands for them."""
    places = list(_number_places(kind))
    if len(places) == 1:
        return _make_snippet(kind.name, f"{kind.name}: ${{1:{find_short_value(kind)}}}", kind.about)
    settings = "".join(f"{_UNDER}{place}" for place in places)
    return _make_snippet(_("{name}, with settings", name=kind.name), f"{kind.name}:{settings}", kind.about)


def make_repeat_snippet(about: str) -> Snippet:
    """Make a repeat."""
    blocks = f"{_UNDER}  - brisk: ${{2:1m}}{_UNDER}  - easy: ${{3:2m}}"
    return _make_snippet("repeat", f"repeat:{_UNDER}times: ${{1:4}}{_UNDER}blocks:{blocks}", about)


def make_rounds_snippet() -> Snippet:
    """Make a repeat that says which round it is, and how long that still lasts."""
    said = f'{_UNDER}      say: ["{{round}}.", {{at: -15s, text: "{{left}}."}}]'
    blocks = f"{_UNDER}  - brisk:{_UNDER}      lasts: ${{2:1m}}{said}{_UNDER}  - easy: ${{3:2m}}"
    about = _("Blocks that are repeated, with the number of the round and the time that is left in words.")
    return _make_snippet(_("repeat, with rounds"), f"repeat:{_UNDER}times: ${{1:4}}{_UNDER}blocks:{blocks}", about)


def make_elastic_snippet() -> Snippet:
    """Make a block that can be much shorter and much longer than usual."""
    lengths = f"{_UNDER}lasts: ${{1:4m..10m}}{_UNDER}may-last: ${{2:1m..30m}}"
    about = _("A block that may become much shorter or longer, where the length of the session asks for it.")
    return _make_snippet(_("easy, for any length"), f"easy:{lengths}", about)


def make_use_snippet(about: str) -> Snippet:
    """Make a block that uses another file."""
    return _make_snippet("use", "use: ${1:parts/warm-up.yaml}", about)


def make_starter_snippet(languages: Mapping[str, str]) -> Snippet:
    """Make a whole session, for an empty file; editors omit the keys that are there already."""
    blocks = [
        {"check-in": "90s"},
        {"settle": "3m"},
        {"breathing": {"lasts": "2m..5m", "ticks": "90s"}},
        {"easy": "5m..20m"},
        {"walk-out": "4m"},
        {"reflect": "1m"},
    ]
    body = {
        "coach": 1,
        "title": "${1:My run}",
        "language": f"${{2|{','.join(languages)}|}}",
        "length": "${3:24m}",
        "blocks": blocks,
    }
    return {
        "label": _("a whole session"),
        "markdownDescription": _("A short session, to change as you like."),
        "body": body,
    }


def _number_places(kind: KindSyntax) -> Iterator[str]:
    number = count(1)
    return (f"{key}: ${{{next(number)}:{value}}}" for key, value in kind.example)


def _make_snippet(label: str, text: str, about: str) -> Snippet:
    return {"label": label, "markdownDescription": about, "bodyText": text}

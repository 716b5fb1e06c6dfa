"""The page of all keys of a session file: meaning, possible values, default, and examples."""

from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel

from coach.commands import schema
from coach.session.block_models import RepeatModel
from coach.session.file_model import BlockSettings, CueModel, SessionFileModel
from coach.session.session import Breath
from coach.session.sound_models import SoundNames
from coach.session.values.breath import BREATH
from coach.session.values.marked_text import MARKED_TEXT
from coach.timeline.block_settings_and_guidance import DEFAULT_SOUNDS
from handbook.markdown import bullets, code, page, table

Rule = Mapping[str, Any]

_INTRODUCTION = (
    "Every key that a session file may have, with what editors show while you type. How values are written, and"
    " everything else, is in [the session format](../session-format.md)."
)
_DEFAULT_SOUNDS = ", ".join(f"{family}: {name}" for family, name in DEFAULT_SOUNDS.items())
_UNSET: Mapping[type[BaseModel], Mapping[str, str]] = {
    SessionFileModel: {
        "about": "no text",
        "author": "`Coach`",
        "album": "*Mindful running*, in the language of the session",
        "track": "none",
        "year": "none",
        "language": "see [languages](../session-format.md#languages)",
        "length": "half-way between the shortest and the longest that the blocks can be together",
        "sounds": f"`{{{_DEFAULT_SOUNDS}}}`",
    },
    BlockSettings: {"sounds": "the session's", "parts": "all of them"},
    CueModel: dict.fromkeys(("at", "after", "every"), "cues without a place share the block evenly")
    | {"clip": "the voice"},
    SoundNames: {family: f"`{name}`" for family, name in DEFAULT_SOUNDS.items()} | {"bed-fade": "`4s`"},
}
_FORMS = {
    "Text": "a text, or one for each language",
    "Cues": "a text, a cue, or a list of them; or `none`",
    "SoundNames": "any of the [sounds](#in-sounds)",
    "Block": "one of the [kinds](kinds/index.md)",
}


def keys() -> str:
    """Write the page of all keys."""
    drawn = schema.build_full_schema()
    inside = drawn["definitions"]
    settings = inside["BlockSettings"]
    parts = inside["BodyScan"]["properties"]["parts"]
    groups: tuple[tuple[str, Rule, type[BaseModel]], ...] = (
        ("At the top of the file", drawn, SessionFileModel),
        ("In a block", {**settings, "properties": {**settings["properties"], "parts": parts}}, BlockSettings),
        ("In a cue", inside["Cue"], CueModel),
        ("In `sounds`", inside["SoundNames"], SoundNames),
        ("In `repeat`", inside["Repeat"], RepeatModel),
    )
    sections = (section for group in groups for section in _group(*group))
    return page("Keys", _INTRODUCTION, *sections)


def _group(heading: str, rule: Rule, model: type[BaseModel]) -> Iterator[str]:
    yield f"## {heading}"
    for key, own in rule["properties"].items():
        without = "needed" if key in rule.get("required", ()) else f"if you leave it out: {_unset(model, key)}"
        yield _section(key, own, without)


def _name(rule: Rule) -> str:
    """Find the name of a kind of value, if it has one."""
    if rule.get("pattern") == MARKED_TEXT.pattern:
        return "Cues" if any("items" in part for part in rule["allOf"]) else "Text"
    reference = rule.get("$ref") or next((part["$ref"] for part in rule.get("allOf", ()) if "$ref" in part), "")
    return str(reference).rpartition("/")[2]


def _section(key: str, rule: Rule, without: str) -> str:
    examples = code(f"{key}: {_written(example)}" for example in rule.get("examples", ()))
    facts = [_form(rule), without, examples and f"for example {examples}"]
    parts = [f"### `{key}`", rule.get("description"), bullets(filter(None, facts)), _choices(rule)]
    return "\n\n".join(filter(None, parts))


def _choices(rule: Rule) -> str:
    """List what each of a few possible values means."""
    for option in (rule, *rule.get("oneOf", ())):
        if "enumDescriptions" in option:
            rows = zip(map("`{}`".format, option["enum"]), option["enumDescriptions"], strict=True)
            return table(("value", "means"), rows)
    return ""


def _written(value: object) -> str:
    """Write an example as in a file."""
    if isinstance(value, Mapping):
        return "{" + ", ".join(f"{key}: {_written(each)}" for key, each in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(map(_written, value)) + "]"
    text = str(value)
    return f'"{text}"' if set(text) & set(",:{}[]#") else text


def _form(rule: Rule) -> str:
    """Describe in words what a value may be, where the examples are not enough."""
    if _name(rule):
        return _FORMS.get(_name(rule), "")
    if "enum" in rule:
        return "" if "enumDescriptions" in rule else f"one of {code(map(str, rule['enum']))}"
    if rule.get("minimum", 0) > 0 and "maximum" in rule:
        return f"from {rule['minimum']} to {rule['maximum']}"
    if "items" in rule:
        return f"a list: {_form(rule['items'])}"
    options = rule.get("oneOf", ())
    if options and "enum" in options[0]:
        return "one of those below, or an audio file"
    return ""


def _unset(model: type[BaseModel], key: str) -> str:
    """Describe the default of a key."""
    fields = {field.alias or name: field for name, field in model.model_fields.items()}
    default = fields[key].default if key in fields else None
    if isinstance(default, Breath):
        return f"`{BREATH.format(default)}`"
    if default:
        return f"`{default:g}`" if isinstance(default, float) else f"`{default}`"
    return _UNSET.get(model, {}).get(key, "none" if default is not None else "the kind's own")

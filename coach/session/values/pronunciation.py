"""Pronunciation: how a word sounds, respelled or in the phonetic alphabet; the mapping, or the file, of such words."""

from collections.abc import Mapping
from typing import Annotated

from pydantic import PlainValidator, ValidationInfo, WithJsonSchema
from pydantic_core import PydanticCustomError

from coach.languages.phonetic_alphabet import PATTERN, Phonemes, find_meant_sign, find_odd_sign, has_sound
from coach.session import base_model
from coach.session.base_model import (
    ANY_LANGUAGE,
    ValidationContext,
    describe_shape,
    get_context,
    make_error,
    require_scalar,
)
from coach.session.values.file_path import FilePath
from coach.session.values.value_kind import (
    ScalarError,
    Schema,
    ValueKind,
    refer_to,
    refuse_types,
    suggest,
)
from coach.text.sanitize import quote
from coach.translation import _, mark_message
from coach.yaml import nodes
from coach.yaml.nodes import Node, Scalar

IPA = "ipa"
YAML_ENDINGS = (".yaml", ".yml")
LONGEST_PHONEMES = 200


class Pronunciation(ValueKind[str]):
    """The pronunciation of a word, respelled for the voice."""

    name = mark_message("a pronunciation")
    advice = mark_message('write how it sounds, in quotes: "naai-mee-gen"')
    pattern = ""
    examples = ("naai-mee-gen",)

    def _parse(self, text: str) -> str:
        return text

    def format(self, value: str) -> str:
        """Return it unchanged."""
        return value

    def to_json_schema(self) -> Schema:
        """Describe how a word sounds in one language."""
        return refuse_types(("array", "object", "null"), ("string",), self.describe_expected())


class PhoneticText(ValueKind[Phonemes]):
    """The sounds of a word, in the phonetic alphabet."""

    name = mark_message("a word in the phonetic alphabet")
    advice = mark_message("write them like {ipa: nˈɛimeːɣə}")
    pattern = PATTERN
    examples = ("nˈɛimeːɣə",)

    def _parse(self, text: str) -> Phonemes:
        place = find_odd_sign(text)
        if place is not None:
            meant = find_meant_sign(text[place])
            advice = _("write {text}", text=meant) if meant else self.describe_advice()
            if text[place] in "/[]":
                advice = _("write the signs alone, without / or [ ] around them")
            message = _("{text} is no sign of the phonetic alphabet", text=quote(text[place]))
            raise ScalarError("not-ipa", message, advice, offset=place, length=1)
        if not has_sound(text) or len(text) > LONGEST_PHONEMES:
            message = _("there is no sound in this") if not has_sound(text) else _("this is too long for a word")
            raise ScalarError("not-ipa", message, self.describe_advice(), length=len(text))
        return Phonemes(text)

    def format(self, value: Phonemes) -> str:
        """Return it unchanged."""
        return str(value)


PRONUNCIATION = Pronunciation()
PHONETIC_TEXT = PhoneticText()


def read_pronunciations(node: Node, info: ValidationInfo) -> Mapping[str, Mapping[str, str]]:
    """Read how words sound, per language or in ``ANY_LANGUAGE``: from a mapping, or the file of one."""
    context = get_context(info)
    if isinstance(node, Scalar) and node.text.endswith(YAML_ENDINGS):
        path = base_model.read_value(node, FilePath(context.resolve_file))
        if path in context.used:
            raise make_error(node.location, "endless-use", _("this file uses itself"), _("name a file of words alone"))
        found, context = context.open(path, node.text, context)
        if found is None:
            return {}
        node = found
    if not isinstance(node, nodes.Mapping):
        advice = _('write say-as: {Nijmegen: "naai-mee-gen"}, or the name of a file with such words')
        message = _("say-as is a mapping of words, not {node}", node=describe_shape(node))
        raise make_error(node.location, "wrong-shape", message, advice)
    words = {}
    for entry in node.entries:
        try:
            words[entry.key.text] = _read_pronunciation(entry.value, context)
        except PydanticCustomError as error:
            found_there = error.context or {}
            context.report(found_there["location"], error.type, found_there["message"], found_there["help"])
    return words


def _read_pronunciation(node: Node, context: ValidationContext) -> dict[str, str]:
    if not isinstance(node, nodes.Mapping) or node.list_names() == (IPA,):
        return {ANY_LANGUAGE: _read_sounds(node)}
    for key in (entry.key for entry in node.entries if entry.key.text not in context.languages):
        advice = suggest(key.text, (*context.languages, *([IPA] if len(node.entries) == 1 else [])))
        if key.text == IPA:
            advice = _(
                "`ipa` stands alone; for one language write {{{languages}: {{ipa: …}}}}", languages=context.languages[0]
            )
        context.report(
            key.location, "unknown-language", _("unknown language {language}", language=quote(key.text)), advice
        )
    return {entry.key.text: _read_sounds(entry.value) for entry in node.entries}


def _read_sounds(node: Node) -> str:
    """Read how a word sounds: respelled, or under ``ipa``."""
    entry = node.find_entry(IPA) if isinstance(node, nodes.Mapping) else None
    if entry is None or node.list_names() != (IPA,):  # type: ignore[union-attr] # a mapping, if it has an entry
        return require_scalar(node, PRONUNCIATION).text
    scalar = require_scalar(entry.value, PHONETIC_TEXT)
    try:
        return PHONETIC_TEXT.parse(scalar.text)
    except ScalarError as error:
        place = scalar.locate(error.offset, error.length)
        raise make_error(place, error.code, error.message, error.help) from None


def describe_pronunciation() -> Schema:
    """Describe how a word sounds, in one language or in each."""
    allowed = refuse_types(("array", "null"), ("string", "object"), PRONUNCIATION.describe_expected())
    snippets = [
        {"label": "respelled", "body": '"${1:naai-mee-gen}"'},
        {"label": _("in the phonetic alphabet"), "body": "{ipa: ${1:nˈɛimeːɣə}}"},
    ]
    return {**allowed, "allOf": [refer_to("Pronunciations")], "defaultSnippets": snippets}


def describe_sounds() -> Schema:
    """Describe how a word sounds in one language: respelled, or in the phonetic alphabet."""
    allowed = refuse_types(("array", "null"), ("string", "object"), PRONUNCIATION.describe_expected())
    return {**allowed, "properties": {IPA: describe_phonemes()}, "additionalProperties": False, "minProperties": 1}


def describe_phonemes() -> Schema:
    """Describe the sounds of a word, in the phonetic alphabet."""
    text = _("How the word sounds, in the phonetic alphabet. The voices kokoro, piper and espeak read it.")
    return {"description": text, **PHONETIC_TEXT.to_json_schema()}


def _describe_pronunciations() -> Schema:
    message = _(
        'expected a mapping of words, like {Nijmegen: "naai-mee-gen"}, or the name of a .yaml file with such words'
    )
    file = {"type": "string", "pattern": r"\.ya?ml$", "errorMessage": message}
    return {
        "if": {"not": {"type": "object"}},
        "then": file,
        "additionalProperties": refer_to("Pronunciation"),
        "defaultSnippets": [
            {"label": "a word", "body": '{${1:Nijmegen}: "${2:naai-mee-gen}"}'},
            {"label": _("its sounds"), "body": "{${1:Nijmegen}: {ipa: ${2:nˈɛimeːɣə}}}"},
            {"label": _("a file of words"), "body": "${1:pronunciations.yaml}"},
        ],
    }


PronunciationsField = Annotated[
    Mapping[str, Mapping[str, str]], PlainValidator(read_pronunciations), WithJsonSchema(_describe_pronunciations())
]

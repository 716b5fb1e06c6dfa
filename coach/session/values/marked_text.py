"""Marked text: what is said, in one language or in several, with its values."""

import re
from collections.abc import Mapping
from typing import Annotated

from pydantic import PlainValidator, ValidationInfo, WithJsonSchema

from coach.diagnostics.did_you_mean import did_you_mean
from coach.session import base_model, inline_markup
from coach.session.base_model import (
    ANY_LANGUAGE,
    ValidationContext,
    describe_shape,
    get_context,
    make_error,
    require_scalar,
)
from coach.session.inline_markup import ALL_MARKS, RUN_VALUES, MarkupPart, Pause, Value, Wait, Words
from coach.session.session import Text
from coach.session.values.duration import format_duration, match_positive
from coach.session.values.value_kind import (
    ScalarError,
    Schema,
    ValueKind,
    find_meant,
    refer_to,
    refuse_types,
    require_mapping,
    suggest,
)
from coach.text.sanitize import compose, quote
from coach.translation import _, mark_message
from coach.yaml import nodes
from coach.yaml.nodes import Node, Scalar, Sequence

LONGEST_TEXT = 10_000
LONGEST_CODE = 2

# Letters of any alphabet: all but the signs, spaces and controls of ASCII and some signs of Latin-1.
_LETTER = r"[^\u0000-\u0040\u005b-\u005e\u0060\u007b-\u00a9]"
_NAME = rf"{_LETTER}([0-9]|{_LETTER})*"
NAME_PATTERN = f"^{_NAME}$"
_MARK = r"\[(in|out|hold|step|\s*" + match_positive(r"\]") + r"\s*)\]"
SOMETHING_PATTERN = r"\S"
_NO_MARK = mark_message(
    "a bracket or brace in this text is not a mark: {all_marks}; write \\[ or \\{{ for one that belongs to it"
)

_SOMETHING: Schema = {
    "pattern": SOMETHING_PATTERN,
    "patternErrorMessage": mark_message("this text is empty: write what is to be said, or leave it out"),
}


class MarkedText(ValueKind[tuple[MarkupPart, ...]]):
    """Words to say, with pauses, waits and values in them."""

    name = mark_message("a text")
    advice = mark_message('write a text, or one per language: {nl: "…", en: "…"}')
    pattern = rf"^(\\[\[\]{{}}]|{_MARK}|\{{{_NAME}\}}|[^\[{{\\]|\\(?![\[\]{{}}]))*$"
    examples = ("Look around you. [2s] Well done, {name}.",)

    def _parse(self, text: str) -> tuple[MarkupPart, ...]:
        check_length(text)
        return inline_markup.parse_markup(text)

    def format(self, value: tuple[MarkupPart, ...]) -> str:
        """Write marks in brackets and braces, with a backslash before those that belong to the words."""
        return "".join(map(_write, value))

    def to_json_schema(self) -> Schema:
        """Describe a text, or one for each language."""
        allowed = refuse_types(("array", "null"), ("string", "object"), self.describe_expected())
        per_language = {"if": {"type": "object"}, "then": refer_to("Languages")}
        return {**allowed, **self._describe_words(), "allOf": [_SOMETHING, per_language]}

    def to_words_schema(self) -> Schema:
        """Describe what is said in one language."""
        allowed = refuse_types(("array", "object", "null"), ("string",), self.describe_expected())
        return {**allowed, **self._describe_words(), "allOf": [_SOMETHING]}

    def to_cue_schema(self) -> Schema:
        """Describe a text, one for each language, or a cue with its settings."""
        allowed = refuse_types(("array", "null"), ("string", "object"), self.describe_expected())
        return {
            "title": "a cue",
            **allowed,
            **self._describe_words(),
            "allOf": [_SOMETHING, _allow_per_language("Cue")],
        }

    def to_cues_schema(self, inside: str) -> Schema:
        """Describe a cue or a list of them, or a mapping of the definition ``inside``."""
        allowed = refuse_types(("null",), ("string", "object", "array"), _("write a text, a list of cues, or none"))
        several = {"items": refer_to("OneCue")}
        return {**allowed, **self._describe_words(), "allOf": [_SOMETHING, several, _allow_per_language(inside)]}

    def _describe_words(self) -> Schema:
        return {
            "pattern": self.pattern,
            "patternErrorMessage": _(_NO_MARK, all_marks=_(ALL_MARKS)),
            "maxLength": LONGEST_TEXT,
        }


def _allow_per_language(inside: str) -> Schema:
    return {"if": {"type": "object"}, "then": {"anyOf": [refer_to("Languages"), refer_to(inside)]}}


def _write(part: MarkupPart) -> str:
    match part:
        case Words(text=text):
            return re.sub(r"[\[\]{}]", r"\\\g<0>", text)
        case Pause(seconds=seconds):
            return f"[{format_duration(seconds)}]"
        case Wait(moment=moment):
            return f"[{moment}]"
        case Value(name=name):
            return f"{{{name}}}"


def check_length(text: str) -> None:
    """Refuse a text that is empty or too long.

    Raises:
        ScalarError: it is either.
    """
    if not text.strip():
        raise ScalarError("empty-text", _("this text is empty"), _("write what is to be said, or leave it out"))
    if len(text) > LONGEST_TEXT:
        message = _(
            "this text is {count:,} characters long, and {most:,} is the most",
            count=len(text),
            most=LONGEST_TEXT,
        )
        raise ScalarError("long-text", message, _("split it into several cues"))


MARKED_TEXT = MarkedText()


def is_text(node: nodes.Mapping, languages: tuple[str, ...], keys: tuple[str, ...]) -> bool:
    """Return whether a mapping, in place of one with ``keys``, is a text per language or an unquoted ``{name}``."""
    if any(name in languages for name in node.list_names()):
        return True
    if not any(find_meant(name, keys) for name in node.list_names()):
        named = [name for name in node.list_names() if find_meant(name, languages)]
        if len(named) > 1 or any(not name.istitle() or len(name) > LONGEST_CODE for name in named):
            return True  # `En` alone may begin a sentence
    (first, *more) = node.entries or (None,)
    return first is not None and not more and first.key.text not in keys and describe_shape(first.value) == "nothing"


def read_text(node: Node, info: ValidationInfo) -> Text:
    """Read a text in the session's language, or one per language, and check its marks."""
    context = get_context(info)
    made = Text(words=_read_words_per_language(node, context), location=node.location)
    if made.words:
        context.texts.append(made)
    return made


def _require_space(node: Scalar, context: ValidationContext) -> None:
    """Refuse a text that begins with a language whose colon has no space behind it."""
    language, colon, rest = node.text.partition(":")
    if colon and not node.quoted and language in context.languages and rest[:1].strip():
        message = _("the colon of {language} has no space behind it, so this is one text", language=quote(language))
        raise make_error(
            node.location,
            "no-colon",
            message,
            _("write {text}", text=f"{language}: {rest.split()[0][:40]} …"),
        )


def read_label(node: Node, info: ValidationInfo) -> Mapping[str, str]:
    """Read the words of a tag, such as a name, like a text; but they need not be in the languages of the session."""
    return _read_words_per_language(node, get_context(info))


def _read_words_per_language(node: Node, context: ValidationContext) -> dict[str, str]:
    """Read words by language; a text alone is in ``ANY_LANGUAGE``."""
    if not isinstance(node, nodes.Mapping):
        found = require_scalar(node, MARKED_TEXT)
        _require_space(found, context)
        return {ANY_LANGUAGE: _read_words(found, context)}
    if not node.entries:
        raise make_error(node.location, "no-value", _("a text is missing here"), MARKED_TEXT.describe_advice())
    words = {}
    is_known = all(entry.key.text in context.languages for entry in node.entries)
    renames = {} if is_known else base_model.rename_keys(node, context.languages)
    for entry in node.entries:
        language = entry.key.text
        if language in context.languages:
            found = require_scalar(entry.value, MARKED_TEXT)
            words[language] = _read_words(found, context)
            continue
        if len(context.problems) > base_model.MOST_EXPLAINED:
            context.report(
                entry.key.location,
                "unknown-language",
                _("unknown language {language}", language=quote(language)),
                _("leave it out"),
            )
            continue
        advice, meant = suggest(language, context.languages), find_meant(language, context.languages)
        if len(node.entries) == 1 and describe_shape(entry.value) == "nothing":
            advice = _('put a text that begins with {{ in quotes: "{{{language}}}"', language=language[:30])
            fix = base_model.quote_text(node, f"{{{language}}}")
            raise make_error(node.location, "unquoted", _("YAML reads this as a mapping, not as a text"), advice, fix)
        if language in ("at", "after", "every", "level", "clip"):
            advice = _("put the words under `text`, beside `{language}`", language=language)
        fix = renames.get(language)
        context.report(
            entry.key.location,
            "unknown-language",
            _("unknown language {language}", language=quote(language)),
            advice,
            fix,
        )
        if meant and meant not in node.list_names():
            words[meant] = _read_words(require_scalar(entry.value, MARKED_TEXT), context)
    return words


def _read_words(node: Scalar, context: ValidationContext) -> str:
    try:
        check_length(node.text)
    except ScalarError as error:
        raise make_error(node.location, error.code, error.message, error.help) from None
    parts, errors = inline_markup.examine_markup(node.text)
    for each in errors:
        fix = base_model.replace_text(node, each.instead, offset=each.offset, length=each.length)
        context.report(node.locate(each.offset, each.length), each.code, each.message, each.help, fix)
    for name in dict.fromkeys(inline_markup.list_values(parts)):
        if name not in (*context.values, *RUN_VALUES):
            _report_unknown_value(node, name, context)
    return node.text


def _report_unknown_value(node: Scalar, name: str, context: ValidationContext) -> None:
    written = f"{{{name}}}"
    known = (*context.values, *RUN_VALUES)
    offset, near = node.text.find(written), find_meant(name, known)
    certain = near and offset >= 0
    fix = base_model.replace_text(node, f"{{{near}}}", offset=offset, length=len(written)) if certain else None
    advice = did_you_mean(near or name, known, otherwise=_('add `values: {{{name}: ""}}` at the top', name=name))
    location = node.locate(offset, len(written)) if offset >= 0 else node.location
    context.report(location, "unknown-value", _("there is no value {name}", name=quote(name)), advice, fix)


def read_values(node: Node, info: ValidationInfo) -> Mapping[str, tuple[str, ...]]:
    """Read values by name: what each is, or what it is for each of several people."""
    context = get_context(info)
    if not isinstance(node, nodes.Mapping):
        message = _("values are a mapping, not {shape}", shape=describe_shape(node))
        raise make_error(node.location, "wrong-shape", message, _('write values: {name: ""}'))
    values = {}
    for entry in node.entries:
        name = compose(entry.key.text)
        if not inline_markup.is_identifier(name):
            message = _("{name} cannot be the name of a value", name=quote(entry.key.text))
            context.report(
                entry.key.location, "not-a-name", message, _("use letters, digits and _, with a letter first")
            )
        else:
            values[name] = _read_value(entry.value, context)
    several = {name: len(value) for name, value in values.items() if len(value) > 1}
    if len(set(several.values())) > 1:
        (first, most), *_others = sorted(several.items(), key=lambda each: -each[1])
        name, fewer = next(each for each in several.items() if each[1] < most)
        message = _(
            "'{name}' has {fewer} values and '{first}' {most}, so they are not for the same people",
            name=name,
            fewer=fewer,
            first=first,
            most=most,
        )
        location = next(entry.value.location for entry in node.entries if compose(entry.key.text) == name)
        context.report(
            location, "uneven-lists", message, _("give both as many, or '{name}' only one, for all", name=name)
        )
    return values


def _read_value(node: Node, context: ValidationContext) -> tuple[str, ...]:
    items = node.items if isinstance(node, Sequence) and node.items else (node,)
    for item in items:
        if not isinstance(item, Scalar):
            message = _("a value is a text, not {shape}", shape=describe_shape(item))
            advice = _('write a text, or "" for none; or a list of texts, one for each person')
            context.report(item.location, "wrong-shape", message, advice)
    return tuple(" ".join(item.text.split()) if not item.is_null else "" for item in items if isinstance(item, Scalar))


def _describe_values() -> Schema:
    advice = _('a value is a text: write one, or "" for none; or a list of texts, one for each person')
    scalar = refuse_types(("array", "object"), ("string",), advice)
    several = refuse_types(("object",), ("string", "array"), advice)
    value = {**several, "items": scalar, "minItems": 1}
    message = _("this cannot be the name of a value: use letters, digits and _, with a letter first")
    names = {"pattern": NAME_PATTERN, "patternErrorMessage": message}
    return {
        **require_mapping(_('values are a mapping: write {name: ""}')),
        "additionalProperties": value,
        "propertyNames": names,
        "defaultSnippets": [
            {"label": "a name", "body": '{${1:name}: ""}'},
            {"label": _("several people"), "body": "{${1:name}: [${2:Anna}, ${3:Bram}]}"},
        ],
    }


TextField = Annotated[Text, PlainValidator(read_text), WithJsonSchema(MARKED_TEXT.to_json_schema())]

LabelField = Annotated[Mapping[str, str], PlainValidator(read_label), WithJsonSchema(MARKED_TEXT.to_json_schema())]

ValuesField = Annotated[Mapping[str, tuple[str, ...]], PlainValidator(read_values), WithJsonSchema(_describe_values())]

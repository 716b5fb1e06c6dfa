"""Texts, values and pronunciations: the words of a session, made from their nodes."""

from pydantic import ValidationInfo

from coach.diagnostics.did_you_mean import did_you_mean, find_certain
from coach.session import inline_markup, value_fixes
from coach.session.base_model import ANY_LANGUAGE, EXAMPLES, ValidationContext, context_of, fault, scalar, shape_of
from coach.session.session import Text
from coach.text.sanitize import quote
from coach.yaml.nodes import Mapping, Node, Scalar

LONGEST_TEXT = 10_000


def is_text(node: Mapping, languages: tuple[str, ...], keys: tuple[str, ...]) -> bool:
    """Whether a mapping, where one with ``keys`` could stand, is one text per language or an unquoted ``{name}``."""
    if any(name in languages for name in node.names()):
        return True
    (first, *more) = node.entries or (None,)
    return first is not None and not more and first.key.text not in keys and shape_of(first.value) == "nothing"


def text(node: Node, info: ValidationInfo) -> Text:
    """A text in the session's language, or one per language, its marks checked."""
    context = context_of(info)
    if not isinstance(node, Mapping):
        found = scalar(node, "a text")
        made = Text(words={ANY_LANGUAGE: _words(found, context)}, where=found.where)
    else:
        made = _text_per_language(node, context)
    if made.words:
        context.texts.append(made)
    return made


def _text_per_language(node: Mapping, context: ValidationContext) -> Text:
    if not node.entries:
        raise fault(node.where, "no-value", "a text is missing here", EXAMPLES["a text"])
    words = {}
    for entry in node.entries:
        language = entry.key.text
        if language in context.languages:
            found = scalar(entry.value, "a text")
            words[language] = _words(found, context)
            continue
        advice = did_you_mean(language, context.languages)
        if len(node.entries) == 1 and shape_of(entry.value) == "nothing":
            advice = f'put a text that begins with {{ in quotes: "{{{language[:30]}}}"'
            fix = value_fixes.in_quotes(node, f"{{{language}}}")
            raise fault(node.where, "unquoted", "YAML reads this as a mapping, not as a text", advice, fix)
        if language in ("at", "after", "every", "level", "clip"):
            advice = f"put the words under `text`, beside `{language}`"
        fix = value_fixes.renamed(entry.key, node, context.languages)
        context.report(entry.key.where, "unknown-language", f"unknown language {quote(language)}", advice, fix)
    return Text(words=words, where=node.where)


def _words(node: Scalar, context: ValidationContext) -> str:
    if not node.text.strip():
        raise fault(node.where, "empty-text", "this text is empty", "write what is to be said, or leave it out")
    if len(node.text) > LONGEST_TEXT:
        message = f"this text is {len(node.text):,} characters long, and {LONGEST_TEXT:,} is the most"
        raise fault(node.where, "long-text", message, "split it into several cues")
    parts, faults = inline_markup.examine_markup(node.text)
    for error in faults:
        fix = value_fixes.instead(node, error.instead, offset=error.offset, length=error.length)
        context.report(node.stretch(error.offset, error.length), error.code, error.message, error.help, fix)
    for name in dict.fromkeys(inline_markup.values_in(parts)):
        if name not in context.values:
            _unknown_value(node, name, context)
    return node.text


def _unknown_value(node: Scalar, name: str, context: ValidationContext) -> None:
    written = f"{{{name}}}"
    offset, near = max(node.text.find(written), 0), find_certain(name, context.values)
    fix = value_fixes.instead(node, f"{{{near}}}", offset=offset, length=len(written)) if near else None
    advice = did_you_mean(name, context.values, otherwise=f'add `values: {{{name}: ""}}` at the top')
    where = node.stretch(offset, len(written))
    context.report(where, "unknown-value", f"there is no value {quote(name)}", advice, fix)


def values(node: Node, info: ValidationInfo) -> dict[str, str]:
    """Values by name, with what they are unless told otherwise."""
    context = context_of(info)
    if not isinstance(node, Mapping):
        raise fault(
            node.where, "wrong-shape", f"values are a mapping, not {shape_of(node)}", 'write values: {name: ""}'
        )
    values = {}
    for entry in node.entries:
        if not inline_markup.is_identifier(entry.key.text):
            message = f"{quote(entry.key.text)} cannot be the name of a value"
            context.report(entry.key.where, "not-a-name", message, "use letters, digits and _, with a letter first")
        elif not isinstance(entry.value, Scalar):
            message = f"a value is a text, not {shape_of(entry.value)}"
            context.report(entry.value.where, "wrong-shape", message, 'write a text, or "" for none')
        else:
            values[entry.key.text] = "" if entry.value.is_null else entry.value.text
    return values


def pronunciations(node: Node, info: ValidationInfo) -> dict[str, dict[str, str]]:
    """How words sound, per language or in ``ANY_LANGUAGE``."""
    if not isinstance(node, Mapping):
        advice = 'write say-as: {Nijmegen: "naai-mee-gen"}'
        raise fault(node.where, "wrong-shape", f"say-as is a mapping of words, not {shape_of(node)}", advice)
    context = context_of(info)
    return {entry.key.text: _pronunciation(entry.value, context) for entry in node.entries}


def _pronunciation(node: Node, context: ValidationContext) -> dict[str, str]:
    if not isinstance(node, Mapping):
        return {ANY_LANGUAGE: scalar(node, "a pronunciation").text}
    for key in (entry.key for entry in node.entries if entry.key.text not in context.languages):
        advice = did_you_mean(key.text, context.languages)
        context.report(key.where, "unknown-language", f"unknown language {quote(key.text)}", advice)
    return {entry.key.text: scalar(entry.value, "a pronunciation").text for entry in node.entries}

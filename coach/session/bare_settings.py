"""Bare settings: a length or a place of a cue without its key among those of a block, and parts in prose."""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from pydantic import BeforeValidator

from coach.diagnostics import edits
from coach.diagnostics.problem import Edit, Fix
from coach.session.base_model import ValidationContext, list_items, make_error
from coach.session.values.cue_place import CUE_AFTER, CUE_AT, CUE_EVERY
from coach.session.values.value_kind import ScalarError, find_meant
from coach.session.values.word_choice import LEVEL
from coach.text.sanitize import quote
from coach.translation import _, mark_message
from coach.units import is_length
from coach.yaml import nodes
from coach.yaml.pasted_characters import write_quoted

LONGEST_SHOWN = 100
_SAY = "say: {}"
_CUE_KEYS = ("at", "after", "every", "level")
_PLACE = re.compile(r"(?P<key>[^\W\d]\w*) +(?P<value>.+)")

# A key and a time or a share in small letters, and words that begin as a text of their own does.
_PLACE_AND_WORDS = re.compile(
    r"(?P<place>(?P<key>[a-zà-ÿ]{2,9}) +(?:-?[0-9]+(?::[0-9]{2}){1,2}|-?[0-9]+(?:[.,][0-9]+)? ?(?:h|m|s|min|sec|%)))"
    r"(?: +[-–—]?\s*(?P<words>[\"'“„¿¡]?[A-ZÀ-Þ].*|\[.*))?",
    re.DOTALL,
)

# What can only be the place of a cue, without its key.
_COUNTED_BACK = re.compile(r"-[0-9].*|[0-9.,]+ ?%")

# What stands between the names of a list in prose. No name of a part has a space in it.
_BETWEEN = re.compile(r"\s*[,;]\s*(?:(?:en|and|&)\s+)?|\s+(?:en|and|&|\+)\s+", re.IGNORECASE)
_NAME = re.compile(r"[\w-]+")
_LONGEST_LIST = 60

_LENGTH_AND_KEY = re.compile(r"(?P<length>[0-9].*?)[,;]? +(?P<key>[a-z-]+)")

# After the value of any other setting, words with a comma before them may go on with it.
_WORDLESS = ("", "lasts", "may-last", "cadence", "ticks", "bell")


def refuse_words(node: nodes.Mapping, known: tuple[str, ...], *, within: str = "{}") -> None:
    """Refuse a mapping without a known key: words with a colon among them, or behind a place or a level.

    ``within`` is where a cue with that place or level can stand.
    """
    if not node.entries or any(
        name in known or (find_meant(name, known) and not _read_setting(name, known)) for name in node.list_names()
    ):
        return
    key, value = node.entries[0].key, node.entries[0].value
    if not isinstance(value, nodes.Scalar) or value.is_null:
        return
    setting = _read_setting(key.text, known)
    if setting:
        message = _("{key} is a setting of a cue, not a key", key=quote(key.text))
        fix = _write_cue(node, node.entries[0], setting, within) if len(node.entries) == 1 else None
        raise make_error(key.location, "unknown-key", message, _advise_cue(node.entries[0], setting, within), fix)
    words = write_quoted(f"{key.text[:LONGEST_SHOWN]}: {_shorten(value.text)}")
    message = _("the colon behind {key} makes a key of it, and not a text", key=quote(key.text))
    raise make_error(key.location, "unquoted", message, _("put quotes around the text: {text}", text=words))


def refuse_bare_place(node: nodes.Node) -> None:
    """Refuse a cue that begins with a place by its key, as in `at 2m Look up`, but without a colon.

    A sentence begins with a capital, and goes on in small letters after a time: `after 2m of that` may end one.
    """
    text = node.text if isinstance(node, nodes.Scalar) and not node.quoted else ""
    found = _PLACE_AND_WORDS.fullmatch(text)
    setting = _read_setting(found["place"], _CUE_KEYS) if found else None
    if not found or not setting:
        return
    message = _("`{key}` has no colon behind it", key=found["key"])
    words = write_quoted(_shorten(found["words"])) if found["words"] else "…"
    template = mark_message("write {cue}; or put the whole text in quotes, if {place} is to be said")
    advice = _(template, cue=f"{{{setting}, text: {words}}}", place=quote(found["place"]))
    raise make_error(node.location, "no-colon", message, advice)


def report_missing_keys(node: nodes.Mapping, known: tuple[str, ...], context: ValidationContext) -> nodes.Mapping:
    """Report the settings of a block that lack their keys, and return the others, with its length by its key."""
    return replace(node, entries=tuple(_read_entries(node, known, context)))


def _read_entries(node: nodes.Mapping, known: tuple[str, ...], context: ValidationContext) -> Iterator[nodes.Entry]:
    unknown = [entry for entry in node.entries if not find_meant(entry.key.text, known)]
    before = ""
    for number, entry in enumerate(node.entries):
        key, is_bare = entry.key, entry in unknown and _is_empty(entry.value) and _is_flow(node)
        setting = _read_setting(key.text, _CUE_KEYS) if entry in unknown and not is_bare else None
        message = _("unknown key {key}", key=quote(key.text))
        if is_bare and not number and is_length(key.text) and not _has_length(node, unknown):
            advice = _("write {text}", text=f"lasts: {key.text}")
            context.report(key.location, "unknown-key", message, advice, _insert_key(key, "lasts"))
            before = "lasts"
            yield nodes.make_entry("lasts", key)
            continue
        joined = _LENGTH_AND_KEY.fullmatch(key.text) if entry in unknown and not is_bare else None
        if joined and is_length(joined["length"]) and joined["key"] in known and not _has_length(node, unknown):
            written = f"lasts: {joined['length']}, {joined['key']}"
            context.report(key.location, "unknown-key", message, _("write {text}", text=f"{written}: …"))
            continue
        if is_bare and before in _WORDLESS and not is_length(key.text):
            advice = _("write say: {words} to have it said, or title: {words} to name the block", words=_quote(key))
            context.report(key.location, "unknown-key", message, advice)
        elif setting and not isinstance(entry.value, nodes.Sequence) and not _is_empty(entry.value):
            message = _("{key} is a setting of a cue, not a key", key=quote(key.text))
            is_only = not any(each is not entry and _is_empty(each.value) for each in unknown)
            fix = _write_cue(node, entry, setting, _SAY) if is_only and not node.find_entry("say") else None
            context.report(key.location, "unknown-key", message, _advise_cue(entry, setting, _SAY), fix)
        else:
            yield entry
        before = key.text


def _has_length(node: nodes.Mapping, unknown: Sequence[nodes.Entry]) -> bool:
    return len(unknown) < len(node.entries) and any(find_meant(name, ("lasts",)) for name in node.list_names())


def _is_empty(value: nodes.Node) -> bool:
    return isinstance(value, nodes.Scalar) and value.is_null


def _is_flow(node: nodes.Mapping) -> bool:
    return node.location.column < node.entries[0].key.location.column


def _insert_key(key: nodes.Scalar, name: str) -> Fix:
    title = _("write {text} before {key}", text=f"{name}:", key=quote(key.text))
    return edits.insert(key.location, f"{name}: ", title)


def _shorten(text: str) -> str:
    return text if len(text) <= LONGEST_SHOWN and text.isprintable() else "…"


def _quote(scalar: nodes.Scalar) -> str:
    return write_quoted(_shorten(scalar.text))


def _advise_cue(entry: nodes.Entry, setting: str, within: str) -> str:
    words = _quote(entry.value) if isinstance(entry.value, nodes.Scalar) else "…"
    return _("write {text}", text=within.format(f"{{{setting}, text: {words}}}"))


def _write_cue(node: nodes.Mapping, entry: nodes.Entry, setting: str, within: str) -> Fix | None:
    """Write the place of a cue by its key, and the words behind it as its text; None if it may be something else."""
    key, value = entry.key, entry.value
    is_placed = _PLACE.fullmatch(key.text) or _COUNTED_BACK.fullmatch(key.text)
    if not is_placed or key.text_column is None or key.quoted or value.location.line != key.location.line:
        return None
    title = _(
        "write {meant} for {written}", meant=quote(within.format(f"{{{setting}, text: …}}")), written=quote(key.text)
    )
    gap = f"\n{' ' * (key.location.column - 1)}"
    if within != _SAY:
        text = f"{setting}, text" if _is_flow(node) else f"{setting}{gap}text"
        return Fix(title=title, edits=(Edit(location=key.location, text=text),))
    if not _is_flow(node):
        text = f"say:{gap}  {setting}{gap}  text"
        return Fix(title=title, edits=(Edit(location=key.location, text=text),))
    closing = replace(value.location, column=value.location.end_column)
    return Fix(
        title=title,
        edits=(Edit(location=key.location, text=f"say: {{{setting}, text"), Edit(location=closing, text="}")),
    )


def _read_setting(written: str, known: tuple[str, ...]) -> str | None:
    """Read a setting of a cue without its key or colon, such as `3m`, `extra` or `at 50%`; None for other words."""
    for key, kind in (("at", CUE_AT), ("after", CUE_AFTER), ("every", CUE_EVERY), ("level", LEVEL)):
        found = _PLACE.fullmatch(written)
        named = find_meant(found["key"], known) if found else None
        if named not in (None, key) or (named is None and key in ("after", "every")):
            continue
        text = found["value"] if found and named else written
        try:
            kind.parse(text)
        except ScalarError as error:
            text = error.instead
        if text:
            return f"{key}: {text}"
    return None


def _read_part_list(node: nodes.Node) -> tuple[nodes.Node, ...]:
    if isinstance(node, nodes.Scalar) and _BETWEEN.search(node.text):
        parts = f"[{', '.join(_BETWEEN.split(node.text))}]"
        _refuse(node, (node,), parts)
    found = list_items(node)
    if not found:
        advice = _("name at least one, or leave `parts` out")
        raise make_error(node.location, "no-parts", _("there are no parts here"), advice)
    joined = [
        item for item in found if isinstance(item, nodes.Scalar) and not item.quoted and _BETWEEN.search(item.text)
    ]
    if joined:
        _refuse(joined[0], joined, ", ".join(_BETWEEN.split(joined[0].text)))
    return found


def _refuse(first: nodes.Scalar, texts: Iterable[nodes.Scalar], written: str) -> None:
    """Refuse texts that each name several parts; ``written`` is what is meant by the first."""
    message = _("{text} is one text, not a list", text=quote(first.text))
    advice = _("write {text}", text=written[:_LONGEST_LIST])
    raise make_error(first.location, "wrong-shape", message, advice, _write_as_list(tuple(texts), written))


def _write_as_list(texts: tuple[nodes.Scalar, ...], written: str) -> Fix | None:
    """Write commas between all names in texts, and brackets around one that is no item of a list."""
    if not all(text.text_column and all(map(_NAME.fullmatch, _BETWEEN.split(text.text))) for text in texts):
        return None
    title = _("write {meant} for {written}", meant=quote(written), written=quote(texts[0].text))
    listed = [written, *(", ".join(_BETWEEN.split(text.text)) for text in texts[1:])]
    edits = (Edit(location=text.location, text=names) for text, names in zip(texts, listed, strict=True))
    return Fix(title=title, edits=tuple(edits))


PartList = BeforeValidator(_read_part_list)

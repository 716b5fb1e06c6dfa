"""Value fixes: edits that write a word or a value as its author certainly meant it."""

import re
from collections.abc import Iterable

from coach.diagnostics.did_you_mean import find_certain
from coach.diagnostics.problem import Edit, Fix
from coach.text.sanitize import quote
from coach.yaml.nodes import Mapping, Scalar

_SAFE = re.compile(r"[\w+][\w+.%/> -]*|-?[0-9][\w.]*|\[[\w.]*\]|\{\w*\}")


def replace_text(scalar: Scalar, meant: str, *, offset: int = 0, length: int | None = None) -> Fix | None:
    """A scalar, or a stretch of it, written as ``meant``; None where it does not stand in one line as it reads."""
    size = len(scalar.text) if length is None else length
    if not meant or scalar.text_column is None or not size or not _SAFE.fullmatch(meant):
        return None
    title = f"write {quote(meant)} for {quote(scalar.text[offset : offset + size])}"
    return Fix(title=title, edits=(Edit(where=scalar.stretch(offset, size), text=meant),))


def rename_key(key: Scalar, mapping: Mapping, names: Iterable[str]) -> Fix | None:
    """A key written as the name it certainly should be, unless that or another slip for it stands in the mapping."""
    known = tuple(names)
    meant = find_certain(key.text, known)
    rivals = [name for name in mapping.names() if name != key.text and find_certain(name, known) == meant]
    return replace_text(key, meant) if meant and not rivals else None


def write_as_list(scalar: Scalar) -> Fix | None:
    """Words with commas between them, written as a list."""
    words = [word.strip() for word in scalar.text.split(",")]
    if scalar.text_column is None or not all(re.fullmatch(r"[\w-]+", word) for word in words):
        return None
    listed = f"[{', '.join(words)}]"
    return Fix(title=f"write {quote(listed)} for {quote(scalar.text)}", edits=(Edit(where=scalar.where, text=listed),))


def quote_text(node: Mapping, text: str) -> Fix | None:
    """A text that YAML takes for a mapping in quotes, where it stands just so."""
    if node.where.end_column - node.where.column != len(text) or not _SAFE.fullmatch(text):
        return None
    return Fix(title=f"put quotes around {quote(text)}", edits=(Edit(where=node.where, text=f'"{text}"'),))


def write_as_entry(scalar: Scalar, key: str, value: str) -> Fix | None:
    """A key that lacks its colon, and a length perhaps, with one."""
    if scalar.text_column is None or scalar.quoted or not re.fullmatch(r"(?:[0-9][0-9hms.]*)?", value):
        return None
    entry = f"{key}: {value}".rstrip()
    return Fix(title=f"write {quote(entry)} for {quote(scalar.text)}", edits=(Edit(where=scalar.where, text=entry),))

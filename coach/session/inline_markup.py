"""Inline markup: ``[2s]`` is a pause; ``[in]``, ``[out]``, ``[hold]`` and ``[step]`` wait; ``{name}`` is a value."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from coach.diagnostics.did_you_mean import find_certain, find_nearest
from coach.session.values.duration import DURATION, parse_duration
from coach.session.values.value_kind import ScalarError
from coach.text.sanitize import compose, quote
from coach.translation import _, mark_message
from coach.yaml.pasted_characters import name_odd, to_plain

Moment = Literal["in", "out", "hold", "step"]

MOMENTS: Mapping[str, Moment] = {"in": "in", "out": "out", "hold": "hold", "step": "step"}
ALL_MARKS = mark_message("marks are [2s], [in], [out], [hold], [step] and {name}")


@dataclass(frozen=True, kw_only=True, slots=True)
class Words:
    """Words to say."""

    text: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Pause:
    """A pause of exactly this many seconds."""

    seconds: float


@dataclass(frozen=True, kw_only=True, slots=True)
class Wait:
    """Wait for the next in-breath, out-breath, hold or step."""

    moment: Moment


@dataclass(frozen=True, kw_only=True, slots=True)
class Value:
    """A placeholder for a value."""

    name: str


MarkupPart = Words | Pause | Wait | Value

# Values that the run itself fills in, unless the session has one of that name; the first two also in a block's title.
RUN_VALUES = ("round", "rounds", "left", "elapsed", "next", "minutes")
ROUND_VALUES = RUN_VALUES[:2]

_TOKEN = re.compile(r"\\(?P<literal>[\[\]{}])|\[(?P<mark>[^\[\]{}]*)\]|\{(?P<value>[^\[\]{}]*)\}|(?P<open>[\[{])")
_IDENTIFIER = re.compile(r"[^\W\d]\w*")
SENTENCE_END = tuple(".!?…:")


def is_identifier(name: str) -> bool:
    """Return whether this can be a value's name: letters, digits and underscores, not beginning with a digit."""
    return _IDENTIFIER.fullmatch(name) is not None


@lru_cache(maxsize=4096)
def parse_markup(text: str) -> tuple[MarkupPart, ...]:
    r"""Split a text at its marks; ``\[`` and ``\{`` are literal. Spaces around marks are kept, ``fill`` tidies them.

    >>> parse_markup("Adem in [2s]")
    (Words(text='Adem in '), Pause(seconds=2.0))

    Raises:
        ScalarError: a mark is unknown or never closed; ``offset`` and ``length`` tell where in the text.
    """
    parts, faults = examine_markup(text)
    if faults:
        raise faults[0]
    return parts


def examine_markup(text: str) -> tuple[tuple[MarkupPart, ...], tuple[ScalarError, ...]]:
    """Split a text at its marks, and list all errors in them."""
    parts: list[MarkupPart] = []
    faults: list[ScalarError] = []
    begin = 0
    for found in _TOKEN.finditer(text):
        parts.append(Words(text=text[begin : found.start()]))
        begin = found.end()
        try:
            parts.append(_parse_part(found))
        except ScalarError as error:
            error.offset, error.length = found.span()[0], len(found[0])
            faults.append(error)
    parts.append(Words(text=text[begin:]))
    return tuple(join_words(parts)), tuple(faults)


def _parse_part(found: re.Match[str]) -> MarkupPart:
    if found["literal"]:
        return Words(text=found["literal"])
    if found["open"]:
        advice = _("write \\{open} for one that belongs to the text", open=found["open"])
        raise ScalarError("open-mark", _("this {open} is never closed", open=found["open"]), advice)
    return _parse_mark(found["mark"]) if found["mark"] is not None else _parse_value(found["value"])


def _parse_mark(inside: str) -> MarkupPart:
    if inside in MOMENTS:
        return Wait(moment=MOMENTS[inside])
    try:
        seconds = parse_duration(inside)
    except ScalarError as error:
        raise _explain_mark(inside, error) from None
    if seconds == 0:
        raise ScalarError("no-time-at-all", _("the pause [{inside}] has no effect", inside=inside), _("leave it out"))
    return Pause(seconds=seconds)


def _explain_mark(inside: str, error: ScalarError) -> ScalarError:
    if error.code == "no-unit":
        timed = f"[{inside.strip()}s]"
        instead = timed if inside.strip()[:1].isdigit() else ""
        message = _("the pause [{inside}] has no unit", inside=inside)
        return ScalarError("no-unit", message, _("write {text}", text=timed), instead=instead)
    if error.code in ("negative-time", "too-long"):
        return ScalarError(
            error.code,
            _("invalid pause [{inside}]: {reason}", inside=inside, reason=error.message),
            _("write a pause like [2s]"),
        )
    pause = re.search(r"[0-9]+(?:\.[0-9]+)?\s*(?:s|m)", inside)
    meant = DURATION.correct(re.sub(r"^\s*(?:pause|pauze|wait|wacht)\s", "", inside)) or _find_moment(inside)
    near = meant or (re.sub(r"\s", "", pause[0]) if pause else find_nearest(inside, MOMENTS))
    advice = (
        _("did you mean [{near}]?", near=near)
        if near
        else _("{all_marks}; write \\[ for a bracket that is spoken", all_marks=_(ALL_MARKS))
    )
    instead = f"[{meant}]" if meant else ""
    message = _("unknown mark {mark}", mark=quote(f"[{inside}]")) + name_odd(inside)
    return ScalarError("unknown-mark", message, advice, instead=instead)


_OTHER_MOMENTS = {"uit": "out", "stap": "step", "vast": "hold", "vasthouden": "hold", "houd-vast": "hold"}


def _find_moment(inside: str) -> str | None:
    plain = to_plain(inside)
    return _OTHER_MOMENTS.get(plain.lower()) or find_certain(plain, MOMENTS)


def _parse_value(written: str) -> Value:
    name = compose(written)
    if is_identifier(name):
        return Value(name=name)
    trimmed = f"{{{to_plain(name)}}}"
    meant = trimmed if is_identifier(to_plain(name)) else ""
    advice = _("write {text}", text=trimmed) if meant else _("write the name of a value, like {name}, or \\{")
    message = _("{mark} does not name a value", mark=quote(f"{{{name}}}")) + name_odd(name)
    raise ScalarError("not-a-name", message, advice, instead=meant)


def join_words(parts: Iterable[MarkupPart]) -> Iterator[MarkupPart]:
    """Join words that follow each other without a mark or a value between them."""
    held = ""
    for part in parts:
        if isinstance(part, Words):
            held += part.text
            continue
        if held:
            yield Words(text=held)
        held = ""
        yield part
    if held:
        yield Words(text=held)


def list_values(parts: Iterable[MarkupPart]) -> tuple[str, ...]:
    """List the names of the values in a text, in order."""
    return tuple(part.name for part in parts if isinstance(part, Value))


def fill(parts: Iterable[MarkupPart], values: Mapping[str, str]) -> tuple[MarkupPart, ...]:
    """Fill in values as data: a mark inside a value is plain text.

    An empty value removes the comma and space before it ("Nog even, {name}." becomes "Nog even."), or at the
    start of a sentence those after it ("{name}, goed zo." becomes "Goed zo."). The words are trimmed and never
    empty, and a lone full stop after a mark joins the words before the mark.

    Raises:
        KeyError: a value has no entry.
    """
    filled: list[MarkupPart] = []
    headless = False
    for part in parts:
        if isinstance(part, Value):
            value = " ".join(values[part.name].split())
            headless = not value and _drop_comma(filled)
            if value:
                filled.append(Words(text=value))
        elif isinstance(part, Words) and headless:
            filled.append(Words(text=_begin_sentence(part.text)))
            headless = False
        else:
            filled.append(part)
    return _tidy_words(join_words(filled))


def _drop_comma(filled: list[MarkupPart]) -> bool:
    """Remove the comma and space before an empty value; True if it began a sentence instead."""
    before = filled[-1].text if filled and isinstance(filled[-1], Words) else ""
    if not before.strip() or before.rstrip().endswith(SENTENCE_END):
        return True
    filled[-1] = Words(text=before.rstrip().removesuffix(",").rstrip())
    return False


def _begin_sentence(text: str) -> str:
    rest = text.lstrip().removeprefix(",").lstrip()
    return rest[:1].upper() + rest[1:]


def _tidy_words(parts: Iterable[MarkupPart]) -> tuple[MarkupPart, ...]:
    tidy: list[MarkupPart] = []
    for part in parts:
        if not isinstance(part, Words):
            tidy.append(part)
            continue
        text = " ".join(part.text.split())
        if any(letter.isalnum() for letter in text):
            tidy.append(Words(text=text))
        elif text:
            _join_to_words(tidy, text)
    return tuple(tidy)


def _join_to_words(tidy: list[MarkupPart], text: str) -> None:
    for index in range(len(tidy) - 1, -1, -1):
        words = tidy[index]
        if isinstance(words, Words):
            tidy[index] = Words(text=words.text.rstrip(",; ") + text)
            return


def to_caption(parts: Iterable[MarkupPart]) -> str:
    """Write the words alone, as a caption; a value that is not filled in stays ``{name}``."""
    shown = [_show(part) for part in parts]
    return re.sub(r" (?=[.,!?;:…](?:\s|$))", "", " ".join(" ".join(shown).split()))


def _show(part: MarkupPart) -> str:
    if isinstance(part, Words):
        return part.text
    return f"{{{part.name}}}" if isinstance(part, Value) else ""

"""Breath: in and out, and perhaps held between, in steps (`3 in / 3 out`, `4/4/4/4`) or seconds; or `none`."""

import re

from coach.session.session import NO_BREATH, Breath
from coach.session.values.value_kind import ScalarError, ValueKind, format_number, match_whole, normalize_typing
from coach.text.sanitize import quote
from coach.translation import _, mark_message

BREATH_STEPS = (1, 12)
BREATH_S = (1, 20)

# What the numbers mean, in their order, where not every one says so itself; the first that fits counts.
_ORDERS = (("in", "out"), ("in", "hold", "out"), ("in", "hold", "out", "hold"))
_HELD_EMPTY = ("in", "out", "hold")
_PART = re.compile(r"\s*([0-9]{1,3}(?:\.[0-9](?=s))?)(s?)\s*-?\s*(in|hold|out)?\s*", re.IGNORECASE)
_NONE = ("no", "off", "nee", "geen", "false")

_IN, _HOLD, _OUT = "[iI][nN]", "[hH][oO][lL][dD]", "[oO][uU][tT]"
_STEPS = r"(0{0,2}[1-9]|0?1[0-2])"
_SECONDS = r"((0{0,2}[1-9]|0?1[0-9])(\.[0-9])?|0?20(\.0)?)[sS]"
_HELD_STEPS = rf"(0{{1,3}}|{_STEPS})"
_HELD_SECONDS = rf"(0{{1,3}}(\.[0-9])?[sS]|{_SECONDS})"

_LENIENT_WORDS = {
    **dict.fromkeys(("in", "inhale", "inademen"), "in"),
    **dict.fromkeys(("out", "exhale", "uit", "uitademen"), "out"),
    **dict.fromkeys(("hold", "wait", "vast", "vasthouden", "houd", "houden", "wacht", "wachten"), "hold"),
}
_LENIENT_PART = re.compile(
    r"(?P<before>[a-z]+ )?(?P<number>[0-9]{1,2}(?:[.,][0-9])?) ?"
    r"(?P<unit>steps?|stap(?:pen)?|seconde[ns]?|seconds?|secs?|s(?![a-z]))?"
    r"(?(before)|(?:[ -]?(?P<after>[a-z]+))?)(?: ?[-:,/&+] ?(?:and |en )?| (?:and |en )?|$)"
)


def _join_patterns(breath: str, held: str) -> str:
    """Write all orders of parts as one pattern; a part says what it is, or not."""
    part = r"\s*-?\s*({})?\s*"
    inhale, hold, exhale = breath + part.format(_IN), held + part.format(_HOLD), breath + part.format(_OUT)
    said = breath + rf"\s*-?\s*{_OUT}\s*/\s*{held}\s*-?\s*{_HOLD}\s*"
    return rf"{inhale}/\s*({exhale}|{hold}/\s*{exhale}(/\s*{hold})?|{said})"


class BreathKind(ValueKind[Breath]):
    """Steps, or seconds, for in and out, and for holding the breath between; or none."""

    name = mark_message("a breath")
    advice = mark_message("write 3 in / 3 out, 4 in / 2 hold / 4 out, 4s in / 6s out, or none")
    pattern = match_whole(
        rf"[nN][oO][nN][eE]|{_join_patterns(_STEPS, _HELD_STEPS)}|{_join_patterns(_SECONDS, _HELD_SECONDS)}"
    )
    examples = ("3 in / 3 out", "3/2", "4 in / 2 hold / 4 out", "4/4/4/4", "none")

    def _parse(self, text: str) -> Breath:
        if text.strip().lower() == "none":
            return NO_BREATH
        found = [_PART.fullmatch(part) for part in text.split("/", maxsplit=len(_ORDERS[-1]))]
        parts = [each for each in found if each]
        order = _find_order([(each[3] or "").lower() for each in parts])
        if len(parts) < len(found) or not order:
            raise ScalarError("not-a-breath", _("{text} is not a breath", text=quote(text)), self.describe_advice())
        units = {each[2].lower() for each in parts}
        if len(units) > 1:
            message = _("{text} is partly in steps and partly in seconds", text=quote(text))
            raise ScalarError("not-a-breath", message, _("write an s after every number, or after none"))
        in_seconds = units == {"s"}
        lengths = [float(each[1]) if in_seconds else int(each[1]) for each in parts]
        low, high = BREATH_S if in_seconds else BREATH_STEPS
        holds = [0.0, *(length for name, length in zip(order, lengths, strict=True) if name == "hold")]
        breaths = [length for name, length in zip(order, lengths, strict=True) if name != "hold"]
        if not (low <= min(breaths) and max(*breaths, *holds) <= high):
            usual = _("4s in / 6s out calms, standing still") if in_seconds else _("3 in / 3 out suits easy running")
            template = mark_message("{text} is outside {low}-{high} steps")
            if in_seconds:
                template = mark_message("{text} is outside {low}-{high} seconds")
            message = _(template, text=quote(text), low=low, high=high)
            raise ScalarError("breath-out-of-range", message, usual)
        return _build_breath(order, lengths, in_seconds=in_seconds)

    def format(self, value: Breath) -> str:
        """Write every number with what it counts, or none."""
        if value == NO_BREATH:
            return "none"
        unit = "s" if value.in_seconds else ""
        return " / ".join(f"{format_number(length)}{unit} {name}" for name, length in value.phases)

    def _repair(self, text: str) -> str | None:
        """Accept other signs between the numbers, other words and Dutch ones, and a unit that is written out."""
        normalized = normalize_typing(text)
        if normalized in _NONE:
            return "none"
        parts: list[re.Match[str]] = []
        at = 0
        while at < len(normalized) and len(parts) <= len(_ORDERS[-1]):
            found = _LENIENT_PART.match(normalized, at)
            if found is None:
                return None
            parts.append(found)
            at = found.end()
        said = [(each["before"] or "").strip() or each["after"] or "" for each in parts]
        units = {each["unit"][:2] for each in parts if each["unit"]}
        order = _find_order([_LENIENT_WORDS.get(word, word) for word in said])
        if not order or len({unit == "st" for unit in units}) > 1:
            return None
        unit = "" if units <= {"st"} else "s"
        numbers = (each["number"].replace(",", ".") for each in parts)
        return " / ".join(f"{number}{unit} {name}" for number, name in zip(numbers, order, strict=True))


def _find_order(said: list[str]) -> tuple[str, ...]:
    """Find what numbers mean that say so themselves, or leave it to their order; nothing if that is impossible."""
    if said[1:] == ["out", "hold"] and said[0] in ("", "in"):
        return _HELD_EMPTY
    fitting = (order for order in _ORDERS if len(order) == len(said))
    return next(
        (order for order in fitting if all(word in ("", name) for word, name in zip(said, order, strict=True))), ()
    )


def _build_breath(order: tuple[str, ...], lengths: list[float], *, in_seconds: bool) -> Breath:
    held = [length for name, length in zip(order, lengths, strict=True) if name == "hold"]
    return Breath(
        inhale=lengths[0],
        exhale=lengths[order.index("out")],
        held_in=held[0] if order[1] == "hold" else 0,
        held_out=held[-1] if order[-1] == "hold" else 0,
        in_seconds=in_seconds,
    )


BREATH = BreathKind()

"""Switch: how long a sound is on from the start of its block, such as `on`, `off` or `90s`."""

from coach.session.session import THROUGHOUT_S
from coach.session.values.duration import (
    DURATION_PATTERN,
    SURELY_SECONDS,
    format_duration,
    parse_duration,
    repair_duration,
)
from coach.session.values.value_kind import ScalarError, ValueKind, match_whole, normalize_typing
from coach.text.sanitize import quote

_MEANT = {"true": "on", "yes": "on", "ja": "on", "aan": "on"} | dict.fromkeys(
    ("false", "no", "nee", "none", "uit"), "off"
)


class Switch(ValueKind[float]):
    """Seconds from the block's start: infinite for ``on``, 0 for ``off``, else the given time."""

    name = "on, off or a time"
    advice = "write on, off, or how long, like 90s"
    pattern = match_whole(rf"[oO][nN]|[oO][fF][fF]|{DURATION_PATTERN}")
    examples = ("90s", "on", "off")

    def _parse(self, text: str) -> float:
        word = text.strip().lower()
        if word in ("on", "off"):
            return THROUGHOUT_S if word == "on" else 0.0
        try:
            return parse_duration(text)
        except ScalarError as error:
            if error.code != "not-a-time":
                raise
            raise ScalarError("not-a-switch", f"{quote(text)} is not on, off or a time", self.advice) from None

    def format(self, value: float) -> str:
        """Write a word where there is one, else a time."""
        return "on" if value == THROUGHOUT_S else "off" if value == 0.0 else format_duration(value)

    def _canonicalize(self, text: str) -> str:
        """Keep a time of zero a time."""
        word = text.strip().lower()
        return word if word in ("on", "off") else format_duration(parse_duration(text))

    def _repair(self, text: str) -> str | None:
        """Accept on, off, a word for one of them, or a time."""
        normalized = normalize_typing(text)
        known = normalized if normalized in ("on", "off") else _MEANT.get(normalized)
        return known or repair_duration(normalized, bare_from=SURELY_SECONDS)


SWITCH = Switch()

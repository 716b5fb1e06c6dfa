"""The words heard last, which stay on the screen for a while."""

from coach.play.screen.cells import clean
from coach.play.standing import Standing
from coach.timeline.types import Speech

STAYS_S = 3.0


class Heard:
    """Remembers the last words from one standing to the next; they stay for some heard seconds, within their block."""

    def __init__(self) -> None:
        self._speech: Speech | None = None

    def still(self, standing: Standing) -> str:
        """The words to show now: those being said, or else those that have just been, clean; or none."""
        self._speech = standing.speech or self._speech
        if self._speech is None or self._speech.block != standing.block:
            return ""
        ago_s = standing.position_s - self._speech.end_s
        return clean(self._speech.text) if standing.speech or 0.0 <= ago_s < STAYS_S else ""

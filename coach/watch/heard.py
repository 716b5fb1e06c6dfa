"""What an event is to the ear: equal where nobody hears a difference, wherever it is written."""

from collections.abc import Callable, Hashable, Mapping
from dataclasses import dataclass
from pathlib import Path

from coach.speech import Utterance
from coach.timeline.types import Event, Speech
from coach.watch.lookout import Look


@dataclass(frozen=True, kw_only=True, slots=True)
class Ear:
    """Tells events apart.

    ``key`` names what is heard of an utterance, equal for equal samples; None where nothing is heard of it yet.
    ``looks`` are the authors' own sounds as they were seen last.
    """

    key: Callable[[Utterance], str | None]
    looks: Mapping[Path, Look]

    def hears(self, event: Event) -> Hashable:
        """What of an event reaches the ear: of words their times and samples, of all else everything."""
        if isinstance(event, Speech):
            return event.start_s, event.end_s, self.key(event.utterance)
        return (event, self.looks.get(event.name)) if isinstance(event.name, Path) else event

"""Who speaks a session that is being written: the same booth from save to save, its voices awake."""

from collections.abc import Mapping
from pathlib import Path

from coach.voices import registry
from coach.voices.booth import Booth
from coach.watch.lookout import Look
from coach.watch.manuscript import Voice


class Speakers:
    """Keeps a booth for as long as nothing that decides who speaks has changed."""

    def __init__(self) -> None:
        self._booth: Booth | None = None
        self._asked: tuple[Voice, Mapping[Path, Look]] | None = None

    def booth(self, voice: Voice, files: Mapping[Path, Look]) -> Booth:
        """The booth for a voice.

        Args:
            voice: who is to speak.
            files: those that decide how, such as a voice pack's list of lines, as they look now.
        """
        if self._booth is None or (voice, files) != self._asked:
            self.close()
            registry.load.cache_clear()  # a pack has read its list
            self._booth, self._asked = Booth(voice), (voice, files)
        return self._booth

    def close(self) -> None:
        """Send them home."""
        if self._booth is not None:
            self._booth.close()

"""All the workers of a booth, a few for each voice, lent out one utterance at a time."""

import threading
from collections import defaultdict
from typing import TYPE_CHECKING

from coach.errors import OutsideError
from coach.speech import Utterance
from coach.voices.employer import Employer

if TYPE_CHECKING:  # numpy takes 0.1 s, which a cached session need not pay
    from coach.sounds.clip import Clip


class Crew:
    """Speaks for several threads at once; no more workers than have ever been needed at the same time."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._idle: dict[str, list[Employer]] = defaultdict(list)
        self._busy: set[Employer] = set()
        self._closed = False

    def speak(self, spec: str, utterance: Utterance) -> "Clip":
        """Have an idle worker of a voice speak, or a new one.

        Raises:
            OutsideError: The voice failed twice, or the crew was sent home.
        """
        worker = self._borrow(spec)
        try:
            return worker.speak(utterance)
        finally:
            self._give_back(spec, worker)

    def dismiss(self) -> None:
        """End all workers, also those that are speaking. New ones may be hired."""
        with self._lock:
            workers = [*self._busy, *(worker for idle in self._idle.values() for worker in idle)]
            self._idle.clear()
            self._busy.clear()
        for worker in workers:
            worker.close()

    def close(self) -> None:
        """End all workers for good."""
        self._closed = True
        self.dismiss()

    def _borrow(self, spec: str) -> Employer:
        with self._lock:
            if self._closed:
                raise OutsideError("the booth is closed")
            idle = self._idle[spec]
            worker = idle.pop() if idle else Employer(spec)
            self._busy.add(worker)
            return worker

    def _give_back(self, spec: str, worker: Employer) -> None:
        with self._lock:
            if worker in self._busy:  # else it was dismissed meanwhile
                self._busy.remove(worker)
                self._idle[spec].append(worker)

"""What came of a save, told to all who want to know: the pages, and the author's terminal."""

from collections.abc import Iterable
from typing import Protocol

from coach.errors import CoachError, OutsideError, Problem
from coach.pictures.page import contents
from coach.timeline.types import Speech, Timeline
from coach.watch.board import Board
from coach.watch.rehearsal import Refused
from coach.watch.telling import told, told_fault


class Reporter(Protocol):
    """Tells the author, beside the page, what came of a save."""

    def read(self, timeline: Timeline | None, problems: tuple[Problem, ...]) -> None:
        """A save was read: what is planned of it, if anything can be, and its problems."""

    def fault(self, fault: CoachError) -> None:
        """Something went wrong that is no fault of the words."""


class Showing:
    """The audience of rehearsals. All that it hears goes to the pages; to the reporter, what each save came to."""

    def __init__(self, board: Board, reporter: Reporter) -> None:
        self._board = board
        self._reporter = reporter
        self._problems: tuple[Problem, ...] = ()
        self._told: tuple[bool, tuple[Problem, ...]] | None = None
        self._faults: set[str] = set()

    def expect(self, problems: Iterable[Problem]) -> None:
        """Another save has been read, and these problems were found."""
        self._problems = tuple(sorted(set(problems)))
        self._told = None
        self._faults = set()

    def show(self, timeline: Timeline, sound: str, refused: Refused) -> None:
        """A session, the name of its sound, and the words that are missing in it."""
        places = {event.utterance: event.where for event in reversed(timeline.events) if isinstance(event, Speech)}
        missing = [(fault, places[words]) for words, fault in refused.items() if words in places]
        faults = [told_fault(fault, where) for fault, where in missing]
        url = f"/sound/{sound}.wav" if sound else ""
        self._board.show(contents(timeline, sound=url, problems=[*told(self._problems), *faults]))
        self._tell(timeline, self._problems)
        for fault, _ in missing:
            self._tell_fault(fault)

    def refuse(self, problems: Iterable[Problem] = ()) -> None:
        """The session cannot be heard as it is, for the problems that were expected and for these."""
        all_problems = tuple(sorted({*self._problems, *problems}))
        self._board.complain(told(all_problems))
        self._tell(None, all_problems)

    def fail(self, fault: CoachError) -> None:
        """The session cannot be heard, whatever its words."""
        self._board.complain([*told(self._problems), told_fault(fault)])
        self._tell_fault(fault)

    def _tell(self, timeline: Timeline | None, problems: tuple[Problem, ...]) -> None:
        news = timeline is not None, problems
        if news != self._told:
            self._told = news
            self._reporter.read(timeline, problems)

    def _tell_fault(self, fault: CoachError) -> None:
        message = fault.message if isinstance(fault, OutsideError) else str(fault)
        if message not in self._faults:
            self._faults.add(message)
            self._reporter.fault(fault)

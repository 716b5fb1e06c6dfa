"""What pages are told: the session as it was when it was last whole, and what is wrong with it now."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from coach.charts.html_page import PageProblem, page_contents
from coach.diagnostics.problem import Location, Problem
from coach.diagnostics.render.full import render_excerpt
from coach.diagnostics.source_file import Lines, make_printable
from coach.errors import CoachError, ExternalError
from coach.timeline.timeline import Speech, Timeline
from coach.watch.preview_builder import Refused

Message = Mapping[str, Any]

NEVER = -1

"""The number of no state."""


class LiveState:
    """The latest state, numbered, for any number of readers, each of whom may have seen an earlier one or none.

    What changes nothing is no news.
    """

    def __init__(self) -> None:
        self._news = threading.Condition()
        self._number = 0
        self._whole_number = 0
        self._whole: Message = {}
        self._problems: Sequence[Any] = ()
        self._closed = False

    def show(self, contents: Message) -> None:
        """The session is whole: what pages show of it, as `coach.charts.html_page.page_contents` makes it."""
        with self._news:
            if self._whole != contents or self._problems != contents["problems"]:
                self._number += 1
                self._whole_number, self._whole, self._problems = self._number, contents, contents["problems"]
                self._news.notify_all()

    def complain(self, problems: Sequence[Any]) -> None:
        """The session cannot be heard as it is; what was shown last stays."""
        with self._news:
            if self._problems != problems:
                self._number += 1
                self._problems = problems
                self._news.notify_all()

    def now(self) -> tuple[int, Message]:
        """The number of the state, and all of it."""
        with self._news:
            return self._number, {**self._whole, "problems": self._problems}

    def after(self, number: int, wait_s: float) -> tuple[int, Message] | None:
        """The number of the state, and what of it is new to who has seen this number; None if nothing is after a while.

        Args:
            number: of the last state that was seen, or `NEVER`.
            wait_s: how long to wait for news.
        """
        with self._news:
            self._news.wait_for(lambda: self._closed or number != self._number, wait_s)
            if number == self._number:
                return None
            if self._whole_number <= number < self._number:
                return self._number, {"problems": self._problems}
            return self._number, {**self._whole, "problems": self._problems}

    @property
    def is_closed(self) -> bool:
        """Whether no news will come."""
        return self._closed

    def close(self) -> None:
        """Let go of all who wait."""
        with self._news:
            self._closed = True
            self._news.notify_all()


def problems_for_page(problems: Iterable[Problem]) -> list[PageProblem]:
    """Problems of a session, with the lines that they are in."""
    lines = Lines()
    return [
        PageProblem(
            severity=problem.severity,
            code=problem.code,
            message=problem.message,
            help=problem.help,
            file=make_printable(problem.where.file),
            line=problem.where.line,
            column=problem.where.column,
            excerpt=render_excerpt(problem, lines[problem.where.file]),
        )
        for problem in sorted(problems)
    ]


def fault_for_page(fault: CoachError, where: Location | None = None) -> PageProblem:
    """What is no fault of the words themselves: a voice that fails, a file that cannot be read."""
    return PageProblem(
        severity="error",
        code="",
        message=fault.message if isinstance(fault, ExternalError) else str(fault),
        help=fault.help if isinstance(fault, ExternalError) else "",
        file=make_printable(where.file) if where else "",
        line=where.line if where else 0,
        column=where.column if where else 0,
        excerpt="",
    )


class Reporter(Protocol):
    """Tells the author, beside the page, what came of a save."""

    def read(self, timeline: Timeline | None, problems: tuple[Problem, ...]) -> None:
        """A save was read: what is planned of it, if anything can be, and its problems."""

    def fault(self, fault: CoachError) -> None:
        """Something went wrong that is no fault of the words."""


class Publisher:
    """The audience of rehearsals. All that it hears goes to the pages; to the reporter, what each save came to."""

    def __init__(self, board: LiveState, reporter: Reporter) -> None:
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
        faults = [fault_for_page(fault, where) for fault, where in missing]
        url = f"/sound/{sound}.wav" if sound else ""
        self._board.show(page_contents(timeline, sound=url, problems=[*problems_for_page(self._problems), *faults]))
        self._tell(timeline, self._problems)
        for fault, _ in missing:
            self._tell_fault(fault)

    def refuse(self, problems: Iterable[Problem] = ()) -> None:
        """The session cannot be heard as it is, for the problems that were expected and for these."""
        all_problems = tuple(sorted({*self._problems, *problems}))
        self._board.complain(problems_for_page(all_problems))
        self._tell(None, all_problems)

    def fail(self, fault: CoachError) -> None:
        """The session cannot be heard, whatever its words."""
        self._board.complain([*problems_for_page(self._problems), fault_for_page(fault)])
        self._tell_fault(fault)

    def _tell(self, timeline: Timeline | None, problems: tuple[Problem, ...]) -> None:
        news = timeline is not None, problems
        if news != self._told:
            self._told = news
            self._reporter.read(timeline, problems)

    def _tell_fault(self, fault: CoachError) -> None:
        message = fault.message if isinstance(fault, ExternalError) else str(fault)
        if message not in self._faults:
            self._faults.add(message)
            self._reporter.fault(fault)

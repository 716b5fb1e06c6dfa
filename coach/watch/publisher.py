"""What is wrong, as a page is told it."""

from collections.abc import Iterable
from typing import Protocol

from coach.charts.html_page import ToldProblem, page_contents
from coach.diagnostics.problem import Location, Problem
from coach.diagnostics.render.full import render_excerpt
from coach.diagnostics.source_file import Lines, is_printable
from coach.errors import CoachError, ExternalError
from coach.timeline.timeline import Speech, Timeline
from coach.watch.live_state import LiveState
from coach.watch.preview_builder import Refused


def problem_for_page(problems: Iterable[Problem]) -> list[ToldProblem]:
    """Problems of a session, with the lines that they are in."""
    lines = Lines()
    return [
        ToldProblem(
            severity=problem.severity,
            code=problem.code,
            message=problem.message,
            help=problem.help,
            file=is_printable(problem.where.file),
            line=problem.where.line,
            column=problem.where.column,
            excerpt=render_excerpt(problem, lines[problem.where.file]),
        )
        for problem in sorted(problems)
    ]


def fault_for_page(fault: CoachError, where: Location | None = None) -> ToldProblem:
    """What is no fault of the words themselves: a voice that fails, a file that cannot be read."""
    return ToldProblem(
        severity="error",
        code="",
        message=fault.message if isinstance(fault, ExternalError) else str(fault),
        help=fault.help if isinstance(fault, ExternalError) else "",
        file=is_printable(where.file) if where else "",
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
        self._board.show(page_contents(timeline, sound=url, problems=[*problem_for_page(self._problems), *faults]))
        self._tell(timeline, self._problems)
        for fault, _ in missing:
            self._tell_fault(fault)

    def refuse(self, problems: Iterable[Problem] = ()) -> None:
        """The session cannot be heard as it is, for the problems that were expected and for these."""
        all_problems = tuple(sorted({*self._problems, *problems}))
        self._board.complain(problem_for_page(all_problems))
        self._tell(None, all_problems)

    def fail(self, fault: CoachError) -> None:
        """The session cannot be heard, whatever its words."""
        self._board.complain([*problem_for_page(self._problems), fault_for_page(fault)])
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

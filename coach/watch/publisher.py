"""Publisher: sends each state of a session and its problems to the open pages and to the terminal."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, Protocol

from coach.charts.html_page import PageProblem, make_page_contents
from coach.diagnostics.problem import Location, Problem
from coach.diagnostics.render.full import render_excerpt
from coach.diagnostics.source_file import Lines, make_printable
from coach.errors import CoachError, ExternalError
from coach.timeline.timeline import Speech, Timeline
from coach.watch.preview_builder import Refused

Message = Mapping[str, Any]

NEVER = -1
"""The number before the first state."""


class LiveState:
    """The latest state, numbered, for any number of readers, each of whom may have seen an earlier one or none.

    A state equal to the one before gets no new number.
    """

    def __init__(self) -> None:
        self._changed = threading.Condition()
        self._number = 0
        self._whole_number = 0
        self._whole: Message = {}
        self._problems: Sequence[Any] = ()
        self._closed = False

    def show(self, contents: Message) -> None:
        """Set the contents of the page, as `coach.charts.html_page.make_page_contents` makes them."""
        with self._changed:
            if self._whole != contents or self._problems != contents["problems"]:
                self._number += 1
                self._whole_number, self._whole, self._problems = self._number, contents, contents["problems"]
                self._changed.notify_all()

    def set_problems(self, problems: Sequence[Any]) -> None:
        """Set the problems of a session that cannot be heard; the contents stay."""
        with self._changed:
            if self._problems != problems:
                self._number += 1
                self._problems = problems
                self._changed.notify_all()

    def get_latest(self) -> tuple[int, Message]:
        """Return the number of the latest state, and the whole state."""
        with self._changed:
            return self._number, {**self._whole, "problems": self._problems}

    def wait_for_newer(self, number: int, wait_s: float) -> tuple[int, Message] | None:
        """Wait for a newer state; return its number and what has changed, or None if there is none in time.

        ``number`` is that of the state seen last, or `NEVER`.
        """
        with self._changed:
            self._changed.wait_for(lambda: self._closed or number != self._number, wait_s)
            if number == self._number:
                return None
            if self._whole_number <= number < self._number:
                return self._number, {"problems": self._problems}
            return self._number, {**self._whole, "problems": self._problems}

    @property
    def is_closed(self) -> bool:
        """Whether no more states will come."""
        return self._closed

    def close(self) -> None:
        """Wake all readers, and end the updates."""
        with self._changed:
            self._closed = True
            self._changed.notify_all()


def to_page_problems(problems: Iterable[Problem]) -> list[PageProblem]:
    """Put problems of a session, with their source lines, in the form the page takes."""
    lines = Lines()
    return [
        PageProblem(
            severity=problem.severity,
            code=problem.code,
            message=problem.message,
            help=problem.help,
            file=make_printable(problem.location.file),
            line=problem.location.line,
            column=problem.location.column,
            excerpt=render_excerpt(problem, lines[problem.location.file]),
        )
        for problem in sorted(problems)
    ]


def to_page_problem(fault: CoachError, location: Location | None = None) -> PageProblem:
    """Put an external error, such as a failing voice or an unreadable file, in the form the page takes."""
    return PageProblem(
        severity="error",
        code="",
        message=fault.message if isinstance(fault, ExternalError) else str(fault),
        help=fault.help if isinstance(fault, ExternalError) else "",
        file=make_printable(location.file) if location else "",
        line=location.line if location else 0,
        column=location.column if location else 0,
        excerpt="",
    )


class Reporter(Protocol):
    """Reports the result of each save in the terminal."""

    def report_save(self, timeline: Timeline | None, problems: tuple[Problem, ...]) -> None:
        """Report a save: its timeline, if it can be planned, and its problems."""

    def report_fault(self, fault: CoachError) -> None:
        """Report an error from outside the session."""


class Publisher:
    """Listens to the preview builder; passes everything on to the pages, the result of each save to the reporter."""

    def __init__(self, live_state: LiveState, reporter: Reporter) -> None:
        self._live_state = live_state
        self._reporter = reporter
        self._problems: tuple[Problem, ...] = ()
        self._reported: tuple[bool, tuple[Problem, ...]] | None = None
        self._faults: set[str] = set()

    def start_save(self, problems: Iterable[Problem]) -> None:
        """Start another save, in which these problems were found."""
        self._problems = tuple(sorted(set(problems)))
        self._reported = None
        self._faults = set()

    def show(self, timeline: Timeline, sound: str, refused: Refused) -> None:
        """Publish a session, the name of its sound, and the words that are missing in it."""
        places = {event.utterance: event.location for event in reversed(timeline.events) if isinstance(event, Speech)}
        missing = [(fault, places[words]) for words, fault in refused.items() if words in places]
        missing = [(fault, place) for fault, place in missing if not self._is_told(fault)]
        faults = [to_page_problem(fault, location) for fault, location in missing]
        url = f"sound/{sound}.wav" if sound else ""
        self._live_state.show(
            make_page_contents(timeline, sound=url, problems=[*to_page_problems(self._problems), *faults])
        )
        self._report(timeline, self._problems)
        for fault, _ in missing:
            self._report_fault(fault)

    def refuse(self, problems: Iterable[Problem] = ()) -> None:
        """Publish that the session cannot be heard, because of these problems and those found when it was read."""
        all_problems = tuple(sorted({*self._problems, *problems}))
        self._live_state.set_problems(to_page_problems(all_problems))
        self._report(None, all_problems)

    def fail(self, fault: CoachError) -> None:
        """Publish an error from outside, for which the session cannot be heard."""
        if self._is_told(fault):
            self.refuse()
            return
        self._live_state.set_problems([*to_page_problems(self._problems), to_page_problem(fault)])
        self._report_fault(fault)

    def _is_told(self, fault: CoachError) -> bool:
        """Return whether an error is that of a recording or a sound which is among the problems found."""
        told = [each.message for each in self._problems if each.code == "unusable-sound"]
        reasons = (str(fault), str(fault).partition(": ")[2])  # the second is without the path that it begins with
        return any(reason and message.endswith(f": {reason}") for message in told for reason in reasons)

    def _report(self, timeline: Timeline | None, problems: tuple[Problem, ...]) -> None:
        result = timeline is not None, problems
        if result != self._reported:
            self._reported = result
            self._reporter.report_save(timeline, problems)

    def _report_fault(self, fault: CoachError) -> None:
        message = fault.message if isinstance(fault, ExternalError) else str(fault)
        if message not in self._faults:
            self._faults.add(message)
            self._reporter.report_fault(fault)

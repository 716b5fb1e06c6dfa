"""Check of a session: all its problems that can be found without a voice, advice, and which of them are reported."""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from coach.advice.registry import advise
from coach.diagnostics import codes
from coach.diagnostics.problem import Problem, SessionError
from coach.services import session_reading
from coach.session.reader import ReadResult
from coach.session.session import Session
from coach.sounds import registry
from coach.timeline.compile import compile_plan, explain_unreachable_length, find_reachable_lengths_s
from coach.timeline.durations import OutOfReachError
from coach.timeline.schedule import Plan, PlanOptions
from coach.utterance import Measure
from coach.voices.duration_estimate import estimate

GROUPS = {"errors": "error", "advice": "advice"}

_MORE = "more"  # stands for problems that are not shown, so it goes with any

_COMMENT = re.compile(r"\s*# *coach: *ignore +([\w-]+(?:[ ,]+[\w-]+)*)[ ,]*")


@dataclass(frozen=True, kw_only=True, slots=True)
class RuleSelection:
    """The codes and groups to select (all, if there are none) and to ignore."""

    select: frozenset[str] = frozenset()
    ignore: frozenset[str] = frozenset()

    def filter(self, problems: Iterable[Problem]) -> tuple[Problem, ...]:
        """Keep the problems that are selected, in their order."""
        return tuple(problem for problem in problems if self._selects(problem))

    def _selects(self, problem: Problem) -> bool:
        names = {problem.code, *(group for group, severity in GROUPS.items() if severity == problem.severity)}
        selected = not self.select or problem.code == _MORE or names & self.select
        return bool(selected and not names & self.ignore)


def select_rules(select: Sequence[str], ignore: Sequence[str]) -> RuleSelection:
    """Make a selection from options as a user wrote them: each holds codes and groups, with commas between.

    Raises:
        UsageError: one of them is neither a code nor a group.
    """
    return RuleSelection(select=frozenset(_split_names(select)), ignore=frozenset(_split_names(ignore)))


def _split_names(options: Sequence[str]) -> Iterable[str]:
    written = [name.strip() for names in options for name in names.split(",")]
    known = (*GROUPS, *codes.list_codes()) if written else ()
    for name in filter(None, written):
        codes.require_known(name, known)
        yield name


def drop_suppressed(problems: Iterable[Problem], session: str, lines: Mapping[str, Iterable[str]]) -> Iterator[Problem]:
    """Drop advice whose code a comment on a line of its own names, anywhere in the file that the advice is on.

    The comments of the session's file count for the files that it uses, too. Errors cannot be suppressed.

    Args:
        problems: what was found.
        session: the session's file, by the name that problems show.
        lines: the lines of each file, by that name.
    """
    suppressed = {file: frozenset(_find_suppressed(of_file)) for file, of_file in lines.items()}
    for problem in problems:
        files = (session, problem.where.file) if problem.severity == "advice" else ()
        if not any(problem.code in suppressed.get(file, ()) for file in files):
            yield problem


def _find_suppressed(lines: Iterable[str]) -> Iterator[str]:
    for comment in filter(None, map(_COMMENT.fullmatch, lines)):
        yield from re.findall(r"[\w-]+", comment[1])


Unsaved = Mapping[Path, bytes]

# Problems that depend on other files, although no file that exists is named.
_FOLDER_CODES = {"not-a-file", "outside-folder"}


@dataclass(frozen=True, kw_only=True, slots=True)
class Finding:
    """All problems of a session, and whether they can be cached, as they depend on its file alone."""

    problems: tuple[Problem, ...]
    is_cacheable: bool


def check_session(path: Path, unsaved: Unsaved | None = None) -> tuple[Problem, ...]:
    """Find all problems of one session: of reading it, of timing it in each of its languages, and advice.

    Args:
        path: the session's file.
        unsaved: contents of files that are not saved yet, by their resolved paths.
    """
    return examine(path, unsaved).problems


def examine(path: Path, unsaved: Unsaved | None = None) -> Finding:
    """Find all problems as `check_session` does, and whether they can be cached."""
    reading = session_reading.read_session(path, unsaved=unsaved)
    problems = check_reading(reading, unsaved)
    is_cacheable = len(reading.files) == 1 and all(problem.code not in _FOLDER_CODES for problem in problems)
    return Finding(problems=problems, is_cacheable=is_cacheable)


def check_reading(reading: ReadResult, unsaved: Unsaved | None = None) -> tuple[Problem, ...]:
    """Find all problems of a session that has been read; advice that the file suppresses is left out."""
    found = () if reading.session is None else _plan_all(reading.session, unsaved)
    return tuple(sorted(drop_suppressed({*reading.problems, *found}, str(reading.files[0]), reading.lines)))


def _plan_all(session: Session, unsaved: Unsaved | None) -> Iterator[Problem]:
    """Find the problems of timing the session by how long words usually take; if there are none, advice."""
    plans: list[Plan] = []
    problems: list[Problem] = []
    measure = cache(estimate)
    for language in session.languages:
        try:
            plans.append(compile_plan(session, PlanOptions(language=language), measure, _measure_bell_s))
        except SessionError as error:
            problems += error.problems
    yield from _merge_unreachable_lengths(session, problems, measure)
    if not problems:
        yield from advise(plans, unsaved)


def _merge_unreachable_lengths(session: Session, problems: list[Problem], measure: Measure) -> list[Problem]:
    """Report a length that is out of reach once, with a fix that suits every language."""
    unreachable = [problem for problem in problems if problem.code == "length-out-of-reach"]
    if len(unreachable) <= 1:
        return problems
    reaches_s = [
        find_reachable_lengths_s(session, PlanOptions(language=language), measure) for language in session.languages
    ]
    shortest_s, longest_s = max(each[0] for each in reaches_s), min(each[1] for each in reaches_s)
    if shortest_s > longest_s:
        return problems
    whole = explain_unreachable_length(session, session.length_s or 0.0, OutOfReachError(shortest_s, longest_s))
    return [whole, *(problem for problem in problems if problem not in unreachable)]


def _measure_bell_s(name: str | Path) -> float:
    """Return how long a bell rings; only for an author's own file is it measured."""
    if isinstance(name, str):
        return registry.BELL_LENGTHS_S[name]
    from coach.audio import soundbank  # noqa: PLC0415 - numpy, which few sessions need to be checked

    return soundbank.bell_length_s(name)

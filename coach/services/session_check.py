"""Check of a session: all its problems that can be found without a voice, and advice."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING

from coach.advice.registry import advise
from coach.blocks.registry import SYNTAX
from coach.diagnostics.problem import Problem, SessionError
from coach.diagnostics.suppressions import drop_suppressed
from coach.errors import CoachError
from coach.languages import LANGUAGES
from coach.services import session_reading
from coach.services.session_reading import measure_bell_s
from coach.session.reader import MOST_PROBLEMS, ReadResult, build_vocabulary
from coach.session.session import Session, Span
from coach.timeline.compile import compile_plan, find_reachable_lengths_s
from coach.timeline.overflow import explain_unreachable_length
from coach.timeline.schedule import Plan, PlanOptions
from coach.timeline.timeline import describe_abridgement
from coach.utterance import Measure, SpokenDuration, Utterance
from coach.voices.duration_estimate import estimate_duration

if TYPE_CHECKING:  # numpy, which few sessions need to be checked
    from coach.voices.speech_service import SpeechService
    from coach.yaml.vocabulary import Vocabulary

Unsaved = Mapping[Path, bytes]

# Problems that depend on other files, although no file that exists is named, or on what a voice has spoken.
_FOLDER_CODES = {"not-a-file", "outside-folder", "little-room"}


@dataclass(frozen=True, kw_only=True, slots=True)
class CheckResult:
    """All problems of a session, and whether they can be cached, as they depend on its file alone."""

    problems: tuple[Problem, ...]
    is_cacheable: bool


def check_session(
    path: Path, unsaved: Unsaved | None = None, *, most_problems: int | None = MOST_PROBLEMS
) -> tuple[Problem, ...]:
    """Find all problems of one session: of reading it, of timing it in each of its languages, and advice.

    Args:
        path: the session's file.
        unsaved: contents of files that are not saved yet, by their resolved paths.
        most_problems: how many problems of reading are listed, at most; None for all.
    """
    return check_reading(session_reading.read_session(path, unsaved=unsaved, most_problems=most_problems), unsaved)


def list_abridged(files: Iterable[Path]) -> Iterator[str]:
    """List the blocks in which words of their kind are left out or shortened to fit, in each language, with the place.

    How long words take is estimated, also that of recordings. A session that cannot be planned has none.
    """
    for file in files:
        session = session_reading.read_session(file).session
        if session is None:
            continue
        for language in session.languages:
            try:
                plan = compile_plan(session, PlanOptions(language=language), estimate_duration, measure_bell_s)
            except (CoachError, OSError):
                continue
            for block in plan.timeline.blocks:
                if block.left_out or block.shortened:
                    place = f"{block.location.file}:{block.location.line}"
                    yield f"{place}: {block.kind} ({language}) {describe_abridgement(block)}"


def check_session_for_cache(path: Path, unsaved: Unsaved | None = None) -> CheckResult:
    """Find all problems as `check_session` does, and whether they can be cached."""
    reading = session_reading.read_session(path, unsaved=unsaved)
    problems = check_reading(reading, unsaved)
    is_cacheable = len(reading.files) == 1 and all(problem.code not in _FOLDER_CODES for problem in problems)
    return CheckResult(problems=problems, is_cacheable=is_cacheable)


def check_reading(reading: ReadResult, unsaved: Unsaved | None = None) -> tuple[Problem, ...]:
    """Find all problems of a session that has been read; advice that the file suppresses is left out."""
    found = () if reading.session is None else _plan_all(reading.session, unsaved)
    problems = sorted(drop_suppressed({*reading.problems, *found}, str(reading.files[0]), reading.lines))
    return tuple(_choose_fixes(problems, reading)) if problems else ()


@cache
def get_vocabulary() -> "Vocabulary":
    """Return the vocabulary of the session language, with all kinds and languages."""
    return build_vocabulary(SYNTAX, LANGUAGES)


def _choose_fixes(problems: Iterable[Problem], reading: ReadResult) -> Iterator[Problem]:
    """Keep the fixes that lose no word, and add those that a line has left; no other fix is offered."""
    from coach.yaml.fix_chooser import FixChooser  # noqa: PLC0415 - most sessions have nothing to fix

    vocabulary = get_vocabulary()
    choosers = {file: FixChooser(lines, vocabulary) for file, lines in reading.lines.items() if lines}
    for problem in problems:
        chooser = choosers.get(problem.location.file)
        yield chooser.choose(problem) if chooser else replace(problem, fix=None)


def _plan_all(session: Session, unsaved: Unsaved | None) -> Iterator[Problem]:
    """Find the problems of timing the session by how long words usually take; if there are none, advice.

    Of several people, those with the longest values are meant: what has room for theirs has so for all.
    """
    if session.people:
        session = replace(session, values=max(session.people, key=lambda values: sum(map(len, values.values()))))
    measure: Measure = cache(estimate_duration)
    if _names_files(session):
        from coach.services.session_preparation import check_files  # noqa: PLC0415 - numpy and voices
        from coach.voices.speech_service import SpeechService  # noqa: PLC0415 - the same

        with SpeechService() as service:
            unusable = tuple(check_files(session, service, unsaved))
            if unusable:
                yield from unusable
                return
            measure = cache(partial(_measure_recordings, service=service))
            yield from _plan_by(session, measure, unsaved)
        return
    yield from _plan_by(session, measure, unsaved)


def _names_files(session: Session) -> bool:
    """Return whether a session has recordings or sounds of the author."""
    cues = (cue for block in session.blocks for cue in (*(block.say or ()), *block.say_also))
    sounds = (session.sounds, *(block.sounds for block in session.blocks))
    return any(cue.clip for cue in cues) or any(True for each in sounds for _ in each.list_files())


def _measure_recordings(utterance: Utterance, service: "SpeechService") -> SpokenDuration:
    """Measure a recording; estimate words."""
    return estimate_duration(utterance) if utterance.recording is None else service.measure(utterance)


def _plan_by(session: Session, measure: Measure, unsaved: Unsaved | None) -> Iterator[Problem]:
    """Find the problems of timing the session in each of its languages; if there are none, advice."""
    plans: list[Plan] = []
    problems: list[Problem] = []
    for language in session.languages:
        try:
            plans.append(compile_plan(session, PlanOptions(language=language), measure, measure_bell_s))
        except SessionError as error:
            problems += error.problems
    yield from _merge_unreachable_lengths(session, problems, measure)
    if not problems:
        yield from advise([_plan_as_spoken(plan) if plan.lengthened else plan for plan in plans], unsaved)


def _plan_as_spoken(plan: Plan) -> Plan:
    """Plan a session with little room again, by the lengths of the words that its voice has spoken before."""
    from coach.services.session_preparation import choose_voice  # noqa: PLC0415 - voices, which few checks need
    from coach.voices.speech_service import SpeechService  # noqa: PLC0415 - the same

    with SpeechService(choose_voice(None, plan.session, plan.timeline.language)) as service:

        def measure(utterance: Utterance) -> SpokenDuration:
            return service.find_duration(utterance) or plan.speech_context.measure(utterance)

        try:
            return compile_plan(plan.session, plan.options, measure, plan.bell_length, plan.speech_context.measure)
        except (CoachError, OSError):  # no voice can be asked; the estimate stands
            return plan


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
    whole = explain_unreachable_length(
        session, session.length_s or 0.0, Span(shortest_s=shortest_s, longest_s=longest_s)
    )
    return [whole, *(problem for problem in problems if problem not in unreachable)]

"""Questions before and after a run. Each answer is kept as soon as it is given; any may be skipped."""

from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any, TypeVar

from coach.journal import parse_answers
from coach.journal.diary import Run
from coach.journal.export_runs import format_day
from coach.journal.parse_answers import UnclearError
from coach.journal.parse_moment import NOON, find_start, parse_moment
from coach.languages import find_language
from coach.languages.screen_words import JournalWords, Question
from coach.text.sanitize import to_one_line
from coach.units import seconds_to_text

MOST_TRIES = 3

Answer = TypeVar("Answer")


@dataclass(frozen=True, kw_only=True, slots=True)
class Conversation:
    """A conversation with the runner.

    ``ask`` shows a question and returns the line that is typed; it raises EOFError at the end of the input. ``keep``
    writes a run to the diary, and returns whether it is there.
    """

    ask: Callable[[str], str]
    tell: Callable[[str], None]
    keep: Callable[[Run], bool]


def ask_before(run: Run, conversation: Conversation, *, ask_length: bool = True) -> Run:
    """Ask for tension, need and, if ``ask_length``, length, in the language of the run that is about to begin.

    Returns:
        The run with the answers, as it was last kept.

    Raises:
        KeyboardInterrupt: the runner interrupted; the answers so far are kept.
        ExternalError: an answer could not be kept.
    """
    words = find_language(run.language).journal
    conversation.tell(words.welcome)
    interview = _Interview(run=run, conversation=conversation, words=words)
    with suppress(EOFError):
        interview.keep(tension_before=interview.ask(words.tension, parse_answers.parse_tension))
        interview.keep(need=interview.ask(words.need, parse_answers.parse_need))
        if ask_length:
            interview.keep(wanted_s=interview.ask(words.wanted, parse_answers.parse_length_s))
    return interview.run


def show_leaving_advice(run: Run, conversation: Conversation) -> None:
    """Show what helps when leaving for the run."""
    conversation.tell(find_language(run.language).journal.leave)


def ask_after(run: Run, conversation: Conversation) -> Run:
    """Ask for the tension again, and what feels lighter; say what helps after a run.

    Arguments, return value and errors are those of `ask_before`.
    """
    words = find_language(run.language).journal
    conversation.tell(words.back)
    interview = _Interview(run=run, conversation=conversation, words=words)
    with suppress(EOFError):
        interview.keep(tension_after=interview.ask(words.tension_again, parse_answers.parse_tension))
        if comparison := compare_tension(interview.run):
            conversation.tell(comparison)
        interview.keep(lighter=interview.ask(words.lighter, parse_answers.parse_sentence))
    conversation.tell(words.stretch)
    answered = any((run.tension_before, run.need, run.wanted_s)) or interview.run != run
    if answered and conversation.keep(interview.run):
        conversation.tell(words.kept)
    return interview.run


def compare_tension(run: Run) -> str:
    """Compare the tension before and after in a sentence; "" where one of them is unknown."""
    if run.tension_before is None or run.tension_after is None:
        return ""
    words, change = find_language(run.language).journal, run.tension_after - run.tension_before
    sentence = words.lower if change < 0 else words.higher if change > 0 else words.same
    return sentence.format(before=run.tension_before, after=run.tension_after)


@dataclass(kw_only=True, slots=True)
class _Interview:
    """A run while its questions are asked."""

    run: Run
    conversation: Conversation
    words: JournalWords

    def ask(self, question: Question, read: Callable[[str], Answer]) -> Answer | None:
        """Ask until the answer is understood; None where the question is skipped."""
        asks, tries = question.asks, 0
        while tries < MOST_TRIES:
            typed = self.conversation.ask(asks)
            if parse_answers.is_skipped(typed):
                return None
            try:
                return read(typed)
            except UnclearError as error:
                asks = question.repeats[error.why]
                tries += error.why != "feeling"
        self.conversation.tell(self.words.skipping)
        return None

    def keep(self, **answered: Any) -> None:  # noqa: ANN401 - the fields of a Run
        """Keep an answer, if there is one."""
        if any(answered.values()):
            self.run = replace(self.run, **answered)
            self.conversation.keep(self.run)


LEAST_RAN_MIN, MOST_RAN_MIN = 1.0, 24 * 60.0
EMPTY = "-"
"""What empties an answer that the diary holds."""

NEVER_EMPTY = frozenset({"started_at", "ran_s"})


def parse_start(text: str, now: datetime, language: str) -> datetime:
    """Parse when a run began: a day, a time of day or both, in the local time of this computer.

    Without a day it is today, or yesterday where that time is still to come; without a time it is noon.

    Raises:
        UnclearError: it is not clear, or still to come.
    """
    moment = parse_moment(text, now.date())
    if not moment.days:
        start = datetime.combine(now.date(), moment.clock or NOON).astimezone()
        return start if start <= now else (start.replace(tzinfo=None) - timedelta(days=1)).astimezone()
    start = find_start(moment, None, None, is_day_first=find_language(language).journal.table.is_day_first)
    if start.date() == now.date() and moment.clock is None:
        start = min(start, now)
    if start > now:
        raise UnclearError("future")
    return start


def parse_ran_s(text: str) -> float:
    """Parse how long a run was: a minute to a day, in seconds; a number without a unit is minutes.

    Raises:
        UnclearError: there is no length, it is out of range, or there is more than one.
    """
    return parse_answers.parse_length_s(text, LEAST_RAN_MIN, MOST_RAN_MIN)


SESSION_FIELDS = ("session", "title", "form")

FindSession = Callable[[str], Mapping[str, Any]]
"""Finds what a session tells of a run, by its name: its `SESSION_FIELDS`; raises UnclearError where there is none."""


@dataclass(frozen=True, kw_only=True, slots=True)
class _EntryQuestion:
    """A question about a run in the past, the fields that its answer tells, and what they hold."""

    question: Question
    fields: tuple[str, ...]
    read: FindSession
    held: str
    hint: str = ""


def _ask_field(
    name: str, question: Question, parse: Callable[[str], object], held: object, hint: str = ""
) -> _EntryQuestion:
    def read(text: str) -> Mapping[str, Any]:
        return {name: parse(text)}

    return _EntryQuestion(question=question, fields=(name,), read=read, held=str(held or ""), hint=hint)


@dataclass(frozen=True, kw_only=True, slots=True)
class RunEntry:
    """Asks about a run in the past, to add it to the diary, or to change it there.

    ``ask`` shows a question and returns the line that is typed; it raises EOFError at the end of the input.
    """

    ask: Callable[[str], str]
    tell: Callable[[str], None]
    language: str
    now: datetime
    find_session: FindSession

    def ask_all(self, run: Run | None) -> dict[str, Any]:
        """Ask all questions; the end of the input skips those that remain.

        An empty line keeps what ``run`` holds, and ``-`` empties it. If it is None, an empty line skips a question.

        Returns:
            The fields that are answered or emptied.
        """
        entry = find_language(self.language).journal.entry
        self.tell(entry.change if run else entry.welcome)
        answers: dict[str, Any] = {}
        with suppress(EOFError):
            for each in self._list_questions(run):
                answers |= self._ask(each, is_change=run is not None)
        return answers

    def _list_questions(self, run: Run | None) -> Iterator[_EntryQuestion]:
        words = find_language(self.language).journal
        entry, table = words.entry, words.table
        began = f"{format_day(run.started_at, table)} {run.started_at:%H:%M}" if run else ""
        yield _ask_field("started_at", entry.when, self._parse_start, began, entry.just_back)
        yield _ask_field("ran_s", entry.ran, parse_ran_s, run and seconds_to_text(round(run.ran_s)))
        yield _EntryQuestion(
            question=entry.session,
            fields=SESSION_FIELDS,
            read=self.find_session,
            held=(run and (run.session or run.title)) or "",
            hint=entry.without_session,
        )
        for name, question in (("tension_before", entry.tension_before), ("tension_after", entry.tension_after)):
            yield _ask_field(name, question, parse_answers.parse_tension, run and getattr(run, name))
        needed = table.needs[run.need] if run and run.need else ""
        yield _ask_field("need", entry.need, parse_answers.parse_need, needed)
        yield _ask_field("lighter", entry.lighter, parse_answers.parse_sentence, run and run.lighter)

    def _parse_start(self, text: str) -> datetime:
        return parse_start(text, self.now, self.language)

    def _ask(self, each: _EntryQuestion, *, is_change: bool) -> Mapping[str, Any]:
        held = find_language(self.language).journal.entry.now.format(answer=to_one_line(each.held)) if each.held else ""
        asks = f"{each.question.asks} {held if is_change else each.hint}".rstrip()
        tries = 0
        while tries < MOST_TRIES:
            typed = self.ask(asks)
            if is_change and typed.strip() == EMPTY and not NEVER_EMPTY & set(each.fields):
                return dict.fromkeys(each.fields)
            if parse_answers.is_skipped(typed):
                return {}
            try:
                return each.read(typed)
            except UnclearError as error:
                asks = each.question.repeats[error.why].format(names=", ".join(error.names))
                tries += error.why != "feeling"
        self.tell(find_language(self.language).journal.skipping)
        return {}

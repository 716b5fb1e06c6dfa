"""Questions before and after a run. Each answer is kept as soon as it is given; any may be skipped."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from coach.journal import parse_answers
from coach.journal.diary import Run
from coach.journal.parse_answers import UnclearError
from coach.languages import find_language
from coach.languages.screen_words import JournalWords, Question

MOST_TRIES = 3

Answer = TypeVar("Answer")


@dataclass(frozen=True, kw_only=True, slots=True)
class Conversation:
    """The input and output of a conversation with the runner.

    Attributes:
        ask: shows a question and returns the line that is typed; raises EOFError at the end of the input.
        tell: shows a line.
        keep: writes a run to the diary; returns whether it is there.
    """

    ask: Callable[[str], str]
    tell: Callable[[str], None]
    keep: Callable[[Run], bool]


def ask_before(run: Run, conversation: Conversation, *, ask_length: bool = True) -> Run:
    """Ask for tension, need and length.

    Args:
        run: the run that is about to begin; the questions are in its language.
        conversation: the input and output.
        ask_length: whether to ask for the length, too.

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
        asks = question.asks
        for _ in range(MOST_TRIES):
            typed = self.conversation.ask(asks)
            if parse_answers.is_skipped(typed):
                return None
            try:
                return read(typed)
            except UnclearError as error:
                asks = question.repeats[error.why]
        self.conversation.tell(self.words.skipping)
        return None

    def keep(self, **answered: Any) -> None:  # noqa: ANN401 - the fields of a Run
        """Keep an answer, if there is one."""
        if any(answered.values()):
            self.run = replace(self.run, **answered)
            self.conversation.keep(self.run)

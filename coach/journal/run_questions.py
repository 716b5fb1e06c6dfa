"""The few questions around a run. Each answer is kept the moment it is given; any of them may be skipped."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any, TypeVar

from coach.journal import parse_answers
from coach.journal.parse_answers import UnclearError
from coach.journal.run import Run
from coach.languages.registry import find_language
from coach.languages.screen_words import JournalWords, Question

MOST_TRIES = 3

Answer = TypeVar("Answer")


@dataclass(frozen=True, kw_only=True, slots=True)
class Conversation:
    """How to talk with the runner, and where to keep what is said.

    Attributes:
        ask: shows a question and returns the line that is typed; EOFError if there will be no more.
        tell: shows a line.
        keep: writes a run into the diary; whether it is there now.
    """

    ask: Callable[[str], str]
    tell: Callable[[str], None]
    keep: Callable[[Run], bool]


def before(run: Run, talk: Conversation, *, ask_length: bool = True) -> Run:
    """Ask for tension, need and length.

    Args:
        run: the run that is about to begin; its language is spoken.
        talk: how to talk, and where to keep answers.
        ask_length: whether the length is still open.

    Returns:
        The run with the answers, as it was last kept.

    Raises:
        KeyboardInterrupt: the runner interrupted; what was answered by then is kept.
        OutsideError: an answer could not be kept.
    """
    words = find_language(run.language).journal
    talk.tell(words.welcome)
    asked = _Asked(run=run, talk=talk, words=words)
    with suppress(EOFError):
        asked.note(tension_before=asked.answer(words.tension, parse_answers.parse_tension))
        asked.note(need=asked.answer(words.need, parse_answers.parse_need))
        if ask_length:
            asked.note(wanted_s=asked.answer(words.wanted, parse_answers.parse_length_s))
    return asked.run


def set_off(run: Run, talk: Conversation) -> None:
    """Say what helps, as the last thing before leaving."""
    talk.tell(find_language(run.language).journal.leave)


def after(run: Run, talk: Conversation) -> Run:
    """Ask for the tension again, and what feels lighter; say what does good after a run.

    Args, return value and errors are those of `before`.
    """
    words = find_language(run.language).journal
    talk.tell(words.back)
    asked = _Asked(run=run, talk=talk, words=words)
    with suppress(EOFError):
        asked.note(tension_after=asked.answer(words.tension_again, parse_answers.parse_tension))
        if comparison := compared(asked.run):
            talk.tell(comparison)
        asked.note(lighter=asked.answer(words.lighter, parse_answers.parse_sentence))
    talk.tell(words.stretch)
    answered = any((run.tension_before, run.need, run.wanted_s)) or asked.run != run
    if answered and talk.keep(asked.run):
        talk.tell(words.kept)
    return asked.run


def compared(run: Run) -> str:
    """The tension before and after, in a sentence; "" where one of them is not known."""
    if run.tension_before is None or run.tension_after is None:
        return ""
    words, change = find_language(run.language).journal, run.tension_after - run.tension_before
    sentence = words.lower if change < 0 else words.higher if change > 0 else words.same
    return sentence.format(before=run.tension_before, after=run.tension_after)


@dataclass(kw_only=True, slots=True)
class _Asked:
    """A run while its questions are asked."""

    run: Run
    talk: Conversation
    words: JournalWords

    def answer(self, question: Question, read: Callable[[str], Answer]) -> Answer | None:
        """What was answered, asked again kindly where it was not understood; None if the question is skipped."""
        asks = question.asks
        for _ in range(MOST_TRIES):
            typed = self.talk.ask(asks)
            if parse_answers.is_skipped(typed):
                return None
            try:
                return read(typed)
            except UnclearError as error:
                asks = question.repeats[error.why]
        self.talk.tell(self.words.skipping)
        return None

    def note(self, **answered: Any) -> None:  # noqa: ANN401 - the fields of a Run
        """Keep an answer, if there is one."""
        if any(answered.values()):
            self.run = replace(self.run, **answered)
            self.talk.keep(self.run)

"""Run log: the questions before and after a run, and its entry in the diary."""

import shutil
import textwrap
import threading
from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from datetime import datetime

import click

from coach.diagnostics.problem import SessionError
from coach.errors import ExitCode, ExternalError, UsageError
from coach.journal.diary import Run, find_own_diary
from coach.journal.run_questions import Conversation, ask_after, ask_before, show_leaving_advice
from coach.languages import find_language
from coach.languages.screen_words import UnclearReason
from coach.play.playback_thread import PlaybackThread
from coach.services import session_reading
from coach.services.session_preparation import choose_language, to_plan_options
from coach.services.session_reading import SessionRequest
from coach.services.suggest_session import describe_length, find_nearest_length_s, suggest_session
from coach.session import library
from coach.text.console import echo_line
from coach.timeline.schedule import PlanOptions
from coach.translation import _, get_language

SAVE_EVERY_S = 60.0
MIN_SAVED_RUN_S = 60.0


class RunLog:
    """Asks questions before and after one run, and saves it in the diary.

    A diary that cannot be written is reported once and does not stop the run. ``request``, ``session`` and
    ``plan_options`` describe what is to be played, once it has been chosen.

    Args:
        request: the session to be played.
        is_named: whether the runner named it; otherwise they are asked which, and it is only the first to offer.
        asks: whether there is someone to ask.
        saves: whether the run is saved in the diary.

    Raises:
        SessionError: the session has errors.
        UsageError: there is no such session, or it is not in the language.
    """

    def __init__(self, request: SessionRequest, *, is_named: bool, asks: bool, saves: bool) -> None:
        self._is_named = is_named
        self._asks = asks
        self._saves = saves
        self._held = ExitStack()
        self._is_held = False
        self._talk = Conversation(ask=_ask, tell=_print_wrapped, keep=self._keep_answers)
        now = datetime.now().astimezone().replace(microsecond=0)
        self.request = replace(request, session=library.to_name(request.session))
        self.session = session_reading.load_session(self.request.session, self.request.values)
        run = Run(started_at=now, language=self._choose_language())
        self._run = self._name_session(run) if is_named else run

    def choose(self) -> None:
        """Ask the questions before a run, and choose by the answers what to play."""
        if self._asks:
            with self._leave_at_interrupt():
                self._run = ask_before(self._run, self._talk, ask_length=self.request.length_s is None)
                self.request = self._fit_length(self.request) if self._is_named else self._suggest()
            self.session = session_reading.load_session(self.request.session, self.request.values)
            self._run = self._name_session(self._run)
            self._save_if_substantial()
            show_leaving_advice(self._run, self._talk)

    @property
    def plan_options(self) -> PlanOptions:
        """What overrides the session's own settings."""
        return to_plan_options(self.session, self.request)

    @contextmanager
    def record(self, player: PlaybackThread) -> Iterator[None]:
        """Save how much of a run has been heard while it plays, and afterwards how it ended."""
        timeline = player.get_status().timeline
        self._run = replace(
            self._run,
            session=self.request.session,
            title=timeline.title,
            form=self.session.form,
            length_s=timeline.length_s,
            cadence_spm=timeline.cadence_spm,
        )
        self._save_if_substantial()
        over = threading.Event()
        keeping = threading.Thread(target=self._save_repeatedly, args=(player, over), name="diary")
        keeping.start()
        try:
            yield
        finally:
            over.set()
            keeping.join()
            ended = player.ending if player.get_status().state == "ended" else "stopped"
            self._run = replace(self._run, ran_s=round(player.played_s, 1), ended=ended)
            self._save_if_substantial()

    def give_up(self) -> None:
        """Save that a run ended before anything was heard, if its answers are in the diary."""
        if self._run.ended == "open":
            self._run = replace(self._run, ended="stopped")
            self._save_if_substantial()

    def ask_after(self) -> None:
        """Ask the questions after a run."""
        if self._asks and self._run.ran_s >= MIN_SAVED_RUN_S:
            with self._leave_at_interrupt():
                self._run = ask_after(self._run, self._talk)

    def close(self) -> None:
        """Let others change the run in the diary."""
        self._held.close()

    def _choose_language(self) -> str:
        """Choose the language of the questions: the one asked for, else that of the session, if one is named."""
        if self._is_named or self.request.language is not None:
            return choose_language(self.session, self.request.language)
        return get_language()

    def _name_session(self, run: Run) -> Run:
        """Name the session of a run, with its title in the language that is spoken."""
        language = self.plan_options.language or self.session.languages[0]
        return replace(run, session=self.request.session, title=self.session.title[language], form=self.session.form)

    @contextmanager
    def _leave_at_interrupt(self) -> Iterator[None]:
        """End the command where a question is interrupted, and say what is kept."""
        try:
            yield
        except KeyboardInterrupt as error:
            words = find_language(self._run.language).journal
            click.echo()  # what follows begins on a line of its own
            self._talk.tell(f"{words.interrupted} {words.kept if self._is_held else ''}".rstrip())
            raise click.exceptions.Exit(ExitCode.INTERRUPTED) from error

    def _suggest(self) -> SessionRequest:
        wanted = replace(self.request, language=self._run.language)
        suggestion = suggest_session(self._run, to_plan_options(self.session, wanted))
        self._talk.tell(suggestion.words)
        asks = find_language(self._run.language).journal.begin.asks
        while typed := _ask_line(asks):
            try:
                return self._fit_length(self._find_session(typed, wanted))
            except library.SeveralSessionsError as error:
                asks = self._ask_again("several", error.names)
            except UsageError:
                asks = self._ask_again("unclear")
            except SessionError as error:
                asks = str(error)
        return replace(wanted, session=suggestion.session, length_s=suggestion.length_s)

    def _ask_again(self, why: UnclearReason, names: Sequence[str] = ()) -> str:
        choices = ", ".join(library.list_choices(self._run.language, names))
        return find_language(self._run.language).journal.begin.repeats[why].format(names=choices)

    def _find_session(self, typed: str, wanted: SessionRequest) -> SessionRequest:
        """Request the session that is typed: a number, a name, a title or a file."""
        name = library.choose(typed)
        session = session_reading.load_session(name, wanted.values)
        speaks = wanted.language is None or wanted.language in session.languages
        return replace(wanted, session=name, language=wanted.language if speaks else session.languages[0])

    def _fit_length(self, request: SessionRequest) -> SessionRequest:
        """Request a session of the length answered, or as near to it as possible, and say so."""
        wanted_s = self._run.wanted_s
        if request.length_s is not None or wanted_s is None:
            return request
        session = session_reading.load_session(request.session, request.values)
        length_s = find_nearest_length_s(session, to_plan_options(session, request), wanted_s)
        self._talk.tell(describe_length(session, length_s, wanted_s, self._run.language))
        return replace(request, length_s=length_s)

    def _save_repeatedly(self, player: PlaybackThread, over: threading.Event) -> None:
        while not over.wait(SAVE_EVERY_S):
            self._run = replace(self._run, ran_s=round(player.played_s, 1))
            self._save_if_substantial()

    def _save_if_substantial(self) -> None:
        answered = any((self._run.tension_before, self._run.need, self._run.wanted_s))
        if answered or self._run.ran_s >= MIN_SAVED_RUN_S:
            self._save(self._run)

    def _keep_answers(self, run: Run) -> bool:
        """Keep answers while the conversation goes on: an interrupt in the middle of it must find them here."""
        self._run = run
        return self._save(run)

    def _save(self, run: Run) -> bool:
        """Save a run in the diary; return whether it is there."""
        if self._saves:
            try:
                diary = find_own_diary()
                diary.keep(run)
                if not self._is_held:
                    self._held.enter_context(diary.hold(run))
                    self._is_held = True
            except ExternalError as error:
                self._saves = False
                click.echo(_("this run is not saved in the diary: {reason}", reason=error.message), err=True)
                click.echo(_("help: {help}", help=error.help), err=True)
        return self._saves


def _print_wrapped(text: str) -> None:
    echo_line(textwrap.fill(text, width=shutil.get_terminal_size().columns, break_on_hyphens=False))


def _ask(question: str) -> str:
    _print_wrapped(question)
    return input("> ")


def _ask_line(question: str) -> str:
    try:
        return _ask(question).strip()
    except EOFError:
        return ""

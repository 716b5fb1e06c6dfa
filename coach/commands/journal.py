"""`coach journal`: list the runs in the diary; add, change and delete one."""

import os
import shutil
import sys
import textwrap
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

import click

from coach.errors import ExitCode, UsageError
from coach.journal import parse_answers
from coach.journal.diary import Diary, Run, find_own_diary, to_minute
from coach.journal.export_runs import list_runs, runs_to_csv, runs_to_json, shorten_ids
from coach.journal.parse_answers import UnclearError
from coach.journal.run_questions import (
    EMPTY,
    NEVER_EMPTY,
    SESSION_FIELDS,
    RunEntry,
    compare_tension,
    parse_ran_s,
    parse_start,
)
from coach.languages import detect_own_language, find_language
from coach.languages.screen_words import EntryWords, UnclearReason
from coach.session import library
from coach.text.console import echo_line
from coach.translation import _, get_language, mark_message


@dataclass(frozen=True, kw_only=True, slots=True)
class JournalRequest:
    """What to print of the diary: at most one of these, else a list to read."""

    as_csv: bool
    as_json: bool
    where: bool
    language: str | None


def run(request: JournalRequest) -> int:
    """List all runs, the newest first; or write them for other programs, in UTF-8; or print the diary's path."""
    if request.as_csv + request.as_json + request.where > 1:
        raise UsageError(_("choose one of --csv, --json and --where"))
    diary = find_own_diary()
    if request.where:
        click.echo(os.fsencode(diary.path))
        return ExitCode.OK
    runs = diary.read_runs()
    words = find_language(request.language or get_language()).journal
    if request.as_csv:  # for a spreadsheet program, which speaks the computer's language
        table = find_language(request.language or detect_own_language()).journal.table
        click.echo(runs_to_csv(runs, table).encode(), nl=False)
    elif request.as_json:
        click.echo(runs_to_json(runs).encode(), nl=False)
    elif runs:
        _print_runs(runs, runs, words.entry)
    else:
        echo_line(words.entry.empty)
    return ExitCode.OK


def _print_runs(runs: Sequence[Run], among: Sequence[Run], words: EntryWords) -> None:
    """List runs; their ids are as long as tells them apart from all others."""
    echo_line(list_runs(runs, shutil.get_terminal_size().columns, words, shorten_ids(among)))


@dataclass(frozen=True, kw_only=True, slots=True)
class RunOptions:
    """What is told of a run, as it was typed; None where nothing is."""

    date: str | None
    ran: str | None
    session: str | None
    title: str | None
    tension_before: str | None
    tension_after: str | None
    need: str | None
    lighter: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class AddRequest:
    """A run to add; without any option it is asked for."""

    options: RunOptions
    language: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class EditRequest:
    """A run to change, by the beginning of its id; without any option it is asked how."""

    run_id: str
    options: RunOptions
    language: str | None


@dataclass(frozen=True, kw_only=True, slots=True)
class DeleteRequest:
    """Runs to delete, by the beginnings of their ids; ``yes`` asks nothing."""

    run_ids: tuple[str, ...]
    yes: bool
    language: str | None


def add(request: AddRequest) -> int:
    """Add a run that was not played by this computer."""
    language = request.language or get_language()
    words = find_language(language).journal
    now = datetime.now().astimezone().replace(microsecond=0)
    told = _parse_options(request.options, now, language)
    if not told:
        with _leave_at_interrupt(words.entry.unchanged):
            told = _make_entry(now, language, _("say how long you ran, such as --ran 25m")).ask_all(None)
    elif "ran_s" not in told:
        raise UsageError(_("say how long you ran, such as --ran 25m"))
    if not told:
        echo_line(words.entry.unchanged)
        return ExitCode.OK
    start = now - timedelta(seconds=told.get("ran_s", 0.0))
    new = Run(**{"started_at": start.replace(second=0), "language": language, "ended": "finished", **told})
    diary = find_own_diary()
    diary.keep(new)
    runs = diary.read_runs()
    ids = shorten_ids(runs)
    _print_runs([new], runs, words.entry)
    for other in runs:
        if other.id != new.id and to_minute(other.started_at) == to_minute(new.started_at):
            _print_wrapped(words.entry.same_minute.format(other=ids[other.id], id=ids[new.id]))
    if comparison := compare_tension(new):
        _print_wrapped(comparison)
    _print_wrapped(words.entry.added.format(id=ids[new.id]))
    return ExitCode.OK


def edit(request: EditRequest) -> int:
    """Change what is told of a run, and nothing else."""
    language = request.language or get_language()
    words = find_language(language).journal.entry
    now = datetime.now().astimezone().replace(microsecond=0)
    diary = find_own_diary()
    runs = diary.read_runs()
    (found,) = _find_runs(diary, runs, (request.run_id,))
    told = _parse_options(request.options, now, language)
    if not told:
        entry = _make_entry(now, language, _("say what to change, such as --tension-after 3"))
        _print_runs([found], runs, words)
        with _leave_at_interrupt(words.unchanged):
            told = entry.ask_all(found)
    changed = replace(found, **told)
    if changed == found:
        echo_line(words.unchanged)
        return ExitCode.OK
    diary.keep(changed)
    _print_runs([changed], runs, words)
    _print_wrapped(words.changed.format(id=shorten_ids(runs)[found.id]))
    return ExitCode.OK


def delete(request: DeleteRequest) -> int:
    """Delete runs, after showing them and asking."""
    words = find_language(request.language or get_language()).journal.entry
    diary = find_own_diary()
    runs = diary.read_runs()
    found = _find_runs(diary, runs, request.run_ids)
    if not (request.yes or _is_terminal()):
        raise UsageError(_("there is nobody to ask; --yes deletes without asking"))
    _print_runs(found, runs, words)
    if not request.yes and not _confirm(words):
        echo_line(words.kept)
        return ExitCode.OK
    diary.delete(each.id for each in found)
    echo_line(words.deleted)
    return ExitCode.OK


def _confirm(words: EntryWords) -> bool:
    with _leave_at_interrupt(words.kept), suppress(EOFError):
        return parse_answers.simplify(_ask(words.delete)) in words.yes
    return False


@contextmanager
def _leave_at_interrupt(sentence: str) -> Iterator[None]:
    """End the command where a question is interrupted, and say what that means."""
    try:
        yield
    except KeyboardInterrupt as error:
        click.echo()  # what follows begins on a line of its own
        echo_line(sentence)
        raise click.exceptions.Exit(ExitCode.INTERRUPTED) from error


def _find_runs(diary: Diary, runs: Sequence[Run], beginnings: Sequence[str]) -> tuple[Run, ...]:
    """Find runs by the beginnings of their ids, each once.

    Raises:
        UsageError: there is no such run, more than one, or it is being played.
    """
    found = tuple(dict.fromkeys(_find_run(runs, each) for each in beginnings))
    for each in found:
        if diary.is_held(each):
            raise UsageError(_("run {id} is being played; wait until it has ended", id=shorten_ids(runs)[each.id]))
    return found


def _find_run(runs: Sequence[Run], beginning: str) -> Run:
    wanted = beginning.strip().lower()
    found = [run for run in runs if wanted and run.id.lower().startswith(wanted)]
    exact = [run for run in found if run.id.lower() == wanted]
    if len(found) > 1 and not exact:
        ids = ", ".join(shorten_ids(runs)[run.id] for run in found[:5])
        raise UsageError(
            _(
                "'{beginning}' begins the ids of {count} runs ({ids}); write more of it",
                beginning=beginning,
                count=len(found),
                ids=ids,
            )
        )
    if not found:
        raise UsageError(
            _("no run has an id that begins with '{beginning}'; 'coach journal' lists them", beginning=beginning)
        )
    return (exact or found)[0]


_FAULTS: Mapping[UnclearReason, str] = {
    "unclear": mark_message("{option} '{text}' is not clear; write {example}"),
    "beyond": mark_message("{option} '{text}' is out of range; write {example}"),
    "future": mark_message("{option} '{text}' is still to come; write {example}"),
    "several": mark_message("{option} '{text}' is not one answer; write {example}"),
    "feeling": mark_message("{option} '{text}' is not a number; write {example}"),
}
_EXAMPLES = {
    "date": mark_message("'yesterday 18:30' or 2026-11-20"),
    "ran": mark_message("25m, or half an hour: a minute at least, and a day at most"),
    "tension_before": mark_message("a whole number from 1 to 10"),
    "tension_after": mark_message("a whole number from 1 to 10"),
    "need": mark_message("movement, silence, rhythm or fresh-air"),
}


def _parse_options(options: RunOptions, now: datetime, language: str) -> dict[str, Any]:
    """Parse what is told, as answers are parsed; ``-`` empties.

    Raises:
        UsageError: one of them is not understood, or there is no such session.
        SessionError: the session has errors.
    """
    readers: dict[str, Any] = {
        "date": lambda text: {"started_at": parse_start(text, now, language)},
        "ran": lambda text: {"ran_s": parse_ran_s(text)},
        "session": lambda text: _read_session(text, language),
        "title": lambda text: {"title": parse_answers.parse_sentence(text) or None},
        "tension_before": lambda text: {"tension_before": parse_answers.parse_tension(text)},
        "tension_after": lambda text: {"tension_after": parse_answers.parse_tension(text)},
        "need": lambda text: {"need": parse_answers.parse_need(text)},
        "lighter": lambda text: {"lighter": parse_answers.parse_sentence(text) or None},
    }
    emptied = {"date": ("started_at",), "ran": ("ran_s",), "session": SESSION_FIELDS}
    told: dict[str, Any] = {}
    for name, read in readers.items():
        text: str | None = getattr(options, name)
        fields = emptied.get(name, (name,))
        if text is None:
            continue
        if text.strip() == EMPTY and not NEVER_EMPTY & set(fields):
            told |= dict.fromkeys(fields)
            continue
        try:
            told |= read(text)
        except UnclearError as error:
            option = f"--{name.replace('_', '-')}"
            raise UsageError(_(_FAULTS[error.why], option=option, text=text, example=_(_EXAMPLES[name]))) from error
    return told


def _read_session(name: str, language: str) -> Mapping[str, Any]:
    """Read what a session tells of a run.

    Raises:
        UsageError: there is none.
        SessionError: it has errors.
    """
    from coach.services.session_reading import load_session  # noqa: PLC0415 - takes 0.2 s, and few runs need it

    session = load_session(name := library.to_name(name))
    title = session.title[language if language in session.languages else session.languages[0]]
    return {"session": name, "title": title, "form": session.form}


def _make_entry(now: datetime, language: str, otherwise: str) -> RunEntry:
    """Prepare the questions.

    Raises:
        UsageError: there is no terminal to ask at; ``otherwise`` says what to write instead.
    """
    if not _is_terminal():
        raise UsageError(otherwise)

    def find_session(name: str) -> Mapping[str, Any]:
        from coach.diagnostics.problem import SessionError  # noqa: PLC0415 - as the session

        try:
            return _read_session(library.choose(name), language)
        except (UsageError, SessionError) as error:
            several = error.names if isinstance(error, library.SeveralSessionsError) else ()
            choices = library.list_choices(language, several)
            raise UnclearError("several" if several else "unclear", names=choices) from error

    return RunEntry(
        ask=_ask,
        tell=_print_wrapped,
        language=language,
        now=now,
        find_session=find_session,
    )


def _is_terminal() -> bool:
    return sys.stdin.isatty() and sys.stdout.isatty()


def _print_wrapped(text: str) -> None:
    echo_line(textwrap.fill(text, width=shutil.get_terminal_size().columns, break_on_hyphens=False))


def _ask(question: str) -> str:
    _print_wrapped(question)
    try:
        return input("> ")
    except EOFError:
        click.echo()  # what follows begins on a line of its own
        raise

"""The command line: what each command takes. What it does is in ``coach.commands``, imported only when it is called."""

import importlib
import os
import sys
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import click

from coach.diagnostics.problem import SessionError
from coach.errors import CoachError, ExternalError

DONE, SESSION_HAS_ERRORS, WRONG_USAGE, OUTSIDE_FAILED, INTERRUPTED = 0, 1, 2, 3, 130

A_PATH = click.Path(path_type=Path)  # one for all, as making one asks for click's own words in the user's language

Command = TypeVar("Command", bound=Callable[..., Any])


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command; every error ends here, as a clear message and an exit code."""
    try:
        result = coach.main(args=arguments, prog_name="coach", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except (Exception, click.exceptions.Abort) as error:
        if os.environ.get("COACH_DEBUG"):
            raise
        return _told(error)
    return result if isinstance(result, int) else DONE


def _told(error: BaseException) -> int:
    """Tell the user what went wrong, never with a traceback; the exit code says whose matter it is."""
    match error:
        case click.exceptions.Abort():
            click.echo("interrupted; nothing half-done is left behind", err=True)
            return INTERRUPTED
        case click.ClickException():
            error.show()
            return WRONG_USAGE
        case SessionError():
            importlib.import_module("coach.diagnostics.render.registry").print_problems(error.problems)
            return SESSION_HAS_ERRORS
        case ExternalError():
            click.echo("\n".join([f"error: {error.message}", *([f"help: {error.help}"] * bool(error.help))]), err=True)
            return OUTSIDE_FAILED
        case CoachError():
            click.echo(f"error: {error}", err=True)
            return WRONG_USAGE
    click.echo(f"error: the coach itself went wrong ({type(error).__name__}: {error})", err=True)
    click.echo("help: set COACH_DEBUG=1, run it again, and send us what it prints", err=True)
    return OUTSIDE_FAILED


def _run(command: str, **arguments: Any) -> int:  # noqa: ANN401 - the options as click parsed them
    exit_code: int = importlib.import_module(f"coach.commands.{command}").run(**arguments)
    return exit_code


def _time(_context: click.Context, _option: click.Parameter, value: str | None) -> float | None:
    if value is None:
        return None
    from coach.session.values import scalars  # noqa: PLC0415 - not needed for --help

    try:
        return scalars.time(value)
    except scalars.ScalarError as error:
        raise click.BadParameter(f"{error.message}; {error.help}") from error


def _day(_context: click.Context, _option: click.Parameter, value: str | None) -> date | None:
    if value is None:
        return None
    try:
        day = date.fromisoformat(value)
    except ValueError:
        raise click.BadParameter(f"'{value}' is no day; write it like 2026-11-20") from None
    if not date(1900, 1, 1) <= day < date(3000, 1, 1):
        raise click.BadParameter(f"'{value}' is in no week of anybody's running")
    return day


def _values(_context: click.Context, _option: click.Parameter, pairs: Sequence[str]) -> dict[str, str]:
    values: dict[str, str] = {}
    for pair in pairs:
        name, separator, value = pair.partition("=")
        if not separator or not name:
            raise click.BadParameter(f"'{pair}' does not say NAME=VALUE")
        values[name] = value
    return values


def _about_the_session(command: Command) -> Command:
    """The options that all commands share which make something of a session."""
    for option in reversed(
        [
            click.option("--lang", "language", metavar="nl|en", help="The language to speak."),
            click.option("--length", "length_s", callback=_time, metavar="TIME", help="Refit the blocks, e.g. 30m."),
            click.option("--cadence", "cadence_spm", type=click.FloatRange(60, 220), help="Steps per minute."),
            click.option("--voice", metavar="NAME", help="Who speaks; 'coach voices' lists them."),
            click.option(
                "--guidance",
                type=click.Choice(["full", "light", "quiet"]),
                default="full",
                show_default=True,
                help="How much is said.",
            ),
            click.option(
                "--set", "values", multiple=True, callback=_values, metavar="NAME=VALUE", help="Fill in {NAME}."
            ),
        ]
    ):
        command = option(command)
    return command


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(
    package_name="mindful-run-coach",
    prog_name="coach",
    message="%(prog)s, version %(version)s",
    help="Show the version and exit.",
)
def coach() -> None:
    """A guided mindful-run audio coach: sessions in YAML, spoken cues and ticks exact to the sample."""


@coach.command("list")
def list_() -> int:
    """Show the sessions that come with the coach."""
    return _run("list_sessions")


@coach.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--format",
    "form",
    type=click.Choice(["full", "concise", "json", "github", "sarif"]),
    default="full",
    show_default=True,
    help="How problems are told.",
)
@click.option("--select", multiple=True, metavar="CODE,...", help="Only these: codes, errors, or advice.")
@click.option("--ignore", multiple=True, metavar="CODE,...", help="None of these: codes, errors, or advice.")
@click.option("--strict", is_flag=True, help="Let advice count as errors do.")
@click.option("--fix", is_flag=True, help="Mend what can only be meant in one way, and keep the rest as it is.")
@click.option("--diff", is_flag=True, help="Show what --fix would change, and change nothing.")
def check(**arguments: Any) -> int:  # noqa: ANN401 - the options as click parsed them
    """Show all problems of one or many sessions, and how to mend them."""
    return _run("check", **arguments)


@coach.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--check", is_flag=True, help="Only tell which sessions are not laid out so.")
@click.option("--diff", is_flag=True, help="Show what would change, and change nothing.")
def fmt(**arguments: Any) -> int:  # noqa: ANN401 - the options as click parsed them
    """Lay out sessions in one way: order, times and spaces; not a word or comment changes."""
    return _run("fmt", **arguments)


@coach.command()
@click.argument("code", required=False)
def explain(code: str | None) -> int:
    """Tell what a problem means, or list all there are."""
    return _run("explain", code=code)


@coach.command()
@click.argument("session")
@_about_the_session
@click.option("--json", "as_json", is_flag=True, help="The exact plan as JSON.")
@click.option("--picture", type=A_PATH, metavar="FILE", help="Draw it: .svg, .png, or .html to play.")
def plan(**arguments: Any) -> int:  # noqa: ANN401 - the options as click parsed them
    """Show the timeline: what is heard, and when."""
    return _run("plan", **arguments)


@coach.command()
@click.argument("sessions", nargs=-1, required=True, metavar="SESSION...")
@_about_the_session
@click.option("-o", "--output", type=A_PATH, metavar="FILE-OR-FOLDER", help="Where to write it.")
@click.option("--bitrate", default="V4", show_default=True, help="Of an MP3: V0 to V9, or kbit/s, e.g. 128.")
@click.option("--lrc", is_flag=True, help="Write the words beside it, for players that show lyrics.")
@click.option("--vtt", is_flag=True, help="Write the words beside it, as captions.")
@click.option("--force", is_flag=True, help="Render even if the file is as it should be.")
def render(**arguments: Any) -> int:  # noqa: ANN401 - the options as click parsed them
    """Make an MP3 for the phone (or .m4a .opus .flac .wav, by the ending)."""
    return _run("render", **arguments)


@coach.command()
@click.argument("session", required=False)
@_about_the_session
@click.option("--output", default="speaker", show_default=True, metavar="NAME", help="speaker, or silent.")
@click.option("--device", metavar="NAME", help="Which speaker or headset; 'coach devices' lists them.")
@click.option("--delay", "delay_s", callback=_time, default="0s", metavar="TIME", help="Start later, e.g. 30s.")
@click.option("--plain", is_flag=True, help="Plain lines instead of a screen, and no questions.")
@click.option("--diary/--no-diary", default=True, help="Ask before and after, and keep the run in your diary.")
def play(**arguments: Any) -> int:  # noqa: ANN401 - the options as click parsed them
    """Play a session while you run; without one, say how you are and get a suggestion."""
    return _run("play", **arguments)


@coach.command()
@click.argument("session")
@_about_the_session
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="NUMBER", help="Where the page is; else any.")
@click.option("--browser/--no-browser", default=True, help="Open the page in your browser.")
def watch(**arguments: Any) -> int:  # noqa: ANN401 - the options as click parsed them
    """See and hear a session while you write it: each save is new at once."""
    return _run("watch", **arguments)


@coach.command()
@click.argument("session")
@click.option("--block", metavar="NUMBER|KIND", help="Only this block: 3 for the third, or body-scan.")
@click.option("--line", metavar="LINE", help="Only what stands in this line of the file, e.g. 42.")
@_about_the_session
@click.option("--output", default="speaker", show_default=True, metavar="NAME", help="speaker, silent or simpleaudio.")
@click.option("--device", metavar="NAME", help="Which speaker or headset; 'coach devices' lists them.")
def hear(**arguments: Any) -> int:  # noqa: ANN401 - the options as click parsed them
    """Play one part of a session now: a block, a line, or all of it."""
    return _run("hear", **arguments)


@coach.command()
@click.argument("name")
@click.option("--from", "source", metavar="SESSION", help="Begin with a copy of this session.")
@click.option("--form", type=click.Choice(["reset", "long", "intervals", "mindful", "trail"]), help="The kind of run.")
@click.option("--length", "length_s", callback=_time, metavar="TIME", help="How long it lasts, e.g. 25m.")
@click.option("--lang", "languages", metavar="nl,en", help="What it speaks; the first explains it, too.")
@click.option("--blocks", metavar="KIND,...", help="What it is made of, e.g. breathing,silence.")
@click.option("--ticks", type=click.Choice(["on", "off"]), help="Whether it ticks on your steps.")
@click.option("--yes", is_flag=True, help="Ask nothing; what is not said is as usual.")
def new(**arguments: Any) -> int:  # noqa: ANN401 - the options as click parsed them
    """Write a new session with comments; asks what you do not say."""
    return _run("new", **arguments)


@coach.command()
@click.argument("session")
@_about_the_session
@click.option("--html", type=A_PATH, metavar="FILE", help="Write it as a page to print.")
def script(**arguments: Any) -> int:  # noqa: ANN401 - the options as click parsed them
    """Print the lines of a session, to read them aloud."""
    return _run("script", **arguments)


@coach.command()
@click.argument("session")
@_about_the_session
@click.option("--to", "folder", type=A_PATH, metavar="FOLDER", help="Where to keep the lines.")
@click.option("--split", "take", type=A_PATH, metavar="FILE", help="Cut one long recording.")
@click.option("--device", metavar="NAME", help="Which microphone; a part of its name is enough.")
@click.option("--speaker", metavar="NAME", help="Who speaks.")
@click.option("--licence", metavar="TEXT", help="What others may do with the recordings.")
def record(**arguments: Any) -> int:  # noqa: ANN401 - the options as click parsed them
    """Record a session in your own voice, line by line or from one long take."""
    return _run("record", **arguments)


@coach.group(invoke_without_command=True)
@click.option("--lang", "language", metavar="nl|en", help="Only those that speak this language.")
@click.pass_context
def voices(context: click.Context, language: str | None) -> int | None:
    """Show what can speak here, and how to get a better voice."""
    return None if context.invoked_subcommand else _run("voices", language=language)


@voices.command("list")
@click.option("--lang", "language", metavar="nl|en", help="Only those that speak this language.")
@click.option("--available", is_flag=True, help="Those that can be added, instead of those that are here.")
def list_voices(language: str | None, available: bool) -> int:  # noqa: FBT001 - an option as click parsed it
    """Show what can speak here, or what can be added."""
    return _run("voices_available" if available else "voices", language=language)


@voices.command()
@click.argument("name")
@click.option("--from", "place", metavar="URL|FOLDER", help="Another place that has the voices.")
def add(name: str, place: str | None) -> int:
    """Get a voice by its name, or from a model's file."""
    return _run("voices_add", name=name, place=place)


@voices.command()
@click.argument("name")
def remove(name: str) -> int:
    """Remove a voice that was added."""
    return _run("voices_remove", name=name)


@voices.command("hear")
@click.argument("name")
@click.option("--lang", "language", metavar="nl|en", help="The language to hear it in.")
@click.option("--output", default="speaker", show_default=True, metavar="NAME", help="speaker, silent or simpleaudio.")
@click.option("--device", metavar="NAME", help="Which speaker or headset; 'coach devices' lists them.")
def hear_voice(**arguments: Any) -> int:  # noqa: ANN401 - the options as click parsed them
    """Hear a voice say a sentence."""
    return _run("voices_hear", **arguments)


@coach.command()
@click.option("--output", default="speaker", show_default=True, metavar="NAME", help="speaker, or silent.")
def devices(output: str) -> int:
    """Show the speakers and headphones that 'coach play' can use."""
    return _run("devices", output=output)


@coach.command()
@click.option("--csv", "as_table", is_flag=True, help="Write all of it as a table, for spreadsheets.")
@click.option("--json", "as_data", is_flag=True, help="Write all of it as JSON.")
@click.option("--where", is_flag=True, help="Tell where the diary is kept.")
def journal(**arguments: Any) -> int:  # noqa: ANN401 - the options as click parsed them
    """Show your diary: when you ran, and what felt lighter."""
    return _run("journal", **arguments)


@coach.command()
@click.option("--lang", "language", metavar="nl|en", help="The language to read.")
@click.option("--date", "day", callback=_day, metavar="DATE", help="A day of another week, e.g. 2026-11-20.")
@click.option("--picture", type=A_PATH, metavar="FILE", help="Draw it, as .svg or .png.")
def week(**arguments: Any) -> int:  # noqa: ANN401 - the options as click parsed them
    """Show your week: the runs in it, and your tension before and after."""
    return _run("week", **arguments)


@coach.command()
@click.option("--where", is_flag=True, help="Tell the address of the schema, as editors want it.")
def schema(*, where: bool) -> int:
    """Print the session format as a JSON Schema, for editors."""
    return _run("schema", where=where)


if __name__ == "__main__":
    sys.exit(main())

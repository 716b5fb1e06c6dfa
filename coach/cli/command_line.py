"""Command line: the commands and their options; each imports what it does from ``coach.commands`` when called."""

from pathlib import Path
from typing import Unpack

import click

import coach as package
from coach.cli.command_groups import journal, voices
from coach.cli.phone_commands import send
from coach.cli.render_commands import export, render
from coach.cli.shared_options import (
    A_PATH,
    LANGUAGE_CHOICES,
    SessionOptions,
    device_option,
    force_option,
    parse_time,
    request_session,
    session_options,
    sound_options,
)
from coach.cli.ui_language import UI_OPTION
from coach.languages import LANGUAGES
from coach.storage.log_file import CommandLog
from coach.translation import _

# Commands that may fail for reasons of the machine: they always write a log file.
LOGGED = frozenset({"devices", "export", "hear", "play", "record", "render", "send", "voices", "watch"})


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.option("-v", "--verbose", is_flag=True, help="Also print the log to standard error.")
@click.option(
    UI_OPTION, type=click.Choice(LANGUAGES), expose_value=False, help="The language of messages; else your computer's."
)
@click.version_option(
    package.__version__, prog_name="coach", message="%(prog)s, version %(version)s", help="Show the version and exit."
)
@click.pass_context
def coach(context: click.Context, *, verbose: bool) -> None:
    """A guided mindful-run audio coach: sessions in YAML, spoken cues and ticks exact to the sample."""
    log = context.find_object(CommandLog)
    if log is not None and (verbose or context.invoked_subcommand in LOGGED):
        log.start(verbose=verbose)


@coach.command("list")
def list_sessions() -> int:
    """List the sessions that come with the coach."""
    from coach.commands.list_sessions import run

    return run()


@coach.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option(
    "--format",
    "output_format",
    type=click.Choice(["full", "concise", "json", "github", "sarif"]),
    default="full",
    show_default=True,
    help="The format of the problems.",
)
@click.option("--select", multiple=True, metavar="CODE,...", help="Show only these: codes, errors, or advice.")
@click.option("--ignore", multiple=True, metavar="CODE,...", help="Show none of these: codes, errors, or advice.")
@click.option("--strict", is_flag=True, help="Exit with 1 for advice as well as for errors.")
@click.option("--fix", is_flag=True, help="Fix problems that have one certain fix; change nothing else.")
@click.option("--diff", is_flag=True, help="Show what --fix would change; write nothing.")
@click.option("--verbose", is_flag=True, help="Also say which words of blocks are left out or shortened to fit.")
def check(
    *,
    paths: tuple[str, ...],
    output_format: str,
    select: tuple[str, ...],
    ignore: tuple[str, ...],
    strict: bool,
    fix: bool,
    diff: bool,
    verbose: bool,
) -> int:
    """Show all problems of sessions, and how to fix them."""
    from coach.commands.check import CheckRequest, run

    return run(
        CheckRequest(
            paths=paths,
            output_format=output_format,
            select=select,
            ignore=ignore,
            strict=strict,
            fix=fix,
            diff=diff,
            verbose=verbose,
        )
    )


@coach.command()
@click.argument("paths", nargs=-1, required=True, metavar="PATH...")
@click.option("--check", is_flag=True, help="List the sessions that would change; write nothing.")
@click.option("--diff", is_flag=True, help="Show what would change; write nothing.")
def fmt(*, paths: tuple[str, ...], check: bool, diff: bool) -> int:
    """Format sessions: the order of keys, times and spaces. No word or comment changes."""
    from coach.commands.fmt import FormatRequest, run

    return run(FormatRequest(paths=paths, check=check, diff=diff))


@coach.command()
@click.argument("code", required=False)
def explain(*, code: str | None) -> int:
    """Explain a problem by its code, or list all codes."""
    from coach.commands.explain import run

    return run(code)


@coach.command()
@click.argument("session")
@sound_options
@click.option("--json", "as_json", is_flag=True, help="Print the exact plan as JSON.")
@click.option("--spoken", is_flag=True, help="Show how a voice gets each text, where it differs.")
@click.option("--picture", type=A_PATH, metavar="FILE", help="Draw it as .svg or .png, or as .html that plays.")
@force_option
def plan(
    *, session: str, as_json: bool, spoken: bool, picture: Path | None, force: bool, **options: Unpack[SessionOptions]
) -> int:
    """Show the timeline: what is heard, and when."""
    from coach.commands.plan import PlanRequest, run

    wanted = request_session(session, **options)
    return run(PlanRequest(session=wanted, as_json=as_json, spoken=spoken, picture=picture, force=force))


@coach.command()
@click.argument("session", required=False)
@sound_options
@click.option("--output", default="speaker", show_default=True, metavar="NAME", help="speaker, or silent.")
@device_option
@click.option("--delay", "delay_s", callback=parse_time, default="0s", metavar="TIME", help="Start later, e.g. 30s.")
@click.option("--plain", is_flag=True, help="Plain lines instead of a screen, and no questions.")
@click.option("--diary/--no-diary", default=True, help="Ask before and after, and keep the run in your diary.")
def play(
    *,
    session: str | None,
    output: str,
    device: str | None,
    delay_s: float,
    plain: bool,
    diary: bool,
    **options: Unpack[SessionOptions],
) -> int:
    """Play a session while you run; without one, answer a few questions and get a suggestion."""
    from coach.commands.play import FIRST_SESSION, PlayRequest, run

    return run(
        PlayRequest(
            session=request_session(session or FIRST_SESSION, **options),
            is_named=session is not None,
            output=output,
            device=device,
            delay_s=delay_s,
            plain=plain,
            diary=diary,
        )
    )


@coach.command()
@click.argument("session")
@sound_options
@click.option("--port", type=click.IntRange(0, 65535), default=0, metavar="NUMBER", help="The page's port; 0 for any.")
@click.option("--browser/--no-browser", default=True, help="Open the page in your browser.")
def watch(*, session: str, port: int, browser: bool, **options: Unpack[SessionOptions]) -> int:
    """Show and play a session while you write it; each save is shown at once."""
    from coach.commands.watch import WatchRequest, run

    return run(WatchRequest(session=request_session(session, **options), port=port, browser=browser))


@coach.command()
@click.argument("session", required=False)
@click.option("--word", metavar="WORD", help="A word as each voice says it, or as --voice does; by SESSION's say-as.")
@click.option("--block", metavar="NUMBER|KIND", help="Only this block: 3 for the third, or body-scan.")
@click.option("--line", metavar="LINE", help="Only what is on this line of the file, e.g. 42.")
@sound_options
@click.option("--output", default="speaker", show_default=True, metavar="NAME", help="speaker, silent or simpleaudio.")
@device_option
def hear(
    *,
    session: str | None,
    word: str | None,
    block: str | None,
    line: str | None,
    output: str,
    device: str | None,
    **options: Unpack[SessionOptions],
) -> int:
    """Play one part of a session: a block, a line, or all of it; or one word in each voice."""
    if session is None and word is None:
        raise click.UsageError(_("name the session to hear, or a word with --word"))
    from coach.commands.hear import HearRequest, run, run_word

    wanted = request_session(session or "", **options)
    request = HearRequest(session=wanted, block=block, line=line, output=output, device=device)
    return run(request) if word is None else run_word(request, word)


@coach.command()
@click.argument("name")
@click.option("--from", "source", metavar="SESSION", help="Begin with a copy of this session.")
@click.option("--form", type=click.Choice(["reset", "long", "intervals", "mindful", "trail"]), help="The kind of run.")
@click.option("--length", "length_s", callback=parse_time, metavar="TIME", help="How long it lasts, e.g. 25m.")
@click.option(
    "--lang", "languages", metavar=",".join(LANGUAGES), help="Its languages; the first is that of its comments."
)
@click.option("--blocks", metavar="KIND,...", help="The kinds of its blocks, e.g. breathing,silence.")
@click.option("--ticks", type=click.Choice(["on", "off"]), help="Whether it ticks on your steps.")
@click.option("--yes", is_flag=True, help="Ask nothing; use the defaults.")
def new(
    *,
    name: str,
    source: str | None,
    form: str | None,
    length_s: float | None,
    languages: str | None,
    blocks: str | None,
    ticks: str | None,
    yes: bool,
) -> int:
    """Write a new session with comments; asks what the options leave open."""
    from coach.commands.new import NewRequest, run

    return run(
        NewRequest(
            name=name,
            source=source,
            form=form,
            length_s=length_s,
            languages=languages,
            blocks=blocks,
            ticks=ticks,
            yes=yes,
        )
    )


@coach.command()
@click.argument("session")
@session_options
@click.option("--html", type=A_PATH, metavar="FILE", help="Write it as a page to print.")
@click.option("--spoken", is_flag=True, help="Show how a voice gets each line, where it differs.")
@click.option("--json", "as_json", is_flag=True, help="Print each line, and how a voice gets it, as JSON.")
@force_option
def script(
    *, session: str, html: Path | None, spoken: bool, as_json: bool, force: bool, **options: Unpack[SessionOptions]
) -> int:
    """Print the lines of a session to read aloud."""
    from coach.commands.script import ScriptRequest, run

    wanted = request_session(session, **options)
    return run(ScriptRequest(session=wanted, html=html, spoken=spoken, as_json=as_json, force=force))


@coach.command()
@click.argument("session")
@session_options
@click.option("--to", "folder", type=A_PATH, metavar="FOLDER", help="Where to write the recordings.")
@click.option("--split", "take", type=A_PATH, metavar="FILE", help="Cut one long recording into lines.")
@click.option("--device", metavar="NAME", help="A microphone; a part of its name is enough.")
@click.option("--speaker", metavar="NAME", help="The name of the speaker.")
@click.option("--licence", metavar="TEXT", help="What others may do with the recordings.")
def record(
    *,
    session: str,
    folder: Path | None,
    take: Path | None,
    device: str | None,
    speaker: str | None,
    licence: str | None,
    **options: Unpack[SessionOptions],
) -> int:
    """Record a session in your own voice, line by line or from one long take."""
    from coach.commands.record import RecordRequest, run

    return run(
        RecordRequest(
            session=request_session(session, **options),
            folder=folder,
            take=take,
            device=device,
            speaker=speaker,
            licence=licence,
        )
    )


@coach.command()
@click.option("--output", default="speaker", show_default=True, metavar="NAME", help="speaker, or silent.")
def devices(*, output: str) -> int:
    """List the speakers and headphones that 'coach play' can use."""
    from coach.commands.devices import run

    return run(output)


@coach.command()
@click.option("--lang", "language", metavar=LANGUAGE_CHOICES, help="The language of the text.")
@click.option("--date", metavar="DATE", help="A day of another week, e.g. 2026-11-20, or last monday.")
@click.option("--picture", type=A_PATH, metavar="FILE", help="Draw it to a .svg or .png file.")
@force_option
def week(*, language: str | None, date: str | None, picture: Path | None, force: bool) -> int:
    """Show your week: the runs in it, and your tension before and after."""
    from coach.commands.week import WeekRequest, run

    return run(WeekRequest(language=language, date=date, picture=picture, force=force))


@coach.command()
@click.option("--where", is_flag=True, help="Print the URL of the schema file, for the settings of an editor.")
def schema(*, where: bool) -> int:
    """Print the session format as a JSON Schema, for editors."""
    from coach.commands.schema import run

    return run(where=where)


coach.add_command(export)
coach.add_command(journal)
coach.add_command(render)
coach.add_command(send)
coach.add_command(voices)

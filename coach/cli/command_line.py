"""Command line: the program, and where each command and its options are declared; that is imported when it is used."""

from functools import partial
from importlib import import_module

import click

import coach as package
from coach.cli.lazy_commands import LazyCommands
from coach.cli.ui_language import UI_OPTION
from coach.languages import LANGUAGES
from coach.storage.log_file import CommandLog

COMMANDS = {
    "check": "coach.cli.check_commands.check",
    "devices": "coach.cli.play_commands.devices",
    "explain": "coach.cli.check_commands.explain",
    "export": "coach.cli.render_commands.export",
    "fmt": "coach.cli.check_commands.fmt",
    "hear": "coach.cli.play_commands.hear",
    "journal": "coach.cli.journal_commands.journal",
    "list": "coach.cli.plan_commands.list_sessions",
    "new": "coach.cli.authoring_commands.new",
    "plan": "coach.cli.plan_commands.plan",
    "play": "coach.cli.play_commands.play",
    "record": "coach.cli.authoring_commands.record",
    "render": "coach.cli.render_commands.render",
    "schema": "coach.cli.check_commands.schema",
    "script": "coach.cli.plan_commands.script",
    "send": "coach.cli.phone_commands.send",
    "voices": "coach.cli.voice_commands.voices",
    "watch": "coach.cli.authoring_commands.watch",
    "week": "coach.cli.journal_commands.week",
}
"""Where each command is declared: to declare all of them takes 7 % of a cached check."""

# Commands that may fail for reasons of the machine: they always write a log file.
LOGGED = frozenset({"devices", "export", "hear", "play", "record", "render", "send", "voices", "watch"})


def _import_command(path: str) -> click.Command:
    module, _dot, name = path.rpartition(".")
    command: click.Command = getattr(import_module(module), name)
    return command


@click.group(
    commands=LazyCommands({name: partial(_import_command, path) for name, path in COMMANDS.items()}),
    context_settings={"help_option_names": ["-h", "--help"]},
)
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

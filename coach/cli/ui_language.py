"""Language of the user interface: the option that chooses it, and in it the help of commands and what click says."""

import inspect
import sys
from collections.abc import Iterator, Mapping, Sequence
from copy import copy
from functools import partial
from typing import TypeVar

import click

from coach.cli.lazy_commands import LazyCommands
from coach.languages import LANGUAGES, detect_ui_language
from coach.translation import _, get_language, mark_message, set_language

UI_OPTION = "--ui"

CLICK_MESSAGES = (
    mark_message("Usage:"),
    mark_message("Options"),
    mark_message("Commands"),
    mark_message("Show this message and exit."),
    mark_message("default: {default}"),
    mark_message("required"),
    mark_message("Error: {message}"),
    mark_message("Try '{command} {option}' for help."),
    mark_message("Missing command."),
    mark_message("Missing argument"),
    mark_message("Missing option"),
    mark_message("No such command {name!r}."),
    mark_message("No such option {name!r}."),
    mark_message("No such option: {name}"),
    mark_message("Did you mean {possibility}?"),
    mark_message("(Did you mean one of: {possibilities}?)"),
    mark_message("(Possible options: {possibilities})"),
    mark_message("Option {name!r} requires an argument."),
    mark_message("Option {name!r} does not take a value."),
    mark_message("Got unexpected extra argument ({args})"),
    mark_message("Got unexpected extra arguments ({args})"),
    mark_message("Invalid value: {message}"),
    mark_message("Invalid value for {param_hint}: {message}"),
    mark_message("{value!r} is not {choice}."),
    mark_message("{value!r} is not one of {choices}."),
    mark_message("{value!r} is not a valid {number_type}."),
    mark_message("{value} is not in the range {range}."),
    mark_message("text"),
    mark_message("integer range"),
    mark_message("float range"),
)
"""What the versions of click say that our commands can show."""

_AnyCommand = TypeVar("_AnyCommand", bound=click.Command)


def choose_ui_language(arguments: Sequence[str]) -> None:
    """Choose the language of messages: that of ``--ui``, else of COACH_LANG, else of the computer.

    Modules of click import gettext's functions by name, and gettext knows no catalog that a program chooses.
    """
    asked = _split_ui_option(arguments)[0][-1:]
    set_language(asked[0] if asked and asked[0] in LANGUAGES else detect_ui_language())
    if get_language() != "en":
        for module in [module for name, module in sys.modules.items() if name.startswith("click.")]:
            if "_" in vars(module):
                vars(module).update({"_": _, "ngettext": _choose_plural})


def _choose_plural(one: str, many: str, number: int) -> str:
    return _(one if number == 1 else many)


def put_ui_option_first(arguments: Sequence[str]) -> list[str]:
    """Put ``--ui``, which may stand anywhere in a command, where click knows it: before the command."""
    option, rest = _split_ui_option(arguments)
    return [f"{UI_OPTION}={value}" for value in option] + rest


def _split_ui_option(arguments: Sequence[str]) -> tuple[list[str], list[str]]:
    """Split arguments into the values of ``--ui`` and all others, as far as a ``--``."""
    values: list[str] = []
    rest: list[str] = []
    remaining: Iterator[str] = iter(arguments)
    for argument in remaining:
        if argument == "--":
            return values, [*rest, argument, *remaining]
        if argument.startswith(f"{UI_OPTION}="):
            values.append(argument.partition("=")[2])
        elif argument == UI_OPTION and (value := next(remaining, None)) is not None:
            values.append(value)
        else:
            rest.append(argument)
    return values, rest


def translate_command(command: _AnyCommand) -> _AnyCommand:
    """Copy a command with all that its help and its errors show, in the language of the user interface."""
    if get_language() == "en":
        return command
    shown = copy(command)
    shown.help = _(inspect.cleandoc(command.help or ""))
    shown.options_metavar = _(command.options_metavar or "")
    shown.params = [_translate_parameter(parameter) for parameter in command.params]
    if isinstance(shown, click.Group):
        shown.subcommand_metavar = _(shown.subcommand_metavar)
        commands = shown.commands
        shown.commands = LazyCommands({name: partial(_translate_one, commands, name) for name in commands})
    return shown


def _translate_one(commands: Mapping[str, click.Command], name: str) -> click.Command:
    return translate_command(commands[name])


def _translate_parameter(parameter: click.Parameter) -> click.Parameter:
    shown = copy(parameter)
    if not isinstance(parameter.type, click.Choice):
        shown.type = copy(parameter.type)
        shown.type.name = _(parameter.type.name)
    if metavar := _find_metavar(parameter):
        shown.metavar = _(metavar) if parameter.required or parameter.metavar else f"[{_(metavar)}]"
    if isinstance(shown, click.Option):
        shown.help = _(shown.help or "")
    return shown


def _find_metavar(parameter: click.Parameter) -> str:
    """Find the name of a value in the help; that of an argument is its own where it has no other."""
    return parameter.metavar or ((parameter.name or "").upper() if isinstance(parameter, click.Argument) else "")


def list_help_messages(command: click.Command) -> Iterator[str]:
    """List what `translate_command` looks up, for the catalog."""
    yield inspect.cleandoc(command.help or "")
    yield command.options_metavar or ""
    for parameter in command.params:
        yield _find_metavar(parameter)
        if isinstance(parameter, click.Option):
            yield parameter.help or ""
    if isinstance(command, click.Group):
        yield command.subcommand_metavar
        for each in command.commands.values():
            yield from list_help_messages(each)

"""The page of all commands and their options, from their help."""

from collections.abc import Iterator

import click

from coach.cli import coach
from handbook.markdown import page, table

_INTRODUCTION = (
    "What each command does, and its options. `coach COMMAND --help` shows the same in the terminal. `SESSION` is the"
    " name of a session that comes with the coach, or the path of a file."
)


def commands() -> str:
    """Write the page of all commands."""
    return page("Commands", _INTRODUCTION, *_sections("coach", coach))


def _sections(name: str, command: click.Command) -> Iterator[str]:
    if name != "coach":
        yield _section(name, command)
    if isinstance(command, click.Group):
        for each in sorted(command.commands.values(), key=lambda each: each.name or ""):
            yield from _sections(f"{name} {each.name}", each)


def _section(name: str, command: click.Command) -> str:
    # Under the program, as click keeps the help option that a command has where it is first asked for.
    parent = click.Context(coach, info_name="coach", **coach.context_settings)
    context = click.Context(command, info_name=name, parent=parent)
    usage = " ".join([name, *command.collect_usage_pieces(context)])
    records = [
        record
        for option in command.get_params(context)
        if isinstance(option, click.Option)
        and "--help" not in option.opts
        and (record := option.get_help_record(context))
    ]
    options = table(("option", "does"), [(f"`{names}`", _plain(does)) for names, does in records])
    return "\n\n".join([f"## {name}", f"`{usage}`", command.help or "", *([options] * bool(records))])


def _plain(text: str) -> str:
    """Escape brackets, which would be taken for links."""
    return text.replace("[", r"\[").replace("]", r"\]").replace("  ", " ")

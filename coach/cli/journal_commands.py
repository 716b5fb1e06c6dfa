"""Commands about your runs: `coach journal`, with commands of its own, and `coach week`."""

from pathlib import Path
from typing import TYPE_CHECKING, TypedDict, Unpack

import click

from coach.cli.shared_options import A_PATH, LANGUAGE_CHOICES, Command, force_option

if TYPE_CHECKING:
    from coach.commands.journal import RunOptions


@click.group("journal", invoke_without_command=True)
@click.option("--csv", "as_csv", is_flag=True, help="Write all of it as CSV, for spreadsheets.")
@click.option("--json", "as_json", is_flag=True, help="Write all of it as JSON.")
@click.option("--where", is_flag=True, help="Print the path of the diary.")
@click.option("--lang", "language", metavar=LANGUAGE_CHOICES, help="The language of the headings, and of the CSV.")
@click.pass_context
def journal(context: click.Context, *, as_csv: bool, as_json: bool, where: bool, language: str | None) -> int | None:
    """Show your diary: when you ran, and what felt lighter."""
    if context.invoked_subcommand:
        return None
    from coach.commands.journal import JournalRequest, run

    return run(JournalRequest(as_csv=as_csv, as_json=as_json, where=where, language=language))


class EntryOptions(TypedDict):
    """The options of a run in the diary, as click passes them to a command."""

    date: str | None
    ran: str | None
    session: str | None
    title: str | None
    tension_before: str | None
    tension_after: str | None
    need: str | None
    lighter: str | None


def entry_options(command: Command) -> Command:
    """Add the options that tell of a run."""
    for option in reversed(
        [
            click.option("--date", metavar="WHEN", help="When you began: 'yesterday 18:30', 2026-11-20."),
            click.option("--ran", "--length", "ran", metavar="TIME", help="How long you ran, e.g. 25m."),
            click.option("--session", metavar="SESSION", help="The session you listened to."),
            click.option("--title", metavar="TEXT", help="What to call the run."),
            click.option("--tension-before", metavar="1-10", help="Your tension before: 1 is calm."),
            click.option("--tension-after", metavar="1-10", help="Your tension afterwards."),
            click.option("--need", metavar="NEED", help="movement, silence, rhythm or fresh-air."),
            click.option("--lighter", metavar="TEXT", help="What feels lighter, in your words."),
            click.option("--lang", "language", metavar=LANGUAGE_CHOICES, help="The language of the questions."),
        ]
    ):
        command = option(command)
    return command


def _make_options(options: EntryOptions) -> "RunOptions":
    from coach.commands.journal import RunOptions

    return RunOptions(**options)


@journal.command("add")
@entry_options
def add_run(*, language: str | None, **options: Unpack[EntryOptions]) -> int:
    """Add a run, such as one with your phone; without options you are asked."""
    from coach.commands.journal import AddRequest, add

    return add(AddRequest(options=_make_options(options), language=language))


@journal.command("edit")
@click.argument("run_id", metavar="ID")
@entry_options
def edit_run(*, run_id: str, language: str | None, **options: Unpack[EntryOptions]) -> int:
    """Change a run, by the first signs of its id; - empties an answer. Without options you are asked."""
    from coach.commands.journal import EditRequest, edit

    return edit(EditRequest(run_id=run_id, options=_make_options(options), language=language))


@journal.command("delete")
@click.argument("run_ids", nargs=-1, required=True, metavar="ID...")
@click.option("--yes", is_flag=True, help="Delete without asking.")
@click.option("--lang", "language", metavar=LANGUAGE_CHOICES, help="The language of the question.")
def delete_runs(*, run_ids: tuple[str, ...], yes: bool, language: str | None) -> int:
    """Delete runs, by the first signs of their ids, after asking."""
    from coach.commands.journal import DeleteRequest, delete

    return delete(DeleteRequest(run_ids=run_ids, yes=yes, language=language))


@journal.command("export")
@click.argument("file", type=A_PATH, metavar="FILE")
@click.option("--lang", "language", metavar=LANGUAGE_CHOICES, help="The language of your spreadsheet program.")
@click.option("--force", is_flag=True, help="Replace a file that exists.")
def export_runs(*, file: Path, language: str | None, force: bool) -> int:
    """Write all of it to a .csv, .xlsx or .json file."""
    from coach.commands.journal_files import ExportRequest, export

    return export(ExportRequest(file=file, language=language, force=force))


@journal.command("import")
@click.argument("file", type=A_PATH, metavar="FILE")
@click.option("--replace", is_flag=True, help="Let runs that differ take what the file says.")
def import_runs(*, file: Path, replace: bool) -> int:
    """Add the runs of a .csv, .xlsx or .json file, each once; all of them or none."""
    from coach.commands.journal_files import ImportRequest, import_file

    return import_file(ImportRequest(file=file, replace=replace))


@click.command()
@click.option("--lang", "language", metavar=LANGUAGE_CHOICES, help="The language of the text.")
@click.option("--date", metavar="DATE", help="A day of another week, e.g. 2026-11-20, or last monday.")
@click.option("--picture", type=A_PATH, metavar="FILE", help="Draw it to a .svg or .png file.")
@force_option
def week(*, language: str | None, date: str | None, picture: Path | None, force: bool) -> int:
    """Show your week: the runs in it, and your tension before and after."""
    from coach.commands.week import WeekRequest, run

    return run(WeekRequest(language=language, date=date, picture=picture, force=force))

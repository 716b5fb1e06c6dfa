"""`coach journal export` and `import`: the runs of the diary as a file."""

import os
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import click

from coach.errors import ExitCode, ExternalError, UsageError
from coach.journal.diary import Diary, ImportedRun, Run, RunMerge, find_own_diary, merge_runs
from coach.journal.export_runs import runs_to_csv, runs_to_json, runs_to_xlsx
from coach.languages import detect_own_language, find_language
from coach.storage.atomic_write import write_atomically
from coach.text.console import echo_line
from coach.text.sanitize import escape_control_characters
from coach.translation import _, get_language

ENDINGS = (".csv", ".xlsx", ".json")


@dataclass(frozen=True, kw_only=True, slots=True)
class ExportRequest:
    """A file to write all runs to, by its ending; and whether an existing one is replaced."""

    file: Path
    language: str | None
    force: bool


def export(request: ExportRequest) -> int:
    """Write all runs to a file."""
    ending = request.file.suffix.lower()
    if ending not in ENDINGS:
        raise UsageError(
            _("cannot export to {file}: the name must end in .csv, .xlsx or .json", file=request.file.name)
        )
    if os.path.lexists(request.file) and not request.force:
        raise UsageError(_("{file} exists; --force replaces it", file=request.file))
    words = find_language(request.language or detect_own_language()).journal.table
    runs = find_own_diary().read_runs()
    if ending == ".xlsx":
        data = runs_to_xlsx(runs, words)
    else:
        data = (runs_to_csv(runs, words) if ending == ".csv" else runs_to_json(runs)).encode()
    with write_atomically(request.file) as unfinished:
        unfinished.write_bytes(data)
    click.echo(str(request.file))
    return ExitCode.OK


@dataclass(frozen=True, kw_only=True, slots=True)
class ImportRequest:
    """A file of runs; and whether runs that differ take what it says."""

    file: Path
    replace: bool


def import_file(request: ImportRequest) -> int:
    """Add the runs of a file to the diary: all of them, or none."""
    from coach.journal.import_runs import read_run_file  # noqa: PLC0415 - only here

    read = read_run_file(request.file)
    for line in (*read.faults, *read.notices):
        click.echo(escape_control_characters(line), err=True)
    if read.faults:
        raise ExternalError(
            _("nothing was imported"), help=_("correct {file}, and import it again", file=request.file.name)
        )
    done = _merge_into(find_own_diary(), read.runs, detect_own_language(), is_replacing=request.replace)
    words = find_language(get_language()).journal.entry
    echo_line(words.imported.format(added=done.added, same=done.same))
    if done.differing:
        echo_line((words.replaced if request.replace else words.differing).format(count=done.differing))
    return ExitCode.OK


def _merge_into(diary: Diary, runs: Sequence[ImportedRun], language: str, *, is_replacing: bool) -> RunMerge:
    merges: list[RunMerge] = []

    def choose(existing: Sequence[Run]) -> Sequence[Run]:
        merges.append(merge_runs(runs, existing, language=language, is_replacing=is_replacing))
        return merges[0].kept

    diary.merge(choose)
    return merges[0]

"""`coach script`: print the lines of a session to read aloud."""

import json
from dataclasses import dataclass
from pathlib import Path

import click

from coach.errors import ExitCode
from coach.services.session_preparation import plan_by_estimate
from coach.services.session_reading import SessionRequest
from coach.services.session_render import replace_own_file
from coach.text.console import echo_line
from coach.text.sanitize import clean_text
from coach.translation import _
from coach.voice_recording.script_lines import (
    collect_lines,
    collect_written_lines,
    script_to_html,
    script_to_json,
    script_to_text,
)


@dataclass(frozen=True, kw_only=True, slots=True)
class ScriptRequest:
    """A session to read aloud; with ``html``, a file to write it to as a page.

    ``spoken`` shows how a voice gets each line, where that differs; ``as_json`` prints both. ``force`` replaces a file
    that the coach did not make.
    """

    session: SessionRequest
    html: Path | None
    spoken: bool
    as_json: bool
    force: bool


def run(request: ScriptRequest) -> int:
    """Print the lines, or write them as a page to print."""
    plan = plan_by_estimate(request.session)
    timeline, spoken = plan.timeline, request.spoken
    script = collect_written_lines(plan) if spoken or request.as_json else collect_lines(plan)
    if request.html is not None:
        with replace_own_file(request.html, "--html", force=request.force) as unfinished:
            page = script_to_html(timeline.title, timeline.language, script, spoken=spoken)
            unfinished.write_text(page, encoding="utf-8", newline="\n")
        told = _(
            "wrote {file}: {count} lines to read; print it, or open it in a browser",
            file=request.html,
            count=len(script),
        )
        click.echo(told, err=request.as_json)
    if request.as_json:
        click.echo(json.dumps(script_to_json(timeline.language, script), ensure_ascii=False, indent=1))
    elif request.html is None:
        for line in script_to_text(timeline.title, script, spoken=spoken).split("\n"):
            echo_line(_clean_line(line))
    return ExitCode.OK


def _clean_line(line: str) -> str:
    """Remove control characters from a line, but keep its indentation."""
    return line[: len(line) - len(line.lstrip())] + clean_text(line)

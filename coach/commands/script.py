"""`coach script`: the lines of a session to read aloud."""

from pathlib import Path
from typing import Any

import click

from coach.audio.soundbank import bell_length_s
from coach.commands import opening
from coach.commands.production import Request, wish_for
from coach.commands.terminal import say
from coach.outputs.atomic import write_text
from coach.play.screen.cells import clean
from coach.speech import Measure
from coach.studio.lines import lines_of
from coach.studio.sheet import as_html, as_text
from coach.timeline.compile import compile_plan
from coach.timeline.plan import Plan
from coach.voices.estimate import estimate


def run(*, html: Path | None, **options: Any) -> int:  # noqa: ANN401 - the fields of a Request
    """Print the lines, or write them as a page to print."""
    plan = planned(Request(**options))
    title, script = plan.timeline.title, lines_of(plan)
    if html is None:
        for line in as_text(title, script).split("\n"):
            say(_indented(line))
        return 0
    write_text(html, as_html(title, plan.timeline.language, script))
    click.echo(f"wrote {html}: {len(script)} lines to read; print it, or open it in a browser")
    return 0


def planned(request: Request, measure: Measure = estimate) -> Plan:
    """A session, planned without a voice.

    Raises:
        SessionError: the session has errors, or cannot be timed.
        UsageError: there is no such session or language.
    """
    session = opening.load(request.session, request.values)
    return compile_plan(session, wish_for(session, request), measure, bell_length_s)


def _indented(line: str) -> str:
    return line[: len(line) - len(line.lstrip())] + clean(line)

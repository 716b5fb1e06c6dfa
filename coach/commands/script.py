"""`coach script`: the lines of a session to read aloud."""

from pathlib import Path
from typing import Any

import click

from coach.audio.soundbank import bell_length_s
from coach.services import session_preparation
from coach.services.session_preparation import SessionRequest, wish_for
from coach.storage.atomic_write import write_text
from coach.text.cell_width import clean_text
from coach.text.console import echo_line
from coach.timeline.compile import compile_plan
from coach.timeline.schedule import Plan
from coach.utterance import Measure
from coach.voice_recording.script_lines import lines_of, script_to_html, script_to_text
from coach.voices.duration_estimate import estimate


def run(*, html: Path | None, **options: Any) -> int:  # noqa: ANN401 - the fields of a Request
    """Print the lines, or write them as a page to print."""
    plan = planned(SessionRequest(**options))
    title, script = plan.timeline.title, lines_of(plan)
    if html is None:
        for line in script_to_text(title, script).split("\n"):
            echo_line(_indented(line))
        return 0
    write_text(html, script_to_html(title, plan.timeline.language, script))
    click.echo(f"wrote {html}: {len(script)} lines to read; print it, or open it in a browser")
    return 0


def planned(request: SessionRequest, measure: Measure = estimate) -> Plan:
    """A session, planned without a voice.

    Raises:
        SessionError: the session has errors, or cannot be timed.
        UsageError: there is no such session or language.
    """
    session = session_preparation.load(request.session, request.values)
    return compile_plan(session, wish_for(session, request), measure, bell_length_s)


def _indented(line: str) -> str:
    return line[: len(line) - len(line.lstrip())] + clean_text(line)

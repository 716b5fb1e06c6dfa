"""`coach plan`: what will be heard, and when."""

import json
from pathlib import Path
from typing import Any

import click

from coach.charts.timeline_chart import lay_out_timeline
from coach.services.save_picture import print_timeline, save_picture
from coach.services.session_preparation import SessionRequest, prepare_session
from coach.services.voice_selection import tell, words_of
from coach.text.console import echo_line, progress
from coach.timeline.plan_format import timeline_to_json as plan_as_json
from coach.timeline.plan_format import timeline_to_text
from coach.timeline.timeline import Timeline

PAGE = ".html"


def run(*, as_json: bool, picture: Path | None, **request: Any) -> int:  # noqa: ANN401 - the fields of a Request
    """Print the plan, as text or JSON, or draw it."""
    if picture is not None and picture.suffix.lower() == PAGE:
        timeline = _paged(picture, SessionRequest(**request))
    else:
        with prepare_session(SessionRequest(**request)) as production:
            timeline = production.timeline
            tell(production.booth, words_of(timeline))
        if picture is not None:
            save_picture(lay_out_timeline(timeline), picture, others=[PAGE])
    if picture is not None:
        click.echo(f"drew {picture}", err=as_json)
    if as_json:
        click.echo(json.dumps(plan_as_json(timeline), ensure_ascii=False, indent=1))
    elif picture is None:
        _show(timeline)
    return 0


def _show(timeline: Timeline) -> None:
    """What it is, its picture, and then all of it, block by block."""
    facts, listing = timeline_to_text(timeline).split("\n", 1)
    echo_line(facts + "\n")
    print_timeline(timeline)
    echo_line(listing)


def _paged(target: Path, request: SessionRequest) -> Timeline:
    """Write the page that plays, which takes as long as a rendering, so it is shown how far it is."""
    from coach.services.save_picture import save_page  # noqa: PLC0415 - mixing and encoding are needed here alone

    with progress(target.name) as shown, prepare_session(request, shown.speech) as production:
        save_page(production, target, shown)
        tell(production.booth, words_of(production.timeline))
    return production.timeline

"""`coach plan`: what will be heard, and when."""

import json
from pathlib import Path
from typing import Any

import click

from coach.commands.casting import tell, words_of
from coach.commands.drawing import draw
from coach.commands.painting import show_strip
from coach.commands.production import Request, produced
from coach.commands.progress import progress
from coach.commands.terminal import say
from coach.pictures.layout import layout
from coach.timeline.as_json import as_json as plan_as_json
from coach.timeline.as_text import as_text
from coach.timeline.types import Timeline

PAGE = ".html"


def run(*, as_json: bool, picture: Path | None, **request: Any) -> int:  # noqa: ANN401 - the fields of a Request
    """Print the plan, as text or JSON, or draw it."""
    if picture is not None and picture.suffix.lower() == PAGE:
        timeline = _paged(picture, Request(**request))
    else:
        with produced(Request(**request)) as production:
            timeline = production.timeline
            tell(production.booth, words_of(timeline))
        if picture is not None:
            draw(layout(timeline), picture, others=[PAGE])
    if picture is not None:
        click.echo(f"drew {picture}", err=as_json)
    if as_json:
        click.echo(json.dumps(plan_as_json(timeline), ensure_ascii=False, indent=1))
    elif picture is None:
        _show(timeline)
    return 0


def _show(timeline: Timeline) -> None:
    """What it is, its picture, and then all of it, block by block."""
    facts, listing = as_text(timeline).split("\n", 1)
    say(facts + "\n")
    show_strip(timeline)
    say(listing)


def _paged(target: Path, request: Request) -> Timeline:
    """Write the page that plays, which takes as long as a rendering, so it is shown how far it is."""
    from coach.commands.paging import write_page  # noqa: PLC0415 - mixing and encoding are needed here alone

    with progress(target.name) as shown, produced(request, shown.speech) as production:
        write_page(production, target, shown)
        tell(production.booth, words_of(production.timeline))
    return production.timeline

"""`coach plan`: what will be heard, and when."""

import json
from pathlib import Path
from typing import Any

import click

from coach.commands.production import Request, produced
from coach.errors import UsageError
from coach.outputs.atomic import atomic
from coach.pictures.png import png
from coach.pictures.svg import svg
from coach.timeline.as_json import as_json as plan_as_json
from coach.timeline.as_text import as_text
from coach.timeline.types import Timeline

PICTURES = {".svg": lambda timeline: svg(timeline).encode(), ".png": png}


def run(*, as_json: bool, picture: Path | None, **request: Any) -> int:  # noqa: ANN401 - the fields of a Request
    """Print the plan, as text or JSON, or draw it."""
    with produced(Request(**request)) as production:
        timeline = production.timeline
    if picture is not None:
        draw(timeline, picture)
        click.echo(f"drew {picture}", err=as_json)
    if as_json:
        click.echo(json.dumps(plan_as_json(timeline), ensure_ascii=False, indent=1))
    elif picture is None:
        click.echo(as_text(timeline))
    return 0


def draw(timeline: Timeline, target: Path) -> None:
    """Draw a timeline to a file, by its ending."""
    drawing = PICTURES.get(target.suffix.lower())
    if drawing is None:
        raise UsageError(f"cannot draw {target.name}: a picture ends in {' or '.join(PICTURES)}")
    with atomic(target) as unfinished:
        unfinished.write_bytes(drawing(timeline))

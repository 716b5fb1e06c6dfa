"""`coach plan`: the timeline of a session, printed or drawn."""

import json
from dataclasses import dataclass, replace
from pathlib import Path

import click

from coach.charts.timeline_chart import lay_out_timeline
from coach.errors import ExitCode
from coach.services.save_picture import PICTURE_OPTION, print_timeline, save_page, save_picture
from coach.services.session_preparation import list_utterances, prepare_session, print_missing_lines
from coach.services.session_reading import SessionRequest
from coach.text.console import echo_line, show_progress
from coach.timeline.timeline import Timeline, show_spoken, timeline_to_json, timeline_to_text
from coach.translation import _

PAGE = ".html"


@dataclass(frozen=True, kw_only=True, slots=True)
class PlanRequest:
    """A session to plan, and how to show the plan: as text, as JSON, or drawn to a file.

    ``spoken`` shows how a voice gets each text, where that differs from how it is written. ``force`` replaces a file
    that the coach did not make.
    """

    session: SessionRequest
    as_json: bool
    spoken: bool
    picture: Path | None
    force: bool


def run(request: PlanRequest) -> int:
    """Print the plan, or draw it."""
    picture = request.picture
    if picture is not None and picture.suffix.lower() == PAGE:
        timeline = _save_page(picture, request)
    else:
        with prepare_session(request.session) as prepared:
            timeline = prepared.timeline
            print_missing_lines(prepared.speech_service, list_utterances(timeline))
        if picture is not None:
            shown = show_spoken(timeline) if request.spoken else timeline
            save_picture(lay_out_timeline(shown), picture, force=request.force, others=[PAGE])
    if picture is not None:
        click.echo(_("drew {file}", file=picture), err=request.as_json)
    if request.as_json:
        click.echo(json.dumps(timeline_to_json(timeline, spoken=request.spoken), ensure_ascii=False, indent=1))
    elif picture is None:
        _print_plan(show_spoken(timeline) if request.spoken else timeline)
    return ExitCode.OK


def _print_plan(timeline: Timeline) -> None:
    """Print its facts, its chart, and then all events, block by block."""
    facts, listing = timeline_to_text(timeline).split("\n", 1)
    echo_line(facts + "\n")
    print_timeline(timeline)
    echo_line(listing)


def _save_page(target: Path, request: PlanRequest) -> Timeline:
    """Write the page that plays the session, and show progress, as that takes as long as a rendering."""
    from coach.services.session_render import check_is_ours  # noqa: PLC0415 - a plan that is printed needs no file

    if not request.force:
        check_is_ours(target, PICTURE_OPTION)
    with show_progress(target.name) as progress, prepare_session(request.session, progress.report_speech) as prepared:
        shown = show_spoken(prepared.timeline) if request.spoken else prepared.timeline
        save_page(replace(prepared, timeline=shown), target, progress, force=request.force)
        print_missing_lines(prepared.speech_service, list_utterances(prepared.timeline))
    return prepared.timeline

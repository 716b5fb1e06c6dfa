"""`coach send`: serve rendered sessions on one page on the local network, for a phone to play and save."""

import logging
import os
from collections.abc import Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from time import monotonic, sleep, time

import click

from coach.encoders.encoder import EncoderSettings
from coach.errors import ExitCode, UsageError
from coach.http.bounded_server import LOOPBACK
from coach.languages import find_language
from coach.send.deliveries import DeliveryLog
from coach.send.delivery_report import DeliveryReport
from coach.send.download_page import share
from coach.send.file_server import FileServer, serve_files
from coach.send.network_interfaces import NetworkAddress, choose_address, list_addresses
from coach.send.qr_code import draw_qr_code, encode_qr_code
from coach.services.parallel_render import FailedRender, RenderedFile, render_in_parallel
from coach.services.render_jobs import RenderJob, divide, find_jobs, find_shared_target, print_failure
from coach.services.session_reading import SessionRequest
from coach.services.session_render import check_is_ours, replace_own_file
from coach.storage.folders import find_cache_folder
from coach.text.console import can_encode, show_progress
from coach.translation import _, mark_message

_LOG = logging.getLogger(__name__)

IDLE_S = 600.0
QR_OPTION = "--qr"
NOBODY_S = 60.0
FIREWALL_HINT = mark_message(
    "Nobody has opened the page yet. Is the phone on the same Wi-Fi as this computer, and "
    "not on mobile data or a guest\nnetwork? Then a firewall on this computer may be in the "
    "way: let in port {port} (TCP), or run the command again with\n--port and a port that it "
    "lets in. On Linux, for example: sudo ufw allow {port}/tcp"
)
_POLL_S = 0.2
_KEPT_S = 30 * 24 * 3600.0


@dataclass(frozen=True, kw_only=True, slots=True)
class SendRequest:
    """Sessions to send; where to keep their files, None for the cache; and how to serve them.

    ``qr`` is a picture of the code to write. ``interface`` is a name or an address; None for the most likely one.
    """

    sessions: tuple[SessionRequest, ...]
    folder: Path | None
    bitrate: str
    qr: Path | None
    interface: str | None
    port: int
    force: bool


def run(request: SendRequest) -> int:
    """Render what is needed, and serve it until a phone has it and nothing more is asked for, or until Ctrl-C.

    Returns:
        1 if one of several sessions failed.

    Raises:
        CoachError: the only session failed, or the command is wrong.
    """
    for language in {each.language for each in request.sessions if each.language is not None}:
        find_language(language)
    if request.qr is not None and not request.force:
        check_is_ours(request.qr, QR_OPTION)
    addresses = list_addresses()
    place = choose_address(request.interface, addresses)
    files, has_failed = _render(request)
    if not files:
        return ExitCode.SESSION
    log = DeliveryLog(monotonic)
    with serve_files(share(files), log, address=place.address, port=request.port) as server:
        _announce(server, place, addresses, request)
        with suppress(KeyboardInterrupt), DeliveryReport(log) as report:
            _serve(server, log, report)
    return ExitCode.SESSION if has_failed else ExitCode.OK


def _render(request: SendRequest) -> tuple[list[RenderedFile], bool]:
    """Render all files; return them, and whether one failed, which is printed."""
    settings = EncoderSettings(bitrate=request.bitrate)
    folder = find_cache_folder() / "sent" if request.folder is None else request.folder
    jobs = _list_jobs(request.sessions)
    if request.folder is None:
        _tidy(folder, kept={folder / job.target for job in jobs})
    rendered: list[RenderedFile] = []
    failed: list[FailedRender] = []
    name = jobs[0].target.name if len(jobs) == 1 else _("{count} files", count=len(jobs))
    with show_progress(name) as progress:
        for each in render_in_parallel(jobs, folder, settings, progress, force=request.force):
            if isinstance(each, RenderedFile):
                rendered.append(each)
            else:
                failed.append(each)
    if not rendered and len(failed) == 1:
        raise failed[0].error
    for each in failed:
        print_failure(each.job, each.error)
    return rendered, bool(failed)


def _tidy(folder: Path, kept: Collection[Path]) -> None:
    """Remove what has not been sent for a month from the cache."""
    with suppress(OSError):
        for path in folder.rglob("*.mp3"):
            if path not in kept and time() - path.stat().st_mtime > _KEPT_S:
                path.unlink()


def _list_jobs(sessions: Sequence[SessionRequest]) -> list[RenderJob]:
    """List the files of sessions, each once.

    Raises:
        UsageError: two different ones would have the same name.
    """
    once = [each for nth, each in enumerate(sessions) if each not in sessions[:nth]]
    jobs = [job for session in once for found in find_jobs(session, is_named=False) for job in divide(found)]
    if shared := find_shared_target(jobs):
        raise UsageError(_("two of these sessions would both be called {file}; send them one at a time", file=shared))
    return jobs


def _announce(
    server: FileServer, place: NetworkAddress, addresses: Sequence[NetworkAddress], request: SendRequest
) -> None:
    """Print the address of the page, its code, and what else this computer could be reached by."""
    if request.qr is not None:
        with replace_own_file(request.qr, QR_OPTION, force=request.force) as unfinished:
            unfinished.write_bytes(encode_qr_code(server.url))
    if os.isatty(1) and can_encode(code := draw_qr_code(server.url)):
        for line in code.splitlines():
            click.secho(line, fg="bright_white", bg="black")
    click.echo(server.url)
    click.echo(_("Scan this with the camera of your phone, on the same Wi-Fi. (Ctrl-C ends it)"), err=True)
    others = [each for each in addresses if each != place and each.address != LOOPBACK]
    if others:
        click.echo(
            _(
                "Served on {place}; --interface takes another: {others}",
                place=place,
                others=", ".join(map(str, others)),
            ),
            err=True,
        )


def _serve(server: FileServer, log: DeliveryLog, report: DeliveryReport) -> None:
    """Report what is sent, until nothing has been asked for in ten minutes."""
    has_hinted = False
    while log.measure_idle_s() < IDLE_S:
        sleep(_POLL_S)
        report.update()
        if server.fault is not None:
            fault, server.fault = server.fault, None
            _LOG.error("unexpected error", exc_info=fault)
            report.say(
                _(
                    "an answer failed: {kind}: {fault}; this is a bug in coach, see its log file",
                    kind=type(fault).__name__,
                    fault=fault,
                )
            )
        if not has_hinted and not log.phones and log.measure_idle_s() > NOBODY_S:
            has_hinted = True
            report.say(_(FIREWALL_HINT, port=server.server_port))
    report.update()
    report.say(_("Nothing was asked for in ten minutes, so the page is closed."))

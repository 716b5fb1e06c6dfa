"""Pictures and pages of a session, written to a file or printed."""

import shutil
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from coach.charts.palette import INKS
from coach.charts.shapes import Picture
from coach.charts.svg import make_svg_document
from coach.charts.terminal_timeline import FINE, PLAIN, TimelineRow, draw_terminal_timeline, format_key
from coach.errors import UsageError
from coach.text.console import ProgressReporter, can_encode, echo_line
from coach.timeline.timeline import Timeline
from coach.translation import _

if TYPE_CHECKING:
    from coach.services.session_preparation import PreparedSession


def _encode_svg(picture: Picture) -> bytes:
    return make_svg_document(picture).encode()


def _encode_png(picture: Picture) -> bytes:
    from coach.charts.png import encode_png  # noqa: PLC0415 - Pillow takes 0.1 s

    return encode_png(picture)


PICTURE_OPTION = "--picture"
KINDS = {".svg": _encode_svg, ".png": _encode_png}


def save_picture(picture: Picture, target: Path, *, force: bool, others: Sequence[str] = ()) -> None:
    """Draw a picture to a file, by its ending.

    Args:
        picture: the picture.
        target: the file.
        force: whether to replace a file that the coach did not make.
        others: other endings that the caller handles, for the message about an unknown one.

    Raises:
        UsageError: the ending is not that of a picture.
        ExternalError: the file cannot be written, or may not be replaced.
    """
    from coach.services.session_render import replace_own_file  # noqa: PLC0415 - a plan that is printed needs no file

    encode = KINDS.get(target.suffix.lower())
    if encode is None:
        *first, last = [*KINDS, *others]
        raise UsageError(
            _(
                "cannot draw {name}: a picture ends in {first} or {last}",
                name=target.name,
                first=", ".join(first),
                last=last,
            )
        )
    with replace_own_file(target, PICTURE_OPTION, force=force) as unfinished:
        unfinished.write_bytes(encode(picture))


USUAL_WIDTH = 80
LEAST_WIDTH, MOST_WIDTH = 40, 160


def print_timeline(timeline: Timeline) -> None:
    """Print a timeline as wide as the terminal, or 80 columns wide where there is none, and a key to its signs."""
    signs = FINE if can_encode(FINE.all) else PLAIN
    rows = draw_terminal_timeline(timeline, _measure_width(), signs)
    if sys.stdout.isatty():
        _print_in_colours(rows)
    else:
        echo_line("\n".join("".join(run.text for run in row).rstrip() for row in rows))
    if explained := format_key(timeline, signs):
        echo_line(explained)


def _measure_width() -> int:
    if not sys.stdout.isatty():
        return USUAL_WIDTH
    return max(LEAST_WIDTH, min(MOST_WIDTH, shutil.get_terminal_size((USUAL_WIDTH, 24)).columns))


def _print_in_colours(rows: Iterable[TimelineRow]) -> None:
    """Print through rich, which knows the colours of the terminal, and NO_COLOR."""
    from rich.console import Console  # noqa: PLC0415 - takes 0.1 s, and only a terminal needs it
    from rich.style import Style  # noqa: PLC0415 - the same
    from rich.text import Text  # noqa: PLC0415 - the same

    styles = {name: Style(color=ink.day) for name, ink in INKS.items() if name.startswith("kind-")}
    styles |= {"muted": Style(dim=True), "voice": Style(bold=True)}
    console = Console(highlight=False)
    for row in rows:
        text = Text.assemble(
            *((run.text, styles.get(run.ink, Style())) for run in row), no_wrap=True, overflow="ignore"
        )
        text.rstrip()
        console.print(text, crop=False, soft_wrap=True)


# Browsers seek in Opus to the sample. In an MP3 of variable bit rate they guess, and are seconds off.
SOUND_ENDING = ".opus"
KBPS = "40"


def save_page(prepared: "PreparedSession", target: Path, progress: ProgressReporter, *, force: bool) -> None:
    """Write one HTML file that shows and plays a session, and needs no other file.

    Raises:
        ExternalError: a voice, ffmpeg or the disk failed, or the file may not be replaced; it is unchanged.
    """
    from coach.charts.html_page import build_page, make_page_contents  # noqa: PLC0415 - as above
    from coach.services.session_render import replace_own_file  # noqa: PLC0415 - the same

    with replace_own_file(target, PICTURE_OPTION, force=force) as unfinished:
        whole = build_page(make_page_contents(prepared.timeline, sound=_encode_sound(prepared, progress)))
        unfinished.write_text(whole, encoding="utf-8")


def _encode_sound(prepared: "PreparedSession", progress: ProgressReporter) -> str:
    """Encode the sound of a session as a ``data:`` URL."""
    import base64  # noqa: PLC0415 - only for a page, as all here
    from tempfile import TemporaryDirectory  # noqa: PLC0415 - the same

    from coach.audio.soundbank import RATE_HZ  # noqa: PLC0415 - the same
    from coach.encoders.encoder import EncoderSettings, write_file  # noqa: PLC0415 - the same
    from coach.encoders.tags import Tags  # noqa: PLC0415 - the same
    from coach.services.session_render import mix_session  # noqa: PLC0415 - the same

    timeline = prepared.timeline
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"session{SOUND_ENDING}"
        tags = Tags(title=timeline.title, language=timeline.language)
        settings = EncoderSettings(rate_hz=RATE_HZ, bitrate=KBPS)
        write_file(file, mix_session(prepared, progress, settings), tags, settings)
        return f"data:audio/ogg;base64,{base64.b64encode(file.read_bytes()).decode()}"

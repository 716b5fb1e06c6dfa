"""A page of a session, with its sound in it, on its way to a file."""

import base64
from pathlib import Path
from tempfile import TemporaryDirectory

from coach.audio.soundbank import RATE_HZ
from coach.commands.mixing import mixed
from coach.commands.production import Production
from coach.commands.progress import Progress
from coach.outputs.atomic import atomic
from coach.outputs.output import Settings
from coach.outputs.registry import write_file
from coach.outputs.tags import Tags
from coach.pictures.page import contents, page

# Browsers find any moment of Opus to the sample. In an MP3 of varying bit rate they guess, and are seconds off.
SOUND = ".opus"
KBPS = "40"


def write_page(production: Production, target: Path, shown: Progress) -> None:
    """Write one file that shows, says and plays a session, and needs nothing else.

    Raises:
        OutsideError: a voice, ffmpeg or the disk failed; what was there before is untouched.
    """
    with atomic(target) as unfinished:
        whole = page(contents(production.timeline, sound=_sound(production, shown)))
        unfinished.write_text(whole, encoding="utf-8")


def _sound(production: Production, shown: Progress) -> str:
    """The session's sound as a ``data:`` URL."""
    timeline = production.timeline
    with TemporaryDirectory() as folder:
        file = Path(folder) / f"session{SOUND}"
        tags = Tags(title=timeline.title, language=timeline.language)
        write_file(file, mixed(production, shown), tags, Settings(rate_hz=RATE_HZ, bitrate=KBPS))
        return f"data:audio/ogg;base64,{base64.b64encode(file.read_bytes()).decode()}"

"""Write the pictures of docs/phone.md and docs/nl/phone.md: the page of `coach send` on a phone, by day and by night.

It needs Chromium, as the tests do. Run it in the folder of the project, after the page has changed:

    PYTHONPATH=.:tests .venv/bin/python scripts/make_screenshots.py
"""

import shutil
import sys
import tempfile
import time
from io import BytesIO
from pathlib import Path
from typing import Any

from browser import chromium, visiting, wait_until
from PIL import Image

from coach.audio.soundbank import RATE_HZ
from coach.encoders.encoder import EncoderSettings
from coach.send.deliveries import DeliveryLog
from coach.send.download_page import share
from coach.send.file_server import serve_files
from coach.services.parallel_render import RenderedFile, render_in_parallel
from coach.services.render_jobs import find_jobs
from coach.services.session_reading import SessionRequest
from coach.text.console import show_progress

DOCS = Path(__file__).resolve().parent.parent / "docs"
SHOWN_AT_S = 380.0
COLOURS = 128  # are enough for the page, and make a third of the bytes


def main() -> int:
    """Write a picture in each language for each scheme of colours."""
    for language, folder in (("en", DOCS), ("nl", DOCS / "nl")):
        _take_pictures(language, folder)
    return 0


def _take_pictures(language: str, target: Path) -> None:
    """Render a session, and serve it."""
    request = SessionRequest(session="reset-run", language=language, voice="fake", values={})
    with tempfile.TemporaryDirectory() as folder, show_progress("reset-run") as progress:
        settings = EncoderSettings(rate_hz=RATE_HZ, bitrate="128")
        jobs = find_jobs(request, is_named=False)
        found = render_in_parallel(jobs, Path(folder), settings, progress, force=False)
        files = share([each for each in found if isinstance(each, RenderedFile)])
        with serve_files(files, DeliveryLog(time.monotonic), address="127.0.0.1", port=0) as server:
            for scheme in ("light", "dark"):
                _take_picture(server.url, scheme, target / f"phone-{scheme}.png")


def _take_picture(url: str, scheme: str, target: Path) -> None:
    phone: dict[str, Any] = {
        "viewport": {"width": 390, "height": 844},
        "device_scale_factor": 2,
        "is_mobile": True,
        "has_touch": True,
    }
    with (
        chromium(shutil.which("chromium") or "chromium") as browser,
        visiting(browser, **phone, color_scheme=scheme, reduced_motion="reduce") as visitor,
    ):
        visitor.goto(url)
        wait_until(visitor, "sound.src")
        visitor.evaluate(f"seek({SHOWN_AT_S})")
        wait_until(visitor, "!sound.seeking")
        picture = Image.open(BytesIO(visitor.screenshot()))
    picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE).save(target, optimize=True)
    print(f"wrote {target.relative_to(DOCS.parent)}, {target.stat().st_size / 1000:.0f} kB")


if __name__ == "__main__":
    sys.exit(main())

"""A run without sound on the real terminal screen. It stands still, so that a screen can be compared whole.

Its process id, and what it is asked until it is stopped, are written to the file that is named.
"""

import os
import sys
from pathlib import Path

from fake_controls import FakeControls, status

from coach.play.screen.app import show_run

ASKED = Path(sys.argv[1])


class WritingControls(FakeControls):
    """Ends when stopped, and tells a test in another process what it was asked."""

    def stop(self) -> None:
        super().stop()
        ASKED.write_text("\n".join(self.asked), encoding="utf-8")


ASKED.write_text(str(os.getpid()), encoding="utf-8")
show_run(WritingControls(status("nl")))

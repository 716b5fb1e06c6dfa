"""A run without sound on the real terminal screen: what each key asks is written to the file that is named.

It stands still, so that a screen can be compared whole.
"""

import sys
from pathlib import Path

from steering import FakeControls, standing

from coach.play.screen.app import show


class WritingControls(FakeControls):
    """Ends when stopped, and tells a test in another process what it was asked."""

    def stop(self) -> None:
        super().stop()
        Path(sys.argv[1]).write_text("\n".join(self.asked), encoding="utf-8")


show(WritingControls(standing("nl")))

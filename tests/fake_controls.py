"""Fake controls of a run: a status that the test sets, and a record of every command."""

from dataclasses import replace
from typing import Any

from timeline_builders import reset_run

from coach.play.playback_status import BreathNow, PlaybackStatus
from coach.timeline.timeline import Speech, Timeline


def status(language: str = "en", **changes: Any) -> PlaybackStatus:
    """A run 6:50 minutes on its way, in the third block, breathing in."""
    timeline: Timeline = changes.pop("timeline", reset_run(language))
    spoken = [event for event in timeline.events if isinstance(event, Speech)]
    usual: dict[str, Any] = {
        "timeline": timeline,
        "state": "playing",
        "position_s": 410.0,
        "block": 2,
        "cadence_spm": 158.0,
        "breath": BreathNow(phase="in", done=0.75),
        "speech": next((speech for speech in spoken if speech.block == changes.get("block", 2)), None),
    }
    return PlaybackStatus(**{**usual, **changes})


class FakeControls:
    """Controls of a run without sound. ``asked`` lists the commands in words; ``at`` is the position."""

    def __init__(self, at: PlaybackStatus | None = None, *, walk_out_to_come: bool = True) -> None:
        self.at = at or status()
        self.asked: list[str] = []
        self._walk_out_to_come = walk_out_to_come
        self._stops_at_once = True

    def get_status(self) -> PlaybackStatus:
        return self.at

    def now(self, **changes: Any) -> None:
        """Stand elsewhere."""
        self.at = replace(self.at, **changes)

    def stop_takes_a_look(self) -> None:
        """Do not end at once when asked to stop, as a real run fades first."""
        self._stops_at_once = False

    def can_walk_out(self) -> bool:
        return self._walk_out_to_come

    def begin_now(self) -> None:
        self.asked.append("begin now")
        self.now(state="playing")

    def toggle_pause(self) -> None:
        self.asked.append("toggle pause")
        self.now(state="paused" if self.at.state == "playing" else "playing")

    def go_to_next_block(self) -> None:
        self.asked.append("next block")

    def go_to_previous_block(self) -> None:
        self.asked.append("previous block")

    def change_cadence(self, by_spm: float) -> None:
        self.asked.append(f"change cadence by {by_spm:+g}")
        self.now(cadence_spm=self.at.cadence_spm + by_spm)

    def set_cadence(self, spm: float) -> None:
        self.asked.append(f"set cadence to {spm:g}")
        self.now(cadence_spm=spm)

    def change_ticks(self, by_db: float) -> None:
        self.asked.append(f"ticks louder by {by_db:+g}")

    def change_voice(self, by_db: float) -> None:
        self.asked.append(f"voice louder by {by_db:+g}")

    def cycle_guidance(self) -> None:
        self.asked.append("less guidance")

    def walk_out(self) -> None:
        self.asked.append("walk out")

    def stop(self) -> None:
        self.asked.append("stop")
        if self._stops_at_once:
            self.now(state="ended")

"""A timeline as the JSON that `coach plan --json` prints: the format is part of the session language, version 1."""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from coach.timeline.types import Bed, Bell, BreathSound, Event, PlannedBlock, Speech, Tick, Timeline

FORMAT = 1


def as_json(timeline: Timeline) -> dict[str, Any]:
    """The whole plan as plain data, times in seconds from the session's first sample."""
    return {
        "coach": FORMAT,
        "title": timeline.title,
        "language": timeline.language,
        "length_s": timeline.length_s,
        "cadence_spm": timeline.cadence_spm,
        "blocks": [_block(block) for block in timeline.blocks],
        "events": [_event(event) for event in timeline.events],
    }


def _block(block: PlannedBlock) -> Mapping[str, Any]:
    return {
        "kind": block.kind,
        "title": block.title,
        "start_s": block.start_s,
        "end_s": block.end_s,
        "line": block.where.line,
    }


def _event(event: Event) -> Mapping[str, Any]:
    match event:
        case Speech():
            times = {"kind": "speech", "start_s": event.start_s, "end_s": event.end_s}
            return times | {"text": event.text, "block": event.block, "line": event.where.line}
        case Tick():
            beat = {"kind": "tick", "start_s": event.start_s, "phase": event.phase, "count": event.count}
            return beat | {"gain_db": round(event.gain_db, 2)}
        case BreathSound():
            return {"kind": "breath", "start_s": event.start_s, "end_s": event.end_s, "phase": event.phase}
        case Bell():
            return {"kind": "bell", "start_s": event.start_s, "end_s": event.end_s}
        case Bed():
            return {"kind": "bed", "start_s": event.start_s, "end_s": event.end_s, "name": _name(event.name)}


def _name(name: str | Path) -> str:
    return name.name if isinstance(name, Path) else name

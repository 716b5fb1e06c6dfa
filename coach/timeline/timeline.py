"""Timeline of a planned session: everything that will be heard, with its exact times; also as JSON and as text.

Times are seconds from the session's first sample, never rounded; the mixer rounds each once, to a sample.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Literal

from coach.diagnostics.problem import Location
from coach.languages.text_normalizer import normalize_text
from coach.translation import _, mark_message
from coach.units import seconds_to_clock, seconds_to_text
from coach.utterance import Utterance

Phase = Literal["in", "hold", "out"]
"""A phase of the breath; it may be held after the in-breath, after the out-breath, or both."""


BedName = str | Path | tuple[Path, ...]

BED_FADE_S = 4.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Bed:
    """A background sound: ``name`` is built in, or the author's file, or several in turn, which are then repeated.

    ``gain_db`` is how much louder than usual it is, as for bells and speech. ``fade_in_s`` and ``fade_out_s`` are how
    long it takes to come in and to go, both within its time.
    """

    start_s: float
    end_s: float
    name: BedName
    gain_db: float = 0.0
    fade_in_s: float = BED_FADE_S
    fade_out_s: float = BED_FADE_S


@dataclass(frozen=True, kw_only=True, slots=True)
class Bell:
    """One stroke of a bell, left to ring out."""

    start_s: float
    end_s: float
    name: str | Path
    gain_db: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class BreathSound:
    """The sound of one in- or out-breath, from its first step to the first step of the next phase."""

    start_s: float
    end_s: float
    phase: Literal["in", "out"]
    name: str | Path
    gain_db: float = 0.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Tick:
    """A cadence tick on a step. ``count`` is the step's number within its phase, from 1; without breath both are None.

    ``gain_db`` is the level of its peak against full scale.
    """

    start_s: float
    phase: Phase | None
    count: int | None
    gain_db: float
    name: str | Path


@dataclass(frozen=True, kw_only=True, slots=True)
class Speech:
    """One stretch of words: ``text`` is shown, ``utterance`` is spoken; ``block`` is the index of its block."""

    start_s: float
    end_s: float
    text: str
    utterance: Utterance
    block: int
    location: Location
    gain_db: float = 0.0


Event = Bed | Bell | BreathSound | Tick | Speech


@dataclass(frozen=True, kw_only=True, slots=True)
class PlannedBlock:
    """A block with its final times. The cadences are those at its start and end, with a straight line between.

    ``left_out`` names those of its kind's own cues for which it had no room, ``shortened`` those said in fewer words.
    """

    kind: str
    title: str
    start_s: float
    end_s: float
    start_spm: float
    end_spm: float
    running: bool
    location: Location
    left_out: tuple[str, ...] = ()
    shortened: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class Timeline:
    """A whole session in one language, its events sorted by (start, rank of kind, line).

    ``about``, ``author``, ``album``, ``track`` (the number in the album) and ``year`` are for the tags of a file.
    """

    title: str
    about: str
    language: str
    length_s: float
    cadence_spm: float
    blocks: tuple[PlannedBlock, ...]
    events: tuple[Event, ...]
    author: str = ""
    album: str = ""
    track: int | None = None
    year: int | None = None


FORMAT = 1


def show_spoken(timeline: Timeline) -> Timeline:
    """The same timeline, its captions followed by how a voice gets them, where that differs."""
    events = tuple(
        replace(event, text=f"{event.text} \N{RIGHTWARDS ARROW} {spoken or '-'}")
        if isinstance(event, Speech) and (spoken := _find_spoken(event)) != event.text
        else event
        for event in timeline.events
    )
    return replace(timeline, events=events)


def _find_spoken(speech: Speech) -> str:
    """The words as a voice gets them; the caption of a recording."""
    utterance = speech.utterance
    return speech.text if utterance.recording else normalize_text(utterance.text, utterance.language)


def timeline_to_json(timeline: Timeline, *, spoken: bool = False) -> dict[str, Any]:
    """Convert a whole plan to plain data, with times in seconds from the session's first sample.

    With ``spoken``, each text has the words that a voice gets beside it.
    """
    return {
        "coach": FORMAT,
        "title": timeline.title,
        "language": timeline.language,
        "length_s": timeline.length_s,
        "cadence_spm": timeline.cadence_spm,
        "blocks": [_block_to_json(block) for block in timeline.blocks],
        "events": [
            {**_event_to_json(event), "spoken": _find_spoken(event)}
            if spoken and isinstance(event, Speech)
            else _event_to_json(event)
            for event in timeline.events
        ],
    }


def _block_to_json(block: PlannedBlock) -> Mapping[str, Any]:
    """Convert a block; what had no room is told only where there is any."""
    return {
        "kind": block.kind,
        "title": block.title,
        "start_s": block.start_s,
        "end_s": block.end_s,
        "line": block.location.line,
        **({"left_out": block.left_out} if block.left_out else {}),
        **({"shortened": block.shortened} if block.shortened else {}),
    }


def _event_to_json(event: Event) -> Mapping[str, Any]:
    match event:
        case Speech():
            times = {"kind": "speech", "start_s": event.start_s, "end_s": event.end_s}
            return times | {"text": event.text, "block": event.block, "line": event.location.line}
        case Tick():
            beat = {"kind": "tick", "start_s": event.start_s, "phase": event.phase, "count": event.count}
            return beat | {"gain_db": round(event.gain_db, 2)}
        case BreathSound():
            return {"kind": "breath", "start_s": event.start_s, "end_s": event.end_s, "phase": event.phase}
        case Bell():
            return {"kind": "bell", "start_s": event.start_s, "end_s": event.end_s, **_level_to_json(event)}
        case Bed():
            bed = {"kind": "bed", "start_s": event.start_s, "end_s": event.end_s, **_level_to_json(event)}
            fades = {key: getattr(event, key) for key in ("fade_in_s", "fade_out_s")}
            others = {key: round(seconds, 3) for key, seconds in fades.items() if seconds != BED_FADE_S}
            return bed | {"name": _name_to_json(event.name)} | others


def _level_to_json(event: Bed | Bell | Speech) -> dict[str, Any]:
    """Give the level of a sound that is not as loud as usual."""
    return {"gain_db": round(event.gain_db, 2)} if event.gain_db else {}


def _name_to_json(name: BedName) -> str | list[str]:
    if isinstance(name, tuple):
        return [each.name for each in name]
    return name.name if isinstance(name, Path) else name


def timeline_to_text(timeline: Timeline) -> str:
    """Write a plan as text: a numbered line for each block, and one for each stretch of words and each sound."""
    return "\n".join(_format_lines(timeline))


def _format_lines(timeline: Timeline) -> Iterator[str]:
    length = seconds_to_text(round(timeline.length_s))
    steps = (
        _(" · {cadence:g} steps/min", cadence=timeline.cadence_spm)
        if any(block.running for block in timeline.blocks)
        else ""
    )
    yield f"{timeline.title} · {length} · {timeline.language}{steps}"
    number_width = len(str(len(timeline.blocks)))
    kind_width = max(len(block.kind) for block in timeline.blocks)
    for index, block in enumerate(timeline.blocks):
        yield ""
        lasts = seconds_to_text(round(block.end_s - block.start_s))
        named = f"{index + 1:>{number_width}}  {block.kind:{kind_width}}"
        yield f"{_format_clock(block.start_s)}  {named}  {block.title}, {lasts}, {_format_cadence(block)}"
        if block.left_out or block.shortened:
            yield f"{'':16}  ({describe_abridgement(block)})"
        entries = sorted([*_list_speech(timeline, index), *_list_sounds(timeline, block)])
        yield from (f"{'':7}  {_format_clock(start_s)}  {text}" for start_s, text in entries)


def describe_abridgement(block: PlannedBlock) -> str:
    """Describe what a block has no room for: 'to fit: left out jaw, neck; shorter opening'."""
    left_out, shorter = ", ".join(block.left_out), ", ".join(block.shortened)
    if not shorter:
        return _("to fit: left out {names}", names=left_out)
    if not left_out:
        return _("to fit: shorter {names}", names=shorter)
    return _("to fit: left out {left_out}; shorter {shorter}", left_out=left_out, shorter=shorter)


def _format_clock(seconds: float) -> str:
    return f"{seconds_to_clock(seconds):>7}"


def _format_cadence(block: PlannedBlock) -> str:
    if not block.running:
        return _("standing")
    steady = round(block.start_spm) == round(block.end_spm)
    return f"{block.start_spm:.0f}" if steady else f"{block.start_spm:.0f} -> {block.end_spm:.0f}"


def _list_speech(timeline: Timeline, index: int) -> Iterator[tuple[float, str]]:
    for event in timeline.events:
        if isinstance(event, Speech) and event.block == index:
            yield event.start_s, event.text


def _list_sounds(timeline: Timeline, block: PlannedBlock) -> Iterator[tuple[float, str]]:
    """List what begins to sound in a block besides words: ticks and breath sounds, until when, and bells."""
    within = [event for event in timeline.events if block.start_s <= event.start_s < block.end_s]
    names = ((mark_message("(ticks until {time})"), Tick), (mark_message("(breath until {time})"), BreathSound))
    for template, kind in names:
        starts_s = [event.start_s for event in within if isinstance(event, kind)]
        if starts_s:
            yield starts_s[0], _(template, time=seconds_to_clock(starts_s[-1]))
    for event in within:
        if isinstance(event, Bell):
            yield event.start_s, _("(bell)")

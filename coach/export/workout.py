"""Structured workout of a session: a step for each block, for watches and training programs; its formats."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pkgutil import resolve_name

from coach.export.export_record import ExportedFile
from coach.text.sanitize import to_one_line
from coach.timeline.timeline import PlannedBlock, Speech, Timeline

MOST_STEPS = 50  # of a workout that most watches take

INTENSITIES = {
    "settle": "warmup",
    "brisk": "interval",
    "walk": "recovery",
    "walk-out": "cooldown",
    "check-in": "rest",
    "reflect": "rest",
    "stretch": "rest",
}


@dataclass(frozen=True, kw_only=True, slots=True)
class WorkoutStep:
    """A block: how long it lasts in whole seconds, and what is said in it, each with the second of the step.

    ``start_spm`` and ``end_spm`` are None where nobody steps. ``intensity`` is as FIT names it.
    """

    name: str
    length_s: int
    words: tuple[tuple[int, str], ...]
    start_spm: float | None
    end_spm: float | None
    intensity: str

    @property
    def mean_spm(self) -> float | None:
        """The cadence in the middle of the step."""
        return None if self.start_spm is None or self.end_spm is None else (self.start_spm + self.end_spm) / 2.0

    @property
    def notes(self) -> str:
        """All that is said."""
        return " ".join(text for _, text in self.words)


@dataclass(frozen=True, kw_only=True, slots=True)
class Workout:
    """A session as a workout."""

    name: str
    about: str
    steps: tuple[WorkoutStep, ...]


def make_workout(timeline: Timeline) -> Workout:
    """Make the workout of a session, which lasts as long to the second: steps end where their blocks do, rounded.

    A block that is rounded to nothing is left out.
    """
    steps = tuple(_make_step(timeline, index, block) for index, block in enumerate(timeline.blocks))
    return Workout(
        name=to_one_line(timeline.title),
        about=to_one_line(timeline.about),
        steps=tuple(step for step in steps if step.length_s),
    )


def count_steps(exported: ExportedFile) -> int:
    """Count the steps of the workout of a file, which are its chapters, as far as they last a second."""
    starts = [round(start_s) for start_s, _title in exported.chapters]
    return sum(start < end for start, end in zip(starts, [*starts[1:], round(exported.length_s)], strict=True))


def _make_step(timeline: Timeline, index: int, block: PlannedBlock) -> WorkoutStep:
    start, end = round(block.start_s), round(block.end_s)
    words = (event for event in timeline.events if isinstance(event, Speech) and event.block == index)
    latest = max(0, end - start - 1)
    return WorkoutStep(
        name=to_one_line(block.title),
        length_s=end - start,
        words=tuple(
            (min(latest, max(0, int(event.start_s - start))), text)
            for event in words
            if (text := to_one_line(event.text)) and not event.utterance.counted
        ),
        start_spm=block.start_spm if block.running else None,
        end_spm=block.end_spm if block.running else None,
        intensity=INTENSITIES.get(block.kind, "active" if block.running else "rest"),
    )


WORKOUT_FORMATS: Mapping[str, str] = {
    ".fit": "coach.export.fit_workout:make_fit",
    ".zwo": "coach.export.zwift_workout:make_zwo",
    ".txt": "coach.export.intervals_workout:make_intervals_text",
}
"""The formats by file extension. A new one is a module beside this one, and a line here."""


def load_formats() -> dict[str, Callable[[Workout], bytes]]:
    """Load what writes each format.

    Raises:
        ModuleNotFoundError: a package that one needs is not installed.
    """
    return {ending: resolve_name(name) for ending, name in WORKOUT_FORMATS.items()}

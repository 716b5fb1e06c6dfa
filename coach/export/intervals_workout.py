"""Workouts as text for intervals.icu, which sends them on to watches: a line for each step, its words below it."""

import re

from coach.export.workout import Workout, WorkoutStep
from coach.units import seconds_to_text

_WORD_JOINER = "\N{WORD JOINER}"


def make_intervals_text(workout: Workout) -> bytes:
    """Make the text of a workout, to paste into the description of a planned run."""
    heading = [protect(text) for text in (workout.name, workout.about) if text]
    parts = ("\n".join(filter(None, (_make_line(step), protect(step.notes)))) for step in workout.steps)
    return ("\n".join(heading) + "\n\n" + "\n\n".join(parts) + "\n").encode()


def _make_line(step: WorkoutStep) -> str:
    """Make the line of a step. A cadence is in revolutions there: of one foot, half of the steps."""
    cadence = "" if step.mean_spm is None else f" {round(step.mean_spm / 2.0)}rpm"
    return f"- {protect(step.name)} {seconds_to_text(step.length_s)}{cadence}"


def protect(text: str) -> str:
    """Keep a text from being read as a time, a repetition or a target: its figures are joined to no letter."""
    apart = re.sub(r"(?<=\d)(?=\S)|(?<=\S)(?=\d)", _WORD_JOINER, text)
    return re.sub(r"^[-–•*]", lambda sign: f"{_WORD_JOINER}{sign[0]}", apart)

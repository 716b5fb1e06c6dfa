"""FIT workouts, which Garmin watches and Garmin Connect read: developer.garmin.com/fit/file-types/workout."""

import math
import zlib
from datetime import UTC, datetime
from typing import Any

from fit_tool import FitFileBuilder
from fit_tool.profile.messages.file_id_message import FileIdMessage
from fit_tool.profile.messages.workout_message import WorkoutMessage
from fit_tool.profile.messages.workout_step_message import WorkoutStepMessage
from fit_tool.profile.profile_type import (
    FileType,
    Intensity,
    Manufacturer,
    Sport,
    WorkoutStepDuration,
    WorkoutStepTarget,
)

from coach.export.workout import Workout, WorkoutStep

PRODUCT = "mindful-run-coach"
# A watch tells workouts apart by serial number and time: the number is of the contents, so the time need not be.
CREATED = datetime(2026, 1, 1, tzinfo=UTC)
LONGEST_NAME_BYTES = 48  # that watches show
LONGEST_NOTES_BYTES = 254  # that fit into a field, with the zero at its end
TOLERANCE_SPM = 5.0


def make_fit(workout: Workout) -> bytes:
    """Make a FIT workout: a step for each block, with its name, length, words and cadence."""
    builder = FitFileBuilder(auto_define=True)
    builder.add(_make_file_id(workout))
    header = WorkoutMessage()
    header.workout_name = cut_to_bytes(workout.name, LONGEST_NAME_BYTES)
    header.sport = Sport.RUNNING
    header.num_valid_steps = len(workout.steps)
    builder.add(header)
    for index, step in enumerate(workout.steps):
        builder.add(_make_step(index, step))
    return bytes(builder.build().to_bytes())


def _make_file_id(workout: Workout) -> Any:  # noqa: ANN401 - fit-tool has no types
    message = FileIdMessage()
    message.type = FileType.WORKOUT
    message.manufacturer = Manufacturer.DEVELOPMENT.value
    message.product = 0
    message.serial_number = zlib.crc32(repr(workout).encode(errors="replace")) or 1
    message.time_created = round(CREATED.timestamp() * 1000)
    message.product_name = PRODUCT
    return message


def _make_step(index: int, step: WorkoutStep) -> Any:  # noqa: ANN401 - fit-tool has no types
    message = WorkoutStepMessage()
    message.message_index = index
    message.workout_step_name = cut_to_bytes(step.name, LONGEST_NAME_BYTES)
    message.intensity = Intensity[step.intensity.upper()]
    message.duration_type = WorkoutStepDuration.TIME
    message.duration_time = float(step.length_s)
    message.target_type = WorkoutStepTarget.OPEN
    if step.start_spm is not None and step.end_spm is not None:
        # FIT counts the steps of one foot: forums.garmin.com/developer/fit-sdk/f/discussion/288454
        message.target_type = WorkoutStepTarget.CADENCE
        message.target_value = 0
        message.custom_target_cadence_low = math.floor((min(step.start_spm, step.end_spm) - TOLERANCE_SPM) / 2.0)
        message.custom_target_cadence_high = math.ceil((max(step.start_spm, step.end_spm) + TOLERANCE_SPM) / 2.0)
    if step.notes:
        message.notes = cut_to_bytes(step.notes, LONGEST_NOTES_BYTES)
    return message


def cut_to_bytes(text: str, most: int) -> str:
    """Cut a text to so many bytes of UTF-8, at a letter, with an ellipsis."""
    if len(text.encode()) <= most:
        return text
    kept = text.encode()[: most - len("…".encode())].decode(errors="ignore")
    return f"{kept.rstrip()}…"

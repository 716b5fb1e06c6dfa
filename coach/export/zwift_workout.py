"""ZWO workouts, which Zwift and many treadmill programs read: XML, with texts that appear at their time."""

from collections.abc import Iterator
from xml.etree import ElementTree as ET

from coach.export.workout import Workout, WorkoutStep

TAG = "mindful-run-coach"
SHOWN_S = 10


def make_zwo(workout: Workout) -> bytes:
    """Make a ZWO workout: a free run for each block, with its cadence, its name and its words as text events."""
    file = ET.Element("workout_file")
    tags = ET.SubElement(file, "tags")
    ET.SubElement(tags, "tag", name=TAG)
    for name, text in (
        ("author", "Coach"),
        ("name", workout.name),
        ("description", workout.about),
        ("sportType", "run"),
        ("durationType", "time"),
    ):
        ET.SubElement(file, name).text = text
    steps = ET.SubElement(file, "workout")
    for step in workout.steps:
        steps.append(_make_step(step))
    ET.indent(file)
    return (ET.tostring(file, encoding="unicode") + "\n").encode()


def _make_step(step: WorkoutStep) -> ET.Element:
    cadence = {} if step.mean_spm is None else {"Cadence": str(round(step.mean_spm))}
    element = ET.Element("FreeRide", {"Duration": str(step.length_s), "FlatRoad": "1", **cadence})
    shown = list(_list_messages(step))
    ends_s = [offset_s for offset_s, _ in shown[1:]] + [step.length_s]
    for (offset_s, message), end_s in zip(shown, ends_s, strict=True):
        lasts_s = max(1, min(SHOWN_S, end_s - offset_s))
        ET.SubElement(element, "textevent", timeoffset=str(offset_s), message=message, duration=str(lasts_s))
    return element


def _list_messages(step: WorkoutStep) -> Iterator[tuple[int, str]]:
    """List the name of a step and what is said in it; what is said at once is shown with the name."""
    words = list(step.words)
    yield 0, f"{step.name}: {words.pop(0)[1]}" if words and words[0][0] == 0 else step.name
    yield from words

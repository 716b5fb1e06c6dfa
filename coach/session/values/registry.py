"""Registry of the kinds of value in a session file."""

from typing import Any

from coach.session.values.cadence import BREATH, CADENCE, STEADY_CADENCE
from coach.session.values.count import COUNT, FORMAT_VERSION, TRACK_NUMBER, YEAR
from coach.session.values.cue_place import CUE_AFTER, CUE_AT, CUE_EVERY
from coach.session.values.duration import DURATION, DURATION_OR_ZERO, SPAN, SWITCH
from coach.session.values.file_path import FILE_PATH
from coach.session.values.marked_text import MARKED_TEXT
from coach.session.values.value_kind import ValueKind
from coach.session.values.word_choice import BELL, FORM, LEVEL

KINDS: tuple[ValueKind[Any], ...] = (
    DURATION,
    DURATION_OR_ZERO,
    SPAN,
    CADENCE,
    STEADY_CADENCE,
    BREATH,
    SWITCH,
    CUE_AT,
    CUE_AFTER,
    CUE_EVERY,
    COUNT,
    FORMAT_VERSION,
    TRACK_NUMBER,
    YEAR,
    BELL,
    LEVEL,
    FORM,
    FILE_PATH,
    MARKED_TEXT,
)
"""Add a new kind here; `tests/session/values/test_conformance.py` then tests what every kind must do."""

"""Fixtures of the tests of voice recording."""

import math
from collections.abc import Callable

import pytest

from coach.utterance import Utterance
from coach.voice_recording.script_lines import ScriptLine


@pytest.fixture
def line() -> Callable[..., ScriptLine]:
    def build(text: str, *, counted: bool = False, caption: str | None = None) -> ScriptLine:
        return ScriptLine(
            file_line=1,
            utterance=Utterance(text=text, language="en", counted=counted),
            caption=text if caption is None else caption,
            block=0,
            title="Arriving",
            length_s=4.0,
            room_s=math.inf,
            moments=(),
        )

    return build

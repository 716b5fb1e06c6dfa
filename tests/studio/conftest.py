"""What the tests of the studio share."""

import math
from collections.abc import Callable

import pytest

from coach.speech import Utterance
from coach.studio.lines import Line


@pytest.fixture
def line() -> Callable[..., Line]:
    def build(text: str, *, counted: bool = False, caption: str | None = None) -> Line:
        return Line(
            utterance=Utterance(text=text, language="en", counted=counted),
            caption=text if caption is None else caption,
            block=0,
            title="Arriving",
            length_s=4.0,
            room_s=math.inf,
            moments=(),
        )

    return build

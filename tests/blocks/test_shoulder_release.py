from pathlib import Path

import authoring
import pytest
from authoring import of_kind

from coach.timeline.types import BreathSound, Speech

PARTS = {"shoulders": 1, "hands": 1, "jaw": 1}


@pytest.mark.parametrize("language", ["nl", "en"])
def test_lift_comes_with_the_in_breath_and_drop_with_the_out_breath(tmp_path: Path, language: str) -> None:
    plan = authoring.timeline(
        tmp_path, "coach: 1\ntitle: {nl: Los, en: Loose}\nblocks: [shoulder-release: 2m]\n", language=language
    )
    breaths = {round(sound.start_s, 6): sound.phase for sound in of_kind(plan, BreathSound)}
    on_a_breath = [breaths[at] for event in of_kind(plan, Speech) if (at := round(event.start_s, 6)) in breaths]
    assert on_a_breath.count("in") >= len(PARTS)
    assert on_a_breath.count("out") >= len(PARTS)

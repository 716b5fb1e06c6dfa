from pathlib import Path

import pytest
import session_texts
from session_texts import of_kind

from coach.timeline.timeline import Bell, BreathSound, Speech, Tick


@pytest.mark.parametrize(("language", "length"), [("nl", "drie minuten"), ("en", "three minutes")])
def test_silence_says_how_long_it_lasts_and_then_nothing(tmp_path: Path, language: str, length: str) -> None:
    plan = session_texts.timeline(
        tmp_path,
        "coach: 1\ntitle: {nl: Stil, en: Still}\nbreath: none\nblocks: [silence: 3m]\n",
        language=language,
    )
    (announcement,) = of_kind(plan, Speech)
    assert length in announcement.text
    assert [bell.start_s for bell in of_kind(plan, Bell)] == [0.0, 174.0]
    assert of_kind(plan, Tick) == of_kind(plan, BreathSound) == []


def test_without_a_bell_the_voice_ends_the_silence(tmp_path: Path) -> None:
    plan = session_texts.timeline(
        tmp_path, "coach: 1\ntitle: {nl: Stil, en: Still}\nblocks: [silence: {lasts: 3m, bell: none}]\n"
    )
    first, last = of_kind(plan, Speech)
    assert first.start_s == 0.0
    assert last.start_s == pytest.approx(170.0)

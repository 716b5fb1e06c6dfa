from pathlib import Path

import pytest
import session_texts
from session_texts import of_kind

from coach.timeline.timeline import Speech, Tick

HEAD = "coach: 1\ntitle: {nl: Adem, en: Breath}\ncadence: 158\n"


@pytest.mark.parametrize(
    ("language", "breath", "counted"),
    [
        ("en", "3/3", ["in", "two", "three", "out", "two", "three"]),
        ("nl", "3/3", ["in", "twee", "drie", "uit", "twee", "drie"]),
        ("en", "3/2", ["in", "two", "three", "out", "two"]),
    ],
)
def test_the_breath_is_counted_on_its_own_steps(tmp_path: Path, language: str, breath: str, counted: list[str]) -> None:
    plan = session_texts.timeline(tmp_path, HEAD + f"breath: {breath}\nblocks: [breathing: 3m]\n", language=language)
    spoken = [event for event in of_kind(plan, Speech) if event.utterance.counted]
    assert [event.text for event in spoken] == counted * 3
    steps = {round(tick.start_s, 6): tick for tick in of_kind(plan, Tick)}
    for event in spoken:
        tick = steps[round(event.start_s + session_texts.COUNTED.onset_s, 6)]
        assert (tick.count == 1) == (event.text in {"in", "out", "uit"})


def test_first_the_voice_leaves_then_the_ticks(tmp_path: Path) -> None:
    plan = session_texts.timeline(tmp_path, HEAD + "blocks: [breathing: 4m]\n")
    last_count_s = max(event.start_s for event in of_kind(plan, Speech) if event.utterance.counted)
    last_tick_s = of_kind(plan, Tick)[-1].start_s
    assert last_count_s < 60.0
    assert 150.0 < last_tick_s < 180.0


def test_without_a_breath_to_keep_nothing_is_counted(tmp_path: Path) -> None:
    plan = session_texts.timeline(tmp_path, HEAD + "breath: none\nblocks: [breathing: 3m]\n")
    assert not any(event.utterance.counted for event in of_kind(plan, Speech))


@pytest.mark.parametrize(
    ("language", "taught"), [("en", "In for three steps, and out for one step."), ("nl", "en één stap uit.")]
)
def test_one_step_is_singular(tmp_path: Path, language: str, taught: str) -> None:
    plan = session_texts.timeline(tmp_path, HEAD + "breath: 3/1\nblocks: [breathing: 3m]\n", language=language)
    assert of_kind(plan, Speech)[0].text.endswith(taught)

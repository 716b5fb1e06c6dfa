"""Walking between stretches of running: who comes after it knows that the runner walks."""

from itertools import pairwise
from pathlib import Path

import pytest
import session_texts
from session_texts import of_kind

from coach.languages.block_wording import load_block_wording
from coach.services import session_reading
from coach.timeline.timeline import Speech, Tick

HEAD = "coach: 1\ntitle: {nl: Om en om, en: In turns}\ncadence: 158\n"
TURNS = "blocks: [walk: 3m, easy: 1m, repeat: {times: 7, blocks: [walk: 90s, easy: 1m]}, walk: 1m, walk-out: 3m]\n"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_easy_block_after_a_walk_begins_to_jog_and_the_walk_out_slows_down(tmp_path: Path, language: str) -> None:
    plan = session_texts.timeline(tmp_path, HEAD + TURNS, language=language)
    kinds = load_block_wording(language).kinds
    firsts = {event.block: event.text for event in reversed(of_kind(plan, Speech))}
    for before, (index, block) in pairwise(enumerate(plan.blocks)):
        wanted = {"easy": "jog", "walk-out": "stroll", "walk": "opening"}[block.kind]
        assert firsts[index] in kinds[block.kind].cues[wanted], (before, block)


@pytest.mark.parametrize("language", ["nl", "en"])
def test_in_turns_no_words_come_back_within_six_rounds(tmp_path: Path, language: str) -> None:
    plan = session_texts.timeline(tmp_path, HEAD + TURNS, language=language)
    said = [event.text for event in of_kind(plan, Speech) if event.block < 12]
    assert len(said) == len(set(said))


def test_a_walk_is_walked_without_ticks(tmp_path: Path) -> None:
    plan = session_texts.timeline(tmp_path, HEAD + "blocks: [walk: 2m, easy: 2m]\n")
    assert [(block.start_spm, block.end_spm, block.running) for block in plan.blocks] == [
        (110.0, 110.0, True),
        (158.0, 158.0, True),
    ]
    assert of_kind(plan, Tick) == []


def test_who_walks_already_is_not_told_to_walk(tmp_path: Path) -> None:
    words = load_block_wording("en").kinds["settle"].cues
    plan = session_texts.timeline(tmp_path, HEAD + "blocks: [walk: 2m, settle: 3m]\n", language="en")
    said = [event.text for event in of_kind(plan, Speech) if event.block == 1]
    assert [name for text in said for name, phrasings in words.items() if text in phrasings] == [
        *("ground", "jog", "arrive")
    ]


def test_the_first_time_is_written_without_free_blocks() -> None:
    kinds = [block.kind for block in session_reading.load_session("first-time").blocks]
    assert kinds == ["check-in", "walk", "breathing", "easy", "walk", "easy", "walk", "easy", "walk-out", "reflect"]

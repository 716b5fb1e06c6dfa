"""How sessions take other lengths: `may-last`, `times: 3..10`, and what the shipped sessions can be."""

import math
from functools import cache
from pathlib import Path

import pytest
import session_texts

from coach.advice.registry import advise
from coach.audio.soundbank import measure_bell_length_s
from coach.services import session_reading
from coach.session import library
from coach.timeline.compile import compile_plan
from coach.timeline.schedule import Plan, PlanOptions
from coach.voices.duration_estimate import estimate_duration

measure = cache(estimate_duration)

HEAD = "coach: 1\ntitle: {nl: Proefloop, en: Trial run}\nbreath: none\n"


def lengths_s(plan: Plan) -> list[float]:
    return [round(block.end_s - block.start_s, 6) for block in plan.timeline.blocks]


@pytest.mark.parametrize(
    ("length_s", "expected"),
    [(480.0, [120.0, 240.0, 120.0]), (300.0, [75.0, 105.0, 120.0]), (780.0, [180.0, 480.0, 120.0])],
)
def test_blocks_go_further_than_they_last_only_where_the_length_asks_for_it(
    tmp_path: Path, length_s: float, expected: list[float]
) -> None:
    text = (
        "blocks: [free: {lasts: 2m, may-last: 30s..4m}, free: {lasts: 3m..5m, may-last: 30s..11m}, walk-out: "
        "{lasts: 2m, say: none}]\n"
    )
    assert lengths_s(session_texts.planned(tmp_path, HEAD + text, length_s=length_s)) == expected


@pytest.mark.parametrize(
    ("minutes", "times"), [(None, 6), (6, 6), (12, 6), (5, 5), (3, 3), (1.5, 3), (14, 7), (20, 10)]
)
def test_a_repeat_is_done_as_often_as_the_length_allows(tmp_path: Path, minutes: float | None, times: int) -> None:
    inside = "free: {lasts: 1m..2m, may-last: 30s..2m}"
    text = f"{HEAD}blocks: [repeat: {{times: 3..10, blocks: [{inside}]}}]\n"
    length_s = None if minutes is None else 60.0 * minutes
    assert len(session_texts.planned(tmp_path, text, length_s=length_s).timeline.blocks) == times


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("name", library.list_names())
def test_a_shipped_session_takes_half_its_length_and_double_with_its_walk_out_whole_and_no_advice(
    name: str, language: str
) -> None:
    session = session_reading.load_session(name)
    usual_min = (session.length_s or 0.0) / 60.0
    for minutes in (math.ceil(usual_min / 2.0), round(0.75 * usual_min), round(1.5 * usual_min), 2 * usual_min):
        options = PlanOptions(language=language, length_s=60.0 * minutes)
        plan = compile_plan(session, options, measure, measure_bell_length_s)
        assert plan.timeline.length_s == pytest.approx(60.0 * minutes)
        walk_outs = [block for block in plan.timeline.blocks if block.kind == "walk-out"]
        assert walk_outs or not any(block.running for block in plan.timeline.blocks)
        for authored in (block for block in session.blocks if block.kind == "walk-out"):
            least_s = min(authored.lasts.shortest_s if authored.lasts else math.inf, 180.0 if minutes >= 12 else 120.0)
            assert walk_outs[0].end_s - walk_outs[0].start_s >= least_s - 2.0
        assert not list(advise([plan], None))

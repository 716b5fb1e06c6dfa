from pathlib import Path

import session_texts

from coach.timeline.timeline import timeline_to_json

TEXT = """\
coach: 1
title: {nl: Proef, en: Trial}
cadence: 120
breath: 1/1
sounds: {bed: sea}
blocks:
  - free:
      title: {nl: Begin, en: Start}
      lasts: 2s
      ticks: on
      breath-sound: on
      bell: start
      say-also: [{at: 1s, text: {nl: hallo, en: hello}}]
"""


def test_the_whole_plan_as_the_format_has_it(tmp_path: Path) -> None:
    plan = timeline_to_json(session_texts.timeline(tmp_path, TEXT.replace("lasts: 2s", "lasts: 4s"), language="en"))
    ticks = [event for event in plan["events"] if event["kind"] == "tick"]
    assert ticks == [
        {"kind": "tick", "start_s": n * 0.5, "phase": ("in", "out")[n % 2], "count": 1, "gain_db": -14.0}
        for n in range(8)
    ]
    assert {key: plan[key] for key in plan if key != "events"} == {
        "coach": 1,
        "title": "Trial",
        "language": "en",
        "length_s": 4.0,
        "cadence_spm": 120.0,
        "blocks": [{"kind": "free", "title": "Start", "start_s": 0.0, "end_s": 4.0, "line": 7}],
    }
    assert [event for event in plan["events"] if event["kind"] not in {"tick", "breath"}] == [
        {"kind": "bed", "start_s": 0.0, "end_s": 4.0, "name": "sea"},
        {"kind": "bell", "start_s": 0.0, "end_s": 6.0},
        {"kind": "speech", "start_s": 2.5, "end_s": 3.0, "text": "hello", "block": 0, "line": 13},
    ]


def test_events_are_sorted_by_start_and_at_equal_times_by_kind(tmp_path: Path) -> None:
    text = TEXT.replace("bell: start", "bell: none").replace("at: 1s", "at: 0s")
    kinds = [event["kind"] for event in timeline_to_json(session_texts.timeline(tmp_path, text))["events"]]
    assert kinds[:4] == ["bed", "breath", "tick", "speech"]

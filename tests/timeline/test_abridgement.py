from itertools import groupby
from pathlib import Path

import pytest
import session_texts
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from session_texts import of_kind

from coach.blocks.registry import KINDS
from coach.diagnostics.problem import SessionError
from coach.timeline.abridgement import find_most_talk_s
from coach.timeline.cue_scheduling import LateCue
from coach.timeline.schedule import Plan
from coach.timeline.timeline import Speech

SPEAKING = [name for name in KINDS if name not in {"say", "free"}]


def plan(folder: Path, block: str, language: str = "en", **options: str) -> Plan:
    text = f"coach: 1\ntitle: Trial\nlanguage: {language}\nblocks:\n  - {block}\n"
    return session_texts.planned(folder, text, **options)


def talk_s(planned: Plan) -> float:
    return sum(event.end_s - event.start_s for event in of_kind(planned.timeline, Speech))


def said(planned: Plan) -> list[str]:
    """The cues that are said, their stretches of words joined."""
    placed = (words for _, words in planned.schedule.place_words(planned.speech_context))
    lines = [words for words in placed if not isinstance(words, LateCue)]
    return [" ".join(each.caption for each in cue) for _, cue in groupby(lines, key=lambda each: each.cue_start_s)]


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from(SPEAKING),
    lasts_s=st.integers(10, 1200),
    language=st.sampled_from(["nl", "en"]),
    breath=st.sampled_from(["none", "2/2", "3/3", "4/4", "5/5", "12/12"]),
    cadence=st.integers(100, 180),
    guidance=st.sampled_from(["full", "light", "quiet"]),
)
def test_a_kind_has_words_for_any_length_and_never_crams_what_it_abridges(
    tmp_path: Path, kind: str, lasts_s: int, language: str, breath: str, cadence: int, guidance: str
) -> None:
    block = f"{kind}: {{lasts: {lasts_s}s, cadence: {cadence}, breath: {breath}}}"
    planned = plan(tmp_path, block, language, guidance=guidance)
    assert planned.timeline.length_s == lasts_s
    if planned.schedule.abridged:
        assert talk_s(planned) < lasts_s * (0.6 if lasts_s < 60 else 0.45)


@given(lasts_s=st.floats(1.0, 1200.0), longer_s=st.floats(0.0, 100.0))
def test_a_longer_block_has_no_less_time_for_words_and_a_smaller_share(lasts_s: float, longer_s: float) -> None:
    most_s, later_s = find_most_talk_s(lasts_s), find_most_talk_s(lasts_s + longer_s)
    assert later_s >= most_s
    assert later_s / (lasts_s + longer_s) <= most_s / lasts_s + 1e-9


def test_parts_are_as_many_as_there_is_room_for_evenly_from_crown_to_feet(tmp_path: Path) -> None:
    (block,) = plan(tmp_path, "body-scan: 45s").timeline.blocks
    assert block.left_out == ("forehead", "jaw", "neck", "shoulders", "belly", "back", "hips", "knees")


def test_with_more_time_more_parts_are_said_and_then_in_more_words(tmp_path: Path) -> None:
    left_out = [len(plan(tmp_path, f"body-scan: {lasts_s}s").timeline.blocks[0].left_out) for lasts_s in (30, 60, 90)]
    assert left_out == sorted(left_out, reverse=True)


def test_in_ten_seconds_a_kind_says_one_short_sentence(tmp_path: Path) -> None:
    assert {kind: len(said(plan(tmp_path, f"{kind}: 10s"))) for kind in SPEAKING} == dict.fromkeys(SPEAKING, 1)


def test_a_breath_that_would_not_come_is_replaced_by_a_pause(tmp_path: Path) -> None:
    planned = plan(tmp_path, "shoulder-release: {lasts: 30s, breath: 12/12, cadence: 100, parts: shoulders}")
    assert "Now your shoulders. Lift up. And let them sink." in said(planned)


def test_the_author_s_words_stay_and_those_of_the_kind_make_room(tmp_path: Path) -> None:
    words = "Now five words of mine."
    planned = plan(tmp_path, f'check-in: {{lasts: 20s, say-also: {{at: -4s, text: "{words}"}}}}')
    assert said(planned)[-1] == words
    assert planned.timeline.blocks[0].left_out


def test_only_the_author_s_words_can_fail_to_fit(tmp_path: Path) -> None:
    words = "These are more words than can ever be said here, one after the other, [9s] at ease."
    with pytest.raises(SessionError) as caught:
        plan(tmp_path, f'check-in: {{lasts: 10s, say-also: "{words}"}}')
    (problem,) = caught.value.problems
    assert problem.message == "these words do not end inside their block: they need 17s, and 7.5s is left"
    assert problem.help == "let the block last 19s or more, place the cue earlier, or say less"


@pytest.mark.parametrize("language", ["nl", "en"])
def test_every_cue_has_shorter_words(tmp_path: Path, language: str) -> None:
    for kind in SPEAKING:
        (block,) = plan(tmp_path, f"{kind}: 20m", language).schedule.blocks
        lasting = [cue for lasts_s in (60.0, 1200.0) for cue in block.make_cues(lasts_s)]
        for cue in lasting:
            lengths = [len(text[language]) for text in (cue.text, *cue.shorter)]
            assert lengths == sorted(set(lengths), reverse=True), (kind, cue.name)
            assert len(lengths) > 1, (kind, cue.name)

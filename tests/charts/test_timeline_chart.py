import itertools
from collections import Counter
from dataclasses import replace

import pytest
import timeline_builders
from hypothesis import given, settings
from hypothesis import strategies as st

from coach.charts.cadence_chart import draw_blocks, draw_names
from coach.charts.chart_scale import EDGE, make_scale
from coach.charts.palette import INKS, KINDS, ink_of_block
from coach.charts.shapes import Area, Bar, Dot, Label, Picture, Polyline
from coach.charts.timeline_chart import describe_timeline, format_length, lay_out_timeline
from coach.timeline.timeline import Bell, Event, PlannedBlock, Speech, Tick, Timeline

LENGTHS_S = st.floats(min_value=0.5, max_value=1500.0)
CADENCES_SPM = st.floats(min_value=40.0, max_value=240.0)
KIND_NAMES = st.sampled_from([*KINDS, "zumba", "</style>"])


@st.composite
def timelines(draw: st.DrawFn) -> Timeline:
    """Any blocks, any words at any time, any bells and ticks."""
    blocks: list[PlannedBlock] = []
    for _ in range(draw(st.integers(min_value=1, max_value=14))):
        start_s = blocks[-1].end_s if blocks else 0.0
        title, start_spm, end_spm = draw(st.text(max_size=40)), draw(CADENCES_SPM), draw(CADENCES_SPM)
        end_s = start_s + draw(LENGTHS_S)
        blocks.append(
            timeline_builders.planned(
                draw(KIND_NAMES), start_s, end_s, title=title, start_spm=start_spm, end_spm=end_spm
            )
        )
    times_s = st.floats(min_value=0.0, max_value=blocks[-1].end_s)
    indices = st.integers(min_value=0, max_value=len(blocks) - 1)
    spoken = st.builds(
        lambda text, at_s, block: timeline_builders.speech(text, at_s, block=block), st.text(), times_s, indices
    )
    rung = st.builds(lambda at_s: Bell(start_s=at_s, end_s=at_s + 6.0, name="bowl"), times_s)
    ticked = st.builds(lambda at_s: Tick(start_s=at_s, phase=None, count=None, gain_db=-14.0, name="wood"), times_s)
    events: list[Event] = draw(st.lists(spoken | rung | ticked, max_size=25))
    return timeline_builders.timeline(draw(st.text(max_size=200)), blocks, events)


def labels(picture: Picture) -> list[Label]:
    return [shape for shape in picture.shapes if isinstance(shape, Label)]


def texts(picture: Picture) -> list[str]:
    return [label.text for label in labels(picture)]


@settings(deadline=None, max_examples=60)
@given(timelines())
def test_nothing_lies_outside_the_paper_and_every_ink_is_known(plan: Timeline) -> None:
    picture = lay_out_timeline(plan)
    for shape in picture.shapes:
        box = shape.box
        assert box.left >= 0.0
        assert box.top >= 0.0
        assert box.right <= picture.width
        assert box.bottom <= picture.height
        assert shape.ink in INKS


@settings(deadline=None, max_examples=60)
@given(timelines())
def test_no_words_run_into_other_words(plan: Timeline) -> None:
    for one, other in itertools.combinations(labels(lay_out_timeline(plan)), 2):
        assert not one.box.meets(other.box), (one, other)


@settings(deadline=None, max_examples=60)
@given(timelines())
def test_every_block_cue_and_bell_is_there(plan: Timeline) -> None:
    shapes = lay_out_timeline(plan).shapes
    assert len([shape for shape in shapes if isinstance(shape, Area)]) == len(plan.blocks)
    spoken = [event for event in plan.events if isinstance(event, Speech)]
    assert len([shape for shape in shapes if isinstance(shape, Bar) and shape.tip]) == len(spoken)
    rung = [event for event in plan.events if isinstance(event, Bell)]
    assert len([shape for shape in shapes if isinstance(shape, Dot) and shape.tip]) == len(rung)


def test_blocks_are_drawn_to_scale() -> None:
    blocks = [timeline_builders.planned("easy", 0.0, 60.0), timeline_builders.planned("silence", 60.0, 240.0)]
    plan = timeline_builders.timeline("Two", blocks, [])
    first, second = draw_blocks(blocks, make_scale(plan))
    assert [first.box.left, first.box.right] == [40.0, 319.0]
    assert [second.box.left, second.box.right] == [320.0, 1159.0]
    assert first.tip == "0:00 A block (1m)"
    assert second.tip == "1:00 A block (3m)"


def test_blocks_are_as_high_as_their_cadence() -> None:
    heights = [
        278.0 - area.box.top
        for area in lay_out_timeline(timeline_builders.reset_run()).shapes
        if isinstance(area, Area)
    ]
    check_in, settle, *runs, walk_out, reflect = heights
    assert check_in == reflect == 18.0
    assert 36.0 < walk_out < 60.0
    assert {round(height, 3) for height in (settle, *runs)} == {97.867}


def test_a_picture_names_the_blocks_the_facts_and_the_key_in_its_language() -> None:
    shown = texts(lay_out_timeline(timeline_builders.reset_run("nl", bed=True)))
    assert shown[:2] == ["Korte reset-run", "24 min · 158 stappen per minuut"]
    assert shown[2:7] == ["bel", "adem", "tikken", "achtergrond", "stem"]
    names = [
        "Vooraf",
        "Aankomen",
        "Adem",
        "Door je lijf",
        "Loslaten",
        "Stilte",
        "Rustig lopen",
        "Uitwandelen",
        "Achteraf",
    ]
    assert set(names) <= set(shown)


def test_a_language_without_captions_gets_english_ones() -> None:
    blocks = [timeline_builders.planned("easy", 0.0, 90.0)]
    assert "1:30 min · 158 steps per minute" in texts(
        lay_out_timeline(timeline_builders.timeline("Douce", blocks, [], language="fr"))
    )


def test_minutes_are_marked_at_round_times_and_at_the_end() -> None:
    blocks = [timeline_builders.planned("easy", 0.0, 754.0)]
    shown = texts(lay_out_timeline(timeline_builders.timeline("Run", blocks, [])))
    times = [text for text in shown if text[0].isdigit() and ":" in text and " " not in text]
    assert times == [
        "0:00",
        "1:00",
        "2:00",
        "3:00",
        "4:00",
        "5:00",
        "6:00",
        "7:00",
        "8:00",
        "9:00",
        "10:00",
        "11:00",
        "12:34",
    ]


def test_each_cadence_number_is_drawn_once() -> None:
    shown = texts(lay_out_timeline(timeline_builders.reset_run()))
    assert [shown.count(spm) for spm in ("112", "158", "100")] == [1, 1, 1]


def test_a_silent_block_has_no_voice_no_ticks_and_the_palest_colour() -> None:
    picture = lay_out_timeline(timeline_builders.reset_run())
    (silence,) = [shape for shape in picture.shapes if isinstance(shape, Area) and shape.ink == "kind-silence"]
    textures = [shape for shape in picture.shapes if isinstance(shape, Polyline) and shape.ink == "paper"]
    assert textures
    assert not any(
        silence.box.left <= x <= silence.box.right for shape in textures for path in shape.paths for x, _ in path
    )


def test_the_ticks_of_a_block_are_one_shape() -> None:
    plan = timeline_builders.reset_run()
    assert len([event for event in plan.events if isinstance(event, Tick)]) > 1000
    assert (
        len([shape for shape in lay_out_timeline(plan).shapes if isinstance(shape, Polyline) and shape.ink == "paper"])
        == 5
    )


def test_ticks_that_fade_are_drawn_shorter() -> None:
    block = timeline_builders.planned("breathing", 0.0, 60.0)
    ticks = [event for event in timeline_builders.sounding(block) if isinstance(event, Tick)]
    picture = lay_out_timeline(timeline_builders.timeline("Fade", [block], [*ticks]))
    texture = next(shape for shape in picture.shapes if isinstance(shape, Polyline) and shape.ink == "paper")
    heights = [path[0][1] - path[1][1] for path in texture.paths]
    assert len(heights) > 100
    assert heights[-1] < heights[len(heights) // 2] / 4.0


def test_counted_words_are_marked_but_not_written_out() -> None:
    counted = timeline_builders.speech("three", 5.0, counted=True)
    plan = timeline_builders.timeline("Count", [timeline_builders.planned("breathing", 0.0, 60.0)], [counted])
    picture = lay_out_timeline(plan)
    assert "three" not in texts(picture)
    assert [shape.tip for shape in picture.shapes if isinstance(shape, Bar)] == ["", "0:05 three"]


def test_the_picture_has_a_description() -> None:
    assert describe_timeline(timeline_builders.reset_run()) == (
        "24 min · 158 steps per minute. 0:00 Before you go, 1:30 Settling in, 4:30 Breathing, 8:30 Through the body, "
        "14:00 Letting go, 16:00 Silence, 19:00 Easy running, 21:00 Walking out, 23:00 Afterwards."
    )


@pytest.mark.parametrize(
    ("length_s", "nl", "en"),
    [
        (45.0, "0:45 min", "0:45 min"),
        (24 * 60.0, "24 min", "24 min"),
        (24 * 60.0 + 30, "24:30 min", "24:30 min"),
        (3599.0, "59:59 min", "59:59 min"),
        (3599.6, "1 uur", "1 h"),
        (3600.0, "1 uur", "1 h"),
        (3900.0, "1 uur 5 min", "1 h 5 min"),
        (7199.0, "2 uur", "2 h"),
    ],
)
def test_a_length_of_an_hour_or_more_is_in_hours(length_s: float, nl: str, en: str) -> None:
    timeline = timeline_builders.timeline("Run", [timeline_builders.planned("easy", 0.0, length_s)], [])
    assert [format_length(replace(timeline, language=language)) for language in ("nl", "en")] == [nl, en]


@given(timelines())
@settings(deadline=None, max_examples=40)
def test_a_name_that_comes_back_is_given_each_time_or_only_the_first(timeline: Timeline) -> None:
    names = {kind: f"{number % 4} is its name" for number, kind in enumerate(KINDS)}
    blocks = [replace(block, title=names.get(block.kind, "4 is its name")) for block in timeline.blocks]
    scale = make_scale(replace(timeline, blocks=tuple(blocks)))
    drawn = [shape for shape in draw_names(blocks, scale) if isinstance(shape, Label)]
    shown = Counter(label.text.rstrip("…") for label in drawn)
    for title in {block.title for block in blocks}:
        count = sum(shown[text] for text in shown if title.startswith(text))
        assert count in {0, 1, sum(block.title == title for block in blocks)}
    assert all(label.box.right <= EDGE + 0.01 for label in drawn)


def test_what_is_walked_and_what_is_run_differ_in_colour() -> None:
    for kind in KINDS:
        run = timeline_builders.planned(kind, 0.0, 60.0, start_spm=158.0, end_spm=158.0)
        run = replace(run, running=True)
        walked = replace(run, start_spm=110.0, end_spm=106.0)
        assert {ink_of_block(run), ink_of_block(walked)} <= set(INKS)
        assert (ink_of_block(run) == ink_of_block(walked)) is (kind in {"settle", "walk", "walk-out"})

"""Advice on the form of a run: its length, its brisk blocks, a mindful one, and the walk at its end."""

import pytest
from advice_sessions import FindAdvice, RenderAdvice, make_session
from hypothesis import given, settings
from hypothesis import strategies as st


def test_a_long_reset_run_is_reported_with_the_usual_length(render: RenderAdvice) -> None:
    assert render("length-unusual", make_session("free: 10m..50m", form="reset", length="45m")) == (
        "run.yaml:5:1: advice[length-unusual]: a reset run lasts 15m to 30m, and this one 45m\n"
        "   5 | length: 45m\n"
        "     | ^^^^^^\n"
        "     help: choose another `length`, or another form: long"
    )


def test_a_short_long_run_without_a_length_is_reported_at_its_title(render: RenderAdvice) -> None:
    assert render("length-unusual", make_session("free: 25m", form="long")) == (
        "run.yaml:3:1: advice[length-unusual]: a long run lasts 30m or more, and this one 25m\n"
        "   3 | title: Evening run\n"
        "     | ^^^^^\n"
        "     help: choose a longer `length`, or another form: reset"
    )


@pytest.mark.parametrize(
    ("form", "lasts", "unusual"),
    [
        *[("reset", "14m59s", 1), ("reset", "15m", 0), ("reset", "30m", 0), ("reset", "30m1s", 1)],
        *[("long", "29m59s", 1), ("long", "30m", 0), ("long", "2h", 0)],
        *[(form, "5m", 0) for form in ("intervals", "mindful", "trail", "other")],
    ],
)
def test_only_what_a_form_promises_counts(form: str, lasts: str, unusual: int, find: FindAdvice) -> None:
    assert len(find("length-unusual", make_session(f"free: {lasts}", form=form))) == unusual


def spoken(times: int) -> str:
    return f"free: {{lasts: 10m, say: [{', '.join(['Look.'] * times)}]}}"


def test_the_seventh_cue_is_where_a_mindful_run_begins_to_talk(render: RenderAdvice) -> None:
    assert render("mindful-words", make_session(spoken(8), form="mindful")) == (
        "run.yaml:6:72: advice[mindful-words]: a mindful run speaks six times, and this one 8 times; "
        "the seventh is here\n"
        "   6 |   - free: {lasts: 10m, say: [Look., Look., Look., Look., Look., Look., Look., Look.]}\n"
        "     |                                                                        ^^^^^\n"
        "     help: leave some words out, with `say: none` or one cue where a kind has several, or choose "
        "another `form`"
    )


@pytest.mark.parametrize(("times", "form", "found"), [(6, "mindful", 0), (7, "mindful", 1), (7, "reset", 0)])
def test_six_cues_are_the_most_in_that_form_only(times: int, form: str, found: int, find: FindAdvice) -> None:
    assert len(find("mindful-words", make_session(spoken(times), form=form))) == found


def test_a_cue_that_comes_again_and_again_counts_each_time(find: FindAdvice) -> None:
    text = make_session("free: {lasts: 10m, say: {every: 1m, text: Look.}}", form="mindful")
    (problem,) = find("mindful-words", text)
    assert problem.message == "a mindful run speaks six times, and this one 9 times; the seventh is here"


def test_late_ticks_are_reported_with_their_time(render: RenderAdvice) -> None:
    assert render(
        "mindful-ticks", make_session("free: 8m", "free: {lasts: 12m, ticks: 45s}", form="mindful", breath="none")
    ) == (
        "run.yaml:8:31: advice[mindful-ticks]: it still ticks at 8:00, and a mindful run is "
        "without ticks after its opening\n"
        "   8 |   - free: {lasts: 12m, ticks: 45s}\n"
        "     |                               ^^^\n"
        "     help: write `ticks: off` in this block, or a shorter time, like `ticks: 45s`"
    )


@pytest.mark.parametrize(
    ("ticks", "form", "found"), [("290s", "mindful", 0), ("291s", "mindful", 1), ("291s", "trail", 0)]
)
def test_a_quarter_of_the_run_is_opening_with_the_fade(ticks: str, form: str, found: int, find: FindAdvice) -> None:
    text = make_session(f"free: {{lasts: 20m, ticks: {ticks}}}", form=form, cadence="120", breath="none")
    assert len(find("mindful-ticks", text)) == found


def test_a_run_that_ends_running_is_reported_at_its_last_running_block(render: RenderAdvice) -> None:
    assert render("no-walk-out", make_session("settle: 3m", "easy: {lasts: 9m, cadence: 150}", "reflect: 1m")) == (
        "run.yaml:6:5: advice[no-walk-out]: the running stops here at 150 steps a minute, with no walk to come back\n"
        "   6 |   - easy: {lasts: 9m, cadence: 150}\n"
        "     |     ^^^^\n"
        "     help: end with a few minutes of walking: `- walk-out: 4m`"
    )


@pytest.mark.parametrize(
    "ending",
    [
        ("walk-out: 3m",),
        ("walk-out: 3m", "reflect: 1m", "stretch: 2m"),
        ("walk-out: 2m", "listening: {lasts: 2m, cadence: 98}"),
        ("free: {lasts: 3m, cadence: 150 -> 100}",),
        ("free: {lasts: 3m, cadence: 110}",),
    ],
)
def test_there_are_many_ways_to_end_walking(ending: tuple[str, ...], find: FindAdvice) -> None:
    assert find("no-walk-out", make_session("easy: 9m", *ending)) == ()


@pytest.mark.parametrize(("lasts", "ends"), [("9m59s", 0), ("10m", 1)])
def test_from_ten_minutes_on_it_is_a_run_of_its_own(lasts: str, ends: int, find: FindAdvice) -> None:
    assert len(find("no-walk-out", make_session(f"easy: {lasts}"))) == ends


def test_a_walk_needs_no_walk_at_its_end(find: FindAdvice) -> None:
    assert find("no-walk-out", make_session("free: {lasts: 12m, cadence: 108}", "check-in: 1m")) == ()


def test_a_short_walk_after_a_long_run_is_reported_with_its_length(render: RenderAdvice) -> None:
    assert render("walk-out-short", make_session("easy: 24m15s", "walk-out: 45s")) == (
        "run.yaml:6:5: advice[walk-out-short]: a session of 25m ends with 45s of walking\n"
        "   6 |   - walk-out: 45s\n"
        "     |     ^^^^^^^^\n"
        "     help: let it last three minutes or more: `- walk-out: 4m`"
    )


@pytest.mark.parametrize(
    ("running", "walking", "short"), [("18m", "2m", 0), ("18m1s", "1m59s", 1), ("17m58s", "1m59s", 0)]
)
def test_two_minutes_will_do_and_less_in_less_than_twenty(
    running: str, walking: str, short: int, find: FindAdvice
) -> None:
    text = make_session(f"easy: {running}", f"walk-out: {{lasts: {walking}, say: none}}", breath="none")
    assert len(find("walk-out-short", text)) == short


def test_brisk_upon_brisk_leaves_no_time_to_recover(render: RenderAdvice) -> None:
    assert render("no-recovery", make_session("brisk: 1m", "free: 20s", "brisk: 1m")) == (
        "run.yaml:5:5: advice[no-recovery]: the next brisk block begins 20s after it, before the breath has settled\n"
        "   5 |   - brisk: 1m\n"
        "     |     ^^^^^\n"
        "     help: let easy running come between, as long as the brisk block or longer: `- easy: 90s`"
    )
    assert "begins right after it" in render("no-recovery", make_session("repeat: {times: 3, blocks: [{brisk: 1m}]}"))


@settings(deadline=None, max_examples=25)
@given(brisk_s=st.integers(40, 120), rest_s=st.integers(10, 70))
def test_half_as_long_between_is_enough(brisk_s: int, rest_s: int, find: FindAdvice) -> None:
    rest = f"free: {rest_s}s"
    text = make_session(f"brisk: {{lasts: {brisk_s}s, breath: none, say: none}}", rest, "brisk: 1m", breath="none")
    assert bool(find("no-recovery", text)) == (rest_s < brisk_s / 2 - 1)


@pytest.mark.parametrize(
    "blocks", [("brisk: 1m",), ("brisk: 1m", "easy: 1m", "brisk: 1m"), ("brisk: 1m", "reflect: 1m")]
)
def test_the_last_brisk_block_needs_no_recovery(blocks: tuple[str, ...], find: FindAdvice) -> None:
    assert find("no-recovery", make_session(*blocks)) == ()


def test_a_long_brisk_block_is_reported_with_its_length(render: RenderAdvice) -> None:
    assert render("brisk-long", make_session("brisk: 5m")) == (
        "run.yaml:5:5: advice[brisk-long]: this brisk block lasts 5m; what is light for a minute is hard work by then\n"
        "   5 |   - brisk: 5m\n"
        "     |     ^^^^^\n"
        "     help: make it a minute, and repeat it with easy running between"
    )


@pytest.mark.parametrize(("lasts", "long"), [("2m", 0), ("2m1s", 1)])
def test_two_minutes_are_the_longest(lasts: str, long: int, find: FindAdvice) -> None:
    assert len(find("brisk-long", make_session(f"brisk: {lasts}"))) == long


def test_a_mostly_brisk_run_is_reported_with_its_share(render: RenderAdvice) -> None:
    text = make_session("settle: 3m", "repeat: {times: 6, blocks: [{brisk: 90s}, {free: 1m}]}")
    assert render("brisk-much", text) == (
        "run.yaml:6:34: advice[brisk-much]: 51% of the time on the move is brisk, and it is the easy part that calms\n"
        "   6 |   - repeat: {times: 6, blocks: [{brisk: 90s}, {free: 1m}]}\n"
        "     |                                  ^^^^^\n"
        "     help: keep brisk blocks to a third at most: repeat them fewer times, or make what lies between longer"
    )


@pytest.mark.parametrize(("easy", "much"), [("8m", 0), ("7m59s", 1)])
def test_a_third_is_the_most(easy: str, much: int, find: FindAdvice) -> None:
    settled = f"free: {{lasts: {easy}, breath: none}}"
    text = make_session(settled, *["brisk: {lasts: 1m, breath: none}"] * 4, "reflect: 2m", breath="none")
    assert len(find("brisk-much", text)) == much


def test_a_brisk_start_is_reported(render: RenderAdvice) -> None:
    assert render("brisk-too-soon", make_session("free: 40s", "brisk: 1m", "free: 9m")) == (
        "run.yaml:6:5: advice[brisk-too-soon]: this brisk block comes after 40s of running, before the body is warm\n"
        "   6 |   - brisk: 1m\n"
        "     |     ^^^^^\n"
        "     help: begin with a few minutes of walking and easy running: `- settle: 3m`"
    )
    assert "comes with the first steps" in render(
        "brisk-too-soon", make_session("check-in: 3m", "brisk: 1m", "free: 9m")
    )


@pytest.mark.parametrize(("before", "soon"), [("2m", 0), ("1m58s", 1)])
def test_after_two_minutes_one_may_be_brisk(before: str, soon: int, find: FindAdvice) -> None:
    text = make_session(f"free: {before}", "brisk: 1m", "free: 9m", breath="none")
    assert len(find("brisk-too-soon", text)) == soon


def test_a_stretch_of_intervals_that_is_tried_out_is_left_alone(find: FindAdvice) -> None:
    text = make_session("brisk: 1m", "free: 1m", "brisk: 1m")
    assert find("brisk-too-soon", text) == find("brisk-much", text) == ()

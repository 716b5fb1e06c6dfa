import pytest
from fake_controls import FakeControls, status
from hypothesis import given, settings
from hypothesis import strategies as st
from timeline_builders import speech

from coach.play.screen.key_controller import LEAST_TAPS, MOST_TAPS, KeyController, RecentWords, TapTempo
from coach.play.screen.presenter import Key, ScreenView

STEP_S = 0.38


def pressed(*keys: str, controls: FakeControls | None = None) -> list[str]:
    """What is asked of a run by these keys."""
    controls = controls or FakeControls()
    controller = KeyController(controls)
    for nth, key in enumerate(keys):
        controller.press(key, nth * STEP_S)
    return controls.asked


def page_after(*keys: str, controls: FakeControls | None = None, later_s: float = 0.0) -> ScreenView:
    controls = controls or FakeControls(status("nl"))
    controller = KeyController(controls)
    for nth, key in enumerate(keys):
        controller.press(key, nth * STEP_S)
    return controller.make_view(controls.get_status(), (len(keys) - 1) * STEP_S + later_s)


@pytest.mark.parametrize(
    ("key", "asked"),
    [
        ("space", "toggle pause"),
        ("right", "next block"),
        ("left", "previous block"),
        ("+", "change cadence by +2"),
        ("=", "change cadence by +2"),
        ("-", "change cadence by -2"),
        ("_", "change cadence by -2"),
        ("up", "voice louder by +2"),
        ("down", "voice louder by -2"),
        ("g", "less guidance"),
        ("ctrl+c", "stop"),
    ],
)
def test_a_key_asks_one_thing(key: str, asked: str) -> None:
    assert pressed(key) == [asked]


@pytest.mark.parametrize("key", ["x", "enter", "escape", "tab", "f1", "W", "n", "s", "w"])
def test_other_keys_ask_nothing(key: str) -> None:
    assert pressed(key) == []


@pytest.mark.parametrize("key", ["space", "enter", "n"])
def test_a_run_that_waits_is_begun_at_once(key: str) -> None:
    assert pressed(key, controls=FakeControls(status(state="waiting"))) == ["begin now"]


def test_up_and_down_are_for_the_ticks_or_the_voice_as_chosen() -> None:
    asked = pressed("t", "up", "up", "v", "down")
    assert asked == ["ticks louder by +2", "ticks louder by +2", "voice louder by -2"]


def test_the_choice_and_its_level_are_shown_for_some_seconds_and_the_choice_stays() -> None:
    controls = FakeControls(status("nl", ticks_db=-4.0))
    assert page_after("t", controls=controls).notice == "Tikken: -4 dB   ↑ harder   ↓ zachter"
    assert page_after("t", controls=controls, later_s=4.0).notice == ""
    assert Key(key="↑↓", does="tikken") in page_after("t", controls=controls, later_s=4.0).keys
    assert Key(key="↑↓", does="stem") in page_after("t", "v", controls=controls).keys


def test_another_key_takes_the_choice_off_the_screen_so_that_what_comes_of_it_is_seen() -> None:
    assert page_after("t", "up").notice == ""


def test_stopping_asks_first_and_offers_to_walk_out() -> None:
    asked = page_after("q")
    assert asked.title == "Stoppen?"
    assert asked.choices == (
        Key(key="w", does="eerst rustig uitwandelen"),
        Key(key="s", does="nu stoppen"),
        Key(key="esc", does="toch verder"),
    )


def test_where_no_walk_out_is_to_come_none_is_offered_or_taken() -> None:
    past = FakeControls(status("nl"), walk_out_to_come=False)
    assert [choice.key for choice in page_after("q", controls=past).choices] == ["s", "esc"]
    assert pressed("q", "w", controls=past) == []


@pytest.mark.parametrize(
    ("keys", "asked"),
    [
        (("q", "w"), ["walk out"]),
        (("q", "s"), ["stop"]),
        (("q", "escape"), []),
        (("q", "right", "+"), []),
        (("q", "escape", "right"), ["next block"]),
        (("q", "w", "right"), ["walk out", "next block"]),
        (("q", "ctrl+c"), ["stop"]),
    ],
)
def test_the_answer_counts_and_nothing_else_until_then(keys: tuple[str, ...], asked: list[str]) -> None:
    assert pressed(*keys) == asked


def test_help_shows_every_key_and_any_key_leaves_it() -> None:
    helped = page_after("?")
    assert helped.title == "Toetsen"
    assert [choice.key for choice in helped.choices] == [
        "spatie",
        "← →",
        "- +",
        "T",
        "↑ ↓",
        "t",
        "v",
        "g",
        "q",
        "ctrl-c",
    ]
    assert pressed("?", "right", "right") == ["next block"]


def test_stopping_twice_closes_the_screen() -> None:
    controls = FakeControls()
    controls.stop_takes_a_look()
    controller = KeyController(controls)
    controller.press("ctrl+c", 0.0)
    assert not controller.stopped_twice
    controller.press("ctrl+c", 0.1)
    assert controller.stopped_twice


def test_tapping_sets_the_cadence_two_seconds_after_the_last_tap() -> None:
    controls = FakeControls(status("nl"))
    controller = KeyController(controls)
    controller.press("T", 0.0)
    for nth in range(10):
        controller.press("T" if nth % 2 else "space", 1.0 + nth * 0.375)
    last_s = 1.0 + 9 * 0.375
    assert controller.make_view(controls.get_status(), last_s + 1.9).title == "Tik mee"
    assert controls.asked == []
    assert controller.make_view(controls.get_status(), last_s + 2.0).title == "Adem"
    assert controls.asked == ["set cadence to 160"]


def test_enter_ends_tapping_at_once() -> None:
    assert pressed("T", *["x"] * 9, "enter") == ["set cadence to 158"]


def test_escape_forgets_the_taps() -> None:
    assert pressed("T", *["x"] * 9, "escape", "enter") == []


def test_the_cadence_is_shown_while_it_is_tapped() -> None:
    few, enough = page_after("T", *["x"] * 7), page_after("T", *["x"] * 9)
    assert [figure.digits for figure in few.figures] == ["-", "7"]
    assert [figure.digits for figure in enough.figures] == ["158", "9"]


def test_too_few_taps_change_nothing_and_say_so() -> None:
    controls = FakeControls(status("nl"))
    shown = page_after("T", "x", "x", "enter", controls=controls)
    assert shown.notice == "Dat was te weinig om op af te gaan. Probeer het nog eens, met tien gelijke tikken."
    assert controls.asked == []


def test_without_a_tap_the_screen_keeps_asking() -> None:
    assert page_after("T", later_s=60.0).title == "Tik mee"


def test_words_stay_to_be_read_but_are_not_shown_as_being_said() -> None:
    controls = FakeControls(status("nl"))
    controller = KeyController(controls)
    said = controller.make_view(controls.get_status(), 0.0)
    assert controls.at.speech is not None
    controls.now(speech=None, position_s=controls.at.speech.end_s + 1.0)
    after = controller.make_view(controls.get_status(), 0.1)
    assert (said.words, said.spoken) == (after.words, True)
    assert not after.spoken


SENTENCE = speech("Voel de grond.", 400.0, block=2)


def test_words_stay_three_seconds_after_they_were_heard() -> None:
    heard = RecentWords()
    assert heard.update(status(position_s=402.0, speech=SENTENCE)) == "Voel de grond."
    assert heard.update(status(position_s=406.9, speech=None)) == "Voel de grond."
    assert heard.update(status(position_s=407.0, speech=None)) == ""


def test_before_the_first_words_there_are_none() -> None:
    assert RecentWords().update(status(speech=None)) == ""


def test_another_block_takes_the_words_away() -> None:
    heard = RecentWords()
    heard.update(status(position_s=402.0, speech=SENTENCE))
    assert heard.update(status(position_s=404.5, block=3, speech=None)) == ""


def test_going_back_takes_them_away() -> None:
    heard = RecentWords()
    heard.update(status(position_s=402.0, speech=SENTENCE))
    assert heard.update(status(position_s=310.0, speech=None)) == ""


def tapped(intervals: list[float], start_s: float = 100.0) -> TapTempo:
    taps, at_s = TapTempo(), start_s
    taps.tap(at_s)
    for interval in intervals:
        at_s += interval
        taps.tap(at_s)
    return taps


def test_even_taps_show_their_cadence() -> None:
    assert tapped([0.375] * 7).compute_cadence_spm(running=True, current_spm=158.0) == pytest.approx(160.0)


def test_seven_taps_are_too_few() -> None:
    assert tapped([0.375] * 6).compute_cadence_spm(running=True, current_spm=158.0) is None


def test_before_the_first_tap_there_is_neither_a_cadence_nor_a_last_one() -> None:
    assert TapTempo().compute_cadence_spm(running=True, current_spm=158.0) is None
    assert TapTempo().last_s is None


def test_a_missed_step_changes_nothing() -> None:
    assert tapped([0.375] * 4 + [0.75] + [0.375] * 4).compute_cadence_spm(
        running=True, current_spm=158.0
    ) == pytest.approx(160.0)


def test_a_key_that_bounces_counts_once() -> None:
    taps = tapped([0.375] * 7)
    taps.tap(taps.last_s + 0.03 if taps.last_s else 0.0)
    assert taps.count == 8
    assert taps.compute_cadence_spm(running=True, current_spm=158.0) == pytest.approx(160.0)


def test_every_second_step_while_running_counts_double() -> None:
    assert tapped([0.75] * 7).compute_cadence_spm(running=True, current_spm=158.0) == pytest.approx(160.0)


def test_taps_at_a_walking_cadence_are_not_doubled() -> None:
    assert tapped([0.6] * 7).compute_cadence_spm(running=True, current_spm=106.0) == pytest.approx(100.0)


def test_outside_running_taps_are_not_doubled() -> None:
    assert tapped([0.75] * 7).compute_cadence_spm(running=False, current_spm=158.0) == pytest.approx(80.0)


@pytest.mark.parametrize("interval", [0.2, 1.3])
def test_an_impossible_cadence_is_none(interval: float) -> None:
    assert tapped([interval] * 9).compute_cadence_spm(running=True, current_spm=158.0) is None


def test_irregular_taps_show_no_cadence() -> None:
    assert (
        tapped([0.2, 0.9, 0.3, 0.7, 0.25, 1.2, 0.5, 0.8]).compute_cadence_spm(running=True, current_spm=158.0) is None
    )


def test_a_hasty_start_is_forgotten() -> None:
    assert tapped([0.2, 0.9, 0.3, 0.7] + [0.4] * MOST_TAPS).compute_cadence_spm(
        running=True, current_spm=158.0
    ) == pytest.approx(150.0)


@given(
    st.floats(120.0, 205.0),
    st.lists(st.floats(-0.05, 0.05), min_size=LEAST_TAPS, max_size=60),
    st.floats(0.0, 1e6),
)
@settings(deadline=None, max_examples=80)
def test_uneven_taps_come_close_to_the_cadence(spm: float, wobbles: list[float], start_s: float) -> None:
    measured = tapped([60.0 / spm * (1.0 + wobble) for wobble in wobbles], start_s).compute_cadence_spm(
        running=True, current_spm=158.0
    )
    assert measured == pytest.approx(spm, rel=0.06)


@given(st.floats(0.3, 0.5), st.integers(0, 15), st.floats(1.5, 4.0))
@settings(deadline=None, max_examples=80)
def test_one_outlier_anywhere_changes_nothing(interval: float, where: int, times: float) -> None:
    intervals = [interval] * 15
    intervals.insert(where, interval * times)
    assert tapped(intervals).compute_cadence_spm(running=True, current_spm=158.0) == pytest.approx(60.0 / interval)


@given(st.lists(st.floats(0.0, 1e4), max_size=40).map(sorted), st.booleans())
@settings(deadline=None, max_examples=80)
def test_whatever_is_tapped_the_cadence_is_possible(times_s: list[float], running: bool) -> None:  # noqa: FBT001 - hypothesis gives it by name
    taps = TapTempo()
    for time_s in times_s:
        taps.tap(time_s)
    measured = taps.compute_cadence_spm(running=running, current_spm=158.0)
    assert measured is None or 60.0 <= measured <= 220.0
    assert taps.count <= len(times_s)

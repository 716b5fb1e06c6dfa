"""Advice on ticks, silences, and the share of talk."""

import pytest
from advice_sessions import FindAdvice, RenderAdvice, make_session, words
from hypothesis import given, settings
from hypothesis import strategies as st


def test_ticks_that_never_stop_are_reported_where_they_begin(render: RenderAdvice) -> None:
    text = make_session("check-in: 1m", "free: {lasts: 6m, ticks: on}", "free: {lasts: 6m, ticks: on}")
    assert render("ticks-throughout", text) == (
        "run.yaml:6:30: advice[ticks-throughout]: from here on the ticks never stop for a whole minute\n"
        "   6 |   - free: {lasts: 6m, ticks: on}\n"
        "     |                              ^^\n"
        "     help: stop them once the rhythm is found, like `ticks: 90s`; they may come back later"
    )


@pytest.mark.parametrize(("without", "throughout"), [("60s", 0), ("58s", 1)])
def test_a_minute_without_them_is_enough(without: str, throughout: int, find: FindAdvice) -> None:
    ticking = "free: {lasts: 6m, ticks: on}"
    text = make_session(ticking, f"free: {without}", ticking, breath="none", cadence="120")
    assert len(find("ticks-throughout", text)) == throughout


@pytest.mark.parametrize(
    "blocks",
    [("free: {lasts: 12m, ticks: 90s}",), ("free: 12m",), ("free: {lasts: 9m, ticks: on}",), ("check-in: 12m",)],
)
def test_ticks_that_leave_or_never_came_are_fine(blocks: tuple[str, ...], find: FindAdvice) -> None:
    assert find("ticks-throughout", make_session(*blocks)) == ()


def test_a_short_silence_is_reported_with_what_is_left_of_it(render: RenderAdvice) -> None:
    assert render("silence-short", make_session("silence: {lasts: 40s, bell: none}")) == (
        "run.yaml:5:5: advice[silence-short]: this silence lasts 40s, and its words leave 22s of it quiet\n"
        "   5 |   - silence: {lasts: 40s, bell: none}\n"
        "     |     ^^^^^^^\n"
        "     help: give it two minutes or more, so that there is time to hear what else there is"
    )


@pytest.mark.parametrize(("lasts", "short"), [("44s", 1), ("45s", 0)])
def test_three_quarters_of_a_minute_are_heard_as_quiet(lasts: str, short: int, find: FindAdvice) -> None:
    assert len(find("silence-short", make_session(f"silence: {{lasts: {lasts}, say: none}}"))) == short


def test_ticks_in_a_silence_are_reported(render: RenderAdvice) -> None:
    assert render("silence-broken", make_session("silence: {lasts: 3m, ticks: 20s}")) == (
        "run.yaml:5:33: advice[silence-broken]: it ticks in this silence\n"
        "   5 |   - silence: {lasts: 3m, ticks: 20s}\n"
        "     |                                 ^^^\n"
        "     help: leave the ticks out: `ticks: off`"
    )


def test_words_amid_a_silence_are_reported(render: RenderAdvice) -> None:
    assert render("silence-broken", make_session("silence: {lasts: 3m, say-also: {at: 50%, text: Hello.}}")) == (
        "run.yaml:5:52: advice[silence-broken]: these words come in the middle of a silence\n"
        "   5 |   - silence: {lasts: 3m, say-also: {at: 50%, text: Hello.}}\n"
        "     |                                                    ^^^^^^\n"
        "     help: move them to its start or its end, or make it an `easy` block"
    )


@pytest.mark.parametrize(("place", "broken"), [("20s", 0), ("21s", 1), ("-21s", 1), ("-20s", 0)])
def test_the_first_and_the_last_twenty_seconds_may_have_words(place: str, broken: int, find: FindAdvice) -> None:
    text = make_session(f"silence: {{lasts: 3m, say: {{at: {place}, text: So.}}}}", breath="none")
    assert len(find("silence-broken", text)) == broken


def test_other_kinds_may_be_as_short_and_as_loud_as_they_like(find: FindAdvice) -> None:
    text = make_session("free: {lasts: 3m, ticks: on, say: {at: 50%, text: Hello.}}", "free: 20s")
    assert find("silence-broken", text) == find("silence-short", text) == ()


def test_words_that_fill_a_session_are_reported_at_the_block_with_the_most(render: RenderAdvice) -> None:
    text = make_session(
        f'free: {{lasts: 4m, say: "{words(100)}"}}', f'free: {{lasts: 2m, say: "{words(180)}"}}', breath="none"
    )
    assert render("talks-much", text) == (
        "run.yaml:7:5: advice[talks-much]: words take 39% of the session, most of them in this block: 1m30s of 2m\n"
        f'   7 |   - free: {{lasts: 2m, say: "{words(180)[:72]}…\n'
        "     |     ^^^^\n"
        "     help: let words take at most 35%: say less here, make the block longer, or add a `- silence: 3m`"
    )


@settings(deadline=None, max_examples=25)
@given(number=st.one_of(st.integers(1, 500), st.integers(208, 212)))
def test_35_percent_is_the_most_that_is_not_too_much(number: int, find: FindAdvice) -> None:
    text = make_session(f'free: {{lasts: 5m, say: "{words(number)}"}}', breath="none")
    assert bool(find("talks-much", text)) == (number > 210)


def test_a_session_under_five_minutes_may_be_all_words(find: FindAdvice) -> None:
    assert find("talks-much", make_session(f'free: {{lasts: 4m50s, say: "{words(400)}"}}', breath="none")) == ()


def test_pauses_inside_a_text_are_no_words(find: FindAdvice) -> None:
    text = f"{words(100)} [2m] {words(100)}"
    assert find("talks-much", make_session(f'free: {{lasts: 5m, say: "{text}"}}', breath="none")) == ()


def test_the_language_is_named_where_there_are_two(render: RenderAdvice) -> None:
    say = f"{{nl: kort, en: {words(240)}}}"
    text = make_session(f"free: {{lasts: 5m, say: {say}}}", breath="none").replace(
        "language: en\ntitle: Evening run", "title: {nl: Avond, en: Evening}"
    )
    assert "words take 40% of the session (en), most of them" in render("talks-much", text)


def test_a_run_without_a_quiet_minute_is_reported_with_its_longest_quiet(render: RenderAdvice) -> None:
    cue = "{every: 50s, text: So it is.}"
    text = make_session(f"free: {{lasts: 10m, say: [{{at: 0s, text: So.}}, {cue}]}}", length="10m", breath="none")
    assert render("never-quiet", text) == (
        "run.yaml:4:1: advice[never-quiet]: the longest stretch without a word or a tick is 49s\n"
        "   4 | length: 10m\n"
        "     | ^^^^^^\n"
        "     help: leave a minute or more to the runner alone: add a block like `- silence: 2m`, or say less in an "
        "easy one"
    )


@settings(deadline=None, max_examples=20)
@given(period_s=st.one_of(st.integers(20, 200), st.integers(58, 63)))
def test_a_whole_minute_is_quiet_enough(period_s: int, find: FindAdvice) -> None:
    cues = f"[{{at: 0s, text: So.}}, {{every: {period_s}s, text: So it.}}]"
    text = make_session(f"free: {{lasts: 10m, say: {cues}}}", breath="none")
    last_s = 600.0 - 1.0 - max(time for time in range(period_s, 586, period_s))
    assert bool(find("never-quiet", text)) == (max(period_s - 1.0, last_s) < 60.0)


def test_a_pause_inside_a_text_is_quiet_too(find: FindAdvice) -> None:
    pauses = " [50s] ".join(["So."] * 12)
    assert len(find("never-quiet", make_session(f'free: {{lasts: 10m, say: "{pauses}"}}', breath="none"))) == 1
    pauses = " [60s] ".join(["So."] * 9)
    assert find("never-quiet", make_session(f'free: {{lasts: 10m, say: "{pauses}"}}', breath="none")) == ()


def test_less_than_ten_minutes_need_no_quiet_one(find: FindAdvice) -> None:
    cues = "[{at: 0s, text: So.}, {every: 30s, text: So it is.}]"
    assert find("never-quiet", make_session(f"free: {{lasts: 9m50s, say: {cues}}}", breath="none")) == ()


def test_where_only_ticks_fill_the_quiet_they_alone_are_reported(find: FindAdvice) -> None:
    text = make_session("free: {lasts: 12m, ticks: on}")
    assert find("never-quiet", text) == ()
    assert len(find("ticks-throughout", text)) == 1

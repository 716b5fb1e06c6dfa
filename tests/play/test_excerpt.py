"""Excerpts: which part of a session is played, and its fades."""

import zlib
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

import numpy as np
import pytest
import session_texts
from fake_device import FakeBackend
from humming_soundbank import BANK, RATE_HZ, hum
from hypothesis import given, settings
from hypothesis import strategies as st
from session_texts import of_kind
from session_texts import session as written
from timeline_builders import planned as block_of
from timeline_builders import speech, timeline

from coach.audio import mastering
from coach.audio.mixer import Mixer
from coach.audio.soundbank import measure_bell_length_s
from coach.diagnostics.problem import SessionError
from coach.errors import ExternalError, UsageError
from coach.play.excerpt import (
    LEAD_S,
    SEAM_S,
    TAIL_S,
    Excerpt,
    ExcerptMix,
    _add_margins,
    _list_events_near,
    find_block,
    find_line,
    find_whole,
    plan_excerpt,
    play_excerpt,
)
from coach.play.playback_setup import OpenPlayback
from coach.play.sample_sources import FADE_OUT_S, Mix
from coach.services import session_reading
from coach.session import library
from coach.session.source_map import SourceMap, map_source
from coach.sounds.clip import Clip, Samples
from coach.timeline.compile import compile_plan
from coach.timeline.schedule import Plan, PlanOptions
from coach.timeline.timeline import Bell, Speech
from coach.utterance import SpokenDuration, Utterance
from coach.voices.duration_estimate import estimate_duration

RUN = """\
coach: 1
title: Trial
language: en
length: 4m
cadence: 120
breath: 2/2
blocks:
  - free:
      lasts: 1m
      title: First
      say:
        - {at: 20s, text: "Here we go."}
        - at: 40s
          text: "[in] in [step] two [3s] and let go."
        - {at: 50s, level: extra, text: "A bird."}
  - repeat:
      times: 2
      blocks:
        - free: {lasts: 30s, title: Second, say: [{at: 0s, text: "Quicker."}]}
        - free:
            lasts: 30s
            title: Third
            bell: start
            say: [{every: 10s, text: "Ease up."}]
  - free:
      lasts: 1m
      title: Fourth
      say: [{every: 50s, text: Never.}]
      say-also: {at: -1s, text: Bye bye.}
say-as: {Bye: bai}
"""


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> tuple[Plan, SourceMap, str]:
    plan = session_texts.planned(tmp_path_factory.mktemp("run"), RUN)
    return plan, map_source(plan.session), str(plan.session.path)


def line(run: tuple[Plan, SourceMap, str], number: int) -> Excerpt:
    plan, lines, file = run
    return find_line(plan, lines, file, number)


def test_words_with_a_second_before_and_after(run: tuple[Plan, SourceMap, str]) -> None:
    assert line(run, 12) == Excerpt(
        start_s=19.0, from_s=20.0, to_s=21.5, end_s=22.5, title="First", words="Here we go."
    )


def test_all_utterances_of_a_cue_are_heard(run: tuple[Plan, SourceMap, str]) -> None:
    said = [event for event in of_kind(run[0].timeline, Speech) if event.location.line == 14]
    assert [event.text for event in said] == ["in", "two", "and let go."]
    for number in (13, 14):
        excerpt = line(run, number)
        assert (excerpt.from_s, excerpt.to_s, excerpt.words) == (said[0].start_s, said[-1].end_s, "in two and let go.")


def test_a_repeated_cue_is_heard_once(run: tuple[Plan, SourceMap, str]) -> None:
    every_10_s = line(run, 24)
    assert (every_10_s.from_s, every_10_s.to_s, every_10_s.words) == (100.0, 101.0, "Ease up.")


def test_the_last_words_end_as_the_session_does(run: tuple[Plan, SourceMap, str]) -> None:
    assert line(run, 29) == Excerpt(
        start_s=238.0, from_s=239.0, to_s=240.0, end_s=240.0, title="Fourth", words="Bye bye."
    )


def test_a_block_is_whole(run: tuple[Plan, SourceMap, str]) -> None:
    fourth = Excerpt(start_s=179.0, from_s=180.0, to_s=240.0, end_s=240.0, title="Fourth")
    assert [line(run, number) for number in (25, 26, 27)] == [fourth] * 3


def test_the_words_that_follow_a_block_are_not_begun(run: tuple[Plan, SourceMap, str]) -> None:
    assert line(run, 8) == Excerpt(start_s=0.0, from_s=0.0, to_s=60.0 - SEAM_S, end_s=60.0, title="First")


def test_the_bell_of_the_next_block_is_not_heard(run: tuple[Plan, SourceMap, str]) -> None:
    assert line(run, 19) == Excerpt(start_s=59.0, from_s=60.0, to_s=90.0 - SEAM_S, end_s=90.0, title="Second")


def test_a_block_that_is_repeated_is_heard_once_and_all_rounds_where_repeat_stands(
    run: tuple[Plan, SourceMap, str],
) -> None:
    assert (line(run, 20).from_s, line(run, 20).to_s) == (90.0, 120.0 - SEAM_S)
    rounds = Excerpt(start_s=59.0, from_s=60.0, to_s=180.0, end_s=181.0, title="Second, Third")
    assert [line(run, number) for number in (16, 17, 18)] == [rounds] * 3


def test_a_block_by_its_number_or_its_kind(run: tuple[Plan, SourceMap, str]) -> None:
    plan, _, _ = run
    assert [find_block(plan, str(number)).from_s for number in range(1, 7)] == [0.0, 60.0, 90.0, 120.0, 150.0, 180.0]
    assert find_block(plan, "free") == find_block(plan, "1")


def test_the_whole_session(run: tuple[Plan, SourceMap, str]) -> None:
    assert find_whole(run[0]) == Excerpt(start_s=0.0, from_s=0.0, to_s=240.0, end_s=240.0, title="Trial")


@pytest.mark.parametrize(
    ("wanted", "message"),
    [
        ("0", "there is no block 0: this session has 6, and 'coach plan' numbers them"),
        ("7", "there is no block 7: this session has 6, and 'coach plan' numbers them"),
        ("9" * 5_000, f"this session has no block '{'9' * 5_000}': choose from: free"),
        ("fre", "this session has no block 'fre': did you mean 'free'?"),
        ("-1", "this session has no block '-1': choose from: free"),
    ],
)
def test_a_block_that_is_not_there(run: tuple[Plan, SourceMap, str], wanted: str, message: str) -> None:
    with pytest.raises(UsageError) as refused:
        find_block(run[0], wanted)
    assert str(refused.value) == message


@pytest.mark.parametrize(
    ("number", "message"),
    [
        (1, "nothing in line 1 is heard; the nearest line that is: 8"),
        (30, "nothing in line 30 is heard; the nearest line that is: 29"),
        (28, "line 28 is never said: its block ends too soon for it, or it has no words"),
    ],
)
def test_a_line_in_which_nothing_is_heard(run: tuple[Plan, SourceMap, str], number: int, message: str) -> None:
    with pytest.raises(UsageError) as refused:
        line(run, number)
    assert str(refused.value) == message


@pytest.mark.parametrize("number", [0, 32, 1_000_000])
def test_a_line_that_is_not_there(run: tuple[Plan, SourceMap, str], number: int) -> None:
    with pytest.raises(UsageError) as refused:
        line(run, number)
    assert str(refused.value) == f"there is no line {number} in {run[2]}: it has 31"


@pytest.mark.parametrize(("guidance", "left_out"), [("light", (15,)), ("quiet", (12, 13, 14, 15, 24))])
def test_words_that_guidance_leaves_out(tmp_path: Path, guidance: str, left_out: tuple[int, ...]) -> None:
    plan = session_texts.planned(tmp_path, RUN, guidance=guidance)
    for number in left_out:
        with pytest.raises(UsageError) as refused:
            find_line(plan, map_source(plan.session), str(plan.session.path), number)
        level = "extra" if number == 15 else "guide"
        assert str(refused.value) == (
            f"line {number} is not said: '--guidance {guidance}' leaves out words whose level is '{level}'"
        )


SLACK_S = 1e-9


@settings(deadline=None, max_examples=200)
@given(
    gaps_s=st.lists(st.floats(0.8, 9.0), min_size=2, max_size=8),
    bells_s=st.lists(st.floats(0.0, 60.0), max_size=3),
    data=st.data(),
)
def test_around_words_or_blocks_no_word_is_cut_and_no_bell_is_struck(
    gaps_s: list[float], bells_s: list[float], data: st.DataObject
) -> None:
    said = [speech("words", sum(gaps_s[: nth + 1]) + 2.0 * nth, lasts_s=2.0) for nth in range(len(gaps_s) - 1)]
    bells = [Bell(start_s=at_s, end_s=at_s + 4.0, name="bowl") for at_s in bells_s]
    length_s = sum(gaps_s) + 2.0 * len(said)
    run = timeline("A run", [block_of("easy", 0.0, length_s)], [*said, *bells])
    first = data.draw(st.integers(0, len(said) - 1))
    last = data.draw(st.integers(first, len(said) - 1))
    from_s = said[first].start_s - data.draw(st.floats(0.0, 1.0)) * gaps_s[first]
    to_s = said[last].end_s + data.draw(st.floats(0.0, 1.0)) * gaps_s[last + 1]
    excerpt = _add_margins(run, from_s, to_s, title="")
    assert 0.0 <= excerpt.start_s <= excerpt.from_s <= excerpt.to_s <= excerpt.end_s <= length_s
    assert excerpt.from_s == max(0.0, from_s)
    assert to_s - SEAM_S - SLACK_S <= excerpt.to_s <= to_s
    assert excerpt.start_s >= from_s - LEAD_S - SLACK_S
    assert excerpt.end_s <= to_s + TAIL_S + SLACK_S
    for event in said[:first] + said[last + 1 :]:
        assert min(event.end_s, excerpt.end_s) - max(event.start_s, excerpt.start_s) <= SEAM_S + SLACK_S
    assert not any(to_s <= bell.start_s < excerpt.end_s for bell in bells)


class FakeSpeechService:
    """Speaks at once, each stretch of words so much slower or quicker than estimated."""

    def __init__(self, slowest: float = 1.0) -> None:
        self.spoken: dict[Utterance, SpokenDuration] = {}
        self._slowest = slowest

    def measure(self, utterance: Utterance) -> SpokenDuration:
        """From 0.8 of the estimate to ``slowest`` of it, by the words."""
        share = zlib.crc32(utterance.text.encode()) % 100 / 99.0
        factor = 0.8 + share * (self._slowest - 0.8)
        return SpokenDuration(length_s=factor * estimate_duration(utterance).length_s, onset_s=0.1)

    def find_duration(self, utterance: Utterance) -> SpokenDuration | None:
        return self.spoken.get(utterance)

    def prepare(self, utterances: Sequence[Utterance]) -> None:
        self.spoken.update({utterance: self.measure(utterance) for utterance in utterances})

    def get_clip(self, utterance: Utterance) -> Clip:
        return hum(utterance)

    def make_key(self, utterance: Utterance) -> str:
        return utterance.text

    def wake(self, language: str) -> None:
        pass

    def close(self) -> None:
        pass


@settings(deadline=None, max_examples=30)
@given(name=st.sampled_from(library.list_names()), data=st.data())
def test_an_excerpt_is_as_in_the_plan_of_all_spoken_words(name: str, data: st.DataObject) -> None:
    session = session_reading.load_session(name)
    options = PlanOptions(language=data.draw(st.sampled_from(session.languages)))
    find = partial(find_block, wanted=str(data.draw(st.integers(1, len(session.blocks)))))
    service = FakeSpeechService(slowest=1.25)
    plan, excerpt = plan_excerpt(session, options, service, find)
    finished = compile_plan(session, options, service.measure, measure_bell_length_s)
    assert excerpt == find(finished)
    assert _list_events_near(plan.timeline, excerpt) == _list_events_near(finished.timeline, excerpt)
    said = [event.utterance for event in _list_events_near(plan.timeline, excerpt) if isinstance(event, Speech)]
    assert set(said) <= set(service.spoken)


def test_words_elsewhere_are_not_spoken() -> None:
    service = FakeSpeechService()
    plan, _ = plan_excerpt(
        session_reading.load_session("light-intervals"),
        PlanOptions(language="en"),
        service,
        partial(find_block, wanted="4"),
    )
    words = {event.utterance for event in plan.timeline.events if isinstance(event, Speech)}
    assert len(service.spoken) < len(words) / 3


def test_all_words_are_spoken_where_its_position_depends_on_them(tmp_path: Path) -> None:
    text = "coach: 1\ntitle: P\nlanguage: nl\nblocks: [say: Een twee drie., free: 1m, free: {lasts: 1m, say: Vier.}]\n"
    service = FakeSpeechService()
    plan_excerpt(written(tmp_path, text), PlanOptions(), service, partial(find_block, wanted="3"))
    assert [utterance.text for utterance in service.spoken] == ["Vier.", "Een twee drie."]


def test_for_a_whole_session_all_words_are_spoken() -> None:
    session, service = session_reading.load_session("walk-out"), FakeSpeechService()
    plan, excerpt = plan_excerpt(session, PlanOptions(language="nl"), service, find_whole)
    assert excerpt.end_s == plan.timeline.length_s
    assert (
        plan.timeline
        == compile_plan(session, PlanOptions(language="nl"), service.measure, measure_bell_length_s).timeline
    )


TIGHT = (
    "coach: 1\ntitle: P\nlanguage: nl\nlength: 5s\nblocks: [free: {lasts: 5s, say: [{at: 0s, text: WORDS}]}]\n".replace(
        "WORDS", "Een twee drie vier vijf zes zeven acht negen tien elf twaalf dertien."
    )
)


@pytest.mark.parametrize("slowest", [0.8, 1.25])
def test_words_too_long_are_an_error_with_any_voice(tmp_path: Path, slowest: float) -> None:
    session = written(tmp_path, TIGHT)
    with pytest.raises(SessionError):
        plan_excerpt(session, PlanOptions(), FakeSpeechService(slowest=slowest), find_whole)


PLAYED_RUN = """\
coach: 1
title: Trial
language: en
cadence: 150
sounds: {bed: wind}
blocks:
  - free: {lasts: 12s, ticks: on, bell: start, say: [{at: 4s, text: One two three four.}]}
"""
LEVEL_DB = 1.5
QUIET_S = 0.5
PERIOD_S = 0.04
FLOOR = 0.003
WORDS = Excerpt(start_s=3.0, from_s=4.0, to_s=6.0, end_s=7.0, title="Free", words="One two three four.")
WHOLE = Excerpt(start_s=0.0, from_s=0.0, to_s=12.0, end_s=12.0, title="Trial")


@pytest.fixture(scope="module")
def mix(tmp_path_factory: pytest.TempPathFactory) -> Mix:
    timeline = session_texts.timeline(tmp_path_factory.mktemp("run"), PLAYED_RUN)
    return Mix(mixer=Mixer(timeline, BANK, RATE_HZ), gain_db=LEVEL_DB)


@pytest.fixture(scope="module")
def rendered(mix: Mix) -> Samples:
    return np.concatenate(list(mastering.master(mix.mixer.iter_blocks(), LEVEL_DB)))


class Ear:
    """Hears on a device that asks whenever the program waits; what happens at some of these moments can be said."""

    def __init__(self, *, planned_for_s: float = 0.0) -> None:
        self.backend = FakeBackend()
        self.playback = OpenPlayback(self.backend, None)
        self.waits = 0
        self.happens: dict[int, Callable[[], None]] = {}
        self.pull(planned_for_s)

    def hear(self, mix: Mix, excerpt: Excerpt) -> bool:
        return play_excerpt(
            self.playback.buffer, self.playback.device, ExcerptMix(mix=mix, excerpt=excerpt), self._wait
        )

    def pull(self, seconds: float) -> None:
        self.backend.opened[0].pull(frames(seconds))

    @property
    def heard(self) -> Samples:
        return self.backend.opened[0].pulled

    def _wait(self, _: float) -> None:
        self.pull(PERIOD_S)
        self.waits += 1
        self.happens.get(self.waits, lambda: None)()


def frames(seconds: float) -> int:
    return round(seconds * RATE_HZ)


def part(samples: Samples, from_s: float, to_s: float) -> Samples:
    return samples[frames(from_s) : frames(to_s)]


def same(heard: Samples, expected: Samples) -> bool:
    return heard.shape == expected.shape and bool(np.allclose(heard, expected, atol=1e-6))


def interrupt() -> None:
    raise KeyboardInterrupt


def test_it_is_that_part_of_the_rendered_file_after_half_a_second_of_quiet(mix: Mix, rendered: Samples) -> None:
    ear = Ear()
    assert ear.hear(mix, WORDS)
    assert np.abs(part(ear.heard, 0.0, QUIET_S)).max() < FLOOR
    assert same(part(ear.heard, QUIET_S + 1.0, QUIET_S + 3.0), part(rendered, 4.0, 6.0))
    assert not part(ear.heard, QUIET_S + 4.0, 60.0).any()


def test_it_fades_in_and_out(mix: Mix, rendered: Samples) -> None:
    ear = Ear()
    ear.hear(mix, WORDS)
    for begin_s, from_s in ((QUIET_S, 3.0), (QUIET_S + 3.0, 6.0)):
        heard, whole = part(ear.heard, begin_s, begin_s + 1.0), part(rendered, from_s, from_s + 1.0)
        assert np.all(np.abs(heard) <= np.abs(whole) + 1e-6)
        halfway = heard[frames(0.5)] / whole[frames(0.5)]
        assert halfway == pytest.approx([0.5, 0.5], abs=0.01)


def test_a_whole_session_begins_and_ends_as_its_file_does(mix: Mix, rendered: Samples) -> None:
    ear = Ear()
    assert ear.hear(mix, WHOLE)
    assert same(part(ear.heard, QUIET_S, QUIET_S + 12.0), rendered)


def test_after_long_planning_it_begins_at_once_and_its_first_tick_is_whole(mix: Mix, rendered: Samples) -> None:
    ear = Ear(planned_for_s=0.9)
    ear.hear(mix, WHOLE)
    heard = ear.heard
    begins_s = next(
        nth / RATE_HZ for nth in range(frames(0.9), frames(1.2)) if same(heard[nth : nth + 960], rendered[:960])
    )
    assert same(part(heard, begins_s, begins_s + 12.0), rendered)


def test_rendered_it_is_the_same(mix: Mix) -> None:
    ear = Ear()
    ear.hear(mix, WORDS)
    finished = ExcerptMix(mix=mix, excerpt=WORDS).render()
    assert finished.shape == (frames(QUIET_S + 4.0), 2)
    assert same(part(ear.heard, QUIET_S + 0.1, QUIET_S + 4.0), part(finished, QUIET_S + 0.1, QUIET_S + 4.0))


@pytest.mark.parametrize("at_s", [0.2, 2.0, 3.9])
def test_ctrl_c_ends_it_softly(mix: Mix, rendered: Samples, at_s: float) -> None:
    ear, whole = Ear(), Ear()
    whole.hear(mix, WORDS)
    ear.happens[round(at_s / PERIOD_S)] = interrupt
    assert not ear.hear(mix, WORDS)
    assert same(part(ear.heard, 0.0, at_s), part(whole.heard, 0.0, at_s))
    assert not part(ear.heard, at_s + FADE_OUT_S + 0.2, 60.0).any()
    assert np.abs(np.diff(ear.heard, axis=0)).max() <= np.abs(np.diff(rendered, axis=0)).max()


def test_a_second_ctrl_c_does_not_wait(mix: Mix) -> None:
    ear = Ear()
    ear.happens = {20: interrupt, 21: interrupt}
    with pytest.raises(KeyboardInterrupt):
        ear.hear(mix, WORDS)
    assert ear.waits == 21


def test_a_device_that_goes_away_is_an_error(mix: Mix) -> None:
    ear = Ear()
    ear.happens[20] = ear.backend.opened[0].unplug
    with pytest.raises(ExternalError) as caught:
        ear.hear(mix, WORDS)
    assert (caught.value.message, caught.value.help) == (
        "the sound device went away",
        "connect it again, and run the command again",
    )

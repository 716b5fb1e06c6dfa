"""Every session of the cookbook is free of problems, and does what the page says."""

from collections.abc import Callable, Iterator
from itertools import pairwise
from pathlib import Path

import numpy as np
import pytest
import soundfile
from coach_process import Ran
from markdown_examples import DOCS, fences
from session_texts import of_kind

from coach.audio.soundbank import measure_bell_length_s
from coach.languages.block_wording import load_block_wording
from coach.services import session_reading
from coach.timeline.compile import compile_timeline
from coach.timeline.schedule import PlanOptions
from coach.timeline.timeline import Bed, Bell, BreathSound, Event, PlannedBlock, Speech, Tick, Timeline
from coach.units import spm_to_period_s
from coach.voices.duration_estimate import estimate_duration

Coach = Callable[..., Ran]
PAGE = "cookbook.md"
DUTCH = "nl/cookbook.md"
FILES = {fence.note.removeprefix("title=").strip('"'): fence.text for fence in fences(PAGE)}
IN_DUTCH = {fence.note.removeprefix("title=").strip('"'): fence.text for fence in fences(DUTCH)}
SESSIONS = [name for name, text in FILES.items() if "title:" in text and "/" not in name]
LANGUAGES = ("nl", "en")
OWN_SOUNDS = {"recordings/welkom.wav": 3.0, "sounds/bowl.wav": 8.0, "sounds/wood.wav": 30.0}
DUTCH_SOUNDS = dict(
    zip(("opnames/welkom.wav", "geluiden/schaal.wav", "geluiden/bos.wav"), OWN_SOUNDS.values(), strict=True)
)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every file of the page under its name, and the sounds that an author would have."""
    return write_files(tmp_path_factory.mktemp("cookbook"), FILES, OWN_SOUNDS)


def write_files(folder: Path, files: dict[str, str], sounds: dict[str, float]) -> Path:
    for name, text in files.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")
    for name, length_s in sounds.items():
        (folder / name).parent.mkdir(exist_ok=True)
        times_s = np.arange(round(length_s * 16_000)) / 16_000
        soundfile.write(folder / name, 0.3 * np.sin(2 * np.pi * 220 * times_s), 16_000)
    return folder


@pytest.fixture(scope="module")
def dutch_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Every file of the page in Dutch under its name, and the same sounds."""
    return write_files(tmp_path_factory.mktemp("kookboek"), IN_DUTCH, DUTCH_SOUNDS)


def planned(folder: Path, name: str, *, values: dict[str, str] | None = None, **options: object) -> Timeline:
    session = session_reading.load_session(str(folder / f"{name}.yaml"), values)
    return compile_timeline(session, PlanOptions(**{"language": "en", **options}), estimate_duration, length_of_bell)  # type: ignore[arg-type] # any option


def length_of_bell(name: object) -> float:
    return OWN_SOUNDS["sounds/bowl.wav"] if isinstance(name, Path) else measure_bell_length_s(name)  # type: ignore[arg-type] # a name


def block(plan: Timeline, kind: str) -> PlannedBlock:
    (found,) = [each for each in plan.blocks if each.kind == kind]
    return found


def within(plan: Timeline, inside: PlannedBlock, event: type[Event]) -> list[float]:
    return [each.start_s for each in of_kind(plan, event) if inside.start_s <= each.start_s < inside.end_s]


def said(plan: Timeline, index: int) -> list[str]:
    return [event.text for event in of_kind(plan, Speech) if event.block == index]


def lengths(plan: Timeline) -> dict[str, float]:
    return {each.kind: each.end_s - each.start_s for each in plan.blocks}


def whole(lengths_s: Iterator[float]) -> list[int]:
    """Lengths to the nearest five seconds: a border moves to a breath."""
    return [round(length_s / 5) * 5 for length_s in lengths_s]


def test_every_recipe_is_in_the_table_above_them() -> None:
    page = (DOCS / PAGE).read_text(encoding="utf-8")
    headings = [line.removeprefix("## ") for line in page.splitlines() if line.startswith("## ")]
    linked = [line.split("(#")[1].split(")")[0] for line in page.splitlines() if line.startswith("| ") and "(#" in line]
    assert linked == [heading.lower().replace(",", "").replace(" ", "-") for heading in headings]
    assert len(headings) >= 10


@pytest.mark.parametrize("name", SESSIONS)
def test_there_is_nothing_to_say_about_it(
    coach: Coach, folder: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.chdir(folder)
    assert coach("check", name) == Ran(code=0, out="", err="1 session checked: no problems\n")


def test_there_is_nothing_to_say_about_those_in_dutch(
    coach: Coach, dutch_folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(dutch_folder)
    said = f"{len(SESSIONS)} sessions checked: no problems\n"
    assert coach("check", *(name for name in IN_DUTCH if "/" not in name)) == Ran(code=0, out="", err=said)
    assert coach("fmt", "--check", *IN_DUTCH).code == 0


@pytest.mark.parametrize(
    ("name", "in_dutch"), [pair for pair in zip(FILES, IN_DUTCH, strict=True) if pair[0] in SESSIONS]
)
def test_the_page_in_dutch_has_the_same_sessions(folder: Path, dutch_folder: Path, name: str, in_dutch: str) -> None:
    english, dutch = (
        planned(each, file.removesuffix(".yaml"), language="nl")
        for each, file in ((folder, name), (dutch_folder, in_dutch))
    )
    assert [heard(event) for event in english.events] == [heard(event) for event in dutch.events]
    assert [(each.kind, each.title) for each in english.blocks] == [(each.kind, each.title) for each in dutch.blocks]


def heard(event: Event) -> tuple[object, ...]:
    """What is heard of an event: when, and which words or which built-in sound."""
    name = getattr(event, "name", "")
    return type(event), event.start_s, getattr(event, "text", ""), "a file" if isinstance(name, Path) else name


def test_all_are_laid_out_as_the_coach_would(coach: Coach, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(folder)
    assert coach("fmt", "--check", *FILES).code == 0


@pytest.mark.parametrize("name", SESSIONS)
def test_it_can_be_heard_in_each_language_and_at_each_guidance(folder: Path, name: str) -> None:
    session = session_reading.load_session(str(folder / name))
    assert session.languages == (("nl",) if "language: nl" in FILES[name] else LANGUAGES)
    for language in session.languages:
        for guidance in ("full", "light", "quiet"):
            assert planned(folder, name.removesuffix(".yaml"), language=language, guidance=guidance).blocks


@pytest.mark.parametrize("language", LANGUAGES)
def test_six_words_are_counted_on_their_steps_then_the_voice_leaves_and_then_the_ticks(
    folder: Path, language: str
) -> None:
    plan = planned(folder, "count-in", language=language)
    beat, silence = block(plan, "free"), block(plan, "silence")
    speech = [event for event in of_kind(plan, Speech) if event.block == 1]
    steps_s = [event.start_s for event in of_kind(plan, Tick)]
    onsets_s = [each.start_s + estimate_duration(each.utterance).onset_s for each in speech if each.utterance.counted]
    assert len(onsets_s) == 6
    assert all(min(abs(onset_s - step_s) for step_s in steps_s) < 0.001 for onset_s in onsets_s)
    assert all(b - a == pytest.approx(spm_to_period_s(158)) for a, b in pairwise(onsets_s))
    assert 90 <= speech[-1].start_s - beat.start_s < 95
    last_tick_s = within(plan, beat, Tick)[-1]
    assert last_tick_s - beat.start_s == pytest.approx(130, abs=1)
    assert silence.start_s - last_tick_s > 165
    assert within(plan, silence, Tick) == []


def test_only_the_scan_takes_the_time_that_a_longer_run_has(folder: Path) -> None:
    short, long = (lengths(planned(folder, "scan", length_s=minutes * 60)) for minutes in (20, 25))
    scans = [short.pop("body-scan"), long.pop("body-scan")]
    assert whole(iter(scans)) == [510, 810]
    assert whole(iter(short.values())) == whole(iter(long.values())) == [90, 180, 180, 240]
    plan = planned(folder, "scan")
    assert len(said(plan, 2)) >= 8


@pytest.mark.parametrize(("language", "ten_minutes"), [("nl", "tien minuten"), ("en", "ten minutes")])
def test_a_silence_is_announced_and_kept(folder: Path, language: str, ten_minutes: str) -> None:
    plan = planned(folder, "silence", language=language)
    silence = block(plan, "silence")
    index = plan.blocks.index(silence)
    assert ten_minutes in " ".join(said(plan, index))
    last_word_s = within(plan, silence, Speech)[-1]
    assert last_word_s - silence.start_s < 20
    assert within(plan, silence, Tick) == within(plan, silence, BreathSound) == []
    first, last = within(plan, silence, Bell)
    assert (first - silence.start_s, silence.end_s - last) == (pytest.approx(0), pytest.approx(6, abs=0.1))


@pytest.mark.parametrize("language", LANGUAGES)
def test_six_quick_minutes_each_opened_in_other_words(folder: Path, language: str) -> None:
    plan = planned(folder, "intervals", language=language)
    quick = [(index, each) for index, each in enumerate(plan.blocks) if each.kind == "brisk"]
    assert len(quick) == 6
    assert {round(each.start_spm) for _, each in quick} == {164}
    assert len({said(plan, index)[0] for index, _ in quick}) == 6
    assert all(said(plan, index + 1) == [] for index, _ in quick[:5])
    walked_s = block(plan, "walk-out").start_s
    ticks_s = [event.start_s for event in of_kind(plan, Tick) if event.start_s < walked_s]
    assert all(any(each.start_s <= tick_s < each.end_s for _, each in quick) for tick_s in ticks_s)


@pytest.mark.parametrize("language", LANGUAGES)
def test_each_turn_says_in_other_words_to_walk_or_to_jog(folder: Path, language: str) -> None:
    plan = planned(folder, "walk-and-run", language=language)
    kinds = [each.kind for each in plan.blocks]
    assert kinds == [*["walk", "easy"] * (len(kinds) // 2), "walk-out"]
    words = load_block_wording(language).kinds
    firsts = [said(plan, index)[0] for index in range(len(kinds) - 1)]
    assert len(set(firsts)) == len(firsts)
    for kind, first in zip(kinds, firsts, strict=False):
        assert first in words[kind].cues["jog" if kind == "easy" else "opening"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_square_breath_takes_sixteen_seconds_and_is_silent_while_held(folder: Path, language: str) -> None:
    plan = planned(folder, "box", language=language)
    first, square = (
        [event for event in of_kind(plan, BreathSound) if each.start_s <= event.start_s < each.end_s]
        for each in plan.blocks[:2]
    )
    assert [(each.phase, each.end_s - each.start_s) for each in first[:2]] == [("in", 4.0), ("out", 6.0)]
    assert [round(each.end_s - each.start_s) for each in square] == [4] * len(square)
    assert [round(two.start_s - one.start_s) for one, two in pairwise(square)] == [8] * (len(square) - 1)
    assert of_kind(plan, Tick) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_question_is_asked_four_times_in_half_an_hour(folder: Path, language: str) -> None:
    plan = planned(folder, "reminder", language=language)
    _, *asked_s = within(plan, block(plan, "easy"), Speech)
    assert [round((asked - plan.blocks[1].start_s) / 60) for asked in asked_s] == [6, 12, 18, 24]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_morning_has_no_ticks_and_few_words(folder: Path, language: str) -> None:
    plan = planned(folder, "morning", language=language)
    starts_s = [said_here[0] for each in plan.blocks if (said_here := within(plan, each, Speech))]
    assert (len(starts_s), plan.length_s) == (4, pytest.approx(25 * 60))
    words_s = [event.start_s for event in of_kind(plan, Speech)]
    assert of_kind(plan, Tick) == of_kind(plan, Bed) == []
    assert max(b - a for a, b in pairwise(words_s)) > 9 * 60


@pytest.mark.parametrize(
    ("name", "greeting"), [("Anna", "Good to have you here, Anna."), ("", "Good to have you here.")]
)
def test_a_name_is_said_and_leaves_no_hole(folder: Path, name: str, greeting: str) -> None:
    plan = planned(folder, "for-anna", values={"name": name})
    assert said(plan, 0) == [greeting]


def test_the_first_words_are_the_recording_and_all_others_the_voice(folder: Path) -> None:
    plan = planned(folder, "welcome", language="nl")
    first, *others = of_kind(plan, Speech)
    assert first.utterance.recording == folder / "recordings" / "welkom.wav"
    assert others
    assert {event.utterance.recording for event in others} == {None}


def test_the_own_bowl_rings_and_the_own_wood_is_silent_in_the_silence(folder: Path) -> None:
    plan = planned(folder, "own-sounds")
    silence = block(plan, "silence")
    bells = of_kind(plan, Bell)
    assert {event.name for event in bells} == {folder / "sounds" / "bowl.wav"}
    assert [event.start_s for event in bells] == pytest.approx(
        [0.0, silence.start_s, silence.end_s - 8.0, plan.length_s - 8.0], abs=0.1
    )
    beds = [(event.name, event.start_s, event.end_s) for event in of_kind(plan, Bed)]
    wood = folder / "sounds" / "wood.wav"
    assert beds == [(wood, 0.0, silence.start_s), (wood, silence.end_s, plan.length_s)]


def test_two_sessions_share_their_beginning_and_their_end(folder: Path) -> None:
    monday, friday = ([each.kind for each in planned(folder, name).blocks] for name in ("monday", "friday"))
    assert monday[:2] == friday[:2] == ["check-in", "settle"]
    assert monday[-3:] == friday[-3:] == ["walk-out", "stretch", "reflect"]


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_first_and_the_last_minutes_are_equal_at_each_length(folder: Path, language: str) -> None:
    plans = [
        planned(folder, "three-lengths", language=language, length_s=minutes * 60.0, guidance=guidance)
        for minutes in (20, 25, 30)
        for guidance in ("full", "quiet")
    ]
    assert {plan.length_s for plan in plans} == {1200.0, 1500.0, 1800.0}
    ends = [tuple(whole(iter([lengths(plan)[kind] for kind in ("check-in", "settle", "walk-out")]))) for plan in plans]
    assert set(ends) == {(75, 180, 240)}


@pytest.mark.parametrize(("minutes", "first"), [(28, "Five minutes to go."), (35, "Twelve minutes to go.")])
def test_the_voice_counts_the_rounds_and_the_time(folder: Path, minutes: int, first: str) -> None:
    plan = planned(folder, "rounds", language="en", length_s=minutes * 60.0)
    assert [each.title for each in plan.blocks if each.kind == "brisk"][::3] == [
        "Round one of four",
        "Round four of four",
    ]
    assert said(plan, 3) == ["Round two of four. Light and quick.", "Fifteen seconds to go."]
    assert said(plan, 9)[0].startswith(first)


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_run_of_any_length_keeps_its_walk_at_the_end(folder: Path, language: str) -> None:
    plans = {
        minutes: planned(folder, "any-time", language=language, length_s=minutes * 60.0) for minutes in (10, 25, 60)
    }
    assert [plan.length_s for plan in plans.values()] == [600.0, 1500.0, 3600.0]
    assert {round(lengths(plan)["walk-out"]) for plan in plans.values()} <= {239, 240, 241}
    cut = {minutes: any(each.left_out for each in plan.blocks) for minutes, plan in plans.items()}
    assert cut == {10: True, 25: False, 60: False}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_walk_is_walked_from_the_first_step_to_the_last(folder: Path, language: str) -> None:
    plan = planned(folder, "walking", language=language)
    assert [(round(each.start_spm), round(each.end_spm)) for each in plan.blocks] == [(100, 100)] * 3 + [(100, 90)]
    first = plan.blocks[0]
    assert within(plan, first, Tick)[-1] == pytest.approx(70, abs=1)
    assert [within(plan, each, Tick) for each in plan.blocks[1:3]] == [[], []]
    assert of_kind(plan, BreathSound) == []


@pytest.mark.parametrize(("guidance", "cues"), [("full", 4), ("light", 3), ("quiet", 2)])
def test_a_group_hears_as_much_as_it_likes(folder: Path, guidance: str, cues: int) -> None:
    assert len(said(planned(folder, "group", guidance=guidance), 1)) == cues

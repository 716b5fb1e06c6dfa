"""What a check accepts can be planned with any voice, and its help is right at once."""

import math
import os
import re
import zlib
from collections.abc import Callable, Iterable
from dataclasses import replace
from functools import cache
from pathlib import Path

import numpy as np
import pytest
import soundfile
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from coach.audio.soundbank import measure_bell_length_s
from coach.blocks.registry import KINDS
from coach.diagnostics.problem import Problem, SessionError
from coach.services.session_check import check_session, list_abridged
from coach.services.session_preparation import prepare_session
from coach.services.session_reading import SessionRequest, load_session
from coach.session import base_model
from coach.session.values.duration import parse_duration
from coach.session.values.value_kind import find_meant
from coach.timeline.compile import compile_timeline
from coach.timeline.schedule import PlanOptions
from coach.utterance import Measure, SpokenDuration, Utterance
from coach.voices.duration_estimate import estimate_duration
from coach.voices.speech_service import SpeechService

WORDS = {
    "nl": "Loop rustig door, en kijk om je heen. [2s] Het is goed zo.",
    "en": "Run on gently, and look around you. [2s] It is fine like this.",
}
OWN = {"say", "free"}


def write(folder: Path, kind: str, lasts_s: int, language: str, before: str = "") -> Path:
    say = f'{"say" if kind in OWN else "say-also"}: ["{WORDS[language]}", "{WORDS[language]}"]'
    path = folder / "run.yaml"
    blocks = f"{before}  - {kind}: {{lasts: {lasts_s}s, {say}}}\n"
    path.write_text(f"coach: 1\ntitle: Run\nlanguage: {language}\nblocks:\n{blocks}", encoding="utf-8")
    return path


def find_errors(path: Path) -> tuple[Problem, ...]:
    return tuple(problem for problem in check_session(path) if problem.severity == "error")


def plan_errors(path: Path, measure: Measure) -> tuple[Problem, ...]:
    session = load_session(str(path))
    try:
        compile_timeline(session, PlanOptions(), measure, measure_bell_length_s, estimate_duration)
    except SessionError as error:
        return tuple(sorted(error.problems))
    return ()


def find_length_in_help(problem: Problem) -> int:
    found = re.search(r"let the block last (\S+) or more", problem.help)
    assert found
    return math.ceil(parse_duration(found[1]))


def make_voice(pace: float, unevenness: float, seed: int) -> Measure:
    """A voice that takes so many times as long as estimated, each utterance a little differently."""

    @cache
    def measure(utterance: Utterance) -> SpokenDuration:
        scatter = 2.0 * zlib.crc32(f"{seed} {utterance.text}".encode()) / 2**32 - 1.0
        share = pace * (1.0 + unevenness * scatter)
        duration = estimate_duration(utterance)
        return duration if utterance.counted else replace(duration, length_s=share * duration.length_s)

    return measure


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    kind=st.sampled_from(sorted(KINDS)),
    lasts_s=st.integers(10, 300),
    language=st.sampled_from(["nl", "en"]),
    before=st.sampled_from(["", "  - easy: 47s\n", "  - breathing: {lasts: 63s, breath: 4/4}\n", "  - brisk: 33s\n"]),
    voice=st.builds(make_voice, st.floats(0.85, 1.25), st.floats(0.0, 0.1), st.integers(0, 9)),
)
def test_every_voice_can_say_what_a_check_accepts_and_none_what_it_refuses(
    tmp_path: Path, kind: str, lasts_s: int, language: str, before: str, voice: Measure
) -> None:
    path = write(tmp_path, kind, lasts_s, language, before)
    assert plan_errors(path, voice) == find_errors(path)


SPOKEN_KINDS = list(KINDS)[:: 1 if os.environ.get("COACH_TEST_ALL") else 3]
EACH_KIND = [(kind, language) for kind in KINDS for language in ("nl", "en")]


@pytest.mark.parametrize(("kind", "language"), EACH_KIND)
def test_help_gives_the_least_length_and_every_longer_one_will_do(tmp_path: Path, kind: str, language: str) -> None:
    least_s = 10
    for problem in find_errors(write(tmp_path, kind, 10, language)):
        least_s = find_length_in_help(problem)
        assert find_errors(write(tmp_path, kind, least_s - 1, language))
    for lasts_s in [*range(least_s, least_s + 4), *range(least_s + 4, 300, 50)]:
        assert not find_errors(write(tmp_path, kind, lasts_s, language))


@pytest.mark.slow
@pytest.mark.parametrize("language", ["nl", "en"])
def test_the_voices_that_come_with_the_coach_say_what_a_check_accepts(tmp_path: Path, language: str) -> None:
    with SpeechService() as service:
        for kind in SPOKEN_KINDS:
            problems = find_errors(write(tmp_path, kind, 10, language))
            least_s = find_length_in_help(problems[0]) if problems else 11
            for lasts_s in (least_s - 1, least_s, least_s + 7):
                path = write(tmp_path, kind, lasts_s, language)
                assert plan_errors(path, service.measure) == find_errors(path)


def test_help_is_enough_for_all_languages_of_a_session(tmp_path: Path) -> None:
    path = tmp_path / "run.yaml"
    text = "coach: 1\ntitle: {{nl: Ronde, en: Round}}\nblocks: [check-in: {{lasts: {}s, say-also: {}}}]\n"
    words = "{nl: 'Blijf hier even staan, en kijk. [9s] Loop dan.', en: 'Stand here for a moment and look. [8s] Walk.'}"
    path.write_text(text.format(10, words), encoding="utf-8")
    lengths_s = {find_length_in_help(problem) for problem in find_errors(path)}
    assert len(lengths_s) == 1
    path.write_text(text.format(*lengths_s, words), encoding="utf-8")
    assert not find_errors(path)


@pytest.mark.parametrize(
    ("language", "kind", "lengths_s"),
    [("nl", "check-in", (45,)), ("nl", "shoulder-release", (90,)), ("en", "check-in", range(45, 57))],
)
def test_lengths_that_once_were_refused_by_the_one_or_the_other(
    tmp_path: Path, language: str, kind: str, lengths_s: range
) -> None:
    for lasts_s in lengths_s:
        path = write(tmp_path, kind, lasts_s, language)
        assert (find_errors(path), plan_errors(path, make_voice(1.1, 0.0, 0))) == ((), ())


def test_room_is_judged_by_what_the_voice_has_spoken_and_without_starting_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "run.yaml"
    words = "Stand still for a moment. Look around you, and see what is new. Then walk on, slowly."
    path.write_text(f'coach: 1\ntitle: Run\nlanguage: en\nblocks: [free: {{lasts: 10s, say: "{words}"}}]\n')
    assert [problem.code for problem in check_session(path)] == ["little-room"]
    quick = SpokenDuration(length_s=9.5, onset_s=0.1)
    monkeypatch.setattr(SpeechService, "find_duration", lambda _, utterance: quick if utterance.text else None)
    monkeypatch.setattr(SpeechService, "measure", None)
    assert check_session(path) == ()


RECORDED = """\
coach: 1
title: Run
language: en
blocks:
  - easy: {lasts: 3m, say: {text: Hello., clip: hello.wav}}
"""


SOUNDED = """\
coach: 1
title: Run
language: en
sounds: {{{}: hello.wav}}
blocks:
  - easy: 3m
"""


def make_wav(folder: Path, seconds: float, level: float, subtype: str | None = None) -> bytes:
    wave = level * np.sin(np.arange(int(8_000 * seconds)) / 8.0)
    soundfile.write(folder / "hello.wav", wave.astype(np.float32), 8_000, subtype=subtype)
    return (folder / "hello.wav").read_bytes()


def edit(wav: bytes, at: int, number: int) -> bytes:
    return wav[:at] + number.to_bytes(4, "little") + wav[at + 4 :]


DAMAGED = "the sound file is damaged: it contains values"
UNREADABLE = "this WAV file is damaged, or of a kind that is not supported"
CUT_OFF = "the sound file is cut off: its end is missing"
UNUSABLE: tuple[tuple[Callable[[Path], bytes], str], ...] = (
    (lambda _: b"Say hello to everyone.", "not a sound file in a supported format"),
    (lambda _: b"", "not a sound file in a supported format"),
    (lambda folder: make_wav(folder, 0.0, 0.5), "there is no sound in this file"),
    (lambda folder: make_wav(folder, 1.0, 0.5)[:9_000], CUT_OFF),
    (lambda folder: edit(make_wav(folder, 1.0, 0.5), 40, 96_000), CUT_OFF),
    (lambda folder: make_wav(folder, 1.0, math.nan, "FLOAT"), f"{DAMAGED} that are not finite"),
    (lambda folder: make_wav(folder, 1.0, 3e38, "FLOAT"), f"{DAMAGED} of 3e+38, and full scale is 1"),
    (lambda folder: edit(make_wav(folder, 1.0, 0.5), 24, 0), UNREADABLE),
    (lambda folder: edit(make_wav(folder, 1.0, 0.5), 24, 2**32 - 1), UNREADABLE),
    (lambda folder: edit(make_wav(folder, 1.0, 0.5), 24, 1), "1 channel at 1 Hz is not supported"),
)
WITHOUT_SPEECH: tuple[tuple[Callable[[Path], bytes], str], ...] = (
    (lambda folder: make_wav(folder, 0.01, 0.5), "the recording is too short to be heard"),
    (lambda folder: make_wav(folder, 1.0, 0.0), "the recording is silent"),
    (lambda folder: make_wav(folder, 1.0, 1e-5, "FLOAT"), "the recording is silent"),
)


# A render decodes a recording in a process of its own, which takes a while to start: one of each sort is enough.
ALSO_RENDERED = {CUT_OFF, UNREADABLE, "the recording is silent"}


@pytest.mark.parametrize("key", ["tick", "bell", "breath", "bed"])
@pytest.mark.parametrize(
    ("content", "reason"), [*UNUSABLE, (lambda folder: make_wav(folder, 1.0, 0.0), "the sound is silent")]
)
def test_a_sound_that_cannot_be_used_is_a_problem_at_its_name(
    tmp_path: Path, content: Callable[[Path], bytes], reason: str, key: str
) -> None:
    path = tmp_path / "run.yaml"
    path.write_text(SOUNDED.format(key), encoding="utf-8")
    (tmp_path / "hello.wav").write_bytes(content(tmp_path))
    (problem,) = check_session(path)
    assert (problem.code, problem.location.line, problem.location.column) == ("unusable-sound", 4, 12 + len(key))
    assert problem.message == f"'hello.wav' cannot be used: {reason}"


@pytest.mark.parametrize(("content", "reason"), [*UNUSABLE, *WITHOUT_SPEECH])
def test_a_recording_that_cannot_be_used_is_a_problem_at_its_name_in_check_and_render(
    tmp_path: Path, content: Callable[[Path], bytes], reason: str
) -> None:
    path = tmp_path / "run.yaml"
    (tmp_path / "hello.wav").write_bytes(content(tmp_path))
    path.write_text(RECORDED, encoding="utf-8")
    (problem,) = check_session(path)
    assert (problem.code, problem.location.line, problem.location.column) == ("unusable-sound", 5, 49)
    assert problem.message == f"'hello.wav' cannot be used: {reason}"
    assert problem.help
    if reason in ALSO_RENDERED:
        with pytest.raises(SessionError) as refused, prepare_session(SessionRequest(session=str(path), values={})):
            pass
        assert refused.value.problems == (problem,)


@pytest.mark.parametrize("text", ["\n" * 3_000, "#\n" * 3_000])
def test_a_long_file_without_a_line_is_an_empty_one(tmp_path: Path, text: str) -> None:
    path = tmp_path / "run.yaml"
    path.write_text(text, encoding="utf-8")
    assert [problem.code for problem in check_session(path)] == ["empty-file"]


def test_each_unknown_key_is_compared_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compared: list[str] = []

    def find(written: str, options: Iterable[str]) -> str | None:
        compared.append(written)
        return find_meant(written, options)

    monkeypatch.setattr(base_model, "find_meant", find)
    path = tmp_path / "run.yaml"
    path.write_text(
        RECORDED.replace(", clip: hello.wav", "") + "".join(f"k{each}: 1\n" for each in range(100)), encoding="utf-8"
    )
    assert [problem.code for problem in check_session(path)].count("unknown-key") > 40
    assert compared.count("k7") == 1


def test_words_that_are_left_out_or_shortened_to_fit_are_listed_with_their_place(tmp_path: Path) -> None:
    path = tmp_path / "run.yaml"
    path.write_text("coach: 1\ntitle: {nl: Ronde, en: Round}\nblocks: [check-in: 10s, easy: 2m]\n", encoding="utf-8")
    assert list(list_abridged([path])) == [
        f"{path}:3: check-in ({language}) to fit: left out tension, need, leave, begin; shorter welcome"
        for language in ("nl", "en")
    ]

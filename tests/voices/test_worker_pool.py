"""A worker may crash, hang, or be left alone."""

import os
import select
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from coach.errors import ExternalError
from coach.utterance import Utterance
from coach.voices.engines.fake import Fake
from coach.voices.voice import VoiceSpec
from coach.voices.worker import speak_utterance
from coach.voices.worker_pool import WorkerHandle, choose_timeout_s

Say = Callable[..., Utterance]
BrokenVoice = Callable[[str], VoiceSpec]


def test_a_worker_says_what_the_voice_says(say: Say) -> None:
    handle = WorkerHandle(VoiceSpec(engine="coach.voices.engines.fake:Fake"))
    try:
        clip = handle.speak(say("two words"))
    finally:
        handle.close()
    expected = speak_utterance(Fake(), say("two words"))
    np.testing.assert_array_equal(clip.samples, expected.samples)
    assert (clip.rate_hz, clip.onset_s) == (expected.rate_hz, expected.onset_s)


def test_a_crash_costs_one_utterance_and_not_the_next(say: Say, broken_voice: BrokenVoice) -> None:
    handle = WorkerHandle(broken_voice("Crashing"))
    try:
        with pytest.raises(ExternalError) as caught:
            handle.speak(say("a crash"))
        assert caught.value.message == 'the voice broken_voices failed 2 times on "a crash": its process ended'
        assert caught.value.help == "rephrase it, or choose another voice"
        assert handle.speak(say("no harm")).frames > 0
    finally:
        handle.close()


def test_a_crash_is_tried_again_with_a_fresh_worker(
    say: Say, broken_voice: BrokenVoice, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = tmp_path / "mark"
    mark.touch()
    monkeypatch.setenv("COACH_TEST_MARK", str(mark))
    handle = WorkerHandle(broken_voice("CrashingOnce"))
    try:
        assert handle.speak(say("hello")).frames > 0
    finally:
        handle.close()
    assert not mark.exists()


def test_a_hanging_voice_is_given_up(say: Say, broken_voice: BrokenVoice) -> None:
    handle = WorkerHandle(broken_voice("Hanging"), timeout_for=lambda _: 0.2)
    try:
        with pytest.raises(ExternalError) as caught:
            handle.speak(say("hello"))
    finally:
        handle.close()
    assert caught.value.message == 'the voice broken_voices failed 2 times on "hello": no answer in 0.2 s'


def test_an_engine_s_own_error_is_named(say: Say, broken_voice: BrokenVoice) -> None:
    handle = WorkerHandle(broken_voice("Raising"))
    try:
        with pytest.raises(ExternalError) as caught:
            handle.speak(say("x" * 30 + " " + "y" * 60))
    finally:
        handle.close()
    shown = "x" * 30 + " " + "y" * 29 + "…"
    assert caught.value.message.startswith(f'the voice broken_voices failed 2 times on "{shown}": KeyError: ')


def test_a_refusal_is_passed_on_with_its_advice(say: Say, broken_voice: BrokenVoice) -> None:
    handle = WorkerHandle(broken_voice("Refusing"))
    try:
        with pytest.raises(ExternalError) as caught:
            handle.speak(say("hello"))
    finally:
        handle.close()
    assert (caught.value.message, caught.value.help) == ("no, not hello", "ask nicely")


def test_output_of_an_engine_does_not_disturb_the_protocol(say: Say, broken_voice: BrokenVoice) -> None:
    handle = WorkerHandle(broken_voice("Chattering"))
    try:
        assert handle.speak(say("hello")).frames > 0
    finally:
        handle.close()


def test_longer_texts_are_waited_for_longer(say: Say, tmp_path: Path) -> None:
    assert choose_timeout_s(say("a" * 100)) - choose_timeout_s(say("")) == pytest.approx(30.0)
    assert choose_timeout_s(say("", recording=tmp_path / "me.wav")) == 120.0


ABANDONING = """
import sys
from threading import Thread
from coach.utterance import Utterance
from coach.voices.voice import VoiceSpec
from coach.voices.worker_pool import WorkerHandle
handle = WorkerHandle(VoiceSpec(engine="broken_voices:Hanging"))
Thread(target=handle.speak, args=[Utterance(text="hello", language="en")], daemon=True).start()
while handle._process is None or handle._process.pid is None: pass
print(handle._process.pid, flush=True)
sys.stdin.read()
"""


@pytest.mark.skipif(not hasattr(os, "pidfd_open"), reason="needs Linux to wait for another's child")
@pytest.mark.usefixtures("broken_voice")
def test_a_worker_ends_when_its_parent_is_killed(broken_voice: BrokenVoice) -> None:
    assert str(broken_voice("Hanging")) in ABANDONING
    with subprocess.Popen([sys.executable, "-c", ABANDONING], stdin=subprocess.PIPE, stdout=subprocess.PIPE) as parent:
        assert parent.stdout is not None
        worker = os.pidfd_open(int(parent.stdout.readline()))
        parent.send_signal(signal.SIGKILL)
        ended, _, _ = select.select([worker], [], [], 20.0)
        os.close(worker)
    assert ended, "the worker outlived its parent"


def test_an_interrupt_from_the_keyboard_does_not_reach_the_worker(say: Say) -> None:
    handle = WorkerHandle(VoiceSpec(engine="coach.voices.engines.fake:Fake"))
    try:
        handle.speak(say("hello"))
        assert handle._process is not None
        assert os.getsid(handle._process.pid) != os.getsid(0)
    finally:
        handle.close()

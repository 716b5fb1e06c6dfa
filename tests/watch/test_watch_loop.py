"""The watch loop, save by save: pages, problems and sounds of a session that is being written."""

import os
import wave
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from unittest.mock import Mock

import numpy as np
import pytest
from preview_rig import Terminal

from coach.diagnostics.problem import Problem
from coach.errors import ExternalError, UsageError
from coach.services import session_check, session_reading
from coach.session.reader import ReadResult
from coach.session.session import Session
from coach.timeline.schedule import PlanOptions
from coach.voices.engines.voice_pack import MANIFEST_NAME
from coach.watch.preview_builder import PreviewBuilder
from coach.watch.publisher import LiveState, Publisher
from coach.watch.virtual_wav import HEAD_BYTES, SoundVersions
from coach.watch.watch_loop import QUIET_IF_BROKEN_S, QUIET_S, VoiceChoice, WatchLoop

HEAD = "coach: 1\ntitle: Proef\nlanguage: nl\n"
GOOD = HEAD + "blocks: [free: {lasts: 20s, say: WORDS}]\n"
BROKEN = HEAD + "blocks: [fre: 20s]\n"
STEP_S = 0.05


@dataclass
class FakeSession:
    """A session spoken by tones, or by a pack beside it."""

    path: Path
    language: str = "nl"
    voice_name: str = "fake"

    def read(self) -> ReadResult:
        return session_reading.read_session(self.path)

    def find_problems(self, reading: ReadResult) -> tuple[Problem, ...]:
        return session_check.check_reading(reading)

    def choose_options(self, session: Session) -> PlanOptions:
        assert session.blocks
        return PlanOptions(language=self.language)

    def choose_voice(self, session: Session) -> VoiceChoice:
        assert session.blocks
        return self.voice_name

    def list_voice_files(self, session: Session) -> tuple[Path, ...]:
        return (session.path.parent / MANIFEST_NAME,)


@dataclass
class WatchRig:
    """A watch loop over one session file, with a clock that the test sets."""

    path: Path
    now_s: float = 0.0
    live_state: LiveState = field(default_factory=LiveState)
    versions: SoundVersions = field(default_factory=SoundVersions)
    terminal: Terminal = field(default_factory=Terminal)

    def __post_init__(self) -> None:
        self.watched = FakeSession(self.path)
        publisher = Publisher(self.live_state, self.terminal)
        self.watch_loop = WatchLoop(
            self.watched, PreviewBuilder(self.versions, publisher), publisher, lambda: self.now_s
        )

    def save(self, text: str) -> None:
        self.path.write_text(text, encoding="utf-8")

    def advance(self, seconds: float) -> None:
        """Advance the clock, and do every step that is due."""
        end_s = self.now_s + seconds
        while self.now_s < end_s:
            while self.watch_loop.step():
                pass
            self.now_s = min(end_s, self.now_s + STEP_S)
        while self.watch_loop.step():
            pass

    @property
    def page(self) -> dict[str, Any]:
        return dict(self.live_state.get_latest()[1])

    @property
    def words(self) -> list[str]:
        return [words["text"] for words in self.page["words"]]

    @property
    def problems(self) -> list[str]:
        return [f"{problem['severity']} {problem['code']}" for problem in self.page["problems"]]

    def sound(self) -> bytes:
        sound = self.versions.get(self.page["sound"].removeprefix("sound/").removesuffix(".wav"))
        assert sound is not None
        return b"".join(sound.read(HEAD_BYTES, sound.size_bytes))


@pytest.fixture
def rig(tmp_path: Path) -> Iterator[WatchRig]:
    """A rig with a valid session, already shown and mixed."""
    rig = WatchRig(tmp_path / "run.yaml")
    rig.save(GOOD)
    rig.watch_loop.begin()
    rig.advance(0.0)
    yield rig
    rig.watch_loop.close()


def beep(path: Path, pitch_hz: float) -> None:
    tone = 0.5 * np.sin(2.0 * np.pi * pitch_hz * np.arange(24_000) / 48_000)
    with wave.open(str(path), "wb") as file:
        file.setparams((1, 2, 48_000, 0, "NONE", ""))
        file.writeframes((tone * 32_767).astype("<i2").tobytes())


def test_at_first_the_session_is_shown_and_heard(rig: WatchRig) -> None:
    assert (rig.words, rig.problems) == (["WORDS"], [])
    assert len(rig.sound()) == 4 * 20 * 48_000
    assert rig.terminal.lines == ["20 s"]


def test_a_save_is_shown_once_the_file_stops_changing(rig: WatchRig) -> None:
    before = rig.sound()
    rig.save(GOOD.replace("WORDS", "Anders."))
    rig.advance(QUIET_S - STEP_S)
    assert rig.words == ["WORDS"]
    rig.advance(2 * STEP_S)
    assert rig.words == ["Anders."]
    assert rig.sound() != before
    assert rig.terminal.lines == ["20 s", "20 s"]


@pytest.mark.parametrize("text", ["GOOD", "BROKEN"])
def test_a_file_that_is_written_again_or_touched_with_nothing_changed_is_not_reported_again(
    rig: WatchRig, text: str
) -> None:
    saved = {"GOOD": GOOD.replace("WORDS", "Anders."), "BROKEN": BROKEN}[text]
    rig.save(saved)
    rig.advance(1.0)
    reported = list(rig.terminal.lines)
    assert len(reported) == 2
    rig.save(saved)
    rig.advance(1.0)
    os.utime(rig.path, (1.0, 1.0))
    rig.advance(1.0)
    assert rig.terminal.lines == reported
    rig.save(GOOD)
    rig.advance(1.0)
    assert rig.terminal.lines == [*reported, "20 s"]


def test_a_broken_save_shows_its_problems_and_keeps_picture_and_sound(rig: WatchRig) -> None:
    before = rig.page
    rig.save(BROKEN)
    rig.advance(1.0)
    (problem,) = rig.page["problems"]
    assert (problem["code"], problem["help"], problem["line"]) == ("unknown-kind", "did you mean 'free'?", 4)
    assert problem["excerpt"] == "blocks: [fre: 20s]\n         ^^^"
    assert rig.page == {**before, "problems": [problem]}
    assert rig.terminal.lines == ["20 s", "nothing unknown-kind"]


def test_words_that_fit_with_no_voice_are_reported_and_the_previous_picture_stays(rig: WatchRig) -> None:
    words = "onwaarschijnlijkerwijzenderhandelingsonbekwaamheidsverklaringsformulier"
    rig.save(GOOD.replace("20s", "6s").replace("WORDS", words))
    rig.advance(2.0)
    assert (rig.words, [problem["code"] for problem in rig.page["problems"]]) == (["WORDS"], ["words-do-not-fit"])


def test_a_page_that_has_the_whole_gets_the_problems_alone(rig: WatchRig) -> None:
    seen, _ = rig.live_state.get_latest()
    rig.save(BROKEN)
    rig.advance(1.0)
    news = rig.live_state.wait_for_newer(seen, 0.0)
    assert news is not None
    assert list(news[1]) == ["problems"]


def test_picture_and_problems_come_from_one_reading(rig: WatchRig, monkeypatch: pytest.MonkeyPatch) -> None:
    read, paths = session_reading.read_session, []

    def note(path: Path, *arguments: Any, **options: Any) -> ReadResult:
        paths.append(path)
        return read(path, *arguments, **options)

    monkeypatch.setattr(session_reading, "read_session", note)
    rig.save(GOOD.replace("20s", "40m"))
    rig.advance(1.0)
    assert paths == [rig.path]
    assert rig.problems == ["advice no-walk-out", "advice word-at-once"]


def test_a_fixed_session_is_sent_whole(rig: WatchRig) -> None:
    rig.save(BROKEN)
    rig.advance(1.0)
    rig.save(GOOD.replace("WORDS", "Weer heel."))
    rig.advance(1.0)
    assert (rig.words, rig.problems) == (["Weer heel."], [])


@pytest.mark.parametrize("half", ["", HEAD, GOOD[:-3], "\0\0\0\0"])
def test_a_file_that_is_half_written_for_a_moment_is_not_broken_yet(rig: WatchRig, half: str) -> None:
    rig.save(half)
    rig.advance(QUIET_IF_BROKEN_S - 2 * STEP_S)
    rig.save(GOOD.replace("WORDS", "Nu wel."))
    rig.advance(1.0)
    assert (rig.words, rig.terminal.lines) == (["Nu wel."], ["20 s", "20 s"])


def test_a_file_that_is_written_while_it_is_read_is_one_save(rig: WatchRig, monkeypatch: pytest.MonkeyPatch) -> None:
    read = rig.watched.read

    def write_then_read() -> ReadResult:
        rig.save(GOOD.replace("WORDS", "Nu wel."))
        monkeypatch.setattr(rig.watched, "read", read)
        return read()

    monkeypatch.setattr(rig.watched, "read", write_then_read)
    rig.save("")
    rig.advance(1.0)
    assert (rig.words, rig.terminal.lines) == (["Nu wel."], ["20 s", "20 s"])


def test_a_file_that_stays_empty_is_broken(rig: WatchRig) -> None:
    rig.save("")
    rig.advance(1.0)
    assert rig.problems == [f"error {problem.code}" for problem in session_check.check_session(rig.path)] != []


def test_a_file_that_is_gone_for_a_moment_has_not_changed(rig: WatchRig) -> None:
    aside = rig.path.rename(rig.path.with_name("aside"))
    rig.advance(QUIET_IF_BROKEN_S - 2 * STEP_S)
    aside.rename(rig.path)
    rig.advance(1.0)
    assert rig.terminal.lines == ["20 s"]


def test_a_deleted_file_is_reported_and_found_again(rig: WatchRig) -> None:
    before = rig.page
    rig.path.unlink()
    rig.advance(1.0)
    assert [problem["message"] for problem in rig.page["problems"]] == [f"there is no file {rig.path}"]
    assert {**rig.page, "problems": []} == before
    rig.save(GOOD.replace("WORDS", "Terug."))
    rig.advance(1.0)
    assert (rig.words, rig.problems) == (["Terug."], [])
    assert rig.terminal.lines == ["20 s", f"fault: there is no file {rig.path}", "20 s"]


def test_advice_is_shown_beside_the_picture(rig: WatchRig) -> None:
    rig.save(GOOD.replace("20s", "40m"))
    rig.advance(1.0)
    assert rig.problems == [f"advice {problem.code}" for problem in session_check.check_session(rig.path)] != []
    assert rig.page["length_s"] == 2400.0


def test_a_file_that_is_used_is_watched_and_so_is_one_that_is_missing(rig: WatchRig) -> None:
    rig.save(HEAD + "blocks: [use: part.yaml]\n")
    rig.advance(1.0)
    assert rig.problems == ["error no-such-file"]
    part = rig.path.with_name("part.yaml")
    for words in ("Een.", "Twee."):
        part.write_text(f"- free: {{lasts: 20s, say: {words}}}\n")
        rig.advance(1.0)
        assert (rig.words, rig.problems) == ([words], [])
    part.write_text("- fre: 20s\n")
    rig.advance(1.0)
    (problem,) = rig.page["problems"]
    assert (problem["file"], problem["line"], problem["excerpt"]) == (str(part), 1, "- fre: 20s\n  ^^^")


@pytest.mark.parametrize("named", ["sounds: {bell: own.wav}", "say: [{clip: own.wav, text: Dag.}]"])
def test_a_changed_sound_or_recording_is_heard(rig: WatchRig, named: str) -> None:
    own = rig.path.with_name("own.wav")
    beep(own, 500.0)
    rig.save(HEAD + f"blocks: [free: {{lasts: 20s, bell: start, {named}}}]\n")
    rig.advance(1.0)
    before = rig.sound()
    beep(own, 700.0)
    rig.advance(1.0)
    assert rig.problems == []
    assert rig.sound() != before
    beep(own, 500.0)
    rig.advance(1.0)
    assert rig.sound() == before


def test_an_unreadable_recording_is_reported_at_its_name(rig: WatchRig) -> None:
    rig.path.with_name("own.wav").write_bytes(b"no sound at all")
    rig.save(HEAD + "blocks: [free: {lasts: 20s, say: [{clip: own.wav, text: Dag.}]}]\n")
    rig.advance(1.0)
    (problem,) = rig.page["problems"]
    assert (problem["line"], problem["severity"]) == (4, "error")
    assert "own.wav" in problem["message"]
    assert len(rig.sound()) == 4 * 20 * 48_000
    assert rig.terminal.lines[1:] == ["20 s unusable-sound"]


def test_an_unreadable_bed_is_reported_and_the_previous_sound_stays(rig: WatchRig) -> None:
    before = rig.page["sound"]
    rig.path.with_name("own.wav").write_bytes(b"no sound at all")
    rig.save(HEAD + "sounds: {bed: own.wav}\nblocks: [free: {lasts: 20s, say: Dag.}]\n")
    rig.advance(1.0)
    assert ["own.wav" in problem["message"] for problem in rig.page["problems"]] == [True]
    assert rig.page["sound"] == before


def test_removing_the_requested_language_is_reported(rig: WatchRig) -> None:
    rig.save(GOOD.replace("language: nl", "language: en"))
    rig.advance(1.0)
    assert [problem["message"] for problem in rig.page["problems"]] == [
        "this session is not written in 'nl', only in en"
    ]


def test_a_usage_error_at_the_start_ends_it(tmp_path: Path) -> None:
    rig = WatchRig(tmp_path / "run.yaml")
    with pytest.raises(UsageError, match=r"there is no file .*run\.yaml"):
        rig.watch_loop.begin()
    rig.save(GOOD)
    rig.watched.language = "en"
    with pytest.raises(UsageError, match="this session is not written in 'en'"):
        rig.watch_loop.begin()
    rig.watched.language, rig.watched.voice_name = "nl", "nobody"
    with pytest.raises(UsageError, match='there is no voice "nobody"'):
        rig.watch_loop.begin()
    rig.watch_loop.close()


def test_a_session_broken_from_the_start_is_waited_for(tmp_path: Path) -> None:
    rig = WatchRig(tmp_path / "run.yaml")
    rig.save(BROKEN)
    rig.watch_loop.begin()
    assert list(rig.page) == ["problems"]
    rig.save(GOOD)
    rig.advance(1.0)
    assert rig.words == ["WORDS"]
    rig.watch_loop.close()


@pytest.mark.parametrize("error", [ZeroDivisionError("by zero"), RecursionError("too deep"), StopIteration()])
def test_an_unexpected_error_ends_one_preview_and_not_the_watch(
    rig: WatchRig, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, error: Exception
) -> None:
    with monkeypatch.context() as broken:
        broken.setattr(session_check, "check_reading", Mock(side_effect=error))
        rig.save(GOOD.replace("WORDS", "other words"))
        rig.advance(1.0)
    message = f"the preview failed: {type(error).__name__}: {error}"
    assert [problem["message"] for problem in rig.page["problems"]] == [message]
    assert rig.terminal.lines[-1] == f"fault: {message}"
    assert [record.exc_info and record.exc_info[1] for record in caplog.records] == [error]
    rig.save(GOOD.replace("WORDS", "new words"))
    rig.advance(1.0)
    assert (rig.words, rig.problems) == (["new words"], [])


@pytest.mark.parametrize("error", [ZeroDivisionError("by zero"), ExternalError("the disk failed")])
def test_a_first_reading_that_fails_is_tried_again_at_the_next_save(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, error: Exception
) -> None:
    rig = WatchRig(tmp_path / "run.yaml")
    rig.save(GOOD)
    with monkeypatch.context() as broken:
        broken.setattr(session_reading, "read_session", Mock(side_effect=error))
        rig.watch_loop.begin()
    assert len(rig.problems) == 1
    rig.save(GOOD.replace("WORDS", "new words"))
    rig.advance(1.0)
    assert (rig.words, rig.problems) == (["new words"], [])
    rig.watch_loop.close()


def test_a_changed_voice_file_changes_the_speech(rig: WatchRig) -> None:
    before = rig.watch_loop._speech._service
    rig.path.with_name(MANIFEST_NAME).write_text("{}")
    rig.advance(1.0)
    assert rig.watch_loop._speech._service is not before


def test_the_speech_service_is_kept_from_save_to_save(rig: WatchRig) -> None:
    before = rig.watch_loop._speech._service
    rig.save(GOOD.replace("WORDS", "Anders."))
    rig.advance(1.0)
    assert rig.watch_loop._speech._service is before

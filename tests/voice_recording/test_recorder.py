"""Recording line by line, with a reader whose answers are known and a microphone that hears what it is given."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
import soundfile
from fake_device import FakeMicrophone, FakeMicrophoneStream

from coach.errors import ExternalError
from coach.sounds.clip import Clip, Samples
from coach.voice_recording.pack_writer import PackWriter
from coach.voice_recording.recorder import (
    AFTER,
    BEFORE,
    RATE_HZ,
    RecordingSetup,
    find_take_problems,
    format_level_bar,
    record_lines,
    trim_take,
)
from coach.voice_recording.script_lines import ScriptLine
from coach.voices.engines.voice_pack import PackManifest, read_manifest

MakeLine = Callable[..., ScriptLine]
EMPTY = PackManifest(speaker="Anna", language="en", licence="")


def said(length_s: float = 1.0, level: float = 0.2, room: float = 0.0002) -> Samples:
    """A tone for a voice, with a second of a room before and after it."""
    random = np.random.default_rng(1)
    tone = level * np.sin(2 * np.pi * 200 * np.arange(round(length_s * RATE_HZ)) / RATE_HZ)
    whole = np.pad(tone, RATE_HZ)
    return (whole + random.normal(scale=room, size=len(whole))).astype(np.float32)[:, None]


class Reader:
    """Answers in turn, then leaves; presses Enter when a sound is over."""

    def __init__(self, *answers: str, looks: int = 40) -> None:
        self.answers = list(answers)
        self.shown: list[str] = []
        self.asked: list[str] = []
        self.levels: list[str] = []
        self._looks = looks

    def show(self, text: str) -> None:
        self.shown.append(text)

    def ask(self, question: str) -> str:
        self.asked.append(question)
        return self.answers.pop(0) if self.answers else "q"

    def wait_for_enter(self) -> Iterator[None]:
        yield from [None] * self._looks

    def show_level(self, text: str) -> None:
        self.levels.append(text)


def setup(folder: Path, reader: Reader, *sounds: Samples, heard: list[Clip] | None = None) -> RecordingSetup:
    microphone = FakeMicrophone(sounds)
    return RecordingSetup(
        prompt=reader,
        open_microphone=lambda: microphone.open(None, RATE_HZ),
        play=([] if heard is None else heard).append,
        pack_writer=PackWriter(folder, EMPTY),
    )


def kept(folder: Path) -> list[str]:
    return [take.text for take in read_manifest(folder).lines]


def test_each_line_that_is_kept_is_on_disk_at_once_with_a_little_room_around(tmp_path: Path, line: MakeLine) -> None:
    script = (line("One."), line("Two."))
    assert record_lines(script, setup(tmp_path, Reader("", "", "q"), said())) == 1
    (take,) = read_manifest(tmp_path).lines
    assert (take.text, take.counted, take.length_s) == ("One.", False, pytest.approx(1.6, abs=0.02))
    info = soundfile.info(tmp_path / take.file)
    assert (info.samplerate, info.channels, info.format) == (48_000, 1, "FLAC")


def test_recording_resumes_at_the_first_missing_line(tmp_path: Path, line: MakeLine) -> None:
    script = tuple(map(line, ("One.", "Two.", "Three.")))
    record_lines(script, setup(tmp_path, Reader("", ""), said()))
    reader = Reader("", "", "", "")
    assert record_lines(script, setup(tmp_path, reader, said(), said())) == 0
    assert kept(tmp_path) == ["One.", "Two.", "Three."]
    assert reader.shown[:6] == ["", "Arriving, line 2 of 3", "    ... One.", "", "    Two.", ""]


def test_a_line_that_has_changed_is_asked_again_and_the_others_are_kept(tmp_path: Path, line: MakeLine) -> None:
    record_lines((line("One."), line("Two.")), setup(tmp_path, Reader("", "", "", ""), said(), said()))
    reader = Reader("", "")
    assert record_lines((line("One."), line("Two, anew.")), setup(tmp_path, reader, said(0.5))) == 0
    assert reader.asked == [BEFORE, AFTER]
    assert kept(tmp_path) == ["One.", "Two.", "Two, anew."]


def test_again_takes_the_next_try_and_back_replaces_what_was_kept(tmp_path: Path, line: MakeLine) -> None:
    script = (line("One."), line("Two."))
    record_lines(script, setup(tmp_path, Reader("", "a", "", "b", "", ""), said(0.4), said(0.8), said(1.2)))
    (take,) = read_manifest(tmp_path).lines
    assert take.length_s == pytest.approx(1.8, abs=0.02)
    assert [path.name for path in tmp_path.glob("*.flac")] == [take.file]


def test_a_take_can_be_heard_and_skipped(tmp_path: Path, line: MakeLine) -> None:
    heard: list[Clip] = []
    script = (line("One."), line("Two."))
    assert record_lines(script, setup(tmp_path, Reader("", "h", "h", "s", "s"), said(), heard=heard)) == 2
    assert [clip.length_s for clip in heard] == pytest.approx([1.6, 1.6], abs=0.02)
    assert list(tmp_path.iterdir()) == []


def test_silence_is_not_kept(tmp_path: Path, line: MakeLine) -> None:
    reader = Reader("", "q")
    assert record_lines((line("One."),), setup(tmp_path, reader, said(level=0.0))) == 1
    assert "Nothing was heard. Is the microphone on, and is it the right one?" in reader.shown


def test_a_microphone_that_is_pulled_out_loses_nothing_that_was_kept(tmp_path: Path, line: MakeLine) -> None:
    sounds = [FakeMicrophoneStream(said()), FakeMicrophoneStream(said(), lost_after=RATE_HZ)]
    opened = iter(sounds)
    interrupted = RecordingSetup(
        prompt=Reader("", "", ""),
        open_microphone=lambda: next(opened),
        play=lambda _: None,
        pack_writer=PackWriter(tmp_path, EMPTY),
    )
    with pytest.raises(ExternalError, match="the microphone has stopped sending"):
        record_lines((line("One."), line("Two.")), interrupted)
    assert kept(tmp_path) == ["One."]
    assert all(sound.closed for sound in sounds)


def test_the_level_is_shown_while_it_is_recorded(tmp_path: Path, line: MakeLine) -> None:
    reader = Reader("", "q", looks=15)
    record_lines((line("One."),), setup(tmp_path, reader, said()))
    assert reader.levels[12] == "[#######################       ] -14 dB"
    assert reader.levels[-1] == ""


def test_a_bar_tells_what_is_too_loud() -> None:
    assert format_level_bar(np.ones((10, 1), np.float32)) == "[##############################]   0 dB  too loud"
    assert format_level_bar(np.zeros((0, 1), np.float32)) == "[                              ] -60 dB"


@pytest.mark.parametrize(
    ("sound", "counted", "remark"),
    [
        (said(), False, ()),
        (said(level=0.01), False, ("it is very soft: turn the microphone up, or sit closer",)),
        (
            np.clip(said(level=1.5), -1, 1),
            False,
            ("it was too loud and is distorted: turn the microphone down, or sit a little further away",),
        ),
        (said(room=0.02), False, ("the room is noisy: close the window, or find a quieter one",)),
        (said(0.3), True, ()),
        (said(0.8), True, ("it is long for a word on a step: say it short and firm",)),
    ],
)
def test_the_problems_of_a_take_are_reported(sound: Samples, counted: bool, remark: tuple[str, ...]) -> None:  # noqa: FBT001 - a parameter of the test
    assert find_take_problems(Clip(samples=sound, rate_hz=RATE_HZ), counted=counted) == remark


def test_nothing_said_is_nothing() -> None:
    assert trim_take(Clip(samples=np.zeros((0, 1), np.float32), rate_hz=RATE_HZ)) is None


def test_a_pack_in_another_language_is_left_alone(tmp_path: Path, line: MakeLine) -> None:
    record_lines((line("One."),), setup(tmp_path, Reader("", ""), said()))
    with pytest.raises(ExternalError, match=r"is in 'en', and these lines are in 'nl'"):
        PackWriter(tmp_path, PackManifest(speaker="", language="nl", licence=""))


def test_a_recording_that_was_damaged_is_asked_again(tmp_path: Path, line: MakeLine) -> None:
    record_lines((line("One."),), setup(tmp_path, Reader("", ""), said()))
    (file,) = tmp_path.glob("*.flac")
    file.write_bytes(b"gone")
    pack_writer = PackWriter(tmp_path, EMPTY)
    assert pack_writer.list_missing((line("One."),)) == (line("One."),)


def test_a_file_is_named_by_its_words_and_nothing_in_them_leads_elsewhere(tmp_path: Path, line: MakeLine) -> None:
    pack_writer = PackWriter(tmp_path / "new", EMPTY)
    pack_writer.keep(line("../../één /etc?"), Clip(samples=said(), rate_hz=RATE_HZ))
    (file,) = (tmp_path / "new").glob("*.flac")
    assert file.name.startswith("een-etc-")


def test_the_speaker_can_be_named_later(tmp_path: Path, line: MakeLine) -> None:
    pack_writer = PackWriter(tmp_path, EMPTY)
    pack_writer.keep(line("One."), Clip(samples=said(), rate_hz=RATE_HZ))
    pack_writer.describe("Anna Smit", "CC BY 4.0")
    assert (read_manifest(tmp_path).speaker, read_manifest(tmp_path).licence) == ("Anna Smit", "CC BY 4.0")

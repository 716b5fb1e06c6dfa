"""A long recording of real speech is cut into its lines, whatever went wrong while it was read."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest
from long_takes import LongTake, ReadingStyle, collect_script, is_right_cut, make_long_take, speak_lines
from speech_recognition import heard, word_errors

from coach.sounds.clip import Clip
from coach.voice_recording.pack_writer import PackWriter
from coach.voice_recording.script_lines import ReadingScript, ScriptLine
from coach.voice_recording.take_splitter import (
    CHOICES,
    TakeCut,
    cut_clip,
    keep_certain_cuts,
    list_cuts,
    review_cuts,
    split_take,
)
from coach.voices.engines.voice_pack import PackManifest

READING_STYLES = {
    "calmly": ReadingStyle(seed=5),
    "without a line": ReadingStyle(seed=6, missing=(9,)),
    "one line twice": ReadingStyle(seed=7, twice=(5,)),
    "with a long pause inside a line": ReadingStyle(seed=8, interrupted=(12,)),
    "in a noisier room": ReadingStyle(seed=9, room_db=-48.0),
    "with all of these, and a cough": ReadingStyle(
        seed=10, missing=(9,), twice=(5,), interrupted=(20,), coughs=0.1, room_db=-50.0
    ),
}


@pytest.fixture(scope="module")
def script() -> ReadingScript:
    return collect_script("first-time", "en")


@pytest.fixture(scope="module")
def read(script: ReadingScript) -> list[Clip]:
    """The lines as their reader says them."""
    return speak_lines(script, "hibari")


@pytest.fixture(scope="module")
def known(script: ReadingScript) -> list[Clip]:
    """The lines as another voice says them."""
    return speak_lines(script, "espeak")


def outcome(found: tuple[TakeCut, ...], take: LongTake) -> tuple[int, int]:
    """How many lines were cut wrongly though they were called sure, and how many are asked about."""
    wrong = sum(cut.sure and not is_right_cut(cut, number, take) for number, cut in enumerate(found))
    return wrong, sum(not cut.sure for cut in found)


@pytest.mark.parametrize(
    "style",
    [
        pytest.param(style, marks=[pytest.mark.thorough] * (not name.startswith("with all")), id=name)
        for name, style in READING_STYLES.items()
    ],
)
def test_every_cut_that_is_sure_holds_exactly_its_line(
    script: ReadingScript, read: list[Clip], known: list[Clip], style: ReadingStyle
) -> None:
    take = make_long_take(read, style)
    wrong, asked = outcome(split_take(script, known, take.clip), take)
    assert wrong == 0
    assert asked <= len(script) // 2


@pytest.mark.thorough
def test_each_cut_is_recognized_as_its_line(script: ReadingScript, read: list[Clip], known: list[Clip]) -> None:
    take = make_long_take(read, ReadingStyle(seed=4, varies=0.05))
    for cut in split_take(script, known, take.clip)[::27]:
        clip = cut_clip(take.clip, cut)
        errors = word_errors(cut.line.caption, heard(clip, "en"))
        assert errors <= 1, cut.line.caption


def test_silence_holds_no_line(script: ReadingScript, known: list[Clip]) -> None:
    quiet = Clip(samples=np.zeros((48_000, 1), np.float32), rate_hz=48_000)
    assert all(cut.is_missing for cut in split_take(script, known, quiet))


MakeLine = Callable[..., ScriptLine]
RATE_HZ = 48_000
TAKE = Clip(samples=np.full((70 * RATE_HZ, 1), 0.1, np.float32), rate_hz=RATE_HZ)


class Author:
    """Answers in turn, then leaves."""

    def __init__(self, *answers: str) -> None:
        self.answers = list(answers)
        self.shown: list[str] = []
        self.asked: list[str] = []

    def show(self, text: str) -> None:
        self.shown.append(text)

    def ask(self, question: str) -> str:
        self.asked.append(question)
        return self.answers.pop(0) if self.answers else "q"

    def wait_for_enter(self) -> Iterator[None]:
        return iter(())

    def show_level(self, text: str) -> None:
        raise AssertionError(text)


@pytest.fixture
def pack_writer(tmp_path: Path) -> PackWriter:
    return PackWriter(tmp_path, PackManifest(speaker="", language="en", licence=""))


@pytest.fixture
def cuts(line: MakeLine) -> tuple[TakeCut, ...]:
    """A certain cut, two uncertain ones, and a line that was not heard."""
    return (
        TakeCut(line=line("One."), start_s=0.5, end_s=2.0, sure=True),
        TakeCut(line=line("Two."), start_s=3.0, end_s=4.25, sure=False),
        TakeCut(line=line("Three."), start_s=61.0, end_s=62.5, sure=False),
        TakeCut(line=line("Four."), start_s=0.0, end_s=0.0, sure=True),
    )


def kept(pack_writer: PackWriter) -> list[str]:
    return [each.text for each in pack_writer.manifest.lines]


def test_only_certain_cuts_are_kept(cuts: tuple[TakeCut, ...], pack_writer: PackWriter) -> None:
    assert keep_certain_cuts(cuts, TAKE, pack_writer) == cuts[1:]
    assert kept(pack_writer) == ["One."]


def test_the_author_hears_a_cut_and_decides(cuts: tuple[TakeCut, ...], pack_writer: PackWriter) -> None:
    author, played = Author("h", "?", "y", "n"), list[Clip]()
    review_cuts(cuts[1:], TAKE, pack_writer, author, played.append)
    assert author.asked == [
        f"Is it from 0:03.0 to 0:04.2?  {CHOICES}",
        CHOICES,
        CHOICES,
        f"Is it from 1:01.0 to 1:02.5?  {CHOICES}",
    ]
    assert author.shown[-1] == "  This line was not heard; 'coach record' asks for it."
    assert [clip.length_s for clip in played] == [1.25]
    assert kept(pack_writer) == ["Two."]


def test_an_author_who_quits_is_asked_no_more(cuts: tuple[TakeCut, ...], pack_writer: PackWriter) -> None:
    author = Author("q")
    review_cuts(cuts[1:], TAKE, pack_writer, author)
    assert (len(author.asked), kept(pack_writer)) == (1, [])


def test_uncertain_cuts_are_listed(cuts: tuple[TakeCut, ...], capsys: pytest.CaptureFixture[str]) -> None:
    list_cuts(cuts[1:])
    assert capsys.readouterr().out == (
        "  perhaps 0:03.0 to 0:04.2  Two.\n  perhaps 1:01.0 to 1:02.5  Three.\n  not heard  Four.\n"
    )

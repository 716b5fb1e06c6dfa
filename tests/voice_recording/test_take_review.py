"""Review of the cuts of a long take, by an author whose answers are known."""

from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from coach.sounds.clip import Clip
from coach.voice_recording.pack_writer import PackWriter
from coach.voice_recording.script_lines import ScriptLine
from coach.voice_recording.take_review import CHOICES, keep_certain_cuts, list_cuts, review_cuts
from coach.voice_recording.take_splitter import TakeCut
from coach.voices.engines.voice_pack import PackManifest

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

    def until_enter(self) -> Iterator[None]:
        return iter(())

    def level(self, text: str) -> None:
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

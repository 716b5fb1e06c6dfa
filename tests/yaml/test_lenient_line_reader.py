"""What a line means, whatever YAML makes of it."""

import pytest

from coach.blocks.registry import SYNTAX
from coach.languages import LANGUAGES
from coach.session.reader import build_vocabulary
from coach.yaml.lenient_line_reader import read_lines
from coach.yaml.vocabulary import LineReading

VOCABULARY = build_vocabulary(SYNTAX, LANGUAGES)


def read_last(*lines: str) -> LineReading:
    return read_lines(lines, VOCABULARY)[-1]


def list_said(line: str, reading: LineReading) -> list[str]:
    return [line[part.start : part.end] for part in reading.parts if part.role == "said"]


def list_noted(line: str, reading: LineReading) -> list[str]:
    return [line[part.start : part.end] for part in reading.parts if part.role == "comment"]


@pytest.mark.parametrize(
    ("line", "said", "noted"),
    [
        ("- say: Let op: brug #3 komt", ["Let op: brug #3 komt"], []),
        ("- say: Adem in # zacht", ["Adem in"], ["# zacht"]),
        ("- say: Adem in  #zacht", ["Adem in"], ["#zacht"]),
        ('- say: "Zeg "ja" #nee en door"', ['"Zeg "ja" #nee en door"'], []),
        ("- say: 'foto's van #werk'  # let op 's", ["'foto's van #werk'"], ["# let op 's"]),
        ("- easy: {lasts: 5m, say: Laat los, breathe}", ["Laat los, breathe"], []),
        ("- easy: {say: Hallo {name}, goed zo, lasts: 5m}", ["Hallo {name}, goed zo"], []),
        ("- easy: {say: Denk aan #werk, en nu}  # open", ["Denk aan #werk, en nu"], ["# open"]),
        ("- easy: {lasts: 5m, say: {nl: Adem, uit, en: Breathe, out}}", ["Adem, uit", "Breathe, out"], []),
        ("- easy: {say: [{at: 30s, text: Adem, uit}, {at: 60s, text: Los}]}", ["Adem, uit", "Los"], []),
        ("- easy: {lasts:5m, say:Hallo}", ["Hallo"], []),
        ("- easy: 5m # warm", [], ["# warm"]),
        ("title: Rondje #2", ["Rondje #2"], []),
    ],
)
def test_words_and_comments_are_told_apart(line: str, said: list[str], noted: list[str]) -> None:
    reading = read_last(line)
    assert (list_said(line, reading), list_noted(line, reading), reading.certain) == (said, noted, True)


@pytest.mark.parametrize(
    "line",
    [
        "- say: Let op: adem. #zacht",
        '- say: "Adem rustig  # zacht',
        "- say: Let op, lasts: 5m",
        "- say: lasts: 5m",
        "- easy: {lasts: 5m, say: Drie dingen, adem: rustig}",
        "- easy: {name}",
    ],
)
def test_what_may_be_meant_in_two_ways_is_not_certain(line: str) -> None:
    assert not read_last(line).certain


def test_a_text_goes_on_in_deeper_lines_and_ends_at_a_key() -> None:
    lines = (
        "  - say: |",
        "      Let op: #1",
        "      - en door",
        "    lasts: 5m",
        "  - say: Adem",
        "      en uit",
        "  - easy: 1m",
    )
    read = read_lines(lines, VOCABULARY)
    said = [word for line, reading in zip(lines, read, strict=True) for word in list_said(line, reading)]
    assert said == ["Let op: #1", "- en door", "Adem", "en uit"]

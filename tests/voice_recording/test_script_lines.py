"""Which lines are read aloud, and how each is described."""

import math
from dataclasses import replace
from html.parser import HTMLParser
from pathlib import Path
from textwrap import dedent

import pytest

from coach.services.session_preparation import plan_by_estimate
from coach.services.session_reading import SessionRequest
from coach.voice_recording.script_lines import (
    HOW_TO_COUNT,
    ReadingScript,
    collect_lines,
    describe_line,
    normalize_line,
    script_to_html,
    script_to_text,
)

SESSION = """
    coach: 1
    language: en
    title: Words <b>of</b> mine
    breath: 3 in / 3 out
    values: {name: ""}
    say-as: {Nijmegen: "nigh-may-gun"}
    blocks:
      - free:
          lasts: 60s
          title: "One & <script>alert(1)</script>"
          say:
            - Welcome to Nijmegen, {name}.
            - "Wait. [in] Now. [2s] And rest."
            - {text: Heard from a file., clip: own.wav}
      - free:
          lasts: 60s
          say: ["[step] one [step] two [step] one", "And rest.", "One."]
"""


@pytest.fixture
def script(tmp_path: Path) -> ReadingScript:
    (tmp_path / "own.wav").write_bytes(b"RIFF")
    path = tmp_path / "run.yaml"
    path.write_text(dedent(SESSION), encoding="utf-8")
    return collect_lines(plan_by_estimate(SessionRequest(session=str(path), values={"name": "Anna"})))


def test_every_line_is_there_once_in_the_order_in_which_it_is_heard(script: ReadingScript) -> None:
    assert [(line.caption, line.utterance.counted, line.block) for line in script] == [
        ("Welcome to Nijmegen, Anna.", False, 0),
        ("Wait.", False, 0),
        ("Now.", False, 0),
        ("And rest.", False, 0),
        ("one", True, 1),
        ("two", True, 1),
        ("One.", False, 1),
    ]


def test_pronunciations_and_waits_are_described(script: ReadingScript) -> None:
    welcome, wait, now, *_ = script
    assert describe_line(welcome) == ("about 3s", "say: Welcome to nigh-may-gun, Anna.")
    assert normalize_line(welcome.utterance) == "Welcome to nigh-may-gun, Anna."
    assert (wait.room_s < math.inf, now.room_s) == (True, math.inf)
    assert describe_line(now) == ("about 1s", "begins with an in-breath")
    assert describe_line(replace(wait, length_s=6.0, room_s=7.4)) == ("about 6s", "at most 7s")


def test_as_text_there_is_a_heading_for_each_block_and_a_hint_for_what_is_counted(script: ReadingScript) -> None:
    text = script_to_text("Mine", script).split("\n")
    assert text[:2] == ["Mine", "7 lines, 8s of speech. Leave two seconds of quiet after each."]
    assert text[3:5] == [
        "One & <script>alert(1)</script>",
        "  1  Welcome to Nijmegen, Anna.  (about 3s; say: Welcome to nigh-may-gun, Anna.)",
    ]
    assert text[-4:] == [f"     ({HOW_TO_COUNT})", "  5  one", "  6  two", "  7  One.  (about 1s)"]


class Tags(HTMLParser):
    """The tags of a page, and its text."""

    def __init__(self) -> None:
        super().__init__()
        self.tags: list[str] = []
        self.said: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append(tag)
        assert {name for name, _ in attrs} <= {"lang", "charset", "name", "content"}

    def handle_data(self, data: str) -> None:
        self.said.append(data.strip())


def test_the_page_holds_the_words_as_words_and_needs_nothing_else(script: ReadingScript) -> None:
    page = script_to_html("Words <b>of</b> mine", "en", script)
    tags = Tags()
    tags.feed(page)
    assert set(tags.tags) == {"html", "meta", "title", "style", "h1", "h2", "p", "ol", "li", "b", "small"}
    assert {"Words <b>of</b> mine", "One & <script>alert(1)</script>", "Welcome to Nijmegen, Anna."} <= set(tags.said)
    assert tags.tags.count("li") == len(script)
    assert "http" not in page
    assert "break-inside: avoid" in page

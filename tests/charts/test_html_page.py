"""HTML page: its contents and markup, without a browser."""

import base64
import hashlib
import json
import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest
import timeline_builders

from coach.charts.html_page import PageFile, build_page, make_page_contents, make_page_words

HOSTILE = "</script><script>alert(1)</script> <!-- & \u2028 $title ${x}"


def shown(language: str = "en") -> dict[str, Any]:
    return make_page_contents(timeline_builders.reset_run(language), sound="data:audio/ogg;base64,T2dnUw==")


def held(document: str) -> dict[str, Any]:
    """The data in a page."""
    (data,) = re.findall(r'<script type="application/json" id="data">(.*?)</script>', document, re.DOTALL)
    read: dict[str, Any] = json.loads(data)
    return read


def test_contents_are_what_is_planned() -> None:
    contents = shown()
    assert {name: contents[name] for name in ("title", "language", "facts", "length_s", "sound", "problems")} == {
        "title": "Short reset run",
        "language": "en",
        "facts": "24 min · 158 steps per minute",
        "length_s": 1440.0,
        "sound": "data:audio/ogg;base64,T2dnUw==",
        "problems": [],
    }
    assert contents["blocks"][1] == {
        "title": "Settling in",
        "ink": "kind-settle",
        "start_s": 90.0,
        "end_s": 270.0,
        "line": 1,
    }
    assert contents["words"][0] == {
        "text": "Good to have you here. Stand still for a moment.",
        "counted": False,
        "block": 0,
        "start_s": 3.0,
        "end_s": 7.0,
        "line": 1,
    }
    assert json.loads(json.dumps(contents)) == contents


def test_its_picture_has_no_title_of_its_own_nor_any_rules() -> None:
    root = ET.fromstring(shown()["picture"])  # noqa: S314 - we wrote it
    words = [text.text for text in root.iter("{http://www.w3.org/2000/svg}text")]
    assert "Settling in" in words
    assert "Short reset run" not in words
    assert not list(root.iter("{http://www.w3.org/2000/svg}style"))
    assert root.get("role") == "img"


FILE = PageFile(title="A run", label="24 min", language="en", size="23 MB", about="about/1.json", save="save/1/a.mp3")


def test_the_page_holds_its_contents_and_the_words_of_both_languages() -> None:
    wording = make_page_words()
    assert held(build_page(shown("nl"))) == {"contents": shown("nl"), "live": None, "files": [], "wording": wording}
    assert held(build_page(shown(), live="/events?since=1"))["live"] == "/events?since=1"
    assert held(build_page(shown(), files=[FILE]))["files"] == [FILE]


@pytest.mark.parametrize("language", ["nl", "en"])
def test_it_is_in_the_session_s_language(language: str) -> None:
    assert build_page(shown(language)).startswith(f'<!doctype html>\n<html lang="{language}">')


def test_its_policy_allows_only_its_own_contents() -> None:
    document = build_page(shown())
    policy = dict(rule.split(" ", 1) for rule in _policy(document).split("; "))
    (style,) = re.findall(r"<style>(.*?)</style>", document, re.DOTALL)
    script = re.findall(r"<script>(.*?)</script>", document, re.DOTALL)[-1]
    assert policy == {
        "default-src": "'none'",
        "style-src": _hash(style),
        "script-src": _hash(script),
        "media-src": "data: blob:",
        "img-src": "'none'",
        "connect-src": "'none'",
        "base-uri": "'none'",
        "form-action": "'none'",
    }


def test_a_live_page_may_request_its_server() -> None:
    for policy in (_policy(build_page(shown(), live="/events")), _policy(build_page(shown(), files=[FILE]))):
        assert "media-src data: blob: 'self'; img-src 'self'; connect-src 'self';" in policy


def _policy(document: str) -> str:
    (policy,) = re.findall(r'http-equiv="Content-Security-Policy" content="([^"]*)"', document)
    return str(policy)


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def test_words_of_a_session_stay_data() -> None:
    blocks = [timeline_builders.planned(HOSTILE, 0.0, 60.0, title=HOSTILE)]
    contents = make_page_contents(
        timeline_builders.timeline(HOSTILE, blocks, [timeline_builders.speech(HOSTILE, 3.0)]), sound=HOSTILE
    )
    document = build_page(contents)
    assert held(document)["contents"] == contents
    assert document.count("<script") == 2
    assert "\u2028" not in document
    assert contents["title"] == "</script><script>alert(1)</script> <!-- & $title ${x}"


def test_a_page_can_show_problems_alone() -> None:
    assert "<title>Coach</title>" in build_page({"problems": [{"severity": "error", "message": "no blocks"}]})


def test_no_handler_or_rule_is_within_the_markup() -> None:
    markup = re.sub(r"<(style|script)[^>]*>.*?</\1>", "", build_page(shown()), flags=re.DOTALL)
    assert not re.search(r"\s(on\w+|style)=", markup)


def test_each_language_has_its_own_words() -> None:
    dutch, english = (make_page_words()[language] for language in ("nl", "en"))
    assert dutch.keys() == english.keys()
    assert all(dutch[name] != said for name, said in english.items())

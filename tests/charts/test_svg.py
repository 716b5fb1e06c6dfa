import re
import subprocess
import sys
from xml.etree import ElementTree as ET

import pytest
import timeline_builders

from coach.charts.svg import timeline_to_svg

NS = "{http://www.w3.org/2000/svg}"
ALLOWED = {"svg", "title", "desc", "style", "rect", "polygon", "path", "circle", "text"}
HOSTILE = "</title><script>alert(1)</script> & \"quoted\" 'too' \x00\x0b\x1b\ufffe\u202e ]]> <!-- %s {x}"
SHOWN = "</title><script>alert(1)</script> & \"quoted\" 'too' ]]> <!-- %s {x}"


def parsed(text: str) -> ET.Element:
    return ET.fromstring(text)  # noqa: S314 - we wrote it


def test_the_picture_is_xml_of_the_right_size_with_a_title_and_a_description() -> None:
    root = parsed(timeline_to_svg(timeline_builders.reset_run("nl")))
    assert root.tag == f"{NS}svg"
    assert root.get("viewBox") == "0 0 1200 360"
    assert root.findtext(f"{NS}title") == "Korte reset-run"
    assert (root.findtext(f"{NS}desc") or "").startswith("24 min · 158 stappen per minuut. 0:00 Vooraf, 1:30 Aankomen")
    assert root.get("{http://www.w3.org/XML/1998/namespace}lang") == "nl"


def test_all_words_said_are_there_to_be_pointed_at() -> None:
    root = parsed(timeline_to_svg(timeline_builders.reset_run("nl")))
    tips = [element.text for element in root.iterfind(f"{NS}rect/{NS}title")]
    assert tips[:2] == [
        "0:03 Fijn dat je er bent. Blijf nog even staan.",
        "0:48 Hoe gespannen ben je, van één tot tien?",
    ]
    assert len(tips) == 18


def test_words_of_a_session_are_never_markup() -> None:
    blocks = [timeline_builders.planned(HOSTILE, 0.0, 60.0, title=HOSTILE)]
    text = timeline_to_svg(
        timeline_builders.timeline(
            HOSTILE, blocks, [timeline_builders.speech(HOSTILE, 3.0)], language='nl" onload="alert(1)'
        )
    )
    root = parsed(text)
    assert {element.tag.removeprefix(NS) for element in root.iter()} <= ALLOWED
    assert root.findtext(f"{NS}title") == SHOWN
    assert root.findtext(f"{NS}polygon/{NS}title") == f"0:00 {SHOWN} (1m)"
    assert root.findtext(f"{NS}rect/{NS}title") == f"0:03 {SHOWN}"
    assert root.get("onload") is None


def test_emoji_and_other_scripts_stay_as_they_are() -> None:
    plan = timeline_builders.timeline("🏃 慢跑", [timeline_builders.planned("easy", 0.0, 60.0)], [])
    assert parsed(timeline_to_svg(plan)).findtext(f"{NS}title") == "🏃 慢跑"


def test_nothing_is_fetched_or_run() -> None:
    text = timeline_to_svg(timeline_builders.reset_run(bed=True))
    assert re.findall(r"https?://[^\"]+", text) == ["http://www.w3.org/2000/svg"]
    assert not re.search(r"href|url\(|@import|@font-face|<script|\son\w+=", text)


def test_dark_screens_get_night_colours() -> None:
    style = parsed(timeline_to_svg(timeline_builders.reset_run())).findtext(f"{NS}style") or ""
    day, night = style.split("@media (prefers-color-scheme:dark)")
    assert ".paper{fill:#fbfaf7}" in day
    assert ".paper{fill:#17212b}" in night
    used = {
        element.get("class")
        for element in parsed(timeline_to_svg(timeline_builders.reset_run())).iter()
        if element.get("class")
    }
    assert all(f".{name}{{" in day and f".{name}{{" in night for name in used)


def test_half_an_hour_full_of_ticks_stays_a_small_file() -> None:
    ticking = [timeline_builders.planned("breathing", start_s, start_s + 300.0) for start_s in range(0, 1800, 300)]
    events = [tick for block in ticking for tick in timeline_builders.sounding(block)]
    said = [timeline_builders.speech(f"Sentence number {nth}, about your breath.", nth * 9.0) for nth in range(200)]
    assert len(timeline_to_svg(timeline_builders.timeline("Full", ticking, [*events, *said]))) < 60_000


@pytest.mark.parametrize("module", ["svg", "timeline_chart", "palette"])
def test_an_svg_needs_no_drawing_library(module: str) -> None:
    check = f"import sys, coach.charts.{module}; sys.exit('PIL' in sys.modules)"
    assert subprocess.run([sys.executable, "-c", check], check=False).returncode == 0

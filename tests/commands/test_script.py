"""`coach script`: the lines to read, in the terminal and on paper."""

import json
from collections.abc import Callable
from pathlib import Path

from coach_process import Ran

from coach.voice_recording.script_lines import HOW_TO_COUNT

Coach = Callable[..., Ran]
Written = Callable[[str, str], Path]
SESSION = """
coach: 1
title: {nl: Even, en: A moment}
values: {name: ""}
breath: 3 in / 3 out
blocks:
  - free:
      lasts: 40s
      title: {nl: Begin, en: Beginning}
      say:
        - {nl: "Dag {name}.", en: "Hello {name}."}
        - {nl: "[step] een [step] twee", en: "[step] one [step] two"}
        - {level: extra, text: {nl: "Nog iets.", en: "One more."}}
"""


def test_the_lines_are_printed_in_the_language_asked_for(coach: Coach, written: Written) -> None:
    written("run.yaml", SESSION)
    ran = coach("script", "run.yaml", "--lang", "nl", "--set", "name=Ans\x1b[2J")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.split("\n") == [
        "Even",
        "4 lines, 3s of speech. Leave two seconds of quiet after each.",
        "",
        "Begin",
        "  1 Dag Ans\N{REPLACEMENT CHARACTER}[2J. (about 1s)",
        f"     ({HOW_TO_COUNT})",
        "  2 een",
        "  3 twee",
        "  4 Nog iets. (about 1s)",
        "",
    ]


def test_less_guidance_is_less_to_read(coach: Coach, written: Written) -> None:
    written("run.yaml", SESSION)
    assert "One more." not in coach("script", "run.yaml", "--lang", "en", "--guidance", "light").out


def test_a_page_to_print_is_written_whole(coach: Coach, written: Written, tmp_path: Path) -> None:
    written("run.yaml", SESSION)
    ran = coach("script", "run.yaml", "--lang", "en", "--html", "lines.html", "--set", "name=<b>Bo</b>")
    assert ran == Ran(code=0, out="wrote lines.html: 4 lines to read; print it, or open it in a browser\n", err="")
    page = (tmp_path / "lines.html").read_text(encoding="utf-8")
    assert "Hello &lt;b&gt;Bo&lt;/b&gt;." in page
    assert page.endswith("</html>\n")


def test_a_session_with_errors_has_no_lines(coach: Coach, written: Written) -> None:
    written("run.yaml", "coach: 1\nlanguage: en\ntitle: x\nblocks: [free: 20]\n")
    ran = coach("script", "run.yaml")
    assert (ran.code, ran.out) == (1, "")
    assert "error[no-unit]" in ran.err


WRITTEN = """
coach: 1
language: en
title: A moment
say-as: {Nijmegen: "nigh-may-gun"}
blocks:
  - free:
      lasts: 1m
      say:
        - "Walk 1:30, then run 2:00."
        - "Nothing to change. [2s] To Nijmegen."
        - "Ωψ"
"""


def test_lines_are_shown_as_a_voice_gets_them(coach: Coach, written: Written) -> None:
    written("run.yaml", WRITTEN)
    ran = coach("script", "run.yaml", "--spoken")
    assert (ran.code, ran.err) == (0, "")
    assert ran.out.split("\n")[3:] == [
        "Free",
        "  1 Walk 1:30, then run 2:00. (spoken: Walk one and a half minutes, then run two minutes.)",
        "  2 Nothing to change.",
        "  3 To Nijmegen. (spoken: To nigh-may-gun.)",
        "  4 Ωψ (nothing is spoken)",
        "",
    ]


def test_lines_and_how_they_are_spoken_are_also_data(coach: Coach, written: Written) -> None:
    written("run.yaml", WRITTEN)
    ran = coach("script", "run.yaml", "--spoken", "--json")
    walk, run = "Walk 1:30, then run 2:00.", "Walk one and a half minutes, then run two minutes."
    assert json.loads(ran.out) == [
        {"line": 10, "language": "en", "text": walk, "spoken": run},
        {"line": 11, "language": "en", "text": "Nothing to change.", "spoken": "Nothing to change."},
        {"line": 11, "language": "en", "text": "To Nijmegen.", "spoken": "To nigh-may-gun."},
        {"line": 12, "language": "en", "text": "Ωψ", "spoken": ""},
    ]


def test_a_page_shows_how_lines_are_spoken_on_request(coach: Coach, written: Written, tmp_path: Path) -> None:
    written("run.yaml", WRITTEN)
    for options in ((), ("--spoken",)):
        assert coach("script", "run.yaml", "--html", "lines.html", *options).code == 0
        page = (tmp_path / "lines.html").read_text(encoding="utf-8")
        assert ("spoken: Walk one and a half minutes" in page) is bool(options)

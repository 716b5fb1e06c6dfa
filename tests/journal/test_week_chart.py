from collections.abc import Sequence
from datetime import date
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
import run_records

from coach.charts.png import encode_png
from coach.charts.shapes import Area, Bar, Dot, Label, Picture
from coach.charts.svg import svg_document
from coach.journal.diary import Run
from coach.journal.week_chart import lay_out_week
from coach.journal.week_summary import select_week
from coach.languages.registry import find_language

TODAY = date(2026, 11, 18)
RUNS = (
    run_records.run(16),
    run_records.run(18, form="long", title="Long and easy", ran_s=3000.0, tension_after=None, lighter=None),
    run_records.run(18, 20, form="trail", ran_s=5400.0, tension_before=1, tension_after=10),
    run_records.run(22, form=None, title=None, tension_before=None, lighter="word " * 40),
)


def picture_of(runs: Sequence[Run], language: str = "en") -> Picture:
    return lay_out_week(select_week(TODAY, runs), find_language(language).journal.week, language, TODAY)


def labels(picture: Picture) -> list[str]:
    return [shape.text for shape in picture.shapes if isinstance(shape, Label)]


def test_each_run_is_a_hill_as_high_as_it_was_long() -> None:
    hills = [shape for shape in picture_of(RUNS).shapes if isinstance(shape, Area)]
    assert [round(hill.box.bottom - hill.box.top, 1) for hill in hills] == [32.0, 66.7, 80.0, 32.0]
    assert [hill.ink for hill in hills] == ["kind-breathing", "kind-easy", "kind-listening", "kind-free"]
    assert hills[0].tip == "Mon 18:05 Short reset run, 24 min, 7 -> 3, My shoulders"


def test_more_tension_lies_higher() -> None:
    dots = [shape for shape in picture_of(RUNS).shapes if isinstance(shape, Dot)][2:]
    assert [(dot.ink, round(dot.centre[1])) for dot in dots] == [
        ("bell", 121),
        ("voice", 151),
        ("bell", 121),
        ("bell", 166),
        ("voice", 98),
        ("voice", 151),
    ]


def test_it_is_told_in_words_too() -> None:
    picture = picture_of(RUNS[:2], "nl")
    assert picture.title == "Week 47, 16 tot en met 22 november 2026"
    assert picture.about == (
        "Twee keer gelopen. Dat is een fijn ritme: liever vaak en rustig dan hard. Je spanning: 7 ervoor, 3 erna. "
        "ma 18:05 Short reset run, 24 min, 7 -> 3, My shoulders. wo 18:05 Long and easy, 50 min, 7 ->."
    )
    assert labels(picture)[:2] == [
        "Week 47, 16 tot en met 22 november 2026",
        "Twee keer gelopen. Dat is een fijn ritme: liever vaak en rustig dan hard. Je spanning: 7 ervoor, 3 erna.",
    ]


def test_a_week_without_runs_is_a_quiet_plain() -> None:
    assert labels(picture_of(())) == [
        "Week 47, 16 to 22 November 2026",
        "No run yet this week, and that's fine. Whenever you have twenty minutes to spare, that's enough.",
        *("Mon 16", "Tue 17", "Wed 18", "Thu 19", "Fri 20", "Sat 21", "Sun 22"),
    ]


@pytest.mark.parametrize("runs", [RUNS, RUNS * 2, RUNS * 8], ids=["some", "many", "too many"])
def test_no_words_run_into_others_or_off_the_paper(runs: Sequence[Run]) -> None:
    picture = picture_of(runs)
    boxes = [shape.box for shape in picture.shapes if isinstance(shape, Label) and shape.size > 11.0]
    assert all(box.left >= 0.0 and box.right <= 1200.0 and box.bottom <= 360.0 for box in boxes)
    if len(runs) <= 8:
        assert [(one, other) for one, other in combinations(boxes, 2) if one.meets(other)] == []


def test_as_svg_its_words_are_never_markup() -> None:
    run = run_records.run(title="</title><script>", lighter='<b> & "x" \x00\x1b')
    text = svg_document(picture_of([run]))
    root = ET.fromstring(text)  # noqa: S314 - we wrote it
    assert "<script" not in text
    assert root.findtext("{http://www.w3.org/2000/svg}title") == "Week 47, 16 to 22 November 2026"


def test_as_png_it_is_the_same_each_time() -> None:
    assert encode_png(picture_of(RUNS)) == encode_png(picture_of(RUNS))


def test_only_a_week_with_runs_shows_the_scale() -> None:
    assert [len([shape for shape in picture_of(runs).shapes if isinstance(shape, Bar)]) for runs in ((), RUNS)] == [
        0,
        1,
    ]

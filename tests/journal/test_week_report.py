from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta, timezone
from itertools import combinations
from xml.etree import ElementTree as ET

import pytest
import run_records

from coach.charts.png import encode_png
from coach.charts.shapes import Area, Bar, Dot, Label, Picture
from coach.charts.svg import make_svg_document
from coach.journal.diary import Run
from coach.journal.week_report import Week, format_heading, lay_out_week, select_week, summarize
from coach.languages import find_language

NL, EN = find_language("nl").journal.week, find_language("en").journal.week
TODAY = date(2026, 11, 18)


def said(runs: int, language: str = "en") -> list[str]:
    week = select_week(TODAY, [run_records.run(16 + nth, tension_after=None) for nth in range(runs)])
    return list(summarize(week, find_language(language).journal.week, TODAY))


def test_a_week_is_from_monday_to_sunday_by_the_runners_own_clock() -> None:
    late = replace(
        run_records.run(22), started_at=run_records.at(22, 23, 59).replace(tzinfo=timezone(timedelta(hours=-10)))
    )
    early = replace(
        run_records.run(23), started_at=run_records.at(23, 0, 1).replace(tzinfo=timezone(timedelta(hours=14)))
    )
    first, before = run_records.run(16, 0, 0), run_records.run(15, 23, 59)
    assert select_week(TODAY, [early, late, first, before]) == Week(monday=date(2026, 11, 16), runs=(first, late))


def test_a_run_under_five_minutes_does_not_count() -> None:
    tried, ran = run_records.run(16, ran_s=299.9), run_records.run(17, ran_s=300.0, ended="stopped")
    assert select_week(TODAY, [tried, ran]).runs == (ran,)


@pytest.mark.parametrize(
    ("day", "dutch", "english"),
    [
        (date(2026, 11, 18), "Week 47, 16 tot en met 22 november 2026", "Week 47, 16 to 22 November 2026"),
        (
            date(2027, 1, 3),
            "Week 53, 28 december tot en met 3 januari 2027",
            "Week 53, 28 December to 3 January 2027",
        ),
        (date(2027, 1, 4), "Week 1, 4 tot en met 10 januari 2027", "Week 1, 4 to 10 January 2027"),
    ],
)
def test_a_week_is_named_as_calendars_do(day: date, dutch: str, english: str) -> None:
    week = select_week(day, ())
    assert (format_heading(week, NL), format_heading(week, EN)) == (dutch, english)


def test_the_words_are_kind_however_many_runs_there_were() -> None:
    assert [said(runs) for runs in range(7)] == [
        ["No run yet this week, and that's fine. Whenever you have twenty minutes to spare, that's enough."],
        ["One run. Every run counts, and it needn't be more."],
        ["Two runs. That's a good rhythm: often and easy does more than hard."],
        ["Three runs. That's a good rhythm: often and easy does more than hard."],
        ["Four runs. Lovely. Two or three are enough, too."],
        ["More than four runs. Let your body have a day of rest as well: rest is where it grows stronger."],
        ["More than four runs. Let your body have a day of rest as well: rest is where it grows stronger."],
    ]
    assert [said(runs, "nl") for runs in range(6)] == [
        ["Nog niet gelopen deze week, en dat is prima. Heb je een keer twintig minuten over, dan is dat genoeg."],
        ["Eén keer gelopen. Elke keer telt, en het hoeft niet meer te zijn."],
        ["Twee keer gelopen. Dat is een fijn ritme: liever vaak en rustig dan hard."],
        ["Drie keer gelopen. Dat is een fijn ritme: liever vaak en rustig dan hard."],
        ["Vier keer gelopen. Mooi. Twee of drie keer is ook genoeg."],
        ["Vaker dan vier keer gelopen. Gun je lijf ook eens een dag rust: in de rust wordt het sterker."],
    ]


def test_another_week_without_a_run_is_no_failure_either() -> None:
    week = select_week(date(2026, 11, 15), ())
    assert list(summarize(week, EN, TODAY)) == ["You didn't run this week. That's all right, too."]
    assert list(summarize(week, NL, TODAY)) == ["In deze week heb je niet gelopen. Ook dat mag."]


def tension(*runs: Run) -> list[str]:
    return list(summarize(select_week(TODAY, runs), NL, TODAY))[1:]


def test_the_tension_is_summarized_where_both_are_known() -> None:
    assert tension(run_records.run(16)) == ["Je spanning: 7 ervoor, 3 erna."]
    both = run_records.run(16), run_records.run(17, tension_before=4, tension_after=4)
    assert tension(*both, run_records.run(18, tension_before=None)) == ["Je spanning, gemiddeld: 6 ervoor, 4 erna."]
    assert tension(run_records.run(18, tension_before=None), run_records.run(19, tension_after=None)) == []


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


def test_the_picture_has_a_description() -> None:
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
    text = make_svg_document(picture_of([run]))
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

"""The page that plays a session, in a real browser: what it shows, plays and requests."""

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import coach_process
import pytest
import timeline_builders
from browser import barriers, chromium, visiting, wait_until
from playwright.sync_api import Browser, Page, Route, expect

from coach.charts.html_page import build_page, make_page_contents
from coach.languages import find_language

SESSION = """\
coach: 1
title: {nl: Even rustig, en: A quiet one}
length: 90s
cadence: 160
blocks:
  - breathing: {lasts: 20s, ticks: on, say: {nl: "Adem in, en uit.", en: "Breathe in, and out."}}
  - silence: {lasts: 40s, say: none}
  - free:
      lasts: 30s
      title: {nl: Verder, en: Onwards}
      say:
        - {at: 2s, text: {nl: Rustig aan., en: Take it easy.}}
        - {at: 20s, text: {nl: Kijk eens om je heen., en: Look around you.}}
"""
WIDE: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
HOSTILE = "</script><script>document.title='taken'</script><img src=x onerror=alert(1)>\u2028\u2029 & ]]> <!-- ${1} \\"

PROBLEM: dict[str, Any] = {
    "severity": "error",
    "code": "unknown-kind",
    "message": "there is no block 'brething'",
    "help": "did you mean 'breathing'?",
    "file": "quiet.yaml",
    "line": 6,
    "column": 5,
    "excerpt": "   6 |   - brething: 20s\n     |     ^^^^^^^^",
}


@pytest.fixture(scope="module")
def browser(tool: Callable[[str], str]) -> Iterator[Browser]:
    with chromium(tool("chromium")) as browser:
        yield browser


@pytest.fixture(scope="module")
def session(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("page") / "quiet.yaml"
    path.write_text(SESSION, encoding="utf-8")
    return path


@pytest.fixture(scope="module")
def plan(session: Path) -> dict[str, Any]:
    return coach_process.plan(session, "--lang", "nl", "--voice", "fake")


@pytest.fixture(scope="module")
def file(session: Path) -> Path:
    """Write the page of the session."""
    drawn = session.with_suffix(".html")
    ran = coach_process.coach("plan", session, "--lang", "nl", "--voice", "fake", "--picture", drawn)
    assert ran == coach_process.Ran(code=0, out=f"drew {drawn}\n", err="")
    return drawn


def opened(visitor: Page, file: Path) -> Page:
    visitor.goto(file.as_uri())
    expect(visitor.get_by_role("button", name="Afspelen")).to_be_enabled()
    wait_until(visitor, "sound.src")
    return visitor


def now_s(visitor: Page) -> float:
    seconds: float = visitor.evaluate("sound.currentTime")
    return seconds


def marked(visitor: Page) -> list[str]:
    """List the texts that are marked as heard now, without their times."""
    return visitor.locator("#script [aria-current=true] span:last-child").all_text_contents()


def test_it_requests_nothing_but_itself(browser: Browser, file: Path) -> None:
    with visiting(browser) as visitor:
        asked_for: list[str] = []
        visitor.on("request", lambda request: asked_for.append(request.url))
        opened(visitor, file)
        assert asked_for == [file.as_uri()]


def test_its_sound_is_as_long_as_the_plan(browser: Browser, file: Path, plan: dict[str, Any]) -> None:
    with visiting(browser) as visitor:
        length_s = opened(visitor, file).evaluate("sound.duration")
    assert length_s == pytest.approx(plan["length_s"], abs=0.05)


def test_it_plays_and_the_playhead_goes_with_the_sound(browser: Browser, file: Path) -> None:
    with visiting(browser, **WIDE) as visitor:
        opened(visitor, file).get_by_role("button", name="Afspelen").click()
        wait_until(visitor, "sound.currentTime > 0.4")
        seen = visitor.evaluate(PLAYHEADS)
        assert [each["seen_s"] for each in seen] == pytest.approx([each["heard_s"] for each in seen], abs=0.1)
        assert seen[-1]["heard_s"] > seen[0]["heard_s"]


PLAYHEADS = """() => new Promise((done) => {
  const seen = [];
  const look = () => {
    const [head, place] = ["playhead", "place"].map((id) => document.getElementById(id).getBoundingClientRect());
    const share = (head.left + head.width / 2 - place.left) / place.width;
    seen.push({ seen_s: share * shown.length_s, heard_s: sound.currentTime });
    seen.length < 20 ? requestAnimationFrame(look) : done(seen);
  };
  requestAnimationFrame(look);
})"""


@pytest.mark.parametrize("share", [0.002, 0.25, 0.5, 0.998])
def test_a_click_in_the_picture_listens_there(browser: Browser, file: Path, share: float) -> None:
    with visiting(browser, **WIDE) as visitor:
        place = opened(visitor, file).locator("#place").bounding_box()
        assert place is not None
        visitor.mouse.click(place["x"] + share * place["width"], place["y"] + place["height"] / 2.0)
        wait_until(visitor, "!sound.paused && !sound.seeking")
        assert now_s(visitor) == pytest.approx(share * 90.0, abs=1.0)


def test_spoken_words_are_marked_only_while_they_are_heard(browser: Browser, file: Path, plan: dict[str, Any]) -> None:
    said = [event for event in plan["events"] if event["kind"] == "speech"]
    with visiting(browser) as visitor:
        opened(visitor, file)
        for event in said:
            block = plan["blocks"][event["block"]]["title"]
            for time_s in (event["start_s"] + 0.01, event["end_s"] - 0.01):
                visitor.evaluate("(time_s) => seek(time_s)", time_s)
                assert marked(visitor) == [block, event["text"]]
        visitor.evaluate("seek(40)")
        assert marked(visitor) == ["Stilte"]
        expect(visitor.locator("#block")).to_have_text("Stilte")
        expect(visitor.locator("#clock")).to_have_text("0:40 / 1:30")


def test_a_click_on_a_sentence_listens_there_and_space_then_pauses(
    browser: Browser, file: Path, plan: dict[str, Any]
) -> None:
    (starts_s,) = [event["start_s"] for event in plan["events"] if event.get("text") == "Kijk eens om je heen."]
    with visiting(browser) as visitor:
        opened(visitor, file).get_by_role("button", name="Kijk eens om je heen.").click()
        wait_until(visitor, f"sound.currentTime > {starts_s} && !sound.paused")
        assert marked(visitor) == ["Verder", "Kijk eens om je heen."]
        visitor.keyboard.press("Space")
        wait_until(visitor, "sound.paused")


def test_all_can_be_done_from_the_keyboard(browser: Browser, file: Path) -> None:
    with visiting(browser) as visitor:
        opened(visitor, file)
        visitor.keyboard.press("Space")
        wait_until(visitor, "!sound.paused")
        visitor.keyboard.press("Space")
        wait_until(visitor, "sound.paused")
        visitor.evaluate("seek(30)")
        visitor.keyboard.press("ArrowRight")
        assert now_s(visitor) == 35.0
        visitor.keyboard.press("ArrowLeft")
        visitor.keyboard.press("ArrowLeft")
        assert now_s(visitor) == 25.0
        reached = []
        for _ in range(6):
            visitor.keyboard.press("Tab")
            reached.append(visitor.evaluate("document.activeElement.id || document.activeElement.innerText"))
        assert [" ".join(each.split()) for each in reached] == [
            *("place", "back", "play", "next", "0:00 Adem", "0:00 Adem in, en uit.")
        ]
        visitor.keyboard.press("Enter")
        wait_until(visitor, "!sound.paused && sound.currentTime < 10")


def test_a_screen_reader_gets_all_of_it_in_order(browser: Browser, file: Path) -> None:
    with visiting(browser) as visitor:
        opened(visitor, file).evaluate("seek(62.5)")
        read_out = visitor.locator("body").aria_snapshot()
        assert visitor.get_by_role("slider").get_attribute("aria-valuetext") == "1:02, Verder"
        assert visitor.locator("html").get_attribute("lang") == "nl"
    assert read_out == READ_OUT


READ_OUT = """\
- banner:
  - heading "Even rustig" [level=1]
  - paragraph: 1:30 min · 160 stappen per minuut
- main:
  - status
  - region "De sessie in beeld":
    - heading "De sessie in beeld" [level=2]
    - img "Even rustig 1:30 min · 160 stappen per minuut. 0:00 Adem, 0:20 Stilte, 1:00 Verder."
    - slider "Plek in de sessie": "62.5"
    - button "Naar het begin van dit deel, of naar het vorige"
    - button "Afspelen"
    - button "Naar het volgende deel"
    - paragraph: 1:02 / 1:30 Verder
    - paragraph: KEYS
  - region "Wat je hoort":
    - heading "Wat je hoort" [level=2]
    - list:
      - listitem:
        - heading "0:00 Adem" [level=3]:
          - button "0:00 Adem"
        - list:
          - listitem:
            - button "0:00 Adem in, en uit."
      - listitem:
        - heading "0:20 Stilte" [level=3]:
          - button "0:20 Stilte"
        - list:
          - listitem: 0:40 zonder woorden
      - listitem:
        - heading "1:00 Verder" [level=3]:
          - button "1:00 Verder"
        - list:
          - listitem:
            - button "1:02 Rustig aan."
          - listitem:
            - button "1:20 Kijk eens om je heen."\
""".replace("KEYS", find_language("nl").page.keys)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [320, 1280])
def test_it_is_accessible(browser: Browser, file: Path, scheme: str, width: int) -> None:
    viewport = {"width": width, "height": 720}
    with visiting(browser, viewport=viewport, color_scheme=scheme, reduced_motion="reduce") as visitor:
        assert barriers(opened(visitor, file)) == []
        visitor.evaluate("(problem) => show({ problems: [problem] })", PROBLEM)
        assert barriers(visitor) == []


@pytest.mark.parametrize("width", [320, 640, 1280])
def test_a_narrow_or_enlarged_page_never_scrolls_sideways(browser: Browser, file: Path, width: int) -> None:
    enlarged = 1280 / width if width > 320 else 1.0
    with visiting(browser, viewport={"width": width, "height": 720}, device_scale_factor=enlarged) as visitor:
        opened(visitor, file)
        assert visitor.evaluate("document.documentElement.scrollWidth") == width
        assert visitor.locator("#picture svg").bounding_box()["width"] <= width  # type: ignore[index] # it is shown


@pytest.mark.parametrize(("scheme", "paper"), [("light", "rgb(251, 250, 247)"), ("dark", "rgb(23, 33, 43)")])
def test_by_night_it_is_dark(browser: Browser, file: Path, scheme: str, paper: str) -> None:
    with visiting(browser, color_scheme=scheme) as visitor:
        expect(opened(visitor, file).locator("body")).to_have_css("background-color", paper)


@pytest.mark.parametrize(("wish", "behaviour"), [("reduce", "auto"), ("no-preference", "smooth")])
def test_it_scrolls_gently_or_not_at_all(browser: Browser, file: Path, wish: str, behaviour: str) -> None:
    with visiting(browser, reduced_motion=wish) as visitor:
        opened(visitor, file).evaluate(
            "() => { Element.prototype.scrollIntoView = (how) => (window.scrolled = how.behavior); }"
        )
        visitor.get_by_role("button", name="Rustig aan.").click()
        wait_until(visitor, f"window.scrolled === '{behaviour}'")


def test_in_print_there_are_no_controls(browser: Browser, file: Path) -> None:
    with visiting(browser) as visitor:
        opened(visitor, file).emulate_media(media="print")
        expect(visitor.locator("#controls")).to_be_hidden()
        expect(visitor.locator("#picture")).to_be_visible()
        expect(visitor.get_by_role("button", name="Rustig aan.")).to_be_visible()


def hostile() -> dict[str, Any]:
    blocks = [timeline_builders.planned("free", 0.0, 60.0, title=HOSTILE)]
    return make_page_contents(
        timeline_builders.timeline(HOSTILE, blocks, [timeline_builders.speech(HOSTILE, 3.0)]), sound=""
    )


def test_words_of_a_session_are_never_markup(browser: Browser, tmp_path: Path) -> None:
    shown = hostile()
    written = tmp_path / "hostile.html"
    written.write_text(build_page(shown), encoding="utf-8")
    problem = {"severity": "error", "code": HOSTILE, "message": HOSTILE, "help": HOSTILE, "excerpt": HOSTILE}
    with visiting(browser) as visitor:
        visitor.goto(written.as_uri())
        assert visitor.title() == shown["title"]
        visitor.evaluate("(problem) => show({ problems: [problem] })", problem)
        for place in ("#name", "#script h3 span:last-child", "#script li li span:last-child"):
            assert visitor.locator(place).all_text_contents() == [shown["title"]]
        assert visitor.locator("#problems strong").text_content() == HOSTILE
        assert visitor.locator("img").count() == 0
        assert visitor.title() == shown["title"]


def changed(plan_title: str, **problem: Any) -> dict[str, Any]:
    blocks = [timeline_builders.planned("easy", 0.0, 90.0, title=plan_title)]
    problems: Any = (
        [{"severity": "advice", "code": "", "message": "", "help": "", "excerpt": ""} | problem] if problem else []
    )
    return make_page_contents(timeline_builders.timeline(plan_title, blocks, []), sound="", problems=problems)


def test_new_contents_with_a_new_sound_take_over_while_it_plays(browser: Browser, file: Path) -> None:
    with visiting(browser) as visitor:
        opened(visitor, file).get_by_role("button", name="Rustig aan.").click()
        wait_until(visitor, "sound.currentTime > 62.5")
        visitor.evaluate(
            """(next) => {
              window.before = sound;
              show({ ...next, sound: data.contents.sound.replace("audio/ogg", "audio/ogg;v=2") });
            }""",
            changed("Anders"),
        )
        expect(visitor.locator("#name")).to_have_text("Anders")
        wait_until(visitor, "sound !== window.before && !sound.paused && window.before.paused")
        assert 62.0 < now_s(visitor) < 75.0
        wait_until(visitor, f"sound.currentTime > {now_s(visitor) + 0.3}")


def test_problems_are_shown_and_the_picture_stays(browser: Browser, file: Path) -> None:
    with visiting(browser) as visitor:
        opened(visitor, file).evaluate("(problem) => show({ problems: [problem] })", PROBLEM)
        expect(visitor.get_by_role("region", name="Hier klopt nog iets niet").get_by_role("listitem")).to_have_text(
            "there is no block 'brething' quiet.yaml:6:5 unknown-kind" + PROBLEM["excerpt"] + PROBLEM["help"]
        )
        expect(visitor.get_by_role("status")).to_have_text("Je ziet en hoort de sessie zoals die hiervoor was.")
        expect(visitor.locator("#picture")).to_have_css("opacity", "0.45")
        expect(visitor.get_by_role("button", name="Rustig aan.")).to_be_visible()
        visitor.evaluate("(next) => show(next)", changed("Weer heel"))
        expect(visitor.locator("#problems")).to_be_hidden()
        expect(visitor.get_by_role("status")).to_be_empty()
        expect(visitor.locator("#picture")).to_have_css("opacity", "1")


def test_a_session_never_without_errors_shows_its_problems_alone(browser: Browser, tmp_path: Path) -> None:
    written = tmp_path / "broken.html"
    written.write_text(build_page({"problems": [{"severity": "error", "message": "no blocks"}]}), encoding="utf-8")
    with visiting(browser) as visitor:
        visitor.goto(written.as_uri())
        expect(visitor.get_by_role("region")).to_have_count(1)
        expect(visitor.get_by_role("region", name="Something to fix")).to_contain_text("no blocks")


def test_it_follows_the_events_and_says_so_when_it_cannot(browser: Browser) -> None:
    """The first answer ends, the second is an error, and only the third has events."""
    news = f"data: {json.dumps(changed('Nieuw', message='Think of the walk home.'))}\n\n"
    answers = iter(["retry: 50\n\n", None, "retry: 50\n\n" + news])

    def answer(route: Route) -> None:
        if route.request.url.endswith("/events"):
            body = next(answers, "retry: 60000\n\n")
            route.abort() if body is None else route.fulfill(content_type="text/event-stream", body=body)
        else:
            route.fulfill(content_type="text/html", body=build_page(changed("Eerst"), live="/events"))

    with visiting(browser, expected=("ERR_FAILED",)) as visitor:
        visitor.route("http://127.0.0.1:9/**", answer)
        visitor.goto("http://127.0.0.1:9/")
        expect(visitor.locator("#name")).to_have_text("Nieuw")
        expect(visitor.get_by_role("region", name="Something to consider")).to_contain_text("Think of the walk home.")
        expect(visitor.get_by_role("status")).to_contain_text("cannot be reached")


def test_spoken_words_are_scrolled_into_view_below_the_picture(browser: Browser, file: Path) -> None:
    blocks = [timeline_builders.planned("easy", start_s, start_s + 3.0) for start_s in range(0, 90, 3)]
    said = [timeline_builders.speech(f"Sentence {nth}.", nth * 3.0, block=nth, lasts_s=2.9) for nth in range(30)]
    long = make_page_contents(timeline_builders.timeline("Long", blocks, said), sound="")
    with visiting(browser, viewport={"width": 700, "height": 800}, reduced_motion="reduce") as visitor:
        opened(visitor, file).evaluate("(long) => { show(long); listen(81); }", long)
        expect(visitor.locator("#script li li [aria-current]")).to_have_text("1:21 Sentence 27.")
        picture, words = (
            visitor.locator(which).bounding_box() for which in ("#player", "#script li li [aria-current]")
        )
        assert picture is not None
        assert words is not None
        assert picture["y"] + picture["height"] <= words["y"] <= 800 - words["height"]

"""`coach watch` in an author's workflow: an editor, a browser, and a session that is saved again and again."""

import socket
import wave
from collections.abc import Callable, Iterator
from pathlib import Path
from urllib.request import Request, urlopen

import coach_process
import pytest
from browser import chromium, visiting
from playwright.sync_api import Browser, Page, expect
from pulse_server import until
from watch_process import watched

OPTIONS = ("--voice", "fake", "--no-browser")
SESSION = """\
coach: 1
title: A quiet one
language: en
length: 9m
cadence: 160
blocks:
  - breathing: {lasts: 2m, ticks: on, say: "Breathe in, and out."}
  - silence: 2m
  - free: {lasts: 3m..30m, title: Onwards, ticks: on, bell: none, say: [{at: 2m, text: "WORDS"}]}
"""
AT_THE_WORDS_S = 6 * 60.0


@pytest.fixture(scope="module")
def browser(tool: Callable[[str], str]) -> Iterator[Browser]:
    with chromium(tool("chromium")) as browser:
        yield browser


@pytest.fixture
def session(tmp_path: Path) -> Path:
    path = tmp_path / "quiet.yaml"
    save(path, "Take it easy.")
    return path


def save(session: Path, words: str) -> None:
    session.write_text(SESSION.replace("WORDS", words), encoding="utf-8")


def is_so(page: Page, what: str) -> None:
    """Wait until a condition holds in the page, whose content security policy forbids Playwright's own waiting."""
    until(lambda: bool(page.evaluate(what)), what)


def has_sound(page: Page, number: int) -> None:
    """Wait until the page can play a sound: the first without gain, the second as in a render, then one per save."""
    is_so(page, f"sound.src.endsWith('-{number}.wav') && sound.readyState >= 3")


def of_the_page(page: Page, start_s: float, length_s: float) -> bytes:
    """Read a stretch of samples of the sound that the page plays."""
    first, frames = 44 + 4 * round(start_s * 48_000), 4 * round(length_s * 48_000)
    request = Request(page.evaluate("sound.src"), headers={"Range": f"bytes={first}-{first + frames - 1}"})  # noqa: S310 - our own server
    with urlopen(request) as answer:  # noqa: S310 - the same
        heard: bytes = answer.read()
    return heard


def of_a_render(session: Path, start_s: float, length_s: float) -> bytes:
    """Read the same stretch of a file rendered from the session as it is now."""
    target = session.with_name("rendered.wav")
    ran = coach_process.coach("render", session, "--voice", "fake", "--force", "-o", target)
    assert ran.code == 0, ran.err
    with wave.open(str(target)) as file:
        file.setpos(round(start_s * 48_000))
        return file.readframes(round(length_s * 48_000))


def test_a_save_is_shown_and_heard_at_the_current_position(browser: Browser, session: Path) -> None:
    with watched(session, *OPTIONS) as watching, visiting(browser) as page:
        page.goto(watching.url)
        expect(page.locator("#name")).to_have_text("A quiet one")
        has_sound(page, 2)
        assert page.evaluate("sound.duration") == 9 * 60.0
        page.evaluate(f"listen({AT_THE_WORDS_S})")
        is_so(page, f"sound.currentTime > {AT_THE_WORDS_S + 0.3}")
        save(session, "Now something else entirely.")
        expect(page.locator("#script")).to_contain_text("Now something else entirely.")
        has_sound(page, 3)
        at_s = page.evaluate("sound.currentTime")
        assert AT_THE_WORDS_S + 0.3 < at_s < AT_THE_WORDS_S + 20.0
        assert not page.evaluate("sound.paused")
        is_so(page, f"sound.currentTime > {at_s + 0.5}")
        heard = of_the_page(page, AT_THE_WORDS_S - 5.0, 20.0)
    assert heard == of_a_render(session, AT_THE_WORDS_S - 5.0, 20.0)


def test_problems_are_shown_with_their_fix_until_they_are_fixed(browser: Browser, session: Path) -> None:
    with watched(session, *OPTIONS) as watching, visiting(browser) as page:
        page.goto(watching.url)
        has_sound(page, 2)
        before = page.evaluate("[sound.src, find('picture').innerHTML]")
        session.write_text(session.read_text().replace("free:", "fre:"), encoding="utf-8")
        problems = page.locator("#problems")
        expect(problems).to_contain_text("unknown kind of block 'fre'")
        expect(problems).to_contain_text("did you mean 'free'?")
        assert page.evaluate("[sound.src, find('picture').innerHTML]") == before
        save(session, "All is well again.")
        expect(problems).not_to_contain_text("unknown kind")
        expect(page.locator("#script")).to_contain_text("All is well again.")
        has_sound(page, 3)


def test_a_page_that_lost_its_coach_finds_the_next_at_the_same_place(browser: Browser, session: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as unused:
        options = (*OPTIONS, "--port", str(unused.getsockname()[1]))
    expected = ("Failed to load resource", "ERR_")
    with watched(session, *options) as watching, visiting(browser, expected=expected) as page:
        page.goto(watching.url)
        has_sound(page, 2)
        page.evaluate("seek(500)")
        assert watching.interrupt() == 0
        save(session, "Said while nobody watched.")
        with watched(session, *options) as watching_again:
            assert watching_again.url == watching.url
            expect(page.locator("#script")).to_contain_text("Said while nobody watched.")
            has_sound(page, 2)
            assert page.evaluate("sound.currentTime") == 500.0


def test_two_pages_follow_the_same_session(browser: Browser, session: Path) -> None:
    with watched(session, *OPTIONS) as watching, visiting(browser) as one, visiting(browser) as other:
        for page in (one, other):
            page.goto(watching.url)
            has_sound(page, 2)
        save(session, "For both of you.")
        for page in (one, other):
            expect(page.locator("#script")).to_contain_text("For both of you.")
            has_sound(page, 3)
        assert one.evaluate("sound.src") == other.evaluate("sound.src")

"""The page on a phone, in a real browser: scanned, opened, played, followed and saved."""

from collections.abc import Callable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import zxingcpp
from browser import barriers, chromium, visiting, wait_until
from PIL import Image
from playwright.sync_api import Browser, Page, expect

from coach.encoders.encoder import EncoderSettings
from coach.languages import find_language
from coach.send.deliveries import DeliveryLog
from coach.send.download_page import share
from coach.send.file_server import FileServer, serve_files
from coach.send.qr_code import encode_qr_code
from coach.services.parallel_render import RenderedFile, render_in_parallel
from coach.services.render_jobs import RenderJob, find_jobs
from coach.services.session_reading import SessionRequest

pytestmark = pytest.mark.slow

SESSION = """\
coach: 1
title: {nl: "Één 🌲", en: A tree}
length: 60s
cadence: 160
blocks:
  - breathing: {lasts: 20s, ticks: on, say: {nl: "Adem in, en uit.", en: "Breathe in, and out."}}
  - silence: {lasts: 20s, say: none}
  - free:
      lasts: 20s
      title: {nl: Verder, en: Onwards}
      say: [{at: 2s, text: {nl: Rustig aan., en: Take it easy.}}]
"""
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
WORDS = find_language("nl").page
# What a phone's lock screen and its battery see, for the test to look at.
LOCK_SCREEN = """
window.locks = [];
navigator.wakeLock.request = async (what) => { locks.push(what); return { release: async () => locks.pop() }; };
navigator.mediaSession.setPositionState = (state) => (window.positions ??= []).push(state);
navigator.mediaSession.setActionHandler = (action, handler) => { (window.keys ??= {})[action] = handler; };
"""
SHOW_PICTURE = """async (src) => {
  const answer = await fetch(src);
  const picture = Object.assign(new Image(), { src });
  await picture.decode(); // as the page's policy lets it
  return [answer.status, answer.headers.get("Content-Type"), picture.naturalWidth, picture.naturalHeight];
}"""


class Quiet:
    """Reports nothing."""

    def report_speech(self, done: int, total: int) -> None:
        """Report nothing."""

    def report_sound(self, done_s: float, total_s: float) -> None:
        """Report nothing."""


@pytest.fixture(scope="module")
def browser(tool: Callable[[str], str]) -> Iterator[Browser]:
    with chromium(tool("chromium")) as browser:
        yield browser


@pytest.fixture(scope="module")
def rendered(tmp_path_factory: pytest.TempPathFactory) -> list[RenderedFile]:
    """A session in two languages."""
    folder = tmp_path_factory.mktemp("phone")
    path = folder / "tree.yaml"
    path.write_text(SESSION, encoding="utf-8")
    jobs: list[RenderJob] = []
    for language in ("nl", "en"):
        request = SessionRequest(session=str(path), language=language, voice="fake", values={})
        jobs += find_jobs(request, is_named=False)
    found = render_in_parallel(jobs, folder, EncoderSettings(bitrate="128"), Quiet(), force=False)
    return [each for each in found if isinstance(each, RenderedFile)]


@pytest.fixture(scope="module")
def server(rendered: list[RenderedFile]) -> Iterator[FileServer]:
    with serve_files(share(rendered), DeliveryLog(lambda: 0.0), address="127.0.0.1", port=0) as server:
        yield server
    assert server.fault is None


def scan(server: FileServer) -> str:
    """Read the address off the picture of the code, as a camera does."""
    (found,) = zxingcpp.read_barcodes(Image.open(BytesIO(encode_qr_code(server.url))))
    return str(found.text)


def opened(visitor: Page, server: FileServer) -> Page:
    visitor.add_init_script(LOCK_SCREEN)
    visitor.goto(scan(server))
    expect(visitor.get_by_role("button", name=WORDS.play)).to_be_enabled()
    wait_until(visitor, "sound.src")
    return visitor


def test_the_code_leads_to_a_page_that_plays_and_follows_the_words(browser: Browser, server: FileServer) -> None:
    with visiting(browser, **PHONE) as visitor:
        opened(visitor, server)
        expect(visitor.get_by_role("heading", level=1)).to_have_text("Één 🌲")
        expect(visitor.locator("#facts")).to_have_text("1 min · 160 stappen per minuut")
        expect(visitor.locator("#picture svg")).to_be_visible()
        visitor.get_by_role("button", name=WORDS.play).tap()
        wait_until(visitor, "sound.currentTime > 0.3 && !sound.paused")
        for title in ("Stilte", "Verder"):
            visitor.get_by_role("button", name=WORDS.next_part).tap()
            expect(visitor.locator("#block")).to_have_text(title)
        wait_until(visitor, "document.querySelector('#script li li [aria-current]')?.innerText.includes('Rustig aan.')")
        visitor.get_by_role("button", name=WORDS.pause).tap()
        visitor.evaluate("seek(45)")
        first_s, second_s, third_s = visitor.evaluate("shown.blocks.map((block) => block.start_s)")
        for starts_s in (third_s, second_s, first_s, first_s):  # of this part, then of those before
            visitor.get_by_role("button", name=WORDS.back_part).tap()
            assert visitor.evaluate("sound.currentTime") == starts_s


def test_the_lock_screen_shows_the_part_and_goes_on_to_the_next(browser: Browser, server: FileServer) -> None:
    with visiting(browser, **PHONE) as visitor:
        opened(visitor, server).get_by_role("button", name=WORDS.play).tap()
        wait_until(visitor, "locks.length === 1 && locks[0] === 'screen'")
        wait_until(visitor, "navigator.mediaSession.metadata?.title === 'Adem'")
        assert visitor.evaluate("navigator.mediaSession.metadata.artist") == "Één 🌲"
        visitor.evaluate("keys.nexttrack()")
        wait_until(visitor, "navigator.mediaSession.metadata.title === 'Stilte'")
        visitor.evaluate("keys.seekto({ seekTime: 45 })")
        wait_until(visitor, "navigator.mediaSession.metadata.title === 'Verder'")
        wait_until(visitor, "Math.abs(positions.at(-1).position - 45) < 2")
        visitor.evaluate("keys.previoustrack()")
        assert visitor.evaluate("sound.currentTime") == pytest.approx(40.0, abs=1.0)
        visitor.evaluate("keys.pause()")
        wait_until(visitor, "sound.paused && locks.length === 0")
        visitor.evaluate("keys.play()")
        wait_until(visitor, "!sound.paused")
        assert visitor.evaluate("positions.at(-1).duration") == pytest.approx(60.0, abs=0.1)


def test_the_lock_screen_gets_the_cover_from_the_same_server(browser: Browser, server: FileServer) -> None:
    with visiting(browser, **PHONE) as visitor:
        opened(visitor, server).get_by_role("button", name=WORDS.play).tap()
        wait_until(visitor, "navigator.mediaSession.metadata")
        artwork = visitor.evaluate("navigator.mediaSession.metadata.artwork.map(({ src, sizes }) => [src, sizes])")
        assert [sizes for _, sizes in artwork] == ["192x192", "512x512"]
        for src, sizes in artwork:
            assert src.startswith(server.url)
            shown = visitor.evaluate(SHOW_PICTURE, src)
            assert shown == [200, "image/jpeg", *map(int, sizes.split("x"))]


def test_each_variant_can_be_heard_and_is_saved_byte_for_byte(
    browser: Browser, server: FileServer, rendered: list[RenderedFile], tmp_path: Path
) -> None:
    with visiting(browser, **PHONE) as visitor:
        opened(visitor, server)
        choices = visitor.locator("#variants button")
        assert choices.all_text_contents() == [
            "1 min · 160 stappen per minuut · Nederlands",
            "1 min · 160 steps per minute · English",
        ]
        choices.nth(1).tap()
        expect(visitor.get_by_role("heading", level=1)).to_have_text("A tree")
        wait_until(visitor, "sound.src")
        assert visitor.evaluate("decodeURI(sound.src)").endswith(f"sound/2/{rendered[1].target.name}")
        assert visitor.locator("#variants [aria-pressed=true]").all_text_contents() == choices.all_text_contents()[1:]
        for nth, name in enumerate(("Één 🌲-fake.nl.mp3", "A tree-fake.en.mp3")):
            with visitor.expect_download() as saving:
                visitor.locator("#variants a").nth(nth).tap()
            assert saving.value.suggested_filename == name
            saving.value.save_as(tmp_path / "saved.mp3")
            assert (tmp_path / "saved.mp3").read_bytes() == rendered[nth].target.read_bytes()


def test_a_browser_without_scripts_saves_the_files_and_shows_no_player(
    browser: Browser, server: FileServer, rendered: list[RenderedFile]
) -> None:
    with visiting(browser, **PHONE, java_script_enabled=False) as visitor:
        visitor.goto(server.url)
        expect(visitor.locator("button, input").locator("visible=true")).to_have_count(0)
        links = visitor.get_by_role("link")
        expect(links).to_have_text([f"{WORDS.save} 1 MB", "Save on your phone 1 MB"])
        with visitor.expect_download() as saving:
            links.nth(1).tap()
        assert saving.value.path().read_bytes() == rendered[1].target.read_bytes()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_it_is_accessible_and_fits_a_phone(browser: Browser, server: FileServer, scheme: str) -> None:
    with visiting(browser, **PHONE, color_scheme=scheme, reduced_motion="reduce") as visitor:
        assert barriers(opened(visitor, server)) == []
        assert visitor.evaluate("document.documentElement.scrollWidth") == 390


def test_a_page_whose_computer_is_gone_says_so(browser: Browser, server: FileServer) -> None:
    with visiting(browser, **PHONE, expected=("Failed to load resource",)) as visitor:
        opened(visitor, server).context.set_offline(True)
        visitor.locator("#variants button").nth(1).tap()
        expect(visitor.get_by_role("status")).to_have_text(WORDS.gone)
        visitor.context.set_offline(False)
        visitor.locator("#variants button").nth(1).tap()
        expect(visitor.get_by_role("heading", level=1)).to_have_text("A tree")
        expect(visitor.get_by_role("status")).to_be_empty()


def test_a_phone_that_loads_nothing_by_itself_plays_when_it_is_asked_to(browser: Browser, server: FileServer) -> None:
    with visiting(browser, **PHONE) as visitor:
        visitor.add_init_script(SAVES_POWER)
        visitor.goto(scan(server))
        visitor.get_by_role("button", name=WORDS.play).tap()
        wait_until(visitor, "sound.currentTime > 0.2 && !sound.paused")
        expect(visitor.get_by_role("button", name=WORDS.pause)).to_be_visible()


# An address that is set is only looked at when it is played.
SAVES_POWER = """
const { set, get } = Object.getOwnPropertyDescriptor(HTMLMediaElement.prototype, "src");
const play = HTMLMediaElement.prototype.play;
Object.defineProperty(HTMLMediaElement.prototype, "src", {
  get() { return get.call(this) || this.wanted || ""; },
  set(url) { this.wanted = url; },
});
HTMLMediaElement.prototype.play = function () {
  if (this.wanted && !get.call(this)) set.call(this, this.wanted);
  return play.call(this);
};
"""

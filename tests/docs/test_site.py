"""The pages as a site: whole, private, searchable without a server, in the coach's colours by day and by night."""

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from browser import chromium, visiting
from handbook.site import CONFIGURATION, build
from handbook.staging import stage
from markdown_examples import DOCS
from playwright.sync_api import Browser

from coach.charts.palette import PARTS, parse_rgb
from coach.diagnostics import codes

ROOT = DOCS.parent
# The theme looks for the other language's pages, which only a server can list; the switch works without.
NO_SERVER = ("sitemap.xml", "net::ERR_FAILED")


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("site")
    assert build(folder)
    return folder / "build" / "site"


@pytest.fixture(scope="module")
def browser(tool: Callable[[str], str]) -> Iterator[Browser]:
    with chromium(tool("chromium")) as browser:
        yield browser


def in_the_menu(entry: object) -> Iterator[str]:
    """The pages of a menu."""
    if isinstance(entry, str):
        yield entry
    for inner in entry.values() if isinstance(entry, dict) else entry if isinstance(entry, list) else ():
        yield from in_the_menu(inner)


def test_every_page_is_in_the_menu_once() -> None:
    menu = yaml.safe_load((ROOT / CONFIGURATION).read_text(encoding="utf-8"))["nav"]
    assert sorted(in_the_menu(menu)) == sorted(path.relative_to(DOCS).as_posix() for path in DOCS.rglob("*.md"))


@pytest.mark.parametrize("language", ["", "nl"])
def test_every_message_has_its_page(site: Path, language: str) -> None:
    explained = set(codes.list_codes())
    assert {path.stem for path in (site / language / "reference" / "messages").glob("*.html")} == explained
    listed = (site / language / "reference" / "messages.html").read_text(encoding="utf-8")
    assert set(re.findall(r'href="messages/([\w-]+)\.html"', listed)) == explained


@pytest.mark.parametrize("name", ["tutorial.html", "reference/messages/tab.html"])
def test_a_page_leads_to_the_same_page_in_the_other_language(site: Path, name: str) -> None:
    for page, other in ((site / name, site / "nl" / name), (site / "nl" / name, site / name)):
        text = page.read_text(encoding="utf-8")
        assert f'<em><a href="{os.path.relpath(other, page.parent)}">' in text
        switch = os.path.relpath(site / "nl" / "index.html", page.parent)
        assert re.search(rf'<a href="(\./)?{re.escape(switch)}" hreflang="nl"', text)


def test_the_site_takes_nothing_from_elsewhere(site: Path) -> None:
    taken = re.compile(r"""(?:src="|<link[^>]+href="|url\(["']?|@import ["'])((?:https?:)?//[^"')]+)""")
    assert [
        (path.name, address)
        for path in site.rglob("*")
        if path.suffix in {".html", ".css"}
        for address in taken.findall(path.read_text(encoding="utf-8"))
    ] == []


def test_a_broken_link_is_reported_and_fails(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def with_a_broken_link(folder: Path) -> None:
        stage(folder)
        page = folder / "voices.md"
        page.write_text(page.read_text(encoding="utf-8") + "\n[Nowhere](playing.md#nowhere)\n", encoding="utf-8")

    monkeypatch.setattr("handbook.site.stage", with_a_broken_link)
    assert not build(tmp_path)


def test_staging_again_leaves_what_is_as_it_should_be_and_takes_away_what_is_gone(tmp_path: Path) -> None:
    stage(tmp_path)
    before = {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.md")}
    (tmp_path / "gone.md").write_text("# Gone\n", encoding="utf-8")
    stage(tmp_path)
    assert {path: path.stat().st_mtime_ns for path in tmp_path.rglob("*.md")} == before


def test_a_word_is_found_without_a_server(browser: Browser, site: Path) -> None:
    with visiting(browser, expected=NO_SERVER) as page:
        page.goto((site / "index.html").as_uri())
        page.locator(".md-search__button").click()
        page.get_by_role("combobox", name="Search").press_sequentially("breath-sound", delay=20)
        page.get_by_role("option", name="breath-sound", exact=True).click()
        page.wait_for_url("**/reference/keys.html*")


@pytest.mark.parametrize(("scheme", "time"), [("light", "day"), ("dark", "night")])
def test_it_has_the_colours_of_the_pictures(browser: Browser, site: Path, scheme: str, time: str) -> None:
    with visiting(browser, expected=NO_SERVER, color_scheme=scheme) as page:
        page.goto((site / "voices.html").as_uri())
        look = page.evaluate(
            "() => [getComputedStyle(document.body).backgroundColor,"
            " getComputedStyle(document.querySelector('article a:not(.headerlink)')).color]"
        )
    assert look == [f"rgb{parse_rgb(getattr(PARTS[part], time))}" for part in ("paper", "voice")]

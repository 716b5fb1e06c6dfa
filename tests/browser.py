"""Debian's Chromium, as a person before a page of ours: it sees, hears, clicks, types, and never reaches the network.

A module that needs it makes it once for all its tests, and a visit for each:

    @pytest.fixture(scope="module")
    def browser(tool: Callable[[str], str]) -> Iterator[Browser]:
        with chromium(tool("chromium")) as browser:
            yield browser

Playwright keeps an event loop running in its thread, so a browser may not outlive the module: others run their own.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route, sync_playwright

FLAGS = (
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--autoplay-policy=no-user-gesture-required",
    "--no-first-run",
    "--disable-component-update",
    "--disable-sync",
    "--disable-quic",
)
PATIENCE_MS = 15_000
OWN = ("file:", "data:", "blob:", "http://127.0.0.1:", "http://localhost:")


@contextmanager
def chromium(executable: str) -> Iterator[Browser]:
    """A browser with an empty profile of its own, closed and swept up in the end."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=FLAGS)
        yield browser
        browser.close()


@contextmanager
def visiting(browser: Browser, *, expected: tuple[str, ...] = (), **manner: Any) -> Iterator[Page]:
    """An empty page of a new visitor; in the end it must have complained of nothing and asked for nothing from afar.

    Args:
        browser: from ``chromium``.
        expected: pieces of those complaints that the test provokes.
        manner: how the visitor looks at pages, as ``Browser.new_context`` takes it: ``viewport``, ``color_scheme``,
            ``reduced_motion``, ``locale`` ...
    """
    complaints: list[str] = []

    def only_own(route: Route) -> None:
        if route.request.url.startswith(OWN):
            route.continue_()
            return
        complaints.append(f"asked for {route.request.url}")
        route.abort()

    context = browser.new_context(**manner)
    context.set_default_timeout(PATIENCE_MS)
    context.route("**/*", only_own)
    page = context.new_page()
    page.on("console", lambda said: complaints.append(said.text) if said.type in {"error", "warning"} else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    yield page
    context.close()
    unexpected = [complaint for complaint in complaints if not any(piece in complaint for piece in expected)]
    assert not unexpected, "\n".join(unexpected)


def wait_until(page: Page, holds: str) -> None:
    """Wait until a condition in JavaScript holds in a page, whatever the page's policy forbids itself."""
    waited = f"""async () => {{
      const until = performance.now() + {PATIENCE_MS};
      while (!({holds}) && performance.now() < until) await new Promise((look) => setTimeout(look, 20));
      return Boolean({holds});
    }}"""
    assert page.evaluate(waited), f"never came true: {holds}"


def barriers(page: Page) -> list[str]:
    """What keeps people from a page who cannot see it, or see it badly, as far as axe-core can tell; the best is []."""
    found = Axe().run(page).response["violations"]
    return [f"{each['id']}: {node['html']}\n{node['failureSummary']}" for each in found for node in each["nodes"]]

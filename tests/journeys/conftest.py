"""A real browser for the journeys, and the look that every page of theirs is given: axe, errors, width.

def test_story(page, sign_in, check_page, member):
    sign_in(page, member(Role.LEAD))
    page.goto("/my-work/")
    check_page(page)
"""

from __future__ import annotations

import os
import re
import shutil
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.urls import Resolver404, resolve
from playwright.sync_api import Browser, BrowserContext, Error, Locator, Page, Route, expect, sync_playwright

# Playwright keeps an event loop in this thread; Django would take it for an asynchronous one and refuse the database.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"

ROOT = Path(__file__).resolve().parents[2]
AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"]
#: Whatever is not this machine. Providers of sign-in stand here too, on ports of their own.
ELSEWHERE = re.compile(r"^(https?|wss?)://(?!(127\.0\.0\.1|localhost)([:/]|$))", re.IGNORECASE)
#: Milliseconds that a page may take on a machine that does much else: how fast one is, benches measure.
PATIENCE = 30_000
expect.set_options(timeout=PATIENCE)
DESK, PHONE = {"width": 1280, "height": 900}, {"width": 390, "height": 844}


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """Debian's Chromium, or the one that CHROMIUM names."""
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    assert path, "No browser: sudo apt-get install chromium"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def open_page(browser: Browser, live_server: Any) -> Iterator[Callable[..., Page]]:
    """`open_page(viewport=PHONE, java_script_enabled=False)`: a page in a browser of its own.

    The test fails at its end if a page wrote an error to the console, so also where the security policy was broken, and if it asked for
    anything of another machine: the browser forbids that.
    """
    contexts: list[BrowserContext] = []
    complaints: list[str] = []
    forbidden: list[str] = []

    def forbid(route: Route) -> None:
        forbidden.append(route.request.url)
        route.abort()

    def make(**options: Any) -> Page:
        defaults = {"base_url": live_server.url, "viewport": DESK, "locale": "en-GB", "reduced_motion": "reduce"}
        context = browser.new_context(**(defaults | options))
        context.set_default_timeout(PATIENCE)
        context.route(ELSEWHERE, forbid)
        contexts.append(context)
        page = context.new_page()
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
        _press_when_loaded(page)
        return page

    yield make
    for context in contexts:
        context.close()
    assert forbidden == []
    # The browser reports every answer from 400 on; journeys that go there say so by what they see.
    assert [line for line in complaints if "Failed to load resource" not in line] == []


@pytest.fixture
def page(open_page: Callable[..., Page]) -> Page:
    """A page of 1280 by 900."""
    return open_page()


@pytest.fixture
def phone(open_page: Callable[..., Page]) -> Page:
    """A page of 390 by 844, touched instead of clicked."""
    return open_page(viewport=PHONE, has_touch=True)


@pytest.fixture
def sign_in(client_of: Callable[[Any], Any], live_server: Any) -> Callable[[Page, Any], None]:
    """`sign_in(page, user)`: the page's browser is signed in, without walking through the form."""

    def make(page: Page, user: Any) -> None:
        name = settings.SESSION_COOKIE_NAME
        value = client_of(user).cookies[name].value
        page.context.add_cookies([{"name": name, "value": value, "url": live_server.url}])

    return make


@pytest.fixture
def work(live_server: Any) -> Callable[[], None]:
    """`work()`: the worker does all that waits, in a thread of its own, as it has a connection and a loop of its own."""

    def run() -> None:
        from django.db import connections
        from procrastinate.contrib.django import app

        try:
            with app.replace_connector(app.connector.get_worker_connector()) as worker:
                worker.run_worker(wait=False, install_signal_handlers=False, listen_notify=False)
        finally:
            connections.close_all()

    def make() -> None:
        thread = threading.Thread(target=run)
        thread.start()
        thread.join(timeout=60)
        assert not thread.is_alive()

    return make


@pytest.fixture
def press() -> Callable[..., None]:
    """`press(page, "Tab", link)`: press a key until something has the focus, as whoever has no mouse comes there."""

    def make(page: Page, key: str, until: Locator, most: int = 40) -> None:
        for _ in range(most):
            page.keyboard.press(key)
            if until.evaluate("(one) => one === document.activeElement"):
                return
        raise AssertionError(f"{key} does not lead there")

    return make


LOOK = "([runOnly, rules]) => axe.run(document, {runOnly, rules, resultTypes: ['violations']})"
GONE_MEANWHILE = ("Execution context was destroyed", "axe is not defined")


@pytest.fixture(scope="session")
def seen_at() -> set[tuple[str, int]]:
    """The kinds of pages whose contrast was looked at in this run, each at a width of the window."""
    return set()


@pytest.fixture
def check_page(seen_at: set[tuple[str, int]]) -> Callable[..., None]:
    """`check_page(page)`: no violation that axe finds of WCAG 2.2 AA or its best practice, and nothing wider than the page.

    axe is evaluated by the browser's own tools, which the page's security policy does not bind; the policy stays on. Contrast, half of what axe
    costs, is looked at once for each kind of page and width: colours are the components', and the style guide shows all of them.
    """
    axe = AXE.read_text(encoding="utf-8")

    def look(page: Page, rules: dict[str, Any], again: int = 2) -> Any:
        # Nothing of ours is fetched after a page has loaded, so there is no quiet to wait for. One that has just begun has no styles yet.
        try:
            page.evaluate(axe)
            while page.evaluate("document.readyState") != "complete":
                page.wait_for_timeout(20)
            page.evaluate("() => document.fonts.ready.then(() => true)")
            return page.evaluate(LOOK, [RULES, rules])
        except Error as error:
            # The page was on its way to the next one: that is the one to look at.
            if not again or not any(words in str(error) for words in GONE_MEANWHILE):
                raise
            return look(page, rules, again - 1)

    def check(page: Page, *, contrast: bool = True) -> None:
        kind = _kind_of(page)
        rules = {} if contrast and kind not in seen_at else {"color-contrast": {"enabled": False}}
        found = look(page, rules)
        assert [_sentence(violation) for violation in found["violations"]] == [], page.url
        wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
        assert wider <= 0, f"{page.url} is {wider} px wider than the window"
        if contrast:
            seen_at.add(kind)

    return check


MANY_KINDS = ("wagtail_serve", "ui:show_style_guide")


def _kind_of(page: Page) -> tuple[str, int]:
    """The name of the address, or the address where one name has many kinds of pages, and the width of the window."""
    path = urlsplit(page.url).path
    try:
        name = resolve(path).view_name
    except Resolver404:
        name = path
    return path if name in MANY_KINDS else name, (page.viewport_size or DESK)["width"]


def _press_when_loaded(page: Page) -> None:
    """Words are seen before the scripts that listen for keys have run: a key waits for them, as no person is quicker."""
    press = page.keyboard.press

    def wait_and_press(key: str, **options: Any) -> None:
        page.wait_for_load_state("load")
        press(key, **options)

    page.keyboard.press = wait_and_press  # type: ignore[method-assign]


@pytest.fixture(autouse=True, scope="session")
def _act_when_loaded() -> Iterator[None]:
    """The same for whatever is typed, ticked or pressed in a field or on a button."""
    acts = (
        "check",
        "click",
        "fill",
        "press",
        "press_sequentially",
        "select_option",
        "set_input_files",
        "tap",
        "uncheck",
    )

    def waiting(act: Callable[..., Any]) -> Callable[..., Any]:
        def wait_and_act(self: Locator, *given: Any, **options: Any) -> Any:
            self.page.wait_for_load_state("load")
            return act(self, *given, **options)

        return wait_and_act

    with pytest.MonkeyPatch.context() as patch:
        for name in acts:
            patch.setattr(Locator, name, waiting(getattr(Locator, name)))
        yield


WIDTHS = ((1280, 900), (390, 844))


@pytest.fixture
def check_widths(check_page: Callable[..., None]) -> Callable[[Page], None]:
    """The same at a desk and at a phone's width, in one walk, contrast at the first; the page is left at a phone's."""

    def check(page: Page) -> None:
        for width, height in WIDTHS:
            page.set_viewport_size({"width": width, "height": height})
            check_page(page, contrast=(width, height) == WIDTHS[0])

    return check


def _sentence(violation: dict[str, Any]) -> str:
    places = "; ".join(" ".join(map(str, node["target"])) for node in violation["nodes"][:5])
    return f"{violation['id']}: {violation['help']} ({places})"

"""Take pictures of the demo's pages, wide and narrow, into build/screenshots.

    make screenshots
    .venv/bin/python -m tools.screenshots --address http://127.0.0.1:8000 --email … --password … [--only plan]

Without an address it starts a demo of its own on a free port, signs in as its lead, and stops it afterwards.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Browser, Page, Playwright, sync_playwright
from playwright.sync_api import Error as BrowserError

ROOT = Path(__file__).resolve().parent.parent
INTO = ROOT / "build" / "screenshots"
WIDTHS = {1280: 900, 390: 844}
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
FLAGS = ["--no-sandbox", "--disable-quic", "--no-first-run", "--disable-background-networking"]
MINUTES_TO_SERVE = 10


class NoPictures(Exception):
    """The pictures cannot be taken; the message says why."""


@dataclass(frozen=True)
class Shot:
    """A page: its address, and the links to follow from there (the first that matches each)."""

    name: str
    path: str
    follow: tuple[str, ...] = ()
    signed_in: bool = True


PLANS = "/o/wexcombe/plans/"
# The import that waits to be looked through.
READY = "main tr:has-text('Ready') a, main li:has-text('Ready') a"
SHOTS = (
    Shot("sign-in", "/account/login/", signed_in=False),
    Shot("my-work", "/my-work/"),
    Shot("account", "/account/"),
    Shot("account-passkeys", "/account/two-step/"),
    Shot("account-passkeys-list", "/account/two-step/webauthn/"),
    Shot("plans", PLANS),
    Shot("plan", PLANS, ("main table a, main li a",)),
    Shot("action", PLANS, ("main table a, main li a", "main table tbody td a")),
    Shot("all-actions", f"{PLANS}all/actions/"),
    *(
        Shot(f"plan-{name}", PLANS, ("main table a, main li a", f".dsg-subnav a:has-text('{label}')"))
        for name, label in (("parties", "Parties"), ("usual", "Business as usual"), ("units", "Unit plans"))
    ),
    Shot(
        "plan-suggestions",
        PLANS,
        ("main table a, main li a", ".dsg-subnav a:has-text('Overview')", "main a:has-text('Look through')"),
    ),
    Shot(
        "plan-editions",
        PLANS,
        (
            "main table a, main li a",
            ".dsg-subnav a:has-text('Overview')",
            "main a:has-text('Wexcombe values')",
            "main a:has-text('Compare its')",
        ),
    ),
    Shot("follow-editions", f"{PLANS}all/follow/"),
    Shot("imports", "/o/wexcombe/imports/"),
    Shot("import-names", "/o/wexcombe/imports/", (READY, "nav.dsg-way a:has-text('Names')")),
    Shot("import-words", "/o/wexcombe/imports/", (READY, "nav.dsg-way a:has-text('Words')")),
    Shot("import-columns", "/o/wexcombe/imports/", (READY, "main a:has-text('Say what each column is')")),
    Shot("remembered-words", "/o/wexcombe/imports/remembered/"),
    Shot("import", "/o/wexcombe/imports/", ("main table a, main li a",)),
    Shot("import-split", "/o/wexcombe/imports/", (READY, "[data-dsg-press=s]")),
    Shot("import-steps", "/o/wexcombe/imports/", (READY, ".dsg-bench__all")),
    Shot("people", "/o/wexcombe/people/"),
    Shot("units", "/o/wexcombe/units/"),
    Shot("parties", "/o/wexcombe/parties/"),
    Shot("frameworks", "/o/wexcombe/frameworks/"),
    Shot("framework", "/o/wexcombe/frameworks/", ("main table a",)),
    Shot("framework-words", "/o/wexcombe/frameworks/", ("main table a", "main a:has-text('Mend its wording')")),
    Shot("framework-edition", "/o/wexcombe/frameworks/", ("main table a", "main a:has-text('New edition')")),
    Shot("grants", "/o/wexcombe/grants/"),
    Shot("audit", "/o/wexcombe/audit/"),
    Shot("settings", "/o/wexcombe/settings/"),
    Shot("keys", "/o/wexcombe/keys/"),
    Shot("key-make", "/o/wexcombe/keys/make/"),
    Shot("programs", "/api/", signed_in=False),
    Shot("sign-in-institution", "/account/institution/", signed_in=False),
    Shot("sign-ins", "/o/wexcombe/sign-in/"),
    Shot("sign-in-add", "/o/wexcombe/sign-in/add/openid-connect/"),
    *(
        Shot(f"style-guide-{kind}", f"/style-guide/{kind}/")
        for kind in ("components", "list", "record", "form", "compare", "figures", "letter", "plain")
    ),
    Shot("not-found", "/nowhere/"),
)


@dataclass(frozen=True)
class SignIn:
    """Whom to sign in as."""

    email: str
    password: str


def lead_in(printed: str) -> SignIn:
    """The first lead among the sign-ins that the demo prints."""
    found = re.search(r"(lead@\S+)\s{2,}(\S.*?)\s*$", printed, re.M)
    if not found:
        raise NoPictures(f"The demo printed no sign-in for a lead:\n{printed}")
    return SignIn(found.group(1), found.group(2))


@contextmanager
def own_demo() -> Iterator[tuple[str, SignIn]]:
    """A demo on a free port while it is needed: its address, and its lead."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    INTO.mkdir(parents=True, exist_ok=True)
    log = INTO / "demo.log"
    with log.open("wb") as output:
        demo = subprocess.Popen(
            [sys.executable, "-m", "desaga.cli", "demo"],
            cwd=ROOT,
            env=os.environ | {"PORT": str(port)},
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=subprocess.STDOUT,
        )
    try:
        yield f"http://127.0.0.1:{port}", lead_in(_printed(demo, log))
    finally:
        demo.send_signal(signal.SIGTERM)
        demo.wait(timeout=60)


def _printed(demo: subprocess.Popen[bytes], log: Path) -> str:
    deadline = time.monotonic() + 60 * MINUTES_TO_SERVE
    while time.monotonic() < deadline:
        text = log.read_text(errors="replace")
        if "Ctrl-C stops everything" in text:
            return text
        if demo.poll() is not None:
            raise NoPictures(f"The demo ended by itself:\n{text}")
        time.sleep(0.2)
    raise NoPictures(f"The demo gave no address within {MINUTES_TO_SERVE} minutes; see {log.relative_to(ROOT)}")


def sign_in(page: Page, who: SignIn) -> None:
    """Through the form, as a person does."""
    page.goto("/my-work/")
    page.get_by_label(re.compile("e-?mail", re.I)).first.fill(who.email)
    page.locator("input[type=password]").first.fill(who.password)
    page.locator("input[type=password]").first.press("Enter")
    page.wait_for_load_state("networkidle")
    if page.locator("input[type=password]").count():
        raise NoPictures(f"Nobody could sign in as {who.email}: {page.url}")


def browser_of(playwright: Playwright) -> Browser:
    path = os.environ.get("CHROMIUM") or next(filter(None, map(shutil.which, BROWSERS)), None)
    if path is None:
        raise NoPictures("There is no browser: sudo apt-get install chromium")
    return playwright.chromium.launch(executable_path=path, args=FLAGS)


def take(page: Page, shot: Shot, file: Path) -> str | None:
    """The picture in `file`; a sentence instead where the page is not as it should be."""
    answer = page.goto(shot.path)
    for link in shot.follow:
        if not page.locator(link).count():
            return f"{shot.name}: no link “{link}” at {page.url}"
        with page.expect_navigation() as navigation:
            page.locator(link).first.click()
        answer = navigation.value
    page.wait_for_load_state("networkidle")
    page.screenshot(path=str(file), full_page=True)
    if answer is not None and answer.status >= 400 and shot.name != "not-found":
        return f"{shot.name}: {answer.status} at {page.url}"
    wider = page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth")
    return f"{shot.name}: {wider} px wider than the window" if wider > 0 else None


def take_all(address: str, who: SignIn, only: str | None) -> list[str]:
    """Every picture at every width; answers what was not as it should be."""
    INTO.mkdir(parents=True, exist_ok=True)
    complaints = []
    with sync_playwright() as playwright:
        browser = browser_of(playwright)
        for width, height in WIDTHS.items():
            options = {"base_url": address, "viewport": {"width": width, "height": height}, "locale": "en-GB"}
            stranger = browser.new_context(**options, reduced_motion="reduce").new_page()
            member = browser.new_context(**options, reduced_motion="reduce").new_page()
            sign_in(member, who)
            for shot in SHOTS:
                if only and only not in shot.name:
                    continue
                page = member if shot.signed_in else stranger
                try:
                    complaint = take(page, shot, INTO / f"{shot.name}-{width}.png")
                except BrowserError as error:
                    complaint = f"{shot.name}: {error.message.splitlines()[0]}"
                if complaint:
                    complaints.append(f"{complaint} ({width} px)")
        browser.close()
    return complaints


def main() -> int:
    """0 when every page could be pictured, 1 with a line for each that could not."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--address", help="a server that runs already; needs --email and --password")
    parser.add_argument("--email")
    parser.add_argument("--password")
    parser.add_argument("--only", help="pages whose name contains this")
    words = parser.parse_args()
    if words.address and not (words.email and words.password):
        parser.error("--address needs --email and --password")
    try:
        if words.address:
            complaints = take_all(words.address, SignIn(words.email, words.password), words.only)
        else:
            with own_demo() as (address, who):
                complaints = take_all(address, who, words.only)
    except NoPictures as error:
        print(error, file=sys.stderr)
        return 1
    print("\n".join(complaints), file=sys.stderr)
    print(f"{len(list(INTO.glob('*.png')))} pictures in {INTO.relative_to(ROOT)}")
    return 1 if complaints else 0


if __name__ == "__main__":
    sys.exit(main())

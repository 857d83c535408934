"""Two walks through an exhibition: by keyboard alone, and by a teacher who opened the downloaded pack in a classroom without internet."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from playwright.sync_api import Browser, Page, Route, expect

from desaga.website.packing.making import make
from desaga.website.tests.exhibitions import make_exhibition, make_film
from desaga.website.tests.factories import make_site
from desaga.website.tests.test_exhibition import room_of
from desaga.website.tests.test_packs import kept

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

FLAME = Path(__file__).parents[2] / "src" / "desaga" / "home" / "demo" / "flame.webm"
HERE = "/technicians/ashlar/exhibition/"
WITHOUT_WEBGL = "HTMLCanvasElement.prototype.getContext = () => null"
#: 400 % zoom on a window of 1280.
ZOOMED = {"width": 320, "height": 256}
#: Drawing without a graphics card, on a machine that does other things too.
VIEWER_COMES = 30_000


@pytest.fixture
def ashlar(settings: Any, tmp_path: Path) -> Any:
    settings.MEDIA_ROOT = tmp_path
    return make_site("Ashlar", "ashlar")


@pytest.fixture
def exhibition(ashlar: Any) -> Any:
    shown = make_exhibition(ashlar)
    make_film(ashlar, room_of(shown), film=FLAME.read_bytes())
    # Sizes of pictures are made when they are first asked for: not while a browser waits.
    for address in ("", "hall-1/", "hall-1/picture-1-1/", "hall-1/the-workshop/", "hall-1/the-flame/", "hall-2/"):
        assert Client().get(f"{HERE}{address}").status_code == 200
    return shown


def test_somebody_tours_a_room_by_keyboard(
    page: Page, press: Callable[..., None], exhibition: Any, check_page: Any
) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(HERE)
    check_page(page)
    press(page, "Tab", page.get_by_role("link", name="Hall 1"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Hall 1", level=1)).to_be_visible()
    check_page(page)
    assert not [one for one in asked if "viewer" in one]
    press(page, "Tab", page.get_by_role("link", name="The workshop"))
    page.keyboard.press("Enter")
    check_page(page)
    press(page, "Tab", page.get_by_role("button", name="Look around"))
    page.keyboard.press("Enter")

    view = page.get_by_role("application")
    expect(view).to_be_focused(timeout=VIEWER_COMES)
    said = page.locator("[data-scene-said]")
    expect(said).to_have_text("You look straight ahead.")
    check_page(page)
    for _ in range(3):
        page.keyboard.press("ArrowRight")
    expect(said).to_have_text("You look 45° right. Before you: Lathe 1.")
    page.keyboard.press("ArrowUp")
    expect(said).to_have_text("You look 45° right, 15° up. Before you: Lathe 1.")
    press(page, "Tab", page.get_by_role("button", name="1: Lathe 1"))
    page.keyboard.press("Enter")
    expect(page.locator("#spot-1")).to_be_focused()
    press(page, "Tab", page.locator("#spot-2").get_by_role("button"))
    page.keyboard.press("Enter")
    expect(said).to_have_text("You look 80° right, 5° down. Before you: Lathe 2.")
    expect(view).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_role("button", name="Look around")).to_be_focused()
    assert not page.get_by_role("application").is_visible()
    press(page, "Tab", page.locator("#spot-1").get_by_role("link"))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Picture 1 1", level=1)).to_be_visible()
    check_page(page)
    page.goto(f"{HERE}hall-1/the-flame/")
    expect(page.get_by_text("The flame must be blue.")).to_be_visible()
    check_page(page)
    press(page, "Tab", page.get_by_role("link", name="Next room Hall 2"))
    assert {one.split("/technicians")[0].split("/static")[0] for one in asked} == {page.url.split("/technicians")[0]}
    assert page.context.cookies() == []


#: How many milliseconds pass between pressing "Turn there" at the second place and being told where one looks.
TURNS = """() => new Promise((done) => {
  const said = document.querySelector("[data-scene-said]");
  const began = performance.now();
  new MutationObserver(() => done(performance.now() - began)).observe(said, { childList: true, characterData: true, subtree: true });
  document.querySelector("#spot-2 button").click();
})"""
MOVING = """() => [...document.querySelectorAll("*")].filter((one) => {
  const style = getComputedStyle(one);
  return style.animationName !== "none" || style.transitionDuration.split(",").some((time) => parseFloat(time) > 0);
}).length"""
#: A quarter turn takes half a second where things may move, and none where they may not.
BETWEEN = 0.4


@pytest.mark.parametrize("motion", ["reduce", "no-preference"])
def test_a_scene_turns_at_once_for_whoever_asked_for_less_movement_and_slowly_for_others(
    open_page: Callable[..., Page], exhibition: Any, check_page: Any, motion: str
) -> None:
    page = open_page(reduced_motion=motion)
    page.goto(f"{HERE}hall-1/the-workshop/")
    assert (page.evaluate(MOVING) > 0) == (motion == "no-preference")
    page.get_by_role("button", name="Look around").click()
    expect(page.get_by_role("application")).to_be_focused(timeout=VIEWER_COMES)
    check_page(page)
    took = page.evaluate(TURNS)
    assert (took < BETWEEN * 1000) == (motion == "reduce")
    expect(page.locator("[data-scene-said]")).to_have_text("You look 80° right, 5° down. Before you: Lathe 2.")


def test_without_webgl_the_picture_and_the_list_remain(
    open_page: Callable[..., Page], exhibition: Any, check_page: Any
) -> None:
    page = open_page()
    page.add_init_script(WITHOUT_WEBGL)
    page.goto(f"{HERE}hall-1/the-workshop/")
    expect(page.get_by_text("This browser cannot turn the scene.")).to_be_visible()
    expect(page.get_by_role("button", name="Look around")).to_be_hidden()
    expect(page.get_by_role("heading", name="Lathe 2")).to_be_visible()
    check_page(page)


def test_a_scene_is_whole_at_four_hundred_per_cent_and_on_a_phone(
    open_page: Callable[..., Page], exhibition: Any, check_page: Any
) -> None:
    for size in (ZOOMED, {"width": 390, "height": 844}):
        page = open_page(viewport=size)
        for address in (HERE, f"{HERE}hall-1/", f"{HERE}hall-1/the-workshop/", f"{HERE}hall-1/the-flame/"):
            page.goto(address)
            check_page(page)
        page.goto(f"{HERE}hall-1/the-workshop/")
        page.get_by_role("button", name="Look around").click()
        expect(page.get_by_role("application")).to_be_focused(timeout=VIEWER_COMES)
        check_page(page)
        page.get_by_role("button", name="Right", exact=True).click()
        expect(page.locator("[data-scene-said]")).to_contain_text("15° right")


@pytest.fixture
def folder(ashlar: Any, exhibition: Any, tmp_path: Path) -> Path:
    """The pack as a teacher has it: made, downloaded, unpacked."""
    make(organisation=ashlar.belongs_to, actor=None, exhibition_id=exhibition.pk, now=timezone.now())
    with kept(exhibition).pack.file.open() as file, zipfile.ZipFile(io.BytesIO(file.read())) as pack:
        pack.extractall(tmp_path / "taken")
    return tmp_path / "taken" / "exhibition"


@pytest.mark.parametrize("has_webgl", [True, False], ids=["with the viewer", "without WebGL"])
def test_a_teacher_opens_the_downloaded_pack_offline(
    browser: Browser, folder: Path, check_page: Any, has_webgl: bool
) -> None:
    context = browser.new_context(viewport={"width": 1280, "height": 900}, offline=True, reduced_motion="reduce")
    context.set_default_timeout(VIEWER_COMES)
    forbidden: list[str] = []

    def only_files(route: Route) -> None:
        if route.request.url.startswith(("file:", "data:")):
            route.continue_()
        else:
            forbidden.append(route.request.url)
            route.abort()

    context.route("**/*", only_files)
    page = context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda line: complaints.append(line.text) if line.type == "error" else None)
    if not has_webgl:
        page.add_init_script(WITHOUT_WEBGL)
    assert "index.html" in (folder / "Read me first.txt").read_text()
    page.goto((folder / "index.html").as_uri())
    expect(page.get_by_role("heading", name="Made visible", level=1)).to_be_visible()
    check_page(page)
    page.get_by_role("link", name="Hall 1").click()
    expect(page.get_by_role("heading", name="Hall 1", level=1)).to_be_visible()
    assert page.locator("img").count() == 3
    for picture in page.locator("img").all():
        picture.scroll_into_view_if_needed()
    page.wait_for_function("Array.from(document.images).every((one) => one.naturalWidth > 0)")
    page.get_by_role("link", name="The workshop").click()
    check_page(page)
    if has_webgl:
        page.get_by_role("button", name="Look around").click()
        expect(page.get_by_role("application")).to_be_focused(timeout=VIEWER_COMES)
        page.keyboard.press("ArrowRight")
        expect(page.locator("[data-scene-said]")).to_contain_text("15° right")
        assert is_drawn(page)
        check_page(page)
    else:
        expect(page.get_by_text("This browser cannot turn the scene.")).to_be_visible()
    page.get_by_role("link", name="Next The flame").click()
    page.evaluate("document.querySelector('video').load()")
    page.wait_for_function("document.querySelector('video').readyState >= 1")
    cues = "(() => { const track = document.querySelector('video').textTracks[0]; track.mode = 'showing'; return track.cues?.length })()"
    page.wait_for_function(f"{cues} === 2")
    check_page(page)
    page.get_by_role("link", name="Next room Hall 2").click()
    expect(page.get_by_role("heading", name="Hall 2", level=1)).to_be_visible()
    context.close()
    assert (forbidden, [one for one in complaints if not of_axe(one)]) == ([], [])


def of_axe(complaint: str) -> bool:
    """axe reads style sheets anew, which a browser does not let it do in a folder; the page itself asks for nothing so."""
    return "XMLHttpRequest" in complaint or complaint == "Failed to load resource: net::ERR_FAILED"


def is_drawn(page: Page) -> bool:
    """Whether the sphere is more than one colour."""
    from PIL import Image

    shot = page.locator("[data-scene-view]").screenshot()
    return len(Image.open(io.BytesIO(shot)).convert("RGB").resize((60, 40)).getcolors() or range(99)) > 3

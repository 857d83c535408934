"""The style guide is every component's page to stand on: axe looks at it, and its scripts are tried here."""

import pytest
from playwright.sync_api import expect

from desaga.ui.style_guide import KINDS

pytestmark = pytest.mark.journey
PHONE = {"width": 390, "height": 844}


@pytest.fixture(autouse=True)
def shown_to_all(settings):
    settings.DEBUG = True


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_is_accessible_at_a_desk(page, check_page, kind):
    page.goto(f"/style-guide/{kind}/?owner=tsm")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    check_page(page)


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_is_accessible_on_a_phone(phone, check_page, kind):
    phone.goto(f"/style-guide/{kind}/?owner=tsm")
    check_page(phone)


@pytest.mark.parametrize("width", [390, 768, 1024, 1600])
def test_no_page_is_wider_than_its_window(open_page, check_page, width):
    page = open_page(viewport={"width": width, "height": 900})
    for kind in ("list", "compare", "record"):
        page.goto(f"/style-guide/{kind}/")
        assert page.evaluate("document.documentElement.scrollWidth - document.documentElement.clientWidth") <= 0


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_page_works_without_script(open_page, kind):
    page = open_page(java_script_enabled=False)
    page.goto(f"/style-guide/{kind}/")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    for button in page.get_by_role("button").all():
        assert button.inner_text() not in {"Menu", "Show"}


def test_the_error_summary_takes_the_focus_and_leads_to_the_field(page):
    page.goto("/style-guide/form/")
    expect(page.locator(".govuk-error-summary")).to_be_focused()

    page.get_by_role("link", name="What will be done: fill this in.").click()

    expect(page.get_by_label("What will be done")).to_be_focused()


def test_a_password_can_be_shown(page):
    page.goto("/style-guide/plain/")
    field = page.get_by_label("Your password", exact=True)

    page.get_by_role("button", name="Show password").click()

    expect(field).to_have_attribute("type", "text")


def test_a_dropped_file_is_named_with_its_size(page):
    page.goto("/style-guide/form/")

    page.get_by_label("The plan that you have").set_input_files(
        {"name": "plan.docx", "mimeType": "application/octet-stream", "buffer": b"x" * 120_000}
    )

    expect(page.get_by_text("plan.docx, 0.1 MB")).to_be_visible()


def test_what_was_typed_comes_back_but_never_a_password(page):
    page.goto("/style-guide/letter/")
    page.get_by_label("How you will know").fill("Nine of nine grades published")
    page.once("dialog", lambda dialog: dialog.accept())
    page.goto("/style-guide/list/")

    page.goto("/style-guide/letter/")

    expect(page.get_by_text("has been put back")).to_be_visible()
    expect(page.get_by_label("How you will know")).to_have_value("Nine of nine grades published")


def test_what_was_typed_before_the_scripts_came_is_kept_too(page):
    held = []
    page.route("**/desaga*.js", lambda route: held.append(route))
    page.goto("/style-guide/letter/", wait_until="commit")
    # Neither waits until the page is whole, as the other presses of a journey do: its script is still on its way.
    page.focus("textarea")
    page.keyboard.type("Nine of nine")
    page.wait_for_timeout(100)
    assert len(held) == 1
    held[0].continue_()
    page.wait_for_load_state("load")
    page.unroute("**/desaga*.js")
    page.once("dialog", lambda dialog: dialog.accept())

    page.reload()

    expect(page.get_by_text("has been put back")).to_be_visible()
    expect(page.get_by_label("How you will know")).to_have_value("Nine of nine")


def test_a_password_is_not_kept(page):
    page.goto("/style-guide/form/")
    page.get_by_label("What will be done").fill("Write role descriptors")
    page.get_by_label("Your password", exact=True).fill("a long burning flame")

    kept = page.evaluate("JSON.stringify(sessionStorage)")

    assert "Write role descriptors" in kept
    assert "burning" not in kept


def test_starting_afresh_forgets_what_was_typed(page):
    page.goto("/style-guide/letter/")
    page.get_by_label("How you will know").fill("Nine")
    page.once("dialog", lambda dialog: dialog.accept())
    page.reload()

    page.get_by_role("button", name="Start afresh").click()

    expect(page.get_by_label("How you will know")).to_have_value("")
    expect(page.get_by_text("has been put back")).to_have_count(0)


def answer_posts_with(page, address):
    """What is sent is answered by a way to another page, as after saving or when the session has ended."""

    def answer(route):
        if route.request.method == "POST":
            route.fulfill(status=302, headers={"Location": address})
        else:
            route.continue_()

    page.route("**/style-guide/letter/", answer)


def send_nine_and_come_back(page):
    page.goto("/style-guide/letter/")
    page.get_by_label("How you will know").fill("Nine")
    page.get_by_role("button", name="Send to Tom Ashby").click()
    page.wait_for_load_state("networkidle")
    page.goto("/style-guide/letter/")
    return page.get_by_label("How you will know")


def test_what_was_saved_is_forgotten(page):
    answer_posts_with(page, "/style-guide/list/")

    expect(send_nine_and_come_back(page)).to_have_value("")


def test_what_was_sent_after_the_session_ended_comes_back(page):
    answer_posts_with(page, "/style-guide/plain/")

    expect(send_nine_and_come_back(page)).to_have_value("Nine")


def test_leaving_with_unsaved_words_asks_first(page):
    asked = []
    page.goto("/style-guide/letter/")
    page.get_by_label("How you will know").fill("Nine")
    page.once("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))

    page.goto("/style-guide/list/")

    assert asked == ["beforeunload"]


def test_a_review_is_walked_by_keys(page):
    page.goto("/style-guide/compare/")
    current = page.locator("[data-dsg-current] h2")

    page.keyboard.press("j")
    expect(current).to_contain_text("1.1")
    page.keyboard.press("j")
    expect(current).to_contain_text("1.2")
    page.keyboard.press("k")
    expect(current).to_contain_text("1.1")

    page.keyboard.press("?")
    expect(page.get_by_text("next,")).to_be_visible()
    page.keyboard.press("e")
    page.wait_for_url("**/form/")


def test_the_menu_opens_on_a_phone(phone):
    phone.goto("/style-guide/")
    entry = phone.get_by_role("navigation", name="Workspace").get_by_role("link", name="People")
    expect(entry).to_be_hidden()

    phone.get_by_role("button", name="Menu").tap()

    expect(entry).to_be_visible()


def test_a_page_wears_its_organisations_accent(page):
    page.goto("/style-guide/")

    border = page.locator(".dsg-masthead").evaluate("element => getComputedStyle(element).borderTopColor")

    assert border == "rgb(122, 31, 61)"


def test_check_page_sees_what_is_wrong(page, check_page):
    page.goto("/style-guide/plain/")
    page.evaluate("document.querySelector('label').remove()")

    with pytest.raises(AssertionError, match="label: "):
        check_page(page)

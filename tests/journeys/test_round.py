"""The quarter's round: an officer asks, an owner answers on a phone from the e-mail, the officer chases what is left and closes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from desaga.organisations.models import Party
from desaga.organisations.states import PartyKind, Role
from desaga.plans.models import Update
from desaga.plans.tests.factories import PlanFactory, make_action
from desaga.rounds.tests.factories import letters, link_in, sent_round
from desaga.tenancy.context import within

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.fixture
def plan(organisation: Any) -> Any:
    with within(organisation):
        for code, name in (("HOW", "Head of workshops"), ("HR", "Human Resources")):
            address = [f"{code.lower()}@northmoor.example"]
            Party.objects.create(organisation=organisation, kind=PartyKind.ROLE, name=name, code=code, contacts=address)
    made = PlanFactory(organisation=organisation, title="Technicians count")
    for code, who in (("A1", "HOW"), ("A2", "HOW"), ("A3", "HR"), ("A4", "the deans")):
        make_action(made, code=code, title=f"Title of {code}", owners=[who], success="Four are written.")
    return made


#: So many presses may it take to answer about one action, choosing and sending; typing is counted by the box that is opened for it.
MOST_PRESSES = 4

COUNT_PRESSES = """
window.presses = JSON.parse(sessionStorage.getItem("presses") || "[]");
const counted = event => {
    const what = event.target.closest("button, select, input, textarea, summary, a");
    if (!what) return;
    window.presses.push(`${event.type} ${what.name || what.textContent.trim().slice(0, 30)}`);
    sessionStorage.setItem("presses", JSON.stringify(window.presses));
};
document.addEventListener("click", event => { if (!event.target.closest("select, textarea")) counted(event); }, true);
document.addEventListener("change", event => { if (event.target.closest("select, textarea")) counted(event); }, true);
"""


def presses_of(page: Page) -> list[str]:
    """What was pressed, chosen or typed into since the last time that this was asked."""
    told = page.evaluate("window.presses")
    page.evaluate("() => { window.presses = []; sessionStorage.removeItem('presses'); }")
    return told


def said(plan: Any) -> list[tuple[str, str, str]]:
    with within(plan.organisation):
        rows = Update.objects.select_related("action").order_by("pk")
        return [(one.action.code, one.status, one.given_by) for one in rows]


def test_an_officer_asks_chases_and_closes(
    page: Page,
    sign_in: Any,
    check_page: Any,
    work: Any,
    member: Any,
    plan: Any,
    open_page: Callable[..., Page],
    settings: Any,
) -> None:
    # What a mail said is wiped when it has left; this story reads it.
    settings.KEEP_SENT_MAIL = True
    sign_in(page, member(Role.PROJECT_OFFICER))
    page.goto(plan.get_absolute_url())
    page.get_by_role("link", name="Rounds").click()
    check_page(page)
    page.get_by_role("link", name="Ask how it goes").first.click()
    for part, text in (("Day", "15"), ("Month", "12"), ("Year", "2099")):
        page.get_by_label(part, exact=True).fill(text)
    page.get_by_label("A word from you").fill("A line is enough.")
    check_page(page)
    page.get_by_role("button", name="See who will be asked").click()
    expect(page.get_by_text("“the deans” is only words yet. Say who it is.")).to_be_visible()
    check_page(page)
    assert letters() == []
    page.get_by_role("button", name="Send 2 requests").click()
    expect(page.get_by_text("2 requests are on their way.")).to_be_visible()
    work()
    page.reload()
    expect(page.get_by_text("0 of 3")).to_be_visible()
    check_page(page)

    phone = open_page(**PHONE)
    phone.goto(link_in(letters("hr@northmoor.example")[0]))
    phone.get_by_label("Your name").fill("Ann Smith")
    phone.get_by_role("button", name="Nothing new").click()
    expect(phone.get_by_role("heading", name="Thank you: nothing more is asked of you")).to_be_visible()

    page.reload()
    page.get_by_role("link", name="Human Resources").click()
    expect(page.get_by_text("Nothing new.")).to_be_visible()
    check_page(page)
    page.go_back()
    page.reload()
    page.get_by_role("button", name="Remind the 1 with open actions").click()
    expect(page.get_by_text("1 reminder is on its way.")).to_be_visible()
    page.get_by_role("link", name="Head of workshops").click()
    expect(page.get_by_text("Reminded by hand")).to_be_visible()
    page.get_by_role("link", name="Enter an answer about A1 Title of A1").click()
    page.get_by_label("Where it is").select_option("In progress")
    page.get_by_label("What happened").fill("He rang: two are written.")
    page.get_by_label("Whose words are these?").select_option("Somebody’s, by phone")
    page.get_by_label("Who said it").fill("Wil Harker")
    check_page(page)
    page.get_by_role("button", name="Add the update").click()
    expect(page.get_by_text("Wil Harker, by phone, written down by").first).to_be_visible()
    check_page(page)

    page.goto(plan.get_absolute_url())
    page.get_by_role("link", name="Rounds").click()
    page.locator("main table").get_by_role("link").first.click()
    page.get_by_role("link", name="Close the round").click()
    expect(page.get_by_role("button", name="Close the round")).to_be_visible()
    check_page(page)
    page.get_by_role("button", name="Close the round").click()
    expect(page.get_by_text("The round is closed.")).to_be_visible()
    check_page(page)
    # Who opens the link late is told, at a phone's width too.
    phone.goto(link_in(letters("how@northmoor.example")[0]))
    expect(phone.get_by_text("The round for")).to_be_visible()
    check_page(phone)
    assert said(plan) == [("A3", "", "Ann Smith, for HR"), ("A1", "in_progress", "Wil Harker")]


@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_an_owner_answers_from_the_e_mail_at_phone_width(
    open_page: Callable[..., Page], check_page: Any, plan: Any, script: bool
) -> None:
    sent_round(plan)
    phone = open_page(**PHONE, java_script_enabled=script)
    check = check_page if script else lambda _: None
    phone.goto(link_in(letters("how@northmoor.example")[0]))
    check(phone)

    one = phone.get_by_role("region", name="A1 Title of A1")
    two = phone.get_by_role("region", name="A2 Title of A2")
    one.get_by_label("Where it is").select_option("Complete")
    one.get_by_label("Green: on course").check()
    two.get_by_label("What happened").fill("Half a sentence")
    one.get_by_role("button", name="Send").click()
    expect(phone.get_by_role("alert").get_by_text("Say who you are")).to_be_visible()
    phone.get_by_label("Your name").fill("Bo Reed")
    one.get_by_role("button", name="Send").click()
    expect(one.get_by_text("It is complete: say what shows it").last).to_be_visible()
    expect(two.get_by_label("What happened")).to_have_value("Half a sentence")
    check(phone)
    one.get_by_label("If it is complete: what shows it").fill("The descriptors on our page")
    one.get_by_role("button", name="Send").click()
    expect(phone.get_by_text("Thank you. Saved: A1.")).to_be_visible()
    expect(two.get_by_label("What happened")).to_have_value("Half a sentence")
    check(phone)
    two.get_by_text("Not yours?").click()
    two.get_by_label("Whom to ask instead").fill("the estates office")
    two.get_by_role("button", name="It is theirs").click()
    expect(phone.get_by_role("heading", name="Thank you: nothing more is asked of you")).to_be_visible()
    check(phone)
    assert said(plan) == [("A1", "complete", "Bo Reed, for HOW")]


def test_an_action_is_answered_in_four_presses_at_most_on_a_phone(
    open_page: Callable[..., Page], plan: Any, member: Any
) -> None:
    """What its owner has to do, counted in the browser: every press, choice and box that was typed into."""
    owner = member(Role.READER).person
    with within(plan.organisation):
        Party.objects.filter(code="HOW").update(kind=PartyKind.PERSON, person=owner)
    sent_round(plan)
    phone = open_page(**PHONE)
    phone.add_init_script(COUNT_PRESSES)
    phone.goto(link_in(letters("how@northmoor.example")[0]))

    one = phone.get_by_role("region", name="A1 Title of A1")
    one.get_by_label("Where it is").select_option("In progress")
    one.get_by_label("Amber").check()
    one.get_by_label("What happened").fill("Two of four are written.")
    one.get_by_role("button", name="Send").tap()
    expect(phone.get_by_text("Thank you. Saved: A1.")).to_be_visible()
    told = presses_of(phone)
    assert 1 < len(told) <= MOST_PRESSES, told

    phone.get_by_role("region", name="A2 Title of A2").get_by_role("button", name="Nothing new").tap()
    expect(phone.get_by_role("heading", name="Thank you: nothing more is asked of you")).to_be_visible()
    told = presses_of(phone)
    assert len(told) == 1, told
    assert [code for code, *_ in said(plan)] == ["A1", "A2"]

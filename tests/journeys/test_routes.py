"""A pupil finds a story and a route, by keyboard and on a phone; a question is asked, moderated, answered and shown; a school asks for work experience."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Page, expect

from desaga.careers.models import Question
from desaga.careers.tests.factories import link_in, open_doors
from desaga.tenancy.context import within
from desaga.website.operations.stories import ShownStory, show_story
from desaga.website.tests.factories import make_site
from desaga.website.tests.test_careers import with_careers

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.fixture
def national(settings: Any, tmp_path: Any) -> Any:
    settings.MEDIA_ROOT = tmp_path
    home = with_careers(make_site("Campaign", "campaign", is_national=True))
    open_doors(home.belongs_to, actor=home.lead)
    with within(home.belongs_to):
        show_story(
            ShownStory(
                story=1, version=1, organisation=home.belongs_to, published_at=timezone.now(), title="Meet Ada Quill", job="Glassblower",
                summary="Ada blows glass for chemists.", route_in="Apprenticeship", fields=["Workshops and making"], place="Leeds",
                sections=[("What I do", "I bend glass.")],
            )
        )  # fmt: skip
    return home


def test_a_pupil_finds_a_story_and_a_route_by_keyboard(
    page: Page, press: Callable[..., None], check_widths: Callable[[Page], None], check_page: Callable[..., None], national: Any,
) -> None:  # fmt: skip
    page.goto("/technicians/finder/")
    check_page(page)
    press(page, "Tab", page.get_by_label("Making things with my hands"))
    page.keyboard.press("Space")
    press(page, "Tab", page.get_by_label("Where do you live?"))
    page.keyboard.type("Eng")
    press(page, "Tab", page.get_by_label("How would you like to learn?"))
    page.keyboard.type("In a job")
    page.keyboard.press("Tab")
    expect(page.get_by_role("button", name="Show me")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_text("Because you like making things with your hands.").first).to_be_visible()
    expect(page.get_by_text("You can do this in England and learn in a job, with a wage.").first).to_be_visible()
    assert page.context.cookies() == []
    check_widths(page)
    press(page, "Tab", page.get_by_role("link", name="Meet Ada Quill").first)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Meet Ada Quill")).to_be_visible()
    check_page(page)
    press(page, "Tab", page.get_by_role("link", name="Apprenticeship in England", exact=True))
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Apprenticeship in England", level=1)).to_be_visible()
    expect(page.get_by_role("heading", name="They came this way")).to_be_visible()
    check_widths(page)


def test_a_pupil_finds_it_on_a_phone_without_script(open_page: Callable[..., Page], national: Any) -> None:
    phone = open_page(**PHONE, java_script_enabled=False)
    phone.goto("/technicians/finder/")
    phone.get_by_label("Making things with my hands").check()
    phone.get_by_role("button", name="Show me").tap()
    expect(phone.get_by_role("heading", name="Workshops and making")).to_be_visible()
    phone.get_by_role("link", name="Meet Ada Quill").first.tap()
    expect(phone.get_by_text("I bend glass.")).to_be_visible()
    phone.goto("/technicians/stories/")
    phone.get_by_text("Find by words").tap()
    phone.get_by_label("Place").select_option("Leeds")
    phone.get_by_role("button", name="Find stories").tap()
    expect(phone.get_by_text("1 story")).to_be_visible()
    assert phone.context.cookies() == []


def test_every_page_for_those_who_look_for_a_way_is_open_to_all(
    page: Page, check_widths: Callable[[Page], None], national: Any
) -> None:
    for place in (
        "routes/",
        "registration/",
        "registration/rscitech/",
        "teachers/",
        "teachers/a-week-at-work/",
        "questions/",
    ):
        page.goto(f"/technicians/{place}")
        check_widths(page)


def test_a_question_is_asked_moderated_answered_and_shown(
    open_page: Callable[..., Page], page: Page, sign_in: Any, check_page: Callable[..., None], national: Any
) -> None:
    pupil = open_page(**PHONE)
    pupil.goto("/technicians/routes/t-level/")
    pupil.get_by_role("link", name="Ask a technician a question").tap()
    check_page(pupil)
    pupil.get_by_label("Your question").fill("My name is Sam. Is the placement long?")
    pupil.get_by_role("button", name="Ask it").tap()
    expect(pupil.get_by_text("This looks like a name.").first).to_be_visible()
    check_page(pupil)
    pupil.get_by_label("Your question").fill("Is the placement long? Asks someone tall.")
    pupil.get_by_role("button", name="Ask it").tap()
    expect(pupil.get_by_role("heading", name="Your question is here")).to_be_visible()

    sign_in(page, national.editor)
    page.goto("/my-work/")
    page.get_by_role("link", name="Read 1 question").click()
    check_page(page)
    page.get_by_role("link", name="Is the placement long?").click()
    check_page(page)
    page.get_by_role("link", name="Change the words").click()
    page.get_by_label("As it will be shown").fill("Is the placement long?")
    page.get_by_role("button", name="Save").click()
    page.get_by_role("link", name="Ask a technician").click()
    page.get_by_label("Which technician").fill("Ada Quill")
    page.get_by_label("Their e-mail").fill("ada@ours.example")
    page.get_by_role("button", name="Send the e-mail").click()

    technician = open_page(**PHONE)
    technician.goto(link_in("ada@ours.example", "answer"))
    expect(technician.get_by_text("Is the placement long?")).to_be_visible()
    check_page(technician)
    technician.get_by_label("Your answer").fill("Long enough to become good at it.")
    technician.get_by_label("Your job").fill("Glassblower")
    technician.get_by_label("My name").check()
    technician.get_by_label("I am 18 or over").check()
    technician.get_by_label("My answer may be shown on the site").check()
    technician.get_by_role("button", name="Send my answer").tap()
    expect(technician.get_by_role("heading", name="Thank you")).to_be_visible()
    check_page(technician)

    pupil.goto("/technicians/questions/")
    expect(pupil.get_by_text("Nobody has asked yet.")).to_be_visible()
    page.reload()
    check_page(page)
    page.get_by_role("button", name="Show it on the site").click()
    pupil.reload()
    expect(pupil.get_by_text("Long enough to become good at it.")).to_be_visible()
    expect(pupil.get_by_text("Ada Quill, Glassblower")).to_be_visible()
    check_page(pupil)
    with within(national.belongs_to):
        assert "tall" not in Question.objects.get().words


def test_a_school_asks_for_work_experience(
    open_page: Callable[..., Page], page: Page, sign_in: Any, check_page: Callable[..., None], national: Any
) -> None:
    pupil = open_page(**PHONE)
    pupil.goto("/technicians/routes/")
    pupil.get_by_role("link", name="Work experience, through your school").tap()
    check_page(pupil)
    pupil.get_by_label("The school’s or the teacher’s e-mail").fill("sam@gmail.com")
    pupil.get_by_role("button", name="Write to the school").tap()
    expect(pupil.get_by_text("We write to the school alone.").first).to_be_visible()
    pupil.get_by_label("The school’s or the teacher’s e-mail").fill("office@brook.sch.example")
    pupil.get_by_label("Workshops and making").check()
    pupil.get_by_role("button", name="Write to the school").tap()
    expect(pupil.get_by_role("heading", name="The school is written to")).to_be_visible()

    teacher = open_page()
    teacher.goto(link_in("office@brook.sch.example", "work-experience"))
    check_page(teacher)
    for label, words in (("Your name", "Ms Reed"), ("Your position", "Careers leader"), ("School or college", "Brook School"), ("How many pupils", "2"), ("Which years", "Year 10"), ("When", "A week in July")):  # fmt: skip
        teacher.get_by_label(label, exact=True).fill(words)
    teacher.get_by_label("I work at this school").check()
    teacher.get_by_role("button", name="Yes, for our school").click()
    expect(teacher.get_by_role("heading", name="Thank you")).to_be_visible()
    check_page(teacher)

    sign_in(page, national.editor)
    page.goto("/o/campaign/careers/schools/")
    check_page(page)
    page.get_by_role("link", name="Brook School").click()
    check_page(page)
    page.get_by_role("button", name="We are in touch").click()
    expect(page.get_by_text("In touch with the school").first).to_be_visible()


def test_the_keeper_writes_a_route_anew(
    page: Page, sign_in: Any, check_page: Callable[..., None], national: Any
) -> None:
    sign_in(page, national.lead)
    page.goto("/o/campaign/careers/entries/")
    check_page(page)
    page.get_by_role("link", name="T Level", exact=True).click()
    check_page(page)
    page.get_by_role("link", name="Change it").click()
    check_page(page)
    page.get_by_label("How long").fill("As long as ever.")
    page.get_by_role("button", name="Keep it as a version").click()
    page.get_by_role("button", name="Publish version 1").click()
    page.goto("/technicians/routes/t-level/")
    expect(page.get_by_text("As long as ever.")).to_be_visible()

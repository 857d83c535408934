"""Approval from the link of an e-mail, at a phone's width: a manager's condition, what the applicant does about it, and a host's yes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page, expect

from desaga.accounts.models import User
from desaga.organisations.states import Role
from desaga.placements.models import Application
from desaga.placements.tests.factories import asking_of, link_to, make_application, make_scheme, sent
from desaga.tenancy.context import within

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PHONE = {"viewport": {"width": 390, "height": 844}, "has_touch": True}


@pytest.fixture
def application(organisation: Any, member: Any) -> Any:
    return sent(make_application(make_scheme(organisation, actor=member(Role.SCHEME_MANAGER))))


def state_of(application: Any) -> str:
    with within(application.organisation):
        return str(Application.objects.get(pk=application.pk).state)


def test_a_manager_and_a_host_answer_on_a_phone(
    open_page: Callable[..., Page], sign_in: Any, check_page: Any, application: Any
) -> None:
    phone = open_page(**PHONE)
    phone.goto(link_to("mona.manager@farfield.example"))
    check_page(phone)
    assert asking_of(application, "line_manager").state == "asked"
    phone.get_by_text("Read the whole application").tap()
    expect(phone.get_by_text("To learn how helium is recovered.")).to_be_visible()
    phone.get_by_label("How the work is covered meanwhile").fill("Bea does it.")
    phone.reload()
    expect(phone.get_by_label("How the work is covered meanwhile")).to_have_value("Bea does it.")
    expect(phone.get_by_label("The condition")).to_be_hidden()
    phone.get_by_label("I approve it, on a condition").check()
    phone.get_by_role("button", name="Send my answer").tap()
    expect(phone.get_by_role("alert").get_by_text("Write the condition.")).to_be_visible()
    check_page(phone)
    assert asking_of(application, "line_manager").state == "opened"
    phone.get_by_label("The condition").fill("If you are back by the 1st.")
    phone.get_by_role("button", name="Send my answer").tap()
    expect(phone.get_by_role("heading", name="Thank you: nothing more is asked of you")).to_be_visible()
    check_page(phone)

    # The host's telephone runs no script.
    plain = open_page(**PHONE, java_script_enabled=False)
    plain.goto(link_to("hugo.host@hostwick.example"))
    plain.get_by_label("Who looks after them").fill("Sue Pervisor")
    plain.get_by_label("Yes: the place and the days stand").check()
    plain.get_by_role("button", name="Send my answer").tap()
    expect(plain.get_by_role("heading", name="Thank you: nothing more is asked of you")).to_be_visible()
    assert state_of(application) == "with_approvers"

    own = open_page(**PHONE)
    sign_in(own, User.objects.get(person=application.applicant_id))
    own.goto(application.get_absolute_url())
    expect(own.get_by_text("If you are back by the 1st.").first).to_be_visible()
    check_page(own)
    own.get_by_role("button", name="Accept the condition").tap()
    expect(own.get_by_text("You accepted the condition.")).to_be_visible()
    assert state_of(application) == "received"

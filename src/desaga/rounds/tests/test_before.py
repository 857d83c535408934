"""What stands beside the question, and what a link that does not open any more says."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.utils import timezone

from desaga.accounts.mail import plainly
from desaga.organisations.models import Party, Unit
from desaga.organisations.states import PartyKind, Role, UnitKind
from desaga.organisations.tests.factories import EmploymentFactory, RoleAssignmentFactory
from desaga.plans.operations.updates import give_update
from desaga.plans.tests.factories import PlanFactory, make_action
from desaga.plans.updating import Account
from desaga.tenancy.context import within

from ..models import RequestKey, UpdateRequest
from ..operations import answers
from .factories import letters, link_in, sent_round

RED = Account(
    status="delayed", rag="red", text="One of four.", next_step="Ask the deans.", reason="Nobody writes.", recovery="A writing day.",
)  # fmt: skip


def plan_of(organisation, accounts):
    """A plan of one office with an action for each of these accounts; None where nothing was said of it yet."""
    with within(organisation):
        Party.objects.create(
            organisation=organisation,
            kind=PartyKind.ROLE,
            name="Workshops",
            code="HOW",
            contacts=["how@northmoor.example"],
        )
    plan = PlanFactory(organisation=organisation)
    for n, account in enumerate(accounts, 1):
        action = make_action(plan, code=f"A{n}", title=f"Do number {n}", owners=["HOW"])
        if account:
            say(action, account)
    return plan


def say(action, account, **told):
    with within(action.organisation):
        give_update(actor=None, action=action, account=account, period="Summer 2026", given_by="Bo Reed", **told)


def link_to(name):
    [mail] = letters(f"{name}@northmoor.example")
    return link_in(mail)


def before(page):
    """What stands beside each question, by its action and unit."""
    return {
        (one.line.action.code, one.line.unit and one.line.unit.name): one.before for one in page.context["questions"]
    }


def test_all_of_the_last_account_stands_beside_the_question(organisation, client):
    sent_round(plan_of(organisation, [RED, None]))
    page = client.get(link_to("how"))

    said = [
        ("Why it was red", "Nobody writes."),
        ("How it was to get back on course", "A writing day."),
        ("What was to come next", "Ask the deans."),
    ]
    assert before(page) == {("A1", None): said, ("A2", None): []}
    words = page.content.decode()
    for label, told in said:
        assert words.count(f"{label}: {told}") == 1
    assert "Summer 2026: Delayed, red. “One of four.”" in words


def test_what_showed_it_stands_there_until_something_else_is_said(organisation, client):
    """What was complete and goes on again: whoever answers sees what was said to show it."""
    plan = plan_of(organisation, [Account(status="in_progress", rag="green", evidence="Two are on the page.")])
    sent_round(plan)
    page = client.get(link_to("how"))
    assert before(page) == {("A1", None): [("What showed it", "Two are on the page.")]}
    assert "What showed it: Two are on the page." in page.content.decode()


def test_each_unit_sees_its_own_last_account(organisation, client):
    with within(organisation):
        Party.objects.create(
            organisation=organisation, kind=PartyKind.ROLE, name="Managers", code="MGR", one_per=UnitKind.SCHOOL,
            only_with_technical_workforce=True,
        )  # fmt: skip
        arts, science = (
            Unit.objects.create(
                organisation=organisation, kind=UnitKind.SCHOOL, name=name, has_technical_workforce=True
            )
            for name in ("Arts", "Science")
        )
    for unit in (arts, science):
        employed = EmploymentFactory(organisation=organisation, work_email=f"{unit.name.lower()}@northmoor.example")
        RoleAssignmentFactory(organisation=organisation, person=employed.person, role=Role.UNIT_LEAD, unit=unit)
    action = make_action(PlanFactory(organisation=organisation), code="A1", title="Nominate", owners=["MGR"])
    say(action, RED, unit=arts)
    say(action, Account(status="in_progress", rag="green", next_step="Ask two more."), unit=science)
    sent_round(action.plan)

    page = client.get(link_to("arts"))
    assert before(page) == {
        ("A1", "Arts"): [
            ("Why it was red", "Nobody writes."),
            ("How it was to get back on course", "A writing day."),
            ("What was to come next", "Ask the deans."),
        ]
    }
    assert "Ask two more." not in page.content.decode()
    page = client.get(link_to("science"))
    assert before(page) == {("A1", "Science"): [("What was to come next", "Ask two more.")]}
    assert "Nobody writes." not in page.content.decode()


@pytest.mark.parametrize("number", [1, 3])
def test_last_accounts_cost_no_more_questions(organisation, client, query_count, number):
    sent_round(plan_of(organisation, [RED] * number))
    link = link_to("how")
    with query_count(17):
        page = client.get(link)
    assert [len(said) for said in before(page).values()] == [3] * number


@pytest.mark.parametrize(
    ("unit", "when", "line"),
    [
        (None, "", "- A1: Open the workshops."),
        (None, "October 2026", "- A1: Open the workshops. (October 2026)"),
        (SimpleNamespace(name="Arts"), "", "- A1: Open the workshops. (Arts)"),
        (SimpleNamespace(name="Arts"), "October 2026", "- A1: Open the workshops. (Arts, October 2026)"),
    ],
)
def test_a_mail_names_each_action_in_a_line(unit, when, line):
    action = SimpleNamespace(code="A1", short_title="Open the workshops.", when=when)
    lines = [SimpleNamespace(action=action, unit=unit)]
    assert plainly("rounds/email/what_is_asked.txt", {"lines": lines}).strip() == line


# ---- Links that open nothing


def test_a_link_whose_time_is_over_says_where_to_open_another(organisation, client):
    sent_round(plan_of(organisation, [RED]))
    link = link_to("how")
    assert client.get(link).status_code == 200
    with within(organisation):
        RequestKey.objects.update(expires_at=timezone.now() - timedelta(minutes=1))

    page = client.get(link)
    words = page.content.decode()
    assert page.status_code == 404
    assert "Open it from the latest e-mail, or answer that e-mail." in words
    assert "Nobody writes." not in words


def test_a_link_of_a_request_that_was_taken_back_says_so(organisation, client):
    sent_round(plan_of(organisation, [RED]))
    link = link_to("how")
    with within(organisation):
        answers.revoke_request(actor=None, request=UpdateRequest.objects.get())

    page = client.get(link)
    words = page.content.decode()
    assert page.status_code == 410
    assert "has taken the request back. Nothing is asked of you." in words
    assert "What you want to say all the same, say it by answering that e-mail." in words
    assert "Nobody writes." not in words

"""The pages: whoever runs a round, and whoever answers from an e-mail."""

from __future__ import annotations

from uuid import uuid4

import pytest
from django.conf import settings
from django.db import connection
from django.template.defaultfilters import linebreaks
from django.test.utils import CaptureQueriesContext

from desaga.organisations.models import Party
from desaga.organisations.states import PartyKind, Role
from desaga.plans.models import Update
from desaga.plans.tests.factories import PlanFactory, make_action
from desaga.tenancy.context import within

from ..models import RequestedAction, Round, UpdateRequest
from ..operations import posting
from .factories import letters, link_in, make_round, send, sent_round

WRITES = ("INSERT", "UPDATE", "DELETE")


@pytest.fixture
def plan(organisation):
    return plan_of(organisation)


def plan_of(organisation, actions=2):
    with within(organisation):
        Party.objects.create(
            organisation=organisation, kind=PartyKind.ROLE, name="Head of workshops", code="HOW",
            contacts=[f"workshops@{organisation.slug}.example"],
        )  # fmt: skip
    plan = PlanFactory(organisation=organisation, title=f"Plan of {organisation.short_name}")
    for n in range(1, actions + 1):
        make_action(plan, code=f"A{n}", title=f"Do number {n}", owners=["HOW"], success="Four are written.")
    make_action(plan, code="B9", title="CANARY-OTHER-ACTION", owners=["HR"], comments="CANARY-COMMENT")
    return plan


@pytest.fixture
def link(plan):
    sent_round(plan)
    [mail] = letters(f"workshops@{plan.organisation.slug}.example")
    return link_in(mail)


def lines_of(plan):
    with within(plan.organisation):
        rows = RequestedAction.objects.filter(request__email__startswith="workshops", action__plan=plan)
        return {line.action.code: line for line in rows.select_related("action")}


def updates_of(plan):
    with within(plan.organisation):
        return [
            (one.action.code, one.status, one.text, one.given_by) for one in Update.objects.select_related("action")
        ]


def path_and_key(link):
    path, _, key = link.partition("?key=")
    return path, key


def fields(line, **told):
    said = {"submission": str(uuid4()), "status": "", "rag": "", "text": "", **told}
    return {f"a{line.pk}-{name}": value for name, value in said.items()}


def press(client, link, **data):
    path, key = path_and_key(link)
    return client.post(path, {"key": key, "name": "Bo Reed", **data}, follow=True)


def test_opening_the_link_writes_nothing_however_often(client, link):
    with CaptureQueriesContext(
        connection,
    ) as seen:
        for _ in range(3):
            assert client.get(link).status_code == 200
            assert client.head(link).status_code == 200
    written = [query["sql"] for query in seen if query["sql"].lstrip().startswith(WRITES)]
    assert written == []
    assert "sessionid" not in client.cookies


def test_the_page_holds_their_actions_and_nothing_else_of_the_organisation(client, link):
    page = client.get(link).content.decode()

    assert "Do number 1" in page
    for canary in ("CANARY", "hr@northmoor", "Office", "/o/northmoor/", "Plans</a>"):
        assert canary not in page


def test_saying_how_it_goes_saves_and_the_rest_stays_open(client, link, plan):
    one, two = lines_of(plan)["A1"], lines_of(plan)["A2"]
    data = fields(one, status="in_progress", rag="green", text="Two of four are written.") | fields(two)
    page = press(client, link, **data, send=one.pk).content.decode()

    assert updates_of(plan) == [("A1", "in_progress", "Two of four are written.", "Bo Reed, for HOW")]
    assert "Thank you. Saved: A1." in page
    assert "Do number 2" in page


def test_sent_twice_is_one_update(client, link, plan):
    one = lines_of(plan)["A1"]
    data = fields(one, text="Once.")
    for _ in range(2):
        press(client, link, **data, send=one.pk)
    assert len(updates_of(plan)) == 1


def test_all_that_was_said_goes_with_one_press_and_what_is_missing_is_asked_for(client, link, plan):
    one, two = lines_of(plan)["A1"], lines_of(plan)["A2"]
    data = fields(one, text="Going on.") | fields(two, rag="red", text="Stuck.")
    page = press(client, link, **data, send="every")

    assert [code for code, *_ in updates_of(plan)] == ["A1"]
    words = page.content.decode()
    assert "It is red: say why, in a sentence." in words
    assert "Stuck." in words


def test_what_was_typed_for_others_survives_a_press(client, link, plan):
    one, two = lines_of(plan)["A1"], lines_of(plan)["A2"]
    page = press(client, link, **fields(one) | fields(two, text="Half a sentence"), nothing=one.pk).content.decode()

    assert [(code, text) for code, _, text, _ in updates_of(plan)] == [("A1", "")]
    assert "Half a sentence" in page
    assert "error" not in page.partition("Half a sentence")[0][-400:]


def test_a_name_that_is_missing_saves_nothing_and_loses_nothing(client, link, plan):
    one = lines_of(plan)["A1"]
    page = press(client, link, **fields(one, text="Typed on a phone"), name=" ", send=one.pk).content.decode()

    assert updates_of(plan) == []
    assert "Say who you are" in page
    assert "Typed on a phone" in page


def test_nothing_new_on_all_is_one_press(client, link, plan):
    data = fields(lines_of(plan)["A1"]) | fields(lines_of(plan)["A2"])
    page = press(client, link, **data, nothing="every").content.decode()

    assert [code for code, *_ in updates_of(plan)] == ["A1", "A2"]
    assert "Thank you: nothing more is asked of you" in page


def test_not_mine_is_one_field(client, link, plan):
    one = lines_of(plan)["A1"]
    press(client, link, **fields(one, elsewhere="the estates office"), **{"pass": one.pk})

    assert lines_of(plan)["A1"].not_theirs == "the estates office"


@pytest.mark.parametrize("key", ["", "x", "' OR 1=1 --", "a" * 5000])
def test_without_a_key_that_is_known_nobody_learns_anything(client, plan, link, key):
    path, _ = path_and_key(link)
    page = client.get(path, {"key": key})
    assert page.status_code == 404
    assert b"Do number" not in page.content


def test_a_key_opens_nothing_of_another_organisation(client, link, other_organisation):
    assert client.get(link.replace("northmoor", other_organisation.slug)).status_code == 404


def test_a_line_of_another_request_is_not_answered_by_this_link(client, link, plan, other_organisation):
    theirs = plan_of(other_organisation)
    sent_round(theirs)
    line = lines_of(theirs)["A1"]
    press(client, link, **fields(line, text="Mine now"), send=line.pk)
    assert updates_of(theirs) == []


def test_a_round_that_is_closed_says_so(client, link, plan, member, client_of):
    with within(plan.organisation):
        round_ = Round.objects.get()
    client_of(member(Role.LEAD)).post(f"/o/northmoor/rounds/{round_.pk}/close/")
    page = client.get(link)
    assert (page.status_code, b"is closed" in page.content) == (410, True)


def test_who_is_signed_in_and_asked_finds_it_in_their_work(organisation, member, client_of, client):
    user = member(Role.TECHNICIAN, email="bo@northmoor.example")
    with within(organisation):
        Party.objects.create(organisation=organisation, kind=PartyKind.PERSON, name="Bo", code="BO", person=user.person)
    plan = PlanFactory(organisation=organisation)
    make_action(plan, code="A1", title="Write the leaflet", owners=["BO"])
    sent_round(plan)
    browser = client_of(user)
    assert (
        b"1 action of" in browser.get("/my-work/", follow=True).content
        or b"1 action of" in browser.get("/", follow=True).content
    )
    with within(organisation):
        asked = UpdateRequest.objects.get(email="bo@northmoor.example")
        line = asked.lines.get()
    address = f"/o/northmoor/rounds/requests/{asked.pk}/answer/"
    assert browser.get(address).status_code == 200
    browser.post(address, fields(line, text="Printed.") | {"send": str(line.pk)})
    assert [row[2:] for row in updates_of(plan)] == [("Printed.", user.person.name)]
    assert client_of(member(Role.LEAD)).get(address).status_code == 404


def test_the_officer_sees_who_would_get_what_then_sends(plan, member, client_of):
    browser = client_of(member(Role.PROJECT_OFFICER))
    start = f"/o/northmoor/plans/{plan.pk}/rounds/start/"
    data = {
        "period": "Autumn",
        "due_on_day": "15",
        "due_on_month": "12",
        "due_on_year": "2099",
        "remind_days_before": 3,
        "silent_days_after": 4,
        "escalate_days_after": 7,
    }
    page = browser.post(start, data, follow=True)
    words = page.content.decode()
    assert "workshops@northmoor.example" in words
    assert "Nobody to ask" in words
    assert not letters()
    round_ = page.context["round"]
    page = browser.post(
        f"/o/northmoor/rounds/{round_.pk}/send/", {"email": ["workshops@northmoor.example"]}, follow=True
    )
    assert "1 request is on its way." in page.content.decode()


@pytest.mark.parametrize("actions", [1, 5])
def test_the_preview_is_the_mail_that_is_sent_but_for_its_link(organisation, member, client_of, actions):
    plan, officer = plan_of(organisation, actions=actions), member(Role.PROJECT_OFFICER)
    round_ = make_round(plan, actor=officer, words="Thank you all.\n\nIt helps.")
    page = client_of(member(Role.LEAD)).get(f"/o/northmoor/rounds/{round_.pk}/")
    shown = page.context["letter"]
    assert linebreaks(shown.body, autoescape=True) in page.content.decode()

    send(round_, actor=officer)
    [mail] = letters("workshops@northmoor.example")
    link = f"{settings.SITE_ADDRESS}{link_in(mail)}"
    body, html = (words.replace(posting.LINK_HERE, link) for words in (shown.body, shown.alternatives[0].content))
    assert [shown.subject, *shown.to, *shown.reply_to] == [mail.subject, mail.recipient, officer.email]
    assert (shown.from_email, body, html) == (mail.sender, mail.text, mail.html)
    assert link not in shown.body


@pytest.mark.parametrize("number", [1, 3])
def test_a_round_asks_the_same_number_of_questions(organisation, member, client_of, query_count, number):
    plan = PlanFactory(organisation=organisation)
    with within(organisation):
        for n in range(number):
            Party.objects.create(
                organisation=organisation,
                kind=PartyKind.ROLE,
                name=f"Head {n}",
                code=f"H{n}",
                contacts=[f"h{n}@n.example"],
            )
    for n in range(number):
        make_action(plan, code=f"A{n}", title=f"Do {n}", owners=[f"H{n}"])
    browser = client_of(member(Role.LEAD))
    round_ = make_round(plan)
    with query_count(25):
        browser.get(f"/o/northmoor/rounds/{round_.pk}/")


@pytest.mark.parametrize("number", [1, 3])
def test_the_answering_page_asks_the_same_number_of_questions(organisation, client, query_count, number):
    plan_of(organisation, actions=number)
    plan = plan_of_title(organisation)
    sent_round(plan)
    [mail] = letters("workshops@northmoor.example")
    with query_count(17):
        client.get(link_in(mail))


def plan_of_title(organisation):
    from desaga.plans.models import Plan

    with within(organisation):
        return Plan.objects.get()


@pytest.mark.parametrize("ending", ["xlsx", "docx", "pdf", "csv", "json"])
def test_the_log_can_be_taken_out(plan, member, client_of, ending):
    round_ = sent_round(plan)
    answer = client_of(member(Role.LEAD)).get(f"/o/northmoor/rounds/{round_.pk}/log.{ending}")
    assert (answer.status_code, "attachment" in answer["Content-Disposition"]) == (200, True)
    if ending == "csv":
        assert "workshops@northmoor.example" in answer.content.decode()

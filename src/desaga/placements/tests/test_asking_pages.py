"""The pages of approval: behind the link, on the applicant's page, for those who run the scheme; and who gets nowhere."""

from __future__ import annotations

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from desaga.accounts.models import User
from desaga.accounts.tests.factories import UserFactory
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..approving import AskingState
from ..models import Answer, Application, Asking, AskingKey
from ..operations import applications
from ..private import delete_ended
from .factories import answered, asking_of, link_to, make_applicant, make_application, make_scheme, sent, with_role

MONA, HUGO = "mona.manager@farfield.example", "hugo.host@hostwick.example"
WRITES = ("INSERT", "UPDATE", "DELETE")


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


@pytest.fixture
def application(scheme):
    return sent(make_application(scheme))


def press(client, link, **data):
    path, _, key = link.partition("?key=")
    return client.post(path, {"key": key, "name": "Mona Manager", **data})


def until(days):
    day = timezone.localdate() + timedelta(days=days)
    return {f"deputy_until_{part}": str(getattr(day, part)) for part in ("day", "month", "year")}


def state_of(asking):
    with within(asking.organisation):
        return str(Asking.objects.get(pk=asking.pk).state)


def applicant_of(application):
    return User.objects.get(person=application.applicant_id)


def own_address(name, asking, application):
    scheme = application.scheme
    return reverse(f"placements:{name}", args=[scheme.organisation.slug, scheme.slug, application.reference, asking.pk])


# ---- Behind the link


def test_opening_the_link_writes_nothing_however_often(client, application):
    link = link_to(MONA)
    with CaptureQueriesContext(connection) as seen:
        for _ in range(3):
            assert client.get(link).status_code == 200
            assert client.head(link).status_code == 200
    assert [query["sql"] for query in seen if query["sql"].lstrip().startswith(WRITES)] == []
    assert "sessionid" not in client.cookies
    assert state_of(asking_of(application, "line_manager")) == "asked"


def test_the_first_touch_says_that_it_was_opened(client, application):
    path, _, key = link_to(MONA).partition("?key=")
    assert client.post(f"{path}opened/", {"key": key}).status_code == 204
    assert state_of(asking_of(application, "line_manager")) == "opened"
    assert client.post(f"{path}opened/", {"key": "guessed"}).status_code == 404


def test_the_manager_reads_what_was_written_and_the_host_no_money(client, application):
    with within(application.organisation):
        Answer.objects.filter(application=application, key="job").update(value="<b>Senior</b>")
    seen = {email: client.get(link_to(email)).content.decode() for email in (MONA, HUGO)}
    assert "To learn how helium is recovered." in seen[MONA]
    assert "&lt;b&gt;Senior" in seen[MONA]
    assert "£1,020.50" in seen[MONA]
    assert "To learn how helium is recovered." in seen[HUGO]
    assert "£" not in seen[HUGO].partition("<main")[2]
    assert MONA not in seen[HUGO]


def test_whoever_approves_finds_cover_and_cost_as_they_were_said_and_puts_them_right(client, client_of, application):
    link = link_to(MONA)
    page = client.get(link)
    main = page.text.partition("<main")[2]
    for said in ("Cover, as they say", "Nadia runs the stores.", "Cost to your department, as they say", "£250.00"):
        assert said in main
    form = page.context["form"]
    assert [form[name].value() for name in form.own] == [10, "Nadia runs the stores.", Decimal(250)]
    press(client, link, verdict="approve", working_days="9", cover="Nadia and Bea.", cost="300")
    asking = asking_of(application, "line_manager")
    assert (asking.working_days, asking.cover, asking.cost) == (9, "Nadia and Bea.", Decimal(300))
    assert "Nadia and Bea." in client_of(applicant_of(application)).get(application.get_absolute_url()).text


def test_a_host_is_not_told_of_cover_and_cost(client, application):
    page = client.get(link_to(HUGO))
    assert not re.search(r"as they say|Nadia|\b250\b", page.text.partition("<main")[2])
    assert {"cover", "cost"}.isdisjoint(page.context["form"].fields)


def test_where_nobody_said_so_nothing_is_said_for_them(client, scheme):
    sent(make_application(scheme, cover_at_work="", department_cost=""))
    page = client.get(link_to(MONA))
    assert "as they say" not in page.text
    assert [page.context["form"][name].value() for name in ("cover", "cost")] in ([None, None], ["", None])


def test_what_is_missing_is_said_and_what_was_typed_stays(client, application):
    link = link_to(MONA)
    deputy = {"verdict": "deputy", "deputy_name": "D", "deputy_email": "d@away.example"}
    for data, words in (
        ({}, "Say what you answer."),
        ({"verdict": "refuse"}, "Write the reason."),
        ({"verdict": "approve_if"}, "Write the condition."),
        ({"verdict": "pass", "other_name": "X", "other_email": "x"}, "Write an e-mail address like"),
        (deputy | until(-1), "Choose a day from today on"),
        (deputy | until(9), "By this link Desaga writes only"),
    ):
        page = press(client, link, cover="Bea does it.", **data)
        assert page.status_code == 422
        assert words in page.content.decode()
        assert "Bea does it." in page.content.decode()
    assert state_of(asking_of(application, "line_manager")) == "opened"


def test_pressed_twice_is_said_once_and_stands(client, application):
    link = link_to(MONA)
    for verdict in ("approve", "refuse"):
        assert press(client, link, verdict=verdict, reason="No.").status_code == 302
    asking = asking_of(application, "line_manager")
    assert (asking.state, asking.reason) == ("given", "")
    assert "Thank you: nothing more is asked of you" in client.get(link).content.decode()


def test_a_key_that_opens_nothing(client, application, other_organisation):
    path, _, key = link_to(MONA).partition("?key=")
    foreign = path.replace(application.organisation.slug, other_organisation.slug)

    def answers(path, key):
        said = {"key": key, "name": "M", "verdict": "approve"}
        return [client.get(path, {"key": key}).status_code, client.post(path, said).status_code]

    assert [answers(*one) for one in ((path, "x" * 43), (path, ""), (foreign, key))] == [[404, 404]] * 3
    with within(application.organisation):
        AskingKey.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert answers(path, key) == [404, 404]
    assert state_of(asking_of(application, "line_manager")) == "asked"


def test_a_key_answers_its_own_asking_and_no_other(client, scheme, application):
    other = sent(make_application(scheme, ask_line_manager={"name": "Otto", "email": "otto@farfield.example"}))
    press(client, link_to("otto@farfield.example"), verdict="approve", asking=asking_of(application, "line_manager").pk)
    assert state_of(asking_of(application, "line_manager")) == "asked"
    assert state_of(asking_of(other, "line_manager")) == "given"


@pytest.mark.parametrize(
    ("end", "words"), [("take_back", "does not open any more"), ("replaced", "somebody else is asked")]
)
def test_a_link_that_ended_says_so_and_does_nothing(client, application, end, words):
    link = link_to(MONA)
    if end == "take_back":
        with within(application.organisation):
            applications.take_back(actor=None, application=application)
    else:
        press(client, link, verdict="pass", other_name="Nell", other_email="nell@farfield.example")
    for answer in (client.get(link), press(client, link, verdict="approve")):
        assert answer.status_code == 410
        assert words in answer.content.decode()


def test_whoever_applies_answers_nothing_by_a_link(client_of, application):
    browser, link = client_of(applicant_of(application)), link_to(MONA)
    assert browser.get(link).status_code == 403
    page = press(browser, link, verdict="approve")
    assert (page.status_code, "You are signed in as whoever applies" in page.content.decode()) == (403, True)
    assert state_of(asking_of(application, "line_manager")) == "asked"


def test_a_letter_is_handed_in_and_read_by_those_concerned_alone(client, client_of, organisation, manager):
    fund = make_scheme(organisation, actor=manager, like="collaboration-fund")
    application = sent(make_application(fund, like="collaboration-fund"))
    file = SimpleUploadedFile("letter.txt", b"We support it.", content_type="text/plain")
    assert press(client, link_to("lena.lead@farfield.example"), verdict="approve", file=file).status_code == 302
    asking = asking_of(application, "leader")
    own = own_address("fetch_own_letter", asking, application)
    theirs = reverse("placements:fetch_letter", args=[organisation.slug, fund.slug, asking.pk])
    assert client_of(applicant_of(application)).get(own).content == b"We support it."
    assert client_of(manager).get(theirs).content == b"We support it."
    reviewer, stranger = with_role(organisation, Role.REVIEWER, "Rae Reviewer"), make_applicant(fund, "Other Body")
    assert client_of(reviewer).get(theirs).status_code == 403
    assert client_of(stranger).get(own).status_code == 404


# ---- The applicant


def test_the_applicant_reads_who_is_asked_and_what_they_said(client_of, application):
    answered(application, "line_manager", "approve_if", words="Back by the 1st.", waits=True, fields={"cost": 250})
    browser = client_of(applicant_of(application))
    page = browser.get(application.get_absolute_url()).content.decode()
    for words in ("Given on a condition", "Back by the 1st.", "£250.00", "Accept the condition", "Ask somebody else"):
        assert words in page
    press = own_address("accept_condition", asking_of(application, "line_manager"), application)
    assert "You accepted the condition" in browser.post(press, follow=True).content.decode()


def test_the_applicant_asks_somebody_else(client_of, application):
    browser, asking = client_of(applicant_of(application)), asking_of(application, "host")
    page = own_address("replace_asked", asking, application)
    own = {"name": "Me", "email": application.email}
    assert "is your own" in browser.post(page, own).content.decode()
    done = browser.post(page, {"name": "Hilda", "email": "hilda@hostwick.example"}, follow=True)
    assert "Hilda is asked, by e-mail." in done.content.decode()
    assert asking_of(application, "host").email == "hilda@hostwick.example"


def test_nobody_but_the_applicant_does_anything_of_theirs(client, client_of, scheme, application, manager):
    other, asking = sent(make_application(scheme)), asking_of(application, "host")
    browsers = [client_of(one) for one in (make_applicant(scheme, "Other Body"), applicant_of(other), manager)]
    form = {"name": "X", "email": "x@hostwick.example"}
    for name in ("remind_asked", "replace_asked", "accept_condition"):
        address = own_address(name, asking, application)
        assert [browser.post(address, form).status_code for browser in browsers] == [404, 404, 404]
        assert client.post(address, form).status_code == 302
        # Nor does an applicant reach another's asking by the address of their own application.
        assert browsers[1].post(own_address(name, asking, other), form).status_code == 404
    assert state_of(asking) == "asked"


# ---- Those who run the scheme


def test_staff_see_who_is_asked_and_nothing_that_was_written(client_of, scheme, application, manager):
    browser, address = (
        client_of(manager),
        reverse("placements:list_approvals", args=[scheme.organisation.slug, scheme.slug]),
    )
    browser.get(address)
    counts = []
    for more in (0, 2):
        for _ in range(more):
            sent(make_application(scheme))
        with CaptureQueriesContext(connection) as seen:
            page = browser.get(address).content.decode()
        counts.append(len(seen))
    assert counts[0] == counts[1]
    assert page.count("Mona Manager") >= 3
    assert "To learn how helium" not in page


def test_staff_write_down_what_was_said_by_phone(client_of, scheme, application, manager):
    asking = asking_of(application, "line_manager")
    address = reverse("placements:enter_answer", args=[scheme.organisation.slug, scheme.slug, asking.pk])
    browser = client_of(manager)
    assert "ask somebody else" not in browser.get(address).content.decode()
    browser.post(address, {"name": "Mona Manager", "verdict": "approve", "working_days": "9"})
    page = client_of(applicant_of(application)).get(application.get_absolute_url()).content.decode()
    assert "Said by Mona Manager, by phone, written down by Sam Scheme" in " ".join(page.split())
    stranger = client_of(UserFactory())
    assert stranger.post(address, {"name": "M", "verdict": "approve"}).status_code == 404


def test_staff_ask_for_changes(client_of, scheme, application, manager):
    for key in ("line_manager", "host"):
        answered(application, key)
    address = reverse("placements:ask_for_changes", args=[scheme.organisation.slug, scheme.slug, application.reference])
    browser = client_of(manager)
    assert "Fill this in." in browser.post(address, {"open_parts": ["money"]}).content.decode()
    assert browser.post(address, {"open_parts": ["money"], "words": "Say what the train costs."}).status_code == 302
    with within(scheme.organisation):
        held = Application.objects.get(pk=application.pk)
        assert (held.state, held.open_sections) == ("changes_asked", ["money"])


def test_ended_keys_go_when_their_time_is_over(application):
    with within(application.organisation):
        until = timezone.now() + timedelta(days=365)
        assert delete_ended(application.organisation, until, True) == {"keys of links": 2}
        assert delete_ended(application.organisation, timezone.now(), False) == {"keys of links": 0}
        assert Asking.objects.filter(state=AskingState.ASKED).count() == 2

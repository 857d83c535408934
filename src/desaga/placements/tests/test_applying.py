"""The applicant's way, as people and attackers meet it: through real requests."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse

from desaga.accounts.models import SignUp, User
from desaga.audit.models import Entry
from desaga.organisations.models import Person
from desaga.organisations.states import Role
from desaga.privacy.collecting import everything_about
from desaga.tenancy.context import within

from ..answering import parts
from ..defining import QuestionKind
from ..models import Application
from ..operations import applications, schemes
from ..operations.applications import MOST_BEGUN
from ..queries.applications import own_applications, typed
from .factories import answers_for, make_applicant, make_application, make_scheme, received, with_role

WORDS = "three words and more"


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


def apply_url(scheme: Any) -> str:
    return reverse("placements:apply", args=[scheme.organisation.slug, scheme.slug])


def own_url(application: Any, name: str, **more: Any) -> str:
    ids = {"organisation_slug": application.organisation.slug, "scheme_slug": application.scheme.slug}
    return reverse(f"placements:{name}", kwargs={**ids, "reference": application.reference, **more})


def as_sent(question: Any, raw: Any) -> dict[str, Any]:
    """What a browser sends for an answer."""
    if question.kind == QuestionKind.COSTS:
        sent = {f"{question.key}_rows": len(raw)}
        return sent | {f"{question.key}_{n}_{name}": words for n, one in enumerate(raw) for name, words in one.items()}
    if isinstance(raw, dict):
        return {f"{question.key}_{name}": words for name, words in raw.items()}
    return {} if raw is None else {question.key: raw}


def write(client: Any, application: Any, part: Any, answers: dict[str, Any], **more: Any) -> Any:
    sent = {name: words for one in part.questions for name, words in as_sent(one, answers.get(one.key)).items()}
    return client.post(own_url(application, "write_part", part=part.key), {**sent, "page": uuid4(), **more})


def test_from_the_page_of_a_scheme_to_an_application_that_was_sent(client, scheme):
    page = client.get(apply_url(scheme))
    assert "Apply now, heard on" in page.text
    assert "Make an account and begin" in page.text
    join = re.search(r'href="([^"]*account/new/[^"]*)"', page.text)[1]
    client.post(join, {"email": "Ines@Elsewhere.example", "next": apply_url(scheme)})
    key = re.search(r"key=(\S+)", mail.outbox[-1].body)[1]
    answer = client.post(reverse("accounts:join"), {"key": key, "name": "Ines Field", "password": WORDS}, follow=True)
    assert answer.redirect_chain[-1][0] == apply_url(scheme)
    assert SignUp.objects.get().used_at

    begin = reverse("placements:begin_application", args=[scheme.organisation.slug, scheme.slug])
    submission = uuid4()
    first, second = (client.post(begin, {"submission": submission}) for _ in range(2))
    assert first.url == second.url
    with within(scheme.organisation):
        application = Application.objects.select_related("organisation", "scheme", "version").get()
    answers = answers_for()
    for part in parts(application.definition):
        assert client.get(own_url(application, "write_part", part=part.key)).status_code == 200
        if part.key != "abroad_checks":
            answer = write(client, application, part, answers, done="yes")
            assert answer.status_code == 302, answer.text
    check = client.get(own_url(application, "check_answers"))
    assert "Together: £1,020.50" in check.text
    assert "Not needed" in client.get(first.url).text
    sent = client.post(own_url(application, "check_answers"), follow=True)
    assert application.reference in sent.text
    assert "It is sent" in sent.text
    assert "Cryogenics at another facility" in mail.outbox[-1].body
    assert mail.outbox[-1].to == ["ines@elsewhere.example"]
    user = User.objects.get(email="ines@elsewhere.example")
    with within(user=user):
        assert [one.state for one in own_applications()] == ["with_approvers"]
    with within(scheme.organisation):
        assert not Person.objects.filter(name="Ines Field").exists()
        kept = typed(application)
        assert kept["costs"] == answers["costs"]
        assert {key: kept[key] for key in answers if key in kept} == answers


def test_a_scheme_that_is_closed_says_so_and_offers_no_account(client, client_of, scheme, manager):
    with within(scheme.organisation, user=manager):
        schemes.edit_scheme(actor=manager, scheme=scheme, ending="It ends with this year.")
        schemes.close_scheme(actor=manager, scheme=scheme)
    page = client.get(apply_url(scheme)).text
    assert "No applications are taken now" in page
    assert "It ends with this year." in page
    assert "Make an account" not in page
    assert client.get(reverse("accounts:ask_to_join"), {"next": apply_url(scheme)}).status_code == 404
    begin = reverse("placements:begin_application", args=[scheme.organisation.slug, scheme.slug])
    client_of(make_applicant(scheme)).post(begin)
    with within(scheme.organisation):
        assert not Application.objects.exists()


def test_nobody_begins_without_end(client_of, scheme):
    me = client_of(make_applicant(scheme))
    begin = reverse("placements:begin_application", args=[scheme.organisation.slug, scheme.slug])
    for _ in range(MOST_BEGUN + 1):
        me.post(begin)
    assert "as many applications" in me.get(apply_url(scheme)).text
    with within(scheme.organisation):
        assert Application.objects.count() == MOST_BEGUN


def test_whoever_runs_the_scheme_learns_of_no_draft_by_the_audit(scheme):
    application = make_application(scheme)
    with within(scheme.organisation):
        applications.withdraw(actor=None, application=application)
        entries = Entry.objects.filter(thing_kind="placements.application")
        assert not entries.filter(organisation=scheme.organisation).exists()
    later = received(make_application(scheme))
    with within(scheme.organisation):
        verbs = Entry.objects.filter(thing_id=str(later.pk), thing_kind="placements.application").values_list(
            "verb", flat=True
        )
        assert list(verbs) == ["received"]


def test_ones_own_applications_are_in_what_one_takes_of_ones_data(scheme):
    applicant = make_applicant(scheme)
    application = make_application(scheme, applicant=applicant)
    make_application(scheme)
    (told,) = [one for one in everything_about(applicant)["parts"] if one["what"] == "Applications to schemes"]
    (row,) = told["rows"]
    assert row["Reference"] == application.reference
    assert row["A title for it"] == "Cryogenics at another facility"

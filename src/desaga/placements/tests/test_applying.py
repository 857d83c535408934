"""The applicant's way, as people and attackers meet it: through real requests."""

from __future__ import annotations

import re
from typing import Any
from uuid import uuid4

import pytest
from django.core import mail
from django.urls import reverse

from desaga.accounts.models import SignUp, User
from desaga.organisations.models import Person
from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..answering import parts
from ..defining import QuestionKind
from ..models import Application
from ..queries.applications import own_applications, typed
from .factories import answers_for, make_scheme, with_role

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

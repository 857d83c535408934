"""The workspace's pages of newsletters."""

from __future__ import annotations

import pytest

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import Issue
from .factories import a_piece, make_issue, send, subscriber

pytestmark = pytest.mark.django_db
OWN = "/o/northmoor/newsletters/"


def test_an_editor_composes_and_looks_and_a_lead_sends(organisation, member, shelf, client_of):
    subscriber(organisation)
    client = client_of(member(Role.EDITOR))
    begun = client.post(f"{OWN}begin/", {"title": "Summer", "introduction": "Dear all"})
    with within(organisation):
        issue = Issue.objects.get()
    assert begun.url == f"{OWN}{issue.pk}/choose/"
    assert "News: News 2" in client.get(begun.url).text
    assert client.post(begun.url, {"keys": ["news:1", "news:2"]}).status_code == 302
    shown = client.get(f"{OWN}{issue.pk}/").text
    assert ["News 1" in shown, "Dear all" in shown, "A lead sends it" in shown, ">Send it<" in shown] == [
        True,
        True,
        True,
        False,
    ]
    mail = client.get(f"{OWN}{issue.pk}/preview/")
    assert "unsafe-inline" in mail.headers["Content-Security-Policy"]
    assert "End it with one press" in mail.text
    # The introduction is free words to everybody: as on the site, whoever leads lets it out.
    assert [client.get(f"{OWN}{issue.pk}/send/").status_code, client.post(f"{OWN}{issue.pk}/send/").status_code] == [
        403,
        403,
    ]
    client = client_of(member(Role.LEAD))
    assert ">Send it<" in client.get(f"{OWN}{issue.pk}/").text
    assert "One person has subscribed" in client.get(f"{OWN}{issue.pk}/send/").text
    assert client.post(f"{OWN}{issue.pk}/send/").status_code == 302
    sent = client.get(f"{OWN}{issue.pk}/").text
    assert ["Being sent" in sent, "Waiting" in sent, "Issue 1" in sent] == [True] * 3
    assert client.get(f"{OWN}{issue.pk}/edit/").status_code == 404


def test_others_open_nothing(organisation, other_organisation, member, lead, shelf, client_of):
    issue = make_issue(organisation, actor=lead)
    technician, stranger = (
        client_of(member(Role.TECHNICIAN)),
        client_of(member(Role.LEAD, organisation=other_organisation)),
    )
    addresses = [OWN, f"{OWN}{issue.pk}/", f"{OWN}{issue.pk}/preview/", f"{OWN}{issue.pk}/send/"]
    assert [technician.get(one).status_code for one in addresses] == [403] * 4
    assert [stranger.get(one).status_code for one in addresses] == [404] * 4


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_asks_as_often_for_three_as_for_one(organisation, lead, shelf, client_of, query_count, number):
    subscriber(organisation)
    client = client_of(lead)
    client.get(OWN)
    for title in "abc"[:number]:
        send(make_issue(organisation, actor=lead, title=title), actor=lead)
    with query_count(15):
        shown = client.get(OWN)
    assert len(shown.context["rows"]) == number


@pytest.mark.parametrize("number", [1, 3])
def test_an_issue_asks_as_often_for_three_pieces_as_for_one(organisation, lead, shelf, client_of, query_count, number):
    shelf.put(*(a_piece(one) for one in range(1, 4)))
    issue = make_issue(organisation, actor=lead, keys=[f"news:{one}" for one in range(1, number + 1)])
    client = client_of(lead)
    client.get(f"{OWN}{issue.pk}/")
    with query_count(17):
        client.get(f"{OWN}{issue.pk}/")

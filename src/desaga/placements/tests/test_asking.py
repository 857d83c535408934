"""Asking those who must approve: by operations, from the sending to the last yes."""

from __future__ import annotations

import pytest

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import Application, Asking
from .factories import letters, link_in, make_application, make_scheme, sent, with_role


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager, contact="fund@northmoor.example")


@pytest.fixture
def application(scheme):
    return sent(make_application(scheme))


def states(application):
    with within(application.organisation):
        return {one.key: one.state for one in Asking.objects.filter(application=application).order_by("pk")}


def state_of(application):
    with within(application.organisation):
        return Application.objects.get(pk=application.pk).state


def test_sent_asked_answered_received(client, application):
    assert states(application) == {"line_manager": "asked", "host": "asked"}
    [mail] = letters("mona.manager@farfield.example")
    assert mail.reply_to == "fund@northmoor.example"
    page = client.get(link_in(mail)).content.decode()
    assert "Cryogenics at another facility" in page
    assert "To learn how helium is recovered." in page
    for key, email in (("line_manager", "mona.manager@farfield.example"), ("host", "hugo.host@hostwick.example")):
        [mail] = letters(email)
        path, _, secret = link_in(mail).partition("?key=")
        told = {"key": secret, "name": "Who Answers", "verdict": "approve", "supervisor": "Sue", "working_days": "10"}
        assert client.post(path, told).status_code == 302, key
    assert state_of(application) == "received"
    assert states(application) == {"line_manager": "given", "host": "given"}

"""Programs look at the links in mail before people do: opening one writes nothing, whichever it is."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import Award
from ..operations import attending, deciding, hosting
from ..queries.asking import key_opened
from .awarding import accepted, afresh, agreed, letters_to, link_to
from .factories import asking_of, make_application, make_scheme, sent, with_role
from .factories import link_to as link_to_answer
from .fund import offer_told
from .keeping import finished

MONA, HUGO, KESTREL = "mona.manager@farfield.example", "hugo.host@hostwick.example", "hugo@kestrel.example"
WRITES = ("INSERT", "UPDATE", "DELETE")


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


def to_sign(organisation, manager):
    accepted(make_scheme(organisation, actor=manager), actor=manager)
    return link_to(MONA, "sign/")


def to_copy(organisation, manager):
    return to_sign(organisation, manager).replace("/sign/", "/sign/copy/")


def to_days(organisation, manager):
    award, today = agreed(make_scheme(organisation, actor=manager), actor=manager), timezone.localdate()
    with within(organisation, user=manager):
        Award.objects.filter(pk=award.pk).update(starts_on=today - timedelta(days=9), ends_on=today)
        attending.ask_days_now(award=afresh(award), actor=manager)
    return link_to(HUGO, "days/")


def to_outcome(organisation, manager):
    _, application, _ = finished(organisation, actor=manager, is_past=False)
    return link_to(application.email, "outcome/")


def to_deputy(organisation, manager):
    asking = asking_of(sent(make_application(make_scheme(organisation, actor=manager))), "line_manager")
    with within(organisation):
        deciding.leave_deputy(
            asking=asking, name="Bea Deputy", email="bea@farfield.example", until=timezone.localdate(), also_later=True,
            link=key_opened(organisation, link_to_answer(MONA).rpartition("=")[2]),
        )  # fmt: skip
    return link_to(MONA, "deputy/")


def to_host_offer(organisation, manager):
    with within(organisation):
        hosting.say_offer(scheme=make_scheme(organisation, actor=manager), email=KESTREL, **offer_told())
    return link_to(KESTREL, "host/")


@pytest.mark.parametrize("made", [to_sign, to_copy, to_days, to_outcome, to_deputy, to_host_offer])
def test_opening_a_link_writes_nothing_however_often(organisation, manager, client, made):
    link = made(organisation, manager)
    mails = len(letters_to(MONA))
    with CaptureQueriesContext(connection) as seen:
        for _ in range(2):
            assert client.get(link).status_code == 200
            client.head(link)
    assert [query["sql"] for query in seen if query["sql"].lstrip().startswith(WRITES)] == []
    assert "sessionid" not in client.cookies
    assert len(letters_to(MONA)) == mails

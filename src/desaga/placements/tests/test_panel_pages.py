"""The panel's pages, walked as people walk them: eligible, given to read, declared, read, scored."""

from __future__ import annotations

import pytest
from django.urls import reverse

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import Assignment, EligibilityCheck, Score
from .factories import make_application, make_scheme, received, with_role
from .panels import make_member


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


@pytest.fixture
def as_user(client):
    def sign_in(user):
        client.force_login(user)
        return client

    return sign_in


def at(name, scheme, *more):
    return reverse(f"placements:{name}", args=[scheme.organisation.slug, scheme.slug, *more])


def test_from_receipt_to_a_score(scheme, manager, as_user):
    application = received(make_application(scheme))
    reader, member = make_member(scheme, actor=manager)
    staff = as_user(manager)
    assert application.reference in staff.get(at("list_applications", scheme)).content.decode()
    page = staff.get(at("look_at_application", scheme, application.reference)).content.decode()
    assert "To learn how helium is recovered." in page
    staff.post(at("find_eligible", scheme, application.reference), {"words": "All in order."})
    staff.post(at("add_reader", scheme, application.reference), {"member": member.pk})

    visitor = as_user(reader)
    told = visitor.get(at("list_reading", scheme)).content.decode()
    assert "Cryogenics at another facility" in told
    assert "Ines Field" not in told
    read = at("read_application", scheme, application.reference)
    assert visitor.get(read).status_code == 404
    answer = visitor.post(at("declare", scheme, application.reference), {"kind": "none"})
    assert answer.url == read
    assert "To learn how helium is recovered." in visitor.get(read).content.decode()

    sheet = {"learning-value": "3", "learning-reason": "A clear way.", "gain-value": "2"}
    refused = visitor.post(read, {**sheet, "send": "yes"})
    assert refused.status_code == 422
    assert "Give a reason for your score of “What it changes at home”." in refused.content.decode()
    sheet |= {
        "gain-reason": "Two are taught.",
        "sharing-value": "3",
        "sharing-reason": "A session.",
        "value-value": "0",
        "value-reason": "Too dear.",
    }
    visitor.post(read, {**sheet, "send": "yes"})
    with within(scheme.organisation):
        reading = Assignment.objects.get()
        # (2·3 + 2·2 + 1·3 + 1·0) of (2 + 2 + 1 + 1)·3
        assert str(reading.mark) == "72.22"
        assert Score.objects.filter(assignment=reading).count() == 4
        assert EligibilityCheck.objects.get().is_eligible
    assert (
        "A clear way."
        in as_user(manager).get(at("look_at_application", scheme, application.reference)).content.decode()
    )

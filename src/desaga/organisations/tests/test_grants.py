from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from desaga.organisations.models import Unit
from desaga.organisations.operations import grants as operations
from desaga.tenancy.context import within


def count_seen_by(reader):
    with within(reader):
        return Unit.visible.count() - Unit.objects.count()


def give(owner, reader, **terms):
    with within(owner):
        return operations.give_grant(
            actor=None, organisation=owner, kind="organisations.unit", to=reader, reason="To compare", **terms
        )


def test_a_grant_holds_until_it_is_taken_back(organisation, other_organisation):
    grant = give(organisation, other_organisation)
    assert count_seen_by(other_organisation) == 1
    with within(organisation):
        operations.revoke_grant(actor=None, grant=grant)
    assert count_seen_by(other_organisation) == 0


def test_taking_back_twice_keeps_the_first_moment(organisation, other_organisation):
    grant = give(organisation, other_organisation)
    with within(organisation):
        first = operations.revoke_grant(actor=None, grant=grant).revoked_at
        assert operations.revoke_grant(actor=None, grant=grant).revoked_at == first


def test_a_grant_ends_by_itself(organisation, other_organisation):
    now = timezone.now()
    give(organisation, other_organisation, starts_at=now - timedelta(days=2), ends_at=now - timedelta(seconds=1))
    assert count_seen_by(other_organisation) == 0


@pytest.mark.parametrize(
    ("terms", "refusal"),
    [
        ({"reason": "  "}, operations.GrantWithoutReason),
        ({"ends_at": timezone.now() - timedelta(days=1)}, operations.GrantEndsBeforeStart),
    ],
)
def test_a_grant_is_refused_that_makes_no_sense(terms, refusal, tenant, other_organisation):
    with pytest.raises(refusal):
        operations.give_grant(
            **{
                "actor": None,
                "organisation": tenant,
                "kind": "organisations.unit",
                "to": other_organisation,
                "reason": "To compare",
                **terms,
            }
        )


def test_nobody_is_granted_what_is_theirs(tenant):
    with pytest.raises(operations.GrantToOneself):
        operations.give_grant(actor=None, organisation=tenant, kind="organisations.unit", to=tenant, reason="Mine")

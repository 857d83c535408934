"""What does not go on by itself is shown: on the list of awards, in what waits, and in a file."""

from __future__ import annotations

from datetime import timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..awarding import ClaimKind
from ..models import Agreement, Award, Outcome
from ..operations import chasing
from ..queries.awards import awards_of_scheme
from ..queries.stuck import STUCK, counts_of, narrowed
from ..waiting_staff import schemes_waiting
from .awarding import accepted, afresh, agreed, claimed, letters_to, paid
from .factories import make_scheme, with_role


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


def ended(award, days_ago):
    today = timezone.localdate()
    ends_on = today - timedelta(days=days_ago)
    with within(award.application.organisation):
        Award.objects.filter(pk=award.pk).update(starts_on=ends_on - timedelta(days=5), ends_on=ends_on)
        award.report.due_on = afresh(award).report_due_on
        award.report.save()
    return afresh(award)


@pytest.fixture
def awards(scheme, manager):
    """One to be signed; one of which everything else is missing."""
    to_sign, late = accepted(scheme, actor=manager), agreed(scheme, actor=manager)
    paid(claimed(late, "300", kind=ClaimKind.ADVANCE), actor=manager)
    late = ended(late, 130)
    long_ago = timezone.now() - timedelta(days=90)
    with within(scheme.organisation):
        Agreement.objects.filter(award=to_sign).update(made_at=long_ago)
        Outcome.objects.create(organisation=scheme.organisation, award=late, key="half_a_year", asked_at=long_ago)
    return to_sign, late


def test_each_thing_that_is_missing_is_found_and_nothing_else(scheme, manager, awards):
    to_sign, late = awards
    agreed(scheme, actor=manager)
    with within(scheme.organisation, user=manager):
        rows = awards_of_scheme(manager, scheme.organisation, scheme)
        assert counts_of(rows) == dict.fromkeys(STUCK, 1)
        for key in STUCK:
            assert list(narrowed(rows, {"missing": key})) == [to_sign if key == "to_sign" else late], key
        told = [one.thing for one in schemes_waiting(manager, scheme.organisation)]
        assert len(told) == len(STUCK), told
        assert "1 agreement that is not signed" in told[0]


def test_the_list_is_narrowed_searched_and_taken_out(client, scheme, manager, awards):
    to_sign, late = awards
    with within(scheme.organisation):
        Award.objects.filter(pk=to_sign.pk).update(host="Lakeside", amount=Decimal(2000))
    client.force_login(manager)
    url = reverse("placements:list_awards", args=[scheme.organisation.slug, scheme.slug])
    assert "Session promised" in client.get(url).content.decode()
    for query, found in (
        ({"q": "lakeside"}, [to_sign]),
        ({"missing": "report"}, [late]),
        ({"state": "accepted"}, [to_sign]),
        ({"sort": "amount"}, [to_sign, late]),
        ({"q": "nobody"}, []),
    ):
        assert list(client.get(url, query).context["page_obj"]) == found, query
    for format in ("xlsx", "csv", "json"):
        file = reverse("placements:take_awards_out", args=[scheme.organisation.slug, scheme.slug, format])
        answer = client.get(file, {"missing": "report"})
        assert answer.status_code == 200
        if format != "xlsx":
            text = answer.content.decode()
            assert late.application.reference in text
            assert to_sign.application.reference not in text
    assert client.get(file.replace("json", "pdf")).status_code == 404


def test_a_promised_session_is_called_to_mind_once(scheme, manager):
    award = ended(agreed(scheme, actor=manager), 61)
    for _ in range(2):
        with within(scheme.organisation):
            chasing.follow_award(award=award)
    subjects = [one.subject for one in letters_to(award.application.email)]
    assert subjects.count("The session for colleagues that you promised") == 1

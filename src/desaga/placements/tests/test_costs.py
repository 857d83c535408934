"""How many queries lists take: as many for one row as for three. Those of other lists stand beside what they are about."""

from __future__ import annotations

import pytest
from django.urls import reverse

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..models import ReservePlace, Round
from ..operations import awards
from .awarding import eligible
from .factories import make_applicant, make_application, make_round, make_scheme, with_role


@pytest.fixture
def manager(organisation):
    return with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme")


@pytest.fixture
def scheme(organisation, manager):
    return make_scheme(organisation, actor=manager)


@pytest.mark.parametrize("number", [1, 3])
def test_ones_own_applications_take_as_many_queries_for_three_as_for_one(client, scheme, manager, query_count, number):
    applicant = make_applicant(scheme)
    for one in [scheme, *(make_scheme(scheme.organisation, actor=manager) for _ in range(number - 1))]:
        make_application(one, applicant=applicant)
    client.force_login(applicant)
    for name, pinned in (("placements:list_own_applications", 10), ("home:list_waiting", 11)):
        client.get(reverse(name))
        with query_count(pinned):
            page = client.get(reverse(name))
        if "page_obj" in page.context:
            assert len(page.context["page_obj"].object_list) == number
    assert "Finish" not in page.text, "Their cut-off is not near."


@pytest.mark.parametrize("number", [1, 3])
def test_reserve_lists_of_three_panels_take_as_many_queries_as_one(client, scheme, manager, query_count, number):
    rounds = [Round._base_manager.get(scheme=scheme), *(make_round(scheme, actor=manager, meets_in=70 + n) for n in range(number - 1))]  # fmt: skip
    for rank, round_ in enumerate(rounds, 1):
        application = eligible(scheme, actor=manager, title=f"Placement {rank}")
        with within(scheme.organisation, user=manager):
            awards.put_on_reserve(application=application, rank=rank, actor=manager)
            ReservePlace.objects.filter(application=application).update(round=round_)
    client.force_login(manager)
    url = reverse("placements:list_awards", args=[scheme.organisation.slug, scheme.slug])
    client.get(url)
    with query_count(21):
        page = client.get(url)
    assert [(one, len(waiting)) for one, _, waiting, _ in page.context["reserves"]] == [(one, 1) for one in rounds]
    assert {left for _, left, _, _ in page.context["reserves"]} == {20_000}

"""What the public is told in numbers: only what was released, and protected."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from desaga.organisations.states import Role
from desaga.tenancy.context import within

from ..figures import AWARD, CUTS, NO_AWARD, OUTCOME_OF, UNKNOWN, Told, figures
from ..models import Round
from ..queries.figures import told_outcomes
from ..states import CAME_IN, UNDECIDED, ApplicationState
from .factories import make_application, make_scheme, moved, received, with_role


def seen(table):
    return {label: [cell[0] for cell in cells] for label, cells in table.as_words}


def test_counts_are_rounded_and_totals_after_they_are_calculated():
    told = [Told("2026", "England", UNKNOWN, AWARD)] * 7 + [Told("2026", "Wales", UNKNOWN, NO_AWARD)] * 2
    by_year, by_nation = figures(told)
    assert seen(by_year) == {"2026": ["5", "0", "0", "10"], "All": ["5", "0", "0", "10"]}
    assert seen(by_nation) == {
        "England": ["5", "0", "0", "5"],
        "Wales": ["0", "0", "0", "0"],
        "All": ["5", "0", "0", "10"],
    }


def test_nothing_told_is_nothing_shown():
    assert figures([]) == []


def test_every_outcome_that_ends_the_panels_work_has_its_word():
    decided = (set(CAME_IN) - set(UNDECIDED)) | {ApplicationState.WITHDRAWN}
    assert set(OUTCOME_OF) == decided
    assert len(CUTS) == 3


@pytest.fixture
def scheme(organisation):
    return make_scheme(organisation, actor=with_role(organisation, Role.SCHEME_MANAGER, "Sam Scheme"))


def release(scheme):
    with within(scheme.organisation):
        Round.objects.filter(scheme=scheme).update(state="released", released_at=timezone.now())


def test_what_was_not_released_is_not_counted(scheme, client_of):
    for _ in range(3):
        moved(received(make_application(scheme)), "find_eligible", "decline")
    address = reverse("placements:show_open_scheme", args=[scheme.organisation.slug, scheme.slug])
    with within(scheme.organisation):
        assert told_outcomes(scheme) == []
    assert "Applications so far" not in client_of(None).get(address).text
    release(scheme)
    with within(scheme.organisation):
        told = told_outcomes(scheme)
    assert [(one.nation, one.discipline, one.outcome) for one in told] == [
        ("England", "Physical sciences", NO_AWARD)
    ] * 3
    page = client_of(None).get(address).text
    assert "Rounded to the nearest 5." in page
    assert '<th scope="row">England</th>' in page


def test_a_draft_and_what_is_undecided_are_never_counted(scheme):
    make_application(scheme)
    received(make_application(scheme))
    release(scheme)
    with within(scheme.organisation):
        assert told_outcomes(scheme) == []


@pytest.mark.parametrize("number", [1, 3])
def test_the_page_costs_the_same_at_one_and_three(scheme, client_of, query_count, number):
    for _ in range(number):
        moved(received(make_application(scheme)), "find_eligible", "decline")
    release(scheme)
    client = client_of(None)
    address = reverse("placements:show_open_scheme", args=[scheme.organisation.slug, scheme.slug])
    client.get(address)
    with query_count(18):
        client.get(address)

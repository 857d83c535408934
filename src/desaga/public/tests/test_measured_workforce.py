"""A measure that is read from figures of technical staff, on a published plan: the public reads what the lead shows the public, or nothing."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from typing import Any

import pytest

from desaga.indicators.operations import take_readings
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import OrganisationFactory, member_of
from desaga.plans.models import Measure
from desaga.plans.tests.factories import PlanFactory, make_action
from desaga.tenancy.context import within
from desaga.workforce.operations import releases
from desaga.workforce.tests.factories import csv_of, loaded, released

from ..operations import publications
from .factories import publish

pytestmark = pytest.mark.django_db
#: And four at another grade, which are hidden inside; the public reads 65 and 5.
PEOPLE = 62


@pytest.fixture
def organisation() -> Any:
    return OrganisationFactory()


@pytest.fixture
def copy(organisation: Any) -> Any:
    """A published plan with measures of the whole, of a hidden grade, and of what was never released."""
    steward = member_of(organisation, Role.HR_DATA_STEWARD)
    grades = ["5"] * PEOPLE + ["6"] * 4
    rows = [(str(number), grade) for number, grade in enumerate(grades)]
    snapshot = loaded(organisation, csv_of(rows, ("Employee No", "Grade")), actor=steward, coverage="technical")
    released(organisation, snapshot, actor=steward)
    plan = PlanFactory(organisation=organisation, title="Technicians count")
    action = make_action(plan, code="V1", title="Keep technicians")
    told = {"organisation": organisation, "plan": plan, "action": action, "target": Decimal(90)}
    with within(organisation):
        for order, (what, line) in enumerate({"technicians": "", "at grade 6": "6"}.items()):
            cut = {"indicator_cut": "grade", "indicator_part": line} if line else {}
            Measure.objects.create(order=order, what=what, indicator="workforce.headcount", **cut, **told)
        Measure.objects.create(order=3, what="leavers", indicator="workforce.leavers", **told)
        take_readings(organisation=organisation, today=date(2026, 11, 28))
    return publish(plan)


def measured(copy: Any, client: Any) -> list[str]:
    """What page, CSV and JSON say of measures, in one text each."""
    address = copy.get_absolute_url()
    return [client.get(address).text, client.get(f"{address}plan.csv").text, client.get(f"{address}plan.json").text]


def test_the_public_reads_nothing_of_figures_that_it_is_not_shown(copy: Any, client: Any) -> None:
    page, table, data = measured(copy, client)

    assert [text.count("not shown to the public") for text in (page, table)] == [3, 3]
    assert [word in text for text in (page, table, data) for word in ("65 on", "on 28 November 2026")] == [False] * 6


def test_the_public_reads_of_a_measure_what_the_lead_shows_it(organisation: Any, copy: Any, client: Any) -> None:
    lead = member_of(organisation, Role.LEAD)
    with within(organisation, user=lead):
        releases.show_to_public(actor=lead, organisation=organisation)
        publications.renew(actor=lead, publication=copy.publication)
    page, table, _ = measured(copy, client)
    told = [
        "technicians: 65 on 31 July 2025, rounded, from the figures for the public",
        "at grade 6: 5 on 31 July 2025",
    ]

    assert [words in text for text in (page, table) for words in told] == [True] * 4
    assert [text.count("not shown to the public") for text in (page, table)] == [1, 1]
    with within(organisation, user=lead):
        releases.hide_from_public(actor=lead, organisation=organisation)
        publications.renew(actor=lead, publication=copy.publication)
    assert "65 on" not in client.get(copy.get_absolute_url()).text

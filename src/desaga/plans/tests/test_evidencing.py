"""Readings as evidence: what fills an action's measures shows that it moved, and gives nothing away."""

from __future__ import annotations

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.utils import timezone

from desaga.evidence.models import Evidence
from desaga.evidence.operations import GivenPiece, RecordIsGone
from desaga.evidence.records import told_of
from desaga.indicators.lines import Line
from desaga.indicators.models import Reading
from desaga.indicators.operations import add_series, read_series, take_readings
from desaga.organisations.states import Role
from desaga.tenancy.context import within
from desaga.workforce.indicators import INDICATORS
from desaga.workforce.releasing.sight import UNIT_ROWS

from ..evidencing import ReadingRecords
from ..models import Measure
from ..operations import measures
from ..operations.evidence import give_evidence
from .factories import PlanFactory, make_action

MAY, JUNE = date(2026, 5, 4), date(2026, 6, 8)
FIGURE, UNIT_CUT = INDICATORS[0].key, next(iter(UNIT_ROWS))


@pytest.fixture
def action(organisation):
    plan = PlanFactory(organisation=organisation, title="Plan of ours", state="active")
    return make_action(plan, code="A1", title="Tell stories", success="4 case studies.", last_day=date(2026, 1, 1))


@pytest.fixture
def series(organisation, action):
    """What is counted by hand, and fills a measure of the action."""
    fields = {"name": "Case studies", "definition": "On our site.", "unit": "number", "better": "more"}
    with within(organisation):
        series = add_series(actor=None, organisation=organisation, **fields)
        measure = measures.accept_measure(actor=None, action=action, words="4 case studies")
        measures.bind_measure(actor=None, measure=measure, line=Line(series=series.pk))
        for on, value in ((MAY - timedelta(days=1), 1), (MAY, 2), (JUNE, 3), (JUNE, 4)):
            read_series(actor=None, series=series, value=Decimal(value), on=on)
    return series


def test_the_last_reading_of_each_month_is_offered_with_its_value_and_told_without(
    organisation, other_organisation, action, series, member, client_of
):
    browser = client_of(member(Role.PROJECT_OFFICER))
    address = f"/o/northmoor/plans/{action.plan_id}/actions/{action.pk}/evidence/give/"
    assert "Readings of what measures this action" in browser.get(address).content.decode()
    with within(organisation):
        offered = ReadingRecords().offered(action)
        assert [words for _, words in offered] == ["8 June 2026, Case studies: 4", "4 May 2026, Case studies: 2"]
        piece = GivenPiece(record=("indicators.reading", offered[0][0]))
        evidence = give_evidence(actor=None, action=action, piece=piece, given_by="Office")
    assert evidence.title == "Reading of 8 June 2026: Case studies"
    page = browser.get(f"/o/northmoor/evidence/{evidence.pk}/").content.decode()
    assert f'href="{series.get_absolute_url()}">{evidence.title}</a>' in page
    with within(other_organisation):
        assert ReadingRecords().told([pk for pk, _ in offered]) == {}
        assert list(ReadingRecords().offered(action)) == []


def test_a_figure_of_a_unit_or_of_few_people_is_neither_offered_nor_told(organisation, action, member):
    """Not even to a lead, who reads it: the piece would tell it to everybody."""
    rows = {"unit": (UNIT_CUT, "7", 12), "few": ("", "", None), "whole": ("", "", 40)}
    with within(organisation, user=member(Role.LEAD)):
        made = {
            name: Reading.objects.create(
                organisation=organisation, key=FIGURE, cut=cut, part=part, label=name, value=value, on=on
            )
            for on, (name, (cut, part, value)) in zip((MAY, MAY, JUNE), rows.items(), strict=True)
        }
        for cut, part in ((UNIT_CUT, "7"), ("", "")):
            measure = measures.add_measure(actor=None, action=action, what=f"technicians {part}")
            Measure.objects.filter(pk=measure.pk).update(
                indicator=FIGURE, indicator_cut=cut, indicator_part=part, source_name="Technicians"
            )
        assert [pk for pk, _ in ReadingRecords().offered(action)] == [made["whole"].pk]
        assert set(ReadingRecords().told([one.pk for one in made.values()])) == {made["whole"].pk}
        piece = GivenPiece(record=("indicators.reading", made["unit"].pk))
        with pytest.raises(RecordIsGone):
            give_evidence(actor=None, action=action, piece=piece, given_by="Office")
        assert not Evidence.objects.exists()


def test_a_part_that_is_read_no_more_is_told_without_an_address(organisation, action):
    today = timezone.localdate()
    with within(organisation):
        take_readings(organisation=organisation)
        reading = Reading.objects.get(key="plans.overdue", cut="plan")
        reference = ("indicators.reading", reading.pk)
        words = f"Reading of {today.day} {today:%B %Y}: Actions overdue: Plan of ours"
        assert (told_of([reference])[reference].words, told_of([reference])[reference].url) == (
            words, f"/o/northmoor/indicators/plans.overdue/?cut=plan&part={action.plan_id}",
        )  # fmt: skip
        Reading.objects.create(organisation=organisation, key="plans.overdue", value=0, on=today + timedelta(days=1))
        assert (told_of([reference])[reference].words, told_of([reference])[reference].url) == (words, "")


@pytest.mark.parametrize("number", [1, 3])
def test_readings_are_told_by_one_question(organisation, series, query_count, number):
    with within(organisation):
        pks = list(Reading.objects.values_list("pk", flat=True)[:number])
        with query_count(1):
            assert len(ReadingRecords().told(pks)) == number

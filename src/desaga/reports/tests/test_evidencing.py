"""Signed-off reports as evidence."""

from __future__ import annotations

import pytest
from django.utils import timezone

from desaga.evidence.operations import GivenPiece
from desaga.organisations.states import Role
from desaga.plans.operations.evidence import give_evidence
from desaga.plans.tests.factories import PlanFactory, make_action
from desaga.tenancy.context import within

from ..evidencing import SignedReportRecords
from ..operations import signing
from ..states import Way
from .factories import seen_of, sent_report

WORDS = "Our year, 1 January 2026 to 31 December 2026"


@pytest.fixture
def lead(member):
    return member(Role.LEAD)


@pytest.fixture
def action(organisation):
    return make_action(PlanFactory(organisation=organisation, title="Plan of ours"), code="A1", title="Award a prize")


def sign(report):
    with within(report.organisation):
        return signing.sign_off(actor=None, report=report, seen=seen_of(report), who="Vera Head", way=Way.LINK)


def test_a_report_is_evidence_once_it_is_signed_off_and_names_nobody(
    organisation, other_organisation, action, lead, client_of
):
    records, report = SignedReportRecords(), sent_report(action.plan, actor=lead)
    of_another = make_action(PlanFactory(organisation=organisation), code="B1")
    with within(organisation):
        assert (records.offered(action), records.told([report.pk])) == ([], {})
    sign(report)
    browser = client_of(lead)
    here = f"/o/northmoor/plans/{action.plan_id}/actions/{action.pk}/evidence/give/"
    assert all(words in browser.get(here).content.decode() for words in ("Signed-off reports", WORDS))
    with within(organisation, user=lead):
        assert records.offered(action) == [(report.pk, WORDS)]
        assert (records.offered(of_another), records.offered(action.plan)) == ([], [])
        piece = GivenPiece(record=("reports.report", report.pk))
        evidence = give_evidence(actor=lead, action=action, piece=piece, given_by="Office")
        assert records.told([report.pk])[report.pk].on == timezone.localdate()
    assert evidence.title == f"Signed-off report: {WORDS}"
    page = browser.get(f"/o/northmoor/evidence/{evidence.pk}/").content.decode()
    assert f'href="{report.get_absolute_url()}">{evidence.title}</a>' in page
    with within(other_organisation):
        assert (list(records.offered(action)), records.told([report.pk])) == ([], {})


@pytest.mark.parametrize("number", [1, 3])
def test_signed_off_reports_are_told_by_one_question(organisation, action, lead, query_count, number):
    reports = [sent_report(action.plan, actor=lead) for _ in range(number)]
    for report in reports:
        sign(report)
    with within(organisation), query_count(1):
        assert len(SignedReportRecords().told([one.pk for one in reports])) == number

"""The pages: whoever starts a report, writes it, comments on it, and signs it off."""

from __future__ import annotations

import io

import docx
import pytest
from django.urls import reverse

from desaga.documents.tests.pdf_checks import failures_of
from desaga.organisations.states import Role
from desaga.plans.operations.updates import give_update
from desaga.plans.tests.factories import PlanFactory, make_action
from desaga.plans.updating import Account
from desaga.tenancy.context import within

from ..models import Report


@pytest.fixture
def plan(organisation):
    plan = PlanFactory(organisation=organisation, title="Plan of ours")
    make_action(plan, code="A1", title="Show who does what", theme="Visibility")
    make_action(plan, code="A2", title="Award a prize", theme="Recognition")
    return plan


@pytest.fixture
def lead(member):
    return member(Role.LEAD)


@pytest.fixture
def client(client_of, lead):
    return client_of(lead)


def page(name, *ids, organisation):
    return reverse(f"reports:{name}", args=[organisation.slug, *ids])


def say(plan, code, lead, **account):
    with within(plan.organisation, user=lead):
        action = plan.actions.get(code=code)
        give_update(actor=lead, action=action, account=Account(**account), period="Autumn", given_by="Ann")


def section_of(report, key):
    with within(report.organisation):
        return report.sections.get(key=key)


def test_a_report_is_started_drafted_written_and_taken_out(plan, client, organisation, lead):
    say(plan, "A1", lead, status="in_progress", rag="green", text="Forty names stand in the directory.")
    period = {
        "starts_on_day": "1",
        "starts_on_month": "1",
        "starts_on_year": "2020",
        "ends_on_day": "31",
        "ends_on_month": "12",
        "ends_on_year": "2099",
    }
    address = page("start_report", plan.pk, "annual-report", organisation=organisation)
    client.post(address, {"title": "Our year", **period})
    with within(organisation):
        report = Report.objects.get()
    progress = section_of(report, "progress")
    at = [report.pk, progress.pk]

    shown = client.get(page("show_section", *at, organisation=organisation)).content.decode()
    assert "Drafted from 2 actions and 1 update" in shown or "Drafted from 1 action and 1 update" in shown
    assert "Forty names stand in the directory." in shown
    saved = client.post(
        page("write_section", *at, organisation=organisation),
        {"text": "Ours.\n\n- One\n- Two", "is_done": "on", "seen": progress.changed_at.isoformat()},
    )
    assert saved.status_code == 302
    listed = client.get(report.get_absolute_url()).content.decode()
    assert "3 of 900 words" in listed
    assert "1 of 9 finished" in listed

    word = client.get(page("take_report_out", report.pk, "docx", organisation=organisation))
    told = [one.text for one in docx.Document(io.BytesIO(word.content)).paragraphs]
    assert {"Progress by theme", "Ours.", "One", "How the figures were counted"} <= set(told)
    pdf = client.get(page("take_report_out", report.pk, "pdf", organisation=organisation))
    assert failures_of(pdf.content) == []

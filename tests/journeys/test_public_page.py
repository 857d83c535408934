"""The public page: somebody without an account reads a plan on a phone, looks for what concerns them, and takes it with them."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Page, expect

from desaga.plans.tests.factories import PlanFactory, make_action
from desaga.public.tests.factories import publish

pytestmark = [pytest.mark.journey, pytest.mark.django_db(transaction=True)]

PILLAR = {"framework": "Technician Commitment 2017", "code": "Visibility", "text": "Visibility", "basis": "cell"}


def test_a_visitor_reads_a_plan_on_a_phone(organisation: Any, phone: Page, check_page: Any) -> None:
    plan = PlanFactory(organisation=organisation, title="Technicians count", starts="2026", ends="2028")
    make_action(plan, code="V1", title="Publish a profile of each technician", how="Faculty by faculty.", owners=["TSM"],
                status="complete", theme="Visibility", alignments=[PILLAR], comments="Jane is away")  # fmt: skip
    make_action(plan, code="S1", title="Mend the lathe", status="in_progress", theme="Sustainability")
    copy = publish(plan, words="What we undertake for our technicians.")

    phone.goto(f"/plans/{organisation.slug}/")
    phone.get_by_role("link", name="Technicians count").click()
    expect(phone.get_by_role("heading", level=1)).to_have_text("Technicians count")
    expect(phone.get_by_text("1 of 2 actions is complete, 1 in progress.")).to_be_visible()
    check_page(phone)

    phone.get_by_text("More about V1").click()
    expect(phone.get_by_text("Faculty by faculty.")).to_be_visible()
    check_page(phone)
    phone.get_by_label("Words").fill("lathe")
    phone.get_by_role("button", name="Filter").click()
    expect(phone.get_by_role("heading", name="Actions 1 of 2")).to_be_visible()
    expect(phone.get_by_text("Publish a profile")).to_have_count(0)
    check_page(phone)
    with phone.expect_download() as download:
        phone.get_by_role("link", name="CSV").click()
    assert download.value.suggested_filename == f"{organisation.slug}-{copy.slug}.csv"
    assert phone.context.cookies() == []

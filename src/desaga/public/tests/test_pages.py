"""The public page and its files, and the pages on which a lead decides about them."""

from __future__ import annotations

import json
from datetime import date, datetime
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import jsonschema
import pytest
from django.urls import reverse
from django.utils import timezone

from desaga.audit.models import Entry
from desaga.documents.tests.pdf_checks import failures_of
from desaga.organisations.states import Role
from desaga.plans import reading
from desaga.plans.models import Plan
from desaga.plans.tests.factories import PlanFactory, make_action
from desaga.reviews.models import Review
from desaga.reviews.tests.factories import held_review
from desaga.tenancy.context import within

from ..files import NO_PDF, table_of
from ..models import PublicCopy
from ..operations import publications
from ..queries import day_held
from .factories import at_work, publish

SCHEMA = json.loads(Path(reading.__file__).with_name("schema.json").read_text(encoding="utf-8"))
ATOM = "{http://www.w3.org/2005/Atom}"
PILLAR = {"framework": "Technician Commitment 2017", "code": "Visibility", "text": "Visibility", "basis": "cell"}
PERSON = {"text": "Anna White", "code": None, "kind": "person", "role": "lead"}


@pytest.fixture
def plan(organisation: Any) -> Plan:
    plan = PlanFactory(organisation=organisation, title="Technicians count")
    make_action(plan, code="V1", title="Publish profiles", how="Page by page", owners=["TSM", PERSON], status="complete",
                theme="Visibility", alignments=[PILLAR])  # fmt: skip
    make_action(plan, code="S1", title="Mend the lathe", status="in_progress", theme="Sustainability")
    return plan


@pytest.fixture
def copy(plan: Plan) -> PublicCopy:
    return publish(plan, words="What we undertake.")


def test_anybody_reads_the_page_without_a_cookie_and_keeps_it(copy: PublicCopy, client: Any) -> None:
    answer = client.get(copy.get_absolute_url())
    assert answer.status_code == 200
    assert answer.cookies == {}
    assert answer.headers["Cache-Control"] == "public, max-age=300"
    told = answer.content.decode()
    for words in (
        "What we undertake.",
        "Publish profiles",
        "1 of 2 actions is complete",
        "TSM, a named person",
        "plan@northmoor.example",
        "Technician Commitment 2017: 1 of",
    ):
        assert words in told
    assert "Anna White" not in told
    again = client.get(copy.get_absolute_url(), headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_words_theme_and_status_narrow_the_actions(copy: PublicCopy, client: Any) -> None:
    found = {
        query: client.get(f"{copy.get_absolute_url()}?{query}").content.decode().count('<td class="dsg-code">')
        for query in ("", "q=lathe", "q=anna+white", "theme=Visibility", "status=complete", "status=none", "status=odd")
    }
    assert found == {"": 2, "q=lathe": 1, "q=anna+white": 0, "theme=Visibility": 1, "status=complete": 1, "status=none": 0, "status=odd": 2}  # fmt: skip


def test_the_page_asks_the_database_as_often_however_many_actions_there_are(
    organisation: Any, client: Any, query_count: Any
) -> None:
    for number in (1, 3):
        plan = PlanFactory(organisation=organisation, title=f"Plan of {number}")
        for n in range(number):
            make_action(plan, code=f"A{n}")
        address = publish(plan).get_absolute_url()
        with query_count(9):
            client.get(address)
        etag = client.get(address).headers["ETag"]
        with query_count(8):
            assert client.get(address, headers={"If-None-Match": etag}).status_code == 304


def test_files_hold_what_the_page_shows(copy: PublicCopy, client: Any) -> None:
    here = copy.get_absolute_url()
    told = json.loads(client.get(f"{here}plan.json").content)
    jsonschema.Draft202012Validator(SCHEMA).validate(told)
    assert [one["code"] for one in told["actions"]] == ["V1", "S1"]
    assert "V1" in client.get(f"{here}plan.csv").content.decode()
    assert failures_of(client.get(f"{here}plan.pdf").content) == []
    assert client.get(f"{here}plan.xlsx").status_code == 404


@pytest.mark.parametrize("is_long", [False, True])
def test_a_plan_too_long_for_a_pdf_says_so_and_what_to_take_instead(
    copy: PublicCopy, client: Any, monkeypatch: pytest.MonkeyPatch, is_long: bool
) -> None:
    length = sum(len(str(value)) for row in table_of(copy.content, date.min).rows for value in row)
    monkeypatch.setattr("desaga.public.files.LONGEST_PDF", length - is_long)
    told = client.get(copy.get_absolute_url()).content.decode()
    assert ("plan.pdf" in told, NO_PDF in told) == (not is_long, is_long)
    assert "plan.csv" in told
    assert client.get(f"{copy.get_absolute_url()}plan.pdf").status_code == (404 if is_long else 200)
    assert client.get(f"{copy.get_absolute_url()}plan.csv").status_code == 200


def test_the_feed_tells_what_changed_and_when(plan: Plan, copy: PublicCopy, client: Any) -> None:

    with within(plan.organisation):
        plan.actions.filter(code="S1").update(status="complete", comments="Quietly", title="Mend both lathes")
        publications.renew(actor=None, publication=copy.publication)
        publications.renew(actor=None, publication=copy.publication)
    feed = ElementTree.fromstring(client.get(f"{copy.get_absolute_url()}changes.atom").content)
    entries = [(one.find(f"{ATOM}title").text, one.find(f"{ATOM}summary").text) for one in feed.findall(f"{ATOM}entry")]
    assert entries == [
        ("2 changes", "<ul><li>S1: status is now Complete, and was In progress.</li><li>S1: reworded.</li></ul>"),
        ("The plan was published.", "<ul><li>The plan was published.</li></ul>"),
    ]


def test_a_lead_chooses_looks_publishes_and_takes_down(plan: Plan, member: Any, client_of: Any, client: Any) -> None:

    at_work(plan)
    lead = client_of(member(Role.LEAD))

    def here(name: str) -> str:
        return reverse(f"public:{name}", args=[plan.organisation.slug, plan.pk])

    typed = {"parts": ["status"], "contact_role": "Lead", "contact_address": "plan@northmoor.example"}
    assert lead.post(here("edit_publication"), typed).url == here("preview_publication")
    preview = lead.get(here("preview_publication")).content.decode()
    assert ("Publish profiles" in preview, "Page by page" in preview) == (True, False)
    address = lead.get(here("show_publication")).context["publication"].public_url
    assert client.get(address).status_code == 404
    assert "Look at the preview again" in lead.post(here("publish"), follow=True).content.decode()
    seen = lead.get(here("preview_publication")).context["seen"]
    assert seen in lead.get(f"{here('publish')}?seen={seen}").content.decode()
    with within(plan.organisation):
        plan.actions.filter(code="S1").update(title="Mend both lathes")
    assert "changed since" in lead.post(here("publish"), {"seen": seen}, follow=True).content.decode()
    assert client.get(address).status_code == 404

    def publish_as_seen() -> None:
        lead.post(here("publish"), {"seen": lead.get(here("preview_publication")).context["seen"]})

    publish_as_seen()
    assert "Page by page" not in client.get(address).content.decode()
    lead.post(here("edit_publication"), typed | {"parts": ["status", "how"]})
    lead.post(here("renew"))
    assert "Page by page" not in client.get(address).content.decode()
    publish_as_seen()
    assert "Page by page" in client.get(address).content.decode()
    lead.post(here("take_down"))
    assert client.get(address).status_code == 404
    verbs = [entry.verb for entry in plan_entries(plan)]
    assert verbs[-4:] == ["opened to the public", "changed", "opened to the public", "closed to the public"]


def test_the_day_of_the_last_review_goes_out_with_the_leads_word_alone(plan: Plan) -> None:
    held_review(plan, on=date(2026, 3, 2))
    copy = publish(plan)
    assert copy.content["reviewed_on"] == "2026-03-02"
    held_review(plan, on=date(2026, 6, 1))
    with within(plan.organisation):
        assert publications.renew(actor=None, publication=copy.publication).content["reviewed_on"] == "2026-03-02"
        copy.publication.refresh_from_db()
        assert publications.publish(actor=None, publication=copy.publication).content["reviewed_on"] == "2026-06-01"
        early = Review(meets_on=date(2026, 9, 9), held_at=timezone.make_aware(datetime(2026, 9, 7, 12)))
        assert day_held(early) == date(2026, 9, 7)


def plan_entries(plan: Plan) -> Any:

    with within(plan.organisation):
        return list(Entry.objects.filter(thing_kind__in=["plans.plan", "public.publication"]).order_by("pk"))


def test_an_officer_prepares_and_does_not_publish(plan: Plan, member: Any, client_of: Any) -> None:
    officer = client_of(member(Role.PROJECT_OFFICER))
    here = [plan.organisation.slug, plan.pk]
    officer.post(reverse("public:edit_publication", args=here), {"parts": ["status"]})
    assert officer.get(reverse("public:show_publication", args=here)).status_code == 200
    assert officer.post(reverse("public:publish", args=here)).status_code == 403

"""Plans held for others: said to be theirs, offered, taken over; nobody writes in another's name."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from desaga.audit.models import Entry
from desaga.organisations.models import Organisation
from desaga.organisations.states import Role
from desaga.organisations.tests.factories import OrganisationFactory, member_of
from desaga.plans.models import Action, Plan
from desaga.plans.operations.updates import give_update
from desaga.plans.origins import IsHeld
from desaga.plans.tests.factories import PlanFactory, make_action
from desaga.plans.updating import Account
from desaga.tenancy.context import within, within_platform
from desaga.ui.waiting import waiting_for

from .. import queries
from ..models import Claim, HeldPlan, Offer
from ..operations import holding
from .factories import ADDRESS, a_body, hold, publish


@pytest.fixture
def body(db: None) -> Any:
    return a_body()


@pytest.fixture
def eastcliff(db: None) -> Any:
    """An organisation of the directory that is no tenant."""
    return OrganisationFactory(name="Eastcliff University", slug="eastcliff", has_workspace=False)


def become_tenant(organisation: Any) -> None:
    with within_platform():
        organisation.has_workspace = True
        organisation.save()


def offered(body: Any, eastcliff: Any) -> Offer:
    held = hold(body, eastcliff)
    become_tenant(eastcliff)
    held.of.refresh_from_db()
    with within(body):
        return holding.offer_plan(actor=None, held=held)


def test_the_plan_of_one_who_is_nowhere_adds_a_name_to_the_directory_once(body: Any) -> None:
    held = hold(body, "Eastcliff  University")
    again = hold(body, "eastcliff university", title="Another of theirs")
    assert (held.of.name, held.of.has_workspace, held.of_id) == ("Eastcliff University", False, again.of_id)
    assert Organisation.objects.filter(name="Eastcliff University").count() == 1


def test_a_held_plan_waits_for_no_round_and_no_review(body: Any, eastcliff: Any) -> None:
    """The same plan of one's own waits for both: so does any other plan of the body."""
    held, officer = hold(body, eastcliff), member_of(body, Role.PROJECT_OFFICER)
    own = PlanFactory(organisation=body, title="Our own", state="active")
    make_action(own, code="A1")
    with within(body):
        Plan.objects.filter(pk=held.plan_id).update(state="active")

    def waiting() -> list[tuple[str, str]]:
        with within(body, user=officer):
            return sorted((one.verb, one.thing) for one in waiting_for(officer, body))

    ours = [("Ask how it goes", "with Our own, for the first time"), ("Plan", "the next review of Our own")]
    assert waiting() == ours
    with within(body):
        holding.release_plan(actor=None, held=held)
    assert waiting() == sorted(
        [
            *ours,
            ("Ask how it goes", f"with {held.plan.title}, for the first time"),
            ("Plan", f"the next review of {held.plan.title}"),
        ]
    )


def test_an_offer_taken_back_keeps_nothing_from_being_mended(body: Any, eastcliff: Any) -> None:
    offer = offered(body, eastcliff)
    told = {"actor": None, "plan": offer.held.plan, "source_address": ADDRESS, "taken_on": date(2026, 3, 1)}
    with within(body):
        with pytest.raises(holding.HasBeenOffered):
            holding.hold_plan(of="Westcliff College", **told)
        holding.take_offer_back(actor=None, offer=offer)
        held = holding.hold_plan(of="Westcliff College", **told)
        assert held.of.name == "Westcliff College"
        holding.release_plan(actor=None, held=held)
        assert not HeldPlan.objects.exists()


def test_the_directory_takes_no_second_of_like_name_and_so_many_a_day(
    body: Any, eastcliff: Any, monkeypatch: Any
) -> None:
    with pytest.raises(holding.NameIsLike, match="Eastcliff University"):
        hold(body, "The University of Eastcliff")
    monkeypatch.setattr(holding, "MOST_ADDED_A_DAY", 1)
    hold(body, "Westcliff College")
    with pytest.raises(holding.TooManyAdded):
        hold(body, "Northcliff Institute")


@pytest.mark.parametrize(
    ("name", "like"),
    [
        ("The University of Eastcliff", ["Eastcliff University"]),
        ("Eastclif University", ["Eastcliff University"]),
        ("Westcliff University", []),
        ("Ashlar", []),
    ],
)
def test_names_are_like_by_words_or_letters(name: str, like: list[str]) -> None:
    assert holding.like_names(name, ["Eastcliff University", "Northmoor College"]) == like


def test_an_institution_holds_nothing_of_others(organisation: Any, eastcliff: Any) -> None:
    with pytest.raises(holding.MayNotHold):
        hold(organisation, eastcliff)


def test_a_day_to_come_is_refused(body: Any, eastcliff: Any) -> None:
    plan = PlanFactory(organisation=body)
    with within(body), pytest.raises(holding.TakenInTheFuture):
        holding.hold_plan(
            actor=None,
            plan=plan,
            of=eastcliff,
            source_address=ADDRESS,
            taken_on=date(2026, 5, 2),
            today=date(2026, 5, 1),
        )


def test_nobody_says_how_a_held_plan_goes(body: Any, eastcliff: Any) -> None:
    held = hold(body, eastcliff)
    with within(body), pytest.raises(IsHeld):
        give_update(
            actor=None, action=held.plan.actions.get(), account=Account(text="Well"), period="Now", given_by="Us"
        )


def test_its_public_page_says_whose_words_it_is(body: Any, eastcliff: Any, client: Any) -> None:
    told = client.get(publish(hold(body, eastcliff).plan).get_absolute_url()).content.decode()
    for words in ("As published by Eastcliff University", ADDRESS, "1 March 2026", "held here by The Technical Forum"):
        assert words in told
    assert "As published by Eastcliff University" in client.get("/plans/forum/").content.decode()


def test_the_offer_is_read_by_whose_the_plan_is_and_by_nobody_else(
    body: Any, eastcliff: Any, organisation: Any
) -> None:
    offer = offered(body, eastcliff)
    seen = {}
    for reader in (eastcliff, organisation):
        with within(reader):
            seen[reader.slug] = [one.pk for one in queries.offers_here()]
    assert seen == {"eastcliff": [offer.pk], "northmoor": []}


def test_nothing_is_offered_to_one_without_a_workspace_nor_twice(body: Any, eastcliff: Any) -> None:
    held = hold(body, eastcliff)
    with within(body), pytest.raises(holding.HasNoWorkspace):
        holding.offer_plan(actor=None, held=held)
    become_tenant(eastcliff)
    with within(body):
        held = HeldPlan.objects.get()
        offer = holding.offer_plan(actor=None, held=held)
        with pytest.raises(holding.IsOffered):
            holding.offer_plan(actor=None, held=held)
        with pytest.raises(holding.HasBeenOffered):
            holding.release_plan(actor=None, held=held)
        holding.take_offer_back(actor=None, offer=offer)
    with within(eastcliff):
        assert queries.offers_here() == []


def test_taking_over_makes_a_plan_of_ones_own_and_leaves_the_holders_as_it_was(
    body: Any, eastcliff: Any, member: Any
) -> None:
    offered(body, eastcliff)
    lead = member(Role.LEAD, organisation=eastcliff)
    with within(body):
        before = list(Action.objects.values())
    with within(eastcliff, user=lead):
        [found] = queries.offers_here()
        claim = holding.accept_offer(actor=lead, organisation=eastcliff, offer=found)
        again = holding.accept_offer(actor=lead, organisation=eastcliff, offer=found)
        mine = Action.objects.get(plan=claim.plan)
        entry = Entry.objects.get(verb="took over")
        assert queries.offers_here() == []
    assert (again.pk, claim.plan.organisation, claim.plan.state) == (claim.pk, eastcliff, "draft")
    assert (mine.code, mine.title, mine.status, mine.document_id is not None) == (
        "E1",
        "Open the glass workshop",
        "in_progress",
        True,
    )
    assert (
        entry.note
        == f"From The Technical Forum. As published by Eastcliff University, taken from {ADDRESS} on 1 March 2026."
    )
    with within(body):
        assert list(Action.objects.values()) == before
        held = HeldPlan.objects.get()
        assert queries.claims_of([held])[held.pk].organisation == eastcliff
        with pytest.raises(holding.IsTakenOver):
            holding.take_offer_back(actor=None, offer=Offer.objects.get())
        with pytest.raises(Plan.DoesNotExist):
            Plan.objects.get(pk=claim.plan_id)


def test_an_offer_that_has_run_out_opens_nothing(body: Any, eastcliff: Any) -> None:
    held = hold(body, eastcliff)
    become_tenant(eastcliff)
    with within(body):
        long_ago = timezone.now() - holding.OFFERED_FOR - timedelta(days=1)
        holding.offer_plan(actor=None, held=HeldPlan.objects.get(pk=held.pk), now=long_ago)
    with within(eastcliff):
        assert queries.offers_here() == []
        assert not Plan.visible.filter(pk=held.plan_id).exists()


def test_a_stranger_claims_nothing(body: Any, eastcliff: Any, organisation: Any) -> None:
    from django.db import Error, transaction

    offer, own = offered(body, eastcliff), PlanFactory(organisation=organisation)
    row = {"held_by": body, "source_address": ADDRESS, "taken_on": date(2026, 3, 1), "accepted_at": timezone.now()}
    with within(organisation):
        with pytest.raises(Error, match="not open to you"), transaction.atomic():
            Claim.objects.create(organisation=organisation, offer=offer, plan=own, **row)
        assert Claim.objects.count() == 0


def test_a_body_says_whose_and_offers_and_the_lead_takes_over(
    body: Any, eastcliff: Any, member: Any, client_of: Any
) -> None:
    plan = PlanFactory(organisation=body, title="Plan of Eastcliff")
    theirs = client_of(member(Role.LEAD, organisation=body))
    here = [body.slug, plan.pk]
    typed = {
        "of": eastcliff.pk,
        "source_address": ADDRESS,
        "taken_on_day": 1,
        "taken_on_month": 3,
        "taken_on_year": 2026,
    }
    theirs.post(reverse("public:hold_plan", args=here), typed)
    assert "As published by Eastcliff University" in theirs.get(reverse("plans:show_plan", args=here)).content.decode()
    assert "Plan of Eastcliff" in theirs.get(f"/o/{body.slug}/plans/held/?q=eastcliff").content.decode()
    assert "No plan that you hold fits" in theirs.get(f"/o/{body.slug}/plans/held/?q=westcliff").content.decode()
    become_tenant(eastcliff)
    lead = client_of(member(Role.LEAD, organisation=eastcliff))
    theirs.post(reverse("public:offer_plan", args=here))
    with within(eastcliff):
        [offer] = queries.offers_here()
    address = reverse("public:accept_offer", args=[eastcliff.slug, offer.pk])
    assert address in lead.get("/my-work/").content.decode()
    assert ADDRESS in lead.get(address).content.decode()
    theirs.post(reverse("public:take_offer_back", args=here))
    assert lead.post(address).status_code == 404


def test_the_page_adds_one_of_like_name_only_where_somebody_says_that_it_is_another(
    body: Any, eastcliff: Any, member: Any, client_of: Any
) -> None:
    plan, browser = PlanFactory(organisation=body), client_of(member(Role.LEAD, organisation=body))
    address = reverse("public:hold_plan", args=[body.slug, plan.pk])
    typed = {
        "of": "", "name": "University of Eastcliff", "source_address": ADDRESS,
        "taken_on_day": 1, "taken_on_month": 3, "taken_on_year": 2026,
    }  # fmt: skip
    page = browser.post(address, typed).content.decode()
    assert "Choose it from the list if it is meant: Eastcliff University." in page
    assert not Organisation.objects.filter(name="University of Eastcliff").exists()

    browser.post(address, {**typed, "is_another": "on"})
    with within(body):
        assert HeldPlan.objects.get(plan=plan).of.name == "University of Eastcliff"


def test_a_bodys_pages_are_for_whoever_runs_it_and_about_its_own_plans(
    body: Any, eastcliff: Any, member: Any, client_of: Any
) -> None:
    ours, theirs = hold(body, eastcliff), hold(a_body("other-forum"), eastcliff)
    visitors = {
        role: client_of(member(role, organisation=body)) for role in (Role.LEAD, Role.PROJECT_OFFICER, Role.READER)
    }
    names = ("show_held_plan", "hold_plan", "release_plan", "offer_plan")
    answers = {
        role: [browser.get(reverse(f"public:{name}", args=[body.slug, ours.plan_id])).status_code for name in names]
        for role, browser in visitors.items()
    }
    assert answers == {
        Role.LEAD: [200, 200, 200, 200],
        Role.PROJECT_OFFICER: [200, 200, 200, 403],
        Role.READER: [403, 403, 403, 403],
    }
    for name in names:
        address = reverse(f"public:{name}", args=[body.slug, theirs.plan_id])
        assert (visitors[Role.LEAD].get(address).status_code, visitors[Role.LEAD].post(address).status_code) in {(404, 404), (404, 405)}, name  # fmt: skip


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_of_held_plans_asks_as_often_however_many_there_are(
    number: int, body: Any, eastcliff: Any, member: Any, client_of: Any, query_count: Any
) -> None:
    for n in range(number):
        hold(body, eastcliff, title=f"Plan {n}")
    browser = client_of(member(Role.LEAD, organisation=body))
    browser.get(f"/o/{body.slug}/plans/held/")
    with query_count(15):
        browser.get(f"/o/{body.slug}/plans/held/")
